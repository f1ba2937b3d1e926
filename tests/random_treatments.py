"""Drugs, devices and nutrition made by chance."""

from __future__ import annotations

from typing import Any

from alsfhir.terminology import UCUM, Concept
from random_dosages import dosages
from random_elements import SUBJECT, Chance

_SUPPLIES: tuple[dict[str, Any], ...] = (
    {"value": 30, "unit": "days"},
    {"value": 90, "unit": "days"},
    {"value": 30, "system": UCUM, "code": "d"},
    {"value": 30.5, "unit": "day"},
    {"value": 4, "unit": "weeks"},
    {"value": 0, "unit": "days"},
    {"value": 99999, "unit": "days"},
    {"value": 30},
)


def drug(of: Chance, concept: Concept) -> dict[str, Any]:
    """A request, statement, administration or dispense of a drug."""
    made = of.one(_request, _request, _statement, _administration, _dispense)(of, concept) | of.doubtful()
    if of.seldom(0.02):
        del made["status"]
    return dict(made)


def _medication(of: Chance, concept: Concept) -> dict[str, Any]:
    found = of.concept(concept)
    if of.seldom(0.8):
        return {"medicationCodeableConcept": found}
    known = f"m{len(of.beside)}"
    reference = of.some(0.9, reference=f"Medication/{known}") | of.some(0.2, display=concept.label)
    if not reference or of.seldom(0.1):  # what it refers to is not on record
        return {"medicationReference": reference or {"display": "something"}}
    medication = {"resourceType": "Medication", "id": known, **_meant(of, found), **of.doubt()}
    medication |= of.some(0.1, status=of.one("active", "entered-in-error"))
    if of.beyond and of.seldom(0.5):
        return {"contained": [medication], "medicationReference": {"reference": f"#{known}"}}
    of.beside.append(medication)
    return {"medicationReference": reference}


def _meant(of: Chance, found: dict[str, Any]) -> dict[str, Any]:
    """What a Medication is: by its code, by an ingredient, or by neither."""
    ingredient = {"itemCodeableConcept": found} | of.some(0.4, isActive=of.one(True, False))
    other = {"itemReference": {"reference": "Substance/s"}}
    return dict(
        of.one({"code": found}, {"code": found}, {"code": {"text": "it"}, "ingredient": [other, ingredient]}, {})
    )


def _request(of: Chance, concept: Concept) -> dict[str, Any]:
    made = {
        "resourceType": "MedicationRequest",
        "status": of.one(*["active"] * 5, "on-hold", "cancelled", "completed", "stopped", "draft", "unknown"),
        "intent": of.one(*["order"] * 8, "plan", "plan", "instance-order", "option", "proposal"),
        **_medication(of, concept),
        **of.some(0.7, authoredOn=of.time()),
        **of.some(0.7, dosageInstruction=dosages(of)),
        **of.some(0.04, doNotPerform=of.one(True, True, False)),
    }
    reported = of.one({"reportedBoolean": True}, {"reportedBoolean": False}, {"reportedReference": SUBJECT})
    return made | of.some(0.15, **reported)


def _statement(of: Chance, concept: Concept) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "status": of.one(*["active"] * 4, "completed", "stopped", "on-hold", "not-taken", "intended", "unknown"),
        **_medication(of, concept),
        **of.when("effective"),
        **of.some(0.5, dateAsserted=of.time()),
        **of.some(0.7, dosage=dosages(of)),
    }


def _administration(of: Chance, concept: Concept) -> dict[str, Any]:
    given = of.one({"dose": {"value": 50, "unit": "mg"}}, {"text": "50 mg"}, {"route": of.meaning("local-route")})
    return {
        "resourceType": "MedicationAdministration",
        "status": of.one("completed", "completed", "in-progress", "stopped", "on-hold", "not-done", "unknown"),
        **_medication(of, concept),
        **of.when("effective"),
        **of.some(0.3, dosage=given | of.doubt()),
    }


def _dispense(of: Chance, concept: Concept) -> dict[str, Any]:
    others = ("in-progress", "preparation", "cancelled", "on-hold", "stopped", "declined", "unknown")
    return {
        "resourceType": "MedicationDispense",
        "status": of.one("completed", "completed", "completed", "completed", *others),
        **_medication(of, concept),
        **of.some(0.8, whenHandedOver=of.time()),
        **of.some(0.6, daysSupply=of.mostly(of.one(*_SUPPLIES[:2]), *_SUPPLIES)),
        **of.some(0.7, dosageInstruction=dosages(of)),
    }


def device(of: Chance, concept: Concept) -> dict[str, Any]:
    """A Device of the patient, or the use of one."""
    made = _device(of, concept)
    if of.seldom(0.5):
        return made | {"patient": SUBJECT}
    used = f"d{len(of.beside)}"
    by_reference = {"reference": f"Device/{used}"}
    if of.beyond and of.seldom(0.3):
        contained = {"contained": [made | {"id": used}]}
        return _use(of, {"reference": f"#{used}"}) | contained
    if not of.seldom(0.15):  # what it refers to is on record, perhaps as the patient's own
        of.beside.append(made | {"id": used} | of.some(0.4, patient=SUBJECT))
    named = {"display": concept.label}
    return _use(of, of.one(by_reference, by_reference, by_reference, by_reference | named, named))


def _device(of: Chance, concept: Concept) -> dict[str, Any]:
    status = of.one("active", "active", "inactive", "unknown", "entered-in-error")
    kind, name = of.concept(concept), {"deviceName": [{"name": concept.label, "type": "user-friendly-name"}]}
    made = {"resourceType": "Device", **of.one(*[{"type": kind}] * 5, name, {"type": kind} | name, {})}
    return made | of.some(0.6, status=status) | of.doubtful()


def _use(of: Chance, used: dict[str, Any]) -> dict[str, Any]:
    statuses = ("active", "active", "active", "completed", "intended", "stopped", "on-hold", "entered-in-error")
    made = {
        "resourceType": "DeviceUseStatement",
        "status": of.one(*statuses),
        "device": used,
        **of.when("timing", "Timing"),
        **of.doubtful(),
    }
    if of.seldom(0.02):
        del made["status"]
    return made


def nutrition(of: Chance, concept: Concept) -> dict[str, Any]:
    """A NutritionOrder of a concept, or by a route."""
    found, plain = of.concept(concept), {"text": "normal"}
    part = of.one(
        {"oralDiet": {"type": [found]}},
        {"oralDiet": {"type": [plain, found], **of.doubt()}},
        {"supplement": [{"type": found, **of.doubt()}, {"productName": concept.label}]},
        {"supplement": [{"productName": concept.label}]},
        {"enteralFormula": {"baseFormulaType": found, **of.doubt()}},
        {"enteralFormula": {"routeofAdministration": found}},
        {"enteralFormula": {"baseFormulaProductName": concept.label}},
        {"oralDiet": {"type": [plain]}, "enteralFormula": {"routeofAdministration": found}},
        {},
    )
    made = {
        "resourceType": "NutritionOrder",
        "status": of.one(*["active"] * 4, "completed", "on-hold", "revoked", "draft", "unknown", "entered-in-error"),
        "intent": of.one(*["order"] * 4, "plan", "instance-order", "directive"),
        "dateTime": of.time(),
        **part,
        **of.doubtful(),
    }
    if of.seldom(0.05):
        del made[of.one("status", "intent", "dateTime")]
    return made
