"""The ranges of what is normal are an observation's own, and only those that can be understood."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.patient.values import Quantity, ReferenceRange
from alsfhir.terminology import UCUM, Coding
from patient_samples import FVC, HL7, PATIENT, bundle, facts, observation, one_observation, percent, read, texts


def of_type(code: str, system: str = HL7 + "referencerange-meaning") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


@pytest.mark.parametrize(
    "ranges",
    [
        [],
        [None],
        [{}],
        [{"high": percent(120), "type": of_type("therapeutic")}],
        [{"high": percent(120), "type": of_type("normal", "http://example.org")}],
        [{"high": percent(120), "type": {"text": "normal"}}],
        [{"high": percent("120")}],
        [{"high": percent(120) | {"comparator": "<"}}],
        [{"low": percent(80), "high": percent("120")}],
        [{"high": percent(120), "modifierExtension": [{"url": "x"}]}],
        [{"high": percent(120), "appliesTo": 5}],
        [{"high": percent(120), "age": {"low": "65"}}],
        [{"high": percent(120)}, {"text": "see the next page"}],
        [{"high": percent(120)}, {"high": percent(110), "modifierExtension": [{"url": "x"}]}],
    ],
)
def test_where_it_is_not_clear_there_is_no_limit(ranges: list[Any]) -> None:
    """No range, one of another kind, one that is not understood, or one beside such a one, give no limit."""
    found = one_observation(referenceRange=ranges)
    assert (found.ranges, found.unusable) == ((), None)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (120, 80), (80, 80)])
def test_a_range_that_is_no_range_is_listed(low: int, high: int) -> None:
    """A range upside down or of no width is not used, and said so; the value itself stays."""
    value = observation(referenceRange=[{"low": percent(low), "high": percent(high)}])
    records = read(bundle(PATIENT, value))
    (found,) = records.patients[0].observations
    assert (found.ranges, found.unusable) == ((), None)
    (text,) = texts(records.patients[0])
    assert text.startswith("warning Observation/o1: the lower limit of its referenceRange is not below the upper one")


def test_one_range_of_normal_gives_its_limits() -> None:
    """The limits keep digits and units; a second range of another kind is no obstacle."""
    normal = {"low": percent(80), "high": {"value": 120, "unit": "pct"}, "type": of_type("normal")}
    found = one_observation(referenceRange=[normal, {"high": percent(99), "type": of_type("recommended")}])
    (range_,) = found.ranges
    assert range_ == ReferenceRange(Quantity(Decimal(80), "%"), Quantity(Decimal(120), "pct"))


@pytest.mark.parametrize(
    "other", [{"low": percent(120), "high": percent(80)}, {"high": percent(9), "age": {"low": {}}}]
)
def test_no_other_range_takes_the_place_of_one_that_makes_no_sense(other: dict[str, Any]) -> None:
    """The range that is lost may have been the patient's."""
    found = facts(observation(referenceRange=[{"high": percent(120)}, other]))
    assert [fact.ranges for fact in found.observations] == [()]
    assert texts(found)[-1].endswith("the other ranges are not used either, since this one may be the patient's")


def test_a_range_is_upside_down_in_whatever_units() -> None:
    """Limits in two units are compared in one."""
    low, high = {"value": 12, "unit": "g/dL"}, {"value": 100, "unit": "g/L"}
    assert one_observation(referenceRange=[{"low": low, "high": high}]).ranges == ()
    assert len(one_observation(referenceRange=[{"low": low, "high": high | {"value": 121}}]).ranges) == 1


def test_all_ranges_are_kept_with_those_they_are_for() -> None:
    """Population and ages are those of the range; a population in words is a coding of nothing but a display."""
    male = {"system": HL7 + "v3-AdministrativeGender", "code": "M"}
    years = {"low": {"value": 18, "code": "a", "system": UCUM}, "high": {"value": 780, "unit": "mo"}}
    ranges = [
        {"high": percent(120), "appliesTo": [{"coding": [male]}, {"text": "adults"}], "age": years},
        {"high": percent(110)},
    ]
    assert one_observation(referenceRange=ranges).ranges == (
        ReferenceRange(
            high=Quantity(Decimal(120), "%"),
            applies_to=(Coding(male["system"], "M"), Coding(None, None, "adults")),
            youngest=Decimal(18),
            oldest=Decimal(65),
        ),
        ReferenceRange(high=Quantity(Decimal(110), "%")),
    )


@pytest.mark.parametrize(
    ("age", "inexact"),
    [
        ({"low": {"value": 0, "unit": "d"}, "high": {"value": 30, "unit": "d"}}, True),
        ({"high": {"value": 2, "unit": "mo"}}, True),
        ({"high": {"value": 10, "unit": "months"}}, True),
        ({"high": {"value": 30}}, False),
        ({"high": {"value": 30, "unit": "kg"}}, False),
        ({"high": {"value": "30", "unit": "a"}}, False),
        ({"high": {"value": -1, "unit": "a"}}, False),
        ({"high": {"value": 30, "unit": "a", "comparator": "<"}}, False),
        ({"low": {"value": 66, "unit": "a"}, "high": {"value": 65, "unit": "a"}}, False),
    ],
)
def test_ages_that_are_no_years_drop_the_range(age: dict[str, Any], inexact: bool) -> None:
    """One for infants leaves the others; one of whom it cannot be told whom it is for leaves none."""
    found = facts(observation(referenceRange=[{"high": percent(120), "age": age}, {"high": percent(110)}]))
    others = (ReferenceRange(high=Quantity(Decimal(110), "%")),)
    assert [fact.ranges for fact in found.observations] == [others if inexact else ()]
    assert texts(found)[0].endswith("the range is not used")


@pytest.mark.parametrize(("value", "years"), [(0, "0"), (3, "0.25"), (18, "1.5"), (216, "18"), (1.5, "0.125")])
def test_months_are_twelfths_of_a_year(value: float, years: str) -> None:
    """Months that are a decimal number of years are exactly that."""
    age = {"low": {"value": value, "unit": "mo"}}
    (range_,) = one_observation(referenceRange=[{"high": percent(1), "age": age}]).ranges
    assert range_.youngest == Decimal(years)


@given(st.integers(1, 5000))
def test_an_age_in_months_is_exact_or_dropped(months: int) -> None:
    """No age is rounded."""
    age = {"low": {"value": months, "unit": "mo"}}
    ranges = one_observation(referenceRange=[{"high": percent(1), "age": age}]).ranges
    assert [range_.youngest * 12 for range_ in ranges if range_.youngest is not None] in ([], [months])
    assert bool(ranges) == (months % 3 == 0)


@pytest.mark.parametrize(
    "text",
    [
        "41",
        "< 41 or so",
        "<41 mg/dL",
        "<41 U/L (men)",
        "men: <41",
        "<-41",
        "-2-2",
        "0-41-50",
        "<1,000",
        "0,2 - 1,2",
        "=<41",
        "<>41",
        "\u0664-\u0669",
        "<" + "4" * 13,
        "41-0",
        "negative",
    ],
)
def test_words_that_are_more_than_limits_are_none(text: str) -> None:
    """Only a text that is nothing but limits, in the unit of the value, is read."""
    assert one_observation(valueQuantity={"value": 40, "unit": "U/L"}, referenceRange=[{"text": text}]).ranges == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("<41", None, "41"),
        (" < 41 ", None, "41"),
        ("<=41", None, "41"),
        ("\u2264 41 U/L", None, "41"),
        ("<41U/l", None, "41"),
        (">5", "5", None),
        (">= 5.50 U/L", "5.50", None),
        ("\u22655", "5", None),
        ("0-41", "0", "41"),
        ("0.2 - 1.2 U/L", "0.2", "1.2"),
        ("0\u201341", "0", "41"),
    ],
)
def test_words_that_are_nothing_but_limits_are_read(text: str, low: str | None, high: str | None) -> None:
    """A range in words has its digits and the unit of the value."""
    (range_,) = one_observation(valueQuantity={"value": 40, "unit": "U/L"}, referenceRange=[{"text": text}]).ranges
    limits = [Quantity(Decimal(limit), "U/L") if limit else None for limit in (low, high)]
    assert [range_.low, range_.high] == limits


def test_words_have_no_unit_of_their_own() -> None:
    """Without a unit in the value there is none in the range; without a number there is no range."""
    (range_,) = one_observation(valueQuantity={"value": 40}, referenceRange=[{"text": "<41"}]).ranges
    assert range_.high == Quantity(Decimal(41), None)
    assert one_observation(valueQuantity={"value": 40}, referenceRange=[{"text": "<41 U/L"}]).ranges == ()
    assert one_observation(valueQuantity=None, valueString="40", referenceRange=[{"text": "<41"}]).ranges == ()


def test_limits_go_before_words() -> None:
    """Where limits are given, the text beside them is not read."""
    (range_,) = one_observation(referenceRange=[{"high": percent(120), "text": "<110"}]).ranges
    assert range_.high == Quantity(Decimal(120), "%")


def test_each_component_has_its_own_ranges() -> None:
    """A component's ranges are its own, and a broken one costs that component's alone."""
    parts = [
        {"code": FVC, "valueQuantity": percent(84), "referenceRange": each} for each in ([{"high": percent(1)}], 5)
    ]
    found = facts(observation(valueQuantity=None, component=parts, referenceRange=[{"high": percent(2)}]))
    assert [fact.ranges for fact in found.observations] == [(ReferenceRange(high=Quantity(Decimal(1), "%")),), ()]
