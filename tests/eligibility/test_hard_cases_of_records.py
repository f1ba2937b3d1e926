"""The hard cases of a patient's history, from a Bundle to the verdicts of the trials as they are mapped."""

from __future__ import annotations

import pytest

from records import ALS, ATC, ICD10, ICD10CM, RXNORM, SNOMED, Resource, done, entry, statement, verdict


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_case_15_a_dementia_that_is_none(status: str) -> None:
    """Ruled out or entered in error, it excludes from no trial; in a closed world both are as if nothing were there."""
    dementia = entry(SNOMED, "52448006", verification=status)
    for number in ("NCT06765564-E02", "NCT01494480-E01"):
        assert verdict(number, ALS, dementia) == "unknown"
        assert verdict(number, ALS, dementia, closed_world=True) == "not-met"


def test_case_15_als_with_dementia_is_als_and_a_dementia() -> None:
    """One code satisfies the diagnosis and excludes."""
    both = entry(SNOMED, "230258005")
    assert [verdict(n, both) for n in ("NCT01494480-I01", "NCT06765564-E02")] == ["met", "met"]
    assert verdict("NCT01494480-E01", both) == "review"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("NCT07118319-E18", "not-met"), ("NCT06765564-E04", "met"), ("NCT03828123-E10", "review")],
)
def test_case_16_a_cancer_of_six_years_ago(number: str, expected: str) -> None:
    """Outside of 5 years, within a lifetime, and for a person where the statement has no tense."""
    cured = entry(SNOMED, "254837009", clinical="resolved", abatementDateTime="2020-06-30")
    assert verdict(number, ALS, cured, closed_world=True) == expected


def test_case_16_only_the_arm_of_the_tumour_is_decided() -> None:
    """Of a treatment nothing is on file, which is unknown unless the world is closed."""
    cured = entry(SNOMED, "254837009", clinical="resolved", abatementDateTime="2020-06-30")
    assert verdict("NCT07118319-E18", ALS, cured) == "unknown"


@pytest.mark.parametrize(
    ("transplant", "expected"),
    [(done("709115004", "2020-01-01"), "not-met"), (done("70536003", "2005"), "met"), (done("234336002"), "review")],
)
def test_case_17_whose_cells_they_were(transplant: Resource, expected: str) -> None:
    """One's own stem cells do not count, a kidney does whenever it was, and of some cells a person must be asked."""
    assert verdict("NCT06765564-E07", ALS, transplant, closed_world=True) == expected


@pytest.mark.parametrize(
    ("drug", "expected"),
    [
        (statement(RXNORM, "8640", "2024-01-01/2025-05-30", "completed"), "not-met"),
        (statement(ATC, "R03BA02", "2026-01-01/"), "review"),
    ],
)
def test_case_18_steroids_of_long_ago_and_by_inhalation(drug: Resource, expected: str) -> None:
    """Ended 13 months ago they do not count any more; inhaled now, a person judges."""
    assert verdict("NCT01494480-E04", ALS, drug, closed_world=True) == expected


@pytest.mark.parametrize("number", ["NCT07118319-E05", "NCT06765564-E03", "NCT01494480-E01"])
@pytest.mark.parametrize(
    "als", [ALS, entry(ICD10CM, "G12.21"), entry(ICD10, "G12.2")], ids=["SNOMED", "ICD-10-CM", "WHO"]
)
def test_case_20_als_alone_is_no_other_disease(number: str, als: Resource) -> None:
    """By whichever code, the trials' own disease never counts as another one of nerve or muscle."""
    assert verdict(number, als) == "unknown"
    assert verdict(number, als, closed_world=True) == "not-met"
