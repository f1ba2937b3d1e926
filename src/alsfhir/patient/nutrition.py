"""NutritionOrder → fact, https://hl7.org/fhir/R4/nutritionorder.html and https://hl7.org/fhir/R5/nutritionorder.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from alsfhir.patient.codes import codings, concept_of, concepts_in, joined, text_of
from alsfhir.patient.datatypes import CodeableConcept, EitherConcept, Element, listed, present, string
from alsfhir.patient.model import Nutrition
from alsfhir.patient.reading import ENTERED_IN_ERROR, UNKNOWN_MODIFIER, Reading, Source
from alsfhir.patient.when import date_time


class Part(Element, frozen=True, gc=False):
    """What the oral diet, a supplement and the enteral formula have in common."""

    modifier_extension: Any = None


class OralDiet(Part, frozen=True, gc=False):
    type: list[CodeableConcept | None] | None = None


class Supplement(Part, frozen=True, gc=False):
    """NutritionOrder.supplement; ``type`` is a CodeableConcept in R4 and a CodeableReference in R5."""

    type: EitherConcept | None = None
    product_name: Any = None


class EnteralFormula(Part, frozen=True, gc=False):
    """NutritionOrder.enteralFormula; R4 spells the route ``routeofAdministration``."""

    base_formula_type: EitherConcept | None = None
    base_formula_product_name: Any = None
    routeof_administration: CodeableConcept | None = None
    route_of_administration: CodeableConcept | list[CodeableConcept | None] | None = None


class NutritionOrderResource(Element, frozen=True, gc=False):
    """The elements of NutritionOrder that are read."""

    status: Any = None
    intent: Any = None
    date_time: Any = None
    oral_diet: OralDiet | None = None
    supplement: list[Supplement | None] | None = None
    enteral_formula: EnteralFormula | None = None


def nutrition(resource: NutritionOrderResource, source: Source) -> Reading:
    """The fact of a NutritionOrder."""
    status = string(resource.status)
    if status == "entered-in-error":
        return ENTERED_IN_ERROR
    concepts = tuple(_concepts(resource))
    found = codings(source.terminology, *concepts)
    when, late = date_time(resource.date_time)
    parts = _parts(resource)
    modified = any(part.modifier_extension for _, part in parts)
    fact = Nutrition(
        reference=source.reference,
        concepts=concepts_in(source.terminology, found),
        codings=found,
        text=joined((*map(text_of, concepts), *_products(resource))),
        status=status or "unknown",
        intent=string(resource.intent),
        forms=frozenset(form for form, _ in parts),
        when=when,
        unusable=(UNKNOWN_MODIFIER if modified else None)
        or (late and f"dateTime {late}")
        or (None if parts else "it orders no nutrition")
        or (None if status else "no status"),
    )
    return Reading((fact,))


def _parts(resource: NutritionOrderResource) -> tuple[tuple[Literal["oral", "supplement", "enteral"], Part], ...]:
    return (
        *(("oral", part) for part in listed(resource.oral_diet)),
        *(("supplement", part) for part in present(resource.supplement)),
        *(("enteral", part) for part in listed(resource.enteral_formula)),
    )


def _concepts(resource: NutritionOrderResource) -> Iterator[CodeableConcept | None]:
    yield from present(resource.oral_diet.type if resource.oral_diet else None)
    yield from (concept_of(part.type) for part in present(resource.supplement))
    if formula := resource.enteral_formula:
        yield concept_of(formula.base_formula_type)
        yield formula.routeof_administration
        yield from listed(formula.route_of_administration)


def _products(resource: NutritionOrderResource) -> Iterator[str | None]:
    yield from (string(part.product_name) for part in present(resource.supplement))
    if resource.enteral_formula:
        yield string(resource.enteral_formula.base_formula_product_name)
