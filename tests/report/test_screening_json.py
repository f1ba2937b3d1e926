"""Tests of screenings as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

import alsfhir
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.report.screening_json import json_array, ndjson
from screenings import candidate, criterion, deceased, ineligible, potential, screening

SCHEMA = Path(alsfhir.__file__).parent / "schemas" / "screening-1.json"
RECORDS = (candidate(), potential(), ineligible(), deceased())


def test_no_screenings_are_an_empty_array() -> None:
    """Nothing is still JSON."""
    assert json_array([]) == b"[]\n"
    assert list(ndjson([])) == []


def test_the_schema_takes_the_array_as_it_is_written() -> None:
    """What evaluate writes is valid as a whole, and an array with anything else in it is not."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    written = json.loads(json_array(RECORDS))
    validator.validate(written)
    with pytest.raises(ValidationError):
        validator.validate([*written, {"status": "candidate"}])


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "eligible"},
        {"asOf": "30 June 2026"},
        {"criteria": [{"id": "NCT01234567-I01", "verdict": "met"}]},
        {"birthDate": "1970-01-01"},
    ],
)
def test_the_schema_refuses_what_is_no_screening(changed: dict[str, Any]) -> None:
    """An unknown status, a date in words, half a criterion, a member too many: the schema tells them apart."""
    (record,) = json.loads(json_array([candidate()]))
    with pytest.raises(ValidationError):
        Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate({**record, **changed})


def test_every_screening_is_what_the_schema_says() -> None:
    """What is written is valid against the JSON Schema that ships with the package."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    for record in json.loads(json_array(RECORDS)):
        validator.validate(record)


def test_the_deceased_have_a_null_status_and_the_reason() -> None:
    """`status` is null exactly where `notScreened` says why."""
    (record,) = json.loads(json_array([deceased()]))
    assert (record["status"], record["notScreened"]) == (None, "deceased")
    (record,) = json.loads(json_array([candidate()]))
    assert "notScreened" not in record


def test_the_array_and_the_lines_hold_the_same_in_the_order_given() -> None:
    """Both forms are the records, one after the other, and decode to them."""
    assert msgspec.json.decode(json_array(RECORDS), type=tuple[ScreeningRecord, ...]) == RECORDS
    lines = list(ndjson(RECORDS))
    assert tuple(msgspec.json.decode(line, type=ScreeningRecord) for line in lines) == RECORDS
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in lines)


def test_the_same_screenings_give_the_same_bytes() -> None:
    """Nothing but the records goes into the output, also when they come one at a time."""
    assert json_array(iter(RECORDS)) == json_array(RECORDS)
    assert b"".join(ndjson(iter(RECORDS))) == b"".join(ndjson(RECORDS))


def test_the_array_is_indented_and_its_text_readable() -> None:
    """A person can read it: one member a line, and letters as they are, not escaped."""
    written = json_array([screening(criterion("I01", "met", "pass", "evidence", text="FVC ≥ 50 %"))])
    assert written.startswith(b'[\n  {\n    "schema": "http://alsfhir.org/schema/screening-1.json",\n')
    assert "FVC ≥ 50 %".encode() in written


def test_the_names_are_those_of_the_contract() -> None:
    """A record has the members, in the order, that the published form has."""
    (record,) = json.loads(json_array([potential()]))
    assert list(record) == [
        "schema",
        "trial",
        "recruitment",
        "patient",
        "patientIdentifier",
        "asOf",
        "status",
        "criteria",
        "blocking",
        "missing",
        "confirm",
        "closedWorld",
        "issues",
        "readings",
        "software",
    ]
    assert list(record["criteria"][1]["needs"][0]) == ["concept", "unit", "maxAgeDays", "text"]
