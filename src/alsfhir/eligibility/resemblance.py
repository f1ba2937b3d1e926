"""Whether an entry without a known code looks like a concept in words: for a person to read, never a verdict."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from alsfhir.criteria.concept_words import concept_phrases, words_of
from alsfhir.patient.model import Fact
from alsfhir.terminology import Concept


def resembling(concept: Concept) -> Callable[[Fact], bool]:
    """A test of an entry's text and displays against the concept's label and the displays of its codes."""

    @cache
    def phrases() -> list[frozenset[str]]:
        return [frozenset(words) for words in concept_phrases(concept)]

    def test(entry: Fact) -> bool:
        written = [entry.text or "", *(coding.display or "" for coding in entry.codings)]
        found = [frozenset(words_of(text)) | frozenset(words_of(text.lower())) for text in written]
        return any(phrase <= words for phrase in phrases() for words in found)

    return test
