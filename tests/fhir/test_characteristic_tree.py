"""Tests of criterion trees read back from R5's characteristics."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given

import criterion_trees
from alsfhir.criteria import model
from alsfhir.criteria.model import Duration, Node
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.characteristic import characteristic, linked
from alsfhir.fhir.characteristic_tree import node_of
from alsfhir.fhir.primitives import string
from alsfhir.fhir.versions import FhirVersion
from trial_samples import TREES

NAMES = Names("http://base.test/fhir", FhirVersion.R5)
ENCODER = msgspec.json.Encoder(decimal_format="number")
ALS = model.Condition(concept="als", within=Duration(days=90))


def nothing_foreign(found: dict[str, Any]) -> dict[str, Any]:
    raise AssertionError(found)


def _in_fhir(element: Any) -> Any:
    """A node as a table, its questions without what FHIR cannot hold."""
    if isinstance(element, dict):
        return {k: (string(v) or "") if k == "question" else _in_fhir(v) for k, v in element.items()}
    return tuple(_in_fhir(member) for member in element) if isinstance(element, tuple) else element


def _broken(node: Node, **changed: Any) -> dict[str, Any]:
    return {**characteristic(node, NAMES), **changed}


TIMED = {"eventCodeableConcept": {"text": "x"}}
NOT_OURS_ANY_MORE = {
    "a window without an end": _broken(ALS, timeFromEvent=[{**TIMED, "range": {}}]),
    "half a month": _broken(ALS, timeFromEvent=[{**TIMED, "range": {"low": {"value": Decimal("-0.5"), "code": "mo"}}}]),
    "a unit that is none": _broken(ALS, durationQuantity={"value": 1, "code": "h"}),
    "a number of times that is none": _broken(ALS, instancesQuantity={"value": "x"}),
    "a text for an element": _broken(ALS, definitionByTypeAndValue="x"),
    "a judgement with three members": _broken(
        model.Judgement(question="Is it?", when=ALS),
        definitionByCombination={"code": "all-of", "characteristic": [characteristic(ALS, NAMES)] * 3},
    ),
    "a bracket of nothing": _broken(model.Not(of=model.Not(of=ALS)), definitionByCombination={"characteristic": []}),
}


@pytest.mark.parametrize("broken", NOT_OURS_ANY_MORE.values(), ids=NOT_OURS_ANY_MORE.keys())
def test_what_was_damaged_is_refused(broken: dict[str, Any]) -> None:
    """A tree is never guessed from half of one."""
    with pytest.raises(ValueError, match=r"."):
        node_of(broken, nothing_foreign)


@given(criterion_trees.TREES)
def test_any_tree_survives_the_way_into_r5_and_json_and_back(node: Node) -> None:
    """What is published is what is decided by, to the last digit."""
    text = ENCODER.encode(linked(characteristic(node, NAMES), "I01")).decode()
    read = node_of(json.loads(text, parse_float=Decimal), nothing_foreign)
    assert msgspec.to_builtins(read) == _in_fhir(msgspec.to_builtins(node))


@pytest.mark.parametrize("node", TREES)
def test_what_stands_in_r5s_elements_is_read_from_there(node: Node) -> None:
    """The samples survive without JSON, under another base as well."""
    assert node_of(characteristic(node, Names("http://other.test", FhirVersion.R5)), nothing_foreign) == node


def test_an_edited_bound_is_the_bound() -> None:
    """Whoever changes R5's own elements changes the criterion: nothing of it is kept a second time."""
    text = ENCODER.encode(characteristic(model.Age(at_least=18), NAMES)).decode()
    assert node_of(json.loads(text.replace("18", "21")), nothing_foreign) == model.Age(at_least=21)
