"""Orders of nutrition, by the names of R4 and of R5."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from patient_samples import ENTERAL, SNOMED, TUBE, facts, nutrition, one_nutrition, texts

BOTH = frozenset({"enteral-nutrition", "nasogastric-tube"})


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"enteralFormula": None}, "it orders no nutrition"),
        ({"enteralFormula": None, "supplement": [None]}, "it orders no nutrition"),
        ({"status": None}, "no status"),
        ({"dateTime": "0000-01-01"}, "dateTime is not a date"),
        (
            {"oralDiet": {"modifierExtension": [{"url": "x"}]}},
            "a modifierExtension that is not known may change its meaning",
        ),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension that is not known may change its meaning"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_says_why(elements: dict[str, Any], unusable: str) -> None:
    """An order of nothing, without status or with an impossible date counts for nothing and is listed."""
    found = facts(nutrition(**elements))
    assert [fact.unusable for fact in found.nutrition] == [unusable]
    assert texts(found) == [f"warning NutritionOrder/n1: {unusable}: not used"]


def test_what_was_entered_in_error_is_no_fact() -> None:
    """An order entered in error does not exist."""
    found = facts(nutrition(status="entered-in-error"))
    assert (found.nutrition, texts(found)) == ((), ["information NutritionOrder: 1 not used: entered in error"])


@pytest.mark.parametrize("elements", [{"enteralFormula": 5}, {"supplement": {}}, {"oralDiet": {"type": {}}}])
def test_a_bad_shape_costs_the_order(elements: dict[str, Any]) -> None:
    """An order of which the kind cannot be read is not read."""
    found = facts(nutrition(**elements))
    assert (found.nutrition, set(found.unreadable)) == ((), {"NutritionOrder"})


@pytest.mark.parametrize(
    "formula",
    [
        {"baseFormulaType": ENTERAL, "routeofAdministration": TUBE},
        {"baseFormulaType": {"concept": ENTERAL}, "routeOfAdministration": [TUBE]},
        {"baseFormulaType": {"concept": ENTERAL}, "routeOfAdministration": TUBE},
    ],
)
def test_formula_and_route_are_read_in_r4_and_in_r5(formula: dict[str, Any]) -> None:
    """Both spellings of the route, and both forms of the formula, mean the same."""
    found = one_nutrition(enteralFormula=formula)
    assert (found.concepts, found.forms) == (BOTH, frozenset({"enteral"}))
    assert found.codings == (Coding(SNOMED, "229912004"), Coding(SNOMED, "17102003"))
    day = date(2026, 6, 1)
    assert (found.status, found.intent, found.when) == ("active", "order", When(day, day, "2026-06-01"))


def test_r5_says_subject() -> None:
    """The patient of an order is its subject in R5."""
    assert len(facts(nutrition(patient=None, subject={"reference": "Patient/p1"})).nutrition) == 1


def test_no_word_of_what_is_ordered_is_lost() -> None:
    """A diet, a route and products in words are all named, none twice."""
    diet = {"type": [{"text": "normal"}, {"text": "by tube"}]}
    more = [{"productName": "broth"}, {"type": {"text": "normal"}}]
    assert one_nutrition(enteralFormula=None, oralDiet=diet, supplement=more).text == "normal; by tube; broth"


@pytest.mark.parametrize("supplement", [{"type": ENTERAL}, {"type": {"concept": ENTERAL}}])
def test_every_form_of_nutrition_is_named(supplement: dict[str, Any]) -> None:
    """An order of a diet and a supplement is of both forms, with the concepts of both."""
    found = one_nutrition(enteralFormula=None, oralDiet={"type": [TUBE]}, supplement=[supplement])
    assert (found.forms, found.concepts) == (frozenset({"oral", "supplement"}), BOTH)


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ({"oralDiet": {"type": [{"text": "soft"}]}}, "soft"),
        ({"supplement": [{"productName": "Shake"}]}, "Shake"),
        ({"enteralFormula": {"baseFormulaProductName": "Formula"}}, "Formula"),
    ],
)
def test_words_are_kept(elements: dict[str, Any], text: str) -> None:
    """Texts, and else the name of the product, are the words of the order."""
    assert one_nutrition(**({"enteralFormula": None} | elements)).text == text
