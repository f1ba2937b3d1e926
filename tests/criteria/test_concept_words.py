"""The words by which an entry without a known code may mean a concept."""

from __future__ import annotations

from alsfhir.criteria.concept_words import concept_phrases, words_of
from alsfhir.terminology import Code, Concept


def test_an_abbreviation_is_one_in_capitals_alone() -> None:
    """A word of another language in small letters is none."""
    assert words_of("ALS als Verdacht, A") == ("ALS", "als", "verdacht", "a")


def test_a_concept_is_named_by_its_label_its_displays_and_its_initials() -> None:
    """What stands in brackets or behind a comma is a name of its own, or none."""
    code = Code(system="urn:x", code="1", display="Lateral sclerosis (disorder)", seen="here")
    found = list(concept_phrases(Concept(label="motor neuron disease", codes=(code,))))
    assert found == [("motor", "neuron", "disease"), ("lateral", "sclerosis"), ("MND",)]
    assert list(concept_phrases(Concept(label="gout"))) == [("gout",)]
