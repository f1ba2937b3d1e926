"""A clinical trial as its public documents describe it, and where in them each thing stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Which list of the eligibility section a statement stands in."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


class Source(StrEnum):
    """The kinds of document, the most trusted first; on a conflict the earlier kind governs."""

    RECORD = "record"  # a ClinicalTrials.gov v2 record
    REGISTRY_PAGE = "registry-page"
    NEWS_PAGE = "news-page"
    MAPPING = "mapping"  # no document: built from what the mapping alone says


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in a document's text."""

    start: int
    end: int


def file_name(path: str) -> str:
    """The last part of a document's name: the folder in which somebody keeps it is nobody's business."""
    return re.split(r"[\\/]", path)[-1]


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a document: what it states of the trial, or why it states nothing.

    ``field`` names the Trial field (``title``, ``sites[0].facility``), or ``statement:<criterion id>``;
    it is ``None`` exactly if ``left_out`` says why (``navigation``, ``advertising``, ``heading``, ``white space`` …).
    """

    span: Span
    field: str | None
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source document and its partition: the passages, joined, are the text."""

    name: str
    source: Source
    layout: str
    sha256: str
    text: str = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False, default=())
    page_date: str | None = None  # ISO 8601, as precise as the page is


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of the eligibility section, verbatim, and where it stands.

    ``id`` is ``<NCT id>-I01`` or ``-E01``: in document order, inclusion and exclusion counted apart.
    """

    id: str
    kind: Kind
    text: str
    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Recruitment:
    """The registry's own word for the recruitment status, and the date of the page it was read on."""

    status: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None
    role: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    facility: str | None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    status: str | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    type: str | None
    name: str
    description: str | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    label: str
    type: str | None = None
    description: str | None = None
    interventions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    rank: str  # primary, secondary, other
    measure: str
    time_frame: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    role: str  # lead-sponsor, collaborator, funder
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    system: str
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two documents that disagree: the value that governs, and the one kept here."""

    field: str
    kept: str
    kept_from: str
    lost: str
    lost_from: str

    @property
    def sentence(self) -> str:
        """The disagreement in words, for notes and messages; of each document only the file's name."""
        return (
            f"the documents disagree on {self.field}: {self.kept} ({file_name(self.kept_from)}) is used, "
            f"{self.lost} ({file_name(self.lost_from)}) is not"
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """What is known of one trial. Text is verbatim; what no document states is ``None`` or empty.

    ``phases`` holds the words ``early phase 1``, ``phase 1`` … ``phase 4``, sorted; phase 1/2 is both.
    Ages are whole years. Dates are ISO 8601, as precise as the document is. ``dates`` has the keys
    ``start``, ``primary-completion``, ``completion``, ``first-posted``, ``last-updated`` where given.
    """

    nct_id: str
    title: str
    recruitment: Recruitment
    official_title: str | None = None
    acronym: str | None = None
    other_ids: tuple[Identifier, ...] = ()
    study_type: str | None = None
    phases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    organizations: tuple[Organization, ...] = ()
    funder_types: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    arms: tuple[Arm, ...] = ()
    enrollment: int | None = None
    enrollment_type: str | None = None  # actual, estimated
    patient_groups: str | None = None  # how many, and of what kind, in the registry's words
    contacts: tuple[Contact, ...] = ()
    officials: tuple[Contact, ...] = ()
    sites: tuple[Site, ...] = ()
    site_count: int | None = None  # as the registry counts them, also where it does not list them
    dates: tuple[tuple[str, str], ...] = ()
    sex: str | None = None  # all, female, male
    minimum_age: int | None = None
    maximum_age: int | None = None
    healthy_volunteers: bool | None = None
    outcomes: tuple[Outcome, ...] = ()
    primary_purpose: str | None = None
    allocation: str | None = None
    intervention_model: str | None = None
    masking: str | None = None
    why_stopped: str | None = None
    summary: str | None = None
    description: str | None = None
    statements: tuple[Statement, ...] = ()
    documents: tuple[Document, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[str, ...] = ()

    def organization(self, role: str) -> Organization | None:
        """The first organization in that role, or ``None``."""
        return next((o for o in self.organizations if o.role == role), None)
