"""Tests of the registry's words in FHIR's codes."""

from __future__ import annotations

import pytest

from alsfhir.fhir.registry_words import PHASE, objective_type, phase, purpose, study_status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("", "active"),
        ("something new", "active"),
        ("Recruiting", "active"),
        ("Enrolling", "active"),
        ("ENROLLING_BY_INVITATION", "active"),
        ("Unknown", "active"),
        ("UNKNOWN", "active"),
        ("Completed", "completed"),
        ("NOT_YET_RECRUITING", "approved"),
        ("Not yet recruiting", "approved"),
        ("ACTIVE_NOT_RECRUITING", "closed-to-accrual"),
        ("Active, not recruiting", "closed-to-accrual"),
        ("SUSPENDED", "temporarily-closed-to-accrual"),
        ("TERMINATED", "administratively-completed"),
        ("WITHDRAWN", "withdrawn"),
        ("NO_LONGER_AVAILABLE", "completed"),
    ],
)
def test_each_word_of_the_registry_has_its_status(word: str, status: str) -> None:
    """However it is written; what says nothing of an end is active."""
    assert study_status(word) == status


def test_phases_that_fhir_has_no_code_for_stay_words() -> None:
    """No code is made up for phase 1 with phase 4."""
    assert phase(("phase 1", "phase 4")) == {"coding": [], "text": "phase 1 / phase 4"}
    assert phase(()) is None
    assert phase((" ",)) is None


def test_two_neighbouring_phases_are_one_code_in_either_order() -> None:
    """Phase 2/phase 1 is phase 1/2."""
    found = phase(("phase 2", "phase 1"))
    assert found is not None
    assert found["coding"][0]["code"] == "phase-1-phase-2"
    assert all(sorted(phases) == list(phases) for phases in PHASE)


def test_a_purpose_without_a_code_stays_a_word() -> None:
    """The registry's word is kept beside the code, and alone where there is none."""
    assert purpose(None) is None
    assert purpose("Other") == {"coding": [], "text": "Other"}
    found = purpose("SUPPORTIVE_CARE")
    assert found is not None
    assert (found["coding"][0]["code"], found["text"]) == ("supportive-care", "SUPPORTIVE_CARE")


@pytest.mark.parametrize(("rank", "codes"), [("primary", ["primary"]), ("other", ["exploratory"]), ("weird", [])])
def test_an_outcomes_rank_is_the_type_of_an_objective(rank: str, codes: list[str]) -> None:
    """Other outcomes are exploratory; a rank that FHIR does not know stays a word."""
    found = objective_type(rank)
    assert found is not None
    assert [coding["code"] for coding in found["coding"]] == codes
    assert objective_type("") is None
