"""A patient record as a file → the facts about each patient in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from alsfhir.errors import UnsupportedRecord
from alsfhir.patient.bundle import Entry, resources
from alsfhir.patient.decoded import decoded, decoding_problem, left_out
from alsfhir.patient.demographics import Demographics, PatientResource, demographics
from alsfhir.patient.document import documents
from alsfhir.patient.fhir_version import refuse_older
from alsfhir.patient.gathering import Gathering, doubts
from alsfhir.patient.model import (
    Allergy,
    Answer,
    Condition,
    Consent,
    Device,
    Drug,
    Fact,
    Facts,
    Issue,
    Nutrition,
    Observation,
    Participation,
    Procedure,
)
from alsfhir.patient.people import People, Person
from alsfhir.patient.readers import READERS
from alsfhir.patient.versions import latest
from alsfhir.terminology import Terminology

F = TypeVar("F", bound=Fact)

_PATIENT = msgspec.json.Decoder(PatientResource)


@dataclass(frozen=True, slots=True)
class Records:
    """What a file says: the facts of each patient, in order of appearance, and what cannot be told to be one's.

    Of these issues, each that may concern a patient is also among theirs.
    """

    patients: tuple[Facts, ...]
    issues: tuple[Issue, ...] = ()


def read_records(name: str, data: bytes, terminology: Terminology) -> Records:
    """The facts about every patient in a FHIR R4, R4B or R5 Bundle, list of resources, resource, or NDJSON of these.

    ``name`` is what messages call the file. A resource that cannot be read is an issue and costs only itself. Raises
    UnreadableInput if it is not JSON, UnsupportedRecord if it is not FHIR, of an older version, or of no patient.
    """
    found, issues = resources(name, documents(name, data))
    older = refuse_older(name, found)
    entries, repeated = latest(found)
    gathered = Gathering(entries, People(_patients(entries)), older, terminology)
    people = list(gathered.people)
    if not people:
        raise UnsupportedRecord(name, _nobody(entries))
    anybodys = (*issues, *gathered.issues)
    for person in people:
        person.issues.extend(anybodys)
        if any(issue.severity == "error" for issue in issues):  # what has no readable type may be anything
            person.unreadable.update(READERS)
    return Records(tuple(map(_facts, people)), (*anybodys, *repeated, *gathered.of_others))


def _nobody(entries: tuple[Entry, ...]) -> str:
    types = {entry.type for entry in entries}
    if not types:
        return "holds no FHIR resource: give a Bundle with a Patient and what is on record about them"
    if len(entries) == 1:
        return f"is one {entries[0].type}, not a patient's record: give a Bundle with a Patient"
    return "holds no Patient, and nothing on record that refers to one"


def _patients(entries: tuple[Entry, ...]) -> list[tuple[Entry, Person]]:
    found = [entry for entry in entries if entry.type == "Patient"]
    same = Counter(entry.reference for entry in found)
    return [(entry, _person(entry, unique=same[entry.reference] == 1)) for entry in found]


def _person(entry: Entry, *, unique: bool) -> Person:
    reference = entry.reference if unique else entry.full_url or entry.location
    try:
        resource, broken = decoded(_PATIENT, entry.data)
    except msgspec.DecodeError as error:
        issue = Issue("error", reference, decoding_problem(entry.type, error))
        return Person(reference, issues=[issue], unreadable={"Patient"})
    who, doubt = demographics(resource), doubts(entry)
    if doubt:
        who = Demographics(who.identifiers, problems=(f"{doubt}: not used",), unreadable=frozenset({"Patient"}))
    issues = [Issue("error", reference, left_out(entry.type, each)) for each in broken]
    issues += [Issue("warning", reference, problem) for problem in who.problems]
    return Person(reference, who, issues=issues, unreadable=set(who.unreadable))


def _facts(person: Person) -> Facts:
    who = person.demographics
    counted = [Issue("information", kind, f"{n} not used: {why}") for (kind, why), n in sorted(person.counts.items())]
    return Facts(
        patient=person.reference,
        identifiers=who.identifiers,
        birth=who.birth,
        sex=who.sex,
        deceased=who.deceased,
        died=who.died,
        observations=_of(person, Observation),
        conditions=_of(person, Condition),
        procedures=_of(person, Procedure),
        drugs=_of(person, Drug),
        allergies=_of(person, Allergy),
        devices=tuple(fact for fact in _of(person, Device) if fact.reference not in person.concerned),
        nutrition=_of(person, Nutrition),
        participations=_of(person, Participation),
        consents=tuple(_with_trials(fact, person) for fact in _of(person, Consent)),
        answers=_of(person, Answer),
        issues=(*person.issues, *counted),
        unreadable=frozenset(person.unreadable),
    )


def _of(person: Person, kind: type[F]) -> tuple[F, ...]:
    return tuple(fact for fact in person.facts if isinstance(fact, kind))


def _with_trials(consent: Consent, person: Person) -> Consent:
    """The consent, also to the trials of the ResearchSubjects that refer to it: by that it is to research."""
    trials = person.concerned.get(consent.reference)
    return replace(consent, trials=consent.trials | trials, research=True) if trials else consent
