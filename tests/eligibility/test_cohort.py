"""128 real, de-identified ALS patients against the trials: counts that any correct evaluation reproduces."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.model import Duration
from alsfhir.criteria.reader import criteria
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.days import earlier
from alsfhir.eligibility.evaluate import screen
from alsfhir.eligibility.model import Outcome, Status
from alsfhir.eligibility.plan import plan
from alsfhir.patient.model import Facts
from alsfhir.patient.record import read_records
from alsfhir.terminology import LOCAL_SYSTEM, terminology

AS_OF = date(2026, 6, 30)
LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"

Row = dict[str, str]


def _onset(row: Row) -> str | None:
    """The day of onset, from the points lost since and those lost a month."""
    decline = Decimal(row["DeltaFRS"]) if row["DeltaFRS"] != "NA" else Decimal(0)
    if not decline:
        return None
    months = (48 - Decimal(row["ALSFRSR_baseline"])) / decline
    whole = int(months)
    return str(earlier(AS_OF, Duration(months=whole)) - timedelta(days=int((months - whole) * 30)))


def _bundle(row: Row) -> bytes:
    onset = _onset(row)
    resources: list[dict[str, Any]] = [
        {
            "resourceType": "Patient",
            "id": row["patient"],
            "gender": row["gender"],
            "birthDate": str(earlier(AS_OF, Duration(years=int(row["age"])))),
        },
        {
            "resourceType": "Condition",
            "id": "als",
            "code": {"coding": [{"system": SNOMED, "code": "86044005"}]},
            "subject": {"reference": f"Patient/{row['patient']}"},
            **({"onsetDateTime": onset} if onset else {}),
        },
        _observation(row, "onset-site", LOCAL_SYSTEM, valueCodeableConcept=_local(row["onset"])),
    ]
    if row["BMI_baseline"] != "NA":
        bmi = {"value": "BMI", "unit": "kg/m2", "system": UCUM, "code": "kg/m2"}
        resources.append(_observation(row, "39156-5", LOINC, valueQuantity=bmi))
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}
    return json.dumps(bundle).replace('"BMI"', row["BMI_baseline"]).encode()


def _local(code: str) -> dict[str, Any]:
    return {"coding": [{"system": LOCAL_SYSTEM, "code": code}]}


def _observation(row: Row, code: str, system: str, **value: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": code,
        "status": "final",
        "code": {"coding": [{"system": system, "code": code}]},
        "subject": {"reference": f"Patient/{row['patient']}"},
        "effectiveDateTime": str(AS_OF),
        **value,
    }


@pytest.fixture(scope="module")
def cohort(shared: Path) -> tuple[Facts, ...]:
    """The facts about each patient, read from a Bundle."""
    with (shared / "data" / "als_cohort" / "data_patientInfo.csv").open(encoding="utf-8") as file:
        read = [read_records(row["patient"], _bundle(row), terminology()) for row in csv.DictReader(file)]
    return tuple(facts for records in read for facts in records.patients)


def _asked(trial: str) -> Criteria:
    return criteria(mapped_trial(trial))


def _outcomes(cohort: tuple[Facts, ...], trial: str, *numbers: str) -> Iterator[list[Outcome]]:
    compiled = plan(_asked(trial), terminology())
    ids = [f"{trial}-{number}" for number in numbers]
    for facts in cohort:
        decisions = {d.criterion.id: d.outcome for d in screen(compiled, chart(facts, AS_OF, terminology())).decisions}
        yield [decisions[criterion] for criterion in ids]


@pytest.mark.parametrize(
    ("trial", "numbers", "expected"),
    [
        ("NCT07118319", ("I01",), {"pass": 122, "fail": 6, "missing": 0}),
        ("NCT06765564", ("I02",), {"pass": 72, "fail": 56, "missing": 0}),
        ("NCT07118319", ("E02",), {"pass": 120, "fail": 4, "missing": 4}),
        ("NCT07118319", ("I01", "E02"), {"pass": 114}),
        ("NCT01494480", ("I04", "I03", "I02"), {"pass": 59}),
    ],
)
def test_the_cohort_counts(
    cohort: tuple[Facts, ...], trial: str, numbers: tuple[str, ...], expected: dict[str, int]
) -> None:
    """So many of the 128 pass all these statements, fail one, or lack a datum."""
    outcomes = list(_outcomes(cohort, trial, *numbers))
    found = {
        "pass": sum(set(each) == {Outcome.PASS} for each in outcomes),
        "fail": sum(Outcome.FAIL in each for each in outcomes),
        "missing": sum(Outcome.MISSING in each for each in outcomes),
    }
    assert len(outcomes) == 128
    assert {name: found[name] for name in expected} == expected


def test_age_and_body_mass_index_of_the_third_trial(cohort: tuple[Facts, ...]) -> None:
    """68 of 128: good nutrition is also a judgement, so that a sufficient index leaves a question to confirm."""
    outcomes = list(_outcomes(cohort, "NCT06765564", "I02", "I07"))
    assert outcomes.count([Outcome.PASS, Outcome.CONFIRM]) == 68


def test_the_trials_that_are_mapped_are_read() -> None:
    """None of the statements counted above is a draft."""
    for trial in ("NCT07118319", "NCT06765564", "NCT01494480"):
        assert "draft" not in {criterion.reading for criterion in _asked(trial).criteria}


@pytest.mark.parametrize(
    ("trial", "ineligible"),
    [("NCT07118319", 10), ("NCT06765564", 59), ("NCT03828123", 37), ("NCT01494480", 69)],
)
def test_the_status_of_the_cohort(cohort: tuple[Facts, ...], trial: str, ineligible: int) -> None:
    """Age, body mass index, onset and its site exclude so many; nobody else is more than a potential candidate."""
    compiled = plan(_asked(trial), terminology())
    statuses = [screen(compiled, chart(facts, AS_OF, terminology())).status for facts in cohort]
    assert (statuses.count(Status.INELIGIBLE), statuses.count(Status.POTENTIAL)) == (ineligible, 128 - ineligible)
