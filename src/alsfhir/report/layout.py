"""Lines for a terminal: wrapped at one width, indented, free of what a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

WIDTH = 92


def plain(text: str) -> str:
    """The text on one line; control, direction and escape characters, which documents may hold, become blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def wrapped(text: str, *, indent: int = 0, label: str = "") -> Iterator[str]:
    """The text in lines of at most ``WIDTH`` columns, all indented; a ``label`` hangs before the first one."""
    first = " " * indent + label
    rest = " " * len(first)
    yield from wrap(plain(text), WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) or [
        first.rstrip()
    ]


def rule(character: str) -> str:
    """A line across the whole width."""
    return character * WIDTH


def shortened(line: str) -> str:
    """The line, cut with an ellipsis where it is wider than ``WIDTH``."""
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"
