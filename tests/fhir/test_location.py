"""Tests of study sites as Locations."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.location import location
from alsfhir.trial.model import Contact, Site


def test_a_site_without_a_facility_is_named_by_its_place() -> None:
    """Something has to be shown."""
    assert location(Site(None, "City", country="Country"), Names())["name"] == "City, Country"
    assert location(Site(None), Names())["name"] == "Site without a name"
    assert "address" not in location(Site("Hospital"), Names())


def test_what_a_trial_says_of_a_site_does_not_change_it() -> None:
    """Two trials at one hospital write the same bytes: status and contacts are the study's."""
    one = Site("Hospital", "City", status="RECRUITING", contacts=(Contact("Nurse"),))
    assert location(one, Names()) == location(Site("Hospital", "City"), Names())


def test_one_name_at_two_places_is_two_locations() -> None:
    """The identity is facility and address."""
    one, other = (location(Site("General Hospital", city), Names()) for city in ("A", "B"))
    assert one["identifier"] != other["identifier"]


def test_each_part_of_the_address_has_its_element() -> None:
    """Others search locations by city and country."""
    resource = location(Site("Hospital", "City", "State", "12345", "Country"), Names())
    assert resource["address"] == {"city": "City", "state": "State", "postalCode": "12345", "country": "Country"}
    assert "<td>City, State, 12345, Country</td>" in resource["text"]["div"]
