"""Tests of the resources with criteria, and what must all be true by them."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import InvalidCriteria
from alsfhir.fhir.criteria_resources import characteristics, criteria_resources, doubts, links, reference

WALKS = {"description": "Walks"}
CODED = {"code": {"text": "Gait"}, "valueBoolean": False}
TYPED = {"definitionByTypeAndValue": {"type": {"text": "Gait"}, "valueBoolean": False}}


def variable(**more: Any) -> dict[str, Any]:
    return {"resourceType": "EvidenceVariable", "characteristic": [WALKS, TYPED], **more}


def group(*listed: dict[str, Any], **more: Any) -> dict[str, Any]:
    held = {"resourceType": "Group", "type": "person", "membership": "definitional"}
    return {**held, "characteristic": list(listed), **more}


def combined(code: str, *listed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"definitionByCombination": {"code": code, "characteristic": list(listed), **more}}


@pytest.mark.parametrize("kind", ["animal", "practitioner", "device"])
def test_a_group_of_others_than_people_is_refused(kind: str) -> None:
    """Its criteria are not for patients."""
    with pytest.raises(InvalidCriteria, match="not one of people"):
        criteria_resources("f", group(CODED, type=kind))


def test_more_sets_than_there_are_trials_are_refused() -> None:
    """They would all be decided for every patient."""
    entries = [{"resource": variable(name=str(n))} for n in range(10_001)]
    with pytest.raises(InvalidCriteria, match="more than 10000 sets"):
        criteria_resources("f", {"resourceType": "Bundle", "entry": entries})


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [WALKS, TYPED]),
        ({"characteristicCombination": "intersection"}, [WALKS, TYPED]),
        ({"characteristicCombination": "union"}, [combined("any-of", WALKS, TYPED)]),
        ({"characteristicCombination": "xor"}, [combined("xor", WALKS, TYPED)]),
        ({"_characteristicCombination": {"extension": []}}, [combined("unknown", WALKS, TYPED)]),
    ],
)
def test_an_evidence_variable_of_r4b_says_how_it_combines(more: dict[str, Any], expected: list[Any]) -> None:
    """What we do not know stays one characteristic that is not read."""
    assert characteristics(variable(**more)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [TYPED, TYPED]),
        ({"combinationMethod": "all-of"}, [TYPED, TYPED]),
        ({"combinationMethod": "any-of"}, [combined("any-of", TYPED, TYPED)]),
        (
            {"combinationMethod": "at-least", "combinationThreshold": 1},
            [combined("at-least", TYPED, TYPED, threshold=1)],
        ),
        ({"code": {"text": "Women"}}, [{"definitionCodeableConcept": {"text": "Women"}}, TYPED, TYPED]),
    ],
)
def test_a_group_may_combine_and_be_of_something(more: dict[str, Any], expected: list[Any]) -> None:
    """R5's cannot combine, those after it can; ``code`` limits as a characteristic does."""
    assert characteristics(group(CODED, CODED, **more)) == expected


def test_what_limits_a_groups_characteristic_stands_beside_it() -> None:
    """Whether it is an element of this version or of a later one."""
    limits = {"period": {"start": "2026"}, "instancesQuantity": {"value": 2}, "exclude": True}
    assert characteristics(group({**CODED, **limits})) == [{**limits, **TYPED}]


def test_a_modifier_of_the_whole_stands_with_each() -> None:
    """So that none is read without it."""
    whole = [{"url": "urn:x"}]
    assert [one["modifierExtension"] for one in characteristics(variable(modifierExtension=whole))] == [[whole]] * 2


def test_a_link_id_that_several_have_leads_nowhere() -> None:
    """At whatever depth they stand."""
    one, two, three = ({"linkId": name, **WALKS} for name in ("a", "a", "b"))
    assert links([one, combined("all-of", two, three)]) == {"b": three}


def test_a_resource_is_named_by_its_id_if_that_is_one() -> None:
    """No message repeats what is none."""
    assert reference(variable(id="a-1")) == "EvidenceVariable/a-1"
    assert reference(variable(id="a\nb")) == reference(variable()) == "EvidenceVariable"


def test_a_group_out_of_use_and_a_status_that_is_none_are_doubts() -> None:
    """An active one raises none."""
    assert doubts(group(active=False)) == ("the Group is no longer in use",)
    assert doubts(variable(status="x")) == ("the EvidenceVariable has a status that FHIR does not have",)
    assert doubts(variable(status="active")) == ()
