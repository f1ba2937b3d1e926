"""Screening records and their JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from alsfhir.eligibility.record import SCHEMA, json_schema
from screenings import candidate, deceased, ineligible, potential

FILE = Path(__file__).parents[2] / "src" / "alsfhir" / "schemas" / "screening-1.json"
RECORDS = (candidate(), potential(), ineligible(), deceased())


def changed(**elements: Any) -> bytes:
    """An array of one screening with elements replaced; those that are ... are taken away."""
    record = json.loads(msgspec.json.encode(candidate())) | elements
    return json.dumps([{name: value for name, value in record.items() if value is not ...}]).encode()


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
