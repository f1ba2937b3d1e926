"""What was assumed in deciding."""

from __future__ import annotations

from alsfhir.criteria.model import Condition, TimeSince
from eligibility_samples import (
    FVC,
    condition,
    criterion,
    explained,
    facts,
    measured,
    months,
    observation,
    recorded,
    when,
)
from laboratory_samples import coded, words

ONSET = TimeSince(event="onset", concept="als", more_than=months(6), less_than=months(36))


def test_a_decision_on_what_is_written_assumes_nothing() -> None:
    """A value in its own unit and code needs no assumption."""
    assert explained(measured(FVC, "%", at_least=70), facts(observation(FVC, "80 %"))).assumptions == ()


def test_the_readings_own_assumptions_come_first() -> None:
    """Then its warnings, then what deciding added."""
    read = criterion(Condition(concept="dementia"), "E01", assumptions=("a",), warnings=("w",))
    (record,) = recorded([read], facts(), closed_world=True).criteria
    assert record.assumptions == ("a", "w", "nothing on file is taken as never having been (closed world)")


def test_a_vital_capacity_measured_lying_down_is_flagged() -> None:
    """It is smaller than sitting, and counts all the same; of a body weight the position says nothing."""
    lying = observation(FVC, "80 %", circumstances=(coded("supine-position"),))
    record = explained(measured(FVC, "%", at_least=70), facts(lying))
    assert (record.verdict, record.assumptions) == ("met", (f"Observation/{FVC} was measured lying down",))
    weight = observation("body-weight", "80 kg", circumstances=(coded("supine-position"),))
    assert explained(measured("body-weight", "kg", at_least=70), facts(weight)).assumptions == ()
    sitting = observation(FVC, "80 %", circumstances=(words("sitting"),))
    assert explained(measured(FVC, "%", at_least=70), facts(sitting)).assumptions == ()


def test_a_volume_code_in_percent_is_said_twice() -> None:
    """With the verdict as an assumption, and among the issues as a warning about the resource."""
    found = facts(observation("fvc-volume", "82 %"))
    record = recorded([criterion(measured(FVC, "%", at_least=70))], found)
    assert record.criteria[0].assumptions == (
        "Observation/fvc-volume is coded as a volume but valued in %: read as percent of predicted",
    )
    assert [(issue.severity, issue.location) for issue in record.issues] == [("warning", "Observation/fvc-volume")]


def test_a_height_of_more_than_a_year_before_the_weight_is_said() -> None:
    """On the very day of a year it is not."""
    thin = measured("bmi", "kg/m2", less_than="18.5")
    weight = observation("body-weight", "55 kg", "2026-06-20")
    for on, expected in (
        ("2025-06-20", ()),
        (
            "2025-06-19",
            ("the body height of 2025-06-19 still holds, more than a year before the weight of 2026-06-20",),
        ),
    ):
        found = facts(weight, observation("body-height", "175 cm", on))
        assert explained(thin, found, number="E01").assumptions == expected


def test_the_earliest_of_several_entries_is_said() -> None:
    """Where partial dates leave two entries in question."""
    entries = [condition("als", onset=when(on), reference=f"Condition/{on}") for on in ("2024", "2024-05-01")]
    assert explained(ONSET, facts(*entries)).assumptions == (
        "of several entries with a date of onset, the earliest counts",
    )


def test_an_onset_before_the_diagnosis_is_said() -> None:
    """It is what proves that the disease is at least that old."""
    found = facts(condition("als", diagnosed=when("2020-01-01")))
    assert explained(ONSET, found).assumptions == (
        "the onset is not on file; it was not after the diagnosis was made or recorded",
    )


def test_a_newer_value_that_could_not_be_compared_is_said() -> None:
    """With its date and its resource; without a date it is only possibly newer."""
    recorded = observation(FVC, "75 %", "2026-04-12")
    for on, newer, day in (
        ("2026-06-29", "a newer", "on 2026-06-29"),
        (None, "a possibly newer", "without a date"),
    ):
        found = facts(recorded, observation("fvc-volume", "1.5 L", on))
        (assumed,) = explained(measured(FVC, "%", at_least=70), found).assumptions
        assert assumed == (
            f"{newer} forced vital capacity in litres only, 1.5 L {day} (Observation/fvc-volume), could not be compared"
        )
