"""Walking a criterion tree: its nodes, the concepts it needs, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from alsfhir.criteria.model import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Drug,
    Duration,
    Judgement,
    Measurement,
    Node,
    Not,
    OtherTrial,
    Pregnancy,
    Sex,
    TimeSince,
)
from alsfhir.terminology import Concept, Terminology

_DAYS_A_MONTH = Fraction(146097, 4800)  # over the 400 years after which the calendar repeats


def nodes(tree: Node) -> Iterator[Node]:
    """The tree itself and every node below it, a judgement's ``when`` included; a node before what is below it."""
    yield tree
    for below in _below(tree):
        yield from nodes(below)


def size(tree: Node) -> tuple[int, int]:
    """How many levels, and how many nodes, a tree has."""
    levels, number, level = 0, 0, [tree]
    while level:
        levels, number = levels + 1, number + len(level)
        level = [below for node in level for below in _below(node)]
    return levels, number


def _below(node: Node) -> tuple[Node, ...]:
    match node:
        case AllOf() | AnyOf():
            return node.of
        case Not():
            return (node.of,)
        case Judgement():
            return () if node.when is None else (node.when,)
        case _:
            return ()


def concepts(node: Node) -> tuple[str, ...]:
    """The names of the concepts that this one node mentions, without those of nodes below it."""
    match node:
        case AllOf() | AnyOf() | Not() | Age() | Sex() | OtherTrial() | Pregnancy() | Breastfeeding() | Attestation():
            return ()
        case Judgement():
            return node.show
        case Allergy():
            return (*((node.concept,) if node.concept else ()), *node.conditions)
        case _:
            others = (getattr(node, name, None) for name in ("site", "overlapping", "undone_by"))
            return (node.concept, *getattr(node, "minus", ()), *(name for name in others if name))


def problems(tree: Node, terms: Terminology) -> tuple[str, ...]:
    """What is wrong with a tree, one sentence each: unknown concepts, units and values, bounds that contradict."""
    return tuple(problem for node in nodes(tree) for problem in _problems(node, terms))


def _problems(node: Node, terms: Terminology) -> Iterator[str]:
    yield from _number_problems(node)
    unknown = [name for name in concepts(node) if name not in terms.concepts]
    yield from (f"no concept is named {name!r}" for name in unknown)
    match node:
        case AllOf() | AnyOf() if len(node.of) < 2:
            yield "a combination has at least two members"
        case Age() | TimeSince():
            yield from _bound_problems(node)
        case Measurement():
            yield from _bound_problems(node)
            yield from _unit_problems(node, terms.concepts.get(node.concept), terms)
        case Condition() | Drug():
            yield from _window_problems(node)
        case Sex() if not node.among:
            yield "no sex is given"
        case Category():
            yield from _value_problems(node, terms.concepts.get(node.concept))
        case Judgement() | Attestation() if not node.question.strip().endswith("?"):
            yield "the question does not end with a question mark"


def _number_problems(node: Node) -> Iterator[str]:
    values = [(name, getattr(node, name)) for name in node.__struct_fields__]
    lengths = [(name, value) for name, value in values if isinstance(value, Duration)]
    if any(getattr(length, unit) < 0 for _, length in lengths for unit in length.__struct_fields__):
        yield "a length of time is negative"
    if isinstance(node, Condition) and node.at_least < 1:
        yield "a number of times is at least one"
    if isinstance(node, Age) and any(value is not None and value < 0 for _, value in values):
        yield "an age is negative"


def _bound_problems(node: Age | TimeSince | Measurement) -> Iterator[str]:
    lower = [bound for bound in (node.at_least, node.more_than) if bound is not None]
    upper = [bound for bound in (node.at_most, node.less_than) if bound is not None]
    if len(lower) > 1 or len(upper) > 1:
        yield "a closed and an open bound on the same side"
    if not lower and not upper:
        yield "no bound is given"
    if len(lower) == len(upper) == 1 and _size(lower[0]) >= _size(upper[0]):
        yield "the lower bound is not below the upper bound"


def _window_problems(node: Condition | Drug) -> Iterator[str]:
    if node.until is not None and node.within is None:
        yield "`until` says where a period ends, and none is given with `within`"
    if isinstance(node, Condition) and node.began and node.within is None:
        yield "`began` says how an entry lies in a period, and none is given with `within`"


def _size(bound: object) -> Fraction:
    if isinstance(bound, Duration):
        return (bound.years * 12 + bound.months) * _DAYS_A_MONTH + bound.weeks * 7 + bound.days
    return Fraction(str(bound))


def _unit_problems(node: Measurement, concept: Concept | None, terms: Terminology) -> Iterator[str]:
    if node.times_upper_limit:
        if node.unit is not None:
            yield "a multiple of the upper limit of normal has no unit"
    elif node.unit is None:
        yield "no unit is given"
    elif concept is not None and terms.units.converted(Decimal(1), node.unit, concept.unit or "") is None:
        yield f"{node.unit!r} does not measure {concept.label}, which is in {concept.unit!r}"


def _value_problems(node: Category, concept: Concept | None) -> Iterator[str]:
    if not node.among:
        yield "no value is given"
    for value in (*node.among, *node.review):
        if concept is not None and concept.value(value) is None:
            yield f"{concept.label} has no value {value!r}"
