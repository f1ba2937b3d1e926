"""Dosage → its words and its period, https://hl7.org/fhir/R4/dosage.html."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from alsfhir.patient.codes import codings, text_of, value_codings
from alsfhir.patient.datatypes import CodeableConcept, Element, PeriodElement, QuantityElement, listed, present, string
from alsfhir.patient.quantity import decimal, quantity
from alsfhir.patient.values import When
from alsfhir.patient.when import period
from alsfhir.terminology import Coding, Terminology

# https://terminology.hl7.org/CodeSystem-v3-GTSAbbreviation.html, those of so many times a day.
_TIMES_A_DAY = {"QD": 1, "BID": 2, "TID": 3, "QID": 4}
_MASS = re.compile(r"\S+ mg")
_HOURS = {"h": 1, "d": 24}
_PERIODS = ("s", "min", "h", "d", "wk", "mo", "a")  # https://hl7.org/fhir/R4/valueset-units-of-time.html
_NOTHING = (b"", b"null")


class Repeat(Element, frozen=True, gc=False):
    bounds_period: PeriodElement | None = None
    frequency: msgspec.Raw = msgspec.Raw(b"")
    frequency_max: Any = None
    period: msgspec.Raw = msgspec.Raw(b"")
    period_max: Any = None
    period_unit: Any = None
    day_of_week: Any = None
    time_of_day: Any = None
    when: Any = None


class Timing(Element, frozen=True, gc=False):
    repeat: Repeat | None = None
    code: CodeableConcept | None = None


class DoseRange(Element, frozen=True, gc=False):
    low: QuantityElement | None = None
    high: QuantityElement | None = None


class DoseAndRate(Element, frozen=True, gc=False):
    dose_quantity: QuantityElement | None = None
    dose_range: DoseRange | None = None


class Dosage(Element, frozen=True, gc=False):
    """``as_needed`` and ``as_needed_for`` are R5's, the two others R4's."""

    modifier_extension: Any = None
    text: Any = None
    timing: Timing | None = None
    as_needed_boolean: Any = None
    as_needed_codeable_concept: Any = None
    as_needed: Any = None
    as_needed_for: Any = None
    route: CodeableConcept | None = None
    dose_and_rate: list[DoseAndRate | None] | None = None


class AdministeredDosage(Element, frozen=True, gc=False):
    """MedicationAdministration.dosage, which is of another shape."""

    modifier_extension: Any = None
    text: Any = None
    route: CodeableConcept | None = None
    dose: QuantityElement | None = None


def dosage_words(dosages: tuple[Dosage, ...], terminology: Terminology) -> str | None:
    """How much and how often, from the coded parts if they say both, else as the text says.

    The same dosage gives the same words where it is coded, so that a change of dose shows as a change of words.
    ``None`` if nothing says it, or if one of the dosages cannot be read: what is taken is not known then.
    """
    words = [_words(dosage, terminology) for dosage in dosages]
    unread = any(word is None and _says_something(dosage) for dosage, word in zip(dosages, words, strict=True))
    return None if unread else "; ".join(word for word in words if word) or None


def is_coded(dosages: Iterable[Dosage], terminology: Terminology) -> bool:
    """Whether all dosages say how much (as a mass) and how often in numbers and codes, and nothing depends on more.

    One tablet and 50 mg may be the same, as may twice a day and in the morning and in the evening.
    """
    return all(
        _is_mass(dosage, terminology) and _coded_rhythm(dosage.timing, terminology) and not _more(dosage)
        for dosage in dosages
    )


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
        return " ".join((amount, rhythm, *_more(dosage)))
    if written := string(dosage.text):
        return written
    if (_doses(dosage) and not amount) or (_is_unclear(dosage.timing) and not rhythm):
        return None
    return " ".join(part for part in (amount, rhythm, *_more(dosage)) if part) or None


def _says_something(dosage: Dosage) -> bool:
    return bool(_doses(dosage) or _is_unclear(dosage.timing))


def _doses(dosage: Dosage) -> list[tuple[QuantityElement | None, ...]]:
    """Each dose: a quantity, or the two ends of a range."""
    quantities: list[tuple[QuantityElement | None, ...]] = []
    for dose in present(dosage.dose_and_rate):
        if dose.dose_quantity is not None:
            quantities.append((dose.dose_quantity,))
        if dose.dose_range is not None:
            quantities.append((dose.dose_range.low, dose.dose_range.high))
    return quantities


def _amounts(dosage: Dosage, terminology: Terminology) -> str | None:
    """All doses in words, or ``None`` if there is none, or one that cannot be read."""
    doses = [[_amount(end, terminology) for end in dose] for dose in _doses(dosage)]
    if any(None in dose for dose in doses):
        return None
    return ", ".join(" to ".join(filter(None, dose)) for dose in doses) or None


def _is_mass(dosage: Dosage, terminology: Terminology) -> bool:
    doses = [dose for dose in _doses(dosage) if len(dose) == 1]
    amounts = [_amount(end, terminology) for (end,) in doses]
    return (
        bool(amounts) and len(doses) == len(_doses(dosage)) and all(each and _MASS.fullmatch(each) for each in amounts)
    )


def _more(dosage: Dosage) -> list[str]:
    """What is said beside how much and how often, and changes what is taken."""
    repeat = dosage.timing.repeat if dosage.timing else None
    needed = (dosage.as_needed_boolean, dosage.as_needed_codeable_concept, dosage.as_needed, dosage.as_needed_for)
    said = ["as needed"] if any(needed) else []
    if repeat is None:
        return said
    said += [
        f"up to {most} {of}" for most, of in ((repeat.frequency_max, "times"), (repeat.period_max, "long")) if most
    ]
    times = (repeat.day_of_week, repeat.time_of_day, repeat.when)
    return said + [f"on {', '.join(map(str, listed(time)))}" for time in times if time]


def _amount(element: QuantityElement | None, terminology: Terminology) -> str | None:
    """A mass in milligrams, whatever it is written in; else the number with its unit. No dose is nothing, or less."""
    number, _ = quantity(element, terminology) if element else (None, None)
    if number is None or number.value <= 0 or number.comparator is not None:
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
    if _is_unclear(timing):
        return None
    if timing.repeat:
        frequency, length = decimal(timing.repeat.frequency)[0], decimal(timing.repeat.period)[0]
        if length is not None:
            return _so_often(frequency or Decimal(1), length, str(timing.repeat.period_unit))
    codes = (coding.code for coding in codings(terminology, timing.code) if coding.code in _TIMES_A_DAY)
    return next((f"{_TIMES_A_DAY[code]} x per 1 d" for code in codes if code), None)


def _is_unclear(timing: Timing | None) -> bool:
    """Whether a rhythm is written that is none: minus two times, or once in no time."""
    repeat = timing.repeat if timing else None
    if repeat is None:
        return False
    frequency, length = decimal(repeat.frequency)[0], decimal(repeat.period)[0]
    if bytes(repeat.frequency) not in _NOTHING and (frequency is None or frequency <= 0):
        return True
    if bytes(repeat.period) in _NOTHING:
        return False
    return length is None or length <= 0 or repeat.period_unit not in _PERIODS


def _so_often(frequency: Decimal, length: Decimal, unit: str) -> str:
    """So many times a day where that is a whole number: every 12 hours is twice a day."""
    hours = _HOURS.get(unit)
    if hours is not None:
        times = Fraction(frequency) * 24 / (Fraction(length) * hours)
        if times.denominator == 1:
            return f"{times} x per 1 d"
    return f"{_plain(frequency)} x per {_plain(length)} {unit}"


def _plain(number: Decimal) -> str:
    """The number without zeros at its end: 50.0 is 50."""
    return f"{number.normalize():f}"
