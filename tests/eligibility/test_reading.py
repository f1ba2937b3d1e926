"""What a value may be, and whether all of that is within bounds."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.reading import (
    ANYTHING,
    Extent,
    beyond_plausible,
    extent,
    largest,
    reading,
    reading_of_limit,
    within_bounds,
)
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, facts, measured, observation, quantity, up_to

NUMBERS = st.fractions(min_value=-3, max_value=3, max_denominator=2)
BOUNDS = ("at_least", "more_than", "at_most", "less_than")
CHART = chart(facts(), AS_OF, terminology())


def extents() -> st.SearchStrategy[Extent]:
    """Exact values, one-sided ones, and anything."""
    return st.builds(extent, NUMBERS, st.sampled_from([None, "<", "<=", ">", ">="])) | st.just(ANYTHING)


def possible(value: Extent) -> list[Fraction]:
    """The numbers, in steps of a quarter, that the value may be."""
    steps = [Fraction(n, 4) for n in range(-40, 41)]
    return [n for n in steps if _above(n, value) and _below(n, value)]


def _above(number: Fraction, value: Extent) -> bool:
    return value.low is None or number > value.low or (number == value.low and not value.low_open)


def _below(number: Fraction, value: Extent) -> bool:
    return value.high is None or number < value.high or (number == value.high and not value.high_open)


def test_an_unknown_comparator_means_anything() -> None:
    """A comparator that is none of FHIR's says nothing about the number."""
    assert extent(Fraction(3), "ad") == ANYTHING


@pytest.mark.parametrize(
    ("written", "bound", "truth"),
    [
        ("<70", {"at_least": 70}, False),
        ("<=70", {"at_least": 70}, None),
        ("<=70", {"more_than": 70}, False),
        (">65", {"at_least": 70}, None),
        (">65", {"more_than": 65}, True),
        (">=65", {"more_than": 65}, None),
        (">=65", {"less_than": 65}, False),
        ("<20", {"at_least": 500}, False),
        ("<1000", {"at_least": 500}, None),
        ("<18.5", {"less_than": "18.5"}, True),
        ("<=18.5", {"less_than": "18.5"}, None),
        ("<=2", {"at_most": 2}, True),
        (">2", {"at_most": 2}, False),
    ],
)
def test_a_comparator_decides_only_what_it_proves(written: str, bound: dict[str, str], truth: bool | None) -> None:
    """Below 70 is not at least 70; above 65 may be, or may not."""
    given = quantity(written)
    assert within_bounds(extent(Fraction(given.value), given.comparator), measured("t90", "%", **bound)) is truth


@given(extents(), st.dictionaries(st.sampled_from(BOUNDS), st.integers(-3, 3), min_size=1))
def test_bounds_hold_for_all_or_none_or_cannot_be_told(value: Extent, bounds: dict[str, int]) -> None:
    """True and false are said only if every number that the value may be agrees."""
    truths = {within_bounds(Extent(number, number), measured("t90", "%", **bounds)) for number in possible(value)}
    said = within_bounds(value, measured("t90", "%", **bounds))
    assert said is None or truths == {said}


@given(st.lists(extents(), min_size=1, max_size=4), st.data())
def test_the_largest_may_be_the_largest_of_what_each_may_be(values: list[Extent], data: st.DataObject) -> None:
    """Whatever the several values are, the largest of them is one that their largest may be."""
    chosen = max(data.draw(st.sampled_from(possible(value))) for value in values)
    assert chosen in possible(largest(values))


def test_the_largest_of_exact_values_is_exact() -> None:
    """Two manoeuvres of 71 and 68 make one value of 71."""
    assert largest([extent(Fraction(71), None), extent(Fraction(68), None)]).number == 71


@pytest.mark.parametrize(
    ("given", "more", "problem"),
    [
        (None, {}, Cause.NO_NUMBER),
        (None, {"unusable": "no value"}, Cause.UNUSABLE),
        ("82 %", {"unusable": "unknown modifier extension"}, Cause.UNUSABLE),
        ("82", {}, Cause.NO_UNIT),
        ("3.1 L", {}, Cause.OTHER_UNIT),
        ("0.82 1", {}, Cause.OTHER_UNIT),
        ("82 parsec", {}, Cause.OTHER_UNIT),
        ("850 %", {}, Cause.IMPLAUSIBLE),
        ("-5 %", {}, Cause.IMPLAUSIBLE),
        (">250 %", {}, Cause.IMPLAUSIBLE),
        ("<1 %", {}, Cause.IMPLAUSIBLE),
    ],
)
def test_what_cannot_be_compared_may_be_anything(given: str | None, more: dict[str, str], problem: Cause) -> None:
    """Litres are never percent, a ratio is not scaled, and a unit is never guessed."""
    found = reading(observation("fvc-percent-predicted", given, **more), "fvc-percent-predicted", "%", terminology())
    assert (found.problem, found.extent) == (problem, ANYTHING)


def test_units_are_converted_exactly() -> None:
    """A pound is exactly 0.45359237 kg."""
    found = reading(observation("body-weight", "100 lb"), "body-weight", "kg", terminology())
    assert found.extent.number == Fraction(45359237, 1000000)


@pytest.mark.parametrize(
    ("value", "limit", "problem"),
    [
        ("121 U/L", None, Cause.NO_RANGE),
        ("121 U/L", "0 U/L", Cause.NO_RANGE),
        ("121 U/L", "-1 U/L", Cause.NO_RANGE),
        ("121 U/L", "<40 U/L", Cause.NO_RANGE),
        ("121", "40", Cause.NO_UNIT),
        ("121 U/L", "40", Cause.NO_UNIT),
        ("121 U/L", "40 mg/dL", Cause.OTHER_UNIT),
    ],
)
def test_without_a_limit_of_its_own_there_is_no_multiple(value: str, limit: str | None, problem: Cause) -> None:
    """No range, an upper limit of nought, or one that cannot be compared: no guess."""
    found = observation("alt", value, ranges=up_to(limit) if limit else ())
    assert reading_of_limit(found, "alt", CHART).problem is problem


def test_a_multiple_of_the_limit_is_exact_across_units() -> None:
    """2 µkat/L is 120 U/L, three times a limit of 40 U/L exactly."""
    found = observation("alt", "2 ukat/L", ranges=up_to("40 U/L"))
    assert reading_of_limit(found, "alt", CHART).extent.number == 3
    below_one = observation("total-bilirubin", "1.8 mg/dL", ranges=up_to("0.9 mg/dL"))
    assert reading_of_limit(below_one, "alt", CHART).extent.number == 2
    in_unknown_units = observation("alt", "121 arb", ranges=up_to("40 arb"))
    assert reading_of_limit(in_unknown_units, "alt", CHART).extent.number == Fraction(121, 40)


@pytest.mark.parametrize("given", ["250 %", "1 %", "<=1 %", ">=250 %", "<300 %", ">0 %"])
def test_what_may_be_plausible_is_compared(given: str) -> None:
    """Both ends of the range are plausible, and so is a value that may be within."""
    assert (
        reading(observation("fvc-percent-predicted", given), "fvc-percent-predicted", "%", terminology()).problem
        is None
    )


@pytest.mark.parametrize("given", ["29.9 cm", "0.299 m", "170 m", "1.75 cm"])
def test_a_height_in_the_wrong_unit_is_not_plausible(given: str) -> None:
    """Whatever the unit it is written in, and the unit in which it is asked for."""
    found = reading(observation("body-height", given), "body-height", "m", terminology())
    assert (found.problem, found.extent) == (Cause.IMPLAUSIBLE, ANYTHING)


def test_a_concept_without_a_plausible_range_has_any_value() -> None:
    """Nobody has said what is too much of it."""
    known = terminology().concept("alt")
    unlimited = msgspec.structs.replace(known, plausible=None)
    beyond = extent(Fraction(10**9), None)
    assert (beyond_plausible(beyond, known), beyond_plausible(beyond, unlimited)) == (True, False)
