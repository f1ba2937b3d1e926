"""The number of a quantity in another unit, as a value of a concept: moles of bilirubin have their own weight."""

from __future__ import annotations

from fractions import Fraction

from alsfhir.patient.values import Quantity
from alsfhir.terminology import Terminology


def amount(quantity: Quantity, unit: str, concept: str, terminology: Terminology) -> Fraction | None:
    """The exact number in that unit; ``None`` if the two units do not measure the same thing of this concept."""
    return terminology.units.converted(quantity.value, quantity.unit, unit, concept)
