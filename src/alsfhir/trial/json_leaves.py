"""The values of a JSON text with their places, which `json` does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Step: TypeAlias = str | int

_TOKEN = re.compile(r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"|(?P<mark>[{}\[\],:])|(?P<word>[^\s{}\[\],:"]+)', re.DOTALL)
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, number, boolean or null: the keys and indexes that lead to it, and its place without quotation marks."""

    path: tuple[Step, ...]
    start: int
    end: int
    value: str | int | float | bool | None

    @property
    def pattern(self) -> str:
        """The path as ``a.b[].c``."""
        return "".join("[]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")


def leaves(text: str) -> Iterator[Leaf]:
    """The leaves of a JSON text that `json` accepts, in its order."""
    path: list[Step] = []
    pending: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if mark in ("{", "["):
            path.append(0 if mark == "[" else "")
        elif mark == ":" and pending:
            path[-1] = str(_value(pending))
            pending = None
        elif mark:
            yield from _leaf(path, pending)
            pending = None
            if mark == ",":
                _next(path)
            else:
                path.pop()
        else:
            pending = token
    yield from _leaf(path, pending)


def decoded(raw: str) -> tuple[str, list[int]]:
    """The content of a JSON text without its escapes, and the place in ``raw`` of each character and of the end."""
    characters: list[str] = []
    places: list[int] = []
    for match in _CHARACTER.finditer(raw):
        piece = match[0]
        characters.append(json.loads(f'"{piece}"') if piece[0] == "\\" else piece)
        places.append(match.start())
    return "".join(characters), [*places, len(raw)]


def _next(path: list[Step]) -> None:
    last = path[-1]
    path[-1] = last + 1 if isinstance(last, int) else ""


def _leaf(path: list[Step], token: re.Match[str] | None) -> Iterator[Leaf]:
    if token:
        group = "text" if token["text"] is not None else "word"
        yield Leaf(tuple(path), token.start(group), token.end(group), _value(token))


def _value(token: re.Match[str]) -> str | int | float | bool | None:
    value: str | int | float | bool | None = json.loads(token[0], strict=False)
    return value
