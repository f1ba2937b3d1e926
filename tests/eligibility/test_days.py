"""Calendar months, clipped to the month's end, and ages in completed years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import Duration
from alsfhir.eligibility.days import birthday, completed_months, completed_years, earlier, first_day_back, later

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
LENGTHS = st.builds(
    Duration, years=st.integers(0, 40), months=st.integers(0, 60), weeks=st.integers(0, 60), days=st.integers(0, 400)
)


def test_the_calendar_has_ends() -> None:
    """Before its first day is its first day, after its last its last: no error."""
    assert earlier(date(3, 1, 1), Duration(years=10)) == date.min
    assert later(date(9998, 1, 1), Duration(years=10)) == date.max
    assert first_day_back(date(9998, 1, 1), Duration(years=10), strict=False) is None


@pytest.mark.parametrize(
    ("day", "length", "expected"),
    [
        (date(2026, 6, 30), Duration(months=6), date(2025, 12, 30)),
        (date(2026, 8, 31), Duration(months=6), date(2026, 2, 28)),
        (date(2024, 8, 31), Duration(months=6), date(2024, 2, 29)),
        (date(2024, 2, 29), Duration(years=1), date(2023, 2, 28)),
        (date(2026, 6, 30), Duration(weeks=2), date(2026, 6, 16)),
        (date(2026, 3, 31), Duration(months=1, days=1), date(2026, 2, 27)),
    ],
)
def test_a_window_runs_back_by_calendar_months(day: date, length: Duration, expected: date) -> None:
    """The day is clipped to the month's end; months are never 30 days."""
    assert earlier(day, length) == expected


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(1961, 7, 1), date(2026, 6, 30), 64),
        (date(1961, 6, 30), date(2026, 6, 30), 65),
        (date(2004, 2, 29), date(2022, 2, 27), 17),
        (date(2004, 2, 29), date(2022, 2, 28), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2027, 1, 1), date(2026, 6, 30), -1),
    ],
)
def test_an_age_is_reached_on_the_birthday(birth: date, day: date, years: int) -> None:
    """Born on 29 February, on 28 February in the other years."""
    assert completed_years(birth, day) == years


@pytest.mark.parametrize(
    ("event", "day", "months"),
    [
        (date(2025, 12, 31), date(2026, 6, 30), 5),
        (date(2025, 12, 30), date(2026, 6, 30), 6),
        (date(2026, 6, 30), date(2026, 6, 30), 0),
        (date(2026, 7, 30), date(2026, 6, 30), 0),
        (date(2026, 2, 28), date(2026, 3, 28), 1),
    ],
)
def test_completed_months_agree_with_the_windows(event: date, day: date, months: int) -> None:
    """An event is n months ago from the day on which the window of n months begins with it."""
    assert completed_months(event, day) == months


def test_from_a_long_months_end_the_day_can_come_later_than_the_sum() -> None:
    """Six months from 31 August are over on 1 March: six months before 28 February is 28 August."""
    assert first_day_back(date(2025, 8, 31), Duration(months=6), strict=False) == date(2026, 3, 1)


@given(DAYS, LENGTHS, st.booleans())
def test_the_first_day_back_is_the_first(event: date, length: Duration, strict: bool) -> None:
    """On it the event lies that far back, and on the day before it does not."""
    day = first_day_back(event, length, strict)
    assert day is not None

    def reached(on: date) -> bool:
        return earlier(on, length) > event or (not strict and earlier(on, length) == event)

    assert reached(day)
    assert not reached(day - timedelta(days=1)) or day == event


@given(DAYS, st.integers(0, 110))
def test_completed_years_and_birthdays_agree(birth: date, years: int) -> None:
    """On the birthday the age is reached, and on the day before it is not."""
    day = birthday(birth, years)
    assert completed_years(birth, day) == years
    assert completed_years(birth, day - timedelta(days=1)) == years - 1
