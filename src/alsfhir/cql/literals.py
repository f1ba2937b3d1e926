"""CQL's literals and comments, https://cql.hl7.org/02-authorsguide.html#literals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_WIDTH = 116


def string(value: str | None) -> str:
    """A string literal, or a null that is known to be a string."""
    if value is None:
        return "null as String"
    return f"'{''.join(_ESCAPED.get(character, character) for character in value)}'"


def decimal(value: Decimal | Fraction | int | None) -> str:
    """A decimal literal, never in powers of ten; or a null that is known to be a decimal."""
    if value is None:
        return "null as Decimal"
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{Decimal(value):f}"
    return text if "." in text else f"{text}.0"


def integer(value: int | None) -> str:
    """An integer literal, or a null that is known to be an integer."""
    return "null as Integer" if value is None else str(value)


def boolean(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"


def quoted(name: str) -> str:
    """A name that may hold any character."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def strings(values: Iterable[str]) -> str:
    """A list of strings, which may be empty."""
    return many("String", [string(value) for value in values])


def many(kind: str, members: Iterable[str]) -> str:
    """A list of a kind, on one line if it fits."""
    found = list(members)
    if not found:
        return f"List<{kind}>{{}}"
    line = f"{{ {', '.join(found)} }}"
    return line if len(line) <= _WIDTH - 12 else "{\n" + indented(",\n".join(found)) + "\n}"


def indented(text: str, by: int = 2) -> str:
    """The text with each of its lines moved to the right."""
    return textwrap.indent(text, " " * by)


def comment(text: str) -> str:
    """The text as comment lines; nothing in it can end them, and what no text file can hold is a blank."""
    kept = "".join(character if character.isprintable() or character.isspace() else " " for character in text)
    lines = [part for line in kept.splitlines() for part in textwrap.wrap(line, _WIDTH)]
    return "\n".join(f"// {line}" for line in lines)
