"""Resources are read one by one: a bad one costs itself, and what is not used is counted."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.patient.model import Fact
from patient_samples import (
    ALS,
    HL7,
    PATIENT,
    SNOMED,
    allergy,
    bundle,
    condition,
    drug,
    facts,
    observation,
    procedure,
    read,
    texts,
)

OTHER = PATIENT | {"id": "p2"}


@pytest.mark.parametrize(
    ("resource", "kind", "text"),
    [
        (observation(code="FVC"), "Observation", "Observation.code: Expected `object | null`, got `str`: not read"),
        (
            condition(code={"coding": {"code": "x"}}),
            "Condition",
            "Condition.code.coding: Expected `array | null`, got `object`: not read",
        ),
        (procedure(code=[]), "Procedure", "Procedure.code: Expected `object | null`, got `array`: not read"),
        (drug(contained=5), "MedicationRequest", ".contained: Expected `array | null`, got `int`: not read"),
    ],
)
def test_a_bad_shape_costs_the_resource_and_not_the_patient(resource: dict[str, Any], kind: str, text: str) -> None:
    """The issue names the resource and the element, never its content; the rest is read."""
    found = facts(resource, observation(id="good"), condition(id="good"))
    assert len(found.observations) + len(found.conditions) == 2
    assert found.unreadable == {kind}
    (issue,) = found.issues
    assert (issue.severity, issue.location) == ("error", f"{kind}/{resource['id']}")
    assert issue.text.endswith(text)


def test_what_cannot_be_read_may_be_anybodys_if_it_does_not_say() -> None:
    """A broken resource is counted with its patient; without a subject, with all of them."""
    broken = observation(code=5)
    found = read(bundle(PATIENT, OTHER, broken))
    assert [patient.unreadable for patient in found.patients] == [{"Observation"}, frozenset()]
    found = read(bundle(PATIENT, OTHER, broken | {"subject": None}))
    assert [patient.unreadable for patient in found.patients] == [{"Observation"}, {"Observation"}]
    assert texts(found) == ["error Observation/o1: Observation.code: Expected `object | null`, got `int`: not read"]


def test_what_is_no_resource_may_be_anything() -> None:
    """An entry without a type counts as unreadable in all types that are read."""
    (found,) = read(bundle(PATIENT, {"id": "x"})).patients
    assert {"Observation", "Condition", "Procedure", "MedicationRequest"} <= found.unreadable


def test_what_relatives_have_is_not_the_patients() -> None:
    """A family history makes no fact; that there is one is said, and of nobody it is nothing."""
    history = {"resourceType": "FamilyMemberHistory", "condition": [{"code": ALS}]}
    found = facts(history | {"patient": {"reference": "Patient/p1"}}, history)
    assert found.conditions == ()
    assert texts(found) == ["information FamilyMemberHistory: 1 not used: not the patient's own history"]


@pytest.mark.parametrize(
    "resource",
    [
        condition(code={"coding": [{"system": SNOMED, "code": "860 44005"}]}),
        observation(valueQuantity=None, valueCodeableConcept={"coding": [{"code": "a b", "display": "c"}]}),
        allergy(code={"coding": [{"system": SNOMED, "code": "7641\t46007"}], "text": "penicillin"}),
    ],
)
def test_a_code_with_blanks_in_it_is_listed(resource: dict[str, Any]) -> None:
    """It is no code that any concept knows; the fact stays as it is written."""
    found = facts(resource)
    (text,) = texts(found)
    assert text.endswith(": one of its codes has blanks in it: not known as a code")
    kept: list[Fact] = [*found.conditions, *found.observations, *found.allergies]
    assert [fact.unusable for fact in kept] == [None]


def test_a_code_with_blanks_around_it_is_that_code() -> None:
    """What stands around a code is no part of it."""
    found = facts(condition(code={"coding": [{"system": f" {SNOMED}", "code": " 86044005\n"}]}))
    assert [fact.concepts for fact in found.conditions] == [{"als"}]
    assert found.issues == ()


def test_types_that_do_not_matter_are_ignored() -> None:
    """Encounters and claims are no facts and no issues."""
    assert facts({"resourceType": "Encounter"}, {"resourceType": "Claim"}).issues == ()


def test_a_type_that_fhir_does_not_have_is_listed() -> None:
    """A resource of an unknown type is an error of the file, by its place."""
    found = read(bundle(PATIENT, {"resourceType": "Spaceship", "id": "s1"}))
    assert texts(found) == [
        "error Bundle.entry[1]: is of a type that FHIR R4, R4B and R5 do not have: not read",
    ]


def test_an_outcome_says_that_something_may_be_missing() -> None:
    """A server that reports a problem inside its answer may have left something out."""
    found = read(bundle(PATIENT, {"resourceType": "OperationOutcome", "issue": []}))
    assert [issue.severity for issue in found.issues] == ["warning"]


def test_the_same_problem_of_several_components_is_said_for_each() -> None:
    """Issues name the component."""
    found = facts(observation(valueQuantity=None, component=[{"code": {"text": "a"}}, {"code": {"text": "b"}}]))
    assert texts(found) == [
        "warning Observation/o1: component[0]: no value: not used",
        "warning Observation/o1: component[1]: no value: not used",
    ]


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        (5, "error Bundle.entry[2]: is not a resource: not read"),
        ({"id": "x"}, "error Bundle.entry[2]: has no resourceType: not read"),
        (
            {"resourceType": "Spaceship", "id": "s1"},
            "error Bundle.entry[2]: is of a type that FHIR R4, R4B and R5 do not have: not read",
        ),
        (
            {"resourceType": "Medication", "id": "m1", "code": 5},
            "error Medication/m1: Medication.code: Expected `object | null`, got `int`: not read",
        ),
        (
            observation(subject=None, code=5),
            "error Observation/o1: Observation.code: Expected `object | null`, got `int`: not read",
        ),
        (observation(subject=None), "warning Observation/o1: it does not say whom it is about: not used"),
    ],
)
def test_a_result_that_is_only_an_interpretation_is_not_called_unused() -> None:
    """Positive without a value is a result all the same."""
    flag = {"coding": [{"system": f"{HL7}v3-ObservationInterpretation", "code": "POS"}]}
    found = facts(observation(valueQuantity=None, interpretation=[flag]))
    assert texts(found) == ["warning Observation/o1: no value: its interpretation is all that can be used"]


def test_what_may_be_anybodys_is_an_issue_of_everybody(broken: Any, text: str) -> None:
    """What leaves a patient's criteria unknown is said with that patient, and once for the file."""
    found = read(bundle(PATIENT, OTHER, broken))
    assert texts(found) == [text]
    assert [texts(patient) for patient in found.patients] == [[text], [text]]


def test_what_is_surely_another_persons_is_nobodys_issue() -> None:
    """What the file says of people who are not in it does not concern its patients."""
    found = read(bundle(PATIENT, observation(subject={"reference": "Patient/p3"})))
    assert texts(found) == ["warning Patient/p3: is not a patient in the file: 1 Observation of it not used"]
    assert found.patients[0].issues == ()
