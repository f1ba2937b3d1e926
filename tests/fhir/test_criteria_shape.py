"""Tests of the shape that resources with criteria must have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alsfhir.fhir.criteria_shape import malformed

TYPED = {"type": {"text": "x"}}


def _quantity(**held: Any) -> dict[str, Any]:
    return {"definitionByTypeAndValue": {**TYPED, "valueQuantity": held}}


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"exclude": "true"}, ".exclude is not as FHIR has it: expected `bool`, got `str`"),
    ({"exclude": None}, ".exclude is not"),
    ({"description": ["x"]}, ".description is not"),
    ({"linkId": 7}, ".linkId is not"),
    ({"extension": [{"valueCode": "x"}]}, ".extension[0] is not as FHIR has it: object missing required field `url`"),
    ({"definitionByTypeAndValue": {}}, ".definitionByTypeAndValue is not"),
    (_quantity(value="18"), ".definitionByTypeAndValue.valueQuantity.value is not as FHIR has it: expected a number"),
    (_quantity(value=True), ".valueQuantity.value is not as FHIR has it: expected a number"),
    (_quantity(value=Decimal("1E400")), "a number of more than 30 digits"),
    (_quantity(value=Decimal("1E-400")), "a number of more than 30 digits"),
    (_quantity(value=10**40), "a number of more than 30 digits"),
    (_quantity(value=Decimal("NaN")), "a number of more than 30 digits"),
    ({"definitionByCombination": {"code": "all-of"}}, ".definitionByCombination is not"),
    (
        {"definitionByCombination": {"code": "all-of", "characteristic": [{}, {"exclude": 1}]}},
        ".definitionByCombination.characteristic[1].exclude is not",
    ),
]


@pytest.mark.parametrize(("characteristic", "expected"), MALFORMED)
def test_what_is_malformed_is_named_by_its_fhirpath(characteristic: dict[str, Any], expected: str) -> None:
    """Without the value, which may be anything."""
    problem = malformed({"resourceType": "EvidenceVariable", "characteristic": [{}, characteristic]})
    assert problem is not None
    assert problem.startswith("EvidenceVariable.characteristic[1]")
    assert expected in problem


def test_a_group_has_a_code_in_each_characteristic() -> None:
    """As R4 and R5 have it."""
    problem = malformed({"resourceType": "Group", "characteristic": [{"valueBoolean": True}]})
    assert problem == "Group.characteristic[0] is not as FHIR has it: object missing required field `code`"


def test_what_is_in_order_is_in_order() -> None:
    """Whatever else there is, too: what is not read is not looked at."""
    listed = [_quantity(value=Decimal("18.5")), _quantity(value=0), {"somethingNew": None}]
    assert malformed({"resourceType": "EvidenceVariable", "characteristic": listed, "contact": 7}) is None
