"""What one entry on record says to a condition that is asked for: it counts, it does not, or it cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.criteria.model import Duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.days import earlier, first_day_back
from alsfhir.eligibility.history import abatement_days, existed, onset_days
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.weighing import Standing
from alsfhir.patient.model import Condition

_PRESENT = ("active", "recurrence", "relapse")
_PAST = ("inactive", "resolved", "remission")
_SEVERITIES = {"255604002": 1, "6736007": 2, "24484000": 3}  # https://hl7.org/fhir/R4/valueset-condition-severity.html
_AT_LEAST = {"mild": 1, "moderate": 2, "severe": 3}


def standing(entry: Condition, atom: ConditionAtom, chart: Chart, day: date) -> Standing:
    """What an entry of the concept says on a day on or after the as-of date, if nothing is added to the record."""
    value, cause = _verified(entry, chart) or _in_time(entry, atom, chart, day)
    if value is not Value.NOT_MET:
        value, cause = _severe_enough(entry, atom) or (value, cause)
    if value is Value.MET and atom.overlapping is not None:
        value, cause = Value.REVIEW, Cause.NOT_DECIDED_HERE
    return Standing(entry, value, cause)


def standing_turns(entry: Condition, within: Duration, chart: Chart) -> Iterator[date]:
    """The days on which an entry may leave the window that runs back from the day asked about."""
    for days in (onset_days(entry, chart.facts), abatement_days(entry, chart.facts)):
        for event in days or ():
            if (day := first_day_back(event, within, strict=True)) is not None:
                yield day


def _verified(entry: Condition, chart: Chart) -> tuple[Value, Cause] | None:
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if entry.verification == "refuted":
        return Value.NOT_MET, Cause.REFUTED
    if entry.verification not in (None, "confirmed"):
        return Value.UNKNOWN, Cause.NOT_CONFIRMED
    if existed(entry, chart.facts, chart.as_of) is None:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    return None


def _in_time(entry: Condition, atom: ConditionAtom, chart: Chart, day: date) -> tuple[Value, Cause]:
    if atom.within is not None:
        return _within(entry, earlier(day, atom.within), chart)
    return _current(entry, chart) if atom.when == "current" else (Value.MET, Cause.ON_RECORD)


def _over(entry: Condition, chart: Chart) -> bool | None:
    ended = abatement_days(entry, chart.facts)
    if ended is None:
        return entry.abated
    if ended[0] > chart.as_of:
        return False
    return True if ended[1] <= chart.as_of else None


def _ends_later(entry: Condition, chart: Chart) -> bool:
    ended = abatement_days(entry, chart.facts)
    return ended is not None and ended[0] > chart.as_of


def _current(entry: Condition, chart: Chart) -> tuple[Value, Cause]:
    over = _over(entry, chart)
    if _ends_later(entry, chart):
        return Value.MET, Cause.ON_RECORD
    if entry.clinical in _PRESENT:
        return (Value.REVIEW, Cause.CONTRADICTORY) if over else (Value.MET, Cause.ON_RECORD)
    if over is None:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    if entry.clinical == "remission":
        return Value.REVIEW, Cause.REMISSION
    if over or entry.clinical in _PAST:
        return Value.NOT_MET, Cause.NOT_CURRENT
    return (Value.UNKNOWN, Cause.NO_STATUS) if entry.clinical == "unknown" else (Value.MET, Cause.ON_RECORD)


def _within(entry: Condition, start: date, chart: Chart) -> tuple[Value, Cause]:
    began, ended = onset_days(entry, chart.facts), abatement_days(entry, chart.facts)
    lasted = not _over(entry, chart) and (_ends_later(entry, chart) or entry.clinical in (*_PRESENT, None))
    if (lasted and (ended is None or ended[0] > chart.as_of)) or (began and began[0] >= start):
        return Value.MET, Cause.ON_RECORD
    if ended is None:
        return _undated_end(entry)
    if ended[0] >= start:
        return Value.MET, Cause.ON_RECORD
    if ended[1] >= start:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    return (Value.REVIEW, Cause.CONTRADICTORY) if entry.clinical in _PRESENT else (Value.NOT_MET, Cause.OUTSIDE_WINDOW)


def _undated_end(entry: Condition) -> tuple[Value, Cause]:
    if entry.clinical == "remission":
        return Value.REVIEW, Cause.REMISSION
    return Value.UNKNOWN, Cause.NO_STATUS if entry.clinical == "unknown" else Cause.UNDATED


def _severe_enough(entry: Condition, atom: ConditionAtom) -> tuple[Value, Cause] | None:
    if atom.severity is None:
        return None
    grades = [_SEVERITIES[coding.code] for coding in entry.severity if coding.code in _SEVERITIES]
    if not grades:
        return Value.UNKNOWN, Cause.NO_SEVERITY
    return None if max(grades) >= _AT_LEAST[atom.severity] else (Value.NOT_MET, Cause.LESS_SEVERE)
