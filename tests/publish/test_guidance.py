from __future__ import annotations

import msgspec

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.publish.guidance import as_of, latest_guidance, says_something_new
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from screenings import TRIAL, candidate, ineligible

NAMES = Names("http://example.org/fhir")


def _guidance(record: ScreeningRecord, as_of: str = "2026-06-30", key: str = "p1", names: Names = NAMES) -> Resource:
    dated = msgspec.structs.replace(record, as_of=as_of)
    return guidance_response(dated, "Patient/p1", names, patient_key=key)


def test_no_screening_before_is_none(memory: MemoryServer, server: FhirServer) -> None:
    """Guidance of others, of another trial, of a longer patient id and under another base is not ours."""
    memory.put({"resourceType": "GuidanceResponse", "subject": {"reference": "Patient/p1"}, "status": "success"})
    memory.put(_guidance(candidate(), names=Names("http://other.example.org/fhir")))
    memory.put(_guidance(msgspec.structs.replace(candidate(), trial="NCT99999999")))
    memory.put(_guidance(candidate(), key="p1x"))
    assert latest_guidance(server, TRIAL, "Patient/p1", NAMES) is None


def test_the_latest_is_that_of_the_latest_date(memory: MemoryServer, server: FhirServer) -> None:
    """The as-of date counts, not when a screening was written."""
    for date in ("2026-06-30", "2026-12-01", "2026-09-30"):
        memory.put(_guidance(candidate(), date))
    latest = latest_guidance(server, TRIAL, "Patient/p1", NAMES)
    assert latest is not None
    assert as_of(latest) == "2026-12-01"


def test_only_other_verdicts_or_readings_are_new() -> None:
    """Another date alone says nothing new; another verdict, or other readings of the criteria, do."""
    latest = _guidance(candidate())
    assert not says_something_new(_guidance(candidate(), "2026-09-30"), latest)
    assert says_something_new(_guidance(ineligible()), latest)
    assert says_something_new(_guidance(msgspec.structs.replace(candidate(), readings="sha256:ab")), latest)
    assert says_something_new(latest, None)
