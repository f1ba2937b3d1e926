"""What a coding inside of a resource means: a result, a population, a position of the body."""

from __future__ import annotations

from alsfhir.terminology import Coding, Terminology


def meanings(coding: Coding, terminology: Terminology) -> frozenset[str]:
    """The concepts of a coding: those of its code; where no concept has that, those that its display means exactly."""
    known = terminology.concepts_of(coding)
    return known or (terminology.concepts_of_words(coding.display) if coding.display else frozenset())
