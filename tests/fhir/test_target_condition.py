"""Tests of the condition that a trial is meant for, as a code."""

from __future__ import annotations

import pytest

from alsfhir.fhir.target_condition import condition, use_context


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Motor neuron disease", []),
        ("Falsetto", []),
        ("Dysphagia", []),
        ("ALS", ["86044005"]),
        ("AMYOTROPHIC LATERAL SCLEROSIS (ALS)", ["86044005"]),
        ("Motor Neuron Disease, Amyotrophic Lateral Sclerosis", ["86044005"]),
    ],
)
def test_a_condition_has_the_code_of_als_only_where_it_names_als(text: str, codes: list[str]) -> None:
    """Motor neuron disease is wider than ALS and gets no code; the words are always kept."""
    found = condition(text)
    assert ([coding["code"] for coding in found["coding"]], found["text"]) == (codes, text)


def test_only_a_trial_for_als_has_the_focus_als() -> None:
    """A trial whose condition nobody has mapped has no focus."""
    assert use_context(None) == []
    assert use_context("dysphagia") == []
    assert use_context("als")[0]["valueCodeableConcept"]["coding"][0]["code"] == "86044005"
