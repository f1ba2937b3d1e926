"""Numbers with all their digits, and units as they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.patient.datatypes import QuantityElement
from alsfhir.patient.quantity import decimal, quantity
from alsfhir.patient.values import Quantity
from alsfhir.terminology import UCUM
from patient_samples import TERMS


def read(text: str) -> tuple[Quantity | None, str | None]:
    return quantity(msgspec.json.decode(text, type=QuantityElement), TERMS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "has no value"),
        ('{"value": null}', "has no value"),
        ('{"value": "84"}', "has a value that is not a number"),
        ('{"value": true}', "has a value that is not a number"),
        ('{"value": [84]}', "has a value that is not a number"),
        ('{"value": {"value": 84}}', "has a value that is not a number"),
        ('{"value": 1e31}', "has a number of an impossible size"),
        ('{"value": 1e999999999}', "has a number of an impossible size"),
        ('{"value": 0e999999999}', "has a number of an impossible size"),
        ('{"value": 1e-999999999}', "has a number of an impossible size"),
        ('{"value": 0.%s}' % ("1" * 40), "has a number of more than 40 digits"),
        ('{"value": 84, "comparator": "ad"}', "has a comparator that is not <, <=, >= or >"),
        ('{"value": 84, "comparator": "~"}', "has a comparator that is not <, <=, >= or >"),
    ],
)
def test_what_is_no_number_is_a_problem(text: str, problem: str) -> None:
    """A value that is missing, of another type or of an absurd size has a problem, and no number."""
    assert read(text) == (None, problem)


@pytest.mark.parametrize("comparator", ["ad", {}, [], 5])
def test_a_comparator_of_whatever_type_is_no_crash(comparator: Any) -> None:
    """A comparator that FHIR does not have is a problem, also if it is no string."""
    element = QuantityElement(value=msgspec.Raw(b"84"), comparator=comparator)
    assert quantity(element, TERMS) == (None, "has a comparator that is not <, <=, >= or >")


@pytest.mark.parametrize("digits", ["0.10", "84", "84.0", "-1.50", "1E+2", "0.000001", "49.96"])
def test_digits_are_kept_as_written(digits: str) -> None:
    """0.10 stays 0.10."""
    found, _ = read(f'{{"value": {digits}}}')
    assert found is not None
    assert str(found.value) == digits


@pytest.mark.parametrize(
    ("elements", "unit"),
    [
        ({}, None),
        ({"unit": "percent"}, "percent"),
        ({"unit": "percent", "code": "%", "system": UCUM}, "%"),
        ({"unit": "percent", "code": "%", "system": "urn:oid:2.16.840.1.113883.6.8"}, "%"),
        ({"unit": "percent", "code": "PCT", "system": "http://unit.example.org"}, "percent"),
        ({"unit": "percent", "system": UCUM}, "percent"),
        ({"unit": " ", "code": "%"}, "%"),
        ({"unit": 5, "code": ["%"]}, None),
    ],
)
def test_the_unit_is_the_ucum_code_or_else_as_written(elements: dict[str, Any], unit: str | None) -> None:
    """UCUM's code before the unit's text; nothing is guessed where nothing is written."""
    element = QuantityElement(value=msgspec.Raw(b"84"), **elements)
    assert quantity(element, TERMS) == (Quantity(Decimal(84), unit), None)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_every_number_is_itself(number: Decimal) -> None:
    """What JSON says is what is read, exactly."""
    assert decimal(msgspec.Raw(str(number).encode())) == (number, None)
