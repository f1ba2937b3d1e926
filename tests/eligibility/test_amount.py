"""The number of a quantity in another unit, as a value of a concept."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alsfhir.eligibility.amount import amount
from alsfhir.terminology import terminology
from eligibility_samples import quantity


@pytest.mark.parametrize(
    ("written", "unit", "concept"),
    [("30 umol/L", "mg/dL", "alt"), ("30 umol/L", "U/L", "total-bilirubin"), ("30", "mg/dL", "total-bilirubin")],
)
def test_what_does_not_measure_the_same_has_no_number(written: str, unit: str, concept: str) -> None:
    """Moles are a weight only of what has one; a unit is never guessed."""
    assert amount(quantity(written), unit, concept, terminology()) is None


@pytest.mark.parametrize(
    ("written", "unit", "concept", "number"),
    [
        ("132 umol/L", "mg/dL", "creatinine", Fraction(132) / Fraction("88.42")),
        ("1.5 mg/dL", "umol/L", "creatinine", Fraction("132.63")),
        ("30 umol/L", "mg/dL", "total-bilirubin", Fraction(30) / Fraction("17.1")),
        ("0.03 mmol/L", "mg/L", "total-bilirubin", 10 * Fraction(30) / Fraction("17.1")),
        ("15 mg/L", "mg/dL", "creatinine", Fraction("1.5")),
    ],
)
def test_moles_are_converted_exactly_by_the_weight_of_the_concept(
    written: str, unit: str, concept: str, number: Fraction
) -> None:
    """88.42 micromoles of creatinine in a litre are a milligram in a decilitre, and 17.1 of bilirubin."""
    assert amount(quantity(written), unit, concept, terminology()) == number
