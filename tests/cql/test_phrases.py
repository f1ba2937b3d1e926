from __future__ import annotations

import pytest

from alsfhir.cql.phrases import phrases
from alsfhir.eligibility.resemblance import resembling
from alsfhir.patient.model import Condition
from alsfhir.terminology import Concept, terminology


def test_an_abbreviation_stays_in_capitals() -> None:
    """A word in capitals is looked for in capitals, any other in small letters, what stands in brackets by itself."""
    assert phrases(Concept(label="Motor Neuron disease (MND)")) == ("motor neuron disease", "MND")


@pytest.mark.parametrize("name", sorted(terminology().concepts))
def test_every_phrase_resembles_its_concept(name: str) -> None:
    """A text that is a concept's phrase resembles the concept for the deciding code as well."""
    concept = terminology().concept(name)
    looks_like = resembling(concept)
    for phrase in phrases(concept):
        assert looks_like(Condition("Condition/c", frozenset(), (), phrase))
