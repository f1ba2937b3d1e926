"""Whether device is on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alsfhir.criteria.model import Device
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.question import not_decided_here
from alsfhir.terminology import Terminology


def device(atom: Device, _terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test."""
    return lambda _chart, _day: not_decided_here(atom)
