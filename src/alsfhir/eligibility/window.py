"""How an entry of a condition lies in a window of time: whether it lasted into it, began in it, or was over in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import NO_DURATION, Said
from alsfhir.eligibility.days import earlier, first_day_back
from alsfhir.eligibility.history import PRESENT, abatement_days, known_by, lasting, onset_days
from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Condition


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included. ``past``: it ended before the day that is asked about."""

    first: date
    last: date
    past: bool


def window(atom: ConditionAtom, day: date) -> Window | None:
    """The window of an atom on a day; ``None`` if it has none."""
    if atom.within is None:
        return None
    last = earlier(day, atom.until) if atom.until is not None else day
    return Window(earlier(last, atom.within), last, past=atom.until is not None)


def window_turns(entry: Condition, atom: ConditionAtom, chart: Chart) -> Iterator[date]:
    """The days on which an entry may enter the atom's window, or leave it."""
    if atom.within is None:
        return
    for event in set(_events(entry, atom, chart)) - {date.min, date.max}:
        left = first_day_back(event, atom.within, strict=True)
        for edge in (event, left) if left is not None else (event,):
            turn = first_day_back(edge, atom.until or NO_DURATION, strict=False)
            if turn is not None:
                yield turn


def lasted(entry: Condition, span: Window, chart: Chart) -> Said:
    """Whether it lasted at some time of the window."""
    value, cause = _until_then(entry, span.first, chart)
    if not span.past or value is Value.NOT_MET:
        return value, cause
    begun = _begun(entry, span.last, chart)
    if begun is False:
        return Value.NOT_MET, Cause.OUTSIDE_WINDOW
    if begun is None and value is Value.MET:
        return Value.UNKNOWN, Cause.PARTIAL_DATE if onset_days(entry, chart.facts) else Cause.UNDATED
    return value, cause


def began(entry: Condition, span: Window, chart: Chart) -> Said:
    """Whether it began in the window; what is known not to have begun later than before it, did not."""
    days = onset_days(entry, chart.facts)
    if days is None:
        known = known_by(entry, chart.facts)
        before = known is not None and known < span.first
        return (Value.NOT_MET, Cause.OUTSIDE_WINDOW) if before else (Value.UNKNOWN, Cause.UNDATED)
    if days[1] < span.first or days[0] > span.last:
        return Value.NOT_MET, Cause.OUTSIDE_WINDOW
    inside = span.first <= days[0] and days[1] <= span.last
    return (Value.MET, Cause.ON_RECORD) if inside else (Value.UNKNOWN, Cause.PARTIAL_DATE)


def was_there(entry: Condition, span: Window, chart: Chart) -> Said:
    """Whether what an entry only says to have been, as a history does, was there in the window: its dates say it.

    An onset before the window does not tell when it was over.
    """
    onset, ended = onset_days(entry, chart.facts), abatement_days(entry, chart.facts)
    known = [days for days in (onset, ended) if days]
    if any(span.first <= days[0] and days[1] <= span.last for days in known):
        return Value.MET, Cause.ON_RECORD
    if ended is not None and ended[1] < span.first:
        return Value.NOT_MET, Cause.OUTSIDE_WINDOW
    if onset is not None and onset[0] > span.last:
        return Value.NOT_MET, Cause.OUTSIDE_WINDOW
    partial = any(days[0] <= span.last and days[1] >= span.first for days in known)
    return Value.UNKNOWN, Cause.PARTIAL_DATE if partial else Cause.UNDATED


def _events(entry: Condition, atom: ConditionAtom, chart: Chart) -> Iterator[date]:
    for days in (onset_days(entry, chart.facts), abatement_days(entry, chart.facts)):
        yield from days or ()
    if (atom.began or atom.until is not None) and (known := known_by(entry, chart.facts)) is not None:
        yield known


def _until_then(entry: Condition, start: date, chart: Chart) -> Said:
    onset, ended = onset_days(entry, chart.facts), abatement_days(entry, chart.facts)
    if lasting(entry, chart.facts, chart.as_of) or (onset and onset[0] >= start):
        return Value.MET, Cause.ON_RECORD
    if ended is None:
        return _undated_end(entry)
    if ended[0] >= start:
        return Value.MET, Cause.ON_RECORD
    if ended[1] >= start:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    return (Value.REVIEW, Cause.CONTRADICTORY) if entry.clinical in PRESENT else (Value.NOT_MET, Cause.OUTSIDE_WINDOW)


def _undated_end(entry: Condition) -> Said:
    if entry.clinical == "remission":
        return Value.REVIEW, Cause.REMISSION
    return Value.UNKNOWN, Cause.NO_STATUS if entry.clinical == "unknown" else Cause.UNDATED


def _begun(entry: Condition, day: date, chart: Chart) -> bool | None:
    onset, known = onset_days(entry, chart.facts), known_by(entry, chart.facts)
    if onset is not None and onset[0] > day:
        return False
    return True if known is not None and known <= day else None
