"""Observations made by chance: values at bounds, results, categories, reference ranges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from alsfhir.terminology import LOCAL_SYSTEM, Concept
from random_elements import Chance

_USUAL = {
    "body-weight": 65,
    "body-height": 170,
    "fvc-volume": 3,
    "fvc-predicted-volume": 4,
    "creatinine": 1,
}
_MEN_AND_WOMEN = ({"coding": [{"code": "male"}]}, {"text": "women"}, {"text": "Men"}, {"text": "smokers"})


def observation(of: Chance, concept: Concept) -> dict[str, Any]:
    """An Observation of a concept, or one with a component of it."""
    status = of.one(*["final"] * 12, "amended", "preliminary", "unknown", "cancelled", "entered-in-error")
    made = {"resourceType": "Observation", "status": status, "code": of.concept(concept), **of.when("effective")}
    if of.seldom(0.2):
        made["issued"] = f"{of.day().isoformat()}T{of.one('08', '09')}:00:00Z"
    if of.seldom(0.2):
        made["meta"] = {"lastUpdated": f"{of.day().isoformat()}T{of.one('08', '09')}:00:00Z"}
    valued = _value(of, concept)
    if of.seldom(0.1):
        made["component"] = [{"code": made["code"], **valued}]
        made["code"] = {"coding": [{"system": "http://example.org", "code": "panel"}]}
        return made
    return made | valued | of.doubt()


def _value(of: Chance, concept: Concept) -> dict[str, Any]:
    if concept.name in of.asked.values:
        return _category(of, concept)
    if concept.unit is None or of.seldom(0.06):
        return _result(of)
    number = _number(of, concept)
    made: dict[str, Any] = {"valueQuantity": of.quantity(number, concept)}
    if of.seldom(0.5):
        made["referenceRange"] = [_range(of, concept, number)]
        if of.seldom(0.2):
            made["referenceRange"].append(_range(of, concept, number))
    return made


def _range(of: Chance, concept: Concept, number: Decimal) -> dict[str, Any]:
    made: dict[str, Any] = {"high": of.quantity(number / of.one(1, 2, 3, 4, 10), concept, exact=True)}
    if of.seldom(0.2):
        made["low"] = of.quantity(number / of.one(2, 20), concept, exact=True)
    if of.seldom(0.25):
        made["appliesTo"] = [of.one(*_MEN_AND_WOMEN)]
    if of.seldom(0.15):
        made["age"] = {"low": {"value": of.one(18, 50, 65), "unit": "years"}}
    return made


def _number(of: Chance, concept: Concept) -> Decimal:
    known = of.asked.bounds.get(concept.name) or [Decimal(40), Decimal(2)]
    bound = Decimal(_USUAL[concept.name]) if concept.name in _USUAL else of.random.choice(known)
    return Decimal(bound + of.one(Decimal(0), Decimal("0.1"), Decimal("-0.1"), bound / 2, -bound / 2, Decimal(5000)))


def _result(of: Chance) -> dict[str, Any]:
    flag = {"coding": [{"code": of.one("POS", "NEG", "H")}]}
    named = of.meaning(of.one("positive", "negative"))
    return dict(
        of.one(
            {},
            {"interpretation": [flag]},
            {"dataAbsentReason": {"text": "not done"}},
            {"dataAbsentReason": {"coding": [{"code": "unknown"}]}, "interpretation": [flag]},
            {"valueString": of.one("Positive", " negative ", "reactive, see comment", "pregnant")},
            {"valueInteger": of.one(0, 40)},
            {"valueBoolean": of.one(True, False)},
            {"valueCodeableConcept": named},
            {"valueCodeableConcept": named},
            {"valueCodeableConcept": {"coding": [{"system": "http://example.org", "code": "z"}]}},
            {
                "valueCodeableConcept": {
                    "coding": [{"system": "http://example.org", "code": "z", "display": "Positive"}]
                }
            },
        )
    )


def _category(of: Chance, concept: Concept) -> dict[str, Any]:
    code = of.one(*of.asked.values[concept.name], "no-such-value")
    coded = {"valueCodeableConcept": {"coding": [{"system": LOCAL_SYSTEM, "code": code}]}}
    return dict(
        of.one(coded, coded, coded, {"valueCodeableConcept": {"text": "probable"}}, {"valueString": "probable"}, {})
    )
