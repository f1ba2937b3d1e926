"""Tests of concepts as CodeableConcepts."""

from __future__ import annotations

import pytest

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.concept import concept, concept_name
from alsfhir.terminology import terminology

NAMES = Names("http://base.test/fhir")


@pytest.mark.parametrize("codeable_concept", [{}, {"text": "x"}, {"extension": [{"url": "urn:x"}]}])
def test_another_codeable_concept_is_no_concept_of_ours(codeable_concept: dict[str, object]) -> None:
    """By its text or codes alone nothing is taken for ours."""
    assert concept_name(codeable_concept) is None


def test_an_unknown_concept_has_its_name_alone() -> None:
    """No code is made up."""
    assert concept("invented", NAMES)["text"] == "invented"
    assert "coding" not in concept("invented", NAMES)


@pytest.mark.parametrize("name", sorted(terminology().concepts))
def test_codes_are_given_only_where_they_are_all(name: str) -> None:
    """Some of the codes would be taken for all of them; the ValueSet is named in any case."""
    made, known = concept(name, NAMES), terminology().concepts[name]
    assert concept_name(made) == name
    open_ended = bool(known.includes) or any(code.below or code.code is None for code in known.codes)
    assert len(made.get("coding", [])) in ((0,) if open_ended else (0, len(known.codes)))
