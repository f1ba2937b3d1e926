"""Tests of the FHIR versions, and of the small ways in which they differ."""

from __future__ import annotations

import pytest

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.device import device
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.provenance import provenance
from alsfhir.fhir.research_subject import research_subject, written_status
from alsfhir.fhir.verdicts import verdicts
from alsfhir.fhir.versions import SUBJECT_STATE, FhirVersion, stands
from alsfhir.fhir.worklist import WorklistEntry, worklist
from screenings import TRIAL, candidate, potential

ENTRY = WorklistEntry("ResearchSubject/1", "potential-candidate", "2026-06-30")


def test_a_series_is_the_number_without_its_corrections() -> None:
    """A server of 4.0.0 speaks R4 as one of 4.0.1 does."""
    assert [version.series for version in FhirVersion] == ["4.0", "4.3", "5.0"]


@pytest.mark.parametrize("version", FhirVersion)
def test_what_is_written_for_a_screening_is_valid_in_each_version(version: FhirVersion) -> None:
    """fhir.resources has nothing against any of it; the verdicts are the same in all."""
    names = Names(version=version)
    response = guidance_response(potential(), "Patient/7", names, patient_key="7")
    subject = research_subject(potential(), "Patient/7", "ResearchStudy/1", names, patient_key="7")
    written = (
        response,
        subject,
        device("alsfhir 0.1.0", names),
        worklist(TRIAL, "Cells", candidate().recruitment, [ENTRY], names),
        provenance(potential(), ["ResearchSubject/1"], "Device/1", names, key="k", recorded="2026-06-30T12:00:00Z"),
    )
    for resource in written:
        assert checked(resource, version) is resource
    assert verdicts(response) == verdicts(guidance_response(potential(), "Patient/7", Names(), patient_key="7"))
    assert stands(subject, version) == written_status(subject, names) == "potential-candidate"


def test_r5_says_where_a_patient_stands_by_the_last_progress() -> None:
    """Its ``status`` is that of the resource, and its progress a history."""
    names = Names(version=FhirVersion.R5)
    subject = research_subject(candidate(), "Patient/7", "ResearchStudy/1", names, patient_key="7")
    assert (subject["status"], subject["subject"]) == ("active", {"reference": "Patient/7"})
    enrolled = {"subjectState": {"coding": [{"system": SUBJECT_STATE, "code": "on-study"}]}}
    assert stands({**subject, "progress": [*subject["progress"], enrolled]}, FhirVersion.R5) == "on-study"
    assert stands({"resourceType": "ResearchSubject"}, FhirVersion.R5) is None
