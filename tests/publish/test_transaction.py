from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import ResourceError
from alsfhir.fhir.canonical import Names
from alsfhir.publish.transaction import change, conditional_update, resolved, transaction_bundle
from alsfhir.server.answer import encoded

NAMES = Names("http://example.org/fhir")
GROUP: dict[str, Any] = {"resourceType": "Group", "identifier": [NAMES.identifier("Group", "NCT1")], "name": "g"}
PLAN: dict[str, Any] = {"resourceType": "PlanDefinition", "url": NAMES.canonical("PlanDefinition", "NCT1")}
QUERY = "identifier=http%3A%2F%2Fexample.org%2Ffhir%2Fidentifier%2FGroup%7CNCT1"


def test_two_contents_of_one_identity_make_no_bundle() -> None:
    """A Bundle of which a server would drop an entry is not written."""
    with pytest.raises(ResourceError, match="one identity"):
        transaction_bundle([GROUP, {**GROUP, "name": "other"}], NAMES)


def test_a_bundle_has_conditional_updates_in_order_and_no_ids() -> None:
    """Every entry has its ``urn:uuid:``, its resource once, and the request that finds it again."""
    bundle = transaction_bundle([GROUP, PLAN, dict(GROUP)], NAMES)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "transaction")
    assert [entry["resource"] for entry in bundle["entry"]] == [GROUP, PLAN]
    assert [entry["request"]["method"] for entry in bundle["entry"]] == ["PUT", "PUT"]
    assert bundle["entry"][0]["request"]["url"] == f"Group?{QUERY}"
    assert all(entry["fullUrl"].startswith("urn:uuid:") for entry in bundle["entry"])
    assert not any("id" in entry["resource"] for entry in bundle["entry"])


def test_the_same_resources_make_the_same_bytes() -> None:
    """Nothing of a Bundle comes from the clock or from chance."""
    assert encoded(transaction_bundle([GROUP, PLAN], NAMES)) == encoded(transaction_bundle([GROUP, PLAN], NAMES))


def test_a_change_of_nothing_creates_only_if_there_is_none() -> None:
    """What has appeared on the server in between is not overwritten."""
    step = change(GROUP, None, NAMES)
    assert step.entry["request"] == {"method": "POST", "url": "Group", "ifNoneExist": QUERY}
    assert step.standing is None


def test_a_change_of_what_stands_holds_for_that_version_only() -> None:
    """It is written by id with ``ifMatch``; tags stay, and what only the server may say is not sent back."""
    tag = {"system": "urn:x", "code": "y"}
    standing = {**GROUP, "id": "7", "meta": {"versionId": "3", "lastUpdated": "x", "source": "#a", "tag": [tag]}}
    step = change({**standing, "name": "new"}, standing, NAMES)
    assert step.entry["request"] == {"method": "PUT", "url": "Group/7", "ifMatch": 'W/"3"'}
    assert step.entry["resource"] == {**GROUP, "name": "new", "id": "7", "meta": {"tag": [tag]}}
    assert step.standing is standing


def test_an_empty_meta_is_not_sent() -> None:
    """FHIR has no empty elements."""
    standing = {**GROUP, "id": "7", "meta": {"versionId": "3"}}
    assert "meta" not in change(standing, standing, NAMES).entry["resource"]


def test_a_conditional_update_refers_to_its_resource_by_the_same_urn() -> None:
    """However it is written, the others in the transaction refer to it alike."""
    assert conditional_update(GROUP, None, NAMES).entry["fullUrl"] == change(GROUP, None, NAMES).entry["fullUrl"]


def test_references_are_replaced_at_any_depth_and_nothing_else() -> None:
    """Only values of ``reference`` that are known are replaced; the resource given stays as it is."""
    given = {
        "reference": "urn:uuid:1",
        "display": "urn:uuid:1",
        "a": [{"b": {"reference": "urn:uuid:1"}}, {"reference": "urn:uuid:2"}, "urn:uuid:1", 5, None],
        "c": {"reference": {"reference": "urn:uuid:1"}},
    }
    assert resolved(given, {"urn:uuid:1": "Group/7"}) == {
        "reference": "Group/7",
        "display": "urn:uuid:1",
        "a": [{"b": {"reference": "Group/7"}}, {"reference": "urn:uuid:2"}, "urn:uuid:1", 5, None],
        "c": {"reference": {"reference": "Group/7"}},
    }
    assert given["reference"] == "urn:uuid:1"
