"""FHIR's quantities → exact numbers in a unit as written, https://hl7.org/fhir/R4/datatypes.html#Quantity."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from alsfhir.patient.datatypes import QuantityElement, string
from alsfhir.patient.values import Quantity
from alsfhir.terminology import UCUM, Terminology

COMPARATORS = ("<", "<=", ">=", ">")
MAX_DIGITS = 40
MAX_EXPONENT = 30  # far beyond any quantity in medicine; 1e999999999 as an exact fraction would fill the memory


def quantity(element: QuantityElement, terminology: Terminology) -> tuple[Quantity | None, str | None]:
    """The quantity with all digits as written, or the problem that it has."""
    value, problem = decimal(element.value)
    if value is None:
        return None, problem
    comparator = element.comparator
    if comparator is not None and comparator not in COMPARATORS:
        return None, "has a comparator that is not <, <=, >= or >"
    return Quantity(value, unit(element, terminology), comparator), None


def unit(element: QuantityElement, terminology: Terminology) -> str | None:
    """The UCUM code if there is one, else the unit's text, else the code of whatever system."""
    code, text = string(element.code), string(element.unit)
    return code if code and terminology.system(string(element.system)) == UCUM else text or code


def decimal(raw: msgspec.Raw) -> tuple[Decimal | None, str | None]:
    """The number in a piece of JSON, exactly as written, or the problem that it has."""
    text = bytes(raw)
    if text in (b"", b"null"):
        return None, "has no value"
    if text[:1] not in b"-0123456789":
        return None, "has a value that is not a number"
    if len(text) > MAX_DIGITS:
        return None, f"has a number of more than {MAX_DIGITS} digits"
    number = Decimal(text.decode("ascii"))
    if abs(number.adjusted()) > MAX_EXPONENT:
        return None, "has a number of an impossible size"
    return number, None
