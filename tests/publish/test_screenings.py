from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import pytest

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.errors import OtherFhirVersion, ServerRefused
from alsfhir.fhir.canonical import Names
from alsfhir.publish.report import Change, Published
from alsfhir.publish.screenings import publish_screenings
from alsfhir.publish.trials import publish_trial
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from publishing import about, known_trial, patient
from screenings import TRIAL, candidate, deceased, ineligible, potential

NAMES = Names("http://example.org/fhir")
OTHER = "NCT07654321"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def ward(memory: MemoryServer, server: FhirServer) -> list[ScreeningRecord]:
    """Two trials and two patients on the server, and the screenings of each for each."""
    for trial in (TRIAL, OTHER):
        publish_trial(server, *known_trial(trial), NAMES)
    for number in "12":
        memory.put(patient(number, f"p{number}"))
    return [
        about(made, trial, f"p{number}", number)
        for number, made in (("1", candidate()), ("2", potential()))
        for trial in (TRIAL, OTHER)
    ]


def _publish(server: FhirServer, records: Sequence[ScreeningRecord]) -> Published:
    return publish_screenings(server, records, NAMES, now=NOW)


def test_an_instant_without_time_zone_is_refused(server: FhirServer, memory: MemoryServer) -> None:
    """FHIR's instant has a zone; the caller gives it, before anything is asked of the server."""
    with pytest.raises(ValueError, match="time zone"):
        publish_screenings(server, [candidate()], NAMES, now=NOW.replace(tzinfo=None))
    assert memory.requests == []


def test_a_server_of_another_version_gets_nothing(server: FhirServer, memory: MemoryServer) -> None:
    """What is built is R4."""
    server.__dict__["fhir_version"] = "4.3.0"
    with pytest.raises(OtherFhirVersion):
        _publish(server, [candidate()])
    assert memory.resources == {}


def test_a_refusal_that_concerns_all_is_raised(
    ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer
) -> None:
    """Without permission nothing can be published: one error, not one for each patient."""
    memory.refuses = {"GuidanceResponse": 403}
    with pytest.raises(ServerRefused, match="HTTP 403"):
        _publish(server, ward)


def test_what_is_refused_of_one_patient_is_listed_and_the_others_are_published(
    ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer
) -> None:
    """A conflict costs that screening alone, and it is in no worklist."""
    _publish(server, ward[:1])
    (subject,) = memory.of_type("ResearchSubject")
    other = msgspec.structs.replace(ward[2], as_of="2026-10-31")
    changed = about(ineligible(), TRIAL, "p1", "1", as_of="2026-09-30")
    memory.before_writing["ResearchSubject"] = lambda: memory.put({**subject, "period": {"start": "2026-01-01"}})
    report = _publish(server, [other, changed])
    assert [(issue.severity, issue.location) for issue in report.issues] == [("error", "Patient/p1")]
    assert "changed by someone else meanwhile: run again" in report.issues[0].text
    (worklist,) = memory.of_type("List")
    assert [entry["flag"]["coding"][0]["code"] for entry in worklist["entry"]] == ["candidate", "potential-candidate"]
    assert _publish(server, [other, changed]).issues == ()
    assert memory.of_type("ResearchSubject")[0]["status"] == "ineligible"


def test_a_worklist_that_is_refused_is_listed(
    ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer
) -> None:
    """The screenings are published; that they are not in the worklist is an error that names it."""
    _publish(server, ward[:1])
    (worklist,) = memory.of_type("List")
    memory.before_writing["List"] = lambda: memory.put({**worklist, "note": [{"text": "x"}]})
    report = _publish(server, ward[2:3])
    assert [(issue.severity, issue.location) for issue in report.issues] == [("error", f"worklist of {TRIAL}")]
    assert [written.reference.partition("/")[0] for written in report.resources] == [
        "Device",
        "ResearchSubject",
        "GuidanceResponse",
        "Provenance",
    ]


def test_nothing_to_publish_writes_nothing(server: FhirServer, memory: MemoryServer) -> None:
    """Not even the Device, if no screening can be published."""
    report = _publish(server, [about(deceased(), TRIAL, "p1", "1"), about(candidate(), TRIAL, "p2", "2")])
    assert memory.resources == {}
    assert report.resources == ()
    assert len(report.issues) == 3


def test_all_is_published_in_order_and_again_changes_nothing(
    ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer
) -> None:
    """Device first, a transaction per patient and trial, then the Lists; the second run makes no version."""
    first = _publish(server, ward)
    before = memory.versions()
    kinds = [written.reference.partition("/")[0] for written in first.resources]
    assert kinds == ["Device", *["ResearchSubject", "GuidanceResponse", "Provenance"] * 4, "List", "List"]
    assert {written.change for written in first.resources} == {Change.CREATED}
    second = _publish(server, ward)
    assert {written.change for written in second.resources} == {Change.UNCHANGED}
    assert memory.versions() == before
    assert first.issues == second.issues == ()


def test_each_trial_has_its_worklist(ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer) -> None:
    """Each List holds the subjects of its own trial, flagged with their status."""
    _publish(server, ward)
    subjects = {f"ResearchSubject/{each['id']}": each for each in memory.of_type("ResearchSubject")}
    for trial, worklist in zip((TRIAL, OTHER), memory.of_type("List"), strict=True):
        assert worklist["identifier"][0]["value"] == trial
        listed = [subjects[entry["item"]["reference"]] for entry in worklist["entry"]]
        assert {each["identifier"][0]["value"] for each in listed} == {f"{trial}/p1", f"{trial}/p2"}
        assert [entry["flag"]["coding"][0]["code"] for entry in worklist["entry"]] == [
            each["status"] for each in listed
        ]


def test_each_version_of_the_software_is_its_own_device(
    ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer
) -> None:
    """A screening's Provenance names the software that made it, not the one that published it."""
    later = msgspec.structs.replace(ward[2], software="alsfhir 0.2.0")
    _publish(server, [ward[0], later])
    devices = {f"Device/{each['id']}": each["version"][0]["value"] for each in memory.of_type("Device")}
    made_by = [devices[each["agent"][0]["who"]["reference"]] for each in memory.of_type("Provenance")]
    assert made_by == ["0.1.0", "0.2.0"]
    assert {each["recorded"] for each in memory.of_type("Provenance")} == {"2026-07-01T12:00:00+00:00"}


def test_of_several_dates_the_latest_is_where_the_patient_stands(
    ward: list[ScreeningRecord], server: FhirServer, memory: MemoryServer
) -> None:
    """Published together, in any order, the screenings become the patient's history and a second run leaves it."""
    later = about(ineligible(), TRIAL, "p1", "1", as_of="2026-09-30")
    _publish(server, [later, ward[0]])
    assert [each["status"] for each in memory.of_type("ResearchSubject")] == ["ineligible"]
    assert len(memory.of_type("GuidanceResponse")) == 2
    before = memory.versions()
    report = _publish(server, [later, ward[0]])
    assert memory.versions() == before
    assert [issue.severity for issue in report.issues] == ["information"]
