"""What the resources of one trial say alike: its title, its date, its page in the registry, its documents."""

from __future__ import annotations

from typing import Any

from alsfhir.fhir.canonical import NCT_SYSTEM
from alsfhir.fhir.primitives import fhir_date, string
from alsfhir.fhir.versions import FhirVersion, web_page
from alsfhir.trial.model import Document, Recruitment, Source, Trial, file_name


def title(trial: Trial) -> str:
    """The trial's title, or its NCT id if no document gives one."""
    return string(trial.title) or trial.nct_id


def nct_identifier(trial: Trial) -> dict[str, str]:
    """The trial's identifier in ClinicalTrials.gov."""
    return {"system": NCT_SYSTEM, "value": trial.nct_id}


def publication_date(recruitment: Recruitment) -> str | None:
    """The date of the page that was read, as the ``date`` of what is made from it; ``None`` if it has none."""
    return fhir_date(recruitment.as_of)


def recruitment_sentence(recruitment: Recruitment) -> str:
    """The registry's word for the recruitment, and the page date it is from."""
    word = string(recruitment.status) or "not stated"
    as_of = string(recruitment.as_of)
    return f"{word}, as of {as_of}" if as_of else f"{word}, page without a date"


def related_artifacts(trial: Trial, version: FhirVersion) -> list[dict[str, Any]]:
    """The trial's page in the registry, and the documents that were read, each by its date and SHA-256."""
    page = {
        "type": "documentation",
        "display": f"{trial.nct_id} at ClinicalTrials.gov",
        **web_page(f"https://clinicaltrials.gov/study/{trial.nct_id}", version),
    }
    return [page, *({"type": "derived-from", "display": _document(read)} for read in documents_read(trial))]


def documents_read(trial: Trial) -> tuple[Document, ...]:
    """The documents the trial was read from; none if it was built from its mapping alone."""
    return tuple(document for document in trial.documents if document.source is not Source.MAPPING)


def _document(document: Document) -> str:
    page_date = string(document.page_date)
    dated = f", page of {page_date}" if page_date else ""
    kind = document.source.value.replace("-", " ")
    return f"{kind} {published_name(document.name)}{dated}, SHA-256 {document.sha256}"


def published_name(document: str) -> str:
    """The name of a document's file, without the folders of whoever read it."""
    return string(file_name(document)) or "document"
