"""Whatever holds the resources, each is found with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from alsfhir.errors import UnsupportedRecord
from alsfhir.patient.bundle import Entry, resources
from alsfhir.patient.document import documents
from alsfhir.patient.model import Issue
from patient_samples import PATIENT, bundle, observation


def found(value: Any) -> tuple[tuple[Entry, ...], tuple[Issue, ...]]:
    return resources("x.json", documents("x.json", json.dumps(value).encode()))


def places(value: Any) -> list[tuple[str, str]]:
    return [(entry.reference, entry.location) for entry in found(value)[0]]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({}, "is JSON, but no FHIR, which has a resourceType"),
        ({"resourceType": ["Bundle"]}, "is JSON, but no FHIR, which has a resourceType"),
        ({"protocolSection": {}}, "is a ClinicalTrials.gov record, not a patient's: `alsfhir convert` reads it"),
        ({"resourceType": "Bundle", "entry": {}}, "is a Bundle whose `entry` is no list"),
    ],
)
def test_what_is_no_fhir_is_refused_in_one_sentence(value: Any, sentence: str) -> None:
    """JSON of another kind is named as far as it is known."""
    with pytest.raises(UnsupportedRecord) as refused:
        found(value)
    assert str(refused.value).startswith(f"x.json: {sentence}")


@pytest.mark.parametrize(
    ("value", "issue"),
    [
        (bundle("Observation"), Issue("error", "Bundle.entry[0]", "is not a resource: not read")),
        (bundle({"id": "x"}), Issue("error", "Bundle.entry[0]", "has no resourceType: not read")),
        (bundle({"resourceType": 5}), Issue("error", "Bundle.entry[0]", "has no resourceType: not read")),
        (bundle(entry=[5]), Issue("error", "Bundle.entry[0]", "is not an entry: not read")),
        ([5], Issue("error", "list[0]", "is not a resource: not read")),
        (
            [{"resourceType": "Bundle", "entry": 5}],
            Issue("error", "list[0]", "is a Bundle whose `entry` is no list: not read"),
        ),
        (
            bundle(link=[{"relation": "self"}, {"relation": "next", "url": "http://x.org?name=Example"}]),
            Issue("warning", "Bundle", "is one page of several: what stands on the next page is not in the file"),
        ),
        (
            bundle(entry=[{"response": {"status": "404 Not Found"}}]),
            Issue(
                "warning", "Bundle.entry[0]", "the server did not answer this part of the request: it is missing here"
            ),
        ),
    ],
)
def test_what_is_missing_or_no_resource_is_listed(value: Any, issue: Issue) -> None:
    """A broken entry costs itself, with its place; what the file lacks is said."""
    assert found(value) == ((), (issue,))


@pytest.mark.parametrize(
    "entry", [{}, {"resource": None}, {"response": {"status": "201 Created"}}, {"response": "x"}, {"request": 5}]
)
def test_an_entry_may_have_no_resource(entry: dict[str, Any]) -> None:
    """An entry of a response or request without a resource is nothing."""
    assert found(bundle(entry=[entry])) == ((), ())


@pytest.mark.parametrize(
    "kind", ["collection", "searchset", "document", "transaction", "batch-response", "history", None, 5]
)
def test_a_bundle_of_any_type_is_read(kind: Any) -> None:
    """The type of the Bundle does not matter."""
    assert places(bundle(PATIENT, type=kind)) == [("Patient/p1", "Bundle.entry[0]")]


def test_lists_single_resources_and_nested_bundles_are_read() -> None:
    """Each resource is found wherever it stands."""
    assert places(PATIENT) == [("Patient/p1", "Patient")]
    assert places([PATIENT, observation()]) == [("Patient/p1", "list[0]"), ("Observation/o1", "list[1]")]
    assert places([bundle(PATIENT)]) == [("Patient/p1", "list[0].entry[0]")]
    nested = bundle(bundle(PATIENT), observation())
    assert places(nested) == [
        ("Patient/p1", "Bundle.entry[0].resource.entry[0]"),
        ("Observation/o1", "Bundle.entry[1]"),
    ]


def test_ndjson_is_read_line_by_line() -> None:
    """A line holds a resource or a Bundle; places name the line."""
    lines = [json.dumps(line).encode() for line in (PATIENT, bundle(observation()), [PATIENT])]
    entries, issues = resources("x.ndjson", documents("x.ndjson", b"\n".join([*lines, b"5"])))
    assert [entry.location for entry in entries] == ["line 1", "line 2.entry[0]", "line 3[0]"]
    assert issues == (Issue("error", "line 4", "is not a resource: not read"),)


@pytest.mark.parametrize(("id_", "full_url"), [(None, "urn:uuid:6f1c"), ("a b", "urn:uuid:6f1c"), (5, "urn:uuid:6f1c")])
def test_without_an_id_the_urn_is_the_reference(id_: Any, full_url: str) -> None:
    """An id that is missing or no id leaves the urn of the entry, and without one its place."""
    given = {"resourceType": "Patient", "id": id_}
    assert places(bundle(entry=[{"fullUrl": full_url, "resource": given}])) == [(full_url, "Bundle.entry[0]")]
    assert places(bundle(given)) == [("Bundle.entry[0]", "Bundle.entry[0]")]


def test_a_history_tells_what_was_deleted() -> None:
    """An entry of a history without resource, by DELETE, is the deletion of one."""
    deletion = {
        "request": {"method": "DELETE", "url": "Condition/c1"},
        "response": {"lastModified": "2026-01-01T00:00:00Z"},
    }
    (entry,) = found(bundle(entry=[deletion], type="history"))[0]
    assert (entry.reference, entry.deleted) == ("Condition/c1", True)
    assert found(bundle(entry=[deletion | {"request": {"method": "DELETE"}}], type="history"))[0] == ()
    assert found(bundle(entry=[deletion]))[0] == ()
