"""The cases in which a careless reading goes wrong, against the trials as they are mapped."""

from __future__ import annotations

import pytest

from alsfhir.patient.model import Facts
from alsfhir.terminology import terminology
from eligibility_samples import BMI, FVC, category, condition, facts, observation, when
from eligibility_samples import shipped_verdict as value


def fvc(written: str) -> Facts:
    """A vital capacity."""
    return facts(observation(FVC, written))


@pytest.mark.parametrize(
    ("written", "verdicts"),
    [
        ("70.0 %", ("met", "not-met", "met", "met")),
        ("69.96 %", ("not-met", "met", "met", "met")),
        ("50 %", ("not-met", "met", "met", "met")),
        ("49.96 %", ("not-met", "met", "not-met", "not-met")),
        ("<70 %", ("not-met", "met", "unknown", "unknown")),
        (">65 %", ("unknown", "unknown", "met", "met")),
        ("0.82 {ratio}", ("unknown", "unknown", "unknown", "unknown")),
    ],
)
def test_case_1_a_vital_capacity_at_its_bounds(written: str, verdicts: tuple[str, ...]) -> None:
    """70 and 50 are within in every trial; nothing is rounded before it is compared."""
    asked = ("NCT07118319-I03", "NCT03828123-E01", "NCT06765564-I05", "NCT01494480-I05")
    assert tuple(value(criterion, fvc(written)) for criterion in asked) == verdicts


def test_case_2_litres_are_not_percent() -> None:
    """3.1 litres are unknown everywhere; over 3.6 predicted they are 86.1 %."""
    litres = observation("fvc-volume", "3.1 L")
    for criterion in ("NCT07118319-I03", "NCT03828123-E01", "NCT06765564-I05", "NCT01494480-I05"):
        assert value(criterion, facts(litres)) == "unknown"
    found = facts(litres, observation("fvc-predicted-volume", "3.6 L"))
    assert value("NCT07118319-I03", found) == "met"


def test_case_3_a_volume_code_in_percent_and_a_ratio_of_two_volumes() -> None:
    """82 % under the code of the volume is percent of predicted; FEV1 over FVC is something else."""
    assert value("NCT07118319-I03", facts(observation("fvc-volume", "82 %"))) == "met"
    assert value("NCT07118319-I03", facts(observation("fev1-fvc-ratio", "67.7 %"))) == "unknown"


def test_case_4_two_percent_of_the_night() -> None:
    """Exactly 2.0 % should not exceed 2 and is not inferior to 2; one bad night of two fails the first."""
    night = facts(observation("t90", "2.0 %"))
    assert value("NCT06765564-I06", night) == "met"
    assert value("NCT01494480-I06", night) == "not-met"
    second = observation("t90", "2.4 %", "2026-06-19", reference="Observation/second")
    assert value("NCT06765564-I06", facts(observation("t90", "1.5 %"), second)) == "not-met"
    spot = facts(observation("oxygen-saturation", "97 %"))
    assert value("NCT06765564-I06", spot) == "unknown"


@pytest.mark.parametrize(
    ("criterion", "birth", "expected"),
    [
        ("NCT01494480-I04", "1961-06-30", "not-met"),
        ("NCT03828123-H-age", "1961-06-30", "met"),
        ("NCT06765564-I02", "1966-06-30", "met"),
        ("NCT06765564-I02", "1965-06-30", "not-met"),
        ("NCT07118319-I01", "1950-07-01", "met"),
        ("NCT07118319-I01", "1951", "met"),
        ("NCT07118319-I01", "1950", "unknown"),
        ("NCT01494480-I04", "2005-12-30", "not-met"),
    ],
)
def test_case_5_ages_at_their_bounds(criterion: str, birth: str, expected: str) -> None:
    """65 today is out of one trial and in another; 75 years and 364 days is in; 1950 is 75 or 76."""
    assert value(criterion, facts(birth=when(birth))) == expected


@pytest.mark.parametrize(
    ("criterion", "dates", "expected"),
    [
        ("NCT06765564-I03", {"diagnosed": "2025-12-30"}, "met"),
        ("NCT06765564-I03", {"diagnosed": "2024-06-30"}, "met"),
        ("NCT06765564-I03", {"diagnosed": "2025-12-31"}, "not-met"),
        ("NCT06765564-I03", {"onset": "2025-01-01"}, "unknown"),
        ("NCT01494480-I02", {"onset": "2025-12-30"}, "not-met"),
        ("NCT01494480-I02", {"onset": "2023-06-30"}, "not-met"),
        ("NCT01494480-I02", {"onset": "2025-01-01"}, "met"),
        ("NCT01494480-I02", {"recorded": "2025-01-01"}, "unknown"),
    ],
)
def test_case_6_months_are_calendar_months(criterion: str, dates: dict[str, str], expected: str) -> None:
    """Exactly 6 and 24 months since the diagnosis are within, exactly 6 and 36 since the onset are not."""
    entry = condition("als", **{name: when(written) for name, written in dates.items()})
    assert value(criterion, facts(entry)) == expected


@pytest.mark.parametrize(
    ("onset", "score", "expected"),
    [
        ("spinal", "12 {score}", "not-met"),
        ("spinal", None, "not-met"),
        ("bulbar", None, "unknown"),
        ("bulbar", "14 {score}", "met"),
        ("bulbar", "15 {score}", "not-met"),
        (None, "20 {score}", "not-met"),
        (None, "12 {score}", "unknown"),
    ],
)
def test_case_14_the_bulbar_score_counts_for_the_bulbar_form(
    onset: str | None, score: str | None, expected: str
) -> None:
    """A low score with spinal onset does not exclude; a good one does not, whatever the onset."""
    found = facts(
        *([category(onset, concept="onset-site")] if onset else []),
        *([observation("norris-bulbar", score)] if score else []),
    )
    assert value("NCT03828123-E02", found) == expected


def test_case_15_als_with_dementia_is_als() -> None:
    """The combined diagnosis is one of ALS."""
    coded = terminology().concepts_of(terminology().coding("http://snomed.info/sct", "230258005"))
    assert value("NCT01494480-I01", facts(condition(*sorted(coded)))) == "met"


def test_case_19_primary_lateral_sclerosis_beside_als() -> None:
    """PLS alone excludes; with ALS on record a person looks at it; neither on record is unknown."""
    pls, als = condition("primary-lateral-sclerosis"), condition("als")
    assert value("NCT07118319-E03", facts(pls)) == "met"
    assert value("NCT07118319-E03", facts(pls, als)) == "review"
    assert value("NCT07118319-E03", facts(als)) == "unknown"
    assert value("NCT07118319-E03", facts(als), closed_world=True) == "not-met"


@pytest.mark.parametrize("criterion", ["NCT07118319-I02", "NCT03828123-I01", "NCT01494480-I01"])
def test_case_19_g12_2_alone_is_not_als(criterion: str) -> None:
    """Motor neuron disease by the WHO's code leaves ALS unknown, even with a category on record."""
    coded = terminology().concepts_of(terminology().coding("http://hl7.org/fhir/sid/icd-10", "G12.2"))
    assert value(criterion, facts(condition(*sorted(coded)), category("definite"))) == "unknown"


@pytest.mark.parametrize(
    ("code", "revised", "definite"),
    [
        ("definite", "met", "met"),
        ("probable", "met", "not-met"),
        ("probable-laboratory-supported", "review", "not-met"),
        ("possible", "not-met", "not-met"),
        (None, "unknown", "unknown"),
    ],
)
def test_the_category_that_each_trial_asks_for(code: str | None, revised: str, definite: str) -> None:
    """ALS without a category is never met; laboratory-supported is for a person where probable counts."""
    found = facts(condition("als"), *([category(code)] if code else []))
    assert value("NCT07118319-I02", found) == revised
    assert value("NCT03828123-I01", found) == definite


@pytest.mark.parametrize(("bmi", "excluded", "included"), [("18.5", "not-met", "review"), ("18.49", "met", "not-met")])
def test_the_same_bound_of_the_body_mass_index_in_two_trials(bmi: str, excluded: str, included: str) -> None:
    """18.5 passes both; good nutrition stays for a person, and a low index decides without one."""
    found = facts(observation(BMI, f"{bmi} kg/m2"))
    assert value("NCT07118319-E02", found) == excluded
    assert value("NCT06765564-I07", found) == included
