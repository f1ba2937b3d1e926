"""FHIR's data types as msgspec structures, https://hl7.org/fhir/R4/datatypes.html; only the elements that are read.

What is not named here is skipped by the parser. Leaves are ``Any``, since real servers get them wrong: a leaf of the
wrong type costs its own field; a wrong shape (a list for an object) is put aside by ``decoded``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Element(msgspec.Struct, frozen=True, gc=False, kw_only=True, rename="camel"):
    """What all structures share: elements are named in FHIR's camel case, and none refers to itself."""


class CodingElement(Element, frozen=True, gc=False):
    system: Any = None
    code: Any = None
    display: Any = None


class CodeableConcept(Element, frozen=True, gc=False):
    coding: list[CodingElement | None] | None = None
    text: Any = None


class IdentifierElement(Element, frozen=True, gc=False):
    system: Any = None
    value: Any = None


class ReferenceElement(Element, frozen=True, gc=False):
    reference: Any = None
    display: Any = None
    identifier: IdentifierElement | None = None


class CodeableReference(Element, frozen=True, gc=False):
    """R5 only, https://hl7.org/fhir/R5/references.html#CodeableReference."""

    concept: CodeableConcept | None = None
    reference: ReferenceElement | None = None


class EitherConcept(CodeableConcept, frozen=True, gc=False):
    """A CodeableConcept, or the CodeableReference that R5 has in its place."""

    concept: CodeableConcept | None = None
    reference: ReferenceElement | None = None


class QuantityElement(Element, frozen=True, gc=False):
    """Quantity, SimpleQuantity, Age or Duration; the number is kept as written."""

    value: msgspec.Raw = msgspec.Raw(b"")
    comparator: Any = None
    unit: Any = None
    system: Any = None
    code: Any = None


class PeriodElement(Element, frozen=True, gc=False):
    start: Any = None
    end: Any = None


class ExtensionElement(Element, frozen=True, gc=False):
    url: Any = None
    value_date_time: Any = None
    value_codeable_concept: CodeableConcept | None = None


def present(items: Iterable[T | None] | None) -> tuple[T, ...]:
    """The members of a list that may be missing, or hold nulls."""
    return tuple(item for item in items or () if item is not None)


def listed(items: T | list[T | None] | None) -> tuple[T, ...]:
    """The members of an element that is one in a version of FHIR and several in another."""
    return present(items if isinstance(items, list) else (items,))


def string(value: Any) -> str | None:
    """The value if it is a string with something in it, else ``None``."""
    return value if isinstance(value, str) and value.strip() else None
