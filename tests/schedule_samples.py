"""A schedule made by hand, in which every field is used."""

from __future__ import annotations

from decimal import Decimal

from alsfhir.criteria.schedule import (
    Activity,
    Amount,
    Assessment,
    Length,
    Medication,
    Period,
    Procedure,
    Repeat,
    Schedule,
    TimeUnit,
    When,
)


def length(value: str, unit: TimeUnit, up_to: str | None = None) -> Length:
    """A length of time, its numbers as text."""
    return Length(value=Decimal(value), unit=unit, up_to=None if up_to is None else Decimal(up_to))


SCREENING = Period(
    id="screening",
    label="Screening",
    lasting=length("1", "years", "2"),
    activity=(
        Activity(id="consent", label="Consent"),
        Activity(id="visits", label="Visits", order="look", repeat=Repeat(times=4, over=length("0.50", "years"))),
    ),
)
TREATMENT = Period(
    id="treatment",
    label="Treatment",
    when=When(relation="after-end", of="screening"),
    lasting=length("45", "days"),
    activity=(
        Activity(
            id="surgery",
            label="Surgery",
            order="pouch",
            when=When(relation="before-start", of="first", by=length("3", "days", "5")),
            lasting=length("90", "minutes"),
        ),
        Activity(
            id="first",
            label="First dose",
            order="cells",
            when=When(relation="after-start", of="treatment", by=length("0", "days")),
        ),
        Activity(
            id="second",
            label="Second dose",
            order="cells",
            when=When(relation="after-start", of="first", by=length("0.5", "months")),
        ),
        Activity(
            id="checks",
            label="Checks",
            order="look",
            when=When(relation="after-end", of="second"),
            repeat=Repeat(times=3, every=length("3", "days", "5")),
        ),
        Activity(
            id="drug",
            label="Drug",
            order="drug",
            when=When(relation="before-end", of="treatment"),
            repeat=Repeat(over=length("3", "weeks", "4")),
        ),
    ),
)
SCHEDULE = Schedule(
    source="description",
    sha256="a" * 64,
    status="reviewed",
    by="Dr. Example",
    on="2026-01-31",
    assumptions=("The days count from the first dose",),
    period=(SCREENING, TREATMENT),
    order=(
        Assessment(id="look", label="Look", items=("weight", "FVC"), note="sitting"),
        Procedure(id="pouch", label="Pouch"),
        Medication(
            id="cells",
            label="Cells",
            product="neural cells",
            dose=Amount(value=Decimal("2.0"), unit="mL"),
            route="by the pouch",
            note="slowly",
        ),
        Medication(id="drug", label="Drug", product="some drug"),
    ),
)
