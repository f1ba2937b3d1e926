"""The words by which an entry without a known code may mean a concept, as the CQL holds them."""

from __future__ import annotations

from alsfhir.criteria.concept_words import concept_phrases
from alsfhir.terminology import Concept


def phrases(concept: Concept) -> tuple[str, ...]:
    """The phrases of a concept, each word once, between blanks; no phrase twice."""
    return tuple(dict.fromkeys(" ".join(dict.fromkeys(words)) for words in concept_phrases(concept)))
