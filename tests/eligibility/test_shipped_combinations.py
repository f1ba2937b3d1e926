"""Statements whose verdict hangs on several entries together, against the trees that ship."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import Category
from alsfhir.patient.model import Condition, Facts, Observation
from alsfhir.terminology import Coding
from eligibility_samples import (
    category,
    condition,
    drug,
    facts,
    observation,
    shipped_decision,
    shipped_verdict,
    when,
)

SEVERE = (Coding("http://snomed.info/sct", "24484000", "Severe"),)


def over(*concepts: str, number: int = 1, **more: object) -> Condition:
    """A condition of years ago: which year, says its number."""
    dates = {"onset": when(f"201{number}-01-01"), "abatement": when(f"201{number}-06-01")}
    return condition(*concepts, reference=f"Condition/{concepts[0]}-{number}", clinical="resolved", **dates, **more)


def pressure(systolic: int, diastolic: int) -> tuple[Observation, ...]:
    """Both pressures of one measurement."""
    return (
        observation("systolic-blood-pressure", f"{systolic} mm[Hg]"),
        observation("diastolic-blood-pressure", f"{diastolic} mm[Hg]"),
    )


def result(concept: str, code: str) -> Facts:
    """One result that is named, positive (10828004) or negative (260385009)."""
    return facts(observation(concept, None, coded=(Coding("http://snomed.info/sct", code),)))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (facts(*pressure(159, 99)), "not-met"),
        (facts(*pressure(160, 100)), "not-met"),
        (facts(*pressure(161, 90)), "review"),
        (facts(*pressure(150, 101)), "review"),
        (facts(*pressure(161, 90), condition("hypertension")), "met"),
        (facts(*pressure(150, 101), condition("hypertension")), "met"),
        (facts(*pressure(150, 101), drug("antihypertensive")), "met"),
        (facts(*pressure(161, 101), over("hypertension")), "review"),
        (facts(*pressure(150, 90), condition("hypertension"), drug("antihypertensive")), "not-met"),
        (facts(condition("hypertension")), "unknown"),
    ],
)
def test_a_high_pressure_counts_where_hypertension_is_treated(found: Facts, expected: str) -> None:
    """NCT06765564-E18: either pressure is enough; without hypertension or treatment now, a person looks at it."""
    assert shipped_verdict("NCT06765564-E18", found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (facts(condition("raised-intracranial-pressure"), condition("organic-intracranial-disease")), "met"),
        (facts(over("raised-intracranial-pressure"), condition("organic-intracranial-disease")), "review"),
        (facts(condition("raised-intracranial-pressure"), over("organic-intracranial-disease")), "review"),
        (facts(over("raised-intracranial-pressure"), over("organic-intracranial-disease")), "unknown"),
    ],
)
def test_the_disease_and_the_pressure_must_both_be_there_now(found: Facts, expected: str) -> None:
    """NCT06765564-E11: one of the two without the other is for a person."""
    assert shipped_verdict("NCT06765564-E11", found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (facts(condition("acute-infection"), drug("anti-infective")), "met"),
        (facts(over("acute-infection"), drug("anti-infective")), "review"),
        (facts(condition("acute-infection"), drug("anti-infective", status="stopped", period=when("2015"))), "review"),
    ],
)
def test_an_infection_of_the_past_is_not_what_the_treatment_of_now_is_for(found: Facts, expected: str) -> None:
    """NCT07118319-E07: infection and treatment are both of now, or a person looks at it."""
    assert shipped_verdict("NCT07118319-E07", found) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (condition("diabetes-with-complications", severity=SEVERE), "met"),
        (condition("diabetes-with-complications"), "review"),
        (over("diabetes-with-complications", severity=SEVERE), "unknown"),
    ],
)
def test_diabetes_with_complications_is_severe_or_is_asked_about(entry: Condition, expected: str) -> None:
    """NCT06765564-E19: the severity that is on record decides, unless the disease is over."""
    assert shipped_verdict("NCT06765564-E19", facts(entry)) == expected


def test_thromboses_of_the_past_recur_all_the_same() -> None:
    """NCT03828123-E08: two that are over are a recurrence, one is none."""
    entries = [over("venous-thromboembolism", number=number) for number in (2, 4)]
    assert shipped_verdict("NCT03828123-E08", facts(*entries)) == "review"
    assert shipped_verdict("NCT03828123-E08", facts(entries[0])) == "unknown"


@pytest.mark.parametrize(
    ("entry", "expected"), [("progressive-bulbar-palsy", "met"), ("als", "unknown"), ("als-and-kin", "unknown")]
)
def test_only_bulbar_palsy_makes_of_the_disease_its_bulbar_form(entry: str, expected: str) -> None:
    """NCT03828123-E02: ALS, whatever its site, does not."""
    found = facts(condition(entry), observation("norris-bulbar", "12 {score}"))
    assert shipped_verdict("NCT03828123-E02", found) == expected


@pytest.mark.parametrize("concept", ["hbsag", "hbv-dna", "anti-hcv", "hcv-rna"])
def test_a_positive_test_for_hepatitis_alone_is_asked_about(concept: str) -> None:
    """NCT07118319-E15: the text defines no active hepatitis by laboratory, so a person looks at each finding."""
    assert shipped_verdict("NCT07118319-E15", result(concept, "10828004")) == "review"
    assert shipped_verdict("NCT07118319-E15", result(concept, "260385009")) == "unknown"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (facts(condition("als"), category("definite")), "not-met"),
        (facts(condition("als", clinical="resolved"), category("definite")), "not-met"),
        (facts(condition("als"), category("possible")), "review"),
        (facts(condition("als"), category("probable-laboratory-supported")), "review"),
    ],
)
def test_other_causes_are_ruled_out_by_a_certain_diagnosis(found: Facts, expected: str) -> None:
    """NCT07118319-E01: ALS that is definite or probable rules them out."""
    assert shipped_verdict("NCT07118319-E01", found) == expected


def test_a_category_that_a_person_must_judge_stays_a_question_of_its_own() -> None:
    """NCT07118319-E01: whether laboratory-supported is probable is asked beside whether causes are ruled out."""
    decision = shipped_decision("NCT07118319-E01", facts(condition("als"), category("probable-laboratory-supported")))
    assert any(isinstance(finding.atom, Category) for finding in decision.verdict.findings)
