"""The limits of normal are an observation's own, and only if there is one range of what is normal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alsfhir.patient.values import Quantity, ReferenceRange
from patient_samples import HL7, PATIENT, bundle, observation, one_observation, percent, read, texts


def of_type(code: str, system: str = HL7 + "referencerange-meaning") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


@pytest.mark.parametrize(
    "ranges",
    [
        [],
        [None],
        [{}],
        [{"high": percent(120)}, {"high": percent(110)}],
        [{"high": percent(120), "type": of_type("therapeutic")}],
        [{"high": percent(120), "type": of_type("normal", "http://example.org")}],
        [{"high": percent(120), "type": {"text": "normal"}}],
        [{"high": percent("120")}],
        [{"high": percent(120) | {"comparator": "<"}}],
        [{"text": "< 120"}],
    ],
)
def test_where_it_is_not_clear_there_is_no_limit(ranges: list[Any]) -> None:
    """No range, several, one of another kind, one in words, or one whose limit is no plain number, give no limit."""
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
