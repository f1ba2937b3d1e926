"""The flows, from one end to the other. Read this first.

    trial document ──▶ Trial ──▶ Criteria ──▶ FHIR resources ──▶ transaction Bundle, or FHIR server
    patient record ──▶ Facts ──▶ Screening ──▶ ScreeningRecord ──▶ text, JSON, FHIR resources, or FHIR server

What only some flows need, above all what is slow to import, is imported where the flow begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING

from alsfhir import __version__
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.ledger import LedgerLine, ledger
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.evaluate import screen
from alsfhir.eligibility.explain import record
from alsfhir.eligibility.plan import Plan, plan
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.errors import UnreadableInput
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.patient.model import Facts, Issue
from alsfhir.patient.record import read_records
from alsfhir.terminology import terminology
from alsfhir.trial.model import Trial

if TYPE_CHECKING:
    from alsfhir.publish.report import Published

DEEPEST_CRITERIA = 250  # a level of an EvidenceVariable's logic is three of JSON
LARGEST_CRITERIA = 50_000_000
SOFTWARE = f"alsfhir {__version__}"


def known(trial_ids: Sequence[str] = ()) -> tuple[Trial, ...]:
    """The trials of these ids, or all that have a mapping, built from it alone. Raises UnknownTrial."""
    return tuple(mapped_trial(trial_id) for trial_id in trial_ids or known_trials())


def criteria_of(trials: Iterable[Trial]) -> tuple[Criteria, ...]:
    """The criteria of each trial, as they are read. Raises MappingError."""
    return tuple(criteria(trial) for trial in trials)


def criteria_in(name: str, content: bytes) -> tuple[Criteria, ...]:
    """The criteria in a file of FHIR. Raises UnreadableInput and InvalidCriteria."""
    from alsfhir.fhir.criteria_reading import criteria_file
    from alsfhir.patient.document import documents

    if len(content) > LARGEST_CRITERIA:
        raise UnreadableInput(name, f"is larger than {LARGEST_CRITERIA // 1_000_000} MB, too large for criteria")
    read = documents(name, content, deepest=DEEPEST_CRITERIA)
    return tuple(one for document in read for one in criteria_file(name, document.data, terminology()))


def criteria_on(destination: Destination, trial_ids: Sequence[str], names: Names) -> tuple[Criteria, ...]:
    """The criteria of these trials as a FHIR server holds them. Raises ServerError and InvalidCriteria."""
    from alsfhir.publish.criteria import held_criteria
    from alsfhir.server.client import FhirServer

    with FhirServer(destination.base, destination.token, destination.timeout) as server:
        return tuple(held_criteria(server, trial_id, terminology(), names) for trial_id in dict.fromkeys(trial_ids))


@dataclass(frozen=True, slots=True)
class Conversion:
    """A trial as one FHIR transaction Bundle, the account of every piece of its documents, and what is doubtful."""

    trial: Trial
    bundle: Resource
    ledger: tuple[LedgerLine, ...]
    doubts: tuple[str, ...]


def conversion(trial: Trial, names: Names) -> Conversion:
    """The FHIR of one trial. Raises ResourceError if what we built is not valid."""
    from alsfhir.fhir.trial_resources import trial_resources
    from alsfhir.publish.transaction import transaction_bundle

    read = criteria(trial)
    bundle = transaction_bundle(trial_resources(trial, read, names), names)
    return Conversion(trial, bundle, ledger(trial, read, names.version), _doubts(trial, read))


def _doubts(trial: Trial, read: Criteria) -> tuple[str, ...]:
    """What is doubtful in a trial's documents and its reading, in sentences: the same wherever it goes."""
    schedule = (f"schedule: {read.offered.warning}",) if read.offered.warning else ()
    return (*trial.warnings, *(conflict.sentence for conflict in trial.conflicts), *schedule)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every patient: which trials, as of when, and how strictly."""

    criteria: tuple[Criteria, ...]
    as_of: date
    closed_world: bool = False
    max_age: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The screenings of one file, by patient and trial, and what in the file belongs to none of its patients."""

    name: str
    records: tuple[ScreeningRecord, ...]
    issues: tuple[Issue, ...]

    @property
    def lost_something(self) -> bool:
        """Whether a resource could not be read, in the file or in a patient's part of it."""
        severities = [issue.severity for issue in self.issues]
        severities += [issue.severity for each in self.records for issue in each.issues]
        return "error" in severities


def answer(name: str, content: bytes, question: Question) -> Answer:
    """The screenings of every patient in one file. Raises InputError if the file is no patient record."""
    read = read_records(name, content, terminology())
    plans = [plan(asked, terminology()) for asked in question.criteria]
    return Answer(
        name, tuple(each for facts in read.patients for each in _screened(facts, plans, question)), read.issues
    )


def _screened(facts: Facts, plans: Sequence[Plan], question: Question) -> Iterator[ScreeningRecord]:
    """One patient against every trial: the record is arranged once, the plans are those of all patients."""
    found = chart(facts, question.as_of, terminology(), closed_world=question.closed_world, max_age=question.max_age)
    for compiled in plans:
        yield record(screen(compiled, found), SOFTWARE, terminology())


def written(records: Sequence[ScreeningRecord], form: str, names: Names | None = None) -> Iterator[bytes]:
    """The screenings in one of the forms ``text``, ``json``, ``ndjson``, ``fhir`` (under ``names``), by pieces."""
    from alsfhir.fhir.screening_bundle import screening_bundle
    from alsfhir.report.screening_json import json_array, ndjson
    from alsfhir.report.table import table
    from alsfhir.report.text import texts

    if form == "json":
        yield json_array(records)
    elif form == "ndjson":
        yield from ndjson(records)
    elif form == "fhir":
        yield json_line(screening_bundle(records, names or Names()))
    else:
        if len(records) > 1:
            yield f"{table(records)}\n\n".encode()
        yield texts(records).encode()


@dataclass(frozen=True, slots=True)
class Destination:
    """A FHIR server: its base address, a bearer token if it asks for one, and how many seconds to wait for it."""

    base: str
    token: str | None = None
    timeout: float = 60


def publication(
    destination: Destination,
    trials: Iterable[Trial],
    records: Sequence[ScreeningRecord],
    names: Names,
    now: datetime,
) -> Published:
    """What became of the trials, and then of the screenings, on the server. Raises ServerError and ResourceError.

    ``now`` is when the screenings are recorded, with its time zone.
    """
    from alsfhir.publish.report import Published
    from alsfhir.publish.screenings import publish_screenings
    from alsfhir.publish.trials import publish_trial
    from alsfhir.server.client import FhirServer

    report = Published()
    with FhirServer(destination.base, destination.token, destination.timeout) as server:
        for trial in trials:
            read = criteria(trial)
            doubts = tuple(Issue("warning", trial.nct_id, doubt) for doubt in _doubts(trial, read))
            report += publish_trial(server, trial, read, names) + Published(issues=doubts)
        if records:
            report += publish_screenings(server, records, names, now=now)
    return report


def conformance_package(names: Names) -> bytes:
    """A FHIR package of what the resources of the known trials are made with, and of what their schedules order.

    In it are our CodeSystem and StructureDefinitions, the ValueSets of the concepts that these trials ask for, the two
    Libraries that all trials share, and the ActivityDefinitions as the mappings alone give them: those of a trial from
    a document have other versions. Nothing else of a trial is in it.
    """
    from alsfhir.fhir.activity_definition import activity_definitions
    from alsfhir.fhir.library import shared_library_resources
    from alsfhir.fhir.trial_resources import conformance_resources
    from alsfhir.fhir.value_set import value_sets
    from alsfhir.publish.package import package

    read = criteria_of(known())
    used = value_sets(read, terminology(), names)
    ordered = (activity_definitions(each, names) for each in read)
    shared = shared_library_resources(terminology(), names)
    return package((*conformance_resources(names), *used, *shared, *chain(*ordered)), names, __version__)


def json_line(resource: Resource) -> bytes:
    """A resource as one line of JSON, its decimals digit for digit."""
    from alsfhir.server.answer import encoded

    return encoded(resource) + b"\n"
