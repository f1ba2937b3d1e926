"""Which of several observations is the latest, as far as their dates can tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from alsfhir.patient.model import Observation
from alsfhir.patient.values import When

_ZONES = timedelta(days=2)  # instants can be in the other order than their written days, but never by more than this


class Dated(Protocol):
    """Something read from an observation, which says when it was."""

    @property
    def source(self) -> Observation: ...


D = TypeVar("D", bound=Dated)


def definite(when: When | None, as_of: date) -> bool:
    """Whether every day that the date may mean is on or before the as-of date."""
    return when is not None and when.last <= as_of


def latest(found: Sequence[D], as_of: date) -> tuple[D, ...]:
    """Those than which none is certainly later: one, or several if their dates leave the order open.

    Ordered by instant, a period by its first day; on one written day without two instants, by when they were issued,
    then last updated.
    An undated one may always be the latest.
    """
    if len(found) < 2:
        return tuple(found)
    certain = [item.source.when.first for item in found if item.source.when and item.source.when.last <= as_of]
    floor = max(certain, default=date.min)
    near = [item for item in found if item.source.when is None or floor - item.source.when.last <= _ZONES]
    top = tuple(item for item in near if not any(_is_later(other.source, item.source, as_of) for other in near))
    return top or tuple(near)


def _is_later(one: Observation, other: Observation, as_of: date) -> bool:
    if one.when is None or other.when is None or one.when.last > as_of:
        return False
    if one.when.instant and other.when.instant and one.when.instant != other.when.instant:
        return one.when.instant > other.when.instant
    start, other_start = _start(one.when), _start(other.when)
    if start[0] > other_start[1]:
        return True
    return start[0] == start[1] == other_start[0] == other_start[1] and _issued_later(one, other)


def _start(when: When) -> tuple[date, date]:
    # A night is dated by its evening, or two nights in a row would overlap and neither be the later one.
    start, period, _ = when.written.partition("/")
    return (when.first, when.first) if period and len(start) >= len("2026-06-20") else (when.first, when.last)


def _issued_later(one: Observation, other: Observation) -> bool:
    order = _after(one.issued, other.issued)
    return bool(_after(one.last_updated, other.last_updated) if order is None else order)


def _after(one: datetime | None, other: datetime | None) -> bool | None:
    return None if one is None or other is None or one == other else one > other
