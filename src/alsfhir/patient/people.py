"""The patients of a file, and to whom each resource belongs: decided by its subject, never by the company it is in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import msgspec

from alsfhir.patient.bundle import Entry
from alsfhir.patient.datatypes import IdentifierElement, ReferenceElement, string
from alsfhir.patient.demographics import Demographics, identifiers
from alsfhir.patient.model import Fact, Issue
from alsfhir.patient.reference import Index, relative, resolved
from alsfhir.patient.values import Identifier

ANOTHER = "another subject"
NO_PATIENT = "there is no Patient resource in the file: birth date and sex are not known"
_REFERENCE = msgspec.json.Decoder(ReferenceElement)
_BY_IDENTIFIER = re.compile(r"Patient\?identifier=([^|&]+)\|([^|&]+)")


class Contained(msgspec.Struct, frozen=True, gc=False):
    """A contained resource, as far as it may be the patient."""

    id: object = None
    identifier: list[IdentifierElement | None] | None = None


_CONTAINED = msgspec.json.Decoder(list[Contained])


@dataclass(slots=True, eq=False)
class Person:
    """A patient of the file, and what has been gathered about them so far.

    ``concerned`` are the resources of which others say more, each with the trials they say it is about.
    """

    reference: str
    demographics: Demographics = field(default_factory=Demographics)
    facts: list[Fact] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    unreadable: set[str] = field(default_factory=set)
    concerned: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owner:
    """To whom a resource belongs: a person of the file, or a ``subject`` that is not in it, or (both None) not said."""

    person: Person | None = None
    subject: str | None = None


class People:
    """The patients of a file in order of appearance; without any Patient resource, those that are referred to."""

    def __init__(self, patients: list[tuple[Entry, Person]]) -> None:
        self._people = [person for _, person in patients]
        self._named = bool(patients)
        self._index = Index((person, entry.full_url, entry.type, entry.id) for entry, person in patients)
        self._implied: dict[str, Person] = {}
        self._by_identifier: dict[Identifier, list[Person]] = {}
        for person in self._people:
            for identifier in person.demographics.identifiers:
                self._by_identifier.setdefault(identifier, []).append(person)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people)

    def only(self) -> Person | None:
        """The one patient, if there is just one."""
        return self._people[0] if len(self._people) == 1 else None

    def owner(self, entry: Entry) -> Owner:
        """Whom the resource of an entry is about."""
        raw = written_subject(entry)
        if raw is None:
            return Owner()
        try:
            subject = _REFERENCE.decode(raw)
        except msgspec.DecodeError:
            return Owner()
        reference = string(subject.reference)
        if reference is None and subject.identifier is None:
            return Owner()
        person = self._referred(reference, entry) if reference else None
        person = person or self._identified([subject.identifier] if subject.identifier else [])
        return Owner(person, None if person else (reference and relative(reference)) or ANOTHER)

    def _referred(self, reference: str, entry: Entry) -> Person | None:
        if reference.startswith("#"):
            return self._identified(_contained_identifiers(entry, reference[1:]))
        query = _BY_IDENTIFIER.fullmatch(reference)
        if query:
            return self._identified([IdentifierElement(system=unquote(query[1]), value=unquote(query[2]))])
        found = self._index.find(reference, entry.base)
        return found or (None if self._named else self._imply(reference, entry))

    def _imply(self, reference: str, entry: Entry) -> Person | None:
        name = relative(reference)
        if name is None or not name.startswith("Patient/"):
            return None
        key = resolved(reference, entry.base)
        if key not in self._implied:
            taken = any(person.reference == name for person in self._people)
            name = key if taken else name
            self._implied[key] = Person(name, issues=[Issue("warning", name, NO_PATIENT)])
            self._people.append(self._implied[key])
        return self._implied[key]

    def _identified(self, written: list[IdentifierElement]) -> Person | None:
        """The one patient with any of the identifiers; those without a system are not unique enough."""
        found = [
            person
            for identifier in identifiers(written)
            if identifier.system
            for person in self._by_identifier.get(identifier, [])
        ]
        return found[0] if found and all(person is found[0] for person in found) else None


def written_subject(entry: Entry) -> msgspec.Raw | None:
    """The element that says whom a resource is about, or ``None``."""
    written = (entry.header.subject, entry.header.patient, entry.header.individual)
    return next((raw for raw in written if bytes(raw) not in (b"", b"null")), None)


def _contained_identifiers(entry: Entry, id_: str) -> list[IdentifierElement]:
    try:
        contained = _CONTAINED.decode(entry.header.contained)
    except msgspec.DecodeError:
        return []
    return [one for each in contained if each.id == id_ for one in each.identifier or () if one is not None]
