"""What exists of a record on a day, arranged by concept."""

from __future__ import annotations

from datetime import date

import pytest

from alsfhir.eligibility.chart import chart
from alsfhir.errors import MappingError
from alsfhir.patient.model import Condition, Facts
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, FVC, condition, facts, observation, when


def references(found: Facts, concept: str = FVC) -> list[str]:
    """The observations of a concept, in the chart's order."""
    listed = chart(found, AS_OF, terminology()).observations.get(concept, ())
    return [one.reference.removeprefix("Observation/") for one in listed]


def test_a_window_for_a_concept_that_there_is_not_is_an_error_of_the_mapping() -> None:
    """Nobody asks for how old a value of nothing may be."""
    with pytest.raises(MappingError, match="no-such-concept"):
        chart(facts(), AS_OF, terminology()).window_start("no-such-concept")


def test_what_was_withdrawn_or_is_not_final_is_not_among_the_observations() -> None:
    """What is not final yet is kept apart; what was cancelled or wrong is gone."""
    found = facts(
        *(observation(FVC, "80 %", status=status) for status in ("cancelled", "entered-in-error", "registered"))
    )
    made = chart(found, AS_OF, terminology())
    assert made.observations == {}
    assert [one.status for one in made.preliminary[FVC]] == ["registered"]


def test_the_newest_come_first_and_the_undated_before_all() -> None:
    """Of one day in the order of their references."""
    dates = {"c": "2026-06-19", "b": "2026-06-20", "a": "2026-06-20", "d": None, "e": "2026-07-01"}
    found = facts(*(observation(FVC, "80 %", on, reference=f"Observation/{name}") for name, on in dates.items()))
    assert references(found) == ["d", "a", "b", "c"]


def test_an_observation_is_found_under_each_of_its_concepts() -> None:
    """Two codes, two concepts."""
    found = facts(observation(FVC, "80 %", concepts=frozenset({FVC, "fvc-volume"})))
    assert references(found, "fvc-volume") == references(found) == [FVC]


def test_conditions_of_no_known_concept_are_unrecognised() -> None:
    """And all conditions that exist are the history."""
    found = facts(condition("als"), condition(text="x"), condition("dementia", onset=when("2026-07-01")))
    made = chart(found, AS_OF, terminology())
    assert [entry.reference for entry in made.history] == ["Condition/als", "Condition/unknown"]
    assert [entry.reference for entry in made.unrecognised[Condition]] == ["Condition/unknown"]
    assert set(made.conditions) == {"als"}


def test_a_window_ends_on_the_as_of_date_and_may_be_without_limit() -> None:
    """By the mapping's days, or the caller's."""
    made = chart(facts(), AS_OF, terminology(), max_age={FVC: 1, "bmi": 10**7})
    assert made.window_start(FVC) == date(2026, 6, 29)
    assert made.window_start("body-weight") == date(2026, 4, 1)
    assert made.window_start("body-height") == date.min
    assert made.window_start("bmi") == date.min
