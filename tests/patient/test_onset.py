"""Onset and abatement in all their forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from alsfhir.patient.model import Condition
from alsfhir.patient.values import When
from alsfhir.terminology import UCUM
from patient_samples import condition, facts, one_condition, texts


def age(value: Any, unit: str = "a") -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def onset(found: Condition) -> tuple[When | None, Decimal | None, str | None]:
    return found.onset, found.onset_age, found.onset_text


@pytest.mark.parametrize(
    ("elements", "text", "problem"),
    [
        ({"onsetDateTime": "2025-02-30"}, "2025-02-30", "onsetDateTime is not a date"),
        ({"onsetDateTime": 2025}, "unreadable", "onsetDateTime is not a string"),
        ({"onsetDateTime": "2025-01-01T10:00"}, "2025-01-01T10:00", "onsetDateTime is not a time with its zone"),
        ({"onsetPeriod": {}}, "unreadable", "onsetPeriod has neither start nor end"),
        ({"onsetAge": age("54")}, "unreadable", "onsetAge has a value that is not a number"),
        ({"onsetDateTime": "2025", "onsetAge": age(54)}, "2025", "onset[x] is given twice"),
        ({"onsetString": "in spring", "onsetAge": age(54)}, "in spring", "onset[x] is given twice"),
    ],
)
def test_an_onset_that_cannot_be_read_does_not_cost_the_diagnosis(
    elements: dict[str, Any], text: str, problem: str
) -> None:
    """The words of a bad onset are kept, the problem is listed, and the entry stays usable."""
    found = facts(condition(**elements))
    (entry,) = found.conditions
    assert onset(entry) == (None, None, text)
    assert entry.unusable is None
    assert texts(found) == [f"warning Condition/c1: {problem}: not used as a date"]


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ({"onsetString": "in spring"}, "in spring"),
        ({"onsetString": ["spring"]}, "in words"),
        ({"onsetAge": age(54, "wk")}, "at the age of 54 wk"),
        ({"onsetAge": {"value": 54}}, "at the age of 54"),
        ({"onsetAge": age(54) | {"comparator": "<"}}, "at the age of <54 a"),
        ({"onsetRange": {"low": age(50), "high": age(55)}}, "from 50 a to 55 a"),
        ({"onsetRange": {}}, "in words"),
    ],
)
def test_an_onset_that_is_no_date_is_kept_in_words(elements: dict[str, Any], text: str) -> None:
    """A text, a range and an age in no unit of years or months are words."""
    found = facts(condition(**elements))
    assert onset(found.conditions[0]) == (None, None, text)
    assert found.issues == ()


@pytest.mark.parametrize(
    ("quantity", "years"), [(age(54), 54), (age(54.9), 54), (age(30, "mo"), 2), ({"value": 54, "unit": "years"}, 54)]
)
def test_an_age_is_in_completed_years(quantity: dict[str, Any], years: int) -> None:
    """An age in years or months is completed years."""
    assert onset(one_condition(onsetAge=quantity)) == (None, Decimal(years), None)


def test_a_date_and_a_period_are_times() -> None:
    """A dateTime, whole or partial, and a Period are days."""
    assert onset(one_condition(onsetDateTime="2025-04")) == (
        When(date(2025, 4, 1), date(2025, 4, 30), "2025-04"),
        None,
        None,
    )
    found = one_condition(onsetPeriod={"start": "2025-04-02"})
    assert found.onset == When(date(2025, 4, 2), date.max, "2025-04-02/..")


@pytest.mark.parametrize(
    ("elements", "abated"),
    [
        ({}, False),
        ({"abatementDateTime": "2025-04-02"}, False),
        ({"abatementPeriod": {"end": "2025-04-02"}}, False),
        ({"abatementBoolean": False}, False),
        ({"abatementBoolean": True}, True),
        ({"abatementString": "last year"}, True),
        ({"abatementDateTime": "2025-02-30"}, True),
        ({"abatementRange": {"low": age(50)}}, True),
        ({"abatementAge": age(50)}, True),
    ],
)
def test_abated_says_that_there_is_an_abatement_which_is_no_date(elements: dict[str, Any], abated: bool) -> None:
    """An abatement in whatever form is not lost; if it is a date, the date is its own."""
    found = one_condition(**elements)
    assert found.abated is abated
    assert (found.abatement is not None) == (
        "abatementPeriod" in elements or elements == {"abatementDateTime": "2025-04-02"}
    )


def test_an_abatement_age_is_kept() -> None:
    """The age at which it ended is there for who knows the birth date."""
    assert one_condition(abatementAge=age(50)).abatement_age == Decimal(50)
