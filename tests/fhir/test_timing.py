"""Tests of the lengths and times of a schedule."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.schedule import Activity, Length, Period, Repeat
from alsfhir.fhir.timing import offset, timing
from schedule_samples import length


def _quantity(value: Any, unit: str, code: str) -> dict[str, Any]:
    return {"value": length(value, "days").value, "unit": unit, "system": "http://unitsofmeasure.org", "code": code}


@pytest.mark.parametrize(
    ("by", "element"),
    [
        (length("0", "days"), {"offsetDuration": _quantity("0", "days", "d")}),
        (length("1", "months"), {"offsetDuration": _quantity("1", "month", "mo")}),
        (length("0.5", "months"), {"offsetDuration": _quantity("0.5", "months", "mo")}),
        (length("1", "years"), {"offsetDuration": _quantity("1", "year", "a")}),
        (
            length("3", "weeks", "4"),
            {"offsetRange": {"low": _quantity("3", "weeks", "wk"), "high": _quantity("4", "weeks", "wk")}},
        ),
    ],
)
def test_an_offset_keeps_the_unit_of_the_text(by: Length, element: dict[str, Any]) -> None:
    """In UCUM, digit for digit, and a range where the text has one."""
    assert offset(by) == element


@pytest.mark.parametrize(
    ("step", "repeat"),
    [
        (Period(id="x", label="X"), None),
        (Activity(id="x", label="X"), None),
        (Period(id="x", label="X", lasting=length("7", "days")), {"duration": 7, "durationUnit": "d"}),
        (
            Activity(id="x", label="X", lasting=length("30", "minutes", "60")),
            {"duration": 30, "durationMax": 60, "durationUnit": "min"},
        ),
        (Activity(id="x", label="X", repeat=Repeat(times=4)), {"count": 4}),
        (
            Activity(
                id="x",
                label="X",
                repeat=Repeat(times=4, every=length("3", "days", "5")),
                lasting=length("1", "hours"),
            ),
            {
                "count": 4,
                "duration": 1,
                "durationUnit": "h",
                "frequency": 1,
                "period": 3,
                "periodMax": 5,
                "periodUnit": "d",
            },
        ),
        (
            Activity(id="x", label="X", repeat=Repeat(over=length("3", "months"))),
            {"boundsDuration": _quantity("3", "months", "mo")},
        ),
        (
            Activity(id="x", label="X", repeat=Repeat(over=length("1", "years", "2"))),
            {"boundsRange": {"low": _quantity("1", "year", "a"), "high": _quantity("2", "years", "a")}},
        ),
    ],
)
def test_a_timing_says_how_often_and_how_long(step: Period | Activity, repeat: dict[str, Any] | None) -> None:
    """How long it takes is a duration, for how long it is repeated are bounds; nothing is said for nothing."""
    assert timing(step) == ({"repeat": repeat} if repeat else {})
