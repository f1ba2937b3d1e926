from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import ServerRefused, UnreliableAnswer
from alsfhir.server.bundle import bundle
from alsfhir.server.transaction import EntryResponse, entry_responses


def _responses(sent: int, *responses: dict[str, Any], kind: str = "transaction-response") -> list[EntryResponse]:
    answered = {"resourceType": "Bundle", "type": kind, "entry": [{"response": response} for response in responses]}
    return entry_responses(bundle(answered, "http://host", "write"), sent, "http://host", "write")


def test_an_error_inside_a_success_is_refused() -> None:
    """Every entry's own status counts, whatever the status of the whole; its outcome's text is not repeated."""
    outcome = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "conflict", "diagnostics": "HAPI-0974: Jane"}],
    }
    with pytest.raises(ServerRefused, match=r"write \(entry 1\): HTTP 412: conflict HAPI-0974 \(") as caught:
        _responses(2, {"status": "200 OK"}, {"status": "412 Precondition Failed", "outcome": outcome})
    assert "Jane" not in str(caught.value)


@pytest.mark.parametrize("status", ["302 Found", "404", "500 Internal Server Error", "199"])
def test_every_status_but_success_is_an_error(status: str) -> None:
    """Only 2xx is done."""
    with pytest.raises(ServerRefused):
        _responses(1, {"status": status})


@pytest.mark.parametrize("response", [{}, {"status": ""}, {"status": "OK"}, {"status": "2000"}])
def test_an_entry_without_a_status_is_not_done(response: dict[str, Any]) -> None:
    """Silence is no success."""
    with pytest.raises(UnreliableAnswer, match="did not say whether it was done"):
        _responses(1, response)


@pytest.mark.parametrize("answered", [0, 1, 3])
def test_another_number_of_entries_than_sent_is_unreliable(answered: int) -> None:
    """A server that drops an entry is found out."""
    with pytest.raises(UnreliableAnswer, match=f"{answered} entries of 2"):
        _responses(2, *[{"status": "200 OK"}] * answered)


def test_another_kind_of_bundle_is_unreliable() -> None:
    """A server that took the transaction for a batch has not promised all or nothing."""
    with pytest.raises(UnreliableAnswer):
        _responses(1, {"status": "200 OK"}, kind="batch-response")


@pytest.mark.parametrize(
    ("response", "reference", "version"),
    [
        ({"location": "Patient/1/_history/2", "etag": "2"}, "Patient/1", "2"),
        ({"location": "http://host/fhir/Patient/a-b.c/_history/x1"}, "Patient/a-b.c", "x1"),
        ({"location": "Patient/1", "etag": 'W/"7"'}, "Patient/1", "7"),
        ({"location": "urn:uuid:x", "etag": '"8"'}, None, "8"),
        ({}, None, None),
    ],
)
def test_reference_and_version_are_read_where_they_stand(
    response: dict[str, Any], reference: str | None, version: str | None
) -> None:
    """Locations come absolute and relative, versions in the location or the ETag."""
    assert _responses(1, {"status": "201 Created", **response}) == [EntryResponse(201, reference, version)]
