"""Observation → facts: one for its own value, one for each component, https://hl7.org/fhir/R4/observation.html."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from alsfhir.patient.codes import codings, concepts_in, text_of, value_codings
from alsfhir.patient.datatypes import (
    CodeableConcept,
    ExtensionElement,
    PeriodElement,
    ReferenceElement,
    present,
    string,
)
from alsfhir.patient.model import Observation
from alsfhir.patient.observed import Observed, values_given, with_value
from alsfhir.patient.reading import ENTERED_IN_ERROR, UNKNOWN_MODIFIER, Reading, Source, other_than
from alsfhir.patient.reference_range import normal_ranges
from alsfhir.patient.values import ReferenceRange, When
from alsfhir.patient.when import instant, occurred
from alsfhir.terminology import Coding, Terminology

_OF_VALUE = ("value", "dataAbsentReason")
_LOST_PART = re.compile(r"component(\[\d+\](\.code\b.*)?)?$", re.ASCII)
BODY_POSITION = "http://hl7.org/fhir/StructureDefinition/observation-bodyPosition"
NO_UNIT = "its value has no unit, and cannot be compared"


class Component(Observed, frozen=True, gc=False):
    """Observation.component."""


class ObservationResource(Observed, frozen=True, gc=False):
    """The elements of Observation that are read, in R4, R4B and R5."""

    extension: list[ExtensionElement | None] | None = None
    status: Any = None
    subject: ReferenceElement | None = None
    focus: list[ReferenceElement | None] | None = None
    effective_date_time: Any = None
    effective_period: PeriodElement | None = None
    effective_instant: Any = None
    effective_timing: Any = None
    issued: Any = None
    method: CodeableConcept | None = None
    component: list[Component | None] | None = None
    has_member: Any = None


def observation(resource: ObservationResource, source: Source) -> Reading:
    """The facts of an Observation; a panel without a value of its own makes facts only of its components."""
    if resource.status == "entered-in-error":
        return ENTERED_IN_ERROR
    if resource.status == "cancelled":
        return Reading(ignored="cancelled")
    parts: list[tuple[str, Observed]] = [
        (f"Observation.component[{number}]", component)
        for number, component in enumerate(resource.component or ())
        if component is not None
    ]
    if _stands_alone(resource) or source.misshapen(*_OF_VALUE):
        parts.insert(0, ("Observation", resource))
    plain = [_fact(part, path, resource, source) for path, part in parts]
    ranges = [_ranges(part, fact, source) for (_, part), fact in zip(parts, plain, strict=True)]
    facts = [replace(fact, ranges=normal) for fact, (normal, _) in zip(plain, ranges, strict=True)]
    unsettled = _unsettled(resource, source)
    without_unit = (NO_UNIT for fact in facts if _lacks_unit(fact, source.terminology))
    return Reading(
        tuple(replace(fact, unusable=unsettled) if unsettled else fact for fact in facts),
        (*(problem for _, problems in ranges for problem in problems), *without_unit),
        incomplete=any(_LOST_PART.match(each.path) for each in source.broken),
    )


def _ranges(part: Observed, fact: Observation, source: Source) -> tuple[tuple[ReferenceRange, ...], tuple[str, ...]]:
    if source.misshapen("referenceRange", inside=_inside(fact.path)):
        return (), ()  # what was left out may have said whom the range is for
    return normal_ranges(present(part.reference_range), fact.quantity, source.terminology)


def _stands_alone(resource: ObservationResource) -> bool:
    has_parts = present(resource.component) or resource.has_member
    return not has_parts or bool(values_given(resource)) or resource.data_absent_reason is not None


def _lacks_unit(fact: Observation, terminology: Terminology) -> bool:
    units = [terminology.concepts[concept].unit for concept in fact.concepts]
    return fact.quantity is not None and fact.quantity.unit is None and any(units)


def _unsettled(resource: ObservationResource, source: Source) -> str | None:
    if string(resource.status) is None:
        return "no status"
    if misshapen := source.misshapen("effective", "subject", "focus"):
        return misshapen
    if other_than(resource.subject, present(resource.focus)):
        return "it is about another than the patient (Observation.focus)"
    return _effective(resource)[1]


def _effective(resource: ObservationResource) -> tuple[When | None, str | None]:
    moment = resource.effective_instant if resource.effective_date_time is None else resource.effective_date_time
    return occurred("effective", moment, resource.effective_period, resource.effective_timing)


def _fact(part: Observed, path: str, resource: ObservationResource, source: Source) -> Observation:
    terms = source.terminology
    found, flags = codings(terms, part.code), codings(terms, *present(part.interpretation))
    fact = Observation(
        reference=source.reference,
        path=path,
        concepts=concepts_in(terms, found + flags) | _flagged(part, flags, terms),
        codings=found,
        text=text_of(part.code),
        when=_effective(resource)[0],
        status=string(resource.status) or "unknown",
        interpretation=_interpretation(part, flags),
        circumstances=tuple(_circumstances(resource, terms)),
        issued=instant(resource.issued),
        last_updated=source.last_updated,
    )
    if not (found or fact.text):
        return replace(fact, unusable="no code")
    if part is not resource and part.modifier_extension:
        return replace(fact, unusable=UNKNOWN_MODIFIER)
    if misshapen := source.misshapen(*_OF_VALUE, inside=_inside(path)):
        return replace(fact, unusable=misshapen)
    return with_value(fact, part, terms)


def _inside(path: str) -> str:
    """What the paths of a component's elements begin with; nothing for those of the Observation itself."""
    component = path.partition(".")[2]
    return f"{component}." if component else ""


def _interpretation(part: Observed, flags: tuple[Coding, ...]) -> tuple[str, ...]:
    found = [coding.code for coding in flags if coding.code]
    return tuple(found) or tuple(text for text in map(text_of, present(part.interpretation)) if text)


def _flagged(part: Observed, flags: tuple[Coding, ...], terminology: Terminology) -> frozenset[str]:
    """The concepts of an interpretation in words, or in a code without a system, which is read as one."""
    words = [text_of(concept) for concept in present(part.interpretation)]
    words += [coding.code for coding in flags if coding.system is None]
    return frozenset().union(*(terminology.concepts_of_words(each) for each in words if each))


def _circumstances(resource: ObservationResource, terminology: Terminology) -> Iterator[Coding]:
    yield from value_codings(terminology, resource.method)
    for extension in present(resource.extension):
        if extension.url == BODY_POSITION:
            yield from value_codings(terminology, extension.value_codeable_concept)
