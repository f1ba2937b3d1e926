"""Whether a drug is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from alsfhir.criteria.model import Drug
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.question import not_decided_here
from alsfhir.terminology import Terminology


def drug(atom: Drug, _terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test."""
    return lambda _chart, _day: not_decided_here(atom)


def drug_turns(_atom: Drug, _chart: Chart) -> Iterator[date]:
    """The days on which an entry may leave the atom's window."""
    yield from ()
