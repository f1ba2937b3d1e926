"""The same said in R4 and in R5 is the same fact; what is said here in either is valid there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from patient_samples import (
    ENTERAL,
    FVC,
    GASTROSTOMY,
    HIVES,
    HL7,
    NCT,
    P1,
    PENICILLIN,
    RILUZOLE,
    SURGERY,
    TUBE,
    facts,
    percent,
    without_none,
)

R4, R5 = "fhir.resources.R4B", "fhir.resources"
VERIFIED = {"coding": [{"system": HL7 + "allergyintolerance-verification", "code": "confirmed"}]}
RESEARCH = {"coding": [{"system": HL7 + "consentscope", "code": "research"}]}
ON_STUDY = {"coding": [{"system": HL7 + "research-subject-state", "code": "on-study"}]}
DATA = [{"meaning": "related", "reference": {"reference": f"ResearchStudy/{NCT}"}}]


def both(kind: str, r4: dict[str, Any], r5: dict[str, Any], **same: Any) -> Any:
    """A resource in R4 and in R5: what differs, and what is the same."""
    base = {"resourceType": kind, "id": "x"} | same
    return pytest.param(without_none(base | r4), without_none(base | r5), id=kind)


ALIKE = [
    both(
        "AllergyIntolerance",
        {"reaction": [{"manifestation": [HIVES], "severity": "severe"}]},
        {"reaction": [{"manifestation": [{"concept": HIVES}], "severity": "severe"}]},
        patient=P1,
        code=PENICILLIN,
        verificationStatus=VERIFIED,
    ),
    both(
        "NutritionOrder",
        {"patient": P1, "enteralFormula": {"baseFormulaType": ENTERAL, "routeofAdministration": TUBE}},
        {"subject": P1, "enteralFormula": {"baseFormulaType": {"concept": ENTERAL}, "routeOfAdministration": TUBE}},
        status="active",
        intent="order",
        dateTime="2026-06-01",
    ),
    both(
        "ResearchSubject",
        {"individual": P1, "status": "on-study"},
        {"subject": P1, "status": "active", "progress": [{"subjectState": ON_STUDY, "startDate": "2026-05-04"}]},
        study={"reference": f"ResearchStudy/{NCT}"},
        period={"start": "2026-05-04"},
    ),
    both(
        "Consent",
        {
            "patient": P1,
            "scope": RESEARCH,
            "category": [RESEARCH],
            "policyRule": RESEARCH,
            "dateTime": "2026-06-01",
            "provision": {"type": "permit", "data": DATA},
        },
        {
            "subject": P1,
            "category": [RESEARCH],
            "date": "2026-06-01",
            "decision": "permit",
            "provision": [{"data": DATA}],
        },
        status="active",
    ),
    both(
        "Procedure",
        {"category": SURGERY, "performedDateTime": "2026-05-04"},
        {"category": [SURGERY], "occurrenceDateTime": "2026-05-04"},
        subject=P1,
        status="completed",
        code=GASTROSTOMY,
    ),
    both(
        "MedicationRequest",
        {"status": "completed", "medicationCodeableConcept": RILUZOLE},
        {"status": "ended", "medication": {"concept": RILUZOLE}},
        subject=P1,
        intent="order",
        dosageInstruction=[{"route": TUBE}],
    ),
    both(
        "MedicationAdministration",
        {"medicationCodeableConcept": RILUZOLE, "effectiveDateTime": "2026-05-04"},
        {"medication": {"concept": RILUZOLE}, "occurenceDateTime": "2026-05-04"},
        subject=P1,
        status="completed",
    ),
    both(
        "QuestionnaireResponse",
        {},
        {"questionnaire": "http://x.org/q"},
        subject=P1,
        status="completed",
        authored="2026-06-01",
        questionnaire="http://x.org/q",
        item=[{"linkId": "1", "item": [{"linkId": "2", "answer": [{"valueBoolean": True}]}]}],
    ),
    both(
        "Observation",
        {},
        {},
        subject=P1,
        status="final",
        code=FVC,
        valueQuantity=percent(84),
        method=TUBE,
        referenceRange=[{"high": percent(120), "age": {"low": {"value": 18, "unit": "a"}}}],
    ),
]


@pytest.mark.parametrize(("r4", "r5"), ALIKE)
def test_what_is_the_same_in_r4_and_r5_is_the_same_fact(r4: dict[str, Any], r5: dict[str, Any]) -> None:
    """Both are valid in their version, and nothing in the facts tells one from the other."""
    for package, resource in ((R4, r4), (R5, r5)):
        kind = resource["resourceType"]
        getattr(import_module(f"{package}.{kind.lower()}"), kind).model_validate(resource)
    assert facts(r4) == facts(r5)
    assert facts(r4).issues == ()


def test_the_use_of_a_device_is_the_same_in_r4_and_r5() -> None:
    """A DeviceUseStatement and a DeviceUsage differ in nothing but their names."""
    device = {"resourceType": "Device", "id": "d", "type": TUBE}
    use = {"id": "u", "status": "active", "timingDateTime": "2026-05-04"}
    r4 = {"resourceType": "DeviceUseStatement", "subject": P1, "device": {"reference": "Device/d"}} | use
    r5 = {"resourceType": "DeviceUsage", "patient": P1, "device": {"reference": {"reference": "Device/d"}}} | use
    import_module(f"{R4}.deviceusestatement").DeviceUseStatement.model_validate(r4)
    import_module(f"{R5}.deviceusage").DeviceUsage.model_validate(r5)
    (first,), (second,) = facts(device, r4).devices, facts(device | {"type": [TUBE]}, r5).devices
    assert (first.codings, first.status, first.when) == (second.codings, second.status, second.when)
    assert first.concepts == second.concepts == {"nasogastric-tube"}
