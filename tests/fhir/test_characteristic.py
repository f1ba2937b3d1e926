"""Tests of criterion trees in R5's own elements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alsfhir.criteria import model
from alsfhir.criteria.model import Duration, Node
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.characteristic import characteristic, linked
from alsfhir.fhir.versions import FhirVersion

NAMES = Names("http://base.test/fhir", FhirVersion.R5)
PREGNANT, NURSING = model.Pregnancy(), model.Breastfeeding()


def said(node: Node) -> dict[str, Any]:
    """The characteristic without description and extension, which are for people and for us."""
    whole = characteristic(node, NAMES)
    return {name: value for name, value in whole.items() if name not in ("description", "extension")}


def unsaid(node: Node) -> list[dict[str, Any]]:
    """What our extension says beside R5's elements."""
    (extension,) = characteristic(node, NAMES)["extension"]
    parts: list[dict[str, Any]] = extension["extension"]
    return parts


def days(number: int) -> dict[str, Any]:
    return {"value": number, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}


def test_an_open_bound_is_never_an_end_of_a_range() -> None:
    """A Range is closed: one that is not is two quantities, each with its sign, and one question."""
    both = model.Age(more_than=18, at_most=75)
    combined = said(both)["definitionByCombination"]
    assert combined["code"] == "all-of"
    values = [member["definitionByTypeAndValue"]["valueQuantity"] for member in combined["characteristic"]]
    assert [(value["comparator"], value["value"]) for value in values] == [(">", 18), ("<=", 75)]
    assert unsaid(both) == [{"url": "is", "valueCode": "age"}]


def test_a_multiple_of_the_upper_limit_has_no_unit_that_could_be_compared() -> None:
    """Whoever does not know our extension finds no number with a unit to compare."""
    alt = said(model.Measurement(concept="alt", more_than=Decimal(3), times_upper_limit=True))
    value = alt["definitionByTypeAndValue"]["valueQuantity"]
    assert value == {"comparator": ">", "value": 3, "unit": "times the upper limit of normal"}


def test_what_r5_cannot_say_is_not_half_said() -> None:
    """A length of several units has no Quantity, a period that ends nowhere no Range: both are ours to say."""
    long = Duration(years=1, months=6)
    assert "timeFromEvent" not in said(model.Condition(concept="als", within=long))
    assert "durationQuantity" not in said(model.Drug(concept="riluzole", unchanged_for=long))
    assert "timeFromEvent" not in said(model.TimeSince(event="onset", concept="als", at_least=long))
    assert "timeFromEvent" not in said(model.Condition(concept="als", within=Duration()))
    for within, until in ((Duration(weeks=2), Duration(days=30)), (Duration(months=2), Duration(months=1))):
        assert "timeFromEvent" not in said(model.Condition(concept="als", within=within, until=until))


def test_closed_bounds_are_a_range_with_their_digits() -> None:
    """A bound is published digit for digit."""
    typed = said(model.Measurement(concept="bmi", unit="kg/m2", at_least=Decimal("18.50"), at_most=Decimal("1E+2")))
    ends = typed["definitionByTypeAndValue"]["valueRange"]
    assert [str(ends[name]["value"]) for name in ("low", "high")] == ["18.50", "100"]


def test_combinations_and_negation_are_r5s_own() -> None:
    """Nothing of ours is needed to read the logic itself."""
    node = model.AllOf(of=(PREGNANT, model.AnyOf(of=(model.Not(of=NURSING), PREGNANT))))
    outer = characteristic(node, NAMES)["definitionByCombination"]
    inner = outer["characteristic"][1]["definitionByCombination"]
    assert (outer["code"], inner["code"]) == ("all-of", "any-of")
    assert [member.get("exclude") for member in inner["characteristic"]] == [True, None]


def test_a_double_negation_stands_in_a_bracket() -> None:
    """``exclude`` can be said only once of one characteristic."""
    twice = characteristic(model.Not(of=model.Not(of=PREGNANT)), NAMES)
    assert twice["exclude"] is True
    assert twice["definitionByCombination"]["characteristic"][0]["exclude"] is True
    assert twice["extension"][0]["extension"] == [{"url": "is", "valueCode": "bracket"}]


def test_a_period_runs_back_from_the_as_of_date() -> None:
    """A window that ended a week ago began a week before it would have, had it ended today."""
    node = model.Condition(concept="als", within=Duration(days=90), until=Duration(days=7), at_least=2)
    assert said(node)["timeFromEvent"][0]["range"] == {"low": days(-97), "high": days(-7)}
    assert said(node)["instancesQuantity"] == {"comparator": ">=", "value": 2}
    assert unsaid(node) == [{"url": "is", "valueCode": "condition"}]


def test_a_concept_leads_to_its_value_set() -> None:
    """Its codes are given only where they are all of it."""
    value = said(model.Condition(concept="dementia"))["definitionByTypeAndValue"]["valueCodeableConcept"]
    assert value["extension"][0]["valueCanonical"] == "http://base.test/fhir/ValueSet/dementia"
    assert "coding" not in value
    kind = said(model.Measurement(concept="bmi", unit="kg/m2", at_least=Decimal(18)))["definitionByTypeAndValue"][
        "type"
    ]
    assert kind["coding"][0]["system"] == "http://loinc.org"


@pytest.mark.parametrize("when", ["current", "ever"])
def test_when_is_ours_to_say(when: Any) -> None:
    """R5 cannot tell a present condition from a past one."""
    stated = [{"url": "when", "valueCode": "ever"}] if when == "ever" else []
    assert unsaid(model.Condition(concept="als", when=when))[1:] == stated


def test_link_ids_are_counted_from_the_criterion() -> None:
    """Each characteristic can be pointed at."""
    node = model.AllOf(of=(PREGNANT, model.AnyOf(of=(NURSING, PREGNANT))))
    whole = linked(characteristic(node, NAMES), "NCT00000001-I01")
    first, second = whole["definitionByCombination"]["characteristic"]
    below = [member["linkId"] for member in second["definitionByCombination"]["characteristic"]]
    assert [whole["linkId"], first["linkId"], second["linkId"], *below] == [
        "NCT00000001-I01",
        "NCT00000001-I01.1",
        "NCT00000001-I01.2",
        "NCT00000001-I01.3",
        "NCT00000001-I01.4",
    ]
