"""The latest qualitative result."""

from __future__ import annotations

from alsfhir.criteria.model import Qualitative
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.question import not_decided_here


def qualitative(atom: Qualitative, _chart: Chart) -> Finding:
    """The verdict on the latest result."""
    return not_decided_here(atom)
