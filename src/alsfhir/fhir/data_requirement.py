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
_DATE_PATHS = {"Observation": "effective", "Condition": "onset", "MedicationRequest": "authoredOn"}


def data_requirements(record: ScreeningRecord, terms: Terminology, names: Names) -> list[dict[str, Any]]:
    """What to fetch for the criteria that lack data, each datum once, in the order of the criteria.

    The words of the need are in the extension ``requirement-text``. A datum that belongs to no concept is one of the
    patient's own, such as the birth date.
    """
    needs = (need for criterion in record.criteria if criterion.outcome == "missing" for need in criterion.needs)
    return [_requirement(need, terms.concepts.get(need.concept), names) for need in dict.fromkeys(needs)]


def _requirement(need: NeedRecord, concept: Concept | None, names: Names) -> dict[str, Any]:
    text = [{"url": names.extension(REQUIREMENT_TEXT), "valueString": need.text}]
    if concept is None:
        return {"extension": text, "type": "Patient"}
    resource_type = _RESOURCE_TYPES[concept.file]
    path = "medication" if resource_type == "MedicationRequest" else "code"
    codings = [{"system": code.system, "code": code.code} for code in concept.codes if code.code is not None]
    codes = {"codeFilter": [{"path": path, "code": codings}]} if codings else {}
    return {"extension": text, "type": resource_type, **codes, **_not_older_than(need, resource_type)}


def _not_older_than(need: NeedRecord, resource_type: str) -> dict[str, Any]:
    if need.max_age_days is None or resource_type not in _DATE_PATHS:
        return {}
    days = {"value": need.max_age_days, "unit": "days", "system": UCUM, "code": "d"}
    return {"dateFilter": [{"path": _DATE_PATHS[resource_type], "valueDuration": days}]}
