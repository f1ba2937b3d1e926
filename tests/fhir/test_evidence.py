"""Tests of references to evidence."""

from __future__ import annotations

import pytest

from alsfhir.eligibility.record import EvidenceRecord
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.evidence import evidence_reference, plan_canonical
from screenings import candidate


@pytest.mark.parametrize("reference", ["urn:uuid:5f0ad1bb-1f2c-4d64-8d7b-000000000000", "#contained", "third entry"])
def test_evidence_that_is_no_local_reference_is_only_displayed(reference: str) -> None:
    """What has no type and id of its own is named, without a type being guessed."""
    assert evidence_reference(EvidenceRecord(reference=reference), frozenset()) == {"display": reference}


def test_evidence_that_the_server_does_not_have_is_not_referenced() -> None:
    """A literal reference to a resource that is elsewhere would dangle, so type and display stand alone."""
    evidence = EvidenceRecord(reference="Observation/obs-7")
    expected = {"type": "Observation", "display": "Observation/obs-7"}
    assert evidence_reference(evidence, frozenset({"Observation/8"})) == expected


def test_evidence_that_the_server_has_is_referenced() -> None:
    """Where the server holds the resource, the reference leads to it."""
    evidence = EvidenceRecord(reference="Observation/obs-7")
    reference = evidence_reference(evidence, frozenset({"Observation/obs-7"}))
    assert reference == {"reference": "Observation/obs-7", "type": "Observation", "display": "Observation/obs-7"}


def test_the_plan_is_named_in_the_version_of_the_readings() -> None:
    """The canonical says with which readings a screening was made."""
    expected = "http://alsfhir.org/fhir/PlanDefinition/NCT01234567|" + "0123456789abcdef" * 4
    assert plan_canonical(candidate(), Names()) == expected
