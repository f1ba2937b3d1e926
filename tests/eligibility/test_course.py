"""How long something on record went on, as far as incomplete dates and a status tell."""

from __future__ import annotations

from datetime import date

import pytest

from alsfhir.eligibility.course import LASTS, State, course
from alsfhir.patient.values import When
from eligibility_samples import AS_OF, when

LONG_AGO = date.min


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.mark.parametrize(
    ("written", "began", "ended"),
    [
        ("2026-03-02", ("2026-03-02", "2026-03-02"), None),
        ("2026-03", ("2026-03-01", "2026-03-31"), None),
        ("2026-03/", ("2026-03-01", "2026-03-31"), None),
        ("2025/2026-04", ("2025-01-01", "2025-12-31"), ("2026-04-01", "2026-04-30")),
        ("2026/2026-04", ("2026-01-01", "2026-04-30"), ("2026-04-01", "2026-04-30")),
        ("2026-03-02/2026-03", ("2026-03-02", "2026-03-02"), ("2026-03-02", "2026-03-31")),
    ],
)
def test_a_period_has_two_dates_that_may_be_incomplete(
    written: str, began: tuple[str, str], ended: tuple[str, str] | None
) -> None:
    """It ends no earlier than it begins, and begins no later than it ends; without an end it lasts."""
    found = course(when(written), State.GOING, AS_OF)
    assert found.began == (day(began[0]), day(began[1]))
    assert found.end == (ended and (day(ended[0]), day(ended[1])))
    assert found.ended == (found.end or LASTS)


def test_a_period_of_an_end_alone_began_at_any_time_before() -> None:
    """At the latest on the as-of date, by which it exists."""
    until = When(LONG_AGO, day("2026-09-30"), "../2026-09-30")
    found = course(until, State.GOING, AS_OF)
    assert (found.began, found.ended, found.dated) == ((LONG_AGO, AS_OF), (day("2026-09-30"),) * 2, False)


def test_what_is_over_was_over_by_the_as_of_date() -> None:
    """Some day from its beginning on; a day alone may be all of it."""
    began = day("2026-03-02")
    assert course(when("2026-03-02"), State.OVER, AS_OF).ended == (began, AS_OF)
    assert course(when("2026-03-02"), State.OVER, AS_OF, whole=True).ended == (began, began)
    assert course(None, State.OVER, AS_OF).ended == (LONG_AGO, AS_OF)
    assert course(when("2026-03-02/2026-07-30"), State.OVER, AS_OF).ended == (began, day("2026-07-30"))
    assert course(when("2026-03-02"), State.THEN, AS_OF).ended == (began, date.max)


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        ("2026-03-05", "2026-03-08", True),
        ("2026-03-10", "2026-03-20", True),
        ("2026-03-11", "2026-03-20", False),
        ("2026-02-01", "2026-03-02", True),
        ("2026-02-01", "2026-03-01", False),
    ],
)
def test_two_spans_overlap_on_a_day_of_both(start: str, stop: str, expected: bool) -> None:
    """From 2 to 10 March, both included."""
    assert course(when("2026-03-02/2026-03-10"), State.OVER, AS_OF).overlaps(day(start), day(stop)) is expected


def test_an_incomplete_date_may_leave_an_overlap_open() -> None:
    """But not where the beginning alone is in the span."""
    found = course(when("2026-03/2026-05"), State.OVER, AS_OF)
    assert found.overlaps(day("2026-05-10"), day("2026-05-20")) is None
    assert found.overlaps(day("2026-03-10"), day("2026-03-20")) is None
    assert found.overlaps(day("2026-03-01"), day("2026-03-31")) is True
    assert found.overlaps(day("2026-06-01"), day("2026-06-30")) is False
