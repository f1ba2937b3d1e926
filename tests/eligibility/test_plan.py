"""Criteria, compiled once."""

from __future__ import annotations

from datetime import date

import pytest

from alsfhir.criteria.model import Age, AllOf, Drug, Judgement, Node, Not
from alsfhir.criteria.model import Condition as Asked
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.plan import plan
from alsfhir.errors import MappingError
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, condition, criteria, criterion, facts, measured, when


@pytest.mark.parametrize(
    "tree",
    [
        Asked(concept="no-such-concept"),
        Asked(concept="dementia", minus=("no-such-concept",)),
        Judgement(question="?", show=("no-such-concept",)),
        Judgement(question="?", when=measured("no-such-concept", "%", at_least=1)),
        AllOf(of=(Age(at_least=18), Drug(concept="no-such-concept"))),
    ],
)
def test_a_concept_that_there_is_not_is_an_error_of_the_mapping(tree: Node) -> None:
    """Before any patient is looked at."""
    with pytest.raises(MappingError, match="no-such-concept"):
        plan(criteria(criterion(tree)), terminology())


def test_a_disease_that_there_is_not_is_an_error_of_the_mapping() -> None:
    """The trial's own condition is held against the concepts, too."""
    with pytest.raises(MappingError, match="no-such-concept"):
        plan(criteria(disease="no-such-concept"), terminology())


def test_the_turns_of_a_tree_are_those_of_its_atoms() -> None:
    """Also of those under a not, and of what a judgement depends on."""
    tree = Not(of=Judgement(question="?", when=Age(at_least=50)))
    (rule,) = plan(criteria(criterion(tree)), terminology()).rules
    made = chart(facts(birth=when("1980-01-01")), AS_OF, terminology())
    assert rule.turns(made) == [date(2030, 1, 1)]


def test_the_disease_is_asked_for_if_the_trial_names_one() -> None:
    """As a current condition."""
    compiled = plan(criteria(disease="als"), terminology())
    made = chart(facts(condition("als", clinical="resolved")), AS_OF, terminology())
    assert compiled.confirmed is not None
    assert compiled.confirmed(made, AS_OF).value == "not-met"
    assert plan(criteria(disease=None), terminology()).confirmed is None
