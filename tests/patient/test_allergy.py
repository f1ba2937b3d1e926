"""Allergies and their reactions, by the names of R4 and of R5."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.model import Reaction
from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from patient_samples import HIVES, HL7, PENICILLIN, SNOMED, allergy, facts, one_allergy, texts

ODD_VERIFICATION = "its verificationStatus is none of FHIR's codes"
DAY = When(date(2026, 5, 4), date(2026, 5, 4), "2026-05-04")


def verified(code: str, system: str = HL7 + "allergyintolerance-verification") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"code": None}, "no code"),
        ({"code": {}, "criticality": "high"}, "no code"),
        ({"verificationStatus": verified("maybe")}, ODD_VERIFICATION),
        (
            {"verificationStatus": verified("confirmed", "http://x.org")},
            "its verificationStatus is none of FHIR's codes",
        ),
        ({"verificationStatus": {"text": "confirmed"}}, ODD_VERIFICATION),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension that is not known may change its meaning"),
        ({"implicitRules": "http://x.org"}, "its implicitRules are not known and may change its meaning"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_says_why(elements: dict[str, Any], unusable: str) -> None:
    """An allergy to nothing, or of an unknown verification, counts for nothing and is listed."""
    found = facts(allergy(**elements))
    assert [fact.unusable for fact in found.allergies] == [unusable]
    assert texts(found) == [f"warning AllergyIntolerance/a1: {unusable}: not used"]


def test_a_broken_verification_is_not_taken_for_none() -> None:
    """A verificationStatus of the wrong type makes the allergy unusable: it may have been refuted."""
    found = facts(allergy(verificationStatus=5))
    assert [fact.unusable for fact in found.allergies] == ["verificationStatus is of the wrong type"]


def test_what_was_entered_in_error_is_no_fact() -> None:
    """An allergy entered in error does not exist."""
    found = facts(allergy(verificationStatus=verified("entered-in-error")))
    assert (found.allergies, texts(found)) == ((), ["information AllergyIntolerance: 1 not used: entered in error"])


@pytest.mark.parametrize("code", ["unconfirmed", "presumed", "confirmed", "refuted"])
def test_every_verification_of_r4_and_r5_is_kept(code: str) -> None:
    """Whether an allergy that is only presumed counts is not for the reader to say."""
    found = one_allergy(verificationStatus=verified(code))
    assert (found.verification, found.unusable) == (code, None)


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ({"clinicalStatus": {"text": "gone"}}, "its clinicalStatus is none of FHIR's codes: taken as unknown"),
        ({"criticality": "very"}, "its criticality is none of FHIR's codes: not used"),
        ({"criticality": ["high"]}, "its criticality is none of FHIR's codes: not used"),
        ({"onsetDateTime": "0000"}, "onsetDateTime is not a date: not used as a date"),
        ({"recordedDate": "9999-01-01"}, "recordedDate is not a date: not used as a date"),
        ({"reaction": [{"severity": "awful"}]}, "the severity of a reaction is none of FHIR's codes: not used"),
        ({"reaction": [{"severity": {}}]}, "the severity of a reaction is none of FHIR's codes: not used"),
        ({"reaction": [{"onset": "soon"}]}, "the onset of a reaction is not a date: not used as a date"),
    ],
)
def test_what_is_odd_is_left_out_and_listed(elements: dict[str, Any], text: str) -> None:
    """One odd element costs itself, and not the allergy."""
    found = facts(allergy(**elements))
    assert [fact.unusable for fact in found.allergies] == [None]
    assert texts(found) == [f"warning AllergyIntolerance/a1: {text}"]
    (fact,) = found.allergies
    assert (fact.clinical or "unknown", fact.criticality, fact.when, fact.recorded) == ("unknown", None, None, None)
    assert {(reaction.severity, reaction.when) for reaction in fact.reactions} <= {(None, None)}


@pytest.mark.parametrize("reaction", [[{"modifierExtension": [{"url": "x"}], "severity": "severe"}], "hives", [5]])
def test_a_reaction_that_is_lost_may_have_been_a_severe_one(reaction: Any) -> None:
    """What cannot be read of the reactions leaves open whether there is more on record."""
    found = facts(allergy(reaction=reaction))
    assert [fact.reactions for fact in found.allergies] == [()]
    assert found.unreadable == {"AllergyIntolerance"}
    assert len(found.issues) == 1


@pytest.mark.parametrize("manifestation", [HIVES, {"concept": HIVES}])
def test_reactions_are_read_in_r4_and_in_r5(manifestation: dict[str, Any]) -> None:
    """A manifestation is a CodeableConcept in R4, and a CodeableReference in R5."""
    found = one_allergy(
        code=None,
        reaction=[
            {"substance": PENICILLIN, "manifestation": [manifestation], "severity": "severe", "onset": "2026-05-04"},
            {"manifestation": [{"reference": {"reference": "Observation/o1"}}]},
        ],
    )
    assert found.reactions == (Reaction(frozenset({"hives"}), "severe", DAY), Reaction())
    assert (found.concepts, found.codings) == (frozenset({"penicillin"}), (Coding(SNOMED, "764146007"),))


def test_a_reaction_to_what_is_not_said_is_a_reaction() -> None:
    """Without any code a severe reaction stays on record."""
    found = one_allergy(code=None, reaction=[{"severity": "severe"}])
    assert (found.unusable, found.reactions) == (None, (Reaction(severity="severe"),))


@pytest.mark.parametrize(
    ("elements", "when"),
    [
        ({"onsetDateTime": "2026-05-04"}, DAY),
        ({"onsetPeriod": {"start": "2026-05-04"}}, When(date(2026, 5, 4), date.max, "2026-05-04/..")),
        ({"onsetAge": {"value": 3, "unit": "a"}}, None),
        ({"onsetRange": {"low": {"value": 3}}}, None),
        ({"onsetString": "as a child"}, None),
    ],
)
def test_only_dates_say_when(elements: dict[str, Any], when: When | None) -> None:
    """An onset as an age, a range or a text is no date, and no problem."""
    found = facts(allergy(recordedDate="2026-05-04", criticality="high", **elements))
    assert [(fact.when, fact.recorded, fact.criticality) for fact in found.allergies] == [(when, DAY, "high")]
    assert found.issues == ()
