"""The cases in which a careless reading of laboratory values goes wrong, atom by atom."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from alsfhir.criteria.model import AllOf, AnyOf, Qualitative
from alsfhir.eligibility.model import Value
from eligibility_samples import facts, finding, measured, observation, said, up_to, verdict
from laboratory_samples import CLEARANCE, HBSAG, NEGATIVE, POSITIVE, creatinine, result, weight, woman, words

ACTIVE_B = AllOf(of=(HBSAG, measured("hbv-dna", "[IU]/mL", at_least=500)))
ACTIVE_C = AllOf(of=(Qualitative(concept="anti-hcv"), Qualitative(concept="hcv-rna")))
ALT = measured("alt", times_upper_limit=True, more_than=3)
BILIRUBIN = measured("total-bilirubin", times_upper_limit=True, more_than="1.5")
CREATININE = measured("creatinine", "mg/dL", more_than="1.5")
INR = measured("inr", times_upper_limit=True, more_than="1.5")
PT = measured("prothrombin-time", times_upper_limit=True, more_than="1.5")


@pytest.mark.parametrize(
    ("antigen", "dna", "expected"),
    [
        (POSITIVE, "500 IU/mL", "met"),
        (POSITIVE, "0.5 k[IU]/mL", "met"),
        (POSITIVE, "499 IU/mL", "not-met"),
        (POSITIVE, None, "unknown"),
        (POSITIVE, "<20 IU/mL", "not-met"),
        (POSITIVE, "<1000 IU/mL", "unknown"),
        (POSITIVE, "2800 {copies}/mL", "unknown"),
        (NEGATIVE, None, "not-met"),
        (NEGATIVE, "2800 IU/mL", "not-met"),
        (None, "2800 IU/mL", "unknown"),
    ],
)
def test_case_7_active_hepatitis_b(antigen: Any, dna: str | None, expected: str) -> None:
    """Antigen and 500 IU of DNA or more; copies are not units, and below 1000 may be below 500."""
    found = [result("hbsag", antigen)] if antigen else []
    found += [observation("hbv-dna", dna)] if dna else []
    assert verdict(ACTIVE_B, facts(*found)).value == expected


@pytest.mark.parametrize(
    ("rna", "expected"),
    [((NEGATIVE,), "not-met"), ((POSITIVE,), "met"), ((words("not detected"),), "not-met"), ((), "unknown")],
)
def test_case_8_an_antibody_without_the_virus_is_a_cured_hepatitis_c(rna: Any, expected: str) -> None:
    """Antibody and RNA both, or it is not active."""
    found = [result("anti-hcv", POSITIVE), *([result("hcv-rna", *rna)] if rna else [])]
    assert verdict(ACTIVE_C, facts(*found)).value == expected


@pytest.mark.parametrize(
    ("atom", "value", "high", "expected"),
    [
        (ALT, "121 U/L", "40 U/L", "met"),
        (ALT, "120 U/L", "40 U/L", "not-met"),
        (ALT, "121 U/L", None, "unknown"),
        (BILIRUBIN, "30 umol/L", "1.2 mg/dL", "not-met"),
        (BILIRUBIN, "30.78 umol/L", "1.2 mg/dL", "not-met"),
        (BILIRUBIN, "30.79 umol/L", "1.2 mg/dL", "met"),
        (BILIRUBIN, "1.81 mg/dL", "0.0012 g/dL", "met"),
        (BILIRUBIN, "1.8 mg/dL", "20.52 umol/L", "not-met"),
    ],
)
def test_case_9_multiples_of_the_observations_own_limit(atom: Any, value: str, high: str | None, expected: str) -> None:
    """121 of 40 is more than three times; bilirubin is converted before it is compared, and no range is no verdict."""
    found = facts(observation(atom.concept, value, ranges=up_to(high) if high else ()))
    assert said(atom, found)[0] == expected


def test_case_10_a_creatinine_that_is_fine_and_a_clearance_that_is_not() -> None:
    """132 micromoles are 1.493 mg/dL; the clearance of a woman of 60 years and 45 kg is 28.5 all the same."""
    found = woman(creatinine("132 umol/L"), weight("45 kg"))
    assert said(CREATININE, found)[0] == "not-met"
    assert finding(CREATININE, found).number == Fraction(132) / Fraction("88.42")
    assert verdict(AnyOf(of=(CREATININE, CLEARANCE)), found).value is Value.MET
    assert said(CLEARANCE, woman(creatinine("132 umol/L"), weight("94.8 kg")))[0] == "met"
    assert said(CLEARANCE, woman(creatinine("132 umol/L"), weight("94.9 kg")))[0] == "not-met"
    assert said(CREATININE, facts(creatinine("132.63 umol/L")))[0] == "not-met"
    assert said(CREATININE, facts(creatinine("132.64 umol/L")))[0] == "met"


def test_case_12_prothrombin_time_in_percent_is_another_kind() -> None:
    """55 % is neither compared nor in the way of a value in seconds; INR has its own limit, and none is assumed."""
    percent = observation("prothrombin-time", "55 %", reference="Observation/percent", ranges=up_to("130 %"))
    seconds = observation("prothrombin-time", "20 s", "2026-06-10", ranges=up_to("13 s"))
    assert said(PT, facts(percent)) == ("unknown", "no-record", "other-kind")
    assert said(PT, facts(percent, seconds)) == ("met", "evidence", "compared")
    assert said(INR, facts(observation("inr", "2.5 {INR}", ranges=up_to("1.2 {INR}"))))[0] == "met"
    assert said(INR, facts(observation("inr", "2.5 {INR}"))) == ("unknown", "unusable", "no-range")
