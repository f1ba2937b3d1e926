"""FHIR R4 records in few words, and what the shipped trials say of them: the whole way from a Bundle to a verdict."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from alsfhir.criteria.mapping import known_trials
from alsfhir.eligibility.record import CriterionRecord, ScreeningRecord
from alsfhir.pipeline import Question, answer, criteria_of, known

AS_OF = date(2026, 6, 30)
SNOMED, LOINC, UCUM = "http://snomed.info/sct", "http://loinc.org", "http://unitsofmeasure.org"
ICD10, ICD10CM = "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM, ATC = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
LOCAL, HL7 = "http://alsfhir.org/fhir/CodeSystem/als", "http://terminology.hl7.org/CodeSystem"
SUBJECT = {"reference": "Patient/p"}

Resource = dict[str, Any]


def concept(system: str, code: str, display: str | None = None) -> Resource:
    """A CodeableConcept of one coding."""
    return {"coding": [{"system": system, "code": code, **({"display": display} if display else {})}]}


def _resource(kind: str, code: Resource, elements: Resource) -> Resource:
    """A resource about the patient with an id of its own; elements that are ``None`` are left out."""
    coding = (code.get("coding") or [{}])[0]
    made = {"resourceType": kind, "id": f"{kind.lower()}-{coding.get('code', 'text')}", "code": code}
    return {name: value for name, value in (made | {"subject": SUBJECT} | elements).items() if value is not None}


def patient(**elements: Any) -> Resource:
    """A woman of 40, with the elements replaced or added."""
    made = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1986-01-31"} | elements
    return {name: value for name, value in made.items() if value is not None}


def entry(
    system: str, code: str, *, clinical: str | None = None, verification: str | None = None, **more: Any
) -> Resource:
    """A Condition, without statuses and dates unless given."""
    states = {
        "clinicalStatus": clinical and concept(f"{HL7}/condition-clinical", clinical),
        "verificationStatus": verification and concept(f"{HL7}/condition-ver-status", verification),
    }
    return _resource("Condition", concept(system, code), states | more)


ALS = entry(SNOMED, "86044005", clinical="active", verification="confirmed")


def quantity(written: str) -> Resource:
    """``<70 %``, ``3.1 L`` in UCUM, or ``82`` without a unit."""
    number, _, unit = written.partition(" ")
    digits = number.lstrip("<>=")
    comparator = number.removesuffix(digits)
    return {
        "value": json.loads(digits),
        **({"comparator": comparator} if comparator else {}),
        **({"unit": unit, "system": UCUM, "code": unit} if unit else {}),
    }


def result(code: str, value: str | None, on: str | None = "2026-06-20", **more: Any) -> Resource:
    """A final Observation under a LOINC code, or one of our own; ``high`` is the upper limit of normal."""
    system = LOINC if code[:1].isdigit() else LOCAL
    high = more.pop("high", None)
    elements: Resource = {
        "status": "final",
        "effectiveDateTime": on,
        "valueQuantity": quantity(value) if value else None,
        "referenceRange": [{"high": quantity(high)}] if high else None,
    }
    return _resource("Observation", concept(system, code), elements | more)


def category(name: str, code: str, on: str = "2026-06-20", **more: Any) -> Resource:
    """An Observation of one of our own categories."""
    return result(name, None, on, valueCodeableConcept=concept(LOCAL, code), **more)


def order(system: str, code: str, authored: str | None = "2026-01-10", **more: Any) -> Resource:
    """An active MedicationRequest."""
    made = _resource(
        "MedicationRequest", concept(system, code), {"status": "active", "intent": "order", "authoredOn": authored}
    )
    made["medicationCodeableConcept"] = made.pop("code")
    return {name: value for name, value in (made | more).items() if value is not None}


def statement(system: str, code: str, period: str | None, status: str = "active", **more: Any) -> Resource:
    """A MedicationStatement about a period ``2026-01-01/2026-03-01``, open where an end is empty."""
    start, _, end = (period or "").partition("/")
    effective = {name: day for name, day in (("start", start), ("end", end)) if day}
    made = _resource(
        "MedicationStatement", concept(system, code), {"status": status, "effectivePeriod": effective or None}
    )
    made["medicationCodeableConcept"] = made.pop("code")
    return {name: value for name, value in (made | more).items() if value is not None}


def done(code: str, on: str | None = None, status: str = "completed", **more: Any) -> Resource:
    """A Procedure under a SNOMED CT code."""
    return _resource("Procedure", concept(SNOMED, code), {"status": status, "performedDateTime": on} | more)


def given(system: str, code: str, on: str, status: str = "completed", **more: Any) -> Resource:
    """A MedicationAdministration at a time, or over a period ``2026-01-01/2026-03-01``."""
    start, _, end = on.partition("/")
    when: Resource = {"effectivePeriod": {"start": start, "end": end}} if end else {"effectiveDateTime": on}
    made = _resource("MedicationAdministration", concept(system, code), {"status": status} | when)
    made["medicationCodeableConcept"] = made.pop("code")
    return {name: value for name, value in (made | more).items() if value is not None}


def device(code: str, status: str = "active", **more: Any) -> Resource:
    """A Device of the patient, as R4 has it."""
    kind = concept(SNOMED if code[:1].isdigit() else LOCAL, code)
    return {"resourceType": "Device", "id": f"device-{code}", "status": status, "type": kind, "patient": SUBJECT} | more


def fed(kind: Resource | None = None, status: str = "active", **more: Any) -> Resource:
    """A NutritionOrder of enteral nutrition by a route, which is left out unless given."""
    route = {"routeofAdministration": kind} if kind else {}
    elements = {"status": status, "intent": "order", "dateTime": "2026-06-01", "enteralFormula": route or {"text": "x"}}
    return {"resourceType": "NutritionOrder", "id": "nutrition", "patient": SUBJECT} | elements | more


def in_trial(trial: str | None, period: str | None = None, status: str = "on-study", **more: Any) -> Resource:
    """A ResearchSubject; the study has that NCT id, or nothing is known of it."""
    start, _, end = (period or "").partition("/")
    days = {name: day for name, day in (("start", start), ("end", end)) if day}
    identifier = [{"system": "https://clinicaltrials.gov", "value": trial}]
    study = {"contained": [{"resourceType": "ResearchStudy", "id": "s", "identifier": identifier}]} if trial else {}
    made = {"resourceType": "ResearchSubject", "id": "subject", "status": status, "individual": SUBJECT}
    return made | study | {"study": {"reference": "#s" if trial else "ResearchStudy/other"}, "period": days} | more


def consented(trial: str | None, **more: Any) -> Resource:
    """An active Consent to research; the study that it is to has that NCT id, or nothing is known of it."""
    made = {"resourceType": "Consent", "id": "consent", "status": "active", "patient": SUBJECT}
    policy = [{"uri": f"https://clinicaltrials.gov/study/{trial}"}] if trial else None
    elements = {"scope": concept(f"{HL7}/consentscope", "research"), "dateTime": "2026-06-01", "policy": policy}
    return {name: value for name, value in (made | elements | more).items() if value is not None}


def of_family(system: str, code: str) -> Resource:
    """A FamilyMemberHistory of the mother."""
    mother = concept(f"{HL7}/v3-RoleCode", "MTH")
    made = {"resourceType": "FamilyMemberHistory", "id": "family", "status": "completed", "patient": SUBJECT}
    return made | {"relationship": mother, "condition": [{"code": concept(system, code)}]}


def in_words(text: str, resource: Resource) -> Resource:
    """The resource with a text in place of its codes."""
    name = next(name for name in ("code", "medicationCodeableConcept") if name in resource)
    return resource | {"id": "in-words", name: {"text": text}}


def case(said: str, expected: str, *resources: Resource, **options: Any) -> Any:
    """A case of a table of ``(expected, resources, options)``, named by what it says."""
    return pytest.param(expected, resources, options, id=said)


def bundle(*resources: Resource) -> bytes:
    """A collection Bundle of the resources, after a Patient if none is among them."""
    if not any(resource["resourceType"] == "Patient" for resource in resources):
        resources = (patient(), *resources)
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


@cache
def _criteria() -> Any:
    return criteria_of(known(known_trials()))


def screenings(*resources: Resource, as_of: date = AS_OF, **options: Any) -> tuple[ScreeningRecord, ...]:
    """The screenings of the one patient against all shipped trials."""
    return answer("test.json", bundle(*resources), Question(_criteria(), as_of, **options)).records


def criterion(number: str, *resources: Resource, **options: Any) -> CriterionRecord:
    """The result for one statement, such as ``NCT06765564-E12``."""
    asked = (c for c in _criteria() if number.startswith(c.trial))
    question = Question(tuple(asked), options.pop("as_of", AS_OF), **options)
    (found,) = answer("test.json", bundle(*resources), question).records
    return next(one for one in found.criteria if one.id == number)


def verdict(number: str, *resources: Resource, **options: Any) -> str:
    """The verdict on one statement."""
    return criterion(number, *resources, **options).verdict
