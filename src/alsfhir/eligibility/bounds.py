"""Bounds in words: those that are kept, and those that are broken."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias, TypeVar

import msgspec

from alsfhir.criteria.model import Age, Duration, Measurement, TimeSince
from alsfhir.criteria.words import duration, number

Bounded: TypeAlias = Age | Measurement | TimeSince
B = TypeVar("B", Age, Measurement, TimeSince)

_KEPT = {"at_least": "at least", "more_than": "more than", "at_most": "at most", "less_than": "less than"}
_BROKEN = {"at_least": "below", "more_than": "not more than", "at_most": "above", "less_than": "not less than"}
_TIME = {"below": "less than", "above": "more than"}


def asked(atom: Bounded, unit: str = "") -> str:
    """All bounds: ``at least 18 and at most 75``."""
    return " and ".join(_said(_KEPT[name], bound, unit) for name, bound in _bounds(atom))


def broken(atom: B, kept: Callable[[B], bool | None], unit: str = "") -> str:
    """The bounds that are not kept: ``below 50 %``. ``kept`` says it of the same atom with one bound only."""
    names = dict(_bounds(atom))
    alone = {name: {other: bound if other == name else None for other in _KEPT} for name, bound in names.items()}
    failed = [name for name in names if kept(msgspec.structs.replace(atom, **alone[name])) is False]
    return " and ".join(_said(_BROKEN[name], names[name], unit) for name in failed)


def _bounds(atom: Bounded) -> list[tuple[str, int | Decimal | Duration]]:
    return [(name, bound) for name in _KEPT if (bound := getattr(atom, name)) is not None]


def _said(relation: str, bound: int | Decimal | Duration, unit: str) -> str:
    if isinstance(bound, Duration):
        return f"{_TIME.get(relation, relation)} {duration(bound)}"
    return f"{relation} {number(bound)} {unit}".rstrip()
