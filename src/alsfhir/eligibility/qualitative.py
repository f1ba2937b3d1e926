"""The latest qualitative result: positive or negative."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alsfhir.criteria.model import Qualitative
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.latest import definite, latest
from alsfhir.eligibility.logic import value_of
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.result import POSITIVE, Result, result
from alsfhir.patient.model import Fact
from alsfhir.patient.values import When

FOR_A_PERSON = (Cause.TEXT_ONLY, Cause.INDETERMINATE)


def qualitative(atom: Qualitative, chart: Chart) -> Finding:
    """The verdict on the latest result; one that words alone give is for a person to read.

    Of a test whose positive result never goes stale, a positive one that is the latest of all counts however old it is.
    """
    results = [result(one, atom.concept, chart.terminology) for one in chart.observations.get(atom.concept, ())]
    live = [one for one in results if _not_before(_start(atom, chart), one)]
    lasting = chart.terminology.concept(atom.concept).never_stale == POSITIVE
    top = latest(results if lasting else live, chart.as_of)
    if not live and not (lasting and top and all(one.positive for one in top)):
        return _nothing_new(atom, results, chart)
    if problem := _problem(atom, top, chart, lasting=lasting):
        return _undecided(atom, problem, _facts(top))
    value = value_of(top[0].positive == (atom.result == POSITIVE))
    return Finding(atom, value, Basis.EVIDENCE, Cause.COMPARED, _facts(top), measured=True)


def _start(atom: Qualitative, chart: Chart) -> date:
    return chart.window_start(atom.concept)


def _not_before(start: date, one: Result) -> bool:
    return one.source.when is None or one.source.when.last >= start


def _problem(atom: Qualitative, top: Sequence[Result], chart: Chart, *, lasting: bool) -> Cause | None:
    """Why the latest results decide nothing: one says neither, they differ, or their dates leave open which is it."""
    if problems := [one.problem for one in top if one.problem]:
        return next((problem for problem in problems if problem in FOR_A_PERSON), problems[0])
    fresh = [one for one in top if _is_fresh(atom, one, chart, lasting=lasting)]
    if fresh and len({one.positive for one in top}) == 1:
        return None
    if any(one.source.when is None for one in top):
        return Cause.UNDATED
    return Cause.TIED if len(fresh) == len(top) and all(_is_day(one.source.when) for one in top) else Cause.PARTIAL_DATE


def _is_fresh(atom: Qualitative, one: Result, chart: Chart, *, lasting: bool) -> bool:
    when = one.source.when
    if when is None or not definite(when, chart.as_of):
        return False
    return when.first >= _start(atom, chart) or (lasting and one.positive is True)


def _is_day(when: When | None) -> bool:
    return when is not None and (when.first == when.last or "/" in when.written)


def _nothing_new(atom: Qualitative, results: Sequence[Result], chart: Chart) -> Finding:
    if chart.unreadable("Observation"):
        return _undecided(atom, Cause.UNREADABLE)
    start = _start(atom, chart)
    for one in chart.preliminary.get(atom.concept, ()):
        if one.when is None or one.when.last >= start:
            return _undecided(atom, Cause.PRELIMINARY, (one,))
    old = _facts(latest(results, chart.as_of))
    basis, cause = (Basis.STALE, Cause.STALE) if old else (Basis.NO_RECORD, Cause.NO_RECORD)
    return Finding(atom, Value.UNKNOWN, basis, cause, old, measured=True)


def _undecided(atom: Qualitative, cause: Cause, facts: tuple[Fact, ...] = ()) -> Finding:
    if cause in FOR_A_PERSON:
        return Finding(atom, Value.REVIEW, Basis.JUDGEMENT, cause, facts, measured=True)
    return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, cause, facts, measured=True)


def _facts(results: Sequence[Result]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(one.source for one in results))
