"""DataRequirement: what would settle a screening, https://hl7.org/fhir/R4/metadatatypes.html#DataRequirement."""

from __future__ import annotations

from typing import Any

from alsfhir.eligibility.record import NeedRecord, ScreeningRecord
from alsfhir.fhir.canonical import Names
from alsfhir.terminology import UCUM, Concept, Terminology

REQUIREMENT_TEXT = "requirement-text"

_RESOURCE_TYPES = {
    "conditions": "Condition",
    "observations": "Observation",
    "medications": "MedicationRequest",
    "procedures": "Procedure",
}
# What a screening needs of the Patient itself, and the element that holds it.
_PATIENT_ELEMENTS = {"birth-date": "birthDate", "gender": "gender"}
# The elements of a Condition that say when it began, and when it was found.
_EVENT_PATHS = {
    "onset": "onset",
    "diagnosis": "extension('http://hl7.org/fhir/StructureDefinition/condition-assertedDate').value",
}
_DATE_PATHS = {"Observation": "effective", "Condition": "onset", "MedicationRequest": "authoredOn"}


def data_requirements(record: ScreeningRecord, terms: Terminology, names: Names) -> list[dict[str, Any]]:
    """What to fetch for the criteria that lack data, each datum once, in the order of the criteria.

    The words of the need are in the extension ``requirement-text``. A question to a person is no data requirement.
    Last stands the condition that the trial is for, if it is not confirmed.
    """
    needs = [need for criterion in record.criteria if criterion.outcome == "missing" for need in criterion.needs]
    if record.unconfirmed and record.unconfirmed.concept in terms.concepts:
        needs.append(record.unconfirmed)
    return [
        {"extension": [{"url": names.extension(REQUIREMENT_TEXT), "valueString": need.text}], **required}
        for need in dict.fromkeys(needs)
        if (required := _required(need, terms.concepts.get(need.concept)))
    ]


def _required(need: NeedRecord, concept: Concept | None) -> dict[str, Any]:
    if concept is None:
        element = _PATIENT_ELEMENTS.get(need.concept)
        return {"type": "Patient", "mustSupport": [element]} if element else {}
    resource_type = _RESOURCE_TYPES[concept.file]
    path = "medication" if resource_type == "MedicationRequest" else "code"
    codings = [{"system": code.system, "code": code.code} for code in concept.codes if code.code is not None]
    codes = {"codeFilter": [{"path": path, "code": codings}]} if codings else {}
    dates = {"mustSupport": [_EVENT_PATHS[need.event]]} if need.event else {}
    return {"type": resource_type, **dates, **codes, **_not_older_than(need, resource_type)}


def _not_older_than(need: NeedRecord, resource_type: str) -> dict[str, Any]:
    if need.max_age_days is None or resource_type not in _DATE_PATHS:
        return {}
    days = {"value": need.max_age_days, "unit": "days", "system": UCUM, "code": "d"}
    return {"dateFilter": [{"path": _DATE_PATHS[resource_type], "valueDuration": days}]}
