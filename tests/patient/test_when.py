"""Dates and times, whole and partial, as the days that they may mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.patient.datatypes import PeriodElement
from alsfhir.patient.values import When
from alsfhir.patient.when import date_time, instant, occurred, period


@pytest.mark.parametrize(
    "value",
    [
        *(
            "0000",
            "0000-01-01",
            "0001-01-01",
            "1799-12-31",
            "9999",
            "9999-12-31",
            "12026",
            "26",
            "\uff12\uff10\uff12\uff16",
        ),
        *(
            "2026-00",
            "2026-13",
            "2026-1",
            "2026-02-30",
            "2025-02-29",
            "2026-06-31",
            "2026-06-00",
            "2026/06/16",
            "16.06.2026",
        ),
        *("2026-06T10:00:00Z", "2026T10:00:00Z", "", "yesterday", "2026-06-16 10:00:00Z"),
    ],
)
def test_what_is_no_date_is_a_problem(value: str) -> None:
    """Impossible dates, placeholders of databases and other formats are no dates."""
    assert date_time(value) == (None, "is not a date")


@pytest.mark.parametrize(
    "time",
    [
        *("", "10:00", "10:00:00", "10:00Z", "24:00:00Z", "10:60:00Z", "10:00:61Z", "10:00:00+25:00", "10:00:00+0200"),
        "10:00:00 Z",
    ],
)
def test_a_time_without_zone_or_out_of_range_is_a_problem(time: str) -> None:
    """A day is not taken from a time that cannot be understood."""
    assert date_time(f"2026-06-16T{time}") == (None, "is not a time with its zone")


@pytest.mark.parametrize("value", [20260616, 2026.5, True, ["2026"], {"value": "2026"}])
def test_what_is_no_string_is_a_problem(value: Any) -> None:
    """A date of another JSON type is a problem, not a crash."""
    assert date_time(value) == (None, "is not a string")


def test_nothing_is_neither_a_date_nor_a_problem() -> None:
    """A missing date is no problem."""
    assert date_time(None) == (None, None)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        (" 2024-02-29 ", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_partial_date_is_all_its_days(value: str, first: date, last: date) -> None:
    """A date without day, or month, is an interval, and no instant."""
    assert date_time(value) == (When(first, last, value.strip()), None)


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("2025-03-02T23:30:00-05:00", datetime(2025, 3, 3, 4, 30, tzinfo=UTC)),
        ("2025-03-02T00:10:00+02:00", datetime(2025, 3, 1, 22, 10, tzinfo=UTC)),
        ("2025-03-02T10:00:00Z", datetime(2025, 3, 2, 10, tzinfo=UTC)),
        ("2025-03-02T10:00:00.5Z", datetime(2025, 3, 2, 10, microsecond=500_000, tzinfo=UTC)),
        ("2025-03-02T10:00:00.123456789Z", datetime(2025, 3, 2, 10, microsecond=123_456, tzinfo=UTC)),
        ("2025-03-02T23:59:60Z", datetime(2025, 3, 2, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_written_day_and_an_instant(value: str, utc: datetime) -> None:
    """The day is as written, whatever day it is in UTC; the instant is in UTC."""
    assert date_time(value) == (When(date(2025, 3, 2), date(2025, 3, 2), value, utc), None)
    assert instant(value) == utc


@given(st.dates(date(1800, 1, 1), date(9998, 12, 31)))
def test_every_day_is_itself(day: date) -> None:
    """A whole date means that day."""
    assert date_time(day.isoformat()) == (When(day, day, day.isoformat()), None)


@given(st.datetimes(datetime(1800, 1, 2), datetime(9998, 12, 30)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_every_instant_is_itself(local: datetime, offset: int) -> None:
    """An instant is the local time less its offset."""
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    written = f"{local.isoformat(timespec='microseconds')}{sign}{minutes // 60:02}:{minutes % 60:02}"
    found, problem = date_time(written)
    assert problem is None
    assert found == When(local.date(), local.date(), written, (local - timedelta(minutes=offset)).replace(tzinfo=UTC))


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9]{4}(-[0-9]{2}){0,2}(T[0-9:.]{0,20}(Z|[+-][0-9:]{1,5})?)?\Z"))
def test_no_text_raises(text: str) -> None:
    """Every text is a time or has a problem."""
    found, problem = date_time(text)
    assert (found is None) == (problem is not None)


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "written"),
    [
        ("2025-01", "2025-02", date(2025, 1, 1), date(2025, 2, 28), "2025-01/2025-02"),
        ("2025-01-05", None, date(2025, 1, 5), date.max, "2025-01-05/.."),
        ("2025-01-05", "9999-12-31", date(2025, 1, 5), date.max, "2025-01-05/.."),
        (None, "2025-01-05", date.min, date(2025, 1, 5), "../2025-01-05"),
        ("2025-01-05", "2025", date(2025, 1, 5), date(2025, 12, 31), "2025-01-05/2025"),
    ],
)
def test_a_period_is_its_first_to_its_last_day(
    start: str | None, end: str | None, first: date, last: date, written: str
) -> None:
    """A period runs from the first day of its start to the last of its end; open ends reach to the calendar's."""
    assert period(PeriodElement(start=start, end=end)) == (When(first, last, written), None)


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [
        (None, None, "has neither start nor end"),
        (None, "9999-12-31", "has neither start nor end"),
        ("soon", "2025-01-01", "start is not a date"),
        ("2025-01-01", "2025-02-30", "end is not a date"),
        ("2025-02-01", "2025-01-01", "ends before it starts"),
        ("2025-02-01T10:00:00Z", "2025-02-01T09:00:00Z", "ends before it starts"),
        (5, None, "start is not a string"),
    ],
)
def test_a_period_that_makes_no_sense_is_a_problem(start: Any, end: Any, problem: str) -> None:
    """A period without ends, upside down, or with an end that is no date has a problem."""
    assert period(PeriodElement(start=start, end=end)) == (None, problem)


def test_a_choice_is_read_in_whichever_form_it_has() -> None:
    """A time may be a dateTime or a Period; the problem names the element."""
    whole = PeriodElement(start="2025-01-01", end="2025-01-02")
    assert occurred("performed", None, None) == (None, None)
    assert occurred("performed", "2025-01-01", None)[0] == When(date(2025, 1, 1), date(2025, 1, 1), "2025-01-01")
    assert occurred("performed", None, whole)[0] == When(date(2025, 1, 1), date(2025, 1, 2), "2025-01-01/2025-01-02")
    assert occurred("performed", "2025-13", None) == (None, "performedDateTime is not a date")
    assert occurred("performed", None, PeriodElement()) == (None, "performedPeriod has neither start nor end")


def test_a_choice_that_is_no_time_or_given_twice_is_a_problem() -> None:
    """A schedule, an age or words are no time, and of two times neither is chosen."""
    assert occurred("effective", None, None, {"event": []}) == (None, "effective[x] is not given as a time")
    assert occurred("effective", "2025", PeriodElement(start="2025")) == (None, "effective[x] is given twice")
