"""What one entry on record, and no other, does to each statement of the trials: a table reviewed by hand."""

from __future__ import annotations

import pytest

from alsfhir.criteria.mapping import known_trials, trial_mapping
from alsfhir.criteria.model import Condition, Device, Drug, Nutrition, Procedure
from alsfhir.criteria.tree import nodes
from alsfhir.terminology import Coding, mapping
from eligibility_samples import condition, device, drug, facts, nutrition, procedure, shipped_verdict, when
from entries_table import CONDITIONS, DEVICES, DRUGS, DRUGS_TAKEN_OUT, NUTRITION, PROCEDURES, TAKEN_OUT

LONG_AGO = when("2010-01-01/2015-01-01")

HISTORY = Condition | Drug | Device | Nutrition | Procedure


def test_every_entry_that_a_shipped_tree_asks_for_is_in_the_table() -> None:
    """A leaf of the history that is added to a tree is to be tried alone, now and in the past."""
    table = {row[:2] for rows in (CONDITIONS, DRUGS, DEVICES, NUTRITION, PROCEDURES) for row in rows}
    trials = [trial for trial in map(trial_mapping, known_trials()) if trial]
    leaves = [(one.id, node) for trial in trials for one in trial.criterion for node in nodes(one.tree)]
    assert {(id_, leaf.concept) for id_, leaf in leaves if isinstance(leaf, HISTORY)} - table == set()


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


@pytest.mark.parametrize(("statement", "concept", "verdicts"), [(row[0], row[1], row[2:]) for row in PROCEDURES])
def test_a_procedure_that_was_done_is_going_on_or_is_planned(
    statement: str, concept: str, verdicts: tuple[str, ...]
) -> None:
    """What was done counts ever, what must be going on only then, and what is planned has not been done."""
    entries = (
        procedure(concept, when=when("2026-06-25")),
        procedure(concept, when=when("2015-01-01")),
        procedure(concept, status="in-progress", when=when("2026-06-25/")),
        procedure(concept, status="preparation"),
    )
    assert tuple(shipped_verdict(statement, facts(entry)) for entry in entries) == verdicts


@pytest.mark.parametrize(("statement", "concept", "other", "verdicts"), [(*row[:3], row[3:]) for row in TAKEN_OUT])
def test_an_entry_that_is_also_something_else_does_not_count(
    statement: str, concept: str, other: str, verdicts: tuple[str, ...]
) -> None:
    """ALS is a disease of nerves, of muscles and of the whole body, and is none of those that are asked for."""
    entries = condition(concept), condition(concept, other)
    assert tuple(shipped_verdict(statement, facts(entry)) for entry in entries) == verdicts


@pytest.mark.parametrize(
    ("statement", "concept", "other", "verdicts"), [(*row[:3], row[3:]) for row in DRUGS_TAKEN_OUT]
)
def test_a_drug_of_several_uses_is_for_a_person(
    statement: str, concept: str, other: str, verdicts: tuple[str, ...]
) -> None:
    """Its group alone does not say what it is given for."""
    entries = drug(concept), drug(concept, other)
    assert tuple(shipped_verdict(statement, facts(entry)) for entry in entries) == verdicts


@pytest.mark.parametrize(
    ("concept", "verdicts"),
    [
        ("corticosteroid", ("met", "met", "review")),
        ("immunosuppressant", ("met", "met", "review")),
        ("immunoglobulin", ("met", "met", "met")),
    ],
)
def test_a_drug_given_locally_is_for_a_person(concept: str, verdicts: tuple[str, ...]) -> None:
    """NCT01494480-E04: swallowed it counts, inhaled a person looks at it; an immunoglobulin counts literally."""
    routes = ((), ("PO",), ("IPINHL",))
    system = mapping("systems")["systems"]["route"]
    entries = [drug(concept, routes=tuple(Coding(system, code) for code in codes)) for codes in routes]
    assert tuple(shipped_verdict("NCT01494480-E04", facts(entry)) for entry in entries) == verdicts
