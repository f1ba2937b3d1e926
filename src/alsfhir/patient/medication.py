"""Which medication a request, statement, administration or dispense is about, wherever it is written."""

from __future__ import annotations

import msgspec

from alsfhir.patient.codes import codings, text_of
from alsfhir.patient.contained import contained
from alsfhir.patient.datatypes import CodeableConcept, CodeableReference, Element, ReferenceElement, present, string
from alsfhir.patient.reference import Index
from alsfhir.terminology import Coding, Terminology


class Ingredient(Element, frozen=True, gc=False):
    """Medication.ingredient: itemCodeableConcept in R4 and R4B, item in R5."""

    item_codeable_concept: CodeableConcept | None = None
    item: CodeableReference | None = None
    is_active: object = None


class Medication(Element, frozen=True, gc=False):
    """https://hl7.org/fhir/R4/medication.html, or a resource contained in another."""

    id: object = None
    code: CodeableConcept | None = None
    ingredient: list[Ingredient | None] | None = None


class Medicated(Element, frozen=True, gc=False):
    """Where the four resources name their medication; ``medication`` is R5's."""

    contained: list[msgspec.Raw] | None = None
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: ReferenceElement | None = None
    medication: CodeableReference | None = None


_CONTAINED = msgspec.json.Decoder(Medication)


def medication(
    resource: Medicated, medications: Index[Medication], base: str | None, terminology: Terminology
) -> tuple[tuple[Coding, ...], str | None, str | None]:
    """The codings of the drug and of its active ingredients, its name in words, and the problem if it has neither.

    ``base`` is the server of the entry, for references in ``medications``.
    """
    reference, written = resource.medication_reference, resource.medication_codeable_concept
    if resource.medication is not None:
        reference, written = reference or resource.medication.reference, written or resource.medication.concept
    target = _resolved(reference, resource, medications, base) if reference else None
    concepts = (written, *(_concepts(target) if target else ()))
    found = codings(terminology, *concepts)
    shown = string(reference.display) if reference else None
    words = next((text for text in map(text_of, concepts) if text), shown)
    if found or words:
        return found, words, None
    return (), None, "its medication is not in the file" if reference and target is None else "no medication is named"


def _resolved(
    reference: ReferenceElement, resource: Medicated, medications: Index[Medication], base: str | None
) -> Medication | None:
    target = string(reference.reference)
    if target is None:
        return None
    if target.startswith("#"):
        return contained(resource.contained, target, _CONTAINED)
    return medications.find(target, base)


def _concepts(target: Medication) -> tuple[CodeableConcept | None, ...]:
    active = [part for part in present(target.ingredient) if part.is_active is not False]
    named = (part.item_codeable_concept or (part.item.concept if part.item else None) for part in active)
    return (target.code, *named)
