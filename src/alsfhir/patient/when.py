"""FHIR's dates and times, whole or partial → When, https://hl7.org/fhir/R4/datatypes.html#dateTime.

Each function returns the time and, where something is written that is no time, the problem in words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from alsfhir.patient.datatypes import PeriodElement
from alsfhir.patient.values import When

FIRST_YEAR, LAST_YEAR = 1800, 9998  # before and after stand only the placeholders of databases, 0001 and 9999

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", re.ASCII)
_NO_DATE = "is not a date"


def date_time(value: Any) -> tuple[When | None, str | None]:
    """The days that a FHIR date, dateTime or instant may mean. A time without a zone is a problem."""
    if value is None:
        return None, None
    if not isinstance(value, str):
        return None, "is not a string"
    day, separator, time = value.strip().partition("T")
    bounds = _days(day)
    if bounds is None or (separator and len(day) < len("2026-06-30")):
        return None, _NO_DATE
    if not separator:
        return When(*bounds, value.strip()), None
    instant = _instant(bounds[0], time)
    if instant is None:
        return None, "is not a time with its zone"
    return When(*bounds, value.strip(), instant), None


def instant(value: Any) -> datetime | None:
    """The instant, in UTC, if ``value`` is a time with its zone, else ``None``."""
    when, _ = date_time(value)
    return when.instant if when else None


def period(element: PeriodElement | None) -> tuple[When | None, str | None]:
    """The first day of a Period's start to the last day of its end; open ends are ``date.min`` and ``date.max``."""
    if element is None:
        return None, None
    start, start_problem = date_time(element.start)
    end, end_problem = (None, None) if never_ends(element.end) else date_time(element.end)
    if start_problem or end_problem:
        return None, f"{'start' if start_problem else 'end'} {start_problem or end_problem}"
    if start is None and end is None:
        return None, "has neither start nor end"
    first, last = start.first if start else date.min, end.last if end else date.max
    if first > last or (start and end and start.instant and end.instant and start.instant > end.instant):
        return None, "ends before it starts"
    return When(first, last, f"{start.written if start else '..'}/{end.written if end else '..'}"), None


def occurred(
    element: str, date_time_value: Any, period_value: PeriodElement | None, *others: Any
) -> tuple[When | None, str | None]:
    """The time in ``<element>[x]``; ``others`` are its forms that are no time: a schedule, an age, a text."""
    given = [value for value in (date_time_value, period_value, *others) if value is not None]
    if len(given) > 1:
        return None, f"{element}[x] is given twice"
    if any(value is not None for value in others):
        return None, f"{element}[x] is not given as a time"
    when, problem = period(period_value) if period_value is not None else date_time(date_time_value)
    kind = "Period" if period_value is not None else "DateTime"
    return when, f"{element}{kind} {problem}" if problem else None


def never_ends(end: Any) -> bool:
    """Whether an end is not given, or is in the year 9999: several systems write that for what has not ended."""
    return end is None or (isinstance(end, str) and end.strip().startswith("9999"))


def _days(text: str) -> tuple[date, date] | None:
    match = _DATE.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    last = monthrange(year, month or 12)[1] if day is None else day
    try:
        return date(year, month or 1, 1 if day is None else day), date(year, month or 12, last)
    except ValueError:
        return None


def _instant(day: date, text: str) -> datetime | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(part) for part in match.groups()[:3])
    fraction = int((match[4] or "0")[:6].ljust(6, "0"))
    leap = second == 60  # FHIR allows leap seconds; datetime does not
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, 59 if leap else second, fraction, _zone(match[5]))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))
