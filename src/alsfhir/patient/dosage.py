"""Dosage → its words and its period, https://hl7.org/fhir/R4/dosage.html."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from alsfhir.patient.codes import codings, text_of, value_codings
from alsfhir.patient.datatypes import CodeableConcept, Element, PeriodElement, QuantityElement, present, string
from alsfhir.patient.quantity import decimal, quantity
from alsfhir.patient.values import When
from alsfhir.patient.when import period
from alsfhir.terminology import Coding, Terminology

# https://terminology.hl7.org/CodeSystem-v3-GTSAbbreviation.html, those of so many times a day.
_TIMES_A_DAY = {"QD": 1, "BID": 2, "TID": 3, "QID": 4}
_HOURS = {"h": 1, "d": 24}


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

    The same dosage gives the same words where it is coded, so that a change of dose shows as a change of words.
    """
    words = [_words(dosage, terminology) for dosage in dosages]
    return "; ".join(word for word in words if word) or None


def is_coded(dosages: Iterable[Dosage], terminology: Terminology) -> bool:
    """Whether all dosages say how much and how often in numbers and codes, and nothing depends on a text."""
    return all(_amounts(dosage, terminology) and _coded_rhythm(dosage.timing, terminology) for dosage in dosages)


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
    amount, rhythm = _amounts(dosage, terminology), _rhythm(dosage.timing, terminology)
    if amount and rhythm:
        return f"{amount} {rhythm}"
    return string(dosage.text) or amount or rhythm


def _amounts(dosage: Dosage, terminology: Terminology) -> str:
    doses = (_amount(dose.dose_quantity, terminology) for dose in present(dosage.dose_and_rate))
    return ", ".join(dose for dose in doses if dose)


def _amount(element: QuantityElement | None, terminology: Terminology) -> str | None:
    """A mass in milligrams, whatever it is written in; else the number with its unit."""
    number, _ = quantity(element, terminology) if element else (None, None)
    if number is None:
        return None
    mass = terminology.units.converted(number.value, number.unit, "mg")
    if mass is not None and (written := Decimal(mass.numerator) / mass.denominator) == mass:
        return f"{_plain(written)} mg"
    return f"{_plain(number.value)} {number.unit or ''}".strip()


def _rhythm(timing: Timing | None, terminology: Terminology) -> str | None:
    if timing is None:
        return None
    codes = (coding.code for coding in codings(terminology, timing.code))
    return _coded_rhythm(timing, terminology) or next((code for code in codes if code), None) or text_of(timing.code)


def _coded_rhythm(timing: Timing | None, terminology: Terminology) -> str | None:
    if timing is None:
        return None
    if timing.repeat:
        frequency, length = decimal(timing.repeat.frequency)[0], decimal(timing.repeat.period)[0]
        unit = string(timing.repeat.period_unit)
        if length is not None and unit:
            return _so_often(frequency or Decimal(1), length, unit)
    codes = (coding.code for coding in codings(terminology, timing.code) if coding.code in _TIMES_A_DAY)
    return next((f"{_TIMES_A_DAY[code]} x per 1 d" for code in codes if code), None)


def _so_often(frequency: Decimal, length: Decimal, unit: str) -> str:
    """So many times a day where that is a whole number: every 12 hours is twice a day."""
    hours = _HOURS.get(unit)
    if hours is not None and length > 0:
        times = Fraction(frequency) * 24 / (Fraction(length) * hours)
        if times.denominator == 1:
            return f"{times} x per 1 d"
    return f"{_plain(frequency)} x per {_plain(length)} {unit}"


def _plain(number: Decimal) -> str:
    """The number without zeros at its end: 50.0 is 50."""
    return f"{number.normalize():f}"
