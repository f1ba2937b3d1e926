"""Screening records made by hand: a candidate, a potential candidate, an ineligible patient, a deceased one."""

from __future__ import annotations

from typing import Any

import msgspec

from alsfhir.eligibility.record import (
    CriterionRecord,
    EvidenceRecord,
    IssueRecord,
    NeedRecord,
    PatientIdentifier,
    RecruitmentRecord,
    ScreeningRecord,
)

TRIAL = "NCT01234567"
READINGS = "sha256:" + "0123456789abcdef" * 4


def criterion(number: str, verdict: str, outcome: str, basis: str, **more: Any) -> CriterionRecord:
    """A criterion of the invented trial, ``I01`` or ``E02``, with its result."""
    return CriterionRecord(
        id=f"{TRIAL}-{number}",
        kind="inclusion" if number.startswith("I") else "exclusion",
        verdict=verdict,  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        basis=basis,  # type: ignore[arg-type]
        **(
            {
                "text": f"What criterion {number} says",
                "reading": "proposed",
                "reason": f"why {number} is so",
                "evidence": (),
                "needs": (),
                "assumptions": (),
                "opens": None,
                "closes": None,
            }
            | more
        ),
    )


AGE = criterion(
    "I01",
    "met",
    "pass",
    "evidence",
    text="Age 18 to 75 years, both ends included",
    reason="54 years old on 2026-06-30",
    evidence=(EvidenceRecord(reference="Patient/p1", value="54 years"),),
    closes="2047-08-01",
)
FVC_LOW = criterion(
    "I02",
    "not-met",
    "fail",
    "evidence",
    text="FVC ≥ 50 % of predicted & stable",
    reason="FVC 48 % of predicted on 2026-06-20, below 50 %",
    evidence=(EvidenceRecord(reference="Observation/obs-7", date="2026-06-20", value="48 %"),),
    assumptions=("percent of predicted assumed: the text names no basis",),
)
FVC_STALE = criterion(
    "I02",
    "unknown",
    "missing",
    "stale",
    text="FVC ≥ 50 % of predicted & stable",
    reason="the last FVC in percent of predicted is of 2026-03-25, 97 days old",
    evidence=(EvidenceRecord(reference="Observation/obs-7", date="2026-03-25", value="61 %"),),
    needs=(
        NeedRecord(
            concept="fvc-percent-predicted",
            unit="%",
            max_age_days=90,
            text="FVC in percent of predicted, not older than 90 days; last one is 97 days old",
        ),
    ),
)
FVC_FINE = criterion("I02", "met", "pass", "evidence", reason="FVC 61 % of predicted on 2026-06-20")
CONSENT = criterion("I03", "review", "confirm", "attestation", reason="Does the patient consent?", reading="reviewed")
DISEASE = criterion("E01", "not-met", "pass", "no-record", reason="nothing on file; taken as never having been")
DRAFT = criterion("E02", "review", "confirm", "judgement", reason="a person has to read this", reading="draft")


def screening(*criteria: CriterionRecord, **more: Any) -> ScreeningRecord:
    """A record of these criteria; the lists of ids follow from the outcomes."""
    ids = {
        name: tuple(c.id for c in criteria if c.outcome == outcome)
        for name, outcome in (("blocking", "fail"), ("missing", "missing"), ("confirm", "confirm"))
    }
    given: dict[str, Any] = {
        "trial": TRIAL,
        "recruitment": RecruitmentRecord(status="recruiting", as_of="2026-06-27"),
        "patient": "Patient/p1",
        "patient_identifier": (PatientIdentifier(system="urn:oid:1.2.3", value="4711"),),
        "as_of": "2026-06-30",
        "status": "candidate",
        "criteria": criteria,
        **ids,
        "closed_world": False,
        "issues": (),
        "readings": READINGS,
        "software": "alsfhir 0.1.0",
    }
    return ScreeningRecord(**(given | more))


def candidate() -> ScreeningRecord:
    """Nothing against the patient, one question for a person; with a closed world."""
    return screening(AGE, FVC_FINE, CONSENT, DISEASE, closed_world=True)


def potential() -> ScreeningRecord:
    """A stale vital capacity, a draft reading, and a resource that could not be used."""
    issue = IssueRecord(severity="warning", location="Observation/obs-9", text="no unit; not used")
    return screening(AGE, FVC_STALE, CONSENT, DRAFT, status="potential-candidate", issues=(issue,))


def ineligible() -> ScreeningRecord:
    """A vital capacity below the bound, for a trial that is over."""
    over = RecruitmentRecord(status="completed", as_of="2025-11")
    return screening(AGE, FVC_LOW, CONSENT, status="ineligible", recruitment=over)


def deceased() -> ScreeningRecord:
    """A patient who died is not screened."""
    return screening(status=None, not_screened="deceased")


def with_status(record: ScreeningRecord, status: str) -> ScreeningRecord:
    """The record with another status."""
    return msgspec.structs.replace(record, status=status)
