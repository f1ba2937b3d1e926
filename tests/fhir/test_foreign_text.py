"""Tests of a characteristic in words."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.fhir.foreign_text import asked, question, text_of

GAIT = {"coding": [{"code": "x", "display": "Gait"}]}
LOW, HIGH = {"value": -6, "unit": "months", "code": "mo"}, {"value": 0, "code": "mo"}
WALKS = {"description": "Walks."}


def typed(**value: Any) -> dict[str, Any]:
    return {"definitionByTypeAndValue": {"type": GAIT, **value}}


SAID: list[tuple[dict[str, Any], str]] = [
    ({}, "a characteristic without words"),
    ({"description": " "}, "a characteristic without words"),
    ({"description": "Walks", **typed(valueBoolean=True)}, "Walks"),
    (typed(valueCodeableConcept={"text": "free"}), "Gait: free"),
    (typed(valueBoolean=False), "Gait: no"),
    (typed(valueQuantity={"comparator": "<", **LOW}), "Gait: < -6 months"),
    (typed(valueRange={"low": LOW, "high": HIGH}), "Gait: at least -6 months at most 0 mo"),
    (typed(valueReference={"reference": "Location/1", "display": "Rome"}), "Gait: Rome"),
    (typed(method=[{"text": "timed"}], valueBoolean=True), "Gait: yes; method: timed"),
    ({"definitionCanonical": "http://x"}, "http://x"),
    ({"definitionId": "a"}, "definitionId: a"),
    ({"definitionExpression": {"language": "text/cql", "expression": "Walks"}}, "Walks"),
    (
        {"definitionCodeableConcept": GAIT, "timeFromEvent": [{"eventCodeableConcept": GAIT, "range": {"low": LOW}}]},
        "Gait; timeFromEvent: eventCodeableConcept Gait, range at least -6 months",
    ),
    ({**WALKS, "instancesQuantity": {"comparator": ">=", "value": 2}}, "Walks.; instancesQuantity: >= 2"),
    (
        {**WALKS, "modifierExtension": [{"url": "urn:x", "valueBoolean": True}]},
        "Walks.; modifierExtension: url urn:x, valueBoolean yes",
    ),
    (
        {
            "definitionByCombination": {
                "code": "at-least",
                "threshold": 2,
                "characteristic": [WALKS, {**typed(valueBoolean=True), "exclude": True}],
            }
        },
        "at least 2 of (Walks.; not (Gait: yes))",
    ),
    ({"definitionByCombination": {"code": "any-of", "characteristic": [WALKS]}}, "any of (Walks.)"),
]


@pytest.mark.parametrize(("characteristic", "expected"), SAID)
def test_nothing_that_limits_it_is_lost(characteristic: dict[str, Any], expected: str) -> None:
    """Who answers a question without its limits answers another one."""
    assert text_of(characteristic) == expected


def test_it_becomes_a_question() -> None:
    """With what is on record shown beside it."""
    assert question("Walks. ") == "Is this true of the patient: Walks?"
    assert asked(WALKS, "bmi") == {
        "is": "judgement",
        "question": "Is this true of the patient: Walks?",
        "show": ("bmi",),
    }
