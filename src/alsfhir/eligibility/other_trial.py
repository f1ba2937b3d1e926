"""Whether the patient takes, or took, part in another trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from alsfhir.criteria.model import OtherTrial
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Course, Said, State, course, in_window, now, window_turns
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.patient.model import Participation

PARTICIPATIONS = Kind(("ResearchSubject",), (Participation,))

# https://hl7.org/fhir/R4/valueset-research-subject-status.html; what is in neither table took no part yet.
_TAKING_PART = {
    "on-study": State.GOING,
    "on-study-intervention": State.GOING,
    "on-study-observation": State.GOING,
    "follow-up": State.GOING,
    "off-study": State.OVER,
    "withdrawn": State.OVER,
}
_NOT_YET = frozenset(
    {
        "candidate",
        "eligible",
        "ineligible",
        "not-registered",
        "pending-on-study",
        "potential-candidate",
        "screening",
    }
)


def other_trial(atom: OtherTrial, trial: str) -> Callable[[Chart, date], Finding]:
    """The test of participation on a day: no entry of ``trial`` itself counts, nor one of who is only screened."""

    def found(chart: Chart, day: date) -> Finding:
        entries = [one for one in chart.participations if trial not in one.trials and one.status not in _NOT_YET]
        standings = [Standing(one, *_said(one, atom, day, chart.as_of)) for one in entries]
        return weighed(atom, standings, PARTICIPATIONS, chart)

    return found


def other_trial_turns(atom: OtherTrial, chart: Chart) -> Iterator[date]:
    """The days on which an entry may leave the atom's window, or be over."""
    for entry in chart.participations:
        found = _course(entry, chart.as_of)
        if atom.within is not None:
            yield from window_turns(found, atom.within, None)
        else:
            yield from (each for day in found.days() for each in (day, day + timedelta(days=1)))


def _course(entry: Participation, as_of: date) -> Course:
    return course(entry.when, _TAKING_PART.get(entry.status, State.UNCLEAR), as_of)


def _said(entry: Participation, atom: OtherTrial, day: date, as_of: date) -> Said:
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    found = _course(entry, as_of)
    if found.state is State.UNCLEAR:
        return Value.UNKNOWN, Cause.NO_STATUS
    if found.began[1] > as_of:
        said = Value.UNKNOWN, Cause.PARTIAL_DATE
    else:
        said = now(found, day) if atom.within is None else in_window(found, day, atom.within, None, as_of)
    if said[0] is not Value.NOT_MET and not entry.named and not entry.trials:
        return Value.REVIEW, Cause.WHICH_TRIAL
    return said
