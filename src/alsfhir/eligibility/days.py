"""Calendar arithmetic: months and years as the calendar has them, the day clipped to the month's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from alsfhir.criteria.model import Duration


@lru_cache(maxsize=1 << 14)
def earlier(day: date, length: Duration) -> date:
    """The day that length before; the first day of the calendar if that is before it."""
    try:
        return day - _delta(length)
    except (OverflowError, ValueError):
        return date.min


@lru_cache(maxsize=1 << 14)
def later(day: date, length: Duration) -> date:
    """The day that length after; the last day of the calendar if that is after it."""
    try:
        return day + _delta(length)
    except (OverflowError, ValueError):
        return date.max


def _delta(length: Duration) -> relativedelta:
    return relativedelta(years=length.years, months=length.months, weeks=length.weeks, days=length.days)


def birthday(birth: date, age: int) -> date:
    """The day on which that age is reached; someone born on 29 February reaches it on 28 February in other years."""
    return later(birth, Duration(years=age))


def completed_years(birth: date, day: date) -> int:
    """Age in completed years on a day; negative before birth."""
    years = day.year - birth.year
    return years - (day < birthday(birth, years))


def first_day_back(event: date, length: Duration, strict: bool) -> date | None:
    """The first day from which the event lies at least (``strict``: more than) that length back, if there is one.

    Not always the event plus the length: from 31 August, six months are over on 1 March, since six months before
    28 February is 28 August.
    """
    for day in _days_from(max(event, later(event, length) - timedelta(days=7))):
        back = earlier(day, length)
        if back > event or (back == event and not strict):
            return day
    return None


def _days_from(day: date) -> Iterator[date]:
    while day < date.max:
        yield day
        day += timedelta(days=1)


def completed_months(event: date, day: date) -> int:
    """Whole calendar months from an event to a day; 0 if the event is later."""
    months = (day.year - event.year) * 12 + day.month - event.month
    return max(months - (earlier(day, Duration(months=months)) < event), 0) if months > 0 else 0
