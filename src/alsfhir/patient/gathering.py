"""Reads the resources one by one, and gathers what they say with the patient whom they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import msgspec

from alsfhir.patient.bundle import Entry
from alsfhir.patient.decoded import decoding_problem, left_out
from alsfhir.patient.model import Fact, Issue, Observation, Participation, Severity
from alsfhir.patient.observed import NO_VALUE
from alsfhir.patient.people import Owner, People, Person, written_subject
from alsfhir.patient.readers import READERS
from alsfhir.patient.reading import UNKNOWN_MODIFIER, WRONG_TYPE, Reading, Source
from alsfhir.patient.resource_types import COUNTED, KNOWN
from alsfhir.patient.targets import targets
from alsfhir.terminology import Terminology

NO_SUBJECT = "it does not say whom it is about"
UNKNOWN_RULES = "its implicitRules are not known and may change its meaning"
WITH_BLANKS = "one of its codes has blanks in it: not known as a code"


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
        self._targets = targets(entries, self.issues)
        asked = [(entry, people.owner(entry)) for entry in entries if entry.type in READERS or entry.type in COUNTED]
        for entry, owner in asked:
            self._gather(entry, owner)
        for entry in entries:
            self._look_at(entry)
        self.of_others = tuple(self._of_others())

    def _gather(self, entry: Entry, owner: Owner) -> None:
        if owner.subject:
            self._elsewhere[owner.subject, entry.type] += 1
        elif entry.type in COUNTED:
            if owner.person:
                owner.person.counts[entry.type, COUNTED[entry.type]] += 1
        elif entry.type != "Device" or written_subject(entry) is not None:  # one of nobody is known by its uses
            self._read(entry, owner.person)

    def _read(self, entry: Entry, person: Person | None) -> None:
        source = Source(entry.reference, entry.base, entry.updated, self._terms, self._targets)
        try:
            reading = READERS[entry.type](entry.data, source)
            problem = None
        except msgspec.DecodeError as error:
            reading, problem = Reading(), decoding_problem(entry.type, error)
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
    person.issues.extend(Issue("error", entry.reference, left_out(entry.type, each)) for each in reading.broken)
    unusable = (f"{_part(fact)}{fact.unusable}: {_not_used(fact)}" for fact in reading.facts if _is_news(fact))
    spelling = (WITH_BLANKS,) if any(map(_has_blanks, reading.facts)) else ()
    problems = dict.fromkeys((*unusable, *reading.problems, *spelling))
    person.issues.extend(Issue("warning", entry.reference, text) for text in problems)
    _link(person, reading)


def _link(person: Person, reading: Reading) -> None:
    """Notes what the facts say of other resources; the trials of one that is in doubt are nobody's."""
    trials = {
        trial
        for fact in reading.facts
        if isinstance(fact, Participation) and fact.unusable is None
        for trial in fact.trials
    }
    for reference in reading.concerns:
        person.concerned.setdefault(reference, set()).update(trials)


def _has_blanks(fact: Fact) -> bool:
    found = fact.codings + (fact.coded if isinstance(fact, Observation) else ())
    return any(coding.code is not None and len(coding.code.split()) > 1 for coding in found)


def _is_news(fact: Fact) -> bool:
    """Whether a fact is unusable for another reason than a broken element, which is listed as such."""
    return fact.unusable is not None and not fact.unusable.endswith(WRONG_TYPE)


def _not_used(fact: Fact) -> str:
    flagged = isinstance(fact, Observation) and fact.interpretation and fact.unusable == NO_VALUE
    return "its interpretation is all that can be used" if flagged else "not used"


def _part(fact: Fact) -> str:
    """Which component of an Observation, if one."""
    inside = fact.path.partition(".")[2] if isinstance(fact, Observation) else ""
    return f"{inside}: " if inside else ""
