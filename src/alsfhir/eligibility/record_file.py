"""A file of screening records, as ``evaluate`` wrote it, and as nobody has changed it since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from alsfhir.eligibility.contradictions import contradiction
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.errors import InvalidScreenings

T = TypeVar("T")

# msgspec's messages that repeat what stands in the file, and what is said instead.
_REPEATING = {"Invalid enum value": "a word that cannot stand there", "Object contains unknown": "a member too many"}


def screening_records(data: bytes, name: str) -> tuple[ScreeningRecord, ...]:
    """The records in a file that ``evaluate`` wrote: a JSON array, or one object a line.

    Raises InvalidScreenings for anything else, and for a record that contradicts itself.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not text:
        raise InvalidScreenings(name, "it is empty; write it with `alsfhir evaluate --format json`")
    array = text.startswith(b"[")
    records = _decoded(text, tuple[ScreeningRecord, ...], name) if array else tuple(_lines(text, name))
    for number, record in enumerate(records, start=1):
        if problem := contradiction(record):
            raise InvalidScreenings(name, f"screening {number}: {problem}; evaluate the patient again")
    return records


def _lines(text: bytes, name: str) -> Iterator[ScreeningRecord]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _decoded(line, ScreeningRecord, f"{name}, line {number}")


def _decoded(text: bytes, form: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(text, type=form)
    except UnicodeDecodeError:
        problem = "it is not UTF-8 text"
    except RecursionError:
        problem = "it is nested too deeply"
    except msgspec.DecodeError as error:
        problem = _problem(str(error))
    raise InvalidScreenings(name, f"{problem}; write it with `alsfhir evaluate --format json` or `ndjson`")


def _problem(message: str) -> str:
    _, separator, path = message.rpartition(" - at ")
    for beginning, instead in _REPEATING.items():
        if message.startswith(beginning):
            return f"{instead}{separator}{path}" if separator else instead
    return message
