"""Tests of whether what stands in FHIR is what we would write."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.fhir.unchanged import same

NODE = {"url": "http://a/StructureDefinition/criterion-node", "extension": [{"url": "is", "valueCode": "age"}]}
WRITTEN: dict[str, Any] = {
    "extension": [NODE],
    "definitionByTypeAndValue": {
        "type": {"coding": [{"system": "s", "code": "c"}]},
        "valueQuantity": {"value": 18, "unit": "years", "code": "a"},
    },
}
TYPED = WRITTEN["definitionByTypeAndValue"]

OTHER = {
    "a modifier": {**WRITTEN, "modifierExtension": [{"url": "urn:x"}]},
    "a limit": {**WRITTEN, "timeFromEvent": [{"description": "at rest"}]},
    "an exclusion": {**WRITTEN, "exclude": True},
    "a comparator": {**WRITTEN, "definitionByTypeAndValue": {**TYPED, "valueQuantity": {"comparator": "<"}}},
    "another code": {**WRITTEN, "definitionByTypeAndValue": {**TYPED, "type": {"coding": [{"code": "d"}]}}},
    "a part of ours": {**WRITTEN, "extension": [{**NODE, "extension": [*NODE["extension"], {"url": "x"}]}]},
    "ours twice": {**WRITTEN, "extension": [NODE, NODE]},
    "a truth for a number": {**WRITTEN, "definitionByTypeAndValue": {**TYPED, "valueQuantity": {"value": True}}},
    "words without a code": {**WRITTEN, "definitionByTypeAndValue": {**TYPED, "type": {"text": "c"}}},
}


@pytest.mark.parametrize("given", OTHER.values(), ids=OTHER.keys())
def test_whatever_says_more_or_something_else_is_not_the_same(given: dict[str, Any]) -> None:
    """Somebody meant it."""
    assert not same(given, WRITTEN)


def test_comments_and_the_words_beside_a_code_make_no_difference() -> None:
    """Nor do others' extensions, which FHIR lets a reader ignore."""
    described = {"coding": [{"system": "s", "code": "c", "display": "C"}], "text": "C"}
    quantity = {"value": 18, "unit": "a", "code": "a", "id": "q"}
    given = {
        "id": "1",
        "linkId": "1",
        "description": "x",
        "note": [{"text": "x"}],
        "exclude": False,
        "extension": [{"url": "http://other.test/x", "valueCode": "x"}, NODE],
        "definitionByTypeAndValue": {"type": described, "valueQuantity": quantity},
    }
    assert same(given, WRITTEN)
