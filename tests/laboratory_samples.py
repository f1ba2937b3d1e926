"""Results, reference ranges and the parts of a clearance in few words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from alsfhir.criteria.model import Qualitative
from alsfhir.patient.model import Facts, Observation
from alsfhir.patient.values import ReferenceRange
from alsfhir.terminology import Coding, terminology
from eligibility_samples import facts, measured, observation, quantity, when

POSITIVE, NEGATIVE = Coding("http://snomed.info/sct", "10828004"), Coding("http://snomed.info/sct", "260385009")
CLEARANCE = measured("creatinine-clearance", "mL/min", less_than=60)
HBSAG = Qualitative(concept="hbsag")
HIV = Qualitative(concept="hiv-antibody")


def words(text: str) -> Coding:
    """A coding of nothing but a display, as the text of a CodeableConcept becomes."""
    return Coding(None, None, text)


def coded(concept: str) -> Coding:
    """The first code that a concept of the mappings has."""
    code = terminology().concept(concept).codes[0]
    return Coding(code.system, code.code, code.display)


def result(concept: str, *codings: Coding, on: str | None = "2026-06-12", **more: Any) -> Observation:
    """A final laboratory result of these codings."""
    return observation(concept, None, on, **({"coded": codings} | more))


def ranged(
    high: str | None, *populations: str, youngest: int | Decimal | None = None, oldest: int | Decimal | None = None
) -> ReferenceRange:
    """A reference range up to ``high``, for these populations and ages."""
    return ReferenceRange(
        high=quantity(high) if high else None,
        applies_to=tuple(coded(name) for name in populations),
        youngest=None if youngest is None else Decimal(youngest),
        oldest=None if oldest is None else Decimal(oldest),
    )


def creatinine(value: str | None, on: str | None = "2026-06-20", **more: Any) -> Observation:
    """A serum creatinine."""
    return observation("creatinine", value, on, **more)


def weight(value: str | None, on: str | None = "2026-06-10", **more: Any) -> Observation:
    """A body weight."""
    return observation("body-weight", value, on, **more)


def woman(*found: Observation, birth: str | None = "1966-01-15", sex: Any = "female", **more: Any) -> Facts:
    """A woman of 60 years, unless said otherwise."""
    return facts(*found, birth=when(birth) if birth else None, sex=sex, **more)
