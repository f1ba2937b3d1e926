"""Tests of a screening as Parameters."""

from __future__ import annotations

from typing import Any

import msgspec

from alsfhir.eligibility.record import RecruitmentRecord
from alsfhir.fhir.canonical import Resource
from alsfhir.fhir.screening_parameters import screening_parameters
from screenings import AGE, FVC_STALE, TRIAL, candidate, criterion, potential, screening


def _part(parameters: Resource, name: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [part for part in parameters["parameter"] if part["name"] == name]
    assert len(found) == 1
    return found[0]


def test_what_is_not_known_has_no_part() -> None:
    """FHIR has no empty values: an undated page, an absent value and an empty reason are left out."""
    bare = criterion("I01", "unknown", "confirm", "no-record", reason="")
    record = screening(bare, recruitment=RecruitmentRecord(status="recruiting", as_of=None))
    parameters = screening_parameters(record, frozenset())
    assert _part(parameters, "recruitment")["part"] == [{"name": "status", "valueString": "recruiting"}]
    names = [part["name"] for part in _part(parameters, f"{TRIAL}-I01")["part"]]
    assert names == ["kind", "text", "reading", "verdict", "outcome", "basis"]


def test_a_page_date_that_is_no_date_is_kept_as_text() -> None:
    """What cannot be a FHIR date is not lost."""
    record = screening(recruitment=RecruitmentRecord(status="recruiting", as_of="in spring"))
    parts = _part(screening_parameters(record, frozenset()), "recruitment")["part"]
    assert parts[1] == {"name": "asOf", "valueString": "in spring"}


def test_every_criterion_has_a_part_of_its_own() -> None:
    """The part is named by the criterion's id and says verdict, outcome, basis, reason and evidence."""
    parameters = screening_parameters(screening(AGE), frozenset({"Patient/p1"}))
    assert _part(parameters, f"{TRIAL}-I01")["part"] == [
        {"name": "kind", "valueCode": "inclusion"},
        {"name": "text", "valueString": "Age 18 to 75 years, both ends included"},
        {"name": "reading", "valueCode": "proposed"},
        {"name": "verdict", "valueCode": "met"},
        {"name": "outcome", "valueCode": "pass"},
        {"name": "basis", "valueCode": "evidence"},
        {"name": "reason", "valueString": "54 years old on 2026-06-30"},
        {
            "name": "evidence",
            "part": [
                {
                    "name": "reference",
                    "valueReference": {"reference": "Patient/p1", "type": "Patient", "display": "Patient/p1"},
                },
                {"name": "value", "valueString": "54 years"},
            ],
        },
        {"name": "closes", "valueDate": "2047-08-01"},
    ]


def test_what_would_settle_a_criterion_is_in_its_part() -> None:
    """Needs are written with concept, unit, age and words."""
    parts = _part(screening_parameters(screening(FVC_STALE), frozenset()), f"{TRIAL}-I02")["part"]
    (needs,) = [part for part in parts if part["name"] == "needs"]
    assert needs["part"][:3] == [
        {"name": "concept", "valueCode": "fvc-percent-predicted"},
        {"name": "unit", "valueCode": "%"},
        {"name": "maxAgeDays", "valueInteger": 90},
    ]


def test_assumptions_issues_and_the_closed_world_are_written() -> None:
    """What was assumed, and what of the record could not be used, reaches the server too."""
    assumed = criterion("I01", "met", "pass", "evidence", assumptions=("one", "another"))
    parts = _part(screening_parameters(screening(assumed), frozenset()), f"{TRIAL}-I01")["part"]
    assert [part["valueString"] for part in parts if part["name"] == "assumptions"] == ["one", "another"]
    assert _part(screening_parameters(candidate(), frozenset()), "closedWorld")["valueBoolean"] is True
    assert _part(screening_parameters(potential(), frozenset()), "issues")["part"] == [
        {"name": "severity", "valueCode": "warning"},
        {"name": "location", "valueString": "Observation/obs-9"},
        {"name": "text", "valueString": "no unit; not used"},
    ]


def test_other_ages_that_were_asked_for_are_a_part() -> None:
    """Programs see that values may be older than the mappings say; without that there is no such part."""
    record = msgspec.structs.replace(candidate(), max_age_days={"fvc-percent-predicted": 120})
    parts = {part["name"]: part for part in screening_parameters(record, frozenset())["parameter"]}
    assert parts["maxAgeDays"]["part"] == [{"name": "fvc-percent-predicted", "valueInteger": 120}]
    assert "maxAgeDays" not in {part["name"] for part in screening_parameters(candidate(), frozenset())["parameter"]}
