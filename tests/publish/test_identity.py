from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import ResourceError
from alsfhir.fhir.canonical import Names, entry_url
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.publish.identity import Identity, conditional_url, distinct, escaped, identity, own_identity, token
from trial_samples import TREES, criteria, criterion, trial

NAMES = Names("http://example.org/fhir")


@pytest.mark.parametrize(
    "other",
    [
        {"resourceType": "Patient", "id": "p1", "identifier": [{"system": "urn:x", "value": "1"}]},
        {"resourceType": "ResearchStudy"},
        {"resourceType": "ResearchStudy", "identifier": [{"system": "https://clinicaltrials.gov", "value": "NCT1"}]},
        {"resourceType": "List", "identifier": [{"system": "http://example.org/fhir/identifier/Group", "value": "1"}]},
        {"resourceType": "List", "identifier": [{"system": "http://example.org/fhir/identifier/List"}]},
        {"resourceType": "PlanDefinition"},
        {"resourceType": "Provenance", "meta": {"tag": [{"system": "urn:x", "code": "1"}]}},
        {"resourceType": "Basic", "meta": {"tag": [NAMES.tag("provenance", "1")]}},
    ],
)
def test_what_is_not_ours_has_no_identity(other: dict[str, Any]) -> None:
    """Other people's resources are told from ours, and cannot be written under an identity of ours."""
    assert own_identity(other, NAMES) is None
    with pytest.raises(ResourceError, match="no identity of ours"):
        conditional_url(other, NAMES)


def test_two_resources_of_one_identity_are_refused() -> None:
    """HAPI would write one of them and be silent about the other."""
    one: dict[str, Any] = {"resourceType": "Group", "identifier": [NAMES.identifier("Group", "NCT1")]}
    with pytest.raises(ResourceError, match="two Group resources have one identity"):
        distinct([one, {**one, "name": "x"}], NAMES)


def test_equal_resources_are_written_once() -> None:
    """The same sponsor or site in two places is one resource, and the order stays."""
    one, two = ({"resourceType": "Group", "identifier": [NAMES.identifier("Group", name)]} for name in "ab")
    assert distinct([one, two, {**one}], NAMES) == (one, two)


@pytest.mark.parametrize(
    ("resource", "url"),
    [
        (
            {"resourceType": "ResearchStudy", "identifier": [NAMES.identifier("ResearchStudy", "NCT06765564")]},
            "ResearchStudy?identifier=http%3A%2F%2Fexample.org%2Ffhir%2Fidentifier%2FResearchStudy%7CNCT06765564",
        ),
        (
            {"resourceType": "ResearchSubject", "identifier": [NAMES.identifier("ResearchSubject", "NCT1/p-1")]},
            "ResearchSubject?identifier=http%3A%2F%2Fexample.org%2Ffhir%2Fidentifier%2FResearchSubject%7CNCT1%2Fp-1",
        ),
        (
            {"resourceType": "PlanDefinition", "url": NAMES.canonical("PlanDefinition", "NCT1")},
            "PlanDefinition?url=http%3A%2F%2Fexample.org%2Ffhir%2FPlanDefinition%2FNCT1",
        ),
        (
            {"resourceType": "Provenance", "meta": {"tag": [NAMES.tag("provenance", "NCT1/p-1")]}},
            "Provenance?_tag=http%3A%2F%2Fexample.org%2Ffhir%2Ftag%2Fprovenance%7CNCT1%2Fp-1",
        ),
    ],
)
def test_the_conditional_url_is_percent_encoded(resource: dict[str, Any], url: str) -> None:
    """Each type is searched for by its rule, with system and value in one token."""
    assert conditional_url(resource, NAMES) == url


def test_other_identifiers_do_not_matter() -> None:
    """Ours is found among a resource's identifiers, wherever it stands."""
    others = [{"value": "1"}, {"system": "https://clinicaltrials.gov", "value": "NCT1"}]
    resource = {"resourceType": "ResearchStudy", "identifier": [*others, NAMES.identifier("ResearchStudy", "NCT1")]}
    assert identity(resource, NAMES).value == "NCT1"


def test_a_full_url_is_what_references_use() -> None:
    """What we publish is referred to by the very ``urn:uuid:`` under which it is sent."""
    resources = trial_resources(trial(), criteria(criterion(1, TREES[0])), NAMES)
    assert len(resources) > 5
    assert [identity(each, NAMES).full_url for each in resources] == [entry_url(each) for each in resources]


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_no_value_breaks_out_of_its_place_in_a_search(values: list[str]) -> None:
    """Commas, bars, dollars and backslashes in values are escaped: a list of tokens splits into the same values."""
    joined = ",".join(escaped(value) for value in values)
    parts = re.findall(r"(?:[^\\,]|\\.)+", joined, re.DOTALL)
    assert [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts] == values


def test_a_token_without_system_finds_only_what_has_none() -> None:
    """``|4711`` is not ``4711``: the number alone may be another person's in another system."""
    assert token(None, "4711") == "|4711"
    assert token("urn:oid:1.2", "a|b") == "urn:oid:1.2|a\\|b"
    assert Identity("ValueSet", "url", "http://x/a,b").token == "http://x/a\\,b"
