"""Tests of what the resources of one trial say alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alsfhir.fhir.publication import (
    documents_read,
    publication_date,
    published_name,
    recruitment_sentence,
    related_artifacts,
    title,
)
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.model import Document, Recruitment, Source
from trial_samples import bare_trial, hostile_trial, trial


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "document"),
        ("a/", "document"),
        ("/home/a/page.txt", "page.txt"),
        ("C:\\a\\page.txt", "page.txt"),
        ("-", "-"),
    ],
)
def test_a_documents_folder_is_not_published(path: str, name: str) -> None:
    """Where somebody keeps a file is nobody's business."""
    assert published_name(path) == name


def test_a_trial_without_a_title_is_called_by_its_id() -> None:
    """Something has to be shown."""
    assert title(bare_trial()) == "NCT00000002"


def test_a_publication_has_the_pages_date_or_none() -> None:
    """Never the clock's, so that the same input gives the same bytes."""
    assert publication_date(Recruitment("Recruiting", "2026-06")) == "2026-06"
    assert publication_date(hostile_trial().recruitment) is None


def test_the_recruitment_is_said_with_its_date() -> None:
    """A status without a date could be years old."""
    assert recruitment_sentence(Recruitment("Completed", "2026-06-27")) == "Completed, as of 2026-06-27"
    assert recruitment_sentence(Recruitment("", None)) == "not stated, page without a date"


def test_documents_are_named_by_kind_date_and_hash() -> None:
    """A reader can tell which documents were read, and whether theirs is one of them."""
    page, read = related_artifacts(trial(), FhirVersion.R4)
    assert page["url"] == "https://clinicaltrials.gov/study/NCT00000001"
    assert read["display"] == f"registry page page.txt, page of 2026-06-27, SHA-256 {'0' * 64}"


def test_the_mapping_is_no_document() -> None:
    """A trial that is built from what is known has been read from nowhere."""
    mapped = replace(trial(), documents=(Document("m", Source.MAPPING, "mapping", "0" * 64, ""),))
    assert documents_read(mapped) == ()
    assert len(related_artifacts(mapped, FhirVersion.R4)) == 1
