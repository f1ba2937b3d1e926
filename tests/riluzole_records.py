"""Riluzole in FHIR R4 records: orders and statements in a dosage, over a period."""

from __future__ import annotations

from typing import Any

from records import RXNORM, Resource, order, quantity, statement

RILUZOLE, TABLET = "35623", "199206"


def dose(amount: str, times: int, period: str | None = None) -> Resource:
    """A Dosage of so much so often a day, within bounds if a period is given."""
    start, _, end = (period or "").partition("/")
    days = {name: day for name, day in (("start", start), ("end", end)) if day}
    bounds = {"boundsPeriod": days} if days else {}
    repeat = {"frequency": times, "period": 1, "periodUnit": "d"} | bounds
    return {"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": quantity(amount)}]}


TWICE, ONCE = dose("50 mg", 2), dose("50 mg", 1)


def ordered(authored: str | None, dosage: Resource | None = TWICE, **more: Any) -> Resource:
    """An order of riluzole, active and without an end unless said otherwise."""
    return order(RXNORM, RILUZOLE, authored, **({"dosageInstruction": [dosage] if dosage else None} | more))


def during(period: str, amount: str = "50 mg", times: int = 2, **more: Any) -> Resource:
    """An order of riluzole for a period; completed if that has an end."""
    status = "active" if period.endswith("/") else "completed"
    own = {"id": f"order-{period.replace('/', '-to-')}", "status": status}
    return ordered(period.split("/", maxsplit=1)[0], dose(amount, times, period), **(own | more))


def taken(period: str | None, status: str = "active", dosage: Resource | None = TWICE, **more: Any) -> Resource:
    """A statement that riluzole is, or was, taken."""
    return statement(RXNORM, RILUZOLE, period, status, **({"dosage": [dosage] if dosage else None} | more))
