"""The bytes of a file become JSON documents, or one clear sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import InputError, UnreadableInput
from alsfhir.patient import document
from alsfhir.patient.document import documents


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "x.json: is empty"),
        (b" \n\t", "x.json: is empty"),
        (b"\xef\xbb\xbf", "x.json: is empty"),
        (b'{"a": "\xff"}', "is not UTF-8 text (byte 7)"),
        ('{"a": 1}'.encode("utf-16"), "is not UTF-8 text"),
        (b"%PDF-1.7", "is a PDF, not text"),
        (b"\x1f\x8b\x08", "is compressed with gzip"),
        (b"PK\x03\x04", "is a ZIP archive"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "is XML or HTML"),
        (b"hello", "is not FHIR in JSON, which begins with { or ["),
        (b'"Bundle"', "is not FHIR in JSON"),
        (b" 5", "is not FHIR in JSON"),
        (b"[,]", "is not JSON: Expecting value (line 1, column 2)"),
        (b'{"a": 1,}', "is not JSON"),
        (b'{"a": 01}', "is not JSON"),
        (b'{"a": 1', "is not JSON"),
        (b'["a', "is not JSON"),
        (b'{"a": NaN}', "a number that is not finite"),
        (b'{"a": [-Infinity]}', "a number that is not finite"),
        (b'{"a": {"status": 1, "status": 2}}', "has the same key twice: status"),
        (b'{"no name, 4711": 1, "no name, 4711": 1}', "has the same key twice; which"),
        (rb'{"a": "\ud800"}', "holds text that is no Unicode"),
        (rb'{"\udc00": 1}', "holds text that is no Unicode"),
        (rb'{"a": 1}' + b"\n" + rb'{"\udc00": 1}', "holds text that is no Unicode"),
        (b'{"a": 1}\n{"b": 2} x', "is neither JSON nor NDJSON: Extra data in line 2, column 10"),
        (b'{"a": 1}\n{"b": 2, "b": 3}', "has the same key twice: b"),
        (b"[" * 101 + b"]" * 101, "is nested more than 100 levels deep"),
        (b"[" + b"{}," * 200 + b"[" * 100 + b"]" * 101, "is nested more than 100 levels deep"),
        (b"[" * 1_000_000, "is nested more than 100 levels deep"),
        (b'{"a":' * 1_000_000, "is nested more than 100 levels deep"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    """What is no JSON text is refused with a sentence that says what it is."""
    with pytest.raises(UnreadableInput) as refused:
        documents("x.json", data)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize("noise", [rb'["\\', rb'[\\"', rb"[\\", b'["', b"[{", b'{"a":"'])
def test_noise_is_refused_as_well(noise: bytes) -> None:
    """Megabytes of quotes, backslashes or brackets are refused like any other text that is no JSON."""
    with pytest.raises(UnreadableInput):
        documents("x.json", noise[:1] + noise[1:] * 1_000_000)


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large is refused before anything is made of it."""
    monkeypatch.setattr(document, "MAX_BYTES", 10)
    with pytest.raises(UnreadableInput, match="larger than 0 MB: split it"):
        documents("x.json", b'{"a": "0123456789"}')


def test_brackets_inside_strings_are_not_depth() -> None:
    """Only the nesting of the JSON counts, whatever its strings say."""
    data = json.dumps(["[" * 200 + '\\"{' * 200]).encode()
    assert [found.data for found in documents("x.json", data)] == [data]


def test_a_byte_order_mark_is_taken_off() -> None:
    """A BOM, which Windows programs write, is no part of the JSON."""
    assert documents("x.json", b"\xef\xbb\xbf[]")[0].data == b"[]"


def test_ndjson_is_one_document_a_line() -> None:
    """NDJSON is read line by line; empty lines do not count, and lines are numbered from 1."""
    found = documents("x.ndjson", b'{"a": 1}\r\n\n{"b": 2}\n')
    assert [(one.line, json.loads(one.data)) for one in found] == [(1, {"a": 1}), (3, {"b": 2})]


def test_numbers_that_python_would_not_convert_are_no_obstacle() -> None:
    """An integer of 5,000 digits and a number beyond every float are JSON, whatever they may mean."""
    data = b'{"a": ' + b"9" * 5000 + b', "b": 1e99999}'
    assert documents("x.json", data)[0].data == data


def test_whole_surrogate_pairs_are_text() -> None:
    """A character beyond the first plane may be written as a pair of escapes."""
    data = rb'{"a": "\ud83d\ude00"}'
    assert documents("x.json", data)[0].data == data


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    """Whatever the bytes, there are documents or an input error."""
    try:
        found = documents("x.json", data)
    except InputError:
        return
    assert all(json.loads(one.data) is not ... for one in found)


def test_the_key_that_stands_twice_is_found_among_many() -> None:
    """Each key is looked at once: a file of some megabytes must not take hours."""
    keys = [f'"k{number}": 1' for number in range(200_000)]
    with pytest.raises(UnreadableInput, match="the same key twice"):
        documents("x.json", f"{{{', '.join([*keys, keys[-1]])}}}".encode())
