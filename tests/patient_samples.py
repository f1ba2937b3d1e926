"""Small resources to build records from, a terminology of a few concepts, and shortcuts to read them."""

from __future__ import annotations

import json
from typing import Any

from alsfhir.patient.model import (
    Allergy,
    Answer,
    Condition,
    Consent,
    Device,
    Drug,
    Facts,
    Nutrition,
    Observation,
    Participation,
    Procedure,
)
from alsfhir.patient.record import Records, read_records
from alsfhir.terminology import LOCAL_SYSTEM, UCUM, Code, Concept, Terminology
from alsfhir.units import Units

SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
HL7 = "http://terminology.hl7.org/CodeSystem/"

ALS = {"coding": [{"system": SNOMED, "code": "86044005"}]}
FVC = {"coding": [{"system": LOINC, "code": "19872-1"}]}
RILUZOLE = {"coding": [{"system": RXNORM, "code": "35623"}]}
GASTROSTOMY = {"coding": [{"system": SNOMED, "code": "54956002"}]}
PENICILLIN = {"coding": [{"system": SNOMED, "code": "764146007"}]}
HIVES = {"coding": [{"system": SNOMED, "code": "126485001"}]}
TUBE = {"coding": [{"system": SNOMED, "code": "17102003"}]}
ENTERAL = {"coding": [{"system": SNOMED, "code": "229912004"}]}
SURGERY = {"coding": [{"system": SNOMED, "code": "387713003"}]}
NCT = "NCT01494480"
P1 = {"reference": "Patient/p1"}
PATIENT = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1980-01-31"}


def _concept(system: str, code: str, unit: str | None = None) -> Concept:
    return Concept(label=code, unit=unit, codes=(Code(system=system, code=code, seen="a test"),))


TERMS = Terminology(
    {
        "als": _concept(SNOMED, "86044005"),
        "gastrostomy": _concept(SNOMED, "54956002"),
        "surgery": _concept(SNOMED, "387713003"),
        "penicillin": _concept(SNOMED, "764146007"),
        "hives": _concept(SNOMED, "126485001"),
        "nasogastric-tube": _concept(SNOMED, "17102003"),
        "enteral-nutrition": _concept(SNOMED, "229912004"),
        "abnormal": Concept(
            label="abnormal",
            codes=(Code(system=HL7 + "v3-ObservationInterpretation", code="H", seen="a test"),),
            words=("high", "h"),
        ),
        "riluzole": _concept(RXNORM, "35623"),
        "fvc-percent-predicted": _concept(LOINC, "19872-1", "%"),
        "norris-bulbar": _concept(LOCAL_SYSTEM, "norris-bulbar", "{score}"),
        "estimated-delivery-date": _concept(LOINC, "11778-8"),
    },
    {"urn:oid:2.16.840.1.113883.6.96": SNOMED, "urn:oid:2.16.840.1.113883.6.8": UCUM},
    Units(
        {"%": {}, "{score}": {}, "U/L": {}, "g/L": {"g/dL": "10"}, "mg": {"g": "1000", "ug": "1/1000"}}, {"U/l": "U/L"}
    ),
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


def dosage(amount: int = 50, start: str | None = "2026-05-04", **repeat: Any) -> dict[str, Any]:
    """50 mg twice a day since 4 May 2026, with the elements of its repeat replaced or added."""
    bounds = {"boundsPeriod": {"start": start}} if start else {}
    dose = {"value": amount, "unit": "mg", "system": UCUM, "code": "mg"}
    timing = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"} | bounds | repeat}
    return {"text": "as always", "timing": timing, "doseAndRate": [{"doseQuantity": dose}]}


def allergy(**elements: Any) -> dict[str, Any]:
    """An allergy to penicillin without any status, with the elements replaced or added."""
    base = {"resourceType": "AllergyIntolerance", "id": "a1", "code": PENICILLIN, "patient": P1}
    return without_none(base | elements)


def device(**elements: Any) -> dict[str, Any]:
    """A nasogastric tube of the patient, as R4 has it, with the elements replaced or added."""
    base = {"resourceType": "Device", "id": "d1", "status": "active", "type": TUBE, "patient": P1}
    return without_none(base | elements)


def device_use(kind: str = "DeviceUseStatement", **elements: Any) -> dict[str, Any]:
    """The use of Device/d1, active, in the form of R4 or (DeviceUsage) R5, with the elements replaced or added."""
    target = {"reference": "Device/d1"}
    r5 = kind == "DeviceUsage"
    whose = {"patient": P1, "device": {"reference": target}} if r5 else {"subject": P1, "device": target}
    return without_none({"resourceType": kind, "id": "u1", "status": "active"} | whose | elements)


def nutrition(**elements: Any) -> dict[str, Any]:
    """An active order of enteral nutrition, as R4 has it, with the elements replaced or added."""
    base = {"resourceType": "NutritionOrder", "id": "n1", "status": "active", "intent": "order", "patient": P1}
    formula = {"baseFormulaType": ENTERAL}
    return without_none(base | {"dateTime": "2026-06-01", "enteralFormula": formula} | elements)


def participation(**elements: Any) -> dict[str, Any]:
    """That the patient is on a study, as R4 has it, with the elements replaced or added."""
    base = {"resourceType": "ResearchSubject", "id": "r1", "status": "on-study", "individual": P1}
    return without_none(base | {"study": {"reference": "ResearchStudy/s1"}} | elements)


def study(**elements: Any) -> dict[str, Any]:
    """A study with its NCT id, with the elements replaced or added."""
    identifier = [{"system": "https://clinicaltrials.gov", "value": NCT}]
    return without_none(
        {"resourceType": "ResearchStudy", "id": "s1", "identifier": identifier, "title": "A study"} | elements
    )


def consent(**elements: Any) -> dict[str, Any]:
    """An active consent to research of the day, as R4 has it, with the elements replaced or added."""
    scope = {"coding": [{"system": HL7 + "consentscope", "code": "research"}]}
    base = {"resourceType": "Consent", "id": "k1", "status": "active", "patient": P1, "scope": scope}
    return without_none(base | {"dateTime": "2026-06-01"} | elements)


def response(*items: Any, **elements: Any) -> dict[str, Any]:
    """A completed questionnaire with these items, with the elements replaced or added."""
    base = {"resourceType": "QuestionnaireResponse", "id": "q1", "status": "completed", "subject": P1}
    return without_none(base | {"authored": "2026-06-01", "item": list(items)} | elements)


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


def one_allergy(**elements: Any) -> Allergy:
    """The fact of that allergy."""
    (found,) = facts(allergy(**elements)).allergies
    return found


def one_device(*resources: Any) -> Device:
    """The one fact of a device that these resources make."""
    (found,) = facts(*resources).devices
    return found


def one_nutrition(**elements: Any) -> Nutrition:
    """The fact of that order."""
    (found,) = facts(nutrition(**elements)).nutrition
    return found


def one_participation(*others: Any, **elements: Any) -> Participation:
    """The fact of that participation, beside other resources."""
    (found,) = facts(participation(**elements), *others).participations
    return found


def one_consent(*others: Any, **elements: Any) -> Consent:
    """The fact of that consent, beside other resources."""
    (found,) = facts(consent(**elements), *others).consents
    return found


def answers(*items: Any, **elements: Any) -> tuple[Answer, ...]:
    """The facts of a questionnaire with these items."""
    return facts(response(*items, **elements)).answers


def texts(found: Facts | Records) -> list[str]:
    """The issues as ``severity location: text``."""
    return [f"{issue.severity} {issue.location}: {issue.text}" for issue in found.issues]
