"""CodeableConcepts → codings, in canonical systems, and the concepts that they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from alsfhir.patient.datatypes import CodeableConcept, EitherConcept, present, string
from alsfhir.terminology import Coding, Terminology


def codings(terminology: Terminology, *concepts: CodeableConcept | None) -> tuple[Coding, ...]:
    """The codings of all concepts, in order, none twice; empty ones are left out."""
    found = (
        terminology.coding(string(coding.system), string(coding.code), string(coding.display))
        for concept in present(concepts)
        for coding in present(concept.coding)
    )
    return tuple(dict.fromkeys(coding for coding in found if coding.code or coding.display))


def value_codings(terminology: Terminology, *concepts: CodeableConcept | None) -> tuple[Coding, ...]:
    """The codings of all concepts, and their texts as codings of nothing but a display, so that no word is lost."""
    found = codings(terminology, *concepts)
    shown = {coding.display for coding in found}
    texts = (text_of(concept) for concept in concepts)
    return found + tuple(dict.fromkeys(Coding(None, None, words) for words in texts if words and words not in shown))


def concepts_in(terminology: Terminology, found: tuple[Coding, ...]) -> frozenset[str]:
    """The names of the concepts to which any of the codings belongs."""
    return frozenset().union(*(terminology.concepts_of(coding) for coding in found))


def concept_of(either: EitherConcept | None) -> CodeableConcept | None:
    """The concept itself, be it written as R4 or as R5 writes it."""
    return either.concept or either if either else None


def text_of(concept: CodeableConcept | None) -> str | None:
    """The text of a concept, or ``None``."""
    return string(concept.text) if concept else None


def joined(texts: Iterable[str | None]) -> str | None:
    """All the texts as one, none twice, so that no word is lost; or ``None``."""
    return "; ".join(dict.fromkeys(text for text in texts if text)) or None


def status_code(concept: CodeableConcept | None, name: str) -> str | None:
    """The first code from FHIR's own code system ``name``, under any of the URIs that it has had, or ``None``."""
    return next(iter(status_codes(concept, name)), None)


def status_codes(concept: CodeableConcept | None, name: str) -> tuple[str, ...]:
    """The codes from FHIR's own code system ``name``, in order, none twice.

    Codes without a system are taken as FHIR's, since the binding is required.
    """
    found: dict[str, None] = {}
    for coding in present(concept.coding) if concept else ():
        system, code = string(coding.system), string(coding.code)
        if code and (system is None or system.rstrip("/").endswith(f"/{name}")):
            found[code.strip()] = None
    return tuple(found)
