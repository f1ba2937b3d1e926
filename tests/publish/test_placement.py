from __future__ import annotations

import msgspec
import pytest

from alsfhir.fhir.canonical import Names
from alsfhir.patient.model import Issue
from alsfhir.publish.placement import placed
from alsfhir.publish.trials import publish_trial
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from publishing import about, known_trial, patient
from screenings import TRIAL, candidate, deceased, ineligible

NAMES = Names("http://example.org/fhir")
MINE = about(candidate(), TRIAL, "p1", "4711")


@pytest.fixture(autouse=True)
def trial_on_server(server: FhirServer) -> None:
    """The sample trial is on the server."""
    publish_trial(server, *known_trial(), NAMES)


def _texts(issues: tuple[Issue, ...]) -> list[tuple[str, str, str]]:
    return [(issue.severity, issue.location, issue.text) for issue in issues]


def test_a_trial_that_is_not_there_has_to_be_published_first(memory: MemoryServer, server: FhirServer) -> None:
    """The trial is named once with what to do, and every screening for it is listed."""
    memory.put(patient("4711"))
    found, issues = placed(server, [about(candidate(), "NCT99999999", "p1", "4711")] * 2, NAMES)
    assert found == ()
    assert [(issue.severity, issue.location) for issue in issues] == [
        ("error", "NCT99999999"),
        ("error", "Patient/p1"),
        ("error", "Patient/p1"),
    ]
    assert "publish it first (alsfhir export --trial" in issues[0].text


def test_a_patient_without_identifiers_is_listed(server: FhirServer) -> None:
    """There is nothing to search for."""
    _, issues = placed(server, [msgspec.structs.replace(MINE, patient_identifier=())], NAMES)
    assert "gives no identifier" in issues[0].text


def test_a_patient_who_is_not_there_is_listed(server: FhirServer) -> None:
    """The location is the id in the record; the identifier itself is not repeated."""
    found, issues = placed(server, [MINE], NAMES)
    assert found == ()
    text = f"{TRIAL}: not published: no patient on the server has the record's identifiers"
    assert _texts(issues) == [("error", "Patient/p1", text)]


def test_a_patient_who_is_there_twice_is_listed_with_both(memory: MemoryServer, server: FhirServer) -> None:
    """Which one is meant a person has to say."""
    memory.put(patient("4711"), "a")
    memory.put(patient("4711"), "b")
    found, issues = placed(server, [MINE], NAMES)
    assert found == ()
    assert issues[0].text.endswith(
        "several patients on the server have the record's identifiers (Patient/a, Patient/b)"
    )


def test_the_deceased_are_listed_and_not_published(memory: MemoryServer, server: FhirServer) -> None:
    """That a patient has died is no error."""
    memory.put(patient("4711"))
    found, issues = placed(server, [about(deceased(), TRIAL, "p1", "4711")], NAMES)
    assert found == ()
    assert _texts(issues) == [("information", "Patient/p1", f"{TRIAL}: not published: the patient is deceased")]


def test_screenings_that_contradict_each_other_are_not_published(memory: MemoryServer, server: FhirServer) -> None:
    """Two files about one patient as of one day that say different things: neither is taken."""
    memory.put(patient("4711"))
    other = about(ineligible(), TRIAL, "p2", "4711")
    found, issues = placed(server, [MINE, other], NAMES)
    assert found == ()
    assert [(issue.severity, issue.location) for issue in issues] == [("error", "Patient/p1"), ("error", "Patient/p2")]


def test_the_same_screening_twice_is_one(memory: MemoryServer, server: FhirServer) -> None:
    """A file given twice changes nothing."""
    memory.put(patient("4711"))
    found, issues = placed(server, [MINE, MINE], NAMES)
    assert (len(found), issues) == (1, ())


def test_other_readings_than_those_on_the_server_are_a_warning(memory: MemoryServer, server: FhirServer) -> None:
    """The screening is published, and it is said that its canonical leads to another version."""
    memory.put(patient("4711"))
    other = msgspec.structs.replace(MINE, readings="sha256:" + "f" * 64)
    found, issues = placed(server, [MINE, msgspec.structs.replace(other, as_of="2026-07-01")], NAMES)
    assert len(found) == 2
    assert [(issue.severity, issue.location) for issue in issues] == [("warning", TRIAL)]


def test_screenings_come_by_date_and_each_patient_is_searched_once(memory: MemoryServer, server: FhirServer) -> None:
    """The latest is written last, however the records came."""
    where = memory.put(patient("4711"))
    memory.requests.clear()
    records = [msgspec.structs.replace(MINE, as_of=date) for date in ("2026-09-01", "2026-07-01", "2026-08-01")]
    found, _ = placed(server, records, NAMES)
    assert [one.record.as_of for one in found] == ["2026-07-01", "2026-08-01", "2026-09-01"]
    assert {one.patient for one in found} == {where}
    assert {one.study["resourceType"] for one in found} == {"ResearchStudy"}
    assert memory.requests.count("GET Patient") == 1
