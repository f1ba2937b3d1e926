"""Consents, by the names of R4 and of R5, and the trials they are to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from patient_samples import (
    HL7,
    NCT,
    P1,
    PATIENT,
    bundle,
    consent,
    facts,
    one_consent,
    participation,
    read,
    study,
    texts,
)

DAY = When(date(2026, 6, 1), date(2026, 6, 1), "2026-06-01")
STUDY = {"reference": f"ResearchStudy/{NCT}"}


def research(system: str = "consentcategorycodes") -> dict[str, Any]:
    return {"coding": [{"system": HL7 + system, "code": "research"}], "text": "to research"}


def r5(**elements: Any) -> dict[str, Any]:
    """The elements that a Consent has in R5."""
    renamed = {"patient": None, "subject": P1, "dateTime": None, "date": "2026-06-01"}
    return renamed | {"scope": None, "category": [research()]} | elements


RESEARCH = [{}, {"scope": None, "category": [research()]}, r5(), r5(category=[research("consentscope")])]


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"status": None}, "no status"),
        ({"dateTime": "9999-12-31"}, "its date is not a date"),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension that is not known may change its meaning"),
        ({"provision": {"modifierExtension": [{}]}}, "a modifierExtension that is not known may change its meaning"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_says_why(elements: dict[str, Any], unusable: str) -> None:
    """A consent that may mean something else counts for nothing and is listed."""
    found = facts(consent(**elements))
    assert [fact.unusable for fact in found.consents] == [unusable]
    assert texts(found) == [f"warning Consent/k1: {unusable}: not used"]


@pytest.mark.parametrize("element", ["scope", "category", "provision"])
def test_a_broken_element_that_matters_makes_it_unusable(element: str) -> None:
    """What it is to, and whether it permits, must be readable."""
    found = facts(consent(**{element: 5}))
    assert [fact.unusable for fact in found.consents] == [f"{element} is of the wrong type"]


def test_what_was_entered_in_error_is_no_fact() -> None:
    """A consent entered in error does not exist."""
    assert facts(consent(status="entered-in-error")).consents == ()


@pytest.mark.parametrize("elements", RESEARCH)
def test_a_consent_to_research_says_so(elements: dict[str, Any]) -> None:
    """By its scope in R4, by its category in R4 and R5."""
    found = one_consent(**elements)
    assert (found.research, found.status, found.when, found.unusable) == (True, "active", DAY, None)


@pytest.mark.parametrize(
    "scope",
    [None, {"text": "research"}, {"coding": [{"system": HL7 + "consentscope", "code": "treatment"}]}],
)
def test_a_consent_to_something_else_is_none_to_research(scope: dict[str, Any] | None) -> None:
    """Only FHIR's code says so."""
    assert not one_consent(scope=scope).research


@pytest.mark.parametrize(
    ("elements", "permits"),
    [
        ({}, None),
        ({"provision": {"type": "permit"}}, True),
        ({"provision": {"type": "deny"}}, False),
        ({"provision": {"type": "perhaps"}}, None),
        ({"provision": {"provision": [{"type": "deny"}]}}, None),
        (r5(decision="permit"), True),
        (r5(decision="deny", provision=[{}]), False),
        (r5(provision=[{}]), None),
    ],
)
def test_whether_it_permits_is_kept(elements: dict[str, Any], permits: bool | None) -> None:
    """By the outermost provision in R4, by the decision in R5."""
    assert one_consent(**elements).permits is permits


@pytest.mark.parametrize(
    "elements",
    [
        {"identifier": [{"value": f"ICF-{NCT}-001"}]},
        {"policy": [{"uri": f"https://clinicaltrials.gov/study/{NCT}"}]},
        {"provision": {"data": [{"reference": STUDY}]}},
        {"provision": {"data": [{"reference": {"reference": "ResearchStudy/s1"}}]}},
        {"sourceReference": STUDY},
        r5(provision=[{"data": [{"reference": STUDY}]}]),
        r5(sourceReference=[STUDY]),
        r5(policyBasis={"url": f"https://clinicaltrials.gov/study/{NCT}"}),
        r5(policyBasis={"reference": STUDY}),
    ],
)
def test_the_trial_it_is_to_is_found(elements: dict[str, Any]) -> None:
    """Wherever a consent names its study."""
    assert one_consent(study(), **elements).trials == {NCT}


def test_a_consent_that_names_no_study_is_to_none() -> None:
    """A study in the file is not enough."""
    assert one_consent(study()).trials == frozenset()


@pytest.mark.parametrize("reference", [{"reference": "Consent/k1"}, [{"reference": "Consent/k1"}, {"display": "x"}]])
def test_a_participation_says_to_which_trial_its_consent_is(reference: Any) -> None:
    """ResearchSubject.consent is one reference in R4 and several in R5; by it the consent is to that research."""
    found = one_consent(study(), participation(consent=reference), scope=None)
    assert (found.trials, found.research) == (frozenset({NCT}), True)


def test_a_doubtful_participation_says_nothing_of_the_consent() -> None:
    """What a modifier may turn round does not make a consent one to the trial."""
    found = one_consent(study(), participation(consent={"reference": "Consent/k1"}, modifierExtension=[{"url": "x"}]))
    assert found.trials == frozenset()


def test_the_participation_of_another_says_nothing_of_the_consent() -> None:
    """A consent is to a trial by the patient's own participation alone."""
    other = participation(individual={"reference": "Patient/p2"}, consent={"reference": "Consent/k1"})
    found = read(bundle(PATIENT, PATIENT | {"id": "p2"}, study(), consent(), other))
    assert [fact.trials for fact in found.patients[0].consents] == [frozenset()]
