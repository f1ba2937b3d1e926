"""Conditions: code, verification, clinical status, dates, stage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from alsfhir.terminology import LOCAL_SYSTEM, Coding
from patient_samples import ALS, HL7, SNOMED, condition, facts, one_condition, texts

ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"


def verification(code: str, system: str = HL7 + "condition-ver-status") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def clinical(code: str) -> dict[str, Any]:
    return {"coding": [{"system": HL7 + "condition-clinical", "code": code}]}


def both(name: str, *codes: str) -> dict[str, Any]:
    """A status that is given several codes."""
    return {"coding": [{"system": f"{HL7}condition-{name}", "code": code} for code in codes]}


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"code": None}, "no code"),
        ({"code": {"coding": [{"system": SNOMED}]}}, "no code"),
        ({"verificationStatus": {}}, "its verificationStatus is none of FHIR's codes"),
        ({"verificationStatus": {"text": "refuted"}}, "its verificationStatus is none of FHIR's codes"),
        ({"verificationStatus": verification("sure")}, "its verificationStatus is none of FHIR's codes"),
        (
            {"verificationStatus": verification("refuted", "http://example.org")},
            "its verificationStatus is none of FHIR's codes",
        ),
        (
            {"verificationStatus": both("ver-status", "confirmed", "refuted")},
            "its verificationStatus contradicts itself",
        ),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension that is not known may change its meaning"),
    ],
)
def test_what_may_be_no_diagnosis_is_kept_and_says_why(elements: dict[str, Any], unusable: str) -> None:
    """An entry without code, or with a verification that is not understood, never counts as confirmed."""
    found = facts(condition(**elements))
    assert [entry.unusable for entry in found.conditions] == [unusable]
    assert f"warning Condition/c1: {unusable}: not used" in texts(found)


def test_an_entry_in_error_is_no_fact() -> None:
    """A Condition entered in error does not exist; that there was one is said."""
    found = facts(condition(verificationStatus=verification("entered-in-error")))
    assert found.conditions == ()
    assert texts(found) == ["information Condition: 1 not used: entered in error"]


@pytest.mark.parametrize("code", ["confirmed", "unconfirmed", "provisional", "differential", "refuted"])
def test_the_verification_is_kept(code: str) -> None:
    """Each of FHIR's codes is kept; whether it counts is decided elsewhere."""
    found = one_condition(verificationStatus=verification(code))
    assert (found.verification, found.unusable) == (code, None)


def test_a_status_that_is_not_understood_is_unknown() -> None:
    """A clinical status that is none of FHIR's is neither active nor resolved, and is listed."""
    found = facts(condition(clinicalStatus=clinical("improving")))
    assert found.conditions[0].clinical == "unknown"
    assert texts(found) == ["warning Condition/c1: its clinicalStatus is none of FHIR's codes: taken as unknown"]


def test_a_clinical_status_that_contradicts_itself_is_unknown() -> None:
    """Active and resolved at once says neither."""
    found = facts(condition(clinicalStatus=both("clinical", "active", "resolved")))
    assert found.conditions[0].clinical == "unknown"
    assert texts(found) == ["warning Condition/c1: its clinicalStatus contradicts itself: taken as unknown"]


def test_the_narrower_of_two_codes_is_the_status() -> None:
    """FHIR's codes have a hierarchy: beside the broader code the narrower says more, in whatever order."""
    for codes in (("unconfirmed", "provisional"), ("provisional", "unconfirmed"), ("provisional", "provisional")):
        assert one_condition(verificationStatus=both("ver-status", *codes)).verification == "provisional"
    assert one_condition(clinicalStatus=both("clinical", "inactive", "remission")).clinical == "remission"


@pytest.mark.parametrize("code", ["active", "recurrence", "relapse", "inactive", "remission", "resolved", "unknown"])
def test_the_clinical_status_is_kept(code: str) -> None:
    """Each of FHIR's codes, R5's unknown among them, is kept."""
    assert one_condition(clinicalStatus=clinical(code)).clinical == code


def test_without_statuses_there_are_none() -> None:
    """What is not stated is not invented."""
    found = one_condition()
    assert (found.verification, found.clinical, found.unusable) == (None, None, None)


def test_dates_of_diagnosis_and_entry_are_told_apart() -> None:
    """The asserted date is the diagnosis, the recorded date only the entry."""
    extension = [
        {"url": "http://example.org", "valueDateTime": "1999"},
        {"url": ASSERTED, "valueDateTime": "2025-06-24"},
    ]
    found = one_condition(extension=extension, recordedDate="2025-07")
    assert found.diagnosed == When(date(2025, 6, 24), date(2025, 6, 24), "2025-06-24")
    assert found.recorded == When(date(2025, 7, 1), date(2025, 7, 31), "2025-07")


def test_dates_that_are_none_are_listed() -> None:
    """A bad asserted or recorded date is not used, and does not cost the entry."""
    found = facts(condition(extension=[{"url": ASSERTED, "valueDateTime": 5}], recordedDate="2025-13"))
    (entry,) = found.conditions
    assert (entry.diagnosed, entry.recorded, entry.unusable) == (None, None, None)
    assert texts(found) == [
        "warning Condition/c1: its asserted date is not a string: not used as a date",
        "warning Condition/c1: recordedDate is not a date: not used as a date",
    ]


def test_an_end_before_the_beginning_dates_neither() -> None:
    """Dates that contradict each other are kept as words, so that nothing is decided by either; that is said."""
    found = facts(condition(onsetDateTime="2024-03", abatementDateTime="2024-02-29"))
    (entry,) = found.conditions
    assert (entry.onset, entry.onset_text, entry.abatement, entry.abated) == (None, "2024-03", None, True)
    assert texts(found) == ["warning Condition/c1: its end lies before its beginning: not used as a date"]
    assert one_condition(onsetDateTime="2024-03", abatementDateTime="2024-03-01").onset is not None


def test_stage_severity_and_body_site_are_kept() -> None:
    """Stages keep codings and words; one with an unknown modifier is left out."""
    definite = {"coding": [{"system": LOCAL_SYSTEM, "code": "definite"}], "text": "El Escorial: definite"}
    found = one_condition(
        stage=[{"summary": definite}, {"summary": definite, "modifierExtension": [{"url": "x"}]}, {"type": ALS}, None],
        severity={"text": "severe"},
        bodySite=[{"coding": [{"system": SNOMED, "code": "30021000"}]}],
    )
    assert found.stages == (Coding(LOCAL_SYSTEM, "definite"),)
    assert found.stage_text == ("El Escorial: definite",)
    assert found.severity == (Coding(None, None, "severe"),)
    assert found.body_sites == (Coding(SNOMED, "30021000"),)


def test_a_condition_in_words_alone_is_kept() -> None:
    """A diagnosis without a coding is a fact without a concept, for a person to read."""
    found = one_condition(code={"text": "ALS"})
    assert (found.text, found.codings, found.concepts, found.unusable) == ("ALS", (), frozenset(), None)


@pytest.mark.parametrize(("ended", "abated"), [("9999-12-31", False), ("9999", False), ("no date", True)])
def test_the_year_9999_is_no_end(ended: str, abated: bool) -> None:
    """What is written for no end does not say that the condition is over; what cannot be read at all does."""
    entry = one_condition(abatementDateTime=ended)
    assert (entry.abatement, entry.abated) == (None, abated)
