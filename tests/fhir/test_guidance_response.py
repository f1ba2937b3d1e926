"""Tests of the GuidanceResponse of a screening."""

from __future__ import annotations

import re

import pytest

from alsfhir.eligibility.record import NeedRecord, ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.guidance_response import guidance_response
from screenings import AGE, DRAFT, TRIAL, candidate, deceased, ineligible, potential, screening


def _response(record: ScreeningRecord) -> Resource:
    return guidance_response(record, "Patient/7", Names(), patient_key="7")


def test_there_is_no_guidance_for_the_deceased() -> None:
    """A patient who was not screened gets no GuidanceResponse."""
    with pytest.raises(ValueError, match="not screened"):
        _response(deceased())


def test_a_potential_candidate_requires_data_and_says_which() -> None:
    """The status is `data-required`, and there is a requirement for the criterion that lacks a value."""
    response = _response(potential())
    assert response["status"] == "data-required"
    assert [requirement["type"] for requirement in response["dataRequirement"]] == ["Observation"]


def test_a_condition_that_is_not_confirmed_is_required() -> None:
    """If that alone is open, it is the datum that is required, by the codes of the disease."""
    need = NeedRecord(concept="als", text="Confirmed diagnosis of amyotrophic lateral sclerosis")
    response = _response(screening(AGE, status="potential-candidate", unconfirmed=need))
    assert response["status"] == "data-required"
    (requirement,) = response["dataRequirement"]
    assert requirement["type"] == "Condition"
    assert {"system": "http://snomed.info/sct", "code": "86044005"} in requirement["codeFilter"][0]["code"]
    assert requirement["extension"][0]["valueString"] == "Confirmed diagnosis of amyotrophic lateral sclerosis"


def test_a_draft_alone_names_no_datum() -> None:
    """A potential candidate is one all the same; no datum would settle how a criterion is read."""
    response = _response(screening(AGE, DRAFT, status="potential-candidate"))
    assert response["status"] == "data-required"
    assert "dataRequirement" not in response


@pytest.mark.parametrize("record", [candidate(), ineligible(), screening()])
def test_other_screenings_are_complete(record: ScreeningRecord) -> None:
    """Whoever is a candidate or ruled out needs no more data."""
    response = _response(record)
    assert response["status"] == "success"
    assert "dataRequirement" not in response


def test_the_identity_is_trial_patient_and_date() -> None:
    """A screening of another day is another GuidanceResponse; older ones stay."""
    system = "http://alsfhir.org/fhir/identifier/GuidanceResponse"
    assert _response(candidate())["identifier"] == [{"system": system, "value": f"{TRIAL}/7/2026-06-30"}]


def test_it_says_whom_it_is_about_by_which_module_and_as_of_when() -> None:
    """Subject, as-of date and the PlanDefinition in its version stand in their elements."""
    response = _response(candidate())
    assert response["subject"] == {"reference": "Patient/7"}
    assert response["occurrenceDateTime"] == "2026-06-30"
    assert response["moduleCanonical"] == f"http://alsfhir.org/fhir/PlanDefinition/{TRIAL}|{'0123456789abcdef' * 4}"


def test_the_parameters_are_contained_and_referenced() -> None:
    """`outputParameters` leads to the contained Parameters."""
    response = _response(candidate())
    (parameters,) = response["contained"]
    assert response["outputParameters"] == {"reference": f"#{parameters['id']}"}


def test_the_narrative_tells_recruitment_then_status_then_what_blocks() -> None:
    """A nurse reads first that the trial is over, then the status, then the failed criterion before the others."""
    div = _response(ineligible())["text"]["div"]
    order = ["does NOT recruit", "Ineligible", f"{TRIAL}-I02", f"{TRIAL}-I03", f"{TRIAL}-I01"]
    assert sorted(order, key=div.index) == order


def test_the_narrative_holds_every_criterion_and_nobody() -> None:
    """All criteria are in the table; name and identifiers of the patient are not."""
    div = _response(potential())["text"]["div"]
    assert re.findall(rf"{TRIAL}-[IE]\d\d", div) == [f"{TRIAL}-{number}" for number in ("I02", "I03", "E02", "I01")]
    assert "4711" not in div


def test_the_notes_tell_what_was_assumed_of_the_whole() -> None:
    """The closed world and unsigned readings are notes."""
    notes = [note["text"] for note in _response(candidate())["note"]]
    assert any(note.startswith("Closed world") for note in notes)
    assert any("no clinician has signed" in note for note in notes)
