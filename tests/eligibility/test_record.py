"""Screening records as files, and their JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from alsfhir.eligibility.record import SCHEMA, json_schema, screening_records
from alsfhir.errors import InvalidScreenings
from screenings import candidate, deceased, ineligible, potential

FILE = Path(__file__).parents[2] / "src" / "alsfhir" / "schemas" / "screening-1.json"
RECORDS = (candidate(), potential(), ineligible(), deceased())
ARRAY = msgspec.json.encode(RECORDS)
LINES = b"".join(msgspec.json.encode(record) + b"\n" for record in RECORDS)


def changed(**elements: Any) -> bytes:
    """An array of one screening with elements replaced; those that are ... are taken away."""
    record = json.loads(msgspec.json.encode(candidate())) | elements
    return json.dumps([{name: value for name, value in record.items() if value is not ...}]).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"nothing of the kind",
        b"[",
        b"{}",
        b"[1]",
        b'"a string"',
        b"\xff\xfe",
        ARRAY[:-5],
        LINES[:-5],
        changed(schema="http://alsfhir.org/schema/screening-2.json"),
        changed(status="eligible"),
        changed(asOf="tomorrow"),
        changed(trial=...),
        changed(surprise=1),
        changed(status=None),
        changed(notScreened="deceased"),
        json.dumps({"resourceType": "Bundle"}).encode(),
    ],
)
def test_what_evaluate_did_not_write_is_refused(data: bytes) -> None:
    """By name, with what is wrong; never with a traceback of something else."""
    with pytest.raises(InvalidScreenings, match=r"screenings\.json"):
        screening_records(data, "screenings.json")


def test_the_line_is_named_that_is_wrong() -> None:
    """So that it can be found in a long file."""
    with pytest.raises(InvalidScreenings, match=r"screenings\.ndjson, line 2: "):
        screening_records(msgspec.json.encode(candidate()) + b"\n{}\n", "screenings.ndjson")


@pytest.mark.parametrize(
    "data",
    [ARRAY, LINES, b"\xef\xbb\xbf" + ARRAY, LINES.replace(b"\n", b"\r\n\n"), msgspec.json.format(ARRAY, indent=2)],
)
def test_what_evaluate_wrote_is_read_back(data: bytes) -> None:
    """An array or one a line, indented or not, with a byte order mark, with empty lines."""
    assert screening_records(data, "screenings.json") == RECORDS


def test_no_screenings_are_a_file_too() -> None:
    """Nobody was screened: an empty array."""
    assert screening_records(b"[]", "screenings.json") == ()


def test_the_schema_that_ships_is_that_of_the_records() -> None:
    """Made from the types; write it anew with ``json_schema`` when they change."""
    shipped = json.loads(FILE.read_text("utf-8"))
    assert shipped == json_schema()
    assert shipped["$id"] == SCHEMA
    jsonschema.Draft202012Validator.check_schema(shipped)


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_keeps_the_schema(record: Any) -> None:
    """Candidates, the ineligible and the deceased."""
    jsonschema.validate(json.loads(msgspec.json.encode(record)), json_schema())


def test_the_schema_refuses_what_is_no_screening() -> None:
    """It is not so wide that everything passes."""
    for data in (changed(status="eligible"), changed(trial=...), changed(surprise=1), changed(asOf="tomorrow")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(data)[0], json_schema())
