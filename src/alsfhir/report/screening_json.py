"""Screenings as JSON, as the schema ``screening-1`` says; the same screenings give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from alsfhir.eligibility.record import ScreeningRecord


def json_array(records: Iterable[ScreeningRecord]) -> bytes:
    """The screenings as one indented JSON array, UTF-8, ending with a line feed."""
    return msgspec.json.format(msgspec.json.encode(tuple(records)), indent=2) + b"\n"


def ndjson(records: Iterable[ScreeningRecord]) -> Iterator[bytes]:
    """The screenings one a line, UTF-8, each ending with a line feed."""
    for record in records:
        yield msgspec.json.encode(record) + b"\n"
