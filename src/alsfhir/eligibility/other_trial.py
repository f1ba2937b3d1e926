"""Whether the patient takes, or took, part in another trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from alsfhir.criteria.model import OtherTrial
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.question import not_decided_here


def other_trial(atom: OtherTrial, _trial: str) -> Callable[[Chart, date], Finding]:
    """The test."""
    return lambda _chart, _day: not_decided_here(atom)


def other_trial_turns(_atom: OtherTrial, _chart: Chart) -> Iterator[date]:
    """The days on which an entry may leave the atom's window."""
    yield from ()
