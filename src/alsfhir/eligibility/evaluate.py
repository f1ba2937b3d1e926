"""Criteria, facts and an as-of date → Screening.

The criteria are compiled once into a plan, a record is arranged once into a chart, and deciding is asking the one of
the other. No words are made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.eligibility.chart import Chart, chart
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Decision, Outcome, Screening, Status, Value, Verdict
from alsfhir.eligibility.plan import Plan, Rule, plan
from alsfhir.eligibility.turning import opens_and_closes
from alsfhir.patient.model import Facts
from alsfhir.terminology import Terminology


def screening(
    criteria: Criteria,
    facts: Facts,
    as_of: date,
    terminology: Terminology,
    *,
    closed_world: bool = False,
    max_age: Mapping[str, int] | None = None,
) -> Screening:
    """One patient against one trial as of a date; who is dead by then is not screened.

    ``closed_world``: history with nothing on file counts as absent. ``max_age``: days per concept, in place of the
    mapping's. Raises MappingError if a criterion names a concept that there is not.
    """
    found = chart(facts, as_of, terminology, closed_world=closed_world, max_age=max_age)
    return screen(plan(criteria, terminology), found)


def screen(compiled: Plan, found: Chart) -> Screening:
    """One patient's chart against one trial's plan: what ``screening`` does, for many of either."""
    asked = (compiled.criteria, found.facts, found.as_of, found.closed_world)
    if found.deceased:
        return Screening(*asked, status=None, decisions=(), max_age=found.max_age)
    decisions = tuple(_decision(rule, found) for rule in compiled.rules)
    confirmed = compiled.confirmed is not None and compiled.confirmed(found, found.as_of).value is Value.MET
    return Screening(*asked, _status(decisions, confirmed=confirmed), decisions, found.max_age, confirmed)


def outcome(criterion: Criterion, verdict: Verdict) -> Outcome:
    """What a verdict means for the trial."""
    if verdict.value in UNDECIDED:
        return Outcome.MISSING if any(finding.measured for finding in verdict.findings) else Outcome.CONFIRM
    met = verdict.value is Value.MET
    return Outcome.PASS if met == (criterion.kind == "inclusion") else Outcome.FAIL


def _decision(rule: Rule, found: Chart) -> Decision:
    verdict = rule.decide(found, found.as_of)
    now = outcome(rule.criterion, verdict)
    turns = [day for day in rule.turns(found) if day > found.as_of]
    if not turns:
        return Decision(rule.criterion, verdict, now)
    opens, closes = opens_and_closes(now, turns, lambda day: outcome(rule.criterion, rule.decide(found, day)))
    return Decision(rule.criterion, verdict, now, opens, closes)


def _status(decisions: Sequence[Decision], *, confirmed: bool) -> Status:
    outcomes = {decision.outcome for decision in decisions}
    if Outcome.FAIL in outcomes:
        return Status.INELIGIBLE
    draft = any(decision.criterion.reading == "draft" for decision in decisions)
    return Status.POTENTIAL if Outcome.MISSING in outcomes or draft or not confirmed else Status.CANDIDATE
