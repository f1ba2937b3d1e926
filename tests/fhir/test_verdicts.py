"""Tests of reading verdicts back from a GuidanceResponse."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from alsfhir.eligibility.record import RecruitmentRecord, ScreeningRecord
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.verdicts import Verdicts, verdicts
from screenings import FVC_LOW, FVC_STALE, TRIAL, candidate, potential, screening


def _verdicts(record: ScreeningRecord) -> Verdicts:
    return verdicts(guidance_response(record, "Patient/7", Names(), patient_key="7"))


@pytest.mark.parametrize(
    "foreign",
    [
        {},
        {"outputParameters": {"reference": "Parameters/5"}},
        {"contained": [{"resourceType": "Parameters", "id": "screening", "parameter": []}]},
        {
            "contained": [{"resourceType": "Parameters", "id": "x", "parameter": [{"part": [{"valueCode": "met"}]}]}],
            "outputParameters": {"reference": "#x"},
        },
    ],
)
def test_a_response_that_is_not_ours_has_no_verdicts(foreign: dict[str, Any]) -> None:
    """Whatever another program wrote is read without failing, and differs from anything of ours."""
    read = verdicts({"resourceType": "GuidanceResponse", **foreign})
    assert read == Verdicts(module=None, status=None, closed_world=None, by_criterion={})
    assert read != _verdicts(candidate())


@pytest.mark.parametrize(
    "changed",
    [
        {"criteria": (FVC_LOW,)},
        {"status": "ineligible"},
        {"closed_world": True},
        {"readings": "sha256:" + "0" * 64},
    ],
)
def test_a_new_verdict_or_reading_makes_a_difference(changed: dict[str, Any]) -> None:
    """A criterion decided otherwise, another status, another world or other readings are worth writing."""
    record = screening(FVC_STALE, status="potential-candidate")
    assert _verdicts(record) != _verdicts(msgspec.structs.replace(record, **changed))


def test_a_later_date_and_other_words_make_no_difference() -> None:
    """The same verdicts on another day, from the same readings, are nothing new."""
    record = screening(FVC_STALE, status="potential-candidate")
    reworded = msgspec.structs.replace(FVC_STALE, reason="in other words", evidence=())
    later = msgspec.structs.replace(
        record,
        as_of="2026-07-01",
        criteria=(reworded,),
        software="alsfhir 9",
        recruitment=RecruitmentRecord(status="completed", as_of=None),
    )
    assert _verdicts(later) == _verdicts(record)


def test_the_verdicts_are_those_of_the_screening() -> None:
    """Verdict, outcome and basis of every criterion are read back, and the version of the readings."""
    read = _verdicts(potential())
    assert read.by_criterion == {c.id: (c.verdict, c.outcome, c.basis) for c in potential().criteria}
    assert read.by_criterion[f"{TRIAL}-I02"] == ("unknown", "missing", "stale")
    assert read.module is not None
    assert read.module.endswith("|" + "0123456789abcdef" * 4)
