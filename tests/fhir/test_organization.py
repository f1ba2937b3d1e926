"""Tests of sponsors, collaborators and funders as Organizations."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.organization import organization
from alsfhir.trial.model import Organization


def test_an_organization_without_a_name_still_is_valid() -> None:
    """FHIR wants a name or an identifier (org-1), and no blank name."""
    resource = organization(Organization(" \x00", "collaborator"), Names())
    assert resource["name"] == "Organization without a name"


def test_what_a_trial_says_of_an_organization_does_not_change_it() -> None:
    """Two trials that name the same sponsor in two roles write the same bytes, so that neither undoes the other."""
    one, other = Organization("Clinic", "lead-sponsor", "Industry"), Organization("Clinic", "collaborator")
    assert organization(one, Names()) == organization(other, Names())


def test_another_name_is_another_organization() -> None:
    """The identity is the name, to the letter."""
    one, other = (organization(Organization(name, "funder"), Names()) for name in ("Clinic A", "CLINIC A"))
    assert one["identifier"] != other["identifier"]
    assert one["identifier"][0]["system"] == "http://alsfhir.org/fhir/identifier/Organization"
