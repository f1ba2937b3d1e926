"""Body mass index from weight and height, and percent of predicted from two volumes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Observation
from eligibility_samples import FVC, facts, finding, measured, observation, said

SEVENTY = measured(FVC, "%", at_least=70)
THIN = measured("bmi", "kg/m2", less_than="18.5")


def volume(value: str | None, on: str | None = "2026-06-20", **more: Any) -> Observation:
    """A vital capacity as a volume."""
    return observation("fvc-volume", value, on, **more)


def predicted(value: str | None, on: str | None = "2026-06-20", **more: Any) -> Observation:
    """A predicted vital capacity."""
    return observation("fvc-predicted-volume", value, on, **more)


def weight(value: str | None, on: str | None = "2026-06-20", **more: Any) -> Observation:
    """A body weight."""
    return observation("body-weight", value, on, **more)


def height(value: str | None, on: str | None = "2020-01-01", **more: Any) -> Observation:
    """A body height."""
    return observation("body-height", value, on, **more)


def test_litres_alone_are_never_percent() -> None:
    """3.1 litres are not compared with 70, whatever the bound."""
    assert said(SEVENTY, facts(volume("3.1 L"))) == ("unknown", "unusable", "volume-only")
    assert said(measured(FVC, "%", at_least=3), facts(volume("3.1 L")))[0] == "unknown"
    assert said(measured(FVC, "%", at_least=70), facts(volume("3100 mL")))[2] == "volume-only"


def test_litres_do_not_hide_an_older_percentage() -> None:
    """A fresh percentage still counts when a later volume is on file."""
    assert said(SEVENTY, facts(volume("3.1 L"), observation(FVC, "80 %", "2026-05-01")))[0] == "met"


def test_stale_litres_are_nothing_new() -> None:
    """Litres of last year do not make a record of percent."""
    assert said(SEVENTY, facts(volume("3.1 L", "2025-01-01")))[2] == "no-record"


@pytest.mark.parametrize(
    ("partner", "cause"),
    [
        (predicted("3.6"), "no-unit"),
        (predicted("90 %"), "other-unit"),
        (predicted(None), "no-number"),
        (predicted("0 L"), "implausible"),
        (predicted("<3.6 L"), "comparator"),
        (predicted("3600 L"), "implausible"),
        (predicted("0.4 L"), "implausible"),
        (predicted("3.6 L", "2026-06"), "partial-date"),
        (predicted("3.6 L", None), "undated"),
    ],
)
def test_a_predicted_volume_in_doubt_stands_in_the_way(partner: Observation, cause: str) -> None:
    """Not in a known unit, or not surely of the same day: no percentage, and no older one instead."""
    older = observation("fvc-volume", "3.6 L", "2026-05-01", reference="Observation/older")
    pair = observation("fvc-predicted-volume", "3.6 L", "2026-05-01", reference="Observation/older-predicted")
    found = facts(volume("3.1 L"), partner, older, pair)
    assert said(SEVENTY, found) == ("unknown", "unusable", cause)


def test_an_implausible_volume_is_a_volume_still() -> None:
    """3100 litres are neither percent nor millilitres, give no percentage, and hide an older one as any would."""
    pair = volume("3100 L"), predicted("3.6 L")
    assert said(SEVENTY, facts(*pair)) == ("unknown", "unusable", "implausible")
    assert said(SEVENTY, facts(*pair, observation(FVC, "80 %", "2026-05-01")))[2] == "implausible"
    assert said(SEVENTY, facts(volume("3100 L"))) == ("unknown", "unusable", "implausible")


def test_percent_of_predicted_is_derived_of_one_day() -> None:
    """3.1 of 3.6 litres are 86.1 %, exactly 775/9."""
    one = finding(SEVENTY, facts(volume("3.1 L"), predicted("3600 mL")))
    assert (one.value, one.number, one.cause) == (Value.MET, Fraction(775, 9), "derived")
    assert said(SEVENTY, facts(volume("3.1 L"), predicted("3.6 L", "2026-06-19")))[2] == "volume-only"


def test_a_small_predicted_volume_is_a_volume() -> None:
    """Half a litre of nine tenths predicted."""
    assert finding(SEVENTY, facts(volume("0.45 L"), predicted("0.9 L"))).number == Fraction(50)


def test_two_predicted_volumes_of_a_day_must_agree() -> None:
    """With 3.6 and 3.7 litres predicted nobody knows the percentage."""
    other = predicted("3.7 L", reference="Observation/other")
    assert said(SEVENTY, facts(volume("3.1 L"), predicted("3.6 L"), other)) == ("unknown", "unusable", "tied")
    same = predicted("3600 mL", reference="Observation/same")
    assert said(SEVENTY, facts(volume("3.1 L"), predicted("3.6 L"), same))[0] == "met"


def test_the_largest_volume_of_a_day_is_the_result() -> None:
    """Two efforts over one predicted volume: the better one."""
    found = facts(volume("2.0 L"), volume("3.1 L", reference="Observation/best"), predicted("3.6 L"))
    assert finding(SEVENTY, found).number == Fraction(775, 9)


def test_a_comparator_is_carried_through_the_derivation() -> None:
    """Less than 1.8 of 3.6 litres is less than 50 %."""
    found = facts(volume("<1.8 L"), predicted("3.6 L"))
    assert said(measured(FVC, "%", at_least=50), found)[0] == "not-met"
    assert said(measured(FVC, "%", at_least=49), found)[2] == "comparator"


def test_the_newer_of_a_recorded_and_a_derived_percentage_counts() -> None:
    """A volume of yesterday over its predicted one makes 75 % of spring the past; a newer 65 % makes it the past."""
    pair = volume("1.5 L", "2026-06-29"), predicted("3.6 L", "2026-06-29")
    one = finding(SEVENTY, facts(*pair, observation(FVC, "75 %", "2026-04-12")))
    assert (one.value, one.number, one.cause) == (Value.NOT_MET, Fraction(125, 3), "derived")
    older = volume("3.1 L", "2026-06-01"), predicted("3.6 L", "2026-06-01")
    assert said(SEVENTY, facts(*older, observation(FVC, "65 %"))) == ("not-met", "evidence", "compared")


def test_on_one_day_a_recorded_percentage_goes_before_a_derived_one() -> None:
    """What the laboratory states itself of that day is not recalculated, whatever the times; nor if it is in doubt."""
    pair = volume("3.1 L", "2026-06-20T12:00:00Z"), predicted("3.6 L")
    recorded = observation(FVC, "65 %", "2026-06-20T09:00:00Z")
    assert said(SEVENTY, facts(*pair, recorded)) == ("not-met", "evidence", "compared")
    assert said(SEVENTY, facts(*pair, observation(FVC, "65")))[2] == "no-unit"
    stale = facts(volume("3.1 L"), predicted("3.6 L"), observation(FVC, "65 %", "2025-06-01"))
    assert said(SEVENTY, stale) == ("met", "evidence", "derived")


def test_where_dates_do_not_tell_which_is_newer_they_must_agree() -> None:
    """A recorded percentage of June may be newer than the volumes of the 20th."""
    pair = volume("1.8 L"), predicted("3.6 L")
    assert said(SEVENTY, facts(*pair, observation(FVC, "75 %", "2026-06")))[2] == "partial-date"
    one = finding(measured(FVC, "%", at_least=50), facts(*pair, observation(FVC, "50 %", "2026-06")))
    assert (one.value, one.cause, len(one.facts)) == (Value.MET, "derived", 2)


def test_a_newer_volume_that_cannot_be_converted_is_set_aside_and_shown() -> None:
    """The older percentage decides, and the verdict keeps what it could not be compared with."""
    recorded = observation(FVC, "75 %", "2026-04-12")
    newer = volume("1.5 L", "2026-06-29"), volume("1.4 L", "2026-06-01", reference="Observation/other")
    one = finding(SEVENTY, facts(recorded, *newer))
    assert (one.value, [fact.reference for fact in one.aside]) == (Value.MET, ["Observation/fvc-volume"])
    for on in ("2026-04-12", "2026-04-01"):
        assert finding(SEVENTY, facts(recorded, volume("1.5 L", on))).aside == ()
    assert len(finding(SEVENTY, facts(recorded, volume("1.5 L", None))).aside) == 1


def test_a_volume_code_with_a_value_in_percent_is_percent_of_predicted() -> None:
    """Real systems write 82 % under the code of the volume; a ratio or a bare number is not read so."""
    assert said(SEVENTY, facts(volume("82 %"))) == ("met", "evidence", "volume-in-percent")
    assert said(SEVENTY, facts(volume("0.82 1")))[:2] == ("unknown", "unusable")
    assert said(SEVENTY, facts(volume("82"))) == ("unknown", "unusable", "no-unit")


def test_what_may_be_either_hides_an_older_percentage() -> None:
    """A volume code without a unit may be the latest percentage, so that an older one decides nothing."""
    assert said(SEVENTY, facts(volume("82"), observation(FVC, "80 %", "2026-05-01")))[0] == "unknown"


def test_an_observation_with_both_codes_is_what_its_unit_says() -> None:
    """Coded as volume and as percentage: litres are a volume, percent is percent."""
    both = frozenset({FVC, "fvc-volume"})
    assert said(SEVENTY, facts(observation(FVC, "3.1 L", concepts=both)))[2] == "volume-only"
    assert said(SEVENTY, facts(observation(FVC, "82 %", concepts=both))) == ("met", "evidence", "compared")


@pytest.mark.parametrize("other", ["slow-vital-capacity-percent", "fev1-fvc-ratio", "fvc-percent-change"])
def test_other_percentages_of_the_lung_are_not_the_vital_capacity(other: str) -> None:
    """A slow vital capacity, FEV1 over FVC, or a change in percent decide nothing."""
    assert said(SEVENTY, facts(observation(other, "67.7 %")))[2] == "no-record"


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        ([weight("55 kg")], "no-record"),
        ([height("175 cm")], "no-record"),
        ([weight("55"), height("175 cm")], "no-unit"),
        ([weight("55 kg"), height("175")], "no-unit"),
        ([weight("55 kg"), height("170 m")], "implausible"),
        ([weight("5500 kg"), height("170 cm")], "implausible"),
        ([weight("12 kg"), height("170 cm")], "implausible"),
        ([weight("55 kg"), height(">150 cm")], "comparator"),
        ([weight("55 kg"), height("175 cm", None)], "undated"),
        ([weight("55 kg"), height("175 cm", "2026")], "partial-date"),
        ([weight("55 kg"), height("175 cm"), height("172 cm", reference="Observation/h2")], "tied"),
        ([weight("55 kg", None), height("175 cm")], "undated"),
    ],
)
def test_no_body_mass_index_without_weight_and_height(found: list[Observation], cause: str) -> None:
    """One of them missing is nothing on file; one in doubt stands in the way."""
    assert said(THIN, facts(*found))[2] == cause


def test_body_mass_index_is_derived_exactly() -> None:
    """55 kg at 1.75 m are 17.96 kg/m2, exactly 880/49."""
    one = finding(THIN, facts(weight("55 kg"), height("175 cm")))
    assert (one.value, one.number, one.cause) == (Value.MET, Fraction(880, 49), "derived")
    imperial = finding(THIN, facts(weight("55000 g"), height("1.75 m")))
    assert imperial.number == Fraction(880, 49)


def test_a_height_of_any_age_will_do_but_not_a_weight() -> None:
    """The index is as old as the weight."""
    assert said(THIN, facts(weight("55 kg"), height("175 cm", "1999-01-01")))[0] == "met"
    assert said(THIN, facts(weight("55 kg", "2026-01-01"), height("175 cm")))[:2] == ("unknown", "stale")


def test_the_newer_of_a_recorded_and_a_derived_index_counts() -> None:
    """On one day the recorded one decides, or stands in the way if it is in doubt; a stale one gives way."""
    parts = [weight("55 kg"), height("175 cm")]
    assert said(THIN, facts(observation("bmi", "19 kg/m2", "2026-06-01"), *parts)) == ("met", "evidence", "derived")
    assert said(THIN, facts(observation("bmi", "19 kg/m2", "2026-06-21"), *parts))[0] == "not-met"
    assert said(THIN, facts(observation("bmi", "19 kg/m2"), *parts))[0] == "not-met"
    assert said(THIN, facts(observation("bmi", "19"), *parts))[2] == "no-unit"
    assert said(THIN, facts(observation("bmi", "19 kg/m2", "2025-06-01"), *parts)) == ("met", "evidence", "derived")


def test_a_newer_weight_without_any_height_is_set_aside_and_shown() -> None:
    """The recorded index decides, and the verdict keeps the weight that it could not be compared with."""
    recorded = observation("bmi", "19 kg/m2", "2026-04-15")
    one = finding(THIN, facts(recorded, weight("45 kg")))
    assert (one.value, [fact.reference for fact in one.aside]) == (Value.NOT_MET, ["Observation/body-weight"])
    assert finding(THIN, facts(recorded, weight("45 kg", "2026-04-01"))).aside == ()
