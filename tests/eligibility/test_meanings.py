"""What a coding inside of a resource means."""

from __future__ import annotations

from alsfhir.eligibility.meanings import meanings
from alsfhir.terminology import Coding, terminology
from laboratory_samples import NEGATIVE, words


def test_a_text_that_is_not_exactly_a_word_of_a_concept_means_nothing() -> None:
    """Not even if a word of a concept is in it."""
    assert meanings(words("positive or negative"), terminology()) == frozenset()
    assert meanings(Coding("http://example.org", "1"), terminology()) == frozenset()


def test_a_code_goes_before_its_display() -> None:
    """A display beside a known code is not read."""
    assert meanings(Coding(NEGATIVE.system, NEGATIVE.code, "positive"), terminology()) == {"negative"}


def test_a_display_is_read_where_no_concept_has_the_code() -> None:
    """In whatever case it is written."""
    assert meanings(words(" Positive "), terminology()) == {"positive"}
    assert meanings(Coding("http://example.org", "1", "NEGATIVE"), terminology()) == {"negative"}
