"""Reads the resources one by one, and gathers what they say with the patient whom they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias, TypeVar

import msgspec

from alsfhir.patient.bundle import Entry
from alsfhir.patient.condition import ConditionResource, condition
from alsfhir.patient.datatypes import Element
from alsfhir.patient.decoded import Broken, decoded
from alsfhir.patient.drug import (
    MedicationAdministration,
    MedicationDispense,
    MedicationRequest,
    MedicationStatement,
    medication_administration,
    medication_dispense,
    medication_request,
    medication_statement,
)
from alsfhir.patient.medication import Medication
from alsfhir.patient.model import Fact, Issue, Observation, Severity
from alsfhir.patient.observation import ObservationResource, observation
from alsfhir.patient.people import Owner, People, Person
from alsfhir.patient.procedure import ProcedureResource, procedure
from alsfhir.patient.reading import UNKNOWN_MODIFIER, WRONG_TYPE, Reading, Source
from alsfhir.patient.reference import Index
from alsfhir.patient.resource_types import COUNTED, KNOWN
from alsfhir.terminology import Terminology

R = TypeVar("R", bound=Element)
Reader: TypeAlias = Callable[[bytes, Source], Reading]

NO_SUBJECT = "it does not say whom it is about"
UNKNOWN_RULES = "its implicitRules are not known and may change its meaning"
ESSENTIAL = frozenset({"code", "contained", "medicationCodeableConcept", "medicationReference", "medication"})
"""The elements that say what a resource is about: it is not read if one of them has the wrong type."""

_AT = re.compile(r"(.*) - at `\$(.*)`", re.DOTALL)


def _reader(structure: type[R], read: Callable[[R, Source], Reading]) -> Reader:
    decoder = msgspec.json.Decoder(structure)

    def reader(data: bytes, source: Source) -> Reading:
        resource, broken = decoded(decoder, data, ESSENTIAL)
        if not broken:
            return read(resource, source)
        return replace(read(resource, replace(source, broken=broken)), broken=broken)

    return reader


READERS: dict[str, Reader] = {
    "Condition": _reader(ConditionResource, condition),
    "MedicationAdministration": _reader(MedicationAdministration, medication_administration),
    "MedicationDispense": _reader(MedicationDispense, medication_dispense),
    "MedicationRequest": _reader(MedicationRequest, medication_request),
    "MedicationStatement": _reader(MedicationStatement, medication_statement),
    "Observation": _reader(ObservationResource, observation),
    "Procedure": _reader(ProcedureResource, procedure),
}
"""The resource types that make facts."""

_MEDICATION = msgspec.json.Decoder(Medication)


class Gathering:
    """The people of a file with what is found about them, and the issues that cannot be told to be one's."""

    def __init__(self, entries: tuple[Entry, ...], people: People, older: dict[str, str], terms: Terminology) -> None:
        """``older`` are the locations of resources in the form of an older version, with the sign of it.

        ``issues`` may concern each of the people, ``of_others`` none of them.
        """
        self.people = people
        self.issues: list[Issue] = []
        self._older = older
        self._terms = terms
        self._elsewhere: Counter[tuple[str, str]] = Counter()
        self._medications = self._medication_index(entries)
        asked = [(entry, people.owner(entry)) for entry in entries if entry.type in READERS or entry.type in COUNTED]
        for entry, owner in asked:
            self._gather(entry, owner)
        for entry in entries:
            self._look_at(entry)
        self.of_others = tuple(self._of_others())

    def _medication_index(self, entries: tuple[Entry, ...]) -> Index[Medication]:
        found = []
        for entry in entries:
            if entry.type == "Medication":
                try:
                    found.append((_MEDICATION.decode(entry.data), entry.full_url, entry.type, entry.id))
                except msgspec.DecodeError as error:
                    self.issues.append(Issue("error", entry.reference, decoding_problem(entry, error)))
        return Index(found)

    def _gather(self, entry: Entry, owner: Owner) -> None:
        if owner.subject:
            self._elsewhere[owner.subject, entry.type] += 1
        elif entry.type in COUNTED:
            if owner.person:
                owner.person.counts[entry.type, "this version does not read them"] += 1
        else:
            self._read(entry, owner.person)

    def _read(self, entry: Entry, person: Person | None) -> None:
        source = Source(entry.reference, entry.base, entry.updated, self._terms, self._medications)
        try:
            reading = READERS[entry.type](entry.data, source)
            problem = None
        except msgspec.DecodeError as error:
            reading, problem = Reading(), decoding_problem(entry, error)
        problem = self._older.get(entry.location, problem)
        if problem:
            self._lose(entry, person, Issue("error", entry.reference, problem))
            return
        presumed = person or self.people.only()
        if presumed is None:
            severity: Severity = "error" if reading.broken else "warning"
            self._lose(entry, None, Issue(severity, entry.reference, f"{NO_SUBJECT}: not used"))
        else:
            _keep(presumed, entry, _doubted(reading, doubts(entry) or (None if person else NO_SUBJECT)))

    def _lose(self, entry: Entry, person: Person | None, issue: Issue) -> None:
        """What cannot be read may be about anybody whom it does not exclude."""
        for each in [person] if person else self.people:
            each.unreadable.add(entry.type)
        (person.issues if person else self.issues).append(issue)

    def _look_at(self, entry: Entry) -> None:
        if entry.type == "OperationOutcome":
            text = "the server reports a problem with what was asked of it: something may be missing in the file"
            self.issues.append(Issue("warning", entry.location, text))
        elif entry.type not in KNOWN:
            text = "is of a type that FHIR R4, R4B and R5 do not have: not read"
            self.issues.append(Issue("error", entry.location, text))

    def _of_others(self) -> Iterable[Issue]:
        for subject in dict.fromkeys(subject for subject, _ in self._elsewhere):
            counts = [f"{count} {kind}" for (whose, kind), count in self._elsewhere.items() if whose == subject]
            yield Issue("warning", subject, f"is not a patient in the file: {', '.join(counts)} of it not used")


def doubts(entry: Entry) -> str | None:
    """Why a resource, whatever it says, may mean something else, https://hl7.org/fhir/R4/extensibility.html."""
    if entry.header.modifier_extension:
        return UNKNOWN_MODIFIER
    return UNKNOWN_RULES if entry.header.implicit_rules else None


def decoding_problem(entry: Entry, error: msgspec.DecodeError) -> str:
    """What is wrong with the shape of a resource, and at which element; never what stands there."""
    match = _AT.fullmatch(str(error))
    return f"{entry.type}{match[2]}: {match[1]}: not read" if match else f"{error}: not read"


def left_out(entry: Entry, broken: Broken) -> str:
    """What is wrong with an element that was left out; never what stands there."""
    return f"{entry.type}.{broken.path}: {broken.problem}: not read"


def _doubted(reading: Reading, doubt: str | None) -> Reading:
    if doubt is None:
        return reading
    facts: list[Fact] = [replace(fact, unusable=doubt) for fact in reading.facts]
    return replace(reading, facts=tuple(facts))


def _keep(person: Person, entry: Entry, reading: Reading) -> None:
    if reading.ignored:
        person.counts[entry.type, reading.ignored] += 1
        return
    person.facts.extend(reading.facts)
    if reading.incomplete:
        person.unreadable.add(entry.type)
    person.issues.extend(Issue("error", entry.reference, left_out(entry, each)) for each in reading.broken)
    unusable = (f"{_part(fact)}{fact.unusable}: not used" for fact in reading.facts if _is_news(fact))
    person.issues.extend(
        Issue("warning", entry.reference, text) for text in dict.fromkeys((*unusable, *reading.problems))
    )


def _is_news(fact: Fact) -> bool:
    """Whether a fact is unusable for another reason than a broken element, which is listed as such."""
    return fact.unusable is not None and not fact.unusable.endswith(WRONG_TYPE)


def _part(fact: Fact) -> str:
    """Which component of an Observation, if one."""
    inside = fact.path.partition(".")[2] if isinstance(fact, Observation) else ""
    return f"{inside}: " if inside else ""
