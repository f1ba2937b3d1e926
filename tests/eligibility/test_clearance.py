"""Creatinine clearance by Cockcroft and Gault, recorded or computed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.clearance import creatinine_clearance
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Outcome, Value
from alsfhir.eligibility.reading import ANYTHING
from alsfhir.patient.model import Observation
from alsfhir.terminology import Terminology, terminology
from eligibility_samples import AS_OF, decided, finding, measured, observation, said
from laboratory_samples import CLEARANCE, creatinine, weight, woman

RATE = "creatinine-clearance"


def recorded(value: str, on: str = "2026-06-20", **more: Any) -> Observation:
    """A clearance as the laboratory gives it."""
    return observation(RATE, value, on, **more)


def test_nothing_on_file_is_a_datum_to_get() -> None:
    """No clearance, and nothing to compute it from."""
    assert said(CLEARANCE, woman()) == ("unknown", "no-record", "no-record")
    assert said(CLEARANCE, woman(weight("45 kg"))) == ("unknown", "no-record", "no-record")
    assert decided(CLEARANCE, woman()).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("found", "basis"),
    [
        (woman(creatinine("1.5 mg/dL")), "no-record"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg"), birth=None), "no-record"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg"), birth=None, unreadable={"Patient.birthDate"}), "unusable"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg", "2026-03-31")), "stale"),
        (woman(creatinine("1.5 mg/dL", "2026-05-30"), weight("45 kg")), "stale"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg", status="preliminary")), "no-record"),
    ],
)
def test_a_missing_part_leaves_it_unknown(found: Any, basis: str) -> None:
    """Creatinine of at most 30 days, weight of at most 90, and the birth date: none is taken from elsewhere."""
    assert said(CLEARANCE, found) == ("unknown", basis, "incomplete")
    assert decided(CLEARANCE, found).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (woman(creatinine("1.5"), weight("45 kg")), "no-unit"),
        (woman(creatinine("1.5 U/L"), weight("45 kg")), "other-unit"),
        (woman(creatinine("0 mg/dL"), weight("45 kg")), "implausible"),
        (woman(creatinine(None, unusable="no value"), weight("45 kg")), "unusable"),
        (woman(creatinine("1.5 mg/dL", None), weight("45 kg")), "undated"),
        (woman(creatinine("1.5 mg/dL", "2026"), weight("45 kg")), "partial-date"),
        (woman(creatinine("1.5 mg/dL"), weight("45")), "no-unit"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg", None)), "undated"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg", "2026")), "partial-date"),
        (woman(creatinine("1.5 mg/dL"), weight("4500 kg")), "implausible"),
        (
            woman(creatinine("1.5 mg/dL"), weight("45 kg"), weight("90 kg", reference="Observation/other")),
            "tied",
        ),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg"), birth="2027"), "born-later"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg", "2026-03/2026-04")), "partial-date"),
        (woman(creatinine("1.5 mg/dL"), weight("45 kg"), birth="1886-01-15"), "implausible"),
        (woman(creatinine(">=0 mg/dL"), weight("45 kg")), "comparator"),
        (woman(creatinine(">0.5 mg/dL"), weight("45 kg")), "comparator"),
        (woman(creatinine("1.5 mg/dL"), weight(">45 kg")), "comparator"),
    ],
)
def test_a_part_that_cannot_be_used_is_in_the_way(found: Any, cause: str) -> None:
    """Of the clearance computed, and of one recorded before."""
    assert said(CLEARANCE, found) == ("unknown", "unusable", cause)
    older = recorded("80 mL/min", "2026-05-31")
    assert said(CLEARANCE, replace(found, observations=(*found.observations, older)))[0] == "unknown"


@pytest.mark.parametrize("value", ["0 mg/dL", "<0 mg/dL", "-1 mg/dL"])
def test_nothing_is_divided_by_nought(value: str) -> None:
    """Even where no mapping says which creatinine is plausible."""
    known = terminology()
    any_value = msgspec.structs.replace(known.concept("creatinine"), plausible=None)
    terms = Terminology({**known.concepts, "creatinine": any_value}, {}, known.units)
    (found,) = creatinine_clearance(chart(woman(creatinine(value), weight("45 kg")), AS_OF, terms))
    assert (found.problem, found.extent) == (Cause.NO_NUMBER, ANYTHING)


def test_a_rate_per_body_surface_never_stands_in() -> None:
    """Neither under its own code, nor as the unit of a clearance."""
    per_surface = observation("egfr", "50 mL/min/{1.73_m2}")
    assert said(CLEARANCE, woman(per_surface))[2] == "no-record"
    assert said(CLEARANCE, woman(recorded("50 mL/min/{1.73_m2}")))[2] == "other-unit"


@pytest.mark.parametrize(
    ("value", "expected"), [("59.99 mL/min", "met"), ("60.0 mL/min", "not-met"), ("1 mL/s", "not-met")]
)
def test_a_recorded_clearance_is_compared(value: str, expected: str) -> None:
    """Below 60 is below 60, and 60.0 is not."""
    assert said(CLEARANCE, woman(recorded(value))) == (expected, "evidence", "compared")


def test_the_clearance_of_a_woman_and_of_a_man() -> None:
    """Hard case 10: 60 years, 45 kg, 132 micromoles in a litre."""
    found = (creatinine("132 umol/L"), weight("45 kg"))
    of_man = Fraction(80 * 45) / (72 * Fraction(132) / Fraction("88.42"))
    for sex, number in (("female", of_man * Fraction("0.85")), ("male", of_man)):
        one = finding(CLEARANCE, woman(*found, sex=sex))
        assert (one.value, one.cause, one.number) == (Value.MET, "derived", number)
    assert 28.4 < of_man * Fraction("0.85") < 28.5


def test_the_bound_is_exact_for_what_is_computed() -> None:
    """80 * 63 * 0.85 / (72 * 0.992) is a little above 60; a weight of 60.48 kg is exactly 60 for 0.952 mg/dL."""
    assert said(CLEARANCE, woman(creatinine("0.952 mg/dL"), weight("60.48 kg")))[0] == "not-met"
    assert finding(CLEARANCE, woman(creatinine("0.952 mg/dL"), weight("60.48 kg"))).number == 60
    assert said(CLEARANCE, woman(creatinine("0.952 mg/dL"), weight("60.479 kg")))[0] == "met"
    assert said(CLEARANCE, woman(creatinine("9.52 mg/L"), weight("60480 g")))[0] == "not-met"


def test_the_age_is_that_of_the_day_of_the_sample() -> None:
    """The 60th birthday is between the sample and the as-of date."""
    found = woman(creatinine("1 mg/dL", "2026-06-20"), weight("50 kg"), birth="1966-06-25")
    assert finding(CLEARANCE, found).number == Fraction(81 * 50 * 85, 72 * 100)


def test_of_two_samples_either_may_be_the_one_whose_day_counts() -> None:
    """The same value of June, and of a day after the birthday: 59 or 60 years."""
    found = (
        creatinine("0.972 mg/dL", "2026-06-20"),
        creatinine("0.972 mg/dL", "2026-06", reference="Observation/june"),
        weight("61 kg"),
    )
    assert said(CLEARANCE, woman(*found, birth="1966-06-15")) == ("unknown", "unusable", "partial-birth-date")
    assert said(CLEARANCE, woman(*found, birth="1966-05-15"))[0] == "met"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(">1.5 mg/dL", "met"), (">=1.5 mg/dL", "met"), ("<1.5 mg/dL", "unknown"), ("<0.5 mg/dL", "not-met")],
)
def test_a_creatinine_above_a_number_is_a_clearance_below_one(value: str, expected: str) -> None:
    """The clearance falls as creatinine rises."""
    assert said(CLEARANCE, woman(creatinine(value), weight("60 kg")))[0] == expected


@pytest.mark.parametrize(
    ("value", "kilograms", "below", "above"),
    [
        (">0.952 mg/dL", "60.48 kg", "met", "not-met"),
        (">=0.952 mg/dL", "60.48 kg", "unknown", "not-met"),
        ("<0.952 mg/dL", "60.48 kg", "not-met", "met"),
        ("<=0.952 mg/dL", "60.48 kg", "not-met", "unknown"),
        ("0.952 mg/dL", "<60.48 kg", "met", "not-met"),
        ("0.952 mg/dL", "<=60.48 kg", "unknown", "not-met"),
        ("0.952 mg/dL", ">60.48 kg", "not-met", "met"),
        ("0.952 mg/dL", ">=60.48 kg", "not-met", "unknown"),
        (">0.952 mg/dL", ">60.48 kg", "unknown", "unknown"),
    ],
)
def test_an_open_end_stays_open(value: str, kilograms: str, below: str, above: str) -> None:
    """0.952 mg/dL and 60.48 kg are exactly 60: more or less of one of them is on one side of it."""
    found = woman(creatinine(value), weight(kilograms))
    assert said(CLEARANCE, found)[0] == below
    assert said(measured(RATE, "mL/min", more_than=60), found)[0] == above


@pytest.mark.parametrize("sex", [None, "other", "unknown"])
def test_without_a_known_sex_it_is_decided_where_both_agree(sex: str | None) -> None:
    """1.5 mg/dL is below 60 for both; 1.0 mg/dL is 56.7 for a woman and 66.7 for a man."""
    assert said(CLEARANCE, woman(creatinine("1.5 mg/dL"), weight("60 kg"), sex=sex)) == ("met", "evidence", "derived")
    open_one = woman(creatinine("1.0 mg/dL"), weight("60 kg"), sex=sex)
    assert said(CLEARANCE, open_one) == ("unknown", "unusable", "other-sex")


def test_a_partial_birth_date_decides_where_every_age_agrees() -> None:
    """59 or 60 years: 61.0 kg make 60.02 or 59.28 at 0.972 mg/dL."""
    assert said(CLEARANCE, woman(creatinine("1.5 mg/dL"), weight("60 kg"), birth="1966"))[0] == "met"
    open_one = woman(creatinine("0.972 mg/dL"), weight("61 kg"), birth="1966")
    assert said(CLEARANCE, open_one) == ("unknown", "unusable", "partial-birth-date")


def test_a_recorded_clearance_goes_before_one_computed_of_the_same_day() -> None:
    """Of two days, the newer one counts, recorded or computed."""
    parts = (creatinine("1.5 mg/dL"), weight("45 kg"))
    assert said(CLEARANCE, woman(recorded("80 mL/min"), *parts)) == ("not-met", "evidence", "compared")
    assert said(CLEARANCE, woman(recorded("80 mL/min", "2026-06-19"), *parts)) == ("met", "evidence", "derived")
    assert said(CLEARANCE, woman(recorded("80 mL/min", "2026-06-21"), *parts)) == ("not-met", "evidence", "compared")


def test_a_newer_creatinine_alone_is_set_aside() -> None:
    """It neither decides nor hides the clearance that is on file."""
    found = woman(recorded("80 mL/min", "2026-06-10"), creatinine("1.5 mg/dL"))
    one = finding(CLEARANCE, found)
    assert one.value is Value.NOT_MET
    assert [fact.reference for fact in one.aside] == ["Observation/creatinine"]


def test_the_callers_windows_hold_for_the_parts() -> None:
    """A weight of 100 days, or a creatinine of 40, counts if the caller says so."""
    old_weight = woman(creatinine("1.5 mg/dL"), weight("45 kg", "2026-03-22"))
    assert said(CLEARANCE, old_weight, max_age={"body-weight": 100})[0] == "met"
    old_creatinine = woman(creatinine("1.5 mg/dL", "2026-05-21"), weight("45 kg"))
    assert said(CLEARANCE, old_creatinine, max_age={"creatinine": 40})[1] == "stale"
    assert said(CLEARANCE, old_creatinine, max_age={"creatinine": 40, RATE: 40})[0] == "met"
    assert (
        said(CLEARANCE, woman(creatinine("1.5 mg/dL"), weight("45 kg")), max_age={"creatinine": 5})[2] == "incomplete"
    )


NUMBERS = st.decimals("0.3", "4", places=2)
WEIGHTS = st.integers(35, 110)
SEXES = st.sampled_from(["female", "male"])
BIRTHS = st.sampled_from(["1946-06-20", "1966-01-15", "1966-12-15", "1990-02-28"])


def _value(number: Any, kg: Any, sex: Any, birth: str, unit: str = "mg/dL") -> Value:
    found = woman(creatinine(f"{number} {unit}"), weight(f"{kg} kg"), sex=sex, birth=birth)
    return finding(CLEARANCE, found).value


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(WEIGHTS, WEIGHTS), SEXES, BIRTHS)
def test_the_clearance_falls_with_creatinine_and_rises_with_weight(
    numbers: tuple[Any, Any], weights: tuple[int, int], sex: str, birth: str
) -> None:
    """What is below the bound stays so with more creatinine and less weight."""
    if _value(min(numbers), max(weights), sex, birth) is Value.MET:
        assert _value(max(numbers), min(weights), sex, birth) is Value.MET


@given(NUMBERS, WEIGHTS, SEXES, BIRTHS)
def test_knowing_less_of_the_patient_or_the_sample_never_changes_a_decision(
    number: Any, kg: int, sex: str, birth: str
) -> None:
    """Without the sex, with a partial birth date, with a one-sided value: the same decision, or none."""
    known = _value(number, kg, sex, birth)
    lesser = [
        _value(number, kg, None, birth),
        _value(number, kg, sex, birth[:4]),
        _value(f">={number}", kg, sex, birth),
        _value(f"<={number}", kg, sex, birth),
        _value(number, f">={kg}", sex, birth),
        _value(number, f"<={kg}", sex, birth),
    ]
    assert all(value is known or value in UNDECIDED for value in lesser)


@given(st.integers(30, 400), WEIGHTS, SEXES, BIRTHS)
def test_the_unit_of_creatinine_does_not_matter(number: int, kg: int, sex: str, birth: str) -> None:
    """Micromoles, millimoles and milligrams make the same verdict."""
    one = measured(RATE, "mL/min", less_than=60)
    in_umol = woman(creatinine(f"{number} umol/L"), weight(f"{kg} kg"), sex=sex, birth=birth)
    in_mmol = woman(creatinine(f"{number / 1000:.6f} mmol/L"), weight(f"{kg * 1000} g"), sex=sex, birth=birth)
    assert finding(one, in_umol).number == finding(one, in_mmol).number
