"""Conditions, drugs, procedures and what else is history, made by chance."""

from __future__ import annotations

from typing import Any

from alsfhir.terminology import LOCAL_SYSTEM, UCUM, Concept
from random_elements import Chance

HL7 = "http://terminology.hl7.org/CodeSystem"
ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"
_ALLERGIES = f"{HL7}/allergyintolerance"
_DOSAGES = (
    {"text": "50 mg twice a day"},
    {"text": "50 MG  twice a day"},
    {"text": "100 mg"},
    {"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}},
    {
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": 50, "unit": "mg", "system": UCUM, "code": "mg"}}],
    },
    {
        "timing": {"code": {"coding": [{"code": "BID"}]}},
        "doseAndRate": [{"doseQuantity": {"value": 0.05, "unit": "g", "system": UCUM, "code": "g"}}],
    },
    {
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": 100, "unit": "mg", "system": UCUM, "code": "mg"}}],
    },
)


def condition(of: Chance, concept: Concept) -> dict[str, Any]:
    """A Condition of a concept."""
    made: dict[str, Any] = {
        "resourceType": "Condition",
        "code": of.concept(concept),
        **of.when("onset", age=True),
        **(of.when("abatement", age=True) if of.seldom(0.35) else {}),
        **_status("clinicalStatus", "condition-clinical", of.one(*_CLINICAL)),
        **_status("verificationStatus", "condition-ver-status", of.one(*[None] * 8, *_VERIFICATIONS)),
    }
    if of.seldom(0.4):
        made["severity"] = {"coding": [{"code": of.one("255604002", "6736007", "24484000", "1")}]}
    if of.seldom(0.4):
        made["recordedDate"] = of.time()
    if of.seldom(0.25):
        made["extension"] = [{"url": ASSERTED, "valueDateTime": of.time()}]
    if of.seldom(0.2):
        sites = [concept.name for concept in of.asked.named("values") if concept.codes]
        made["bodySite"] = [of.meaning(of.random.choice(sites)) if sites else {"text": "somewhere"}]
    if of.asked.values and of.seldom(0.2):
        (values, *_) = of.asked.values.values()
        coding = {"system": LOCAL_SYSTEM, "code": of.one(*values)}
        made["stage"] = [of.one({"summary": {"coding": [coding]}}, {"summary": {"text": "El Escorial: probable"}})]
    return made | of.doubt()


_CLINICAL = ("active", "active", "active", "recurrence", "relapse", "inactive", "remission", "resolved", "odd", None)
_VERIFICATIONS = ("confirmed", "confirmed", "refuted", "provisional", "unconfirmed", "entered-in-error", "odd")


def _status(element: str, system: str, code: str | None) -> dict[str, Any]:
    return {element: {"coding": [{"system": f"{HL7}/{system}", "code": code}]}} if code else {}


def procedure(of: Chance, concept: Concept) -> dict[str, Any]:
    """A Procedure of a concept."""
    others = ("in-progress", "preparation", "on-hold", "stopped", "not-done", "unknown", "entered-in-error")
    return {
        "resourceType": "Procedure",
        "status": of.one(*["completed"] * 6, *others),
        "code": of.concept(concept),
        **of.when("performed"),
        **of.doubt(),
    }


def drug(of: Chance, concept: Concept) -> dict[str, Any]:
    """A request, statement, administration or dispense of a drug."""
    return dict(of.one(_request, _request, _statement, _administration, _dispense)(of, concept) | of.doubt())


def _medication(of: Chance, concept: Concept) -> dict[str, Any]:
    found = of.concept(concept)
    if of.seldom(0.85):
        return {"medicationCodeableConcept": found}
    meant = f"m{len(of.beside)}"
    of.beside.append({"resourceType": "Medication", "id": meant, "code": found})
    return {"medicationReference": {"reference": f"Medication/{meant}"}}


def _dosages(of: Chance) -> list[dict[str, Any]]:
    dosage = dict(of.one(*_DOSAGES))
    if of.seldom(0.3):
        repeat = {"boundsPeriod": of.period(), **dosage.get("timing", {}).get("repeat", {})}
        dosage["timing"] = {"repeat": repeat}
    if of.seldom(0.3):
        dosage["route"] = of.one(of.meaning("local-route"), {"text": "oral"}, {"text": "inhalation"})
    return [dosage]


def _request(of: Chance, concept: Concept) -> dict[str, Any]:
    made = {
        "resourceType": "MedicationRequest",
        "status": of.one(*["active"] * 5, "on-hold", "cancelled", "completed", "stopped", "draft", "unknown"),
        "intent": of.one(*["order"] * 6, "plan", "instance-order"),
        **_medication(of, concept),
    }
    made |= {"authoredOn": of.time()} if of.seldom(0.7) else {}
    made |= {"dosageInstruction": _dosages(of)} if of.seldom(0.7) else {}
    return made | ({"doNotPerform": True} if of.seldom(0.03) else {})


def _statement(of: Chance, concept: Concept) -> dict[str, Any]:
    made = {
        "resourceType": "MedicationStatement",
        "status": of.one(*["active"] * 4, "completed", "stopped", "on-hold", "not-taken", "intended", "unknown"),
        **_medication(of, concept),
        **of.when("effective"),
    }
    made |= {"dateAsserted": of.time()} if of.seldom(0.5) else {}
    return made | ({"dosage": _dosages(of)} if of.seldom(0.7) else {})


def _administration(of: Chance, concept: Concept) -> dict[str, Any]:
    made = {
        "resourceType": "MedicationAdministration",
        "status": of.one("completed", "completed", "in-progress", "stopped", "on-hold", "not-done", "unknown"),
        **_medication(of, concept),
        **of.when("effective"),
    }
    return made | ({"dosage": {"route": of.meaning("local-route")}} if of.seldom(0.2) else {})


def _dispense(of: Chance, concept: Concept) -> dict[str, Any]:
    made = {
        "resourceType": "MedicationDispense",
        "status": of.one("completed", "completed", "completed", "in-progress", "cancelled", "on-hold", "unknown"),
        **_medication(of, concept),
    }
    made |= {"whenHandedOver": of.time()} if of.seldom(0.8) else {}
    made |= {"daysSupply": {"value": of.one(30, 90), "unit": "days"}} if of.seldom(0.6) else {}
    return made | ({"dosageInstruction": _dosages(of)} if of.seldom(0.7) else {})


def device(of: Chance, concept: Concept) -> dict[str, Any]:
    """A Device of the patient."""
    status = of.one("active", "active", "inactive", "unknown", "entered-in-error")
    made = {"resourceType": "Device", "patient": {"reference": "Patient/p1"}, "type": of.concept(concept)}
    return made | ({"status": status} if of.seldom(0.8) else {}) | of.doubt()


def nutrition(of: Chance, concept: Concept) -> dict[str, Any]:
    """A NutritionOrder of a concept, or by a route."""
    found = of.concept(concept)
    part = of.one(
        {"oralDiet": {"type": [found]}},
        {"enteralFormula": {"baseFormulaType": found}},
        {"enteralFormula": {"routeofAdministration": found}},
    )
    return {
        "resourceType": "NutritionOrder",
        "status": of.one("active", "active", "active", "completed", "on-hold", "revoked", "draft", "unknown"),
        "intent": of.one("order", "order", "plan"),
        "dateTime": of.time(),
        **part,
    }


def allergy(of: Chance, concept: Concept) -> dict[str, Any]:
    """An AllergyIntolerance, perhaps with reactions that are such a condition."""
    made: dict[str, Any] = {
        "resourceType": "AllergyIntolerance",
        **_status("clinicalStatus", "allergyintolerance-clinical", of.one("active", "active", "resolved", None)),
        **_status("verificationStatus", "allergyintolerance-verification", of.one(None, "confirmed", *_DOUBTED)),
        "code": of.one({"text": "latex"}, {"text": "latex"}, of.meaning("no-known-allergy")),
    }
    made |= {"criticality": of.one("high", "low")} if of.seldom(0.3) else {}
    made |= of.when("onset") if of.seldom(0.5) else {}
    made |= {"recordedDate": of.time()} if of.seldom(0.5) else {}
    if of.seldom(0.6):
        reaction = {"manifestation": [of.one({"text": "rash"}, of.concept(concept))]}
        reaction |= {"severity": of.one("mild", "severe", "severe")} if of.seldom(0.7) else {}
        made["reaction"] = [reaction | ({"onset": of.time()} if of.seldom(0.3) else {})]
    return made


_DOUBTED = ("presumed", "unconfirmed", "refuted", "entered-in-error")


def participation(of: Chance, trial: str) -> dict[str, Any]:
    """A ResearchSubject of this trial, of another one, or of one that is not named."""
    study = of.one(
        {"display": f"A study ({trial})"},
        {"display": "NCT00000001"},
        {"display": "A study"},
        {"reference": "ResearchStudy/s"},
    )
    made = {
        "resourceType": "ResearchSubject",
        "status": of.one("on-study", "on-study", "off-study", "withdrawn", "screening", "follow-up", "candidate"),
        "study": study,
        "individual": {"reference": "Patient/p1"},
    }
    return made | ({"period": of.period()} if of.seldom(0.7) else {})


def consent(of: Chance, trial: str) -> dict[str, Any]:
    """A research consent, perhaps to this trial."""
    made = {
        "resourceType": "Consent",
        "status": of.one("active", "active", "active", "draft", "rejected", "inactive"),
        "scope": {"coding": [{"system": f"{HL7}/consentscope", "code": of.one("research", "research", "treatment")}]},
        "category": [{"text": "research"}],
        "patient": {"reference": "Patient/p1"},
        "identifier": [{"value": of.one(trial, trial, "NCT00000001")}],
        "policyRule": {"text": "ours"},
    }
    made |= {"dateTime": of.time()} if of.seldom(0.6) else {}
    return made | ({"provision": {"type": of.one("permit", "deny")}} if of.seldom(0.4) else {})
