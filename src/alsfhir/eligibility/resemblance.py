"""Whether an entry without a known code looks like a concept in words: for a person to read, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from alsfhir.patient.model import Fact
from alsfhir.terminology import Concept

_WORD = re.compile(r"\w+")
_ABBREVIATED = 3  # words: ALS, MND, CKD
_ASIDE = re.compile(r"\(([^)]*)\)|,.*$")


def resembling(concept: Concept) -> Callable[[Fact], bool]:
    """A test of an entry's text and displays against the concept's label and the displays of its codes."""

    @cache
    def phrases() -> list[frozenset[str]]:
        return [frozenset(words) for text in _texts(concept) if (words := _words(text))]

    def test(entry: Fact) -> bool:
        written = [entry.text or "", *(coding.display or "" for coding in entry.codings)]
        found = [frozenset(_words(text)) | frozenset(_words(text.lower())) for text in written]
        return any(phrase <= words for phrase in phrases() for words in found)

    return test


def _texts(concept: Concept) -> Iterator[str]:
    for text in (concept.label, *(code.display or "" for code in concept.codes)):
        yield _ASIDE.sub("", text)
    yield from _ASIDE.findall(concept.label)
    initials = "".join(word[0].upper() for word in _WORD.findall(_ASIDE.sub("", concept.label)))
    yield initials if len(initials) >= _ABBREVIATED else ""


@lru_cache(maxsize=8192)  # every statement asks for the words of the same concepts and the same entries
def _words(text: str) -> tuple[str, ...]:
    # An abbreviation is one only in capitals: ALS is not the German word "als".
    return tuple(word if word.isupper() and len(word) > 1 else word.lower() for word in _WORD.findall(text))
