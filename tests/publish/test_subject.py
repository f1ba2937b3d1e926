from __future__ import annotations

from typing import Any

import pytest

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.research_subject import research_subject, written_status
from alsfhir.publish.report import Change, Written
from alsfhir.publish.subject import subject_step
from alsfhir.publish.transaction import Step
from screenings import candidate, ineligible

NAMES = Names("http://example.org/fhir")
CANDIDATE = research_subject(candidate(), "Patient/p1", "ResearchStudy/1", NAMES, patient_key="p1")
INELIGIBLE = research_subject(ineligible(), "Patient/p1", "ResearchStudy/1", NAMES, patient_key="p1")


def _standing(resource: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {**resource, "id": "7", "meta": {"versionId": "2"}, **changed}


@pytest.mark.parametrize("status", ["on-study", "screening", "withdrawn", "ineligible"])
def test_a_status_that_a_person_set_stays(status: str) -> None:
    """Whatever the screening says now, even the same, the person's word is left alone, and that is said."""
    step = subject_step(INELIGIBLE, _standing(CANDIDATE, status=status), NAMES)
    assert isinstance(step, Written)
    assert (step.reference, step.change) == ("ResearchSubject/7", Change.LEFT_ALONE)
    assert step.why == f"a person has set the status to {status}; the screening says ineligible"


def test_a_subject_without_our_mark_is_a_persons() -> None:
    """Where the extension is gone, nobody can tell who wrote the status: it stays."""
    standing = {name: value for name, value in _standing(CANDIDATE).items() if name != "extension"}
    step = subject_step(CANDIDATE, standing, NAMES)
    assert isinstance(step, Written)
    assert step.change is Change.LEFT_ALONE


def test_a_new_subject_is_created() -> None:
    """Where there is none, it is created, and only if there is still none."""
    step = subject_step(CANDIDATE, None, NAMES)
    assert isinstance(step, Step)
    assert step.entry["request"]["method"] == "POST"
    assert step.entry["resource"] == CANDIDATE


def test_an_equal_subject_is_not_sent() -> None:
    """What the server has already is unchanged."""
    assert subject_step(CANDIDATE, _standing(CANDIDATE), NAMES) == Written("ResearchSubject/7", Change.UNCHANGED)


def test_what_others_added_stays_when_the_status_changes() -> None:
    """Period, consent, other identifiers and extensions of the site survive a new status of ours."""
    theirs = {"url": "urn:theirs", "valueString": "x"}
    number = {"system": "urn:site", "value": "17"}
    standing = _standing(
        CANDIDATE,
        period={"start": "2026-01-01"},
        consent={"reference": "Consent/1"},
        identifier=[number, *CANDIDATE["identifier"]],
        extension=[theirs, *CANDIDATE["extension"]],
    )
    step = subject_step(INELIGIBLE, standing, NAMES)
    assert isinstance(step, Step)
    written = step.entry["resource"]
    assert (written["status"], written_status(written, NAMES)) == ("ineligible", "ineligible")
    assert (written["period"], written["consent"]) == (standing["period"], standing["consent"])
    assert written["identifier"] == standing["identifier"]
    assert written["extension"] == [theirs, *INELIGIBLE["extension"]]
    assert step.entry["request"]["ifMatch"] == 'W/"2"'
