"""Whether an EvidenceVariable or a Group is shaped as FHIR has it, in the elements that criteria are read from.

https://hl7.org/fhir/R5/evidencevariable.html and https://hl7.org/fhir/R5/group.html. What is not named here is not
looked at: the readers put to a person what they do not know.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

import msgspec

MOST_DIGITS = 30

_Text: TypeAlias = str | msgspec.UnsetType


class _Number:
    """A FHIR decimal or integer: a JSON number, and one that a measurement could have."""


class _Element(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Elements are named in FHIR's camel case."""

    id: _Text = msgspec.UNSET
    extension: tuple[_Extension, ...] = ()


class _Quantity(_Element, frozen=True, kw_only=True):
    value: _Number | msgspec.UnsetType = msgspec.UNSET
    comparator: _Text = msgspec.UNSET
    unit: _Text = msgspec.UNSET
    system: _Text = msgspec.UNSET
    code: _Text = msgspec.UNSET


class _Extension(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    url: str
    extension: tuple[_Extension, ...] = ()
    value_boolean: bool | msgspec.UnsetType = msgspec.UNSET
    value_canonical: _Text = msgspec.UNSET
    value_code: _Text = msgspec.UNSET
    value_date: _Text = msgspec.UNSET
    value_decimal: _Number | msgspec.UnsetType = msgspec.UNSET
    value_duration: _Quantity | msgspec.UnsetType = msgspec.UNSET
    value_integer: int | msgspec.UnsetType = msgspec.UNSET
    value_string: _Text = msgspec.UNSET


class _Range(_Element, frozen=True, kw_only=True):
    low: _Quantity | msgspec.UnsetType = msgspec.UNSET
    high: _Quantity | msgspec.UnsetType = msgspec.UNSET


class _Coding(_Element, frozen=True, kw_only=True):
    system: _Text = msgspec.UNSET
    code: _Text = msgspec.UNSET
    display: _Text = msgspec.UNSET


class _Concept(_Element, frozen=True, kw_only=True):
    coding: tuple[_Coding, ...] = ()
    text: _Text = msgspec.UNSET


class _Valued(_Element, frozen=True, kw_only=True):
    value_boolean: bool | msgspec.UnsetType = msgspec.UNSET
    value_codeable_concept: _Concept | msgspec.UnsetType = msgspec.UNSET
    value_quantity: _Quantity | msgspec.UnsetType = msgspec.UNSET
    value_range: _Range | msgspec.UnsetType = msgspec.UNSET


class _Typed(_Valued, frozen=True, kw_only=True):
    type: _Concept


class _Combination(_Element, frozen=True, kw_only=True):
    code: str
    threshold: int | msgspec.UnsetType = msgspec.UNSET
    characteristic: tuple[_Characteristic, ...]


class _Timing(_Element, frozen=True, kw_only=True):
    event_codeable_concept: _Concept | msgspec.UnsetType = msgspec.UNSET
    quantity: _Quantity | msgspec.UnsetType = msgspec.UNSET
    range: _Range | msgspec.UnsetType = msgspec.UNSET


class _Characteristic(_Element, frozen=True, kw_only=True):
    description: _Text = msgspec.UNSET
    exclude: bool | msgspec.UnsetType = msgspec.UNSET
    link_id: _Text = msgspec.UNSET
    definition_id: _Text = msgspec.UNSET
    definition_canonical: _Text = msgspec.UNSET
    definition_codeable_concept: _Concept | msgspec.UnsetType = msgspec.UNSET
    definition_by_type_and_value: _Typed | msgspec.UnsetType = msgspec.UNSET
    definition_by_combination: _Combination | msgspec.UnsetType = msgspec.UNSET
    instances_quantity: _Quantity | msgspec.UnsetType = msgspec.UNSET
    duration_quantity: _Quantity | msgspec.UnsetType = msgspec.UNSET
    time_from_event: tuple[_Timing, ...] = ()


class _GroupCharacteristic(_Valued, frozen=True, kw_only=True):
    code: _Concept
    description: _Text = msgspec.UNSET
    exclude: bool | msgspec.UnsetType = msgspec.UNSET


class _Identifier(_Element, frozen=True, kw_only=True):
    system: _Text = msgspec.UNSET
    value: _Text = msgspec.UNSET


class _Resource(_Element, frozen=True, kw_only=True):
    url: _Text = msgspec.UNSET
    identifier: tuple[_Identifier, ...] = ()
    name: _Text = msgspec.UNSET
    title: _Text = msgspec.UNSET
    status: _Text = msgspec.UNSET
    experimental: bool | msgspec.UnsetType = msgspec.UNSET
    active: bool | msgspec.UnsetType = msgspec.UNSET


class _EvidenceVariable(_Resource, frozen=True, kw_only=True):
    characteristic_combination: _Text = msgspec.UNSET
    characteristic: tuple[_Characteristic, ...] = ()


class _Group(_Resource, frozen=True, kw_only=True):
    type: _Text = msgspec.UNSET
    membership: _Text = msgspec.UNSET
    code: _Concept | msgspec.UnsetType = msgspec.UNSET
    combination_method: _Text = msgspec.UNSET
    combination_threshold: int | msgspec.UnsetType = msgspec.UNSET
    characteristic: tuple[_GroupCharacteristic, ...] = ()


_SHAPES = {"EvidenceVariable": _EvidenceVariable, "Group": _Group}


def malformed(resource: dict[str, Any]) -> str | None:
    """The FHIRPath of the first element that is not as FHIR has it, and why; ``None`` if all that is read is in order.

    Raises RecursionError for what is nested too deeply.
    """
    kind = resource["resourceType"]
    try:
        msgspec.convert(resource, _SHAPES[kind], dec_hook=_number)
    except msgspec.ValidationError as error:
        why, _, path = str(error).partition(" - at ")
        return f"{kind}{path.strip('`').removeprefix('$')} is not as FHIR has it: {why[:1].lower()}{why[1:]}"
    return None


def _number(_: type, held: object) -> _Number:
    if not isinstance(held, int | Decimal) or isinstance(held, bool):
        raise ValueError("Expected a number")  # noqa: TRY004 - msgspec takes this one, and gives it the path
    exact = Decimal(held)
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > MOST_DIGITS or abs(exact.adjusted()) > MOST_DIGITS:
        raise ValueError(f"A number of more than {MOST_DIGITS} digits is none that is measured")
    return _Number()
