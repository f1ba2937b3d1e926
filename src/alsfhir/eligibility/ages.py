"""How old the patient was on a day, as far as the birth date tells."""

from __future__ import annotations

from alsfhir.eligibility.days import completed_years
from alsfhir.patient.model import Facts
from alsfhir.patient.values import When


def ages_on(when: When | None, facts: Facts) -> tuple[int, int] | None:
    """The least and the greatest age in completed years that the patient can have had; ``None`` if nobody knows."""
    if when is None or facts.birth is None:
        return None
    youngest, oldest = completed_years(facts.birth.last, when.first), completed_years(facts.birth.first, when.last)
    return max(youngest, 0), max(oldest, 0)
