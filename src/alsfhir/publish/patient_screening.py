"""One screening goes to a FHIR server, in one transaction: where the patient stands, why, and what it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.check import checked
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.provenance import provenance, same_provenance
from alsfhir.fhir.research_subject import research_subject
from alsfhir.fhir.versions import stands
from alsfhir.fhir.worklist import WorklistEntry
from alsfhir.patient.model import Issue
from alsfhir.publish.guidance import as_of, latest_guidance, says_something_new
from alsfhir.publish.held import held, reference, write
from alsfhir.publish.identity import identity
from alsfhir.publish.patients import held_evidence
from alsfhir.publish.placement import Placed
from alsfhir.publish.report import Change, Published, Written
from alsfhir.publish.subject import subject_step
from alsfhir.publish.transaction import Step, change
from alsfhir.publish.trials import study_for_subjects
from alsfhir.server.client import FhirServer


@dataclass(frozen=True, slots=True)
class Desk:
    """Where screenings are published: a server, under our names, made by one Device there, recorded at one instant."""

    server: FhirServer
    names: Names
    device: str
    recorded: str


def publish_screening(desk: Desk, placed: Placed) -> tuple[Published, WorklistEntry | None]:
    """What became of the screening's resources, and its line in the worklist. Raises ServerError, ResourceError.

    Nothing is written, and there is no line, if a screening as of a later date has been published.
    """
    record = placed.record
    latest = latest_guidance(desk.server, record.trial, placed.patient, desk.names)
    if latest is not None and as_of(latest) > record.as_of:
        return _outdated(placed, latest), None
    study = study_for_subjects(placed.study, desk.names)
    subject = research_subject(record, placed.patient, study, desk.names, patient_key=_key(placed))
    built = checked(subject, desk.names.version)
    standing = _standing(desk, built)
    first = subject_step(built, standing, desk.names)
    written = write(desk.server, [first, *_guidance_steps(desk, placed, latest, _target(first))])
    shown = standing if standing and written[0].change is Change.LEFT_ALONE else built
    status = stands(shown, desk.names.version) or "unknown"
    return Published(written), WorklistEntry(written[0].reference, status, record.as_of)


def _guidance_steps(desk: Desk, placed: Placed, latest: Resource | None, subject: list[str]) -> list[Step | Written]:
    """The GuidanceResponse and its Provenance, if it says anything new; ``subject`` is also a target of the latter."""
    if latest is not None and not says_something_new(_guidance(desk, placed, frozenset()), latest):
        return [Written(reference(latest), Change.UNCHANGED)]
    evidence = held_evidence(desk.server, placed.record, placed.patient)
    guidance = _guidance(desk, placed, evidence)
    own = identity(guidance, desk.names)
    same_day = latest if latest is not None and identity(latest, desk.names) == own else None
    made = provenance(
        placed.record,
        [*subject, reference(same_day) if same_day else own.full_url],
        desk.device,
        desk.names,
        key=own.value,
        recorded=desk.recorded,
        held=evidence,
    )
    standing = _standing(desk, made)
    if standing is not None and same_provenance(made, standing):
        return [change(guidance, same_day, desk.names), Written(reference(standing), Change.UNCHANGED)]
    return [change(guidance, same_day, desk.names), change(checked(made, desk.names.version), standing, desk.names)]


def _guidance(desk: Desk, placed: Placed, evidence: frozenset[str]) -> Resource:
    record, patient = placed.record, placed.patient
    built = guidance_response(record, patient, desk.names, patient_key=_key(placed), held=evidence)
    return checked(built, desk.names.version)


def _standing(desk: Desk, built: Resource) -> Resource | None:
    own = identity(built, desk.names)
    return held(desk.server, [own], desk.names).get(own)


def _target(step: Step | Written) -> list[str]:
    """The ResearchSubject as a target of the Provenance, unless it says what a person has decided."""
    if isinstance(step, Written):
        return [] if step.change is Change.LEFT_ALONE else [step.reference]
    return [reference(step.standing) if step.standing else step.entry["fullUrl"]]


def _key(placed: Placed) -> str:
    return placed.patient.partition("/")[2]


def _outdated(placed: Placed, latest: Resource) -> Published:
    why = f"{placed.record.trial}: not published: as of {placed.record.as_of}, and one as of {as_of(latest)} is there"
    return Published(
        (
            Written(
                reference(latest), Change.LEFT_ALONE, f"it is as of {as_of(latest)}, later than the screening given"
            ),
        ),
        (Issue("information", placed.record.patient, why),),
    )
