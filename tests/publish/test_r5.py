"""Publishing to a server of R5: the rules are the same, though a patient stands elsewhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.versions import SUBJECT_STATE, FhirVersion, stands
from alsfhir.publish.report import Change, Published
from alsfhir.publish.screenings import publish_screenings
from alsfhir.publish.trials import publish_trial
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from publishing import about, known_trial, patient
from screenings import TRIAL, candidate, ineligible

NAMES = Names("http://example.org/fhir", FhirVersion.R5)
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
CANDIDATE, INELIGIBLE = (about(made(), TRIAL, "p1", "1") for made in (candidate, ineligible))


@pytest.fixture
def memory() -> MemoryServer:
    return MemoryServer("5.0.0")


@pytest.fixture
def server(memory: MemoryServer) -> Iterator[FhirServer]:
    """A server of R5 with a trial and a patient."""
    with memory.client() as client:
        publish_trial(client, *known_trial(TRIAL), NAMES)
        memory.put(patient("1", "p1"))
        yield client


def _publish(server: FhirServer, *records: ScreeningRecord) -> Published:
    return publish_screenings(server, records, NAMES, now=NOW)


def test_a_state_that_a_person_added_stays(server: FhirServer, memory: MemoryServer) -> None:
    """The last progress is a person's: a new screening leaves it, and lists the patient under it."""
    _publish(server, CANDIDATE)
    (subject,) = memory.of_type("ResearchSubject")
    enrolled = {"subjectState": {"coding": [{"system": SUBJECT_STATE, "code": "on-study"}]}}
    memory.put({**subject, "progress": [*subject["progress"], enrolled]})
    report = _publish(server, INELIGIBLE)
    (left,) = (each for each in report.resources if each.change is Change.LEFT_ALONE)
    assert left.why == "a person has set the status to on-study; the screening says ineligible"
    (entry,) = memory.of_type("List")[0]["entry"]
    assert entry["flag"]["coding"] == [{"system": SUBJECT_STATE, "code": "on-study"}]


def test_a_new_state_takes_the_place_of_ours_and_the_history_stays(server: FhirServer, memory: MemoryServer) -> None:
    """What stood before the state that we wrote is not ours to remove."""
    _publish(server, CANDIDATE)
    (subject,) = memory.of_type("ResearchSubject")
    before = {"milestone": [{"text": "referred"}]}
    memory.put({**subject, "progress": [before, *subject["progress"]]})
    _publish(server, INELIGIBLE)
    (changed,) = memory.of_type("ResearchSubject")
    assert changed["progress"][0] == before
    assert len(changed["progress"]) == 2
    assert stands(changed, FhirVersion.R5) == "ineligible"


def test_a_second_run_changes_no_version(server: FhirServer, memory: MemoryServer) -> None:
    """As in R4."""
    _publish(server, CANDIDATE)
    versions = memory.versions()
    publish_trial(server, *known_trial(TRIAL), NAMES)
    report = _publish(server, CANDIDATE)
    assert {each.change for each in report.resources} == {Change.UNCHANGED}
    assert memory.versions() == versions
