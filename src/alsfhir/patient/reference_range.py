"""Observation.referenceRange → its limits, https://hl7.org/fhir/R4/observation-definitions.html."""

from __future__ import annotations

from collections.abc import Sequence

from alsfhir.patient.codes import status_code
from alsfhir.patient.datatypes import CodeableConcept, Element, QuantityElement
from alsfhir.patient.quantity import quantity
from alsfhir.patient.values import Quantity
from alsfhir.terminology import Terminology


class ReferenceRange(Element, frozen=True, gc=False):
    low: QuantityElement | None = None
    high: QuantityElement | None = None
    type: CodeableConcept | None = None


def limits(
    ranges: Sequence[ReferenceRange], terminology: Terminology
) -> tuple[Quantity | None, Quantity | None, str | None]:
    """The lower and upper limit of what is normal, and the problem if they make no sense.

    None of several ranges is chosen, since which one is meant for this patient is not known; nor one of another kind
    (therapeutic, recommended) than normal.
    """
    normal = [range_ for range_ in ranges if range_.type is None or _is_normal(range_.type)]
    if len(normal) != 1:
        return None, None, None
    low, high = (_limit(element, terminology) for element in (normal[0].low, normal[0].high))
    if low and high and low.unit == high.unit and low.value >= high.value:
        # Low and high both 0 stand for "no range" in records of the SMART sample data.
        return None, None, "the lower limit of its referenceRange is not below the upper one: the range is not used"
    return low, high, None


def _is_normal(kind: CodeableConcept) -> bool:
    return status_code(kind, "referencerange-meaning") == "normal"


def _limit(element: QuantityElement | None, terminology: Terminology) -> Quantity | None:
    if element is None:
        return None
    limit, _ = quantity(element, terminology)
    return limit if limit and limit.comparator is None else None
