"""Everything that alsfhir raises on purpose.

    AlsfhirError
    ├── InputError                what was given cannot be used; nothing was done
    │   ├── UnreadableInput       missing, a directory, not text, too large, not JSON
    │   ├── UnknownDocument       readable, but not a trial document that we know
    │   ├── UnknownTrial          an id for which there is neither a document nor a mapping
    │   ├── UnsupportedRecord     readable, but not a patient record in FHIR R4, R4B or R5
    │   ├── InvalidAddress        not the address of a FHIR server
    │   ├── InvalidScreenings     not the JSON that `evaluate` writes
    │   └── InvalidCriteria       no EvidenceVariable or Group from which criteria can be read
    ├── InvalidSetting            an environment variable that cannot be used
    ├── UnwritableOutput          a file or folder that cannot be written
    ├── MappingError              a file under `mappings/` contradicts its schema or itself
    ├── ResourceError             a resource that we built is not valid FHIR: a defect of ours
    └── ServerError               a FHIR server did not do what it was asked
        ├── ServerUnreachable     no answer: refused, unknown host, timed out
        ├── ServerRefused         answered with an error status, or an error inside a transaction
        ├── NotFhir               answered, but not with FHIR (a proxy's page, a login form)
        ├── OtherFhirVersion      answered with FHIR of another version than the one we write
        ├── UnreliableAnswer      answered with FHIR that cannot be relied on (pages elsewhere, too much, too little)
        └── AmbiguousIdentity     holds several resources where there can be one

Each message says what is wrong, where, and what to do. None carries a name, an identifier, a birth date,
a query string or a body. Only the command line turns an error into an exit code.
"""

from __future__ import annotations


class AlsfhirError(Exception):
    """The root of the tree above."""


class InputError(AlsfhirError):
    """What was given cannot be used."""


class UnreadableInput(InputError):
    """A file that is missing, unreadable, not text or not JSON."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source


class UnknownDocument(InputError):
    """A text in which no known kind of trial document was recognised."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source


class UnknownTrial(InputError):
    """A trial id that no mapping and no document describes."""

    def __init__(self, trial: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"{trial!r} is neither a known trial nor a file: known are {', '.join(known)}; "
            "for another trial give its document"
        )
        self.trial = trial


class UnsupportedRecord(InputError):
    """A record in a FHIR version, or of a kind, that is refused by name."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source


class InvalidAddress(InputError):
    """What was given as the address of a FHIR server is none; it is repeated only where it can hold no login."""

    def __init__(self, given: str, problem: str) -> None:
        super().__init__(f"{given}: {problem}; write it like http://localhost:8080/fhir")


class InvalidScreenings(InputError):
    """A file that is not what `alsfhir evaluate --format json` or `ndjson` writes."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source


class InvalidCriteria(InputError):
    """A resource from which no criteria can be read."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source


class InvalidSetting(AlsfhirError):
    """An environment variable whose value cannot be used; the value itself is not repeated."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable} cannot be used: {problem}")
        self.variable = variable


class UnwritableOutput(AlsfhirError):
    """A file or folder that cannot be written."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path} cannot be written: {problem}")


class MappingError(AlsfhirError):
    """A mapping file that is not what its schema, or another mapping, says."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"mappings/{file}: {problem}")
        self.file = file


class ResourceError(AlsfhirError):
    """A resource that we built and that is not valid FHIR."""

    def __init__(self, reference: str, path: str, problem: str) -> None:
        super().__init__(f"{reference}: {path}: {problem}")
        self.reference = reference
        self.path = path


class ServerError(AlsfhirError):
    """A FHIR server did not do what it was asked."""


class ServerUnreachable(ServerError):
    """The server gave no answer."""

    def __init__(self, server: str, problem: str) -> None:
        super().__init__(f"{server} cannot be reached: {problem}")
        self.server = server


class ServerRefused(ServerError):
    """The server answered with an error, in the response or inside a transaction.

    ``issues`` are the codes and expressions of its OperationOutcome; never its text, which may quote the record.
    """

    def __init__(self, server: str, interaction: str, status: int, issues: tuple[str, ...] = ()) -> None:
        listed = f": {'; '.join(issues)}" if issues else ""
        super().__init__(f"{server} refused to {interaction}: HTTP {status}{listed}{_advice(status)}")
        self.server = server
        self.status = status
        self.issues = issues


class NotFhir(ServerError):
    """The server's answer is not FHIR JSON."""

    def __init__(self, server: str, interaction: str, content_type: str) -> None:
        super().__init__(
            f"{server}, asked to {interaction}, answered with {content_type or 'no content type'}, not with FHIR JSON; "
            "is the address the FHIR base, such as http://localhost:8080/fhir?"
        )
        self.server = server


class OtherFhirVersion(ServerError):
    """The server speaks FHIR of another version than the one that is written to it."""

    def __init__(self, server: str, found: str, expected: str) -> None:
        nothing = "nothing was read from it or written to it; --fhir-version says which version is meant"
        super().__init__(f"{server} speaks FHIR {found}, not {expected}; {nothing}")
        self.server = server


class UnreliableAnswer(ServerError):
    """The server's answer is FHIR, but relying on it would be a mistake."""

    def __init__(self, server: str, interaction: str, problem: str) -> None:
        super().__init__(f"{server}, asked to {interaction}, {problem}")
        self.server = server


class AmbiguousIdentity(ServerError):
    """The server holds several resources under one identity of ours, so that none can be written."""

    def __init__(self, server: str, references: tuple[str, ...]) -> None:
        super().__init__(f"{server} holds {', '.join(references)} under one identity of ours; keep one, and run again")
        self.server = server
        self.references = references


def _advice(status: int) -> str:
    return {
        401: " (it asks for a login: set ALSFHIR_TOKEN)",
        403: " (the account may not do this)",
        404: " (is the address the FHIR base, such as http://localhost:8080/fhir?)",
        409: " (the resource was changed by someone else meanwhile: run again)",
        412: " (the resource was changed by someone else meanwhile: run again)",
        413: " (it takes no message of this size)",
        429: " (it is busy: wait, and run again)",
    }.get(status, " (the server's own log says why)" if status >= 500 else "")
