"""Calendar lengths and bounds in CQL."""

from __future__ import annotations

from collections.abc import Iterable

from alsfhir.criteria.model import Duration


def back(length: Duration, day: str = "AsOf") -> str:
    """The day that length before another: ``(AsOf - 6 months)``; months are calendar months, as ours are."""
    months, days = length.years * 12 + length.months, length.weeks * 7 + length.days
    parts = [f" - {number} {unit}" for number, unit in ((months, "months"), (days, "days")) if number]
    return f"({day}{''.join(parts)})" if parts else day


def window(within: Duration, until: Duration | None = None) -> tuple[str, str]:
    """The first and the last day of a period that ends ``until`` before the day that is asked about."""
    last = back(until) if until is not None else "AsOf"
    return back(within, last), last


def both(truths: Iterable[str]) -> str:
    """All of the truths, by Kleene's logic, which is that of CQL's ``and``."""
    return " and ".join(truths)
