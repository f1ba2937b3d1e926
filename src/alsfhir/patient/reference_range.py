"""Observation.referenceRange → ranges of what is normal, https://hl7.org/fhir/R4/observation-definitions.html."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from alsfhir.patient.codes import status_code, value_codings
from alsfhir.patient.datatypes import CodeableConcept, Element, QuantityElement, present, string
from alsfhir.patient.onset import MONTHS, YEARS, RangeElement
from alsfhir.patient.quantity import quantity
from alsfhir.patient.values import Quantity, ReferenceRange
from alsfhir.terminology import Terminology

UPSIDE_DOWN = "the lower limit of its referenceRange is not below the upper one: the range is not used"
UNCLEAR_LIMIT = "a limit of its referenceRange is no plain number: the range is not used"
UNCLEAR_AGE = "the age of its referenceRange cannot be read: the range is not used"
INEXACT_AGE = "the age of its referenceRange is no exact number of years: the range is not used"
OTHERS_TOO = "the other ranges are not used either, since this one may be the patient's"
SHORT = frozenset({"d", "day", "days", "wk", "week", "weeks", "h", "hour", "hours", "min", "minute", "minutes"})

_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"
_UNIT = r"(?: *(?P<unit>[^\s0-9<>=≤≥.,;:()\-\u2013][^\s,;:()<>=≤≥]{0,30}))?"
_UP_TO = re.compile(rf"(?:<|<=|≤) *(?P<high>{_NUMBER}){_UNIT}")
_FROM = re.compile(rf"(?:>|>=|≥) *(?P<low>{_NUMBER}){_UNIT}")
_BETWEEN = re.compile(rf"(?P<low>{_NUMBER}) *[-\u2013] *(?P<high>{_NUMBER}){_UNIT}")


class RangeOfReference(Element, frozen=True, gc=False):
    """Observation.referenceRange."""

    modifier_extension: Any = None
    low: QuantityElement | None = None
    high: QuantityElement | None = None
    type: CodeableConcept | None = None
    applies_to: list[CodeableConcept | None] | None = None
    age: RangeElement | None = None
    text: Any = None


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages a range is for, in years; with the ``problem`` if they are not known."""

    youngest: Decimal | None = None
    oldest: Decimal | None = None
    problem: str | None = None


def normal_ranges(
    ranges: Sequence[RangeOfReference], value: Quantity | None, terminology: Terminology
) -> tuple[tuple[ReferenceRange, ...], tuple[str, ...]]:
    """The ranges of what is normal, and what is wrong with those that make no sense.

    One of another kind (therapeutic, recommended) is none. If one cannot be understood, no other is used in its
    place: it might be the patient's. Only one whose ages cannot be told in years, as those of infants, leaves the
    others.
    """
    normal = [each for each in ranges if each.type is None or _is_normal(each.type)]
    found: list[ReferenceRange] = []
    problems: list[str] = []
    unclear = False
    for element in normal:
        read, problem = _range(element, value, terminology)
        if read is not None:
            found.append(read)
        elif problem == INEXACT_AGE:
            problems.append(problem)
        elif problem or _says_something(element):
            unclear = True
            problems += [problem] if problem else []
    if not unclear:
        return tuple(found), tuple(problems)
    return (), (*problems, OTHERS_TOO) if found else tuple(problems)


def _range(
    element: RangeOfReference, value: Quantity | None, terminology: Terminology
) -> tuple[ReferenceRange | None, str | None]:
    if element.modifier_extension:
        return None, None
    given = [each for each in (element.low, element.high) if _is_given(each)]
    low, high = (_limit(each, terminology) for each in (element.low, element.high))
    if not given:
        low, high = _in_words(string(element.text), value, terminology)
    elif len(given) != sum(limit is not None for limit in (low, high)):
        return None, UNCLEAR_LIMIT
    if low is None and high is None:
        return None, None
    if low and high and _not_below(low, high, terminology):
        # Low and high both 0 stand for "no range" in records of the SMART sample data.
        return None, UPSIDE_DOWN
    ages = _ages(element.age, terminology)
    if ages.problem:
        return None, ages.problem
    applies_to = value_codings(terminology, *present(element.applies_to))
    return ReferenceRange(low, high, applies_to, ages.youngest, ages.oldest), None


def _says_something(element: RangeOfReference) -> bool:
    """Whether it is a range that is not understood, rather than none."""
    return bool(string(element.text) or element.modifier_extension)


def _is_normal(kind: CodeableConcept) -> bool:
    return status_code(kind, "referencerange-meaning") == "normal"


def _is_given(element: QuantityElement | None) -> bool:
    return element is not None and bytes(element.value) not in {b"", b"null"}


def _limit(element: QuantityElement | None, terminology: Terminology) -> Quantity | None:
    if element is None:
        return None
    limit, _ = quantity(element, terminology)
    return limit if limit and limit.comparator is None else None


def _not_below(low: Quantity, high: Quantity, terminology: Terminology) -> bool:
    if low.unit == high.unit:
        return low.value >= high.value
    converted = terminology.units.converted(low.value, low.unit, high.unit) if high.unit else None
    return converted is not None and converted >= high.value


def _in_words(
    text: str | None, value: Quantity | None, terminology: Terminology
) -> tuple[Quantity | None, Quantity | None]:
    """The limits in a text that is nothing but limits, in the unit of the value."""
    patterns = (_UP_TO, _FROM, _BETWEEN)
    match = next((found for pattern in patterns if (found := pattern.fullmatch((text or "").strip()))), None)
    if match is None or value is None:
        return None, None
    limits, unit = match.groupdict(), match["unit"]
    if unit is not None and not _same(unit, value.unit, terminology):
        return None, None
    low, high = (Quantity(Decimal(limits[name]), value.unit) if limits.get(name) else None for name in ("low", "high"))
    return low, high


def _same(unit: str, other: str | None, terminology: Terminology) -> bool:
    known = terminology.units.unit(unit)
    return unit == other or (known is not None and known == terminology.units.unit(other))


def _ages(element: RangeElement | None, terminology: Terminology) -> Ages:
    if element is None:
        return Ages()
    bounds = [_years(bound, terminology) for bound in (element.low, element.high)]
    problem = next((problem for _, problem in bounds if problem), None)
    youngest, oldest = (years for years, _ in bounds)
    if problem is None and youngest is not None and oldest is not None and youngest > oldest:
        problem = UNCLEAR_AGE
    return Ages(problem=problem) if problem else Ages(youngest, oldest)


def _years(element: QuantityElement | None, terminology: Terminology) -> tuple[Decimal | None, str | None]:
    """An age in years, exactly. Months are twelfths of a year; days are no part of one."""
    if element is None:
        return None, None
    age, _ = quantity(element, terminology)
    unit = (age.unit or "").strip().lower() if age else ""
    if age is None or age.comparator is not None or age.value < 0 or unit not in YEARS | MONTHS | SHORT:
        return None, UNCLEAR_AGE
    if unit in YEARS or age.value == 0:
        return age.value, None
    exact = unit in MONTHS and (Fraction(age.value) / 12).denominator % 3 != 0  # a decimal that ends
    return (age.value / 12, None) if exact else (None, INEXACT_AGE)
