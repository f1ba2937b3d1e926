"""Tests of a trial's criteria as EvidenceVariable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alsfhir.criteria.criterion import Criterion
from alsfhir.criteria.model import Attestation
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.criterion_tree import tree
from alsfhir.fhir.evidence_variable import evidence_variable
from alsfhir.trial.model import Kind, Recruitment
from trial_samples import TREES, bare_criteria, bare_trial, criteria, criterion, hostile_criteria, hostile_trial, trial

NAMES = Names("http://base.test/fhir")
VARIABLE = evidence_variable(trial(), criteria(), NAMES)


def test_a_trial_without_statements_says_so_in_its_only_characteristic() -> None:
    """R4 demands a characteristic; a missing list must not look like an empty rule."""
    (only,) = evidence_variable(bare_trial(), bare_criteria(), NAMES)["characteristic"]
    assert only["description"] == "No eligibility statement was found in the documents of this trial."
    assert "id" not in only
    assert "extension" not in only


def test_a_blank_statement_still_has_a_description_and_a_definition() -> None:
    """FHIR has no blank strings, and no characteristic without a definition."""
    blank, hostile = evidence_variable(hostile_trial(), hostile_criteria(), NAMES)["characteristic"]
    assert blank["description"] == "NCT00000001-I90"
    assert blank["definitionCodeableConcept"]["text"].strip()
    assert hostile["description"].startswith("ab <script>")


@pytest.mark.parametrize("position", range(len(TREES)))
def test_each_criterion_is_a_characteristic_with_its_text_its_tree_and_its_words(position: int) -> None:
    """In the criteria's order; the tree read back is the one that decides."""
    stated: Criterion = criteria().criteria[position]
    characteristic = VARIABLE["characteristic"][position]
    assert characteristic["id"] == stated.id
    assert characteristic["description"] == "What the statement says"
    assert characteristic["exclude"] is (stated.kind is Kind.EXCLUSION)
    assert tree(characteristic["extension"][0]) == stated.tree


def test_the_definition_is_the_tree_in_words() -> None:
    """A reader who knows no extension still learns how the statement is read."""
    assert VARIABLE["characteristic"][0]["definitionCodeableConcept"] == {
        "text": "age at least 18 and at most 75 years"
    }


def test_the_version_and_the_date_are_those_of_the_criteria_and_the_page() -> None:
    """Another reading is another version; the clock is not asked."""
    assert (VARIABLE["version"], VARIABLE["date"]) == ("ab" * 32, "2026-06-27")
    undated = replace(criteria(), recruitment=Recruitment("Recruiting", None))
    assert "date" not in evidence_variable(trial(), undated, NAMES)


def test_the_narrative_shows_what_was_assumed_and_who_decides() -> None:
    """A clinician can review the readings from the narrative alone."""
    div = VARIABLE["text"]["div"]
    assert (
        "age at least 18 and at most 75 years (reviewed)<br/>Assumed: The last value counts<br/>Warning: The unit"
        in div
    )
    for number, who in ((1, "the record"), (5, "the record and a person"), (6, "a person")):
        row = next(row for row in div.split("<tr>") if f"NCT00000001-{'I' if number % 2 else 'E'}{number:02}" in row)
        assert row.rstrip().endswith(f"<td>{who}</td></tr>")


def test_a_reading_nobody_reviewed_is_announced() -> None:
    """In the description, which search results show."""
    proposed = criteria(criterion(1, Attestation(question="Signed?"), bare=True))
    assert "no clinician has reviewed them" in evidence_variable(trial(), proposed, NAMES)["description"]
