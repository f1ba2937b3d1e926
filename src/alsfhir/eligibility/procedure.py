"""Whether a procedure is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from alsfhir.criteria.model import Procedure
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.question import not_decided_here
from alsfhir.terminology import Terminology


def procedure(atom: Procedure, _terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test."""
    return lambda _chart, _day: not_decided_here(atom)


def procedure_turns(_atom: Procedure, _chart: Chart) -> Iterator[date]:
    """The days on which an entry may leave the atom's window."""
    yield from ()
