"""The screenings of a patient over time: a new one is written when it says something new."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.verdicts import verdicts
from alsfhir.publish.identity import own_identity
from alsfhir.server.client import FhirServer


def latest_guidance(server: FhirServer, trial: str, patient: str, names: Names) -> Resource | None:
    """Our GuidanceResponse of the latest as-of date for this trial and patient, if there is one. Raises ServerError."""
    patient_key = patient.partition("/")[2]
    found = server.search("GuidanceResponse", patient=patient_key)
    ours = [resource for resource in found if _is_of(resource, f"{trial}/{patient_key}/", names)]
    return max(ours, key=as_of, default=None)


def as_of(guidance_response: Resource) -> str:
    """The as-of date of one of our GuidanceResponses."""
    return str(guidance_response.get("occurrenceDateTime"))


def says_something_new(guidance_response: Resource, latest: Resource | None) -> bool:
    """Does a verdict, or the version of the readings, differ from the latest one?"""
    return latest is None or verdicts(guidance_response) != verdicts(latest)


def _is_of(resource: Resource, prefix: str, names: Names) -> bool:
    own = own_identity(resource, names)
    return own is not None and own.value.startswith(prefix)
