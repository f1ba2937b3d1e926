"""What a FHIR server answered: JSON with every digit of its decimals, or the one error that says what went wrong."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec

from alsfhir.errors import NotFhir, ServerError, ServerRefused, UnreliableAnswer

Json: TypeAlias = dict[str, Any]

FHIR_JSON = "application/fhir+json"

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_CODE = re.compile(r"[a-z][a-z-]{0,39}")
_EXPRESSION = re.compile(r"[A-Za-z0-9_.:\[\]()/]{1,120}")  # no quotes: within them stands what was sent
_SEVERE = ("fatal", "error", None)
_NUMBER = re.compile(r"\bHAPI-\d{1,6}\b")


def encoded(body: Json) -> bytes:
    """JSON in UTF-8; a Decimal as the number it was read as: ``0.10`` stays ``0.10``."""
    return _ENCODER.encode(body)


def decoded(content: bytes) -> Json | None:
    """A FHIR resource in JSON, its decimals exact; ``None`` if the content is anything else."""
    try:
        body = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return body if isinstance(body, dict) and isinstance(body.get("resourceType"), str) else None


class Answer(msgspec.Struct, frozen=True):
    """One HTTP answer, read to its end."""

    status: int
    content: bytes
    content_type: str = ""
    location: str | None = None
    retry_after: str | None = None
    date: str | None = None

    def resource(self, server: str, interaction: str, *expected: str) -> Json:
        """The resource in it, of one of the types expected. Raises ServerError if it is anything else."""
        if error := self.error(server, interaction):
            raise error
        found = decoded(self.content)
        if found is None:
            raise NotFhir(server, interaction, self.content_type.partition(";")[0].strip())
        if found["resourceType"] not in expected:
            raise UnreliableAnswer(server, interaction, f"answered with something other than a {' or '.join(expected)}")
        return found

    def error(self, server: str, interaction: str) -> ServerError | None:
        """The error that the HTTP status means, ``None`` for success.

        ======== ==================================================================
        status   error
        ======== ==================================================================
        2xx      none
        3xx      UnreliableAnswer: no redirection is followed, so that the token and
                 the record go nowhere but to the address that was given
        others   ServerRefused, with the issues of the OperationOutcome if there is one
        ======== ==================================================================
        """
        if 200 <= self.status < 300:
            return None
        if 300 <= self.status < 400:
            where = (self.location or "another address").partition("?")[0]
            return UnreliableAnswer(server, interaction, f"redirects to {where}; if that is right, give its address")
        return ServerRefused(server, interaction, self.status, issues(decoded(self.content)))


def issues(outcome: object) -> tuple[str, ...]:
    """What may be repeated of an OperationOutcome: codes, FHIRPaths and HAPI's numbers, never its texts.

    Its texts may quote the record: https://hl7.org/fhir/R4/operationoutcome.html.
    """
    if not isinstance(outcome, dict) or outcome.get("resourceType") != "OperationOutcome":
        return ()
    listed = outcome.get("issue")
    found = [issue for issue in listed if isinstance(issue, dict)] if isinstance(listed, list) else []
    return tuple(_issue(issue) for issue in found if issue.get("severity") in _SEVERE)


def _issue(issue: Json) -> str:
    code = issue.get("code")
    paths = issue.get("expression")
    number = _NUMBER.search(str(issue.get("diagnostics")))
    parts = [
        code if isinstance(code, str) and _CODE.fullmatch(code) else "unknown",
        *([number.group()] if number else []),
        *(path for path in (paths if isinstance(paths, list) else []) if _shown(path)),
    ]
    return " ".join(parts)


def _shown(path: object) -> bool:
    return isinstance(path, str) and _EXPRESSION.fullmatch(path) is not None
