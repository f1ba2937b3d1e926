from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import UnreliableAnswer
from alsfhir.server.bundle import bundle


@pytest.mark.parametrize(
    ("malformed", "path"),
    [
        ({"entry": "Jane"}, "$.entry"),
        ({"entry": [{"resource": "Jane"}]}, "$.entry[0].resource"),
        ({"link": [{"url": 5, "relation": "next"}]}, "$.link[0].url"),
        ({"entry": [{"response": {"status": 200}}]}, "$.entry[0].response.status"),
    ],
)
def test_a_malformed_bundle_is_named_by_the_path_alone(malformed: dict[str, Any], path: str) -> None:
    """What is not as FHIR has it is an error with its place, and not with its content."""
    with pytest.raises(UnreliableAnswer) as caught:
        bundle({"resourceType": "Bundle", **malformed}, "http://host", "search Patient")
    assert str(caught.value).endswith(f"malformed at {path}")
    assert "Jane" not in str(caught.value)


def test_only_matches_of_the_type_are_matches() -> None:
    """Included resources, outcomes and empty entries are not what was searched for."""
    entries = [
        {"resource": {"resourceType": "Patient", "id": "a"}, "search": {"mode": "match"}},
        {"resource": {"resourceType": "Patient", "id": "b"}},
        {"resource": {"resourceType": "Patient", "id": "c"}, "search": {"mode": "include"}},
        {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}},
        {"resource": {"resourceType": "Organization", "id": "d"}},
        {},
    ]
    found = bundle({"entry": entries}, "http://host", "search Patient").matches("Patient")
    assert [resource["id"] for resource in found] == ["a", "b"]
