"""Lengths and times of a schedule as Duration, Range and Timing, https://hl7.org/fhir/R4/datatypes.html#timing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from alsfhir.criteria.schedule import Activity, Length, Period, TimeUnit
from alsfhir.terminology import UCUM

# UCUM, which https://hl7.org/fhir/R4/valueset-units-of-time.html takes its codes from; mo and a are calendar units.
_UNITS: dict[TimeUnit, str] = {
    "minutes": "min",
    "hours": "h",
    "days": "d",
    "weeks": "wk",
    "months": "mo",
    "years": "a",
}


def timing(step: Period | Activity) -> dict[str, Any]:
    """The Timing of a period or an activity: how often, how far apart, how long; empty if it has none.

    ``timingDuration`` would say within which time something is to be done, not how long it lasts.
    """
    repeat = step.repeat if isinstance(step, Activity) else None
    found: dict[str, Any] = {}
    if repeat and repeat.over:
        found |= _length_or_range("bounds", repeat.over)
    if repeat and repeat.times:
        found["count"] = repeat.times
    if step.lasting:
        found |= _numbers("duration", step.lasting)
    if repeat and repeat.every:
        found |= {"frequency": 1, **_numbers("period", repeat.every)}
    return {"repeat": found} if found else {}


def offset(length: Length) -> dict[str, Any]:
    """How far apart two actions are: ``offsetDuration``, or ``offsetRange``."""
    return _length_or_range("offset", length)


def _length_or_range(element: str, length: Length) -> dict[str, Any]:
    if length.up_to is None:
        return {f"{element}Duration": _quantity(length.value, length.unit)}
    low, high = (_quantity(value, length.unit) for value in (length.value, length.up_to))
    return {f"{element}Range": {"low": low, "high": high}}


def _quantity(value: Decimal, unit: TimeUnit) -> dict[str, Any]:
    word = unit.removesuffix("s") if value == 1 else unit
    return {"value": value, "unit": word, "system": UCUM, "code": _UNITS[unit]}


def _numbers(element: str, length: Length) -> dict[str, Any]:
    most = {} if length.up_to is None else {f"{element}Max": length.up_to}
    return {element: length.value, **most, f"{element}Unit": _UNITS[length.unit]}
