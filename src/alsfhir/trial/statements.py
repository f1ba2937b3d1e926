"""The statements of an eligibility text, and the form of a statement by which its reading is recognised.

A statement is an item of the list under “Inclusion criteria” or “Exclusion criteria”: numbered, bulleted, or a
paragraph of its own. Items under an item belong to its statement, since they finish its sentence. Items under an
introduction without a mark, or under one that says only that statements follow, are statements of their own, unless
the introduction joins them the other way (“one of” over inclusions, “all of” over exclusions): then all are one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from alsfhir.trial.found import BULLET, Found
from alsfhir.trial.lines import Line, lines
from alsfhir.trial.list_headings import (
    ListHeading,
    distributes,
    introduces,
    is_introductory,
    list_heading,
    part,
    separated,
)
from alsfhir.trial.list_items import Item, items
from alsfhir.trial.model import Kind, Span

STATEMENT = "statement:"

_ESCAPE = re.compile(r"(?<!\\)\\+(?=[<>\[\]~*_^])")
_LIST_MARKS = re.compile(rf"(?:(?:{BULLET}|\(?\d{{1,3}}[.)]|\(?[a-z]\)) )+")


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of an eligibility text: the list that it stands in, its verbatim text, and its place."""

    kind: Kind
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _List:
    heading: ListHeading | None
    place: Found | None
    lines: list[Line]


def normalized(text: str) -> str:
    r"""The statement in NFC, without escapes (``\<``) and list mark, every run of white space one blank; idempotent."""
    plain = unicodedata.normalize("NFC", _ESCAPE.sub("", unicodedata.normalize("NFC", text)))
    joined = " ".join(plain.split())
    mark = _LIST_MARKS.match(joined)
    return joined[mark.end() :] if mark else joined


def text_sha256(text: str) -> str:
    """The SHA-256, in hexadecimal, of the normalized statement in UTF-8: what a reviewed reading is bound to."""
    return hashlib.sha256(normalized(text).encode()).hexdigest()


def statements(text: str) -> tuple[Stated, ...]:
    """The statements of an eligibility text, in the order of the text."""
    return tuple(
        Stated(Kind(f.field.removeprefix(STATEMENT)), text[f.start : f.end], Span(f.start, f.end))
        for f in eligibility(text)
        if f.field
    )


def eligibility(text: str, start: int = 0, end: int | None = None) -> tuple[Found, ...]:
    """Every line of the eligibility text ``text[start:end]``: statements, headings and introductions, in order."""
    pieces = [piece for line in lines(text, start, end) for piece in separated(line)]
    found = sorted((f for each in _lists(pieces) for f in _found(text, each)), key=lambda f: f.start)
    return tuple(_outside_statements(found))


def _lists(pieces: list[Line]) -> Iterator[_List]:
    current = _List(None, None, [])
    for line in pieces:
        heading = list_heading(line)
        if heading is None:
            current.lines.append(line)
            continue
        yield current
        kind = heading.kind or (current.heading.kind if current.heading else None)
        place = Found(line.start, line.start + heading.length, left_out="heading")
        current = _List(replace(heading, kind=kind), place, [])
        if rest := line.text[heading.length :].strip(" *"):
            current.lines.append(part(line, line.text.index(rest, heading.length), len(line.text)))
    yield current


def _found(text: str, listed: _List) -> Iterator[Found]:
    kind = listed.heading.kind if listed.heading else None
    top, marks = items(text, listed.lines)
    yield from marks
    if listed.place:
        yield listed.place
    warning = _heading_warning(listed.heading, kind)
    for item in _adopted(top):
        for one in _resolved(text, item, kind or Kind.INCLUSION):
            yield one if one.left_out else replace(one, warning="; ".join(filter(None, (warning, one.warning))) or None)


def _outside_statements(found: Iterable[Found]) -> Iterator[Found]:
    """What was found, without the marks on lines of their own that a longer statement holds."""
    at = 0
    for place in found:
        if place.start >= at:
            yield place
            at = place.end


def _heading_warning(heading: ListHeading | None, kind: Kind | None) -> str | None:
    if kind is None:
        return "no heading says whether this includes or excludes; taken as an inclusion"
    return f"its list is limited: {heading.scope}" if heading and heading.scope else None


def _adopted(top: list[Item]) -> list[Item]:
    """The top items, paragraphs after an introduction that has no list of its own put under it."""
    result: list[Item] = []
    for item in top:
        before = result[-1] if result else None
        follows = before and not (item.mark or before.mark or introduces(item.text))
        if before and follows and introduces(before.text) and (not before.children or not before.children[0].mark):
            before.children.append(item)
            before.end = item.end
        else:
            result.append(item)
    return result


def _resolved(text: str, item: Item, kind: Kind) -> Iterator[Found]:
    """The statements that an item and those under it make: one, or, under an introduction, one each."""
    alone = is_introductory(item.text)
    if not item.children or not introduces(item.text) or (item.mark and not alone):
        yield _statement(text, item, kind)
    elif not distributes(item.text, kind):
        unmarked = None if item.children[0].mark else "where its list ends is not marked in the document"
        yield _statement(text, item, kind, unmarked)
    else:
        yield Found(item.start, item.start + len(item.text), left_out="introduction")
        heading = None if alone else f"stands under: {' '.join(item.text.split())}"
        for child in item.children:
            yield _statement(text, child, kind, heading)


def _statement(text: str, item: Item, kind: Kind, warning: str | None = None) -> Found:
    return Found(item.start, item.end, STATEMENT + kind, text[item.start : item.end], warning=warning)
