"""Criteria compiled once, to be asked of any number of charts: one closure a criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Device,
    Drug,
    Judgement,
    Measurement,
    Node,
    Not,
    Nutrition,
    OtherTrial,
    Pregnancy,
    Procedure,
    Qualitative,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.eligibility.allergy import allergy
from alsfhir.eligibility.category import category
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import condition, condition_turns
from alsfhir.eligibility.device import device
from alsfhir.eligibility.drug import drug, drug_turns
from alsfhir.eligibility.logic import all_of, any_of, none_of, verdict
from alsfhir.eligibility.measurement import measurement
from alsfhir.eligibility.model import Finding, Verdict
from alsfhir.eligibility.nutrition import nutrition
from alsfhir.eligibility.on_record import recorded
from alsfhir.eligibility.other_trial import other_trial, other_trial_turns
from alsfhir.eligibility.person import age, age_turns, sex
from alsfhir.eligibility.pregnancy import breastfeeding, pregnancy
from alsfhir.eligibility.procedure import procedure, procedure_turns
from alsfhir.eligibility.qualitative import qualitative
from alsfhir.eligibility.question import attestation, judgement
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


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the tree of one criterion: of which trial it is, matters to some atoms."""

    terminology: Terminology
    trial: str
    criterion: str

    def decide(self, node: Node) -> Decide:
        """The verdict on a tree, as a function of a chart and a day."""
        match node:
            case AllOf():
                members = [self.decide(member) for member in node.of]
                return lambda chart, day: all_of([member(chart, day) for member in members])
            case AnyOf():
                members = [self.decide(member) for member in node.of]
                return lambda chart, day: any_of([member(chart, day) for member in members])
            case Not():
                inner = self.decide(node.of)
                return lambda chart, day: none_of(inner(chart, day))
            case Judgement():
                when = node.when and self.decide(node.when)
                return lambda chart, day: judgement(node, when(chart, day) if when else None, chart)
            case _:
                test = _TESTS[type(node)](node, self)
                return lambda chart, day: verdict(test(chart, day))


# The test of each atom: a function of the chart and of the day that is asked about.
_TESTS: dict[type[Node], Callable[[Any, Compiler], Test]] = {
    Age: lambda atom, _: lambda chart, day: age(atom, chart, day),
    Sex: lambda atom, _: lambda chart, _day: sex(atom, chart),
    Measurement: lambda atom, _: lambda chart, _day: measurement(atom, chart),
    Qualitative: lambda atom, _: lambda chart, _day: qualitative(atom, chart),
    Category: lambda atom, _: lambda chart, _day: category(atom, chart),
    Condition: lambda atom, of: condition(atom, of.terminology),
    Procedure: lambda atom, of: procedure(atom, of.terminology),
    Device: lambda atom, of: device(atom, of.terminology),
    Drug: lambda atom, of: drug(atom, of.terminology),
    Nutrition: lambda atom, of: nutrition(atom, of.terminology),
    Allergy: lambda atom, of: allergy(atom, of.terminology),
    OtherTrial: lambda atom, of: other_trial(atom, of.trial),
    TimeSince: lambda atom, of: time_since(atom, of.terminology),
    Pregnancy: lambda atom, of: pregnancy(atom, of.terminology),
    Breastfeeding: lambda atom, of: breastfeeding(atom, of.terminology),
    Recorded: lambda atom, _: lambda chart, _day: recorded(atom, chart),
    Attestation: lambda atom, of: lambda chart, _day: attestation(atom, chart, of.trial, of.criterion),
}

# The days on which the answer of an atom may change with time alone.
_TURNS: dict[type[Node], Callable[[Any, Chart], Iterator[date]]] = {
    Age: age_turns,
    TimeSince: time_turns,
    Condition: condition_turns,
    Procedure: procedure_turns,
    Drug: drug_turns,
    OtherTrial: other_trial_turns,
}


def plan(criteria: Criteria, terminology: Terminology) -> Plan:
    """The criteria compiled. Raises MappingError if a criterion names a concept that there is not."""
    rules = tuple(_rule(criterion, criteria.trial, terminology) for criterion in criteria.criteria)
    if criteria.condition is None:
        return Plan(criteria, rules, None)
    disease = Compiler(terminology, criteria.trial, "").decide(Condition(concept=criteria.condition))
    return Plan(criteria, rules, disease)


def _rule(criterion: Criterion, trial: str, terminology: Terminology) -> Rule:
    every = tuple(nodes(criterion.tree))
    for name in (*criterion.show, *(name for node in every for name in concepts(node))):
        terminology.concept(name)

    turning = [(turns, node) for node in every if (turns := _TURNS.get(type(node)))]

    def days(chart: Chart) -> list[date]:
        return [day for turns, node in turning for day in turns(node, chart)]

    return Rule(criterion, Compiler(terminology, trial, criterion.id).decide(criterion.tree), days)
