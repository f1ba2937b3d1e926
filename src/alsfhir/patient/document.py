"""The bytes of a file → its JSON documents, read strictly.

msgspec, which parses afterwards, keeps the last of duplicate keys and takes invalid UTF-8 inside what it skips, both
without a word. One patient is read strictly, so this pass comes first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import msgspec

from alsfhir.errors import UnreadableInput

MAX_BYTES = 200_000_000
MAX_DEPTH = 100

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)  # also to the end of the file: never tried again
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NAME = re.compile(r"[A-Za-z_]{1,64}")
_NO_JSON = "is not FHIR in JSON, which begins with { or ["
_SIGNATURES = {b"%PDF": "a PDF", b"\x1f\x8b": "compressed with gzip", b"PK\x03\x04": "a ZIP archive"}


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON text of a file; ``line`` is its line in NDJSON, 0 if it is the whole file."""

    data: bytes
    line: int = 0


def documents(name: str, data: bytes, deepest: int = MAX_DEPTH) -> tuple[Document, ...]:
    """The JSON document in ``data``, or one a line if it is NDJSON.

    Raises UnreadableInput for what is empty, too large, not UTF-8, nested deeper than ``deepest`` or not JSON, and for
    keys that stand twice in one object or numbers that are not finite, which JSON does not have.
    """
    text = _text(name, data)
    if text.lstrip()[:1] not in (b"{", b"["):
        problem = "is XML or HTML: give FHIR in JSON" if text.lstrip()[:1] == b"<" else _NO_JSON
        raise UnreadableInput(name, problem)
    if _depth(text) > deepest:
        raise UnreadableInput(name, f"is nested more than {deepest} levels deep, which no FHIR resource needs")
    try:
        _check(name, text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            problem = f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
            raise UnreadableInput(name, problem) from None
        return _lines(name, text)
    return (Document(text),)


def _text(name: str, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise UnreadableInput(name, f"is larger than {MAX_BYTES // 1_000_000} MB: split it")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableInput(name, f"is {kind}, not text: give FHIR in JSON")
    text = data.removeprefix(b"\xef\xbb\xbf")
    if not text.strip():
        raise UnreadableInput(name, "is empty: give FHIR in JSON")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name, f"is not UTF-8 text (byte {error.start}): FHIR in JSON is always UTF-8") from None
    return text


def _depth(text: bytes) -> int:
    brackets = _STRING.sub(b"", text).translate(None, _NOT_BRACKETS)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)


def _check(name: str, text: bytes) -> None:
    def distinct(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
            shown = f": {twice}" if _NAME.fullmatch(twice) else ""
            raise UnreadableInput(name, f"an object has the same key twice{shown}; which one is meant is not known")

    def finite(_: str) -> None:
        raise UnreadableInput(name, "has a number that is not finite (NaN or Infinity), which is not JSON")

    json.loads(text, object_pairs_hook=distinct, parse_constant=finite, parse_int=_skip, parse_float=_skip)
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except msgspec.DecodeError:
        raise UnreadableInput(
            name, "holds text that is no Unicode: half of a surrogate pair (\\ud800 to \\udfff)"
        ) from None


def _skip(_: str) -> None:
    """Numbers are not converted here: they are read exactly later, and Python refuses integers of 5,000 digits."""


def _lines(name: str, text: bytes) -> tuple[Document, ...]:
    found = tuple(Document(line, number) for number, line in enumerate(text.split(b"\n"), 1) if line.strip())
    for document in found:
        try:
            _check(name, document.data)
        except json.JSONDecodeError as error:
            problem = f"is neither JSON nor NDJSON: {error.msg} in line {document.line}, column {error.colno}"
            raise UnreadableInput(name, problem) from None
    return found
