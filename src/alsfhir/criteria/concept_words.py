"""The words by which an entry without a known code may mean a concept: for a person to read, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from alsfhir.terminology import Concept

_WORD = re.compile(r"\w+")
_ABBREVIATED = 3  # words: ALS, MND, CKD
_ASIDE = re.compile(r"\(([^)]*)\)|,.*$")


def concept_phrases(concept: Concept) -> Iterator[tuple[str, ...]]:
    """Words, all of which must stand in a text, in whatever order: of the label and of the codes' displays.

    A word in capitals must be so in the text; others in any case.
    """
    for text in _texts(concept):
        if found := words_of(text):
            yield found


@lru_cache(maxsize=8192)  # every statement asks for the words of the same concepts and the same entries
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case but for abbreviations."""
    # An abbreviation is one only in capitals: ALS is not the German word "als".
    return tuple(word if word.isupper() and len(word) > 1 else word.lower() for word in _WORD.findall(text))


def _texts(concept: Concept) -> Iterator[str]:
    for text in (concept.label, *(code.display or "" for code in concept.codes)):
        yield _ASIDE.sub("", text)
    yield from _ASIDE.findall(concept.label)
    initials = "".join(word[0].upper() for word in _WORD.findall(_ASIDE.sub("", concept.label)))
    yield initials if len(initials) >= _ABBREVIATED else ""
