"""Questionnaires: a fact for each answer, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from patient_samples import SNOMED, TUBE, answers, facts, response, texts

MODIFIED = {"modifierExtension": [{"url": "x"}]}
UNKNOWN_MODIFIER = "a modifierExtension that is not known may change its meaning"


def item(*values: Any, **elements: Any) -> dict[str, Any]:
    """An item with these answers."""
    return {"linkId": "1", "text": "Do you?", "answer": list(values)} | elements


YES = {"valueBoolean": True}


@pytest.mark.parametrize(
    ("found", "unusable"),
    [
        (answers(item(YES), status=None), "no status"),
        (answers(item(YES), authored="0000"), "authored is not a date"),
        (answers(item(YES), **MODIFIED), UNKNOWN_MODIFIER),
        (answers(item(YES, **MODIFIED)), UNKNOWN_MODIFIER),
        (answers(item(YES | MODIFIED)), UNKNOWN_MODIFIER),
        (answers({"item": [item(YES)]} | MODIFIED), UNKNOWN_MODIFIER),
        (answers({"answer": [{"item": [item(YES)]} | MODIFIED]}), UNKNOWN_MODIFIER),
    ],
)
def test_what_may_mean_something_else_is_kept_and_says_why(found: Any, unusable: str) -> None:
    """A doubt about the whole, an item or an answer is one about all that is inside."""
    assert [fact.unusable for fact in found] == [unusable]


def test_what_was_entered_in_error_is_no_fact() -> None:
    """A questionnaire entered in error was never answered."""
    assert answers(item(YES), status="entered-in-error") == ()


def test_what_is_not_answered_is_no_fact() -> None:
    """An item without an answer, or with an empty one, says nothing."""
    assert answers(item(), item({}), {"linkId": "2"}, None, item({"valueCoding": {}})) == ()


def test_a_broken_item_leaves_the_others() -> None:
    """An item that cannot be read is listed, and leaves open what else was answered."""
    found = facts(response(5, item(YES)))
    assert [fact.answers for fact in found.answers] == [("yes",)]
    assert found.unreadable == {"QuestionnaireResponse"}
    assert texts(found) == [
        "error QuestionnaireResponse/q1: QuestionnaireResponse.item[0]: Expected `object | null`, got `int`: not read"
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"valueBoolean": True}, "yes"),
        ({"valueBoolean": False}, "no"),
        ({"valueBoolean": "true"}, "an answer that cannot be read"),
        ({"valueCoding": {"code": "Y", "display": "Yes"}}, "Yes"),
        ({"valueCoding": {"code": "Y"}}, "Y"),
        ({"valueString": "in spring"}, "in spring"),
        ({"valueString": 5}, "an answer that cannot be read"),
        ({"valueQuantity": {"value": 70.50, "unit": "kg", "comparator": "<"}}, "<70.5 kg"),
        ({"valueQuantity": {"unit": "kg"}}, "an answer that cannot be read"),
        ({"valueDecimal": 1.5}, "1.5"),
        ({"valueInteger": 0}, "0"),
        ({"valueInteger": "many"}, "an answer that cannot be read"),
        ({"valueDate": "2026-05"}, "2026-05"),
        ({"valueUri": "http://x.org"}, "http://x.org"),
        ({"valueReference": {"reference": "Condition/c1"}}, "Condition/c1"),
        ({"valueReference": {"reference": "Condition/c1", "display": "ALS"}}, "ALS"),
        ({"valueAttachment": {"title": "scan"}}, "an answer that cannot be read"),
    ],
)
def test_every_answer_is_in_words(value: dict[str, Any], words: str) -> None:
    """Whatever the type of an answer, a person can read it."""
    assert [fact.answers for fact in answers(item(value))] == [(words,)]


def test_nested_items_are_facts_of_their_own() -> None:
    """Items in items and in answers come in the order of the questionnaire."""
    inner = item({"valueString": "b"}, linkId="1.1")
    found = answers(item(YES | {"item": [inner]}, {"valueString": "c"}), {"item": [item(YES, linkId="2.1", text=None)]})
    assert [(fact.link_id, fact.text, fact.answers) for fact in found] == [
        ("1", "Do you?", ("yes", "c")),
        ("1.1", "Do you?", ("b",)),
        ("2.1", None, ("yes",)),
    ]


def test_what_is_said_around_the_answer_is_kept() -> None:
    """Status and date are the questionnaire's, codings the answer's."""
    (found,) = answers(item({"valueCoding": TUBE["coding"][0]}))
    when = When(date(2026, 6, 1), date(2026, 6, 1), "2026-06-01")
    assert (found.reference, found.status, found.when) == ("QuestionnaireResponse/q1", "completed", when)
    assert (found.codings, found.concepts) == ((Coding(SNOMED, "17102003"),), frozenset({"nasogastric-tube"}))
