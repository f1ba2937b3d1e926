"""Tests of the criterion tree as an extension, and back."""

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
from alsfhir.fhir.criterion_tree import tree, tree_extension
from alsfhir.fhir.primitives import string
from trial_samples import HOSTILE, TREES

NAMES = Names("http://base.test/fhir")
ENCODER = msgspec.json.Encoder(decimal_format="number")


def _in_fhir(element: Any) -> Any:
    """A node as a table, its questions without what FHIR cannot hold."""
    if isinstance(element, dict):
        return {k: (string(v) or "") if k == "question" else _in_fhir(v) for k, v in element.items()}
    return tuple(_in_fhir(member) for member in element) if isinstance(element, tuple) else element


def _node(link_id: str, kind: str, *parts: dict[str, Any]) -> dict[str, Any]:
    placed = [{"url": "link-id", "valueString": link_id}, {"url": "is", "valueCode": kind}]
    return {"url": "node", "extension": [*placed, *parts]}


def _within(value: Any) -> dict[str, Any]:
    return {"url": "within", "valueDuration": {"value": value, "code": "mo"}}


NO_TREES = {
    "nothing": [],
    "a text": "text",
    "a node without parts": [{"url": "node"}],
    "a node without a place": [{"url": "node", "extension": [{"url": "is", "valueCode": "pregnancy"}]}],
    "a node of no kind": [{"url": "node", "extension": [{"url": "link-id", "valueString": "1"}]}],
    "an unknown kind": [_node("1", "no-such-node")],
    "a part without a value": [_node("1", "age", {"url": "at-least"})],
    "an unknown part": [_node("1", "age", {"url": "foreign", "valueCode": "x"})],
    "a bound that is no number": [_node("1", "age", {"url": "at-least", "valueCode": "x"})],
    "hours": [_node("1", "other-trial", {"url": "within", "valueDuration": {"value": 1, "code": "h"}})],
    "half a month": [_node("1", "other-trial", _within(Decimal("0.5")))],
    "nothing negated": [_node("1", "not")],
    "two things negated": [_node("1", "not"), _node("1.1", "pregnancy"), _node("1.2", "pregnancy")],
    "a node below an atom": [_node("1", "pregnancy"), _node("1.1", "pregnancy")],
    "two roots": [_node("1", "pregnancy"), _node("2", "pregnancy")],
    "one place twice": [_node("1", "all-of"), _node("1.1", "pregnancy"), _node("1.1", "breastfeeding")],
    "a node before the one above it": [_node("1.1", "pregnancy"), _node("1", "not")],
    "too many levels": [_node(".".join("1" * depth), "not") for depth in range(1, 3000)],
    "a member that is a text": [_node("1", "all-of", {"url": "of", "valueCode": "x"}), _node("1.1", "pregnancy")],
}


@pytest.mark.parametrize("parts", NO_TREES.values(), ids=NO_TREES.keys())
def test_what_is_no_criterion_tree_is_refused(parts: Any) -> None:
    """A tree is never guessed from half of one."""
    with pytest.raises(ValueError, match=r"."):
        tree({"url": "u", "extension": parts})


@given(criterion_trees.TREES)
def test_a_tree_survives_the_way_into_fhir_and_json_and_back(node: Node) -> None:
    """What is published is what is decided by, to the last digit."""
    text = ENCODER.encode(tree_extension(node, NAMES)).decode()
    read = tree(json.loads(text, parse_float=Decimal))
    # As text, since Decimal("70.0") equals Decimal("70.00"), and is not the same.
    assert msgspec.to_builtins(read) == _in_fhir(msgspec.to_builtins(node))


@pytest.mark.parametrize("node", TREES)
def test_the_samples_survive_without_json(node: Node) -> None:
    """The extension holds the values themselves."""
    assert tree(tree_extension(node, Names())) == node


def test_a_question_that_fhir_cannot_hold_loses_only_what_it_cannot_hold() -> None:
    """Control characters go, the words stay; a blank question reads back as none."""
    read = tree(tree_extension(model.Judgement(question=HOSTILE), NAMES))
    assert isinstance(read, model.Judgement)
    assert read.question.startswith("ab <script>&amp;")
    assert tree(tree_extension(model.Attestation(question=" "), NAMES)) == model.Attestation(question="")


def test_a_bound_is_never_written_in_powers_of_ten() -> None:
    """Readers of FHIR disagree on exponents."""
    extension = tree_extension(model.Measurement(concept="alt", unit="U/L", at_most=Decimal("1E+2")), NAMES)
    assert b'"valueDecimal":100}' in ENCODER.encode(extension)


def test_nodes_are_placed_by_number_and_lengths_are_in_calendar_units() -> None:
    """The shape that the StructureDefinition describes."""
    within = model.OtherTrial(within=Duration(years=1, months=6))
    ucum = "http://unitsofmeasure.org"
    assert tree_extension(model.AllOf(of=(model.Pregnancy(), model.Not(of=within))), NAMES) == {
        "url": "http://base.test/fhir/StructureDefinition/criterion-tree",
        "extension": [
            _node("1", "all-of"),
            _node("1.1", "pregnancy"),
            _node("1.2", "not"),
            _node(
                "1.2.1",
                "other-trial",
                {"url": "within", "valueDuration": {"value": 1, "unit": "years", "system": ucum, "code": "a"}},
                {"url": "within", "valueDuration": {"value": 6, "unit": "months", "system": ucum, "code": "mo"}},
            ),
        ],
    }
