from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from alsfhir.criteria.model import (
    Age,
    Allergy,
    AllOf,
    Attestation,
    Category,
    Condition,
    Duration,
    Judgement,
    Measurement,
    Node,
    Not,
    Pregnancy,
    Procedure,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.criteria.tree import concepts, nodes, problems, size
from alsfhir.terminology import terminology
from criterion_trees import TREES

FVC = "fvc-percent-predicted"
TERMS = terminology()


@pytest.mark.parametrize(
    ("tree", "problem"),
    [
        (Measurement(concept="fvc", unit="%", at_least=Decimal(70)), "no concept is named 'fvc'"),
        (Condition(concept="als", minus=("nothing",)), "no concept is named 'nothing'"),
        (Condition(concept="als", overlapping="aspirin"), "no concept is named 'aspirin'"),
        (Judgement(question="Is it?", show=("als", "fvc")), "no concept is named 'fvc'"),
        (Judgement(question="Is it?", when=Recorded(concept="fvc")), "no concept is named 'fvc'"),
        (Not(of=AllOf(of=(Pregnancy(), Recorded(concept="x")))), "no concept is named 'x'"),
        (Measurement(concept=FVC, unit="%"), "no bound"),
        (Measurement(concept=FVC, at_least=Decimal(70)), "no unit"),
        (Measurement(concept=FVC, unit="L", at_least=Decimal(70)), "'L' does not measure"),
        (Measurement(concept=FVC, unit="furlong", at_least=Decimal(70)), "'furlong' does not measure"),
        (Measurement(concept="hbsag", unit="%", at_least=Decimal(1)), "does not measure"),
        (Measurement(concept="alt", unit="U/L", more_than=Decimal(3), times_upper_limit=True), "has no unit"),
        (Measurement(concept=FVC, unit="%", at_least=Decimal(70), more_than=Decimal(60)), "same side"),
        (Measurement(concept=FVC, unit="%", at_least=Decimal(70), at_most=Decimal(70)), "lower bound"),
        (Age(), "no bound"),
        (Age(at_least=-1), "an age is negative"),
        (Condition(concept="als", at_least=0), "a number of times is at least one"),
        (Condition(concept="als", within=Duration(months=-3)), "a length of time is negative"),
        (TimeSince(event="onset", concept="als", at_most=Duration(days=-1)), "a length of time is negative"),
        (Age(at_most=60, less_than=61), "same side"),
        (Age(at_least=60, at_most=18), "lower bound"),
        (TimeSince(event="onset", concept="als"), "no bound"),
        (
            TimeSince(event="onset", concept="als", more_than=Duration(years=2), less_than=Duration(months=24)),
            "lower bound",
        ),
        (
            TimeSince(event="onset", concept="als", at_least=Duration(days=32), at_most=Duration(months=1)),
            "lower bound",
        ),
        (Category(concept="onset-site", among=()), "no value is given"),
        (Sex(among=()), "no sex is given"),
        (Category(concept="onset-site", among=("limb",)), "has no value 'limb'"),
        (Category(concept="onset-site", among=("spinal",), review=("arm",)), "has no value 'arm'"),
        (AllOf(of=(Pregnancy(),)), "at least two members"),
        (Judgement(question="Is it"), "question mark"),
        (Attestation(question="Sign here."), "question mark"),
    ],
)
def test_a_tree_that_contradicts_itself_or_the_terminology_is_found(tree: Node, problem: str) -> None:
    """Unknown concepts, units and values, impossible bounds and questions that ask nothing are each named."""
    found = problems(tree, TERMS)
    assert any(problem in sentence for sentence in found), found


@pytest.mark.parametrize(
    "tree",
    [
        Measurement(concept=FVC, unit="%", at_least=Decimal(70)),
        Measurement(concept="body-weight", unit="g", more_than=Decimal(1), less_than=Decimal(2)),
        Measurement(concept="alt", more_than=Decimal(3), times_upper_limit=True),
        Age(at_least=18),
        TimeSince(event="diagnosis", concept="als", at_least=Duration(months=6), at_most=Duration(years=2)),
        TimeSince(event="onset", concept="als", at_least=Duration(days=28), at_most=Duration(months=1)),
        Allergy(),
        Judgement(question="Is it?"),
    ],
)
def test_a_sound_tree_has_no_problems(tree: Node) -> None:
    """What the trees of the trials are made of is accepted."""
    assert problems(tree, TERMS) == ()


@given(TREES)
def test_every_node_is_walked_and_its_problems_found(tree: Node) -> None:
    """The walk begins with the tree itself, and a tree with an unknown concept anywhere has a problem."""
    walked = list(nodes(tree))
    assert walked[0] is tree
    invented = any("invented" in concepts(node) for node in walked)
    assert invented == any("'invented'" in problem for problem in problems(tree, TERMS))


def test_a_judgement_is_walked_into_its_condition() -> None:
    """What a judgement waits for is part of the tree."""
    when = Procedure(concept="gastrostomy", minus=("tracheostomy",))
    assert list(nodes(Not(of=Judgement(question="Is it?", when=when))))[-1] == when
    assert concepts(when) == ("gastrostomy", "tracheostomy")


@given(TREES)
def test_a_tree_has_as_many_nodes_as_are_walked_over(tree: Node) -> None:
    """And never more levels than nodes."""
    levels, number = size(tree)
    assert number == len(list(nodes(tree)))
    assert 1 <= levels <= number


def test_levels_are_counted_from_the_root() -> None:
    """A judgement's ``when`` is one below it."""
    assert size(Not(of=Judgement(question="Is it?", when=Pregnancy()))) == (3, 3)
