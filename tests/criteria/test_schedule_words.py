"""Tests of a schedule in English."""

from __future__ import annotations

import pytest

from alsfhir.criteria.schedule import Activity, Length, Period, Repeat, When
from alsfhir.criteria.schedule_words import order_words, time_words
from schedule_samples import SCHEDULE, length


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Period(id="x", label="X"), ""),
        (Activity(id="x", label="X"), ""),
        (Activity(id="x", label="X", when=When(relation="after-end", of="first")), "after the end of “First dose”"),
        (
            Activity(id="x", label="X", when=When(relation="before-start", of="first", by=length("3", "days", "5"))),
            "3 to 5 days before the start of “First dose”",
        ),
        (
            Activity(id="x", label="X", when=When(relation="before-end", of="first", by=length("0", "days"))),
            "at the end of “First dose”",
        ),
        (
            Activity(
                id="x",
                label="X",
                when=When(relation="after-start", of="screening", by=length("1", "months")),
                lasting=length("1.50", "hours"),
            ),
            "1 month after the start of “Screening”, for 1.50 hours",
        ),
        (
            Activity(
                id="x",
                label="X",
                repeat=Repeat(times=4, every=length("3", "days", "5"), over=length("1", "years")),
            ),
            "4 times, 3 to 5 days apart, over 1 year",
        ),
        (Activity(id="x", label="X", repeat=Repeat(times=1)), "once"),
        (Activity(id="x", label="X", repeat=Repeat(over=length("3", "months"))), "over 3 months"),
    ],
)
def test_a_time_is_what_the_text_says(step: Period | Activity, words: str) -> None:
    """Nothing where it says nothing; else by what, how often, how far apart and how long."""
    assert time_words(step, SCHEDULE) == words


@pytest.mark.parametrize(
    ("lasting", "words"),
    [
        (length("1", "weeks"), "1 week"),
        (length("0.5", "months"), "0.5 months"),
        (length("1", "weeks", "2"), "1 to 2 weeks"),
    ],
)
def test_a_length_has_its_digits(lasting: Length, words: str) -> None:
    """Half a month is no number of days, and one week is no weeks."""
    assert time_words(Period(id="x", label="X", lasting=lasting), SCHEDULE) == f"for {words}"


def test_an_order_says_what_its_label_does_not() -> None:
    """The items of an assessment; dose, product and route of a medication; nothing of a plain procedure."""
    assert [order_words(order) for order in SCHEDULE.order] == [
        "weight, FVC; sitting",
        "",
        "2.0 mL of neural cells; by the pouch; slowly",
        "some drug",
    ]
