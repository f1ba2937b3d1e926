"""Whether a drug is taken, was ever, was within a period, or has been taken unchanged for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from alsfhir.criteria.model import Drug as DrugAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Course, State, stretch_turns, window_turns
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.resemblance import resembling
from alsfhir.eligibility.taking import NOT_TAKEN, counts, local_only, said, taking
from alsfhir.eligibility.unchanged import Taking, unchanged
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.patient.model import Drug
from alsfhir.terminology import Terminology

DRUGS = Kind(
    ("MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"),
    (Drug,),
)


def drug(atom: DrugAtom, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of a drug on a day; what only looks like it in text, or is given locally, is for a person to judge."""
    looks_like, is_local = resembling(terminology.concept(atom.concept)), local_only(terminology)

    def found(chart: Chart, day: date) -> Finding:
        takings = list(_takings(atom, chart))
        standings = [
            _local(Standing(entry, *told), atom.systemic and is_local(entry))
            for entry, course in takings
            if (told := said(entry, course, atom, day, chart.as_of)) is not None
        ]
        standings = _without_superseded(standings, takings)
        in_words = [
            Standing(entry, Value.REVIEW, Cause.TEXT_ONLY)
            for entry in chart.unrecognised.get(Drug, ())
            if looks_like(entry)
        ]
        if atom.unchanged_for is not None and any(one.value is Value.MET for one in standings):
            return _unchanged(
                atom, in_words or unchanged(standings, takings, atom.unchanged_for, day, chart.as_of), chart
            )
        return weighed(atom, standings + in_words, DRUGS, chart)

    return found


def drug_turns(atom: DrugAtom, chart: Chart) -> Iterator[date]:
    """The days on which an entry may enter or leave the atom's window, or may have been taken for long enough."""
    for _, course in _takings(atom, chart):
        if atom.within is not None:
            yield from window_turns(course, atom.within, atom.until)
        elif atom.unchanged_for is not None:
            yield from stretch_turns(course, atom.unchanged_for)


def _takings(atom: DrugAtom, chart: Chart) -> Iterator[Taking]:
    for entry in chart.drugs.get(atom.concept, ()):
        if entry.concepts.isdisjoint(atom.minus):
            yield entry, taking(entry, chart.as_of)


def _local(found: Standing, local: bool) -> Standing:
    return Standing(found.entry, Value.REVIEW, Cause.LOCAL_ROUTE) if local and found.value is Value.MET else found


def _unchanged(atom: DrugAtom, standings: Sequence[Standing], chart: Chart) -> Finding:
    if standings[0].value is Value.MET and chart.unreadable(*DRUGS.resources):
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.UNREADABLE)  # it may have been another dosage
    return weighed(atom, standings, DRUGS, chart)


def _without_superseded(standings: list[Standing], takings: Sequence[Taking]) -> list[Standing]:
    """Without doses and supplies of a time before the same drug is on record as over, or as not taken."""
    if not any(one.cause is Cause.THEN_ONLY for one in standings):
        return standings
    courses: dict[object, Course] = dict(takings)
    ends = [
        (entry, _since(entry, course))
        for entry, course in takings
        if course.state is State.OVER and counts(entry) and entry.unusable is None
    ]

    def superseded(one: Standing) -> bool:
        given = courses[one.entry]
        last = given.end[1] if given.end else given.began[1]
        return one.cause is Cause.THEN_ONLY and any(
            since is not None and since >= last and not _codes(entry).isdisjoint(_codes(one.entry))
            for entry, since in ends
        )

    return [one for one in standings if not superseded(one)]


def _since(entry: Drug, course: Course) -> date | None:
    """The first day by which the entry says that the drug is not taken any more, if it says one."""
    if entry.status == NOT_TAKEN:
        return course.began[0]
    return course.end[0] if course.end else None


def _codes(entry: object) -> frozenset[tuple[str | None, str]]:
    assert isinstance(entry, Drug)
    return frozenset((coding.system, coding.code) for coding in entry.codings if coding.code)
