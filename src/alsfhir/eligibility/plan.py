"""Criteria compiled once, to be asked of any number of charts: one closure a criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from alsfhir.criteria.model import (
    Age,
    AllOf,
    AnyOf,
    Atom,
    Attestation,
    Category,
    Condition,
    Criteria,
    Criterion,
    Judgement,
    Measurement,
    Node,
    Not,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.eligibility.category import category
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import condition, condition_turns, recorded
from alsfhir.eligibility.logic import all_of, any_of, none_of, verdict
from alsfhir.eligibility.measurement import measurement
from alsfhir.eligibility.model import Finding, Verdict
from alsfhir.eligibility.person import age, age_turns, sex
from alsfhir.eligibility.question import attestation, judgement, not_decided_here
from alsfhir.eligibility.timesince import time_since, time_turns
from alsfhir.terminology import Terminology

Decide: TypeAlias = Callable[[Chart, date], Verdict]
Test: TypeAlias = Callable[[Chart, date], Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """One criterion, compiled. ``decide`` answers for a day on or after the chart's as-of date, nothing being added.

    ``turns`` are the days on which its answer may change with time alone.
    """

    criterion: Criterion
    decide: Decide
    turns: Callable[[Chart], list[date]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The criteria of a trial, compiled; ``confirmed`` asks whether the patient has the trial's condition."""

    criteria: Criteria
    rules: tuple[Rule, ...]
    confirmed: Decide | None


def plan(criteria: Criteria, terminology: Terminology) -> Plan:
    """The criteria compiled. Raises MappingError if a criterion names a concept that there is not."""
    rules = tuple(_rule(criterion, terminology) for criterion in criteria.criteria)
    disease = criteria.condition and Condition(concept=criteria.condition)
    return Plan(criteria, rules, _decide(disease, terminology) if disease else None)


def _rule(criterion: Criterion, terminology: Terminology) -> Rule:
    every = tuple(nodes(criterion.tree))
    for name in (name for node in every for name in concepts(node)):
        terminology.concept(name)
    timed = [node for node in every if isinstance(node, Age | TimeSince | Condition)]

    def turns(chart: Chart) -> list[date]:
        return [day for atom in timed for day in _turns(atom, chart)]

    return Rule(criterion, _decide(criterion.tree, terminology), turns)


def _turns(atom: Age | TimeSince | Condition, chart: Chart) -> Iterator[date]:
    match atom:
        case Age():
            return age_turns(atom, chart)
        case TimeSince():
            return time_turns(atom, chart)
        case Condition():
            return condition_turns(atom, chart)


def _decide(node: Node, terminology: Terminology) -> Decide:
    match node:
        case AllOf():
            members = [_decide(member, terminology) for member in node.of]
            return lambda chart, day: all_of([member(chart, day) for member in members])
        case AnyOf():
            members = [_decide(member, terminology) for member in node.of]
            return lambda chart, day: any_of([member(chart, day) for member in members])
        case Not():
            inner = _decide(node.of, terminology)
            return lambda chart, day: none_of(inner(chart, day))
        case Judgement():
            return _judgement(node, terminology)
        case _:
            test = _timed(node, terminology) or _untimed(node)
            return lambda chart, day: verdict(test(chart, day))


def _judgement(node: Judgement, terminology: Terminology) -> Decide:
    when = node.when and _decide(node.when, terminology)
    return lambda chart, day: judgement(node, when(chart, day) if when else None, chart)


def _timed(atom: Atom, terminology: Terminology) -> Test | None:
    match atom:
        case Age():
            return lambda chart, day: age(atom, chart, day)
        case Condition():
            return condition(atom, terminology)
        case TimeSince():
            return time_since(atom, terminology)
    return None


def _untimed(atom: Atom) -> Test:
    match atom:
        case Sex():
            return lambda chart, _: sex(atom, chart)
        case Measurement():
            return lambda chart, _: measurement(atom, chart)
        case Category():
            return lambda chart, _: category(atom, chart)
        case Recorded():
            return lambda chart, _: recorded(atom, chart)
        case Attestation():
            return lambda _chart, _day: attestation(atom)
    return lambda _chart, _day: not_decided_here(atom)
