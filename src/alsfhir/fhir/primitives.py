"""Text and dates from documents as FHIR primitives, https://hl7.org/fhir/R4/datatypes.html#primitive."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

LONGEST_STRING = 1_048_576  # FHIR: a string has no more characters than this

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def string(text: str | None) -> str | None:
    """The text without characters that FHIR and XML forbid and without blank ends; ``None`` if nothing is left.

    What is longer than FHIR allows is cut, and says so at its end.
    """
    clean = _NOT_XML.sub("", text or "").strip()
    if len(clean) > LONGEST_STRING:
        mark = f" … [cut: {len(clean)} characters in the document]"
        clean = clean[: LONGEST_STRING - len(mark)] + mark
    return clean or None


def fhir_date(text: str | None) -> str | None:
    """The text if it is a FHIR date, whole or partial; else ``None``."""
    if text is None or not _DATE.fullmatch(text):
        return None
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return None
    return text


def uri(text: str | None) -> str | None:
    """The text if it is an absolute URI without blanks, such as a system must be; else ``None``."""
    clean = string(text)
    if clean is None or re.search(r"\s", clean):
        return None
    try:
        parts = urlsplit(clean)
    except ValueError:
        return None
    return clean if parts.scheme in {"http", "https", "urn"} and (parts.netloc or parts.scheme == "urn") else None


def filled(element: Any) -> Any:
    """The element without anything that is ``None`` or empty, at any depth: FHIR has no empty elements."""
    if isinstance(element, dict):
        pairs = ((name, filled(value)) for name, value in element.items())
        return {name: value for name, value in pairs if value not in (None, "", [], {})}
    if isinstance(element, list | tuple):
        return [value for value in map(filled, element) if value not in (None, "", [], {})]
    return element
