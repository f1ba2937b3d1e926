"""Tests of our extensions as they stand in a resource."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.extension import contact_detail, dated, part, parts, registry_item, source
from alsfhir.trial.model import Contact

NAMES = Names("http://base.test/fhir")


def test_an_extension_without_a_value_is_none() -> None:
    """FHIR: an extension has a value or extensions (ext-1)."""
    assert part("u", valueString=None) is None
    assert parts("u", [None, part("v", valueString=None)]) is None
    assert registry_item(NAMES, "masking", " \x00") is None
    assert dated("on", " ") is None
    assert contact_detail(NAMES, Contact(None, " ", "", "\x01")) is None


def test_false_and_zero_are_values() -> None:
    """What is said to be so little is said."""
    assert part("u", valueBoolean=False) == {"url": "u", "valueBoolean": False}
    assert part("u", valueInteger=0) == {"url": "u", "valueInteger": 0}


def test_a_registry_item_has_a_name_and_the_registrys_words() -> None:
    """The name is a code, the words stay words."""
    assert registry_item(NAMES, "masking", " None ") == {
        "url": "http://base.test/fhir/StructureDefinition/registry-item",
        "extension": [{"url": "name", "valueCode": "masking"}, {"url": "text", "valueString": "None"}],
    }


def test_where_a_date_should_be_words_are_kept_as_words() -> None:
    """A date that is none is neither lost nor a false date."""
    assert dated("on", "2026-06") == {"url": "on", "valueDate": "2026-06"}
    assert dated("on", "spring of 2026") == {"url": "on", "valueString": "spring of 2026"}


def test_a_source_is_a_document_or_the_mapping() -> None:
    """The publisher decides by this word."""
    assert source(NAMES, from_document=True)["valueCode"] == "document"
    assert source(NAMES, from_document=False)["valueCode"] == "mapping"


def test_a_contact_keeps_name_role_and_both_ways_to_reach_it() -> None:
    """FHIR has no element for the role, so that it is an extension of the detail."""
    assert contact_detail(NAMES, Contact("Office", "CONTACT", "+1 555", "a@b.test")) == {
        "extension": [{"url": "http://base.test/fhir/StructureDefinition/contact-role", "valueString": "CONTACT"}],
        "name": "Office",
        "telecom": [{"system": "phone", "value": "+1 555"}, {"system": "email", "value": "a@b.test"}],
    }
