"""Tests of criteria that a FHIR server holds."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.errors import InvalidCriteria, OtherFhirVersion
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.evidence_variable import evidence_variable
from alsfhir.fhir.versions import FhirVersion
from alsfhir.publish.criteria import held_criteria
from alsfhir.server.client import FhirServer
from alsfhir.terminology import terminology
from memory_server import MemoryServer

NCT = "NCT06765564"
THEIRS: dict[str, Any] = {
    "resourceType": "EvidenceVariable",
    "status": "active",
    "identifier": [{"system": "https://clinicaltrials.gov", "value": NCT}],
    "characteristic": [{"description": "Walks"}],
}


def test_a_server_of_another_version_is_one_sentence(server: FhirServer) -> None:
    """Its EvidenceVariable is another resource."""
    with pytest.raises(OtherFhirVersion, match=r"speaks FHIR 4\.0\.1, not 5\.0"):
        held_criteria(server, NCT, terminology(), Names(version=FhirVersion.R5))


def test_a_trial_that_is_not_there_is_said_so(server: FhirServer) -> None:
    """Nobody is screened for no criteria."""
    with pytest.raises(InvalidCriteria, match=f"has no EvidenceVariable of {NCT}"):
        held_criteria(server, NCT, terminology(), Names())


def test_another_trials_is_never_taken(
    memory: MemoryServer, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that does not know a search parameter leaves it out."""
    memory.put({**THEIRS, "identifier": [{"system": "https://clinicaltrials.gov", "value": "NCT00000001"}]}, "one")
    monkeypatch.setattr(memory, "_search", lambda *_: memory.of_type("EvidenceVariable"))
    with pytest.raises(InvalidCriteria, match=f"has no EvidenceVariable of {NCT}"):
        held_criteria(server, NCT, terminology(), Names())


def test_one_of_two_trials_is_not_taken_for_either(memory: MemoryServer, server: FhirServer) -> None:
    """Which of them its criteria are, nothing says."""
    other = {"system": "https://clinicaltrials.gov", "value": "NCT00000001"}
    memory.put({**THEIRS, "identifier": [other, *THEIRS["identifier"]]}, "one")
    with pytest.raises(InvalidCriteria, match="EvidenceVariable/one is of NCT00000001 as well as"):
        held_criteria(server, NCT, terminology(), Names())


def test_a_malformed_one_is_named_with_its_fhirpath(memory: MemoryServer, server: FhirServer) -> None:
    """The server, the resource, the element."""
    memory.put({**THEIRS, "characteristic": [{"description": "Walks", "exclude": "true"}]}, "one")
    with pytest.raises(
        InvalidCriteria, match=r"fhir: EvidenceVariable/one: EvidenceVariable\.characteristic\[0\]\.exclude"
    ):
        held_criteria(server, NCT, terminology(), Names())


def test_of_several_that_are_not_ours_none_is_taken(memory: MemoryServer, server: FhirServer) -> None:
    """Nothing tells which one is meant."""
    memory.put(THEIRS, "one")
    memory.put({**THEIRS, "url": "http://other.test"}, "two")
    with pytest.raises(InvalidCriteria, match="EvidenceVariable/one, EvidenceVariable/two"):
        held_criteria(server, NCT, terminology(), Names())


@pytest.mark.parametrize("version", FhirVersion)
def test_ours_come_back_as_they_were_published(version: FhirVersion) -> None:
    """Beside another's of the same trial, ours are those under our own url."""
    memory, names, known = MemoryServer(version.number), Names(version=version), mapped_trial(NCT)
    memory.put(THEIRS, "theirs")
    memory.put(evidence_variable(known, read_criteria(known), names), "ours")
    with memory.client() as server:
        assert held_criteria(server, NCT, terminology(), names) == read_criteria(known)


def test_anothers_is_taken_where_it_is_the_only_one(memory: MemoryServer, server: FhirServer) -> None:
    """As drafts."""
    memory.put(THEIRS, "theirs")
    (only,) = held_criteria(server, NCT, terminology(), Names()).criteria
    assert (only.id, only.reading) == (f"{NCT}-I01", "draft")
