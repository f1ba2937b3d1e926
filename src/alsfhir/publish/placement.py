"""Which screenings can be published: the trial is on the server, and the patient is, exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alsfhir.eligibility.record import PatientIdentifier, ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.evidence import plan_canonical
from alsfhir.patient.model import Issue
from alsfhir.publish.held import held
from alsfhir.publish.identity import Identity
from alsfhir.publish.patients import patients
from alsfhir.server.client import FhirServer


@dataclass(frozen=True, slots=True)
class Placed:
    """A screening, the reference to its patient on the server, and our ResearchStudy there."""

    record: ScreeningRecord
    patient: str
    study: Resource


def placed(
    server: FhirServer, records: Sequence[ScreeningRecord], names: Names
) -> tuple[tuple[Placed, ...], tuple[Issue, ...]]:
    """The screenings that can be published, by as-of date, and an issue for each that cannot. Raises ServerError."""
    studies, issues = _studies(server, records, names)
    known: dict[tuple[PatientIdentifier, ...], tuple[str, ...]] = {}
    found: list[Placed] = []
    for record in records:
        if record.status is None:
            issues.append(
                Issue("information", record.patient, f"{record.trial}: not published: the patient is deceased")
            )
            continue
        if record.trial not in studies:
            issues.append(_not_published(record, "the trial is not on the server"))
            continue
        identifiers = record.patient_identifier
        if identifiers not in known:
            known[identifiers] = patients(server, identifiers)
        if len(known[identifiers]) == 1:
            found.append(Placed(record, known[identifiers][0], studies[record.trial]))
        else:
            issues.append(_not_published(record, _why_not(identifiers, known[identifiers])))
    single, contradicting = _single(found)
    return tuple(sorted(single, key=lambda one: one.record.as_of)), (*issues, *contradicting)


def _studies(
    server: FhirServer, records: Iterable[ScreeningRecord], names: Names
) -> tuple[dict[str, Resource], list[Issue]]:
    """Our ResearchStudy of each trial, and an issue where it is missing or its readings are not the screenings'."""
    readings = dict.fromkeys((record.trial, plan_canonical(record, names)) for record in records)
    trials = dict.fromkeys(trial for trial, _ in readings)
    system = names.identifier("ResearchStudy", "")["system"]
    ours = {trial: Identity("ResearchStudy", "identifier", trial, system) for trial in trials}
    plans = {trial: Identity("PlanDefinition", "url", names.canonical("PlanDefinition", trial)) for trial in trials}
    there = held(server, (*ours.values(), *plans.values()), names)
    studies = {trial: there[own] for trial, own in ours.items() if own in there}
    missing = "the trial is not on the server: publish it first (alsfhir export --trial, or its document)"
    other = "screened with other readings than those on the server: publish the trial from the same document"
    issues = [Issue("error", trial, missing) for trial in trials if trial not in studies]
    for trial, canonical in readings:
        plan = there.get(plans[trial], {})
        if trial in studies and f"{plan.get('url')}|{plan.get('version')}" != canonical:
            issues.append(Issue("warning", trial, other))
    return studies, issues


def _single(found: Iterable[Placed]) -> tuple[list[Placed], list[Issue]]:
    """Without those that contradict each other on one trial, patient and date: nobody can tell which one holds."""
    alike: dict[tuple[str, str, str], list[Placed]] = {}
    for one in found:
        others = alike.setdefault((one.record.trial, one.patient, one.record.as_of), [])
        if one not in others:
            others.append(one)
    why = "another screening of the same patient as of the same date says something else"
    return (
        [those[0] for those in alike.values() if len(those) == 1],
        [_not_published(one.record, why) for those in alike.values() if len(those) > 1 for one in those],
    )


def _why_not(identifiers: Sequence[PatientIdentifier], found: Sequence[str]) -> str:
    if not identifiers:
        return "the record gives no identifier by which the patient could be found on the server"
    if not found:
        return "no patient on the server has the record's identifiers"
    return f"several patients on the server have the record's identifiers ({', '.join(found)})"


def _not_published(record: ScreeningRecord, why: str) -> Issue:
    return Issue("error", record.patient, f"{record.trial}: not published: {why}")
