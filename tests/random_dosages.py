"""Dosages made by chance: doses, ranges of doses, rhythms, and what else says how a drug is taken."""

from __future__ import annotations

from typing import Any

from alsfhir.terminology import UCUM
from random_elements import Chance

_TWICE = {"frequency": 2, "period": 1, "periodUnit": "d"}
_TEXTS = ("50 mg twice a day", "50 MG  twice a day", "100 mg")
_RHYTHMS: tuple[dict[str, Any], ...] = (
    {"repeat": _TWICE},
    {"repeat": _TWICE},
    {"repeat": _TWICE},
    {"repeat": {"frequency": 1, "period": 12, "periodUnit": "h"}},
    {"repeat": {"period": 12, "periodUnit": "h"}},
    {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
    {"repeat": {"frequency": 1, "period": 1.5, "periodUnit": "d"}},
    {"repeat": {"frequency": 14, "period": 1, "periodUnit": "wk"}},
    {"repeat": {"frequency": 2, "period": 0, "periodUnit": "d"}},
    {"repeat": {"frequency": 2}},
    {"repeat": {"boundsDuration": {"value": 2, "unit": "wk"}, **_TWICE}},
    {"code": {"coding": [{"code": "BID"}]}},
    {"code": {"coding": [{"code": "Q12H"}, {"code": "BID"}]}},
    {"code": {"coding": [{"code": "Q12H"}]}},
    {"code": {"text": "twice a day"}},
    {"repeat": _TWICE, "code": {"coding": [{"code": "QD"}]}},
)
_MORE: tuple[dict[str, Any], ...] = (
    {"frequencyMax": 3},
    {"periodMax": 2},
    {"dayOfWeek": ["mon", "thu"]},
    {"timeOfDay": ["08:00:00", "20:00:00"]},
    {"when": ["MORN"]},
)


def _mass(value: float, unit: str = "mg") -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


_DOSES: tuple[dict[str, Any], ...] = (
    {"doseQuantity": _mass(50)},
    {"doseQuantity": _mass(50)},
    {"doseQuantity": _mass(50.0)},
    {"doseQuantity": _mass(0.05, "g")},
    {"doseQuantity": _mass(50000, "ug")},
    {"doseQuantity": _mass(100)},
    {"doseQuantity": {"value": 50, "unit": "mg"}},
    {"doseQuantity": {"value": 1, "unit": "tablet"}},
    {"doseQuantity": {"value": 1}},
    {"doseQuantity": _mass(0)},
    {"doseQuantity": _mass(50) | {"comparator": "<"}},
    {"doseRange": {"low": _mass(50), "high": _mass(100)}},
    {"doseRange": {"low": _mass(50)}},
    {"rateQuantity": {"value": 1, "unit": "mL/h"}},
)


def dosages(of: Chance) -> list[dict[str, Any]]:
    """One dosage, seldom two."""
    return [_dosage(of) for _ in range(of.one(1, 1, 1, 1, 2))]


def _dosage(of: Chance) -> dict[str, Any]:
    made: dict[str, Any] = {} if of.seldom(0.5) else {"text": of.one(*_TEXTS)}
    timing = dict(of.one(*_RHYTHMS)) if of.seldom(0.6) else {}
    repeat = dict(timing.get("repeat", {}))
    if of.seldom(0.3) and "boundsDuration" not in repeat:
        repeat["boundsPeriod"] = of.period()
    if of.seldom(0.08):
        repeat |= of.one(*_MORE)
    if timing or repeat:
        made["timing"] = timing | ({"repeat": repeat} if repeat else {})
    doses = [dict(of.one(*_DOSES)) for _ in range(of.one(1, 1, 1, 1, 2))]
    made |= of.some(0.6, doseAndRate=doses)
    made |= of.some(0.3, route=of.one(of.meaning("local-route"), {"text": "oral"}, {"text": "inhalation"}))
    return made | of.some(0.1, **_need(of)) | of.doubt()


def _need(of: Chance) -> dict[str, Any]:
    return dict(
        of.one({"asNeededBoolean": True}, {"asNeededBoolean": False}, {"asNeededCodeableConcept": {"text": "pain"}})
    )
