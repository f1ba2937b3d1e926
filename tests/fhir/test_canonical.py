"""Tests of the names under which we publish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import ResourceError
from alsfhir.fhir.canonical import Names, entry_url, full_url, key, reference_to

ORGANIZATION = {
    "resourceType": "Organization",
    "identifier": [{"value": "no system"}, Names().identifier("Organization", "a-1")],
    "name": "A",
}


def test_a_resource_without_our_identity_has_no_entry_url() -> None:
    """Other people's resources are not referred to by a name of ours."""
    with pytest.raises(ResourceError):
        entry_url({"resourceType": "Organization", "identifier": [{"system": "http://other.test", "value": "a-1"}]})


def test_an_entry_url_is_made_from_the_canonical_url_or_else_from_our_identifier() -> None:
    """The same resource has the same name in every run, whatever else it holds."""
    assert entry_url({"resourceType": "PlanDefinition", "url": "http://a.test/p"}) == full_url(
        "PlanDefinition", "http://a.test/p"
    )
    assert entry_url(ORGANIZATION) == full_url("Organization", "a-1")


def test_a_reference_shows_the_title_or_name() -> None:
    """A person reads what is referred to."""
    assert reference_to(ORGANIZATION) == {"reference": full_url("Organization", "a-1"), "display": "A"}
    assert reference_to(ORGANIZATION, "The A")["display"] == "The A"
    assert "display" not in reference_to({"resourceType": "PlanDefinition", "url": "http://a.test/p"})


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_two_names_have_one_key_only_if_they_are_the_same(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Resources that differ never overwrite each other."""
    assert (key(*one) == key(*other)) == (one == other)
    assert key("a\nb", "c") != key("a", "b\nc")


def test_a_key_can_be_read() -> None:
    """The name shows in it, without what a URL would escape; a name in other letters is its hash."""
    assert key("Hôpital X., Ltd.", None).startswith("hopital-x-ltd-")
    assert len(key("漢字")) == 12
    assert len(key("x" * 500)) == 61
