"""Tests of who is eligible as a definitional Group."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alsfhir.criteria import model
from alsfhir.criteria.model import Node
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.group import group
from trial_samples import bare_criteria, bare_trial, criteria, criterion, hostile_criteria, hostile_trial, trial

UCUM = "http://unitsofmeasure.org"


def _characteristic(node: Node, number: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = group(trial(), criteria(criterion(number, node)), Names())["characteristic"][0]
    return found


def _quantity(value: Decimal | int, unit: str, code: str, **more: str) -> dict[str, Any]:
    return {**more, "value": value, "unit": unit, "system": UCUM, "code": code}


def test_a_trial_without_statements_is_a_group_without_characteristics() -> None:
    """Nothing is made up."""
    assert "characteristic" not in group(bare_trial(), bare_criteria(), Names())


def test_blank_texts_leave_every_characteristic_with_a_code_and_a_value() -> None:
    """Both are mandatory in R4."""
    for found in group(hostile_trial(), hostile_criteria(), Names())["characteristic"]:
        assert found["code"]["text"].strip()
        assert found["valueCodeableConcept"]["text"].strip()


@pytest.mark.parametrize(
    "node",
    [
        model.Age(more_than=18, less_than=65),
        model.Age(at_least=18, less_than=65),
        model.Measurement(concept="alt", at_most=Decimal(2), times_upper_limit=True),
        model.Measurement(concept="alt", unit="U/L", at_most=Decimal(2), which="every"),
        model.AllOf(of=(model.Age(at_least=18),)),
        model.Not(of=model.Age(at_least=18)),
    ],
)
def test_what_r4_cannot_say_in_numbers_is_said_in_words(node: Node) -> None:
    """A range of R4 has closed ends, and no negation; a half-true number would mislead."""
    assert set(_characteristic(node)) == {"id", "code", "valueCodeableConcept", "exclude"}


def test_closed_bounds_are_a_range_and_one_bound_is_a_quantity() -> None:
    """Digits stay as they are."""
    assert _characteristic(model.Age(at_least=18, at_most=75))["valueRange"] == {
        "low": _quantity(18, "years", "a"),
        "high": _quantity(75, "years", "a"),
    }
    bmi = model.Measurement(concept="bmi", unit="kg/m2", less_than=Decimal("18.50"))
    found = _characteristic(bmi, 2)
    assert found["valueQuantity"] == _quantity(Decimal("18.50"), "kg/m2", "kg/m2", comparator="<")
    assert str(found["valueQuantity"]["value"]) == "18.50"
    assert found["exclude"] is True


def test_the_group_defines_and_does_not_count() -> None:
    """It is no list of patients."""
    resource = group(trial(), criteria(), Names())
    assert (resource["type"], resource["actual"]) == ("person", False)
    assert resource["identifier"][0] == {"system": "http://alsfhir.org/fhir/identifier/Group", "value": "NCT00000001"}
    assert [found["id"] for found in resource["characteristic"]] == [stated.id for stated in criteria().criteria]
    assert "<td>NCT00000001-E02</td><td>must not be</td><td>Label of 2</td>" in resource["text"]["div"]
