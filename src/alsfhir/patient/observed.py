"""The value[x] of an Observation or of a component, https://hl7.org/fhir/R4/observation-definitions.html."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from alsfhir.patient.codes import codings, status_code, text_of, value_codings
from alsfhir.patient.datatypes import CodeableConcept, Element, QuantityElement, string
from alsfhir.patient.model import Observation
from alsfhir.patient.quantity import quantity
from alsfhir.patient.reference_range import RangeOfReference
from alsfhir.patient.values import Quantity
from alsfhir.terminology import Terminology

NO_VALUE = "no value"
SCORE = "{score}"  # an integer has no unit in FHIR: of a score it is the points, of anything else not known
_ABSENT_REASONS = """
unknown asked-unknown temp-unknown not-asked asked-declined masked not-applicable unsupported as-text error
not-a-number negative-infinity positive-infinity not-performed not-permitted
"""
ABSENT_REASONS = frozenset(_ABSENT_REASONS.split())
"""The codes of https://hl7.org/fhir/R4/codesystem-data-absent-reason.html; others are not repeated in messages."""
OTHER_VALUES = {
    "value_range": "Range",
    "value_ratio": "Ratio",
    "value_sampled_data": "SampledData",
    "value_time": "Time",
    "value_date_time": "DateTime",
    "value_period": "Period",
    "value_attachment": "Attachment",
    "value_reference": "Reference",
}
VALUES = ("value_quantity", "value_codeable_concept", "value_string", "value_boolean", "value_integer", *OTHER_VALUES)


class Observed(Element, frozen=True, gc=False):
    """What an Observation and its components have in common."""

    modifier_extension: Any = None
    code: CodeableConcept | None = None
    value_quantity: QuantityElement | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: Any = None
    value_boolean: Any = None
    value_integer: Any = None
    value_range: Any = None
    value_ratio: Any = None
    value_sampled_data: Any = None
    value_time: Any = None
    value_date_time: Any = None
    value_period: Any = None
    value_attachment: Any = None
    value_reference: Any = None
    data_absent_reason: CodeableConcept | None = None
    interpretation: list[CodeableConcept | None] | None = None
    reference_range: list[RangeOfReference | None] | None = None


def values_given(part: Observed) -> list[str]:
    """Which forms of value[x] are there."""
    return [name for name in VALUES if getattr(part, name) is not None]


def with_value(fact: Observation, part: Observed, terminology: Terminology) -> Observation:
    """The fact with its value, or with the reason in ``unusable`` why there is none to compare."""
    given = values_given(part)
    if not given:
        why = status_code(part.data_absent_reason, "data-absent-reason")
        return replace(fact, unusable=f"{NO_VALUE} ({why})" if why in ABSENT_REASONS else NO_VALUE)
    if len(given) > 1:
        return replace(fact, unusable="more than one value[x]")
    if part.data_absent_reason is not None:
        return replace(fact, unusable="both a value and a dataAbsentReason")
    if part.value_quantity is not None:
        number, problem = quantity(part.value_quantity, terminology)
        return replace(fact, quantity=number, unusable=f"valueQuantity {problem}" if problem else None)
    if part.value_codeable_concept is not None:
        return _with_concept(fact, part.value_codeable_concept, terminology)
    return _with_primitive(fact, given[0], part, terminology)


def _with_concept(fact: Observation, concept: CodeableConcept, terminology: Terminology) -> Observation:
    if codings(terminology, concept):
        return replace(fact, coded=value_codings(terminology, concept))
    words = text_of(concept)
    return replace(fact, string=words, unusable=None if words else NO_VALUE)


def _with_primitive(fact: Observation, given: str, part: Observed, terminology: Terminology) -> Observation:
    if given == "value_string":
        words = string(part.value_string)
        return replace(fact, string=words, unusable=None if words else "valueString is not a string")
    if given == "value_boolean":
        if not isinstance(part.value_boolean, bool):
            return replace(fact, unusable="valueBoolean is neither true nor false")
        return replace(fact, boolean=part.value_boolean)
    if given == "value_integer":
        if type(part.value_integer) is not int or abs(part.value_integer) >= 2**31:
            return replace(fact, unusable="valueInteger is not an integer")
        scored = any(terminology.concepts[concept].unit == SCORE for concept in fact.concepts)
        return replace(fact, quantity=Quantity(Decimal(part.value_integer), SCORE if scored else None))
    return replace(fact, unusable=f"a value{OTHER_VALUES[given]} cannot be compared")
