"""Observations made by chance: values at bounds, results, categories, reference ranges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from alsfhir.terminology import LOCAL_SYSTEM, UCUM, Concept
from random_elements import SUBJECT, Chance

_USUAL = {
    "body-weight": 65,
    "body-height": 170,
    "fvc-volume": 3,
    "fvc-predicted-volume": 4,
    "creatinine": 1,
}
_OF_BOUNDS = {
    "body-weight": ("bmi", Decimal("2.89")),
    "fvc-volume": ("fvc-percent-predicted", Decimal("0.04")),
}
"""Of what is measured for another: whose bound it reaches, and how much of it that takes at the usual of the rest."""
_SEXES = ({"coding": [{"code": "male"}]}, {"text": "women"}, {"text": "Men"}, {"text": "smokers"})
_KINDS = (
    {"coding": [{"code": "normal"}]},
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/referencerange-meaning", "code": "normal"}]},
    {"coding": [{"code": "therapeutic"}]},
    {"text": "recommended"},
)
_POSITION = "http://hl7.org/fhir/StructureDefinition/observation-bodyPosition"
_FLAGS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
_NOT_COMPARED: tuple[dict[str, Any], ...] = (
    {"valueRange": {"low": {"value": 1}, "high": {"value": 2}}},
    {"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}},
    {"valueTime": "08:30:00"},
    {"valueDateTime": "2026-06-01"},
    {"valuePeriod": {"start": "2026-06-01"}},
    {"valueQuantity": {"unit": "mg"}},
    {"valueQuantity": {"unit": "mg"}, "dataAbsentReason": {"coding": [{"code": "masked"}]}},
)


def observation(of: Chance, concept: Concept) -> dict[str, Any]:
    """An Observation of a concept, or one with components, of which one is of it."""
    doubted = ("registered", "preliminary", "unknown", "cancelled", "entered-in-error")
    status = of.mostly("final", "amended", "corrected", *doubted)
    made = {"resourceType": "Observation", "status": status, "code": of.concept(concept)}
    made |= of.when("effective", "Instant", "Timing") | of.doubtful()
    made |= of.some(0.2, issued=f"{of.day().isoformat()}T{of.one('08', '09')}:00:00Z")
    made |= of.some(0.2, meta={"lastUpdated": f"{of.day().isoformat()}T{of.one('08', '09')}:00:00Z"})
    made |= of.some(0.04, focus=[of.one(SUBJECT, {"reference": "RelatedPerson/donor"}, {"display": "the donor"})])
    made |= _circumstances(of)
    if of.seldom(0.04):
        del made["status"]
    valued = _valued(of, concept)
    if of.seldom(0.1):
        return {**made, **_components(of, made["code"], valued)}
    return {**made, **valued, **of.some(0.04, hasMember=[{"reference": "Observation/member"}])}


def due_date(of: Chance, concept: Concept) -> dict[str, Any]:
    """An Observation of an expected date of delivery."""
    made = observation(of, concept)
    value = of.mostly({"valueDateTime": of.time()}, {"valueString": "in spring"}, {})
    return {name: made[name] for name in made if not name.startswith("value")} | dict(value)


def _circumstances(of: Chance) -> dict[str, Any]:
    """How it was measured, which changes no verdict."""
    position = of.one(of.meaning("supine-position"), {"text": "sitting"})
    extension = {"url": _POSITION, "valueCodeableConcept": position}
    return of.some(0.06, extension=[extension]) | of.some(0.06, method={"text": "supine"})


def _components(of: Chance, code: dict[str, Any], valued: dict[str, Any]) -> dict[str, Any]:
    """Components in place of a value, or beside one."""
    other = {"code": {"coding": [{"system": "http://example.org", "code": "z"}]}, "valueString": "Positive"}
    panel = {"coding": [{"system": "http://example.org", "code": "panel"}]}
    component = [{"code": code, **valued, **of.doubt()}, *of.one([], [], [other], [{"code": code, **valued}])]
    return dict(
        of.mostly(
            {"code": panel, "component": component},
            {"component": component},
            {"code": panel, "component": component, "valueInteger": 1},
            {"code": panel, "component": component, "dataAbsentReason": {"text": "see below"}},
        )
    )


def _valued(of: Chance, concept: Concept) -> dict[str, Any]:
    if concept.name in of.asked.values:
        return _category(of, concept)
    if of.seldom(0.04):
        return dict(of.one(*_NOT_COMPARED))
    if concept.unit is None or of.seldom(0.06):
        return _result(of)
    number = _number(of, concept)
    made: dict[str, Any] = {"valueQuantity": of.quantity(number, concept)}
    if of.lean or of.seldom(0.5):
        made["referenceRange"] = [_range(of, concept, number)]
        if of.seldom(0.25):
            made["referenceRange"].append(_range(of, concept, number))
    return (
        made
        | of.some(0.1, interpretation=[_flag(of, "H", "L", "A", "N")])
        | of.some(0.02, dataAbsentReason={"coding": [{"code": of.one("error", "other")}]})
    )


def _range(of: Chance, concept: Concept, number: Decimal) -> dict[str, Any]:
    if of.beyond and of.seldom(0.5):
        return {"text": of.one("< 40", "3 - 40", "up to 40", f"<= {number}")}
    made: dict[str, Any] = {"high": of.quantity(round(number / _share(of), 3), concept, exact=True)}
    made |= of.some(0.2, low=of.quantity(number / of.one(1, 2, 20), concept, exact=True))
    made |= of.some(0.1, type=of.one(*_KINDS)) | of.doubt()
    made |= of.some(0.25, appliesTo=[of.one(*_SEXES), *of.one([], [], [of.one(*_SEXES)])])
    made |= of.some(0.2, age=_ages(of)) | of.some(0.1, text="see the notes")
    if of.seldom(0.04):
        made["high"]["comparator"] = "<"
    if of.seldom(0.06):
        del made["high"]
    if of.seldom(0.03):
        made |= {"low": {"value": 0}, "high": {"value": 0}}
    return made


def _share(of: Chance) -> Decimal:
    """How many times an upper limit a value is."""
    if of.lean:
        return Decimal(10 if of.lean > 0 else 1)
    return Decimal(of.one("1", "1.5", "2", "3", "4", "10"))


def _ages(of: Chance) -> dict[str, Any]:
    known = {"value": of.one(18, 50, 65), "unit": "years"}
    odd = {"value": of.one(216, 6, 10), "system": UCUM, "code": of.one("mo", "d", "1")}
    low, high = of.mostly(known, odd, {"unit": "years"}, known | {"comparator": ">"}), {"value": 75, "unit": "years"}
    return dict(
        of.one({"low": low}, {"low": low}, {"high": low}, {"low": low, "high": high}, {"low": high, "high": known})
    )


def _number(of: Chance, concept: Concept) -> Decimal:
    known = of.asked.bounds.get(concept.name) or [Decimal(40), Decimal(2)]
    bound = Decimal(_USUAL[concept.name]) if concept.name in _USUAL else of.random.choice(known)
    if concept.name in _OF_BOUNDS:
        other, share = _OF_BOUNDS[concept.name]
        bound = of.one(bound, *(each * share for each in of.asked.bounds.get(other, ())))
    if concept.name == "body-height" or of.seldom(0.02):
        return Decimal(of.one(bound, bound, bound, bound + 10, 0, -bound))
    if of.lean:
        least = concept.plausible[0] if concept.plausible else 0
        return Decimal(of.one(bound / 2, least) if of.lean < 0 else bound * 3 / 2)
    near = (Decimal(0), Decimal("0.1"), Decimal("-0.1"), bound / 2, -bound / 2)
    return Decimal(bound + of.one(*near, *near, Decimal(5000)))


def _flag(of: Chance, *codes: str) -> dict[str, Any]:
    code = of.one(*codes)
    return dict(of.mostly({"coding": [{"code": code}]}, {"coding": [{"system": _FLAGS, "code": code}]}, {"text": code}))


def _result(of: Chance) -> dict[str, Any]:
    if of.lean:
        return {"valueCodeableConcept": of.meaning("positive" if of.lean > 0 else "negative")}
    flag = _flag(of, "POS", "NEG", "H")
    named, other = (of.meaning(of.one("positive", "negative")) for _ in range(2))
    foreign = {"system": "http://example.org", "code": "z"}
    return dict(
        of.one(
            {},
            {"interpretation": [flag]},
            {"interpretation": [flag, _flag(of, "POS", "NEG")]},
            {"dataAbsentReason": {"text": "not done"}},
            {"dataAbsentReason": {"coding": [{"code": "unknown"}]}, "interpretation": [flag]},
            {"valueString": of.one("Positive", " negative ", "reactive, see comment", "pregnant", "not pregnant")},
            {"valueInteger": of.one(0, 40)},
            {"valueBoolean": of.one(True, False)},
            {"valueCodeableConcept": named},
            {"valueCodeableConcept": named},
            {"valueCodeableConcept": named, "interpretation": [flag]},
            {"valueCodeableConcept": {"coding": [foreign, *named.get("coding", []), *other.get("coding", [])]}},
            {"valueCodeableConcept": {"coding": [foreign]} | of.some(0.5, text=of.one("Positive", "weak"))},
            {"valueCodeableConcept": {"coding": [foreign | {"display": of.one("Positive", "Negative", "weak")}]}},
        )
    )


def _category(of: Chance, concept: Concept) -> dict[str, Any]:
    code, other = (of.one(*of.asked.values[concept.name], "no-such-value") for _ in range(2))
    coding = {"system": LOCAL_SYSTEM, "code": code}
    coded = {"valueCodeableConcept": {"coding": [coding]}}
    more = [coding, {"system": of.one(LOCAL_SYSTEM, "http://example.org"), "code": other}]
    return dict(
        of.one(
            coded,
            coded,
            coded,
            {"valueCodeableConcept": {"coding": more}},
            {"valueCodeableConcept": {"text": "probable"}},
            {"valueString": "probable"},
            {},
        )
    )
