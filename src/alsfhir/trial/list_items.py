"""The items of a list as it was typed: marks, indentation, wrapped lines, and which item belongs to which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from alsfhir.trial.found import BULLET, LIST_MARK, Found
from alsfhir.trial.lines import Line, omitted
from alsfhir.trial.list_headings import introduces, part

_OPEN_END = re.compile(
    r"(?:[,(/\u2265\u2264<>=\u2013-]"
    r"|\b(?:and|or|of|the|than|with|for|to|in|by|at|from|a|an|is|be|are|not|least|within|unless))$",
    re.IGNORECASE,
)
_LONE_MARK = re.compile(rf"{BULLET}|\(?\d{{1,3}}[.)]")
_NUMBER = re.compile(r"(?<=\s)\(?(\d{1,2})[.)]\s")
_WRAPPED_WIDTHS = range(60, 111)


@dataclass(slots=True)
class Item:
    """An item of a list: its own text, the items under it, and where the last of them ends."""

    mark: str
    indent: int
    start: int
    end: int
    text: str
    children: list[Item] = field(default_factory=list)


def items(text: str, found: Iterable[Line]) -> tuple[list[Item], list[Found]]:
    """The top items of a list, each with those that belong to it, and the lines that hold no word."""
    split = [piece for line in found for piece in _numbered_within(line)]
    width = max((_columns(line) for line in split), default=0)
    flat: list[Item] = []
    marks: list[Found] = []
    before: Line | None = None
    for line in split:
        if _LONE_MARK.fullmatch(line.text) or not any(c.isalnum() for c in line.text):
            marks.append(omitted(line, LIST_MARK if _LONE_MARK.fullmatch(line.text) else "punctuation"))
            before = None
        elif before and _continues(flat[-1], before, line, width):
            flat[-1].end, before = line.end, line
        else:
            flat.append(Item(line.mark, line.indent, line.start, line.end, line.text))
            before = line
    for item in flat:
        item.text = text[item.start : item.end]
    return _nested(flat), marks


def _columns(line: Line) -> int:
    return line.indent + len(line.label) + bool(line.label) + len(line.text)


def _numbered_within(line: Line) -> Iterator[Line]:
    """The line, cut at 2., 3. … if it begins with 1.: lists that lost their line ends."""
    cuts = [0]
    if line.label.strip("().") == "1":
        for match in _NUMBER.finditer(line.text):
            if int(match[1]) == len(cuts) + 1:
                cuts.append(match.start())
    for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        mark = _NUMBER.match(line.text, start) if start else None
        piece = part(line, mark.end() if mark else start, end)
        yield replace(piece, mark=line.mark) if mark else piece


def _continues(item: Item, before: Line, line: Line, width: int) -> bool:
    if line.mark:
        return False
    if item.mark and line.indent > item.indent:
        return True
    if line.after_blank:
        return False
    if line.text[0].islower() and not item.text[0].islower() and before.text[-1] not in ".;:":
        return True
    if _OPEN_END.search(before.text[-12:]):
        return True
    return width in _WRAPPED_WIDTHS and _columns(before) + 1 + len(line.text.split(maxsplit=1)[0]) > width


def _nested(flat: list[Item]) -> list[Item]:
    top: list[Item] = []
    above: list[Item] = []
    for item in flat:
        while above and not _belongs(item, above):
            above.pop()
        (above[-1].children if above else top).append(item)
        for parent in above:
            parent.end = item.end
        above.append(item)
    return top


def _belongs(item: Item, above: list[Item]) -> bool:
    """Whether the item belongs to the last of those above it."""
    parent = above[-1]
    if item.indent > parent.indent and not _level(item, parent):
        return bool(parent.mark) or introduces(parent.text)
    same_level = [p.mark for p in above if _level(item, p)]
    if not _level(item, parent) or item.mark in same_level:
        return False
    return introduces(parent.text) or (parent.mark == "number" and item.mark not in ("", "number"))


def _level(one: Item, other: Item) -> bool:
    """Whether two items are indented alike; numbers of one and two digits may be aligned at the right."""
    aligned = one.mark == other.mark == "number"
    return abs(one.indent - other.indent) <= aligned
