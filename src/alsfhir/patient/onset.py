"""Condition.onset[x] and abatement[x] in all their forms: dateTime, Period, Age, Range, string."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from alsfhir.patient.datatypes import Element, PeriodElement, QuantityElement, string
from alsfhir.patient.quantity import quantity
from alsfhir.patient.values import Quantity, When
from alsfhir.patient.when import date_time, occurred
from alsfhir.terminology import Terminology

YEARS = frozenset({"a", "year", "years", "yr", "yrs", "y"})
MONTHS = frozenset({"mo", "month", "months"})
UNREADABLE = "unreadable"


class RangeElement(Element, frozen=True, gc=False):
    low: QuantityElement | None = None
    high: QuantityElement | None = None


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one such element; ``name`` is onset or abatement."""

    name: str
    date_time: Any
    period: PeriodElement | None
    age: QuantityElement | None
    range: RangeElement | None
    string: Any


@dataclass(frozen=True, slots=True)
class Moment:
    """When something began or ended: as a time, else as completed years of age, else in words."""

    when: When | None = None
    age: Decimal | None = None
    text: str | None = None


def moment(forms: Forms, terminology: Terminology) -> tuple[Moment, str | None]:
    """The moment that is written, and the problem if it cannot be used as a date; then its words are kept."""
    others = (forms.age, forms.range, forms.string)
    if all(value is None for value in others):
        when, problem = occurred(forms.name, forms.date_time, forms.period)
        return Moment(when, text=_written(forms) if problem else None), problem
    if sum(value is not None for value in (forms.date_time, forms.period, *others)) > 1:
        return Moment(text=_written(forms)), f"{forms.name}[x] is given twice"
    if forms.age is not None:
        return _at_age(forms.age, forms.name, terminology)
    text = string(forms.string) if forms.range is None else _range_text(forms.range, terminology)
    return Moment(text=text or "in words"), None


def _written(forms: Forms) -> str:
    readable, _ = date_time(forms.date_time)
    return readable.written if readable else string(forms.date_time) or string(forms.string) or UNREADABLE


def _at_age(element: QuantityElement, name: str, terminology: Terminology) -> tuple[Moment, str | None]:
    age, problem = quantity(element, terminology)
    if age is None:
        return Moment(text=UNREADABLE), f"{name}Age {problem}"
    unit = (age.unit or "").strip().lower()
    if age.comparator is None and age.value >= 0 and unit in YEARS | MONTHS:
        return Moment(age=age.value // (1 if unit in YEARS else 12)), None
    return Moment(text=f"at the age of {_words(age)}"), None


def _range_text(element: RangeElement, terminology: Terminology) -> str:
    bounds = [("from", element.low), ("to", element.high)]
    read = [(word, quantity(bound, terminology)[0]) for word, bound in bounds if bound is not None]
    return " ".join(f"{word} {_words(bound)}" for word, bound in read if bound)


def _words(number: Quantity) -> str:
    return f"{number.comparator or ''}{number.value} {number.unit or ''}".strip()
