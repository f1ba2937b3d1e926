"""Tests of the Provenance of a screening."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.provenance import provenance, same_provenance
from screenings import AGE, FVC_LOW, TRIAL, candidate, criterion, ineligible, screening

KEY = f"{TRIAL}/7/2026-06-30"


def _provenance(**more: Any) -> Resource:
    given: dict[str, Any] = {"recorded": "2026-06-30T12:00:00Z", "key": KEY, **more}
    record = given.pop("record", ineligible())
    targets = given.pop("targets", ["ResearchSubject/1", "GuidanceResponse/2"])
    return provenance(record, targets, given.pop("device", "Device/3"), Names(), **given)


@pytest.mark.parametrize(
    "changed",
    [
        {"record": candidate()},
        {"targets": ["ResearchSubject/1"]},
        {"device": "Device/4"},
        {"key": "another"},
        {"held": frozenset({"Observation/obs-7"})},
    ],
)
def test_other_content_is_not_the_same(changed: dict[str, Any]) -> None:
    """Another screening, target, software or identity is a new statement."""
    assert not same_provenance(_provenance(), _provenance(**changed))


def test_the_time_and_what_a_server_adds_make_no_difference() -> None:
    """What was said before is not said again only because the clock went on."""
    later = _provenance(recorded="2026-07-02T08:30:00Z")
    meta = {**later["meta"], "versionId": "4", "lastUpdated": "2026-07-02T08:30:01Z", "source": "#a1"}
    assert same_provenance(_provenance(), {**later, "id": "88", "meta": meta})


def test_evidence_that_the_server_lacks_is_named_and_not_referenced() -> None:
    """A dangling reference would be refused, so evidence has type and display."""
    what = [entity["what"] for entity in _provenance()["entity"]]
    assert {"type": "Observation", "display": "Observation/obs-7"} in what


def test_evidence_that_the_server_has_is_referenced() -> None:
    """Where the server holds the evidence, the reference leads to it."""
    what = [entity["what"] for entity in _provenance(held=frozenset({"Observation/obs-7"}))["entity"]]
    assert any(one.get("reference") == "Observation/obs-7" for one in what)


def test_evidence_is_named_once_and_after_the_readings() -> None:
    """A resource that decided two criteria is one entity; the version of the readings comes first."""
    twice = criterion("E09", "not-met", "pass", "evidence", evidence=FVC_LOW.evidence)
    entities = _provenance(record=screening(AGE, FVC_LOW, twice, status="ineligible"))["entity"]
    assert [entity["what"]["display"] for entity in entities] == [
        f"{TRIAL}, readings sha256:{'0123456789abcdef' * 4}",
        "Patient/p1",
        "Observation/obs-7",
    ]


def test_it_has_its_identity_in_a_tag() -> None:
    """Provenance has no identifier; the tag lets it be found and updated."""
    assert _provenance()["meta"]["tag"] == [{"system": "http://alsfhir.org/fhir/tag/provenance", "code": KEY}]


def test_it_says_what_by_whom_and_when() -> None:
    """Targets, the software's Device and the instant stand in their elements."""
    resource = _provenance()
    assert resource["target"] == [{"reference": "ResearchSubject/1"}, {"reference": "GuidanceResponse/2"}]
    assert resource["agent"][0]["who"] == {"reference": "Device/3", "display": "alsfhir 0.1.0"}
    assert resource["recorded"] == "2026-06-30T12:00:00Z"
