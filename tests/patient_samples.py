"""Small resources to build records from, a terminology of a few concepts, and shortcuts to read them."""

from __future__ import annotations

import json
from typing import Any

from alsfhir.patient.model import Condition, Drug, Facts, Observation, Procedure
from alsfhir.patient.record import Records, read_records
from alsfhir.terminology import LOCAL_SYSTEM, UCUM, Code, Concept, Terminology, Units

SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
HL7 = "http://terminology.hl7.org/CodeSystem/"

ALS = {"coding": [{"system": SNOMED, "code": "86044005"}]}
FVC = {"coding": [{"system": LOINC, "code": "19872-1"}]}
RILUZOLE = {"coding": [{"system": RXNORM, "code": "35623"}]}
GASTROSTOMY = {"coding": [{"system": SNOMED, "code": "54956002"}]}
PATIENT = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1980-01-31"}


def _concept(system: str, code: str, unit: str | None = None) -> Concept:
    return Concept(label=code, unit=unit, codes=(Code(system=system, code=code, seen="a test"),))


TERMS = Terminology(
    {
        "als": _concept(SNOMED, "86044005"),
        "gastrostomy": _concept(SNOMED, "54956002"),
        "riluzole": _concept(RXNORM, "35623"),
        "fvc-percent-predicted": _concept(LOINC, "19872-1", "%"),
        "norris-bulbar": _concept(LOCAL_SYSTEM, "norris-bulbar", "{score}"),
    },
    {"urn:oid:2.16.840.1.113883.6.96": SNOMED, "urn:oid:2.16.840.1.113883.6.8": UCUM},
    Units({"%": {}, "{score}": {}}, {}),
)


def without_none(resource: dict[str, Any]) -> dict[str, Any]:
    """The resource without the elements that are None, so that a test can take one away."""
    return {element: value for element, value in resource.items() if value is not None}


def observation(**elements: Any) -> dict[str, Any]:
    """A final vital capacity of 84 % on 16 June 2026, with the elements replaced or added."""
    return without_none(
        {
            "resourceType": "Observation",
            "id": "o1",
            "status": "final",
            "code": FVC,
            "subject": {"reference": "Patient/p1"},
            "effectiveDateTime": "2026-06-16",
            "valueQuantity": percent(84),
        }
        | elements
    )


def percent(value: Any) -> dict[str, Any]:
    """A Quantity in percent."""
    return {"value": value, "unit": "%", "system": UCUM, "code": "%"}


def condition(**elements: Any) -> dict[str, Any]:
    """An entry of ALS without any status, with the elements replaced or added."""
    subject = {"reference": "Patient/p1"}
    return without_none({"resourceType": "Condition", "id": "c1", "code": ALS, "subject": subject} | elements)


def procedure(**elements: Any) -> dict[str, Any]:
    """A completed gastrostomy, undated, with the elements replaced or added."""
    subject, base = {"reference": "Patient/p1"}, {"resourceType": "Procedure", "id": "x1", "status": "completed"}
    return without_none(base | {"code": GASTROSTOMY, "subject": subject} | elements)


def drug(kind: str = "MedicationRequest", **elements: Any) -> dict[str, Any]:
    """An active riluzole resource of a kind, with the elements replaced or added."""
    base = {"resourceType": kind, "id": "m1", "status": "active", "medicationCodeableConcept": RILUZOLE}
    return without_none(base | {"subject": {"reference": "Patient/p1"}} | elements)


def bundle(*resources: Any, **elements: Any) -> dict[str, Any]:
    """A collection Bundle of the resources, without fullUrls."""
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries} | elements


def read(value: Any) -> Records:
    """What is read of a JSON value."""
    return read_records("test.json", json.dumps(value).encode(), TERMS)


def facts(*resources: Any) -> Facts:
    """The facts about the one patient p1 from a Bundle of the resources."""
    (found,) = read(bundle(PATIENT, *resources)).patients
    return found


def one_observation(**elements: Any) -> Observation:
    """The one fact of that Observation."""
    (found,) = facts(observation(**elements)).observations
    return found


def one_condition(**elements: Any) -> Condition:
    """The fact of that Condition."""
    (found,) = facts(condition(**elements)).conditions
    return found


def one_procedure(**elements: Any) -> Procedure:
    """The fact of that Procedure."""
    (found,) = facts(procedure(**elements)).procedures
    return found


def one_drug(kind: str = "MedicationRequest", **elements: Any) -> Drug:
    """The fact of that resource about riluzole."""
    (found,) = facts(drug(kind, **elements)).drugs
    return found


def texts(found: Facts | Records) -> list[str]:
    """The issues as ``severity location: text``."""
    return [f"{issue.severity} {issue.location}: {issue.text}" for issue in found.issues]
