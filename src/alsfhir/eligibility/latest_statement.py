"""The verdict of several statements about a state that passes: the latest count, and where they differ nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alsfhir.criteria.model import Atom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.statement import Statement
from alsfhir.eligibility.weighing import Kind, weighed
from alsfhir.patient.model import Condition, Fact, Observation

STATES = Kind(("Condition", "Observation"), (Condition,))


def answered(
    atom: Atom, statements: Sequence[Statement], preliminary: tuple[Observation, ...], chart: Chart
) -> Finding:
    """The verdict of the latest statements that are not stale; ``preliminary`` observations decide nothing."""
    live = [one for one in statements if not one.stale]
    top = [one for one in live if not any(other.is_later_than(one) for other in live)]
    if top:
        return _agreed(atom, top, chart)
    if chart.unreadable(*STATES.resources):
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.UNREADABLE)
    if preliminary:
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.PRELIMINARY, preliminary)
    if statements:
        last = max(statements, key=lambda one: one.days or (date.min, date.min))
        return Finding(atom, Value.UNKNOWN, Basis.STALE, Cause.STALE, (last.fact,))
    return weighed(atom, (), STATES, chart)


def _agreed(atom: Atom, top: Sequence[Statement], chart: Chart) -> Finding:
    # A suspicion says nothing against what is certain, and something against its contrary.
    sure = [one for one in top if one.cause is not Cause.NOT_CONFIRMED]
    values = {one.value for one in sure}
    if values == {Value.MET}:
        return Finding(atom, Value.MET, Basis.EVIDENCE, sure[0].cause, _facts(sure))
    if {Value.MET, Value.NOT_MET} <= values:
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.DISAGREEING, _facts(top))
    if reviewed := [one for one in top if one.value is Value.REVIEW]:
        return Finding(atom, Value.REVIEW, Basis.JUDGEMENT, reviewed[0].cause, _facts(reviewed))
    if undecided := [one for one in top if one.value in UNDECIDED]:
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, undecided[0].cause, _facts(undecided))
    if chart.unreadable(*STATES.resources):
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.UNREADABLE)
    return Finding(atom, Value.NOT_MET, Basis.EVIDENCE, top[0].cause, _facts(top))


def _facts(statements: Sequence[Statement]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(one.fact for one in statements))
