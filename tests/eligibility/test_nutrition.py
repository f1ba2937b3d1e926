"""Whether nutrition of a kind, or by a route, is ordered now."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Nutrition as Asked
from alsfhir.patient.model import Nutrition
from eligibility_samples import facts, nutrition, said, when

TUBE, OTHER, PARENTERAL = "feeding-tube-route", "other-feeding-route", "parenteral-nutrition"
BY_TUBE = Asked(concept=TUBE)
ENTERAL = frozenset({"enteral"})


def order(*concepts: str, **more: Any) -> Nutrition:
    """An active order of enteral nutrition."""
    return nutrition(*concepts, **({"forms": ENTERAL} | more))


def test_nothing_on_file_is_not_an_absence() -> None:
    """No entry: unknown; one that could not be read may have been it; a closed world takes it as absent."""
    assert said(BY_TUBE, facts()) == ("unknown", "no-record", "no-record")
    lost = frozenset({"NutritionOrder"})
    assert said(BY_TUBE, facts(unreadable=lost), closed_world=True)[2] == "unreadable"
    assert said(BY_TUBE, facts(), closed_world=True)[0] == "not-met"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("met", "evidence", "on-record")),
        ({"intent": "instance-order"}, ("met", "evidence", "on-record")),
        ({"when": "2026-06-01"}, ("met", "evidence", "on-record")),
        ({"when": "2026"}, ("unknown", "unusable", "partial-date")),
        ({"when": "2026-07-01"}, ("unknown", "no-record", "no-record")),
        ({"status": "on-hold"}, ("review", "judgement", "on-hold")),
        ({"status": "completed"}, ("not-met", "evidence", "not-current")),
        ({"status": "revoked"}, ("not-met", "evidence", "not-current")),
        ({"status": "draft"}, ("unknown", "no-record", "no-record")),
        ({"status": "unknown"}, ("unknown", "unusable", "no-status")),
        ({"intent": "plan"}, ("unknown", "no-record", "no-record")),
        ({"intent": "proposal"}, ("unknown", "no-record", "no-record")),
        ({"intent": None}, ("unknown", "unusable", "no-intent")),
        ({"unusable": "no status"}, ("unknown", "unusable", "unusable")),
    ],
)
def test_an_order_by_the_route_counts_while_it_is_active(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """By its status, its intent, and the day from which it holds; also a diet that is coded as the route."""
    dated = {name: when(v) if name == "when" else v for name, v in given.items()}
    assert said(BY_TUBE, facts(order(TUBE, **dated))) == expected
    assert said(BY_TUBE, facts(order(TUBE, forms=frozenset({"oral"}), **dated))) == expected


@pytest.mark.parametrize("concepts", [(), (OTHER,)])
def test_a_tube_of_no_known_place_is_for_a_person(concepts: tuple[str, ...]) -> None:
    """While it is ordered; what is over of it says nothing."""
    assert said(BY_TUBE, facts(order(*concepts))) == ("review", "judgement", "no-route")
    assert said(BY_TUBE, facts(order(*concepts, status="on-hold")))[2] == "on-hold"
    assert said(BY_TUBE, facts(order(*concepts, status="completed")))[2] == "no-record"
    assert said(BY_TUBE, facts(order(*concepts, intent="plan")))[2] == "no-record"
    assert said(BY_TUBE, facts(order(*concepts), order(TUBE, status="completed")))[0] == "review"


def test_nutrition_by_mouth_does_not_count() -> None:
    """Neither as by tube, nor as of unknown route."""
    for form in ("oral", "supplement"):
        assert said(BY_TUBE, facts(nutrition(OTHER, forms=frozenset({form}))))[2] == "no-record"


def test_a_concept_that_is_no_route_is_what_the_order_says() -> None:
    """Parenteral nutrition; an order by tube of no known kind is none."""
    atom = Asked(concept=PARENTERAL)
    assert said(atom, facts(nutrition(PARENTERAL)))[0] == "met"
    assert said(atom, facts(order()))[2] == "no-record"
    assert said(atom, facts(order()), closed_world=True)[2] == "unrecognised"
    assert said(atom, facts(nutrition(text="Total parenteral nutrition")))[2] == "text-only"


def test_a_broader_order_leaves_it_open() -> None:
    """Tube feeding of any kind may be the one that is asked for."""
    atom = Asked(concept="tube-feeding")
    assert said(atom, facts(order("tube-feeding-of-any-kind"))) == ("unknown", "unusable", "broader")
    assert said(atom, facts(order("tube-feeding-of-any-kind", status="completed")))[2] == "no-record"
