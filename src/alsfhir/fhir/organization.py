"""A sponsor, collaborator or funder as Organization, https://hl7.org/fhir/R4/organization.html."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names, Resource, key
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import string
from alsfhir.trial.model import Organization


def organization(organization: Organization, names: Names) -> Resource:
    """The Organization of that name. It holds the name alone, so that all trials that name it write the same.

    Its role and class in one trial are in that trial's ResearchStudy, extension ``associated-party``.
    """
    name = string(organization.name) or "Organization without a name"
    return {
        "resourceType": "Organization",
        "text": narrative(name),
        "identifier": [names.identifier("Organization", key(name))],
        "name": name,
    }
