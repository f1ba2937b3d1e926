"""Dosage → its words and its period, https://hl7.org/fhir/R4/dosage.html."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from alsfhir.patient.codes import codings, text_of, value_codings
from alsfhir.patient.datatypes import CodeableConcept, Element, PeriodElement, QuantityElement, present, string
from alsfhir.patient.quantity import decimal, quantity
from alsfhir.patient.values import When
from alsfhir.patient.when import period
from alsfhir.terminology import Coding, Terminology


class Repeat(Element, frozen=True, gc=False):
    bounds_period: PeriodElement | None = None
    frequency: msgspec.Raw = msgspec.Raw(b"")
    period: msgspec.Raw = msgspec.Raw(b"")
    period_unit: Any = None


class Timing(Element, frozen=True, gc=False):
    repeat: Repeat | None = None
    code: CodeableConcept | None = None


class DoseAndRate(Element, frozen=True, gc=False):
    dose_quantity: QuantityElement | None = None


class Dosage(Element, frozen=True, gc=False):
    text: Any = None
    timing: Timing | None = None
    route: CodeableConcept | None = None
    dose_and_rate: list[DoseAndRate | None] | None = None


class AdministeredDosage(Element, frozen=True, gc=False):
    """MedicationAdministration.dosage, which is of another shape."""

    text: Any = None
    route: CodeableConcept | None = None
    dose: QuantityElement | None = None


def dosage_words(dosages: tuple[Dosage, ...], terminology: Terminology) -> str | None:
    """How much and how often, from the coded parts if they say both, else as the text says; ``None`` if nothing does.

    The same dosage gives the same words, so that a change of dose shows as a change of words.
    """
    words = [_words(dosage, terminology) for dosage in dosages]
    return "; ".join(word for word in words if word) or None


def dosage_period(dosages: tuple[Dosage, ...]) -> tuple[When | None, str | None]:
    """From the first to the last day of all dosages, if all have bounds; and what is wrong with one of them."""
    bounds = [dosage.timing.repeat.bounds_period for dosage in dosages if dosage.timing and dosage.timing.repeat]
    read = [period(element) for element in bounds]
    problem = next((problem for _, problem in read if problem), None)
    whens = [when for when, _ in read if when]
    if problem or not whens or len(whens) < len(dosages):
        return None, f"timing.repeat.boundsPeriod {problem}" if problem else None
    first, last = min(whens, key=lambda when: when.first), max(whens, key=lambda when: when.last)
    written = first.written if first == last else f"{first.written.split('/')[0]}/{last.written.split('/')[1]}"
    return When(first.first, last.last, written), None


def routes(dosages: Iterable[Dosage | AdministeredDosage], terminology: Terminology) -> tuple[Coding, ...]:
    """The codings of the routes of all dosages; a route in words is one of nothing but a display."""
    return value_codings(terminology, *(dosage.route for dosage in dosages))


def administered_words(dosage: AdministeredDosage | None, terminology: Terminology) -> str | None:
    """The dose of one administration in words, or ``None``."""
    if dosage is None:
        return None
    return _amount(dosage.dose, terminology) or string(dosage.text)


def _words(dosage: Dosage, terminology: Terminology) -> str | None:
    doses = (_amount(dose.dose_quantity, terminology) for dose in present(dosage.dose_and_rate))
    amount = ", ".join(dose for dose in doses if dose)
    rhythm = _rhythm(dosage.timing, terminology)
    if amount and rhythm:
        return f"{amount} {rhythm}"
    return string(dosage.text) or amount or rhythm


def _amount(element: QuantityElement | None, terminology: Terminology) -> str | None:
    number, _ = quantity(element, terminology) if element else (None, None)
    return f"{number.value} {number.unit or ''}".strip() if number else None


def _rhythm(timing: Timing | None, terminology: Terminology) -> str | None:
    if timing is None:
        return None
    if timing.repeat:
        frequency, length = decimal(timing.repeat.frequency)[0], decimal(timing.repeat.period)[0]
        unit = string(timing.repeat.period_unit)
        if length is not None and unit:
            return f"{frequency or 1} x per {length} {unit}"
    codes = (coding.code for coding in codings(terminology, timing.code))
    return next((code for code in codes if code), None) or text_of(timing.code)
