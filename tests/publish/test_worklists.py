from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import ServerRefused
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.worklist import WorklistEntry
from alsfhir.publish.placement import Placed
from alsfhir.publish.report import Change, Written
from alsfhir.publish.worklists import publish_worklist
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from screenings import candidate

NAMES = Names("http://example.org/fhir")
NEWEST = Placed(candidate(), "Patient/p1", {"resourceType": "ResearchStudy", "id": "s1", "title": "A study"})
ONE = WorklistEntry("ResearchSubject/1", "candidate", "2026-06-30")
THEIRS: dict[str, Any] = {"item": {"reference": "Patient/9"}, "flag": {"text": "call back"}, "deleted": False}


def test_a_list_that_changed_in_between_is_not_overwritten(memory: MemoryServer, server: FhirServer) -> None:
    """An entry that somebody adds while we write is not lost: we are refused, with the advice to run again."""
    publish_worklist(server, NEWEST, [ONE], NAMES)
    (standing,) = memory.of_type("List")
    memory.before_writing["List"] = lambda: memory.put({**standing, "entry": [*standing["entry"], THEIRS]})
    with pytest.raises(ServerRefused, match="run again"):
        publish_worklist(server, NEWEST, [WorklistEntry("ResearchSubject/1", "ineligible", "2026-09-30")], NAMES)
    assert memory.of_type("List")[0]["entry"] == [*standing["entry"], THEIRS]


def test_a_list_is_created_and_then_unchanged(memory: MemoryServer, server: FhirServer) -> None:
    """The first screening makes the List; the same again does not touch it."""
    (created,) = publish_worklist(server, NEWEST, [ONE], NAMES).resources
    memory.requests.clear()
    (unchanged,) = publish_worklist(server, NEWEST, [ONE], NAMES).resources
    assert created == Written(created.reference, Change.CREATED)
    assert unchanged == Written(created.reference, Change.UNCHANGED)
    assert memory.requests == ["GET List"]


def test_other_peoples_entries_stay(memory: MemoryServer, server: FhirServer) -> None:
    """What others wrote in the List, and elements of it that we do not write, are there after a change of ours."""
    publish_worklist(server, NEWEST, [ONE], NAMES)
    (standing,) = memory.of_type("List")
    memory.put({**standing, "entry": [THEIRS, *standing["entry"]], "note": [{"text": "Tuesdays"}]})
    (updated,) = publish_worklist(
        server, NEWEST, [WorklistEntry("ResearchSubject/1", "ineligible", "2026-09-30")], NAMES
    ).resources
    (after,) = memory.of_type("List")
    assert updated.change is Change.UPDATED
    assert after["entry"][0] == THEIRS
    assert after["entry"][1]["flag"]["coding"][0]["code"] == "ineligible"
    assert after["note"] == [{"text": "Tuesdays"}]
