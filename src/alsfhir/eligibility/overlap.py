"""Whether a drug was taken while a condition lasted, as far as incomplete dates tell."""

from __future__ import annotations

from datetime import date

from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Course, State
from alsfhir.eligibility.history import abatement_days, known_by, lasting, onset_days
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.taking import NOT_TAKEN, counts, taking
from alsfhir.eligibility.weighing import Standing
from alsfhir.patient.model import Condition, Drug

MEDICATIONS = ("MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense")


def overlapping(found: Standing, entry: Condition, drug: str, chart: Chart) -> Standing:
    """The standing of an entry that counts, by whether a drug of that concept was taken while it lasted.

    That no such drug is on file proves nothing, nor does one of which nobody can say when it was taken, or what it is.
    """
    lasted = _lasted(entry, chart)
    taken = [(one, _overlap(one, lasted, chart)) for one in chart.drugs.get(drug, ()) if _is_taken(one)]
    certain = tuple(one for one, overlap in taken if overlap)
    if certain:
        return Standing(entry, found.value, found.cause, certain)
    unnamed = [one for one in chart.unrecognised.get(Drug, ()) if isinstance(one, Drug) and _is_taken(one)]
    possible = tuple(one for one, overlap in taken if overlap is None)
    possible += tuple(one for one in unnamed if _overlap(one, lasted, chart) is not False)
    if not taken:
        return Standing(entry, Value.UNKNOWN, Cause.NO_DRUG, possible)
    if possible or chart.unreadable(*MEDICATIONS):
        return Standing(entry, Value.UNKNOWN, Cause.OVERLAP_OPEN, possible)
    return Standing(entry, Value.NOT_MET, Cause.NOT_OVERLAPPING, tuple(one for one, _ in taken))


def _is_taken(drug: Drug) -> bool:
    return counts(drug) and drug.status != NOT_TAKEN


def _overlap(drug: Drug, lasted: Course, chart: Chart) -> bool | None:
    taken = taking(drug, chart.as_of)
    if drug.unusable is not None:
        return None
    if taken.began[0] > lasted.ended[1] or lasted.began[0] > taken.ended[1]:
        return False
    doubted = taken.state is State.UNCLEAR or (drug.kind == "request" and drug.intent is None)
    certain = taken.began[1] <= _least_end(lasted) and lasted.began[1] <= _least_end(taken)
    return True if certain and not doubted else None


def _least_end(one: Course) -> date:
    return max(one.began[0], one.ended[0])


def _lasted(entry: Condition, chart: Chart) -> Course:
    """From when to when the condition lasted, up to the as-of date."""
    as_of = chart.as_of
    onset, ended = onset_days(entry, chart.facts), abatement_days(entry, chart.facts)
    known = min(known_by(entry, chart.facts) or as_of, as_of)
    first = onset[0] if onset else date.min
    began = (first, known if known >= first else max(first, as_of))
    if lasting(entry, chart.facts, as_of):
        return Course(State.GOING, began, (as_of, as_of), None, dated=True)
    days = (min(ended[0], as_of), min(ended[1], as_of)) if ended else (first, as_of)
    return Course(State.OVER, began, days, None, dated=True)
