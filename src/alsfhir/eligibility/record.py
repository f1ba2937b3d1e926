"""The screening record: what ``evaluate --format json`` writes, and what is published. JSON Schema ``screening-1``."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec

SCHEMA: Final = "http://alsfhir.org/schema/screening-1.json"

_Day: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What all parts of a record share: how they are written."""


class PatientIdentifier(_Record, frozen=True, kw_only=True, omit_defaults=True):
    """A business identifier of the patient, for finding the patient on a server."""

    system: str | None = None
    value: str


class RecruitmentRecord(_Record, frozen=True, kw_only=True):
    """The registry's word for the trial's recruitment, and the page date it is from."""

    status: str
    as_of: str | None


class EvidenceRecord(_Record, frozen=True, kw_only=True):
    """A resource of the record that was used, its date as written, and its value in words."""

    reference: str
    date: str | None = None
    value: str | None = None


class NeedRecord(_Record, frozen=True, kw_only=True):
    """A datum that would settle an undecided criterion; ``event`` says which date of a condition, if it is one."""

    concept: str
    unit: str | None = None
    max_age_days: int | None = None
    event: Literal["onset", "diagnosis"] | msgspec.UnsetType = msgspec.UNSET
    text: str


class CriterionRecord(_Record, frozen=True, kw_only=True):
    """The result for one criterion. ``text`` is verbatim, or the mapping's label where there was no document."""

    id: str
    kind: Literal["inclusion", "exclusion"]
    text: str
    reading: Literal["proposed", "reviewed", "draft"]
    verdict: Literal["met", "not-met", "unknown", "review"]
    outcome: Literal["pass", "fail", "missing", "confirm"]
    basis: Literal["evidence", "no-record", "stale", "unusable", "judgement", "attestation"]
    reason: str
    evidence: tuple[EvidenceRecord, ...]
    needs: tuple[NeedRecord, ...]
    assumptions: tuple[str, ...]
    opens: _Day | None
    closes: _Day | None


class IssueRecord(_Record, frozen=True, kw_only=True):
    """Something in the patient's record that was skipped or not used."""

    severity: Literal["error", "warning", "information"]
    location: str
    text: str


class ScreeningRecord(_Record, frozen=True, kw_only=True):
    """One patient against one trial, in words. ``status`` is null exactly if ``not_screened`` says why."""

    schema: Literal["http://alsfhir.org/schema/screening-1.json"] = SCHEMA
    trial: str
    recruitment: RecruitmentRecord
    patient: str
    patient_identifier: tuple[PatientIdentifier, ...]
    as_of: _Day
    status: Literal["candidate", "potential-candidate", "ineligible"] | None
    not_screened: Literal["deceased"] | msgspec.UnsetType = msgspec.UNSET
    # What is needed of the condition that the trial is for, where a potential candidate's record does not show it as
    # confirmed and current.
    unconfirmed: NeedRecord | msgspec.UnsetType = msgspec.UNSET
    criteria: tuple[CriterionRecord, ...]
    blocking: tuple[str, ...]
    missing: tuple[str, ...]
    confirm: tuple[str, ...]
    closed_world: bool
    # How many days old values of a concept may be, where that was asked for in place of what the mapping says.
    max_age_days: dict[str, int] | msgspec.UnsetType = msgspec.UNSET
    issues: tuple[IssueRecord, ...]
    readings: str
    software: str


Screenings: TypeAlias = ScreeningRecord | tuple[ScreeningRecord, ...]


def json_schema() -> dict[str, Any]:
    """The JSON Schema that ships with the package: of one record, a line of NDJSON, or of the array of them."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$id": SCHEMA, "title": "Screening"} | msgspec.json.schema(Screenings)
