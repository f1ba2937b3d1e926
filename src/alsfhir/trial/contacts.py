"""Phone numbers, e-mail addresses and places, as pages write them on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alsfhir.trial.found import NOT_RECOGNISED, Found
from alsfhir.trial.lines import Line

_DETAIL = re.compile(
    r"(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})|(?P<phone>\+?\(?\d[\d ()/.-]{4,20}\d(?: ?x ?\d{1,6})?)"
)
_LABEL = re.compile(r"(?:(?:contact|phone|telephone|tel|e-?mail|mobile)\b[\s:.*]*)+", re.IGNORECASE)
_POSTAL_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}")


def is_masked(text: str) -> bool:
    """Whether letters or digits were replaced by bullets (``•••-••••``), which makes it no contact."""
    return "••" in text


def contact_details(line: Line, path: str) -> Iterator[Found]:
    """The phone number and e-mail address on the line, for the contact with this path; else a name or a label."""
    if is_masked(line.text):
        yield Found(line.start, line.end, left_out="masked contact details")
    elif _LABEL.fullmatch(line.text):
        yield Found(line.start, line.end, left_out="heading")
    elif not _DETAIL.search(line.text):
        yield Found(line.start, line.end, f"{path}.name", line.text)
    else:
        yield from _details(line, path)


def _details(line: Line, path: str) -> Iterator[Found]:
    at = 0
    for match in _DETAIL.finditer(line.text):
        yield from _between(line, at, match.start(), path)
        yield Found(line.start + match.start(), line.start + match.end(), f"{path}.{match.lastgroup}", match[0])
        at = match.end()
    yield from _between(line, at, len(line.text), path)


def _between(line: Line, start: int, end: int, path: str) -> Iterator[Found]:
    text = line.text[start:end]
    words = text.strip()
    if not any(c.isalnum() for c in words):
        return
    first = line.start + start + text.index(words)
    name = _LABEL.sub("", words).strip(" :,")
    if not name:
        yield Found(first, first + len(words), left_out="heading")
    elif start == 0:
        yield Found(first, first + len(words), f"{path}.name", name)
    else:
        yield Found(first, first + len(words), left_out=NOT_RECOGNISED)


def address(line: Line, path: str) -> Iterator[Found]:
    """The parts of “City, State, Postal code, Country” on the line, for the site with this path.

    The last part is the country, a part with a digit the postal code, the others city and state in this order.
    """
    parts: list[tuple[int, str]] = []
    at = line.start
    for piece in line.text.split(","):
        parts.append((at + len(piece) - len(piece.lstrip()), piece.strip()))
        at += len(piece) + 1
    names = iter(("city", "state"))
    for n, (start, text) in enumerate(parts):
        if n == len(parts) - 1:
            field = "country"
        elif any(c.isdigit() for c in text) and _POSTAL_CODE.fullmatch(text):
            field = "postal_code"
        else:
            field = next(names, "")
        yield Found(
            start,
            start + len(text),
            f"{path}.{field}" if field else None,
            text if field else None,
            None if field else NOT_RECOGNISED,
        )
