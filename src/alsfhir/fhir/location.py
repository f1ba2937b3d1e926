"""A study site as Location, https://hl7.org/fhir/R4/location.html."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names, Resource, key
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled, string
from alsfhir.trial.model import Site


def location(site: Site, names: Names) -> Resource:
    """The Location of a site: facility and address alone, so that all trials there write the same.

    Its recruitment status and contacts in one trial are in that trial's ResearchStudy, extension ``site-study``.
    """
    place = [string(part) for part in (site.city, site.state, site.postal_code, site.country)]
    city, state, postal_code, country = place
    address = ", ".join(part for part in place if part)
    name = string(site.facility) or address or "Site without a name"
    location: Resource = filled(
        {
            "resourceType": "Location",
            "text": narrative(name, ("Address", address)),
            "identifier": [names.identifier("Location", key(string(site.facility), *place))],
            "name": name,
            "mode": "instance",
            "address": {"city": city, "state": state, "postalCode": postal_code, "country": country},
        }
    )
    return location
