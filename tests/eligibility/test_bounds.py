"""Bounds in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alsfhir.criteria.model import Age, Duration, Measurement, TimeSince
from alsfhir.eligibility.bounds import asked, broken


def test_bounds_that_are_kept_are_all_said() -> None:
    """In the order of the model, each with its unit."""
    atom = Measurement(concept="bmi", at_least=Decimal("18.5"), less_than=Decimal(30))
    assert asked(atom, "kg/m²") == "at least 18.5 kg/m² and less than 30 kg/m²"
    assert asked(Age(more_than=20, at_most=65)) == "more than 20 and at most 65"
    since = TimeSince(event="onset", concept="als", more_than=Duration(months=6), less_than=Duration(years=3))
    assert asked(since) == "more than 6 months and less than 3 years"


@pytest.mark.parametrize(
    ("atom", "words"),
    [
        (Age(at_least=18, at_most=75), "below 18"),
        (Age(more_than=17, at_most=75), "not more than 17"),
        (Age(at_most=16, at_least=3), "above 16"),
        (Age(less_than=17, at_least=3), "not less than 17"),
        (Age(at_least=18, less_than=17), "below 18 and not less than 17"),
    ],
)
def test_only_the_bounds_that_are_broken_are_said(atom: Age, words: str) -> None:
    """Of someone who is 17: which bound keeps them out."""

    def kept(one: Age) -> bool:
        low = one.at_least if one.at_least is not None else (one.more_than or -1) + 1
        high = one.at_most if one.at_most is not None else (one.less_than or 200) - 1
        return low <= 17 <= high

    assert broken(atom, kept) == words


def test_times_are_less_or_more() -> None:
    """Nobody says below six months."""
    atom = TimeSince(event="onset", concept="als", at_least=Duration(months=6), at_most=Duration(months=24))
    assert broken(atom, lambda one: one.at_least is None) == "less than 6 months"
    assert broken(atom, lambda one: one.at_most is None) == "more than 24 months"
    assert broken(atom, lambda _: None) == ""
