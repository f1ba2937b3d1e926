"""Structures out of resources in which some elements have the wrong JSON type."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from alsfhir.patient.condition import ConditionResource
from alsfhir.patient.decoded import MAX_BROKEN, Broken, decoded
from alsfhir.patient.observation import ObservationResource
from patient_samples import condition, facts, observation, percent, texts
from patient_samples import drug as drug_resource
from patient_samples import procedure as procedure_resource

OBSERVATION = msgspec.json.Decoder(ObservationResource)


def paths(value: Any) -> list[str]:
    return [each.path for each in decoded(OBSERVATION, json.dumps(value).encode())[1]]


@pytest.mark.parametrize("data", [b"[]", b"5", b"null", b'"x"', b"{", b""])
def test_what_is_no_object_is_given_up(data: bytes) -> None:
    """The whole of the wrong type, or no JSON, is an error."""
    with pytest.raises(msgspec.DecodeError):
        decoded(OBSERVATION, data)


def test_an_essential_element_is_not_left_out() -> None:
    """What a resource cannot be read without is an error, also deep inside of it."""
    with pytest.raises(msgspec.ValidationError, match=r"code\.coding"):
        decoded(OBSERVATION, b'{"valueQuantity": 5, "code": {"coding": 5}}', frozenset({"code"}))


def test_too_many_broken_elements_are_given_up() -> None:
    """The time it takes is bounded: twenty elements are put aside, not twenty thousand."""
    many: list[Any] = [5] * MAX_BROKEN
    assert len(paths({"interpretation": many})) == MAX_BROKEN
    with pytest.raises(msgspec.ValidationError):
        paths({"interpretation": [*many, 5]})


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"valueQuantity": "40 %"}, "valueQuantity"),
        ({"code": {"coding": {}}}, "code.coding"),
        ({"referenceRange": [{}, {"low": 5}]}, "referenceRange[1].low"),
        ({"component": [None, {"valueQuantity": []}]}, "component[1].valueQuantity"),
        ({"component": {}}, "component"),
    ],
)
def test_the_smallest_broken_element_is_left_out(value: Any, path: str) -> None:
    """Its path is told, and it is as if it were not there."""
    assert paths(value) == [path]


def test_what_stands_beside_is_read_to_the_digit() -> None:
    """Other elements are kept as they are written."""
    data = b'{"focus": 5, "status": "final", "valueQuantity": {"value": 1.500}, "effectivePeriod": true}'
    found, broken = decoded(OBSERVATION, data)
    assert (found.status, found.focus, found.effective_period) == ("final", None, None)
    assert found.value_quantity is not None
    assert bytes(found.value_quantity.value) == b"1.500"
    assert {each.path for each in broken} == {"focus", "effectivePeriod"}


def test_nothing_broken_is_nothing_left_out() -> None:
    """A resource as FHIR has it is simply decoded."""
    assert decoded(msgspec.json.Decoder(ConditionResource), b'{"onsetAge": {}}')[1] == ()


@pytest.mark.parametrize(
    ("path", "inside", "element"),
    [
        ("valueQuantity", "", "valueQuantity"),
        ("focus[0]", "", "focus"),
        ("component[0].valueQuantity.unit", "component[0].", "valueQuantity"),
    ],
)
def test_the_element_of_a_path_is_the_outermost(path: str, inside: str, element: str) -> None:
    """Inside a component it is the component's."""
    assert Broken(path, "").element(inside) == element


VALUES: list[dict[str, Any]] = [
    {"valueQuantity": "40 %"},
    {"valueQuantity": [40]},
    {"valueQuantity": None, "valueCodeableConcept": "definite"},
    {"valueQuantity": None, "valueCodeableConcept": {"coding": {}}},
    {"dataAbsentReason": "unknown"},
]


@pytest.mark.parametrize("elements", VALUES)
def test_a_broken_value_stands_in_the_way(elements: dict[str, Any]) -> None:
    """It keeps code, date and status, is unusable, and is listed once, as an error that quotes nothing."""
    found = facts(observation(**elements))
    (fact,) = found.observations
    assert (set(fact.concepts), fact.status) == ({"fvc-percent-predicted"}, "final")
    assert fact.when is not None
    assert fact.unusable is not None
    assert fact.unusable.endswith("is of the wrong type")
    assert [issue.severity for issue in found.issues] == ["error"]
    assert found.unreadable == frozenset()


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"effectivePeriod": "2026", "effectiveDateTime": None}, "effectivePeriod is of the wrong type"),
        ({"subject": "Patient/p1"}, "it does not say whom it is about"),
        ({"focus": "fetus"}, "focus is of the wrong type"),
        ({"referenceRange": 5}, None),
        ({"referenceRange": [{"high": 5}]}, None),
        ({"interpretation": "L"}, None),
    ],
)
def test_what_is_broken_around_a_value_matters_if_the_value_depends_on_it(
    elements: dict[str, Any], unusable: str | None
) -> None:
    """A value without its range or interpretation is a value; one of an unknown day or person is unusable."""
    found = facts(observation(**elements))
    assert [fact.unusable for fact in found.observations] == [unusable]
    assert "error" in [issue.severity for issue in found.issues]


def test_a_broken_component_costs_no_other_one() -> None:
    """A component with a broken value is unusable; one with a broken code may be anything."""
    parts = [
        {"code": observation()["code"], "valueQuantity": "40 %"},
        {"code": observation()["code"], "valueQuantity": percent(80)},
    ]
    found = facts(observation(valueQuantity=None, component=parts))
    assert [fact.unusable for fact in found.observations] == ["valueQuantity is of the wrong type", None]
    assert found.unreadable == frozenset()
    assert texts(found) == [
        "error Observation/o1: Observation.component[0].valueQuantity: Expected `object | null`, got `str`: not read"
    ]
    for broken in (5, {"code": "FVC", "valueQuantity": percent(40)}, {"code": {"coding": 5}}):
        found = facts(observation(valueQuantity=None, component=[parts[1], broken]))
        assert found.unreadable == {"Observation"}
        assert found.observations[0].unusable is None
    assert facts(observation(component={})).unreadable == {"Observation"}


def test_what_was_entered_in_error_is_not_broken() -> None:
    """What does not exist needs no value of the right type."""
    found = facts(observation(status="entered-in-error", valueQuantity="40 %"))
    assert texts(found) == ["information Observation: 1 not used: entered in error"]


@pytest.mark.parametrize(
    ("elements", "attribute", "value"),
    [
        ({"onsetAge": 54}, "onset_text", "unreadable"),
        ({"onsetPeriod": "2025"}, "onset_text", "unreadable"),
        ({"abatementPeriod": "2025"}, "abated", True),
        ({"clinicalStatus": 5}, "clinical", "unknown"),
        ({"verificationStatus": 5}, "unusable", "verificationStatus is of the wrong type"),
        ({"severity": 5}, "severity", ()),
        ({"extension": {}}, "diagnosed", None),
    ],
)
def test_a_diagnosis_survives_what_is_broken_around_it(elements: dict[str, Any], attribute: str, value: object) -> None:
    """The code stays, and what could not be read is not taken for missing."""
    found = facts(condition(**elements))
    (fact,) = found.conditions
    assert fact.concepts == {"als"}
    assert getattr(fact, attribute) == value
    assert [issue.severity for issue in found.issues] == ["error"]
    assert found.unreadable == frozenset()


def test_a_broken_stage_may_be_the_category() -> None:
    """A stage may say the category of the disease: without it, conditions are not all read."""
    found = facts(condition(stage=[{"summary": "definite"}]))
    assert [fact.concepts for fact in found.conditions] == [{"als"}]
    assert found.unreadable == {"Condition"}


def test_a_procedure_survives_a_broken_date() -> None:
    """It is undated; done to nobody knows whom, it is unusable."""
    (fact,) = facts(procedure_resource(performedPeriod="2025")).procedures
    assert (fact.when, fact.unusable) == (None, None)
    (fact,) = facts(procedure_resource(focus="donor")).procedures
    assert fact.unusable == "focus is of the wrong type"


@pytest.mark.parametrize(
    ("kind", "elements", "unusable"),
    [
        ("MedicationRequest", {"dosageInstruction": [5]}, "dosageInstruction is of the wrong type"),
        ("MedicationStatement", {"effectivePeriod": "2025"}, "effectivePeriod is of the wrong type"),
        ("MedicationDispense", {"daysSupply": 30}, "daysSupply is of the wrong type"),
    ],
)
def test_a_drug_with_a_broken_dosage_or_time_is_unusable(kind: str, elements: dict[str, Any], unusable: str) -> None:
    """It is still a fact about that drug."""
    found = facts(drug_resource(kind, **elements))
    (fact,) = found.drugs
    assert (set(fact.concepts), fact.unusable) == ({"riluzole"}, unusable)
    assert [issue.severity for issue in found.issues] == ["error"]
