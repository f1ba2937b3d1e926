"""Trials and screenings to publish, each under an NCT id of the test's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.schedule import Schedule
from alsfhir.eligibility.record import PatientIdentifier, ScreeningRecord
from alsfhir.trial.model import Trial
from schedule_samples import SCHEDULE, TREATMENT
from screenings import READINGS, TRIAL
from trial_samples import TREES, criteria, criterion, trial

SYSTEM = "urn:oid:1.2.3"


def known_trial(nct_id: str = TRIAL, *, from_document: bool = True, version: str = READINGS) -> tuple[Trial, Criteria]:
    """A trial and its criteria under this id, from a document or from the mapping alone."""
    sample = replace(trial(), nct_id=nct_id)
    if not from_document:
        sample = replace(sample, documents=())
    read = criteria(criterion(1, TREES[0]), criterion(2, TREES[2]), from_document=from_document)
    return sample, replace(read, trial=nct_id, version=version.removeprefix("sha256:"))


def without_pouch() -> Schedule:
    """The schedule of the sample trial, less one order and what it is ordered for."""
    treatment = msgspec.structs.replace(TREATMENT, activity=TREATMENT.activity[1:])
    order = tuple(each for each in SCHEDULE.order if each.id != "pouch")
    return msgspec.structs.replace(SCHEDULE, period=(SCHEDULE.period[0], treatment), order=order)


def about(record: ScreeningRecord, trial_id: str, patient: str, identifier: str, **changed: Any) -> ScreeningRecord:
    """The record of another trial, and of the patient of that id (in the file) and identifier."""
    written = msgspec.json.encode(record).decode()
    written = written.replace(TRIAL, trial_id).replace("Patient/p1", f"Patient/{patient}")
    moved = msgspec.json.decode(written, type=ScreeningRecord)
    known = (PatientIdentifier(system=SYSTEM, value=identifier),)
    return msgspec.structs.replace(moved, **({"patient_identifier": known} | changed))


def patient(identifier: str, resource_id: str | None = None) -> dict[str, Any]:
    """A Patient with this identifier."""
    named = {"id": resource_id} if resource_id else {}
    return {"resourceType": "Patient", **named, "identifier": [{"system": SYSTEM, "value": identifier}]}
