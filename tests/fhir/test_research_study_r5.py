"""Tests of what R5's ResearchStudy says in elements of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.research_study import research_study
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.model import Contact, Organization, Recruitment, Trial
from trial_samples import bare_criteria, bare_trial, criteria, trial

NAMES = Names(version=FhirVersion.R5)


def _study(of: Trial) -> Resource:
    return research_study(of, criteria(), NAMES)


def _role(party: dict[str, Any]) -> str | None:
    codings: list[dict[str, str]] = party["role"].get("coding", [])
    return codings[0]["code"] if codings else None


def test_a_trial_of_which_nothing_is_known_names_no_party() -> None:
    """Nothing is made up; the state is R4's of a word that says nothing of an end."""
    study = research_study(bare_trial(), bare_criteria(), NAMES)
    assert "associatedParty" not in study
    assert study["progressStatus"][0]["state"]["coding"][0]["code"] == "active"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Recruiting", "recruiting"),
        ("NOT_YET_RECRUITING", "not-yet-recruiting"),
        ("Active, not recruiting", "active-but-not-recruiting"),
        ("Enrolling by invitation", "enrolling-by-invitation"),
        ("Terminated", "terminated"),
        ("Completed", "completed"),
        ("Suspended", "temporarily-closed-to-accrual"),
        ("Unknown status", "active"),
    ],
)
def test_the_progress_is_told_as_finely_as_r5_can(word: str, code: str) -> None:
    """And the registry's word stands beside it."""
    state = _study(replace(trial(), recruitment=Recruitment(word, None)))["progressStatus"][0]["state"]
    assert (state["coding"][0]["code"], state["text"]) == (code, word)


def test_parties_have_r5s_roles_and_others_their_words() -> None:
    """Sponsors and people alike; one of whom nothing is known is none."""
    organizations = (Organization("A", "lead-sponsor"), Organization("B", "funder"), Organization("C", "host"))
    officials = (Contact("D", "PRINCIPAL_INVESTIGATOR"), Contact(None))
    study = _study(
        replace(trial(), organizations=organizations, officials=officials, contacts=(Contact("E", "nurse"),))
    )
    parties = study["associatedParty"]
    assert [(party["name"], _role(party)) for party in parties] == [
        ("A", "lead-sponsor"),
        ("B", "funding-source"),
        ("C", None),
        ("D", "primary-investigator"),
        ("E", "general-contact"),
    ]
    assert [parties[2]["role"]["text"], parties[4]["role"]["text"]] == ["host", "nurse"]


@pytest.mark.parametrize(("kind", "number"), [("actual", "actualNumber"), ("estimated", "targetNumber")])
def test_participants_are_counted_as_enrolled_or_as_planned(kind: str, number: str) -> None:
    """A plan is not a count."""
    recruitment = _study(replace(trial(), enrollment=30, enrollment_type=kind))["recruitment"]
    assert {name: value for name, value in recruitment.items() if name != "eligibility"} == {number: 30}
