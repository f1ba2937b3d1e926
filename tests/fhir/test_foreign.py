"""Tests of another's characteristics as criterion trees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alsfhir.criteria import model
from alsfhir.criteria.model import Node
from alsfhir.fhir.characteristic_tree import node_of
from alsfhir.fhir.foreign import Circular, ForeignReader, TooMany
from alsfhir.fhir.foreign_text import text_of
from alsfhir.terminology import terminology

UCUM = "http://unitsofmeasure.org"
BMI = {"coding": [{"system": "http://loinc.org", "code": "39156-5"}], "text": "BMI"}
AGE = {"coding": [{"system": "http://loinc.org", "code": "30525-0"}]}


def quantity(value: Any, code: str = "kg/m2", comparator: str | None = ">=", system: str = UCUM) -> dict[str, Any]:
    sign = {"comparator": comparator} if comparator else {}
    return {**sign, "value": value, "system": system, "code": code}


def typed(kind: dict[str, Any], **value: Any) -> dict[str, Any]:
    return {"definitionByTypeAndValue": {"type": kind, **value}}


FIFTY = quantity(50, "%")
BOUNDED = typed(BMI, valueQuantity=quantity(Decimal("18.5")))


def read(characteristic: dict[str, Any], **links: dict[str, Any]) -> Node:
    return node_of(characteristic, ForeignReader(links, terminology()))


FOR_A_PERSON = {
    "no definition": {},
    "an expression": {"definitionExpression": {"language": "text/cql", "expression": "Walks"}},
    "a reference": {"definitionReference": {"reference": "Group/1"}},
    "an equality": typed(BMI, valueQuantity=quantity(Decimal(20), comparator=None)),
    "our code beside another": typed(
        {"coding": [*BMI["coding"], {"system": "http://loinc.org", "code": "0000-0"}]}, valueQuantity=quantity(1)
    ),
    "one code of several": typed({"coding": [{"system": "http://loinc.org", "code": "19873-9"}]}, valueQuantity=FIFTY),
    "another code": typed({"coding": [{"system": "http://loinc.org", "code": "0000-0"}]}, valueQuantity=quantity(1)),
    "a code of several concepts of ours": typed(
        {"coding": [*BMI["coding"], {"system": "http://loinc.org", "code": "29463-7"}]}, valueQuantity=quantity(1)
    ),
    "another system of units": typed(BMI, valueQuantity=quantity(1, system="urn:x")),
    "a unit in words": typed(BMI, valueQuantity={"comparator": ">=", "value": 1, "unit": "kg/m2"}),
    "two units": typed(BMI, valueRange={"low": quantity(1, comparator=None), "high": quantity(2, "g/m2", None)}),
    "an age in months": typed(AGE, valueQuantity=quantity(18, "mo")),
    "half a year": typed(AGE, valueQuantity=quantity(Decimal("18.5"), "a")),
    "a method": {"definitionByTypeAndValue": {**BOUNDED["definitionByTypeAndValue"], "method": [{"text": "x"}]}},
    "a time": {**BOUNDED, "timeFromEvent": [{"description": "at rest"}]},
    "a duration": {**BOUNDED, "durationQuantity": quantity(1, "d")},
    "a modifier": {**BOUNDED, "modifierExtension": [{"url": "urn:x", "valueBoolean": True}]},
    "at least two of": {"definitionByCombination": {"code": "at-least", "threshold": 2, "characteristic": [BOUNDED]}},
    "a combination with a modifier": {
        "definitionByCombination": {"code": "all-of", "characteristic": [BOUNDED]},
        "modifierExtension": [{"url": "urn:x", "valueBoolean": True}],
    },
    "a definition that is nowhere": {"definitionId": "nowhere"},
    "a definition and another": {**BOUNDED, "definitionCodeableConcept": {"text": "Walks"}},
    "an element that is unknown": {**BOUNDED, "somethingNew": True},
    "an exclusion that is not known": {**BOUNDED, "_exclude": {"extension": []}},
    "an end of a range that is open": typed(BMI, valueRange={"low": quantity(18, comparator=">")}),
    "a range of nothing": typed(BMI, valueRange={}),
    "a quantity that says more": typed(BMI, valueQuantity={**quantity(18), "_value": {"extension": []}}),
    "any two of": {"definitionByCombination": {"code": "any-of", "threshold": 2, "characteristic": [BOUNDED]}},
    "a combination that is modified inside": {
        "definitionByCombination": {"code": "all-of", "characteristic": [BOUNDED], "modifierExtension": []}
    },
}


@pytest.mark.parametrize("characteristic", FOR_A_PERSON.values(), ids=FOR_A_PERSON.keys())
def test_what_is_not_read_without_a_doubt_is_put_to_a_person(characteristic: dict[str, Any]) -> None:
    """With its own words; nothing is guessed."""
    node = read(characteristic)
    assert isinstance(node, model.Judgement)
    assert node.question == f"Is this true of the patient: {text_of(characteristic)}?"


def test_a_definition_by_itself_is_a_circle() -> None:
    """However long the way round."""
    with pytest.raises(Circular, match="a"):
        read({"definitionId": "a"}, a={"definitionId": "b"}, b={"definitionId": "a"})


def test_what_is_known_of_a_number_is_shown_to_the_person() -> None:
    """One code of several may mean less than all of them do: it is not the measurement that we know."""
    node = read(FOR_A_PERSON["one code of several"])
    assert isinstance(node, model.Judgement)
    assert node.show == ("fvc-percent-predicted",)


@pytest.mark.parametrize("links", [{"a": {**BOUNDED, "exclude": True}}, {}])
def test_a_definition_by_what_is_excluded_or_not_there_is_for_a_person(links: dict[str, Any]) -> None:
    """Whether the exclusion holds here as well, FHIR does not say."""
    assert isinstance(read({"definitionId": "a"}, **links), model.Judgement)


def test_definitions_that_unfold_without_end_are_too_many() -> None:
    """Each of forty is twice the next one."""
    twice = {
        f"n{n}": {"definitionByCombination": {"code": "all-of", "characteristic": [{"definitionId": f"n{n + 1}"}] * 2}}
        for n in range(40)
    }
    with pytest.raises(TooMany):
        read({"definitionId": "n0"}, **twice, n40=BOUNDED)


def test_bounds_in_known_units_are_read() -> None:
    """A measurement by its code, an age by LOINC's."""
    assert read(BOUNDED) == model.Measurement(concept="bmi", unit="kg/m2", at_least=Decimal("18.5"))
    ends = {"low": quantity(18, "a", None), "high": quantity(75, "a", None)}
    assert read(typed(AGE, valueRange=ends)) == model.Age(at_least=18, at_most=75)
    assert read(typed(AGE, valueQuantity=quantity(18, "a", ">"))) == model.Age(more_than=18)


def test_logic_is_read_and_what_it_joins_as_far_as_possible() -> None:
    """One member that is for a person does not cost the others."""
    members = [{**BOUNDED, "exclude": True}, {"definitionId": "there"}, {"description": "Walks."}]
    node = read({"definitionByCombination": {"code": "any-of", "characteristic": members}}, there=BOUNDED)
    bmi = model.Measurement(concept="bmi", unit="kg/m2", at_least=Decimal("18.5"))
    walks = model.Judgement(question="Is this true of the patient: Walks?")
    assert node == model.AnyOf(of=(model.Not(of=bmi), bmi, walks))
