"""What facts are made of: times as written, quantities, reference ranges, identifiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from alsfhir.terminology import Coding


@dataclass(frozen=True, slots=True)
class When:
    """A time as written: the days it may mean, first to last, and the instant (UTC) if it is given to the second.

    ``2025`` is 2025-01-01 to 2025-12-31; ``2025-03-02T23:30:00-05:00`` is the written day, 2025-03-02, and an instant.
    For a Period: the first day of its start to the last day of its end, and no instant; ``date.min`` stands for a
    start and ``date.max`` for an end that is not given.
    """

    first: date
    last: date
    written: str
    instant: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a unit as written: ``unit`` is the UCUM code if there is one, else the unit's text.

    ``comparator`` is ``<``, ``<=``, ``>=``, ``>`` or ``None``.
    """

    value: Decimal
    unit: str | None
    comparator: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    system: str | None
    value: str


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """What is normal, by the observation itself: its limits, and for whom.

    ``applies_to`` are the codings of the population; ``youngest`` and ``oldest`` (years, both included) that of the
    ages; without them it is for everybody.
    """

    low: Quantity | None = None
    high: Quantity | None = None
    applies_to: tuple[Coding, ...] = ()
    youngest: Decimal | None = None
    oldest: Decimal | None = None
