"""Why a measured value has its verdict, in words."""

from __future__ import annotations

import pytest

from alsfhir.patient.model import Facts
from eligibility_samples import FVC, criterion, explained, facts, measured, observation, recorded, up_to

SEVENTY = measured(FVC, "%", at_least=70)
THIN = measured("bmi", "kg/m2", less_than="18.5")
ALT = measured("alt", times_upper_limit=True, more_than=3)
NIGHTS = measured("t90", "%", at_most=2, which="every")
OBS = f"2026-06-20, Observation/{FVC}"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (facts(), "No forced vital capacity in % of predicted on file"),
        (
            facts(unreadable=frozenset({"Observation"})),
            "No usable forced vital capacity on file, but an Observation that could not be read",
        ),
        (
            facts(observation(FVC, "80 %", "2026-03-25")),
            (
                "The last forced vital capacity is 97 days old, and at most 90 are allowed: "
                f"80 % of predicted (2026-03-25, Observation/{FVC})"
            ),
        ),
        (
            facts(observation("fvc-volume", "3.1 L")),
            (
                "Forced vital capacity is on file in litres only: 3.1 L (2026-06-20, Observation/fvc-volume); "
                "percent of predicted cannot be derived without the predicted volume of the same day"
            ),
        ),
        (
            facts(observation(FVC, "82")),
            f"Forced vital capacity: the latest value has no unit: 82 ({OBS})",
        ),
        (
            facts(observation(FVC, "3.1 L")),
            f"Forced vital capacity: the latest value is in a unit that cannot be compared: 3.1 L ({OBS})",
        ),
        (
            facts(observation(FVC, None, unusable="no value (not-performed)")),
            f"Forced vital capacity: the latest value cannot be used: not usable: no value (not-performed) ({OBS})",
        ),
        (
            facts(observation(FVC, ">65 %")),
            (
                "Forced vital capacity: the latest value is only known to be above or below a number, "
                f"which does not settle it: >65 % of predicted ({OBS})"
            ),
        ),
        (
            facts(observation(FVC, "80 %", None)),
            (
                "Forced vital capacity: a value without a date might be the latest: "
                f"80 % of predicted (no date, Observation/{FVC})"
            ),
        ),
        (
            facts(observation(FVC, "80 %", status="preliminary")),
            f"Forced vital capacity: the only recent value is not final: 80 % of predicted ({OBS})",
        ),
    ],
)
def test_what_is_missing_is_said_with_what_is_there_instead(found: Facts, reason: str) -> None:
    """Which value, of when, in which resource, and what is wrong with it."""
    record = explained(SEVENTY, found)
    assert (record.verdict, record.reason) == ("unknown", reason)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("48 %", "Forced vital capacity 48 % of predicted on 2026-06-20, below 70 % of predicted"),
        ("70.0 %", "Forced vital capacity 70.0 % of predicted on 2026-06-20, at least 70 % of predicted"),
        ("<70 %", "Forced vital capacity <70 % of predicted on 2026-06-20, below 70 % of predicted"),
    ],
)
def test_a_value_is_said_as_written_and_against_its_bound(value: str, reason: str) -> None:
    """With the digits of the record, and the bound that is kept or broken."""
    assert explained(SEVENTY, facts(observation(FVC, value))).reason == reason


def test_another_unit_is_converted_for_the_reader() -> None:
    """The value as written, and what it is in the unit of the bound."""
    found = facts(observation("bmi", "1.8499 g/cm2"))
    assert explained(THIN, found, number="E01").reason == (
        "Body mass index 1.8499 g/cm2 = 18.499 kg/m² on 2026-06-20, less than 18.5 kg/m²"
    )


def test_a_derived_value_is_said_with_what_it_is_from() -> None:
    """Rounded for the reader only, and never to the bound itself."""
    weight, height = observation("body-weight", "55 kg"), observation("body-height", "175 cm", "2026-01-01")
    assert explained(THIN, facts(weight, height), number="E01").reason == (
        "Body mass index 17.96 kg/m² from body weight of 55 kg on 2026-06-20 and body height of 175 cm on 2026-01-01, "
        "less than 18.5 kg/m²"
    )
    unsettled = facts(observation("body-weight", "<50 kg"), height)
    assert explained(THIN, unsettled, number="E01").reason == (
        "Body mass index from body weight of <50 kg on 2026-06-20 and body height of 175 cm on 2026-01-01, "
        "less than 18.5 kg/m²"
    )


@pytest.mark.parametrize(
    ("found", "reason", "blamed"),
    [
        (
            facts(observation("bmi", "1850 kg/m2")),
            "Body mass index of 1850 kg/m² (2026-06-20, Observation/bmi) is not plausible, and not used",
            ["Observation/bmi"],
        ),
        (
            facts(observation("body-weight", "50 kg"), observation("body-height", "170 m")),
            "Body height of 170 m (2026-06-20, Observation/body-height) is not plausible, and not used",
            ["Observation/body-height"],
        ),
        (
            facts(observation("body-weight", "12 kg"), observation("body-height", "170 cm")),
            (
                "Body mass index: what comes of the latest values is not plausible, and not used: "
                "12 kg (2026-06-20, Observation/body-weight); 170 cm (2026-06-20, Observation/body-height)"
            ),
            [],
        ),
    ],
)
def test_an_implausible_value_is_named(found: Facts, reason: str, blamed: list[str]) -> None:
    """Which one it is, with a warning about its resource; or that the two do not go together."""
    record = recorded([criterion(THIN, "E01")], found)
    assert (record.criteria[0].verdict, record.criteria[0].reason) == ("unknown", reason)
    assert [issue.location for issue in record.issues] == blamed
    assert all(issue.text.endswith(" is not plausible; not used") for issue in record.issues)


def test_an_implausible_effort_of_the_day_is_not_said_to_be_compared() -> None:
    """At least 70 is proved by the other one."""
    found = facts(observation(FVC, "72 %"), observation(FVC, "850 %", reference="Observation/typo"))
    assert explained(SEVENTY, found).reason == (
        "Forced vital capacity 72 % of predicted on 2026-06-20, at least 70 % of predicted"
    )


def test_a_multiple_is_said_with_the_observations_own_limit() -> None:
    """And a missing limit is named."""
    found = facts(observation("alt", "121 U/L", ranges=up_to("40 U/L")))
    assert explained(ALT, found, number="E01").reason == (
        "Alanine aminotransferase 121 U/L, its upper limit of normal 40 U/L on 2026-06-20, "
        "more than 3 times the upper limit of normal"
    )
    over = facts(observation("alt", ">130 U/L", ranges=up_to("40 U/L")))
    under = measured("alt", times_upper_limit=True, at_most=3)
    assert explained(under, over).reason.endswith(", above 3 times the upper limit of normal")
    assert explained(ALT, facts(observation("alt", "120 U/L"))).reason == (
        "Alanine aminotransferase: the latest value comes without an upper limit of normal: "
        "120 U/L (2026-06-20, Observation/alt)"
    )


def test_every_night_is_said_or_the_bad_ones() -> None:
    """All values if all are within; those that are not, if some are not. A label with a number gets a colon."""
    good, bad = observation("t90", "1.5 %"), observation("t90", "2.8 %", "2026-06-19", reference="Observation/bad")
    label = "Share of the night with oxygen saturation below 90 %"
    assert explained(NIGHTS, facts(good)).reason == f"{label}, every value since 2026-04-01: 1.5 %; at most 2 %"
    assert explained(NIGHTS, facts(good, bad)).reason == f"{label}: 2.8 % on 2026-06-19, above 2 %"


def test_without_an_index_weight_and_height_are_named() -> None:
    """What could be measured instead."""
    assert explained(THIN, facts()).reason == (
        "No body mass index on file, nor both body weight and height to derive it from"
    )


def test_a_value_of_another_kind_is_an_issue_and_not_used() -> None:
    """Whether or not there is another value; the unit that is asked for is said."""
    seconds = measured("prothrombin-time", times_upper_limit=True, more_than="1.5")
    quick = observation("prothrombin-time", "55 %", reference="Observation/quick")
    record = recorded([criterion(seconds)], facts(quick))
    assert record.criteria[0].reason == (
        "Prothrombin time: what is on file is of another kind than asked, and not used: "
        "55 % (2026-06-20, Observation/quick)"
    )
    assert record.criteria[0].needs[0].text == (
        "Prothrombin time in s, with its upper limit of normal, not older than 30 days"
    )
    other = observation("prothrombin-time", "20 s", "2026-06-10", ranges=up_to("13 s"))
    for found in (facts(quick), facts(quick, other)):
        assert [
            (issue.severity, issue.location, issue.text) for issue in recorded([criterion(seconds)], found).issues
        ] == [("warning", "Observation/quick", "55 % is of another kind of measurement than asked; not used")]


def test_moles_are_said_in_the_unit_of_the_bound() -> None:
    """As written, and converted."""
    record = explained(measured("creatinine", "mg/dL", more_than="1.5"), facts(observation("creatinine", "132 umol/L")))
    assert record.reason == "Serum creatinine 132 umol/L = 1.49 mg/dL on 2026-06-20, not more than 1.5 mg/dL"
