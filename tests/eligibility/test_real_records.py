"""Real third-party records against all trials: what was found in them was compared with the records by hand.

They are read in place. Of each only the verdicts are kept, in ``golden/real_records.txt``; none is of an ALS patient,
so that the trials' own condition is unknown in all of them, and absent in a closed world.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from alsfhir.criteria.mapping import known_trials
from alsfhir.eligibility.record import CriterionRecord, ScreeningRecord
from alsfhir.errors import InputError
from alsfhir.pipeline import Answer, Question, answer, criteria_of, known
from golden import assert_golden

LABS, LUNGS, CORE = "r4_synthea_full_labs", "r4_synthea_copd_fev1fvc", "r4_ms_uscore_compliant"
PROVISIONAL, REFUTED = "r4_cqf_provisional", "r4_ecqm_dementia_refuted_assembled"
OTHERS = "r4_mii_excluded_conditions_assembled"

# The last day that each record speaks of; of two also one on which more can be decided: 22 days after a laboratory that
# is a year old at the end, and shortly before a death.
SCREENED = (
    (PROVISIONAL, date(2025, 1, 15)),
    (REFUTED, date(2025, 12, 31)),
    (OTHERS, date(2024, 10, 1)),
    (CORE, date(2022, 1, 1)),
    (LABS, date(2020, 6, 3)),
    (LABS, date(2021, 6, 3)),
    (LUNGS, date(1988, 11, 15)),
    (LUNGS, date(1990, 1, 16)),
)
WORLDS = pytest.mark.parametrize("closed_world", [False, True], ids=["open", "closed"])


@cache
def _answer(path: Path, as_of: date, closed_world: bool) -> Answer:
    question = Question(criteria_of(known(known_trials())), as_of, closed_world=closed_world)
    return answer(path.name, path.read_bytes(), question)


def _answered(shared: Path, name: str, as_of: date, closed_world: bool = False) -> Answer:
    return _answer(shared / "data" / "bundles" / f"{name}.json", as_of, closed_world)


def _criterion(number: str, found: Answer) -> CriterionRecord:
    return next(one for record in found.records for one in record.criteria if one.id == number)


def _line(record: ScreeningRecord) -> str:
    """The status, and the statements by verdict."""
    by_verdict = Counter(one.verdict for one in record.criteria)
    numbers = {
        verdict: " ".join(one.id.removeprefix(f"{record.trial}-") for one in record.criteria if one.verdict == verdict)
        for verdict in sorted(by_verdict)
    }
    status = record.status or record.not_screened
    return "\n".join(
        [f"  {record.trial} {status}"]
        + [f"    {verdict} {by_verdict[verdict]}: {numbers[verdict]}" for verdict in numbers]
    )


def test_the_verdicts_are_as_reviewed(shared: Path) -> None:
    """Per record, day and world: the status and each statement's verdict, as reviewed."""
    lines = []
    for name, as_of in SCREENED:
        for world in (False, True):
            found = _answered(shared, name, as_of, world)
            patients = list(dict.fromkeys(record.patient for record in found.records))
            for record in found.records:
                number = patients.index(record.patient) + 1
                if record.trial == found.records[0].trial:
                    lines.append(f"{name} {as_of} {'closed' if world else 'open'} patient {number}")
                lines.append(_line(record))
    assert_golden("real_records.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("dstu2_custom_hca_pat_67", "DSTU2"),
        ("stu3_smart_8888802_spirometry", "STU3"),
        ("stu3_synthea_small", "STU3"),
    ],
)
def test_older_versions_are_refused_by_name(shared: Path, name: str, version: str) -> None:
    """In one sentence, which says what is read instead."""
    with pytest.raises(InputError, match=f"is FHIR {version}") as refused:
        _answered(shared, name, date(2026, 6, 30))
    assert "R4, R4B and R5" in str(refused.value)


@WORLDS
def test_nobody_with_another_disease_is_a_candidate(shared: Path, closed_world: bool) -> None:
    """Without ALS on record the best is a potential candidate, and every trial was asked of every patient."""
    for name, as_of in SCREENED:
        records = _answered(shared, name, as_of, closed_world).records
        assert {record.status for record in records} <= {"potential-candidate", "ineligible", None}
        assert len({(record.patient, record.trial) for record in records}) == len(records) == 4 * len(records[::4])
        assert all(len(record.criteria) in (0, 13, 17, 26, 31) for record in records)


def test_a_provisional_stroke_is_no_neurological_disease_yet(shared: Path) -> None:
    """Nor a systemic one: both stay unknown, in a closed world too, where what has nothing on file is absent."""
    for number in ("NCT01494480-E01", "NCT01494480-E03"):
        for world in (False, True):
            found = _criterion(number, _answered(shared, PROVISIONAL, date(2025, 1, 15), world))
            assert (found.verdict, found.basis) == ("unknown", "unusable")
    # A drug that is on file in words alone may be any: no statement about drugs is decided in a closed world.
    closed = _answered(shared, PROVISIONAL, date(2025, 1, 15), closed_world=True)
    for number in ("NCT03828123-I02", "NCT01494480-E04", "NCT06765564-E17"):
        assert _criterion(number, closed).verdict == "review"


def test_a_refuted_dementia_does_not_fire(shared: Path) -> None:
    """The other disorders of the statement stay unknown; in a closed world all of them are absent."""
    day = date(2025, 12, 31)
    assert _criterion("NCT06765564-E02", _answered(shared, REFUTED, day)).verdict == "unknown"
    assert _criterion("NCT06765564-E02", _answered(shared, REFUTED, day, True)).verdict == "not-met"
    # The patient is 77: out of all four trials, whatever else is on file.
    assert {record.status for record in _answered(shared, REFUTED, day).records} == {"ineligible"}


def test_conditions_of_people_who_are_not_in_the_file_are_nobodys(shared: Path) -> None:
    """They are counted among the issues; the one patient, an infant, is too young for every trial."""
    found = _answered(shared, OTHERS, date(2024, 10, 1))
    assert len(found.issues) == 2
    assert _criterion("NCT07118319-E05", found).basis == "no-record"
    assert {record.status for record in found.records} == {"ineligible"}


def test_a_child_s_weight_of_22_years_ago_is_no_body_mass_index(shared: Path) -> None:
    """It would exclude by far: 16.2 kg/m2 of a child; it is stale, and a datum to get."""
    found = _criterion("NCT07118319-E02", _answered(shared, CORE, date(2022, 1, 1)))
    assert (found.verdict, found.basis, found.outcome) == ("unknown", "stale", "missing")


def test_a_high_risk_of_an_allergy_is_no_reaction(shared: Path) -> None:
    """Its criticality is high and its one reaction was mild: whether it was ever severe is for a person."""
    found = _criterion("NCT06765564-E10", _answered(shared, CORE, date(2022, 1, 1)))
    assert (found.verdict, found.outcome) == ("review", "confirm")


def test_an_unknown_operation_and_device_leave_a_closed_world_open(shared: Path) -> None:
    """A defibrillator, and an operation under a code of a system that no concept has: no heart disease is said."""
    assert _criterion("NCT07118319-E11", _answered(shared, CORE, date(2022, 1, 1))).verdict == "unknown"
    assert _criterion("NCT07118319-E11", _answered(shared, CORE, date(2022, 1, 1), True)).verdict == "review"


def test_a_reported_plan_leaves_a_closed_world_open(shared: Path) -> None:
    """A painkiller of no known code is reported under the intent of a plan: it may be taken, and may be any drug."""
    found = _answered(shared, CORE, date(2022, 1, 1), closed_world=True)
    for number in ("NCT03828123-I02", "NCT01494480-E04"):
        drugs = _criterion(number, found)
        assert (drugs.verdict, drugs.basis, drugs.outcome) == ("review", "judgement", "confirm")
        assert [one.reference for one in drugs.evidence] == ["MedicationRequest/MedicationRequestC"]


def test_two_creatinines_of_one_moment_that_differ_threefold_decide_nothing(shared: Path) -> None:
    """One is below the bound and one above: neither is taken. Liver tests without an upper limit decide nothing."""
    found = _answered(shared, LABS, date(2020, 6, 3))
    for number in ("NCT06765564-E12", "NCT06765564-E13"):
        assert (_criterion(number, found).verdict, _criterion(number, found).basis) == ("unknown", "unusable")
    stale = _answered(shared, LABS, date(2021, 6, 3))
    assert {_criterion(number, stale).basis for number in ("NCT06765564-E12", "NCT06765564-E13")} == {"stale"}


def test_a_normal_pressure_decides_without_a_diagnosis(shared: Path) -> None:
    """Neither is above its bound, so that no hypertension is poorly controlled, whether there is one or not."""
    assert _criterion("NCT06765564-E18", _answered(shared, LABS, date(2020, 6, 3))).verdict == "not-met"
    # The other trial has no bound: there a normal pressure proves nothing.
    assert _criterion("NCT07118319-E10", _answered(shared, LABS, date(2020, 6, 3))).verdict == "unknown"


def test_one_second_over_all_is_no_vital_capacity(shared: Path) -> None:
    """18 % and less are on record of a lung that fails: of the forced capacity nothing is."""
    found = _answered(shared, LUNGS, date(1988, 11, 15))
    for number in ("NCT07118319-I03", "NCT03828123-E01", "NCT06765564-I05", "NCT01494480-I05"):
        assert (_criterion(number, found).verdict, _criterion(number, found).basis) == ("unknown", "no-record")


def test_emphysema_and_its_inhaler_are_for_a_person(shared: Path) -> None:
    """How severe the one is, and whether the other counts as treatment with a corticosteroid."""
    found = _answered(shared, LUNGS, date(1988, 11, 15))
    for number in ("NCT07118319-E09", "NCT01494480-E03", "NCT01494480-E04"):
        assert (_criterion(number, found).verdict, _criterion(number, found).basis) == ("review", "judgement")


def test_an_antibiotic_stopped_on_an_unknown_day_leaves_an_infection_open(shared: Path) -> None:
    """It was ordered seven years before and is stopped: since when, the record does not say."""
    found = _criterion("NCT06765564-E05", _answered(shared, LUNGS, date(1988, 11, 15)))
    assert (found.verdict, found.basis) == ("unknown", "unusable")


@WORLDS
def test_who_died_is_not_screened(shared: Path, closed_world: bool) -> None:
    """Nor is the transplant of the day of death ever an organ transplant of a patient."""
    records = _answered(shared, LUNGS, date(1990, 1, 16), closed_world).records
    assert {(record.status, record.not_screened, record.criteria) for record in records} == {(None, "deceased", ())}
