"""Records that no screening of ours can say: each was a way to publish what was never decided."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from alsfhir.eligibility.contradictions import contradiction
from alsfhir.eligibility.record import EvidenceRecord, NeedRecord, ScreeningRecord
from screenings import (
    AGE,
    CONSENT,
    DRAFT,
    FVC_LOW,
    FVC_STALE,
    TRIAL,
    candidate,
    deceased,
    ineligible,
    potential,
    screening,
)

DAYS = NeedRecord(concept="fvc-percent-predicted", max_age_days=-1, text="an impossible need")


def _with(criterion: Any, **changed: Any) -> Any:
    return msgspec.structs.replace(criterion, **changed)


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (screening(AGE, trial="../../" + TRIAL), "trial"),
        (screening(AGE, trial="/tmp/" + TRIAL), "trial"),
        (screening(AGE, trial=TRIAL.lower()), "trial"),
        (screening(AGE, trial=TRIAL + "\n"), "trial"),
        (screening(AGE, trial="NCT\N{ARABIC-INDIC DIGIT ONE}1234567"), "trial"),
        (screening(AGE, patient=""), "patient"),
        (screening(AGE, patient="Patient/\x1b[31m"), "patient"),
        (screening(AGE, patient="Patient/\u202e1"), "patient"),
        (screening(AGE, software=""), "software"),
        (screening(AGE, software="x" * 3000), "software"),
        (screening(AGE, readings=""), "readings"),
        (screening(AGE, as_of="2026-02-30"), "calendar"),
        (screening(AGE, as_of="2026-06-30\n"), "calendar"),
        (screening(AGE, as_of="9999-99-99"), "calendar"),
        (screening(_with(AGE, closes="0000-00-00")), "calendar"),
        (screening(AGE, status=None), "null"),
        (screening(AGE, not_screened="deceased"), "null"),
        (screening(AGE, unconfirmed=NeedRecord(concept="als", text="…")), "status"),
        (screening(AGE, status="potential-candidate", unconfirmed=NeedRecord(concept="", text="…")), "concept"),
        (screening(AGE, AGE), "twice"),
        (screening(_with(AGE, id="NCT07654321-I01")), "not of its trial"),
        (screening(_with(AGE, id=f"{TRIAL}-<b>")), "not of its trial"),
        (screening(_with(AGE, id="")), "not of its trial"),
        (screening(_with(AGE, kind="exclusion")), "not of its trial"),
        (screening(_with(AGE, outcome="fail"), status="ineligible"), "outcome"),
        (screening(_with(FVC_LOW, outcome="pass")), "outcome"),
        (screening(_with(CONSENT, outcome="pass")), "outcome"),
        (screening(_with(AGE, outcome="confirm")), "outcome"),
        (screening(_with(AGE, evidence=(EvidenceRecord(reference=""),))), "evidence"),
        (screening(_with(FVC_STALE, needs=(DAYS,)), status="potential-candidate"), "days"),
        (screening(_with(FVC_STALE, needs=(_with(DAYS, max_age_days=10**9),)), status="potential-candidate"), "days"),
        (screening(_with(FVC_STALE, needs=(_with(DAYS, max_age_days=1, concept=""),))), "concept"),
        (screening(AGE, blocking=(AGE.id,)), "lists"),
        (screening(FVC_LOW, blocking=(), status="ineligible"), "lists"),
        (screening(CONSENT, confirm=()), "lists"),
        (screening(AGE, FVC_LOW, status="candidate"), "status"),
        (screening(AGE, FVC_LOW, status="potential-candidate"), "status"),
        (screening(AGE, status="ineligible"), "status"),
        (screening(FVC_STALE, status="candidate"), "status"),
        (screening(DRAFT, status="candidate"), "status"),
        (screening(status="candidate"), "status"),
        (screening(AGE, status=None, not_screened="deceased"), "status"),
    ],
)
def test_what_no_screening_of_ours_says_is_found(record: ScreeningRecord, problem: str) -> None:
    """A trial that is a path, a day that is none, a status, list or outcome that does not follow."""
    assert problem in (contradiction(record) or "")


@pytest.mark.parametrize("record", [candidate(), potential(), ineligible(), deceased()])
def test_what_evaluate_writes_holds_together(record: ScreeningRecord) -> None:
    """A screening that nobody touched is never refused."""
    assert contradiction(record) is None


def test_a_patient_with_everything_in_order_may_still_be_a_potential_candidate() -> None:
    """The trial's condition may not be confirmed on record, which no criterion need say."""
    assert contradiction(screening(AGE, status="potential-candidate")) is None
