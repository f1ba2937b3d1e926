"""How long something on record went on: from when, until when, as far as incomplete dates and a status tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import TypeAlias

from alsfhir.criteria.model import Duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.days import earlier, first_day_back
from alsfhir.eligibility.model import Value
from alsfhir.patient.values import When
from alsfhir.patient.when import date_time

Days: TypeAlias = tuple[date, date]
Said: TypeAlias = tuple[Value, Cause]

LASTS: Days = (date.max, date.max)
NO_DURATION = Duration()


class State(Enum):
    """What a status says: it goes on, is halted, is over, was at some time, or nothing that can be relied on."""

    GOING = auto()
    HELD = auto()
    OVER = auto()
    THEN = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Course:
    """The first and the last day on which something may have begun, and those on which it may have ended.

    ``end`` are the days of an end that the record itself gives; ``dated`` says that it gives all there is to know.
    """

    state: State
    began: Days
    ended: Days
    end: Days | None
    dated: bool

    def overlaps(self, start: date, stop: date) -> bool | None:
        """Whether it went on at some time from ``start`` to ``stop``, both included; ``None`` if open."""
        if self.began[0] > stop or self.ended[1] < start:
            return False
        return True if self.began[1] <= stop and max(self.began[0], self.ended[0]) >= start else None

    def days(self) -> Iterator[date]:
        """The days from which anything is counted."""
        yield from (day for day in {*self.began, *self.ended} if day not in (date.min, date.max))


def course(when: When | None, state: State, as_of: date, *, whole: bool = False) -> Course:
    """The course of what exists as of a date. ``whole``: a time that is no period is all of it, not its beginning."""
    began, end = (date.min, as_of), None
    if when is not None and "/" in when.written:
        began, end = _period(when)
        # Of a period that has an end alone, the beginning is as little known as where there is no date at all.
        began = (began[0], min(began[1], as_of)) if began[0] == date.min else began
    elif when is not None:
        began = (when.first, when.last)
        end = began if whole else None
    dated = when is not None and began[0] != date.min and (end is not None or state is State.GOING)
    if state is State.OVER and (end is None or end[0] > as_of):
        # It was over by the as-of date, whatever end had been planned; but a status may be younger than that date.
        return Course(state, began, (began[0], end[1] if end else as_of), end, dated=False)
    return Course(state, began, end or (LASTS if state is State.GOING else (began[0], date.max)), end, dated)


def in_window(found: Course, day: date, within: Duration, until: Duration | None, as_of: date) -> Said:
    """Whether it overlaps the period ``within``, which ends ``until`` before the day, the as-of date or a later one."""
    if found.began[1] > as_of:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    stop = earlier(day, until or NO_DURATION)
    overlaps = found.overlaps(earlier(stop, within), stop)
    if overlaps is None:
        return Value.UNKNOWN, Cause.PARTIAL_DATE if found.dated else Cause.UNDATED
    return (Value.MET, Cause.ON_RECORD) if overlaps else (Value.NOT_MET, Cause.OUTSIDE_WINDOW)


def window_turns(found: Course, within: Duration, until: Duration | None) -> Iterator[date]:
    """The days on which it may enter or leave that period."""
    for event in found.days():
        yield from _reached(event, until or NO_DURATION)
        left = first_day_back(event, within, strict=True)
        if left is not None:
            yield from _reached(left, until or NO_DURATION)


def stretch_turns(found: Course, length: Duration) -> Iterator[date]:
    """The days on which its beginning or its end comes to lie that length back, and more."""
    for event in found.days():
        for strict in (False, True):
            day = first_day_back(event, length, strict)
            if day is not None:
                yield day


def now(found: Course, as_of: date) -> Said:
    """Whether it goes on, as of a date by which it exists."""
    if found.state is State.UNCLEAR:
        return Value.UNKNOWN, Cause.NO_STATUS
    if found.began[1] > as_of:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    said = {State.OVER: _over, State.THEN: _then}.get(found.state, _going)
    return said(found, as_of)


def _going(found: Course, as_of: date) -> Said:
    if found.ended[1] < as_of:
        return Value.NOT_MET, Cause.NOT_CURRENT
    if found.state is State.HELD:
        return Value.REVIEW, Cause.ON_HOLD
    return (Value.UNKNOWN, Cause.PARTIAL_DATE) if found.ended[0] < as_of else (Value.MET, Cause.ON_RECORD)


def _over(found: Course, as_of: date) -> Said:
    if found.end is None or found.end[1] <= as_of:
        return Value.NOT_MET, Cause.NOT_CURRENT
    # The status may be younger than the as-of date, or the end one that was only planned.
    return (Value.REVIEW, Cause.CONTRADICTORY) if found.end[0] > as_of else (Value.UNKNOWN, Cause.PARTIAL_DATE)


def _then(found: Course, as_of: date) -> Said:
    if max(found.began[0], found.ended[0]) >= as_of:
        return Value.MET, Cause.ON_RECORD
    straddles = found.end is not None and found.end[1] >= as_of
    return Value.UNKNOWN, Cause.PARTIAL_DATE if straddles else Cause.THEN_ONLY


def _reached(event: date, until: Duration) -> Iterator[date]:
    day = first_day_back(event, until, strict=False)
    if day is not None:
        yield day


@lru_cache(maxsize=1 << 12)
def _period(when: When) -> tuple[Days, Days | None]:
    """The days of a period's start and of its end, each of which may be incomplete: 2025 to 2026-03."""
    start, end = (date_time(part)[0] for part in when.written.split("/", 1))
    began = (start.first, start.last) if start else (when.first, when.last)
    if when.last == date.max:
        return began, None
    return (began[0], min(began[1], when.last)), (max(end.first, began[0]), when.last) if end else (
        when.last,
        when.last,
    )
