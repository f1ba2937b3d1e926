"""Tests of the ResearchSubject of a screening."""

from __future__ import annotations

import pytest

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.research_subject import research_subject, written_status
from screenings import candidate, deceased, ineligible


def test_the_deceased_are_no_subjects() -> None:
    """A patient who was not screened cannot be published as a subject."""
    with pytest.raises(ValueError, match="not screened"):
        research_subject(deceased(), "Patient/7", "ResearchStudy/1", Names(), patient_key="7")


def test_a_foreign_subject_has_no_status_of_ours() -> None:
    """A subject that others wrote is told apart by its missing extension, or by one of another base."""
    assert written_status({"resourceType": "ResearchSubject", "status": "candidate"}, Names()) is None
    subject = research_subject(candidate(), "Patient/7", "ResearchStudy/1", Names(), patient_key="7")
    assert written_status(subject, Names("https://trials.example.org/fhir")) is None


def test_a_subject_carries_its_identity_references_and_status() -> None:
    """Trial and patient id make the identity; the status stands twice, once as what we wrote."""
    subject = research_subject(ineligible(), "Patient/7", "ResearchStudy/1", Names(), patient_key="7")
    assert {name: subject[name] for name in ("identifier", "status", "study", "individual")} == {
        "identifier": [{"system": "http://alsfhir.org/fhir/identifier/ResearchSubject", "value": "NCT01234567/7"}],
        "status": "ineligible",
        "study": {"reference": "ResearchStudy/1"},
        "individual": {"reference": "Patient/7"},
    }
    assert written_status(subject, Names()) == "ineligible"


def test_a_status_that_a_person_changed_differs_from_the_written_one() -> None:
    """What we wrote can still be read after the status was changed."""
    subject = research_subject(candidate(), "Patient/7", "ResearchStudy/1", Names(), patient_key="7")
    assert written_status({**subject, "status": "on-study"}, Names()) == "candidate"


def test_the_narrative_says_first_that_a_trial_is_over_and_names_nobody() -> None:
    """A reader learns that nobody can join before reading the status; no identifier of the patient is shown."""
    div = research_subject(ineligible(), "Patient/7", "ResearchStudy/1", Names(), patient_key="7")["text"]["div"]
    assert 0 < div.index("does NOT recruit") < div.index("Ineligible")
    assert "4711" not in div
