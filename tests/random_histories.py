"""Conditions, procedures and allergies made by chance."""

from __future__ import annotations

from typing import Any

from alsfhir.terminology import LOCAL_SYSTEM, Concept
from random_elements import Chance

HL7 = "http://terminology.hl7.org/CodeSystem"
ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"
_CLINICAL = ("active", "active", "active", "recurrence", "relapse", "inactive", "remission", "resolved", "odd", None)
_VERIFICATIONS = ("confirmed", "confirmed", "refuted", "provisional", "unconfirmed", "entered-in-error", "odd")
_STAGES: tuple[dict[str, Any], ...] = (
    {"summary": {"text": "El Escorial: probable"}},
    {"summary": {"text": "El Escorial: probable, laboratory-supported"}},
    {"summary": {"text": "stage 2"}},
    {"type": {"text": "King's"}},
)


def condition(of: Chance, concept: Concept) -> dict[str, Any]:
    """A Condition of a concept."""
    made: dict[str, Any] = {
        "resourceType": "Condition",
        "code": of.concept(concept),
        **of.when("onset", age=True),
        **(of.when("abatement", age=True) if of.seldom(0.35) else {}),
        **_status(of, "clinicalStatus", "condition-clinical", *_CLINICAL),
        **_status(of, "verificationStatus", "condition-ver-status", *[None] * 8, *_VERIFICATIONS),
    }
    if of.seldom(0.02):
        del made["code"]
    grades = [{"code": of.one("255604002", "6736007", "24484000", "1")} for _ in range(of.one(1, 1, 2))]
    made |= of.some(0.4, severity=of.mostly({"coding": grades}, {"text": "severe"}))
    made |= of.some(0.4, recordedDate=of.time())
    made |= of.some(0.25, extension=[{"url": ASSERTED, "valueDateTime": of.time()}])
    made |= of.some(0.2, bodySite=[_site(of) for _ in range(of.one(1, 1, 2))])
    return made | of.some(0.2, stage=[_stage(of) for _ in range(of.one(1, 1, 2))]) | of.doubtful()


def _site(of: Chance) -> dict[str, Any]:
    sites = [concept.name for concept in of.asked.named("values") if concept.codes]
    return of.meaning(of.random.choice(sites)) if sites and not of.seldom(0.1) else {"text": "somewhere"}


def _stage(of: Chance) -> dict[str, Any]:
    codes = [code for values in of.asked.values.values() for code in values] or ["definite"]
    coded = {"summary": {"coding": [{"system": LOCAL_SYSTEM, "code": of.one(*codes, "no-such-value")}]}}
    return dict(of.one(coded, coded, *_STAGES) | of.doubt())


def _status(of: Chance, element: str, system: str, *codes: str | None) -> dict[str, Any]:
    """A status in FHIR's own code system, seldom in another one, or two of them."""
    written = [code for code in (of.one(*codes), *of.one(*[()] * 12, (of.one(*codes),))) if code]
    url = of.one(*[f"{HL7}/{system}"] * 8, f"http://hl7.org/fhir/{system}", "http://example.org/status")
    codings = [{"code": code} | of.mostly({"system": url}, {"system": url}, {}) for code in written]
    return {element: of.one(*[{"coding": codings}] * 30, {"text": "in words"})} if codings else {}


def procedure(of: Chance, concept: Concept) -> dict[str, Any]:
    """A Procedure of a concept, by its code or its category."""
    others = ("in-progress", "preparation", "on-hold", "stopped", "not-done", "unknown", "entered-in-error")
    named = of.concept(concept)
    made = {
        "resourceType": "Procedure",
        "status": of.one(*["completed"] * 6, *others),
        **of.one(*[{"code": named}] * 10, {"category": named}, {"code": {"text": "operation"}, "category": named}, {}),
        **of.when("performed", age=of.seldom(0.15)),
        **of.doubtful(),
    }
    if of.seldom(0.02):
        del made["status"]
    return made


def allergy(of: Chance, concept: Concept) -> dict[str, Any]:
    """An AllergyIntolerance, perhaps with reactions that are such a condition, or to such a substance."""
    known, kind = "allergyintolerance", concept.file
    substance = of.concept(concept) if kind == "medications" else {"text": "latex"}
    made: dict[str, Any] = {
        "resourceType": "AllergyIntolerance",
        **_status(of, "clinicalStatus", f"{known}-clinical", "active", "active", "inactive", "resolved", "odd", None),
        **_status(of, "verificationStatus", f"{known}-verification", None, None, "confirmed", *_DOUBTED),
        **of.one({"code": substance}, {"code": substance}, {"code": of.meaning("no-known-allergy")}, {}),
        **(of.when("onset", age=of.seldom(0.2)) if of.seldom(0.5) else {}),
        **of.some(0.3, criticality=of.one("high", "low", "unable-to-assess")),
        **of.some(0.5, recordedDate=of.time()),
        **of.doubtful(),
    }
    reactions = [_reaction(of, concept) for _ in range(of.one(1, 1, 2))]
    return made | of.some(0.6, reaction=reactions)


def _reaction(of: Chance, concept: Concept) -> dict[str, Any]:
    manifestation = [
        of.one({"text": "rash"}, of.concept(concept)) if concept.file == "conditions" else {"text": "rash"}
    ]
    substance = of.concept(concept) if concept.file == "medications" else {"text": "latex"}
    made = {"manifestation": manifestation} | of.some(0.2, substance=substance) | of.some(0.3, onset=of.time())
    return made | of.some(0.7, severity=of.one("mild", "moderate", "severe", "severe")) | of.doubt()


_DOUBTED = ("presumed", "unconfirmed", "refuted", "entered-in-error", "odd")
