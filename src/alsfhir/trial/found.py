"""What a reader finds in a document, place by place, and the complete partition made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alsfhir.trial.model import Passage, Span

NOT_RECOGNISED = "not recognised"
WHITE_SPACE = "white space"
LIST_MARK = "list mark"

BULLET = r"[*\u2022\u00b7\u2023\u25aa\u25e6\u25cf\u2013\u2014-]"

_MARK = re.compile(rf"{BULLET}|o|\(?(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|[a-z]|[ivx]{{2,4}})[.)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the text and what it says: a Trial ``field`` with its ``value``, or the reason why it says nothing.

    A statement has the field ``statement:inclusion`` or ``statement:exclusion`` until the trial's id is known.
    An empty span stands for what follows from the place of something else, such as the role of a sponsor.
    """

    start: int
    end: int
    field: str | None = None
    value: str | int | bool | None = None
    left_out: str | None = None
    warning: str | None = None


def passages(text: str, found: Iterable[Found], between: str | None = None) -> tuple[Passage, ...]:
    """The complete partition of the text: what was found, and what lies between, left out for the reason ``between``.

    Without ``between`` the reason is read off the text there: white space, a list mark, punctuation.
    """
    result: list[Passage] = []
    at = 0
    for place in sorted((f for f in found if f.start < f.end), key=lambda f: f.start):
        if place.start < at:
            raise ValueError(f"two readings of the characters {place.start} to {min(at, place.end)}")
        result += _gap(text, at, place.start, between)
        result.append(Passage(Span(place.start, place.end), place.field, place.left_out))
        at = place.end
    return (*result, *_gap(text, at, len(text), between))


def _gap(text: str, start: int, end: int, between: str | None) -> Iterator[Passage]:
    if start < end:
        yield Passage(Span(start, end), None, between or _reason(text[start:end].strip()))


def _reason(text: str) -> str:
    if not text:
        return WHITE_SPACE
    if _MARK.fullmatch(text):
        return LIST_MARK
    return NOT_RECOGNISED if any(c.isalnum() for c in text) else "punctuation"
