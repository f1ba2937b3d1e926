from __future__ import annotations

from typing import Any

import pytest

from alsfhir.eligibility.record import EvidenceRecord, PatientIdentifier, ScreeningRecord
from alsfhir.errors import ServerRefused
from alsfhir.publish.patients import held_evidence, patients
from alsfhir.server.client import FhirServer
from memory_server import MemoryServer
from publishing import SYSTEM, patient
from screenings import criterion, screening


def _known(value: str, system: str | None = SYSTEM) -> PatientIdentifier:
    return PatientIdentifier(system=system, value=value)


def _citing(*references: str) -> ScreeningRecord:
    evidence = tuple(EvidenceRecord(reference=reference) for reference in references)
    return screening(criterion("I01", "met", "pass", "evidence", evidence=evidence))


def _of(whose: str, resource_id: str, kind: str = "Observation", element: str = "subject") -> dict[str, Any]:
    return {"resourceType": kind, "id": resource_id, element: {"reference": whose}}


def test_a_record_without_identifiers_finds_nobody_and_asks_nothing(memory: MemoryServer, server: FhirServer) -> None:
    """A search without identifiers would return everyone."""
    memory.put(patient("4711"))
    assert patients(server, ()) == ()
    assert memory.requests == []


def test_a_number_in_another_system_is_another_person(memory: MemoryServer, server: FhirServer) -> None:
    """System and value have to be equal; an identifier without system finds only one without system."""
    memory.put(patient("4711"), "a")
    memory.put({"resourceType": "Patient", "identifier": [{"value": "4711"}]}, "b")
    assert patients(server, [_known("4711", "urn:oid:9")]) == ()
    assert patients(server, [_known("4711", None)]) == ("Patient/b",)
    assert patients(server, [_known("4711")]) == ("Patient/a",)


def test_a_server_that_returns_everyone_finds_nobody(server: FhirServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that ignores the search parameter does not make a stranger the patient."""
    monkeypatch.setattr(server, "search", lambda *_, **__: [{**patient("0815"), "id": "stranger"}])
    assert patients(server, [_known("4711")]) == ()


def test_a_value_with_separators_is_one_value(memory: MemoryServer, server: FhirServer) -> None:
    """A comma in an identifier does not search for two patients."""
    memory.put(patient("47"), "a")
    memory.put(patient("47,11|x"), "b")
    assert patients(server, [_known("47,11|x")]) == ("Patient/b",)


def test_all_patients_with_any_identifier_are_found(memory: MemoryServer, server: FhirServer) -> None:
    """Two identifiers of two patients find both, and two of one patient find that one once."""
    memory.put({"resourceType": "Patient", "identifier": [{"system": SYSTEM, "value": v} for v in "12"]}, "a")
    memory.put(patient("3"), "b")
    assert patients(server, [_known("1"), _known("2"), _known("9")]) == ("Patient/a",)
    assert patients(server, [_known("1"), _known("3")]) == ("Patient/a", "Patient/b")


def test_nothing_is_held_if_the_patient_has_another_id_there(memory: MemoryServer, server: FhirServer) -> None:
    """Equal ids on another server are chance: nothing of them is referred to."""
    memory.put(_of("Patient/p2", "o1"))
    assert held_evidence(server, _citing("Observation/o1"), "Patient/p2") == frozenset()
    assert memory.requests == []


def test_only_this_patients_resources_are_held(memory: MemoryServer, server: FhirServer) -> None:
    """Resources of others, missing ones, and references that are not to a server's resource are not referred to."""
    memory.put(_of("Patient/p1", "o1"))
    memory.put(_of("Patient/p2", "o2"))
    memory.put(_of("Patient/p1", "a1", "AllergyIntolerance", "patient"))
    cited = ("Observation/o1", "Observation/o2", "Observation/o3", "AllergyIntolerance/a1", "Patient/p1", "Patient/p9")
    odd = ("urn:uuid:1", "#x", "http://else.where/Observation/o1", "Observation/o1/_history/1", "Observation/")
    assert held_evidence(server, _citing(*cited, *odd), "Patient/p1") == {
        "Observation/o1",
        "AllergyIntolerance/a1",
        "Patient/p1",
    }


def test_a_type_that_the_server_does_not_have_is_not_held(memory: MemoryServer, server: FhirServer) -> None:
    """A server without that type refuses the search: its resources cannot be there. A forbidden search is an error."""
    memory.put(_of("Patient/p1", "o1"))
    memory.refuses = {"DeviceUseStatement": 404}
    assert held_evidence(server, _citing("DeviceUseStatement/d", "Observation/o1"), "Patient/p1") == {"Observation/o1"}
    memory.refuses = {"Observation": 403}
    with pytest.raises(ServerRefused, match="HTTP 403"):
        held_evidence(server, _citing("Observation/o1"), "Patient/p1")


def test_much_evidence_is_asked_for_in_parts(memory: MemoryServer, server: FhirServer) -> None:
    """The address of a search stays short however much was cited."""
    references = [memory.put(_of("Patient/p1", f"o{number:03}")) for number in range(120)]
    assert held_evidence(server, _citing(*references), "Patient/p1") == set(references)
    assert len(memory.requests) == 3


def test_thousands_of_identifiers_are_asked_for_in_parts(memory: MemoryServer, server: FhirServer) -> None:
    """An address holds only so much; the patient is found whichever part names them."""
    memory.put(patient("77"), "a")
    assert patients(server, [_known(str(number)) for number in range(100)]) == ("Patient/a",)
    assert memory.requests == ["GET Patient"] * 5


def test_an_identifier_that_no_address_can_hold_finds_nobody(memory: MemoryServer, server: FhirServer) -> None:
    """It is not asked for; the others are."""
    memory.put(patient("4711"), "a")
    assert patients(server, [_known("9" * 70_000)]) == ()
    assert patients(server, [_known("9" * 70_000), _known("4711")]) == ("Patient/a",)


def test_evidence_of_several_subjects_is_not_this_patients(memory: MemoryServer, server: FhirServer) -> None:
    """A type whose subject is a list is nobody's evidence, and no crash."""
    memory.put({"resourceType": "Account", "id": "a", "subject": [{"reference": "Patient/p1"}]})
    assert held_evidence(server, _citing("Account/a"), "Patient/p1") == frozenset()
