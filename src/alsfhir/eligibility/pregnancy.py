"""Whether the patient is pregnant, or breastfeeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alsfhir.criteria.model import Breastfeeding, Pregnancy
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.question import not_decided_here
from alsfhir.terminology import Terminology


def pregnancy(atom: Pregnancy, _terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test."""
    return lambda _chart, _day: not_decided_here(atom)


def breastfeeding(atom: Breastfeeding, _terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test."""
    return lambda _chart, _day: not_decided_here(atom)
