"""ResearchSubject: where a patient stands with a trial, https://hl7.org/fhir/R4/researchsubject.html."""

from __future__ import annotations

from alsfhir.eligibility.phrases import recruitment_phrase, status_phrase
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.versions import patient_of, standing

WRITTEN_STATUS = "written-status"


def research_subject(record: ScreeningRecord, patient: str, study: str, names: Names, *, patient_key: str) -> Resource:
    """The ResearchSubject of a screening; ``patient`` and ``study`` are references, ``patient_key`` the patient's id.

    Its extension ``written-status`` repeats the status, so that a status which a person changed later can be told
    from ours. Raises ValueError for a screening without status: the deceased are no subjects.
    """
    if record.status is None:
        raise ValueError(f"{record.trial}: a patient who was not screened is no research subject")
    return {
        "resourceType": "ResearchSubject",
        "text": narrative(f"{record.trial}\n{recruitment_phrase(record.recruitment)}\n{status_phrase(record)}"),
        "extension": [{"url": names.extension(WRITTEN_STATUS), "valueCode": record.status}],
        "identifier": [names.identifier("ResearchSubject", f"{record.trial}/{patient_key}")],
        **standing(record.status, names.version),
        "study": {"reference": study},
        **patient_of(patient, names.version),
    }


def written_status(research_subject: Resource, names: Names) -> str | None:
    """The status that we wrote into a ResearchSubject last; ``None`` if it is not ours."""
    url = names.extension(WRITTEN_STATUS)
    extensions = research_subject.get("extension", [])
    return next((extension.get("valueCode") for extension in extensions if extension.get("url") == url), None)
