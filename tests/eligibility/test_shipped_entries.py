"""What one entry on record, and no other, does to each statement of the trials: a table reviewed by hand."""

from __future__ import annotations

import pytest

from eligibility_samples import condition, device, drug, facts, nutrition, procedure, shipped_verdict, when
from entries_table import CONDITIONS, DEVICES, DRUGS, NUTRITION, PROCEDURES

LONG_AGO = when("2010-01-01/2015-01-01")


@pytest.mark.parametrize(("statement", "concept", "present", "past"), CONDITIONS)
def test_a_condition_of_the_present_and_of_the_past(statement: str, concept: str, present: str, past: str) -> None:
    """Where the statement speaks of the past, what is over counts; where it does not, it does not."""
    over = condition(concept, clinical="resolved", onset=when("2010-01-01"), abatement=when("2015-01-01"))
    found = [shipped_verdict(statement, facts(entry)) for entry in (condition(concept, clinical="active"), over)]
    assert found == [present, past]


@pytest.mark.parametrize(("statement", "concept", "present", "past"), DRUGS)
def test_a_drug_that_is_taken_and_one_that_was(statement: str, concept: str, present: str, past: str) -> None:
    """A drug that was stopped years ago counts where the statement speaks of ever."""
    entries = drug(concept, period=when("2026-01-01/")), drug(concept, status="stopped", period=LONG_AGO)
    assert [shipped_verdict(statement, facts(entry)) for entry in entries] == [present, past]


@pytest.mark.parametrize(("statement", "concept", "present", "past"), DEVICES)
def test_a_device_in_use_and_one_that_was(statement: str, concept: str, present: str, past: str) -> None:
    """A tube that was taken out is a tube no more."""
    entries = device(concept, when=when("2026-01-01/")), device(concept, status="inactive", when=LONG_AGO)
    assert [shipped_verdict(statement, facts(entry)) for entry in entries] == [present, past]


@pytest.mark.parametrize(("statement", "concept", "present", "past"), NUTRITION)
def test_nutrition_that_is_ordered_and_that_was(statement: str, concept: str, present: str, past: str) -> None:
    """An order that was completed years ago says nothing of now."""
    over = nutrition(concept, status="completed", when=when("2015-01-01"))
    entries = nutrition(concept, when=when("2026-06-25")), over
    assert [shipped_verdict(statement, facts(entry)) for entry in entries] == [present, past]


@pytest.mark.parametrize(("statement", "concept", "recent", "past", "going_on", "planned"), PROCEDURES)
def test_a_procedure_that_was_done_is_going_on_or_is_planned(
    statement: str, concept: str, recent: str, past: str, going_on: str, planned: str
) -> None:
    """What was done counts ever, what must be going on only then, and what is planned has not been done."""
    entries = (
        procedure(concept, when=when("2026-06-25")),
        procedure(concept, when=when("2015-01-01")),
        procedure(concept, status="in-progress", when=when("2026-06-25/")),
        procedure(concept, status="preparation"),
    )
    assert [shipped_verdict(statement, facts(entry)) for entry in entries] == [recent, past, going_on, planned]
