"""Files of screening records: what evaluate wrote is read back, and anything else is refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from alsfhir.eligibility.record_file import screening_records
from alsfhir.errors import InvalidScreenings
from screenings import candidate, deceased, ineligible, potential

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
    [
        changed(status="Jane Doe"),
        changed(**{"Jane Doe": 1}),
        changed(closedWorld="Jane Doe"),
        changed(trial="Jane Doe"),
        changed(patient="Jane Doe\n"),
        b'["Jane Doe"]',
        b'[{"schema": "Jane Doe"}]',
        b'["Jane Doe\xe9"]',
    ],
)
def test_nothing_that_stands_in_the_file_is_repeated(data: bytes) -> None:
    """A file that was edited may hold anything, in its values and in the names of its members."""
    with pytest.raises(InvalidScreenings) as caught:
        screening_records(data, "screenings.json")
    assert "Jane" not in str(caught.value)


def test_a_file_nested_without_end_is_refused() -> None:
    """Depth is no way to end the program."""
    for data in (b"[" * 200_000, b'{"schema":' * 200_000, b'[{"criteria":' * 200_000):
        with pytest.raises(InvalidScreenings):
            screening_records(data, "screenings.json")


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
