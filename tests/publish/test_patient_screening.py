from __future__ import annotations

from typing import Any

import msgspec
import pytest

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.errors import AmbiguousIdentity
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.worklist import WorklistEntry
from alsfhir.publish.patient_screening import Desk, publish_screening
from alsfhir.publish.placement import Placed
from alsfhir.publish.report import Published
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from publishing import patient
from screenings import TRIAL, candidate, ineligible, potential

NAMES = Names("http://example.org/fhir")
STUDY: dict[str, Any] = {
    "resourceType": "ResearchStudy",
    "id": "s1",
    "identifier": [NAMES.identifier("ResearchStudy", TRIAL)],
    "title": "A study",
}


class _Office:
    """Publishes screenings of Patient/p1 one after the other, at a later instant each time."""

    def __init__(self, memory: MemoryServer, server: FhirServer) -> None:
        self.memory = memory
        self.server = server
        self.instant = 0
        memory.put(patient("4711", "p1"))

    def publish(
        self, record: ScreeningRecord, as_of: str = "2026-06-30", study: dict[str, Any] = STUDY
    ) -> tuple[Published, WorklistEntry | None]:
        self.instant += 1
        desk = Desk(self.server, NAMES, "Device/1", f"2026-07-01T00:00:{self.instant:02}+00:00")
        return publish_screening(desk, Placed(msgspec.structs.replace(record, as_of=as_of), "Patient/p1", study))

    def the(self, resource_type: str) -> dict[str, Any]:
        (found,) = self.memory.of_type(resource_type)
        return found


@pytest.fixture
def office(memory: MemoryServer, server: FhirServer) -> _Office:
    return _Office(memory, server)


def _changes(report: Published) -> list[tuple[str, str]]:
    return [(written.reference.partition("/")[0], written.change.value) for written in report.resources]


def test_two_subjects_of_one_identity_are_not_written(office: _Office) -> None:
    """Which of the two is ours a person has to say; nothing of the screening is written."""
    office.publish(candidate())
    before = office.memory.versions()
    office.memory.put({**office.the("ResearchSubject"), "id": "copy"})
    with pytest.raises(AmbiguousIdentity):
        office.publish(ineligible())
    assert office.memory.versions() == before | {"ResearchSubject/copy": "1"}


def test_a_first_screening_is_one_transaction(office: _Office) -> None:
    """Subject, guidance and provenance come together, and refer to each other as the server named them."""
    report, line = office.publish(candidate())
    assert _changes(report) == [
        ("ResearchSubject", "created"),
        ("GuidanceResponse", "created"),
        ("Provenance", "created"),
    ]
    assert office.memory.requests.count("POST ") == 1
    subject, guidance = office.the("ResearchSubject"), office.the("GuidanceResponse")
    assert subject["study"] == {"reference": "ResearchStudy/s1"}
    assert [target["reference"] for target in office.the("Provenance")["target"]] == [
        f"ResearchSubject/{subject['id']}",
        f"GuidanceResponse/{guidance['id']}",
    ]
    assert line == WorklistEntry(f"ResearchSubject/{subject['id']}", "candidate", "2026-06-30")


def test_the_same_screening_again_changes_nothing(office: _Office) -> None:
    """A second run, also one as of another day, makes no version and is one line of the worklist as before."""
    _, line = office.publish(potential())
    before = office.memory.versions()
    report, again = office.publish(potential())
    assert _changes(report) == [("ResearchSubject", "unchanged"), ("GuidanceResponse", "unchanged")]
    later, _ = office.publish(potential(), "2026-07-01")
    assert _changes(later) == _changes(report)
    assert office.memory.versions() == before
    assert line == again


def test_a_new_verdict_is_a_new_guidance_and_the_old_one_stays(office: _Office) -> None:
    """The history of a patient's screenings can be read; the subject has the status of the latest."""
    office.publish(candidate())
    old = office.the("GuidanceResponse")
    report, line = office.publish(ineligible(), "2026-09-30")
    assert _changes(report) == [
        ("ResearchSubject", "updated"),
        ("GuidanceResponse", "created"),
        ("Provenance", "created"),
    ]
    assert old in office.memory.of_type("GuidanceResponse")
    assert office.the("ResearchSubject")["status"] == "ineligible"
    assert line is not None
    assert (line.status, line.as_of) == ("ineligible", "2026-09-30")


def test_a_correction_as_of_the_same_day_replaces_the_guidance(office: _Office) -> None:
    """Identity is trial, patient and as-of date: the corrected screening is a new version of the same resource."""
    office.publish(candidate())
    report, _ = office.publish(ineligible())
    assert _changes(report)[1] == ("GuidanceResponse", "updated")
    assert len(office.memory.of_type("GuidanceResponse")) == 1


def test_the_instant_changes_only_with_what_the_provenance_says(office: _Office) -> None:
    """A correction from the same evidence keeps its Provenance; one from other evidence is recorded anew."""
    office.publish(potential())
    first = office.the("Provenance")
    same_evidence = msgspec.structs.replace(potential(), closed_world=True)
    assert _changes(office.publish(same_evidence)[0])[1:] == [
        ("GuidanceResponse", "updated"),
        ("Provenance", "unchanged"),
    ]
    assert office.the("Provenance") is first
    assert _changes(office.publish(candidate())[0])[2] == ("Provenance", "updated")
    assert office.the("Provenance")["recorded"] == "2026-07-01T00:00:03+00:00"


def test_a_screening_before_the_latest_is_not_published(office: _Office) -> None:
    """An old file does not put the patient back to where they were; that it was left out is said."""
    office.publish(candidate(), "2026-09-30")
    before = office.memory.versions()
    report, line = office.publish(ineligible(), "2026-06-30")
    assert office.memory.versions() == before
    assert line is None
    assert _changes(report) == [("GuidanceResponse", "left alone")]
    assert [(issue.severity, issue.location) for issue in report.issues] == [("information", "Patient/p1")]


def test_a_status_that_a_person_set_stays_and_the_reasons_come(office: _Office) -> None:
    """The subject keeps the person's status, also in the worklist; the new guidance is there for them to read."""
    office.publish(candidate())
    subject = office.the("ResearchSubject")
    office.memory.put({**subject, "status": "on-study"})
    report, line = office.publish(ineligible(), "2026-09-30")
    assert _changes(report) == [
        ("ResearchSubject", "left alone"),
        ("GuidanceResponse", "created"),
        ("Provenance", "created"),
    ]
    kept = office.the("ResearchSubject")
    assert (kept["status"], kept["extension"]) == ("on-study", subject["extension"])
    assert line is not None
    assert line.status == "on-study"
    provenance = office.memory.of_type("Provenance")[-1]
    assert [target["reference"].partition("/")[0] for target in provenance["target"]] == ["GuidanceResponse"]


def test_evidence_is_referred_to_only_if_the_server_has_it(office: _Office) -> None:
    """Of the patient and a lung function in the record, the server has the patient: the other is a display."""
    office.publish(ineligible())
    sources = [source["what"] for source in office.the("Provenance")["entity"]]
    parts = office.the("GuidanceResponse")["contained"][0]["parameter"]
    cited = [
        detail["part"][0]["valueReference"] for part in parts for detail in part.get("part", []) if "part" in detail
    ]
    for referred in (sources, cited):
        assert {"reference": "Patient/p1", "type": "Patient", "display": "Patient/p1"} in referred
        assert {"type": "Observation", "display": "Observation/obs-7"} in referred


def test_subjects_are_of_the_sites_own_study(office: _Office) -> None:
    """Where our study names the site's, the patient is listed under the study that people there work with."""
    local = {"url": NAMES.extension("local-study"), "valueReference": {"reference": "ResearchStudy/theirs"}}
    office.publish(candidate(), study={**STUDY, "extension": [local]})
    assert office.the("ResearchSubject")["study"] == {"reference": "ResearchStudy/theirs"}
