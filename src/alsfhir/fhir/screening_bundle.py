"""Screenings as one collection Bundle, for files and pipes, where no server gives ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource, full_url
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.research_subject import research_subject


def screening_bundle(records: Iterable[ScreeningRecord], names: Names) -> Resource:
    """A ResearchSubject and a GuidanceResponse per screening, https://hl7.org/fhir/R4/bundle.html; the deceased none.

    The study is referenced by the ``urn:uuid:`` that it has in the Bundle of its trial, the patient as in the record.
    """
    resources = [resource for record in records if record.status for resource in _resources(record, names)]
    entries = [
        {"fullUrl": full_url(resource["resourceType"], _key(resource)), "resource": resource} for resource in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", **({"entry": entries} if entries else {})}


def _resources(record: ScreeningRecord, names: Names) -> Iterator[Resource]:
    key = record.patient.removeprefix("Patient/")
    study = full_url("ResearchStudy", record.trial)
    yield research_subject(record, record.patient, study, names, patient_key=key)
    yield guidance_response(record, record.patient, names, patient_key=key)


def _key(resource: Resource) -> str:
    return str(resource["identifier"][0]["value"])
