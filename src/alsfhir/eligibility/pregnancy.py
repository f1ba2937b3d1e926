"""Whether the patient is pregnant, or breastfeeds: what the latest statements on record say that are not too old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from alsfhir.criteria.model import Breastfeeding, Pregnancy
from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import condition_standings
from alsfhir.eligibility.days import earlier
from alsfhir.eligibility.due_date import DUE_DATE, LONGEST, PREGNANT, due_statements, due_turns, ended
from alsfhir.eligibility.history import counts, onset_days
from alsfhir.eligibility.history import over as is_over
from alsfhir.eligibility.latest_statement import answered
from alsfhir.eligibility.meanings import meanings
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.result import result
from alsfhir.eligibility.statement import Statement, asserted_days, dated, interval, is_unsettled, lasting, over, stated
from alsfhir.eligibility.weighing import Standing
from alsfhir.patient.model import Condition, Fact, Observation
from alsfhir.terminology import Terminology

NOT_PREGNANT, BREASTFEEDING = "not-pregnant", "breastfeeding"
STATUS, TEST = "pregnancy-status", "pregnancy-test"

STATUS_DAYS = 28
_CONFIRMED = (None, "confirmed")
_PAST = ("inactive", "resolved", "remission")


def pregnancy(atom: Pregnancy, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of pregnancy: no man is, unless the record says otherwise; amounts of hCG decide nothing."""
    recorded = condition_standings(ConditionAtom(concept=PREGNANT), terminology)

    def found(chart: Chart, day: date) -> Finding:
        if chart.facts.sex == "male":
            return _male(atom, chart)
        statements = [_entered(one, chart) for one in recorded(chart, chart.as_of)]
        statements += [*_ruled_out(chart), *_observed(chart)]
        due = due_statements(statements, chart, day)
        return answered(atom, [*ended(statements, due, chart.facts), *due], _preliminary(chart), chart)

    return found


def pregnancy_turns(_atom: Pregnancy, chart: Chart) -> Iterator[date]:
    """The days after which an expected date of delivery has passed."""
    yield from due_turns(chart)


def breastfeeding(atom: Breastfeeding, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of breastfeeding, by the conditions on record."""
    recorded = condition_standings(ConditionAtom(concept=BREASTFEEDING), terminology)

    def found(chart: Chart, _day: date) -> Finding:
        if chart.facts.sex == "male":
            return _male(atom, chart)
        return answered(atom, [_feeding(one, chart) for one in recorded(chart, chart.as_of)], (), chart)

    return found


def _male(atom: Pregnancy | Breastfeeding, chart: Chart) -> Finding:
    contrary: list[Fact] = [
        entry
        for concept in (PREGNANT, BREASTFEEDING)
        for entry in chart.conditions.get(concept, ())
        if entry.verification in _CONFIRMED
    ]
    contrary += [one for one, concept in _observations(chart) if _is_contrary(one, concept, chart)]
    contrary += stated(DUE_DATE, chart)
    if contrary:
        return Finding(atom, Value.REVIEW, Basis.JUDGEMENT, Cause.CONTRADICTORY, tuple(dict.fromkeys(contrary)))
    return Finding(atom, Value.NOT_MET, Basis.EVIDENCE, Cause.MALE)


def _is_contrary(observation: Observation, concept: str, chart: Chart) -> bool:
    value, cause = _result(observation, concept, chart.terminology)
    return value is Value.MET or cause in (Cause.UNUSABLE, Cause.DISAGREEING)


def _entered(found: Standing, chart: Chart) -> Statement:
    entry = found.entry
    assert isinstance(entry, Condition)
    if found.cause is Cause.NOT_CURRENT:
        return over(entry, chart, LONGEST)
    if found.cause is Cause.REFUTED:
        return _status(entry, (Value.NOT_MET, Cause.REFUTED), chart)
    # What was written down lately does not make a pregnancy younger than its onset.
    began = onset_days(entry, chart.facts) or interval(entry.diagnosed or entry.recorded)
    return lasting(found, [began] if began else [], earlier(chart.as_of, LONGEST), chart)


def _feeding(found: Standing, chart: Chart) -> Statement:
    entry = found.entry
    assert isinstance(entry, Condition)
    start = _status_start(BREASTFEEDING, chart)
    if found.cause is Cause.NOT_CURRENT:
        return over(entry, chart, None)
    if found.cause is Cause.REFUTED:
        return dated(entry, (Value.NOT_MET, Cause.REFUTED), asserted_days(entry, chart.facts), start, chart.as_of)
    dates = (onset_days(entry, chart.facts), interval(entry.diagnosed), interval(entry.recorded))
    return lasting(found, [days for days in dates if days], start, chart)


def _ruled_out(chart: Chart) -> Iterator[Statement]:
    for entry in chart.conditions.get(NOT_PREGNANT, ()):
        if entry.unusable is not None:
            yield _status(entry, (Value.UNKNOWN, Cause.UNUSABLE), chart)
        elif not counts(entry):
            yield _status(entry, (Value.UNKNOWN, Cause.NOT_CONFIRMED), chart)
        elif entry.clinical not in _PAST and is_over(entry, chart.facts, chart.as_of) is not True:
            yield _status(entry, (Value.NOT_MET, Cause.ON_RECORD), chart)


def _status(entry: Condition, said: tuple[Value, Cause], chart: Chart) -> Statement:
    return dated(entry, said, asserted_days(entry, chart.facts), _status_start(STATUS, chart), chart.as_of)


def _status_start(concept: str, chart: Chart) -> date:
    days = chart.max_age_days(concept)
    return chart.as_of - timedelta(days=STATUS_DAYS if days is None else days)


def _observations(chart: Chart) -> Iterator[tuple[Observation, str]]:
    for concept in (STATUS, TEST):
        yield from ((one, concept) for one in stated(concept, chart))


def _observed(chart: Chart) -> Iterator[Statement]:
    for one, concept in _observations(chart):
        said = _result(one, concept, chart.terminology)
        if is_unsettled(one):
            said = Value.UNKNOWN, Cause.PRELIMINARY
        yield dated(one, said, interval(one.when), _status_start(concept, chart), chart.as_of)


def _preliminary(chart: Chart) -> tuple[Observation, ...]:
    found = [(one, concept) for concept in (STATUS, TEST) for one in chart.preliminary.get(concept, ())]
    recent = [one for one, concept in found if not one.when or one.when.last >= _status_start(concept, chart)]
    return (*recent, *chart.preliminary.get(DUE_DATE, ()))


def _result(observation: Observation, concept: str, terminology: Terminology) -> tuple[Value, Cause]:
    """What a status or a test says: in the words of a status, or as positive or negative."""
    if observation.unusable is None:
        named = frozenset[str]().union(*(meanings(coding, terminology) for coding in observation.coded))
        named |= terminology.concepts_of_words(observation.string) if observation.string else frozenset()
        if said := named & {PREGNANT, NOT_PREGNANT}:
            if len(said) > 1:
                return Value.UNKNOWN, Cause.DISAGREEING
            return Value.MET if PREGNANT in said else Value.NOT_MET, Cause.COMPARED
    found = result(observation, concept, terminology)
    if found.positive is not None:
        return Value.MET if found.positive else Value.NOT_MET, Cause.COMPARED
    problem = found.problem or Cause.UNUSABLE
    return Value.REVIEW if problem is Cause.TEXT_ONLY else Value.UNKNOWN, problem
