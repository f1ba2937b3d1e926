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


@pytest.mark.parametrize(
    "extension",
    [
        {},
        {"url": "u"},
        {"url": "u", "extension": []},
        {"url": "u", "extension": [{"url": "is", "valueCode": "no-such-node"}]},
        {"url": "u", "extension": [{"url": "is", "valueCode": "not"}]},
        {"url": "u", "extension": [{"url": "is"}]},
        {"url": "u", "extension": [{"url": "is", "valueCode": "age"}, {"url": "foreign", "valueCode": "x"}]},
        {"url": "u", "extension": [{"url": "is", "valueCode": "age"}, {"url": "at-least", "valueCode": "x"}]},
        {"url": "u", "extension": [{"url": "within", "valueDuration": {"value": 1, "code": "h"}}]},
        {"url": "u", "extension": "text"},
        {"url": "u", "extension": [{"url": "is", "valueCode": ["age"]}]},
    ],
)
def test_what_is_no_criterion_tree_is_refused(extension: dict[str, Any]) -> None:
    """A tree is never guessed from half of one."""
    with pytest.raises(ValueError, match=r"."):
        tree(extension)


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


def test_a_node_below_is_the_same_extension_and_a_length_is_in_calendar_units() -> None:
    """The shape that the StructureDefinition describes."""
    node = model.Not(of=model.OtherTrial(within=Duration(years=1, months=6)))
    url = "http://base.test/fhir/StructureDefinition/criterion-tree"
    ucum = "http://unitsofmeasure.org"
    assert tree_extension(node, NAMES) == {
        "url": url,
        "extension": [
            {"url": "is", "valueCode": "not"},
            {
                "url": url,
                "extension": [
                    {"url": "is", "valueCode": "other-trial"},
                    {"url": "within", "valueDuration": {"value": 1, "unit": "years", "system": ucum, "code": "a"}},
                    {"url": "within", "valueDuration": {"value": 6, "unit": "months", "system": ucum, "code": "mo"}},
                ],
            },
        ],
    }
