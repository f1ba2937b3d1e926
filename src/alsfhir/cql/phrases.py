"""The words by which an entry without a known code may mean a concept: for a person to read, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alsfhir.terminology import Concept

_WORD = re.compile(r"\w+")
_ABBREVIATED = 3  # words: ALS, MND, CKD
_ASIDE = re.compile(r"\(([^)]*)\)|,.*$")


def phrases(concept: Concept) -> tuple[str, ...]:
    """Words, all of which must stand in a text, in whatever order: of the label and of the codes' displays.

    A word in capitals must be so in the text; others in any case.
    """
    found = (" ".join(dict.fromkeys(_words(text))) for text in _texts(concept))
    return tuple(dict.fromkeys(words for words in found if words))


def _texts(concept: Concept) -> Iterator[str]:
    for text in (concept.label, *(code.display or "" for code in concept.codes)):
        yield _ASIDE.sub("", text)
    yield from _ASIDE.findall(concept.label)
    initials = "".join(word[0].upper() for word in _WORD.findall(_ASIDE.sub("", concept.label)))
    yield initials if len(initials) >= _ABBREVIATED else ""


def _words(text: str) -> list[str]:
    return [word if word.isupper() and len(word) > 1 else word.lower() for word in _WORD.findall(text)]
