"""A measured value against its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from alsfhir.criteria.model import Measurement
from alsfhir.eligibility import clearance, derive
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.latest import definite, latest
from alsfhir.eligibility.logic import value_of
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.reading import Reading, largest, of_another_kind, reading, reading_of_limit, within_bounds
from alsfhir.patient.model import Fact, Observation

LARGEST_OF_DAY = frozenset(
    {"fvc-percent-predicted", "fvc-volume", "slow-vital-capacity-percent", "slow-vital-capacity-volume"}
)
_RECORDED = {derive.PERCENT: derive.percent_of_predicted}
_DERIVED: dict[str, Callable[[Chart], Iterable[Reading]]] = {
    derive.PERCENT: derive.percent_from_volumes,
    derive.BMI: derive.body_mass_index,
    clearance.CLEARANCE: clearance.creatinine_clearance,
}
_ALONE: dict[str, Callable[[Chart], Iterable[Reading]]] = {
    derive.PERCENT: derive.volumes_alone,
    derive.BMI: derive.weights_alone,
    clearance.CLEARANCE: clearance.creatinines_alone,
}


def measurement(atom: Measurement, chart: Chart) -> Finding:
    """The verdict on the latest value, or on every value of the staleness window."""
    recorded = _readings(atom, chart)
    days = {_day(one) for one in recorded} - {None}
    live = _live(atom, [*recorded, *(one for one in _derived(atom, chart) if _day(one) not in days)], chart)
    if not live:
        return _nothing_new(atom, chart)
    return _every(atom, live, chart) if atom.which == "every" else _latest(atom, live, chart)


def _readings(atom: Measurement, chart: Chart) -> list[Reading]:
    observations = [
        one
        for one in chart.observations.get(atom.concept, ())
        if not of_another_kind(one, atom.concept, chart.terminology)
    ]
    if atom.times_upper_limit:
        return [reading_of_limit(observation, atom.concept, chart) for observation in observations]
    if atom.concept in _RECORDED:
        return list(_RECORDED[atom.concept](chart))
    unit = unit_of(atom, chart)
    return [reading(observation, atom.concept, unit, chart.terminology) for observation in observations]


def _derived(atom: Measurement, chart: Chart) -> list[Reading]:
    derivation = None if atom.times_upper_limit else _DERIVED.get(atom.concept)
    return list(derivation(chart)) if derivation else []


def unit_of(atom: Measurement, chart: Chart) -> str:
    """The unit in which the bound is written: the atom's, else the concept's."""
    return atom.unit or chart.terminology.concept(atom.concept).unit or ""


def of_other_kinds(concept: str, chart: Chart) -> tuple[Observation, ...]:
    """The observations of a concept, not too old, whose unit says that they are of another kind: never compared."""
    start = chart.window_start(concept)
    return tuple(
        one
        for one in chart.observations.get(concept, ())
        if (one.when is None or one.when.last >= start) and of_another_kind(one, concept, chart.terminology)
    )


def _live(atom: Measurement, readings: Iterable[Reading], chart: Chart) -> list[Reading]:
    start = chart.window_start(atom.concept)
    return [one for one in readings if one.source.when is None or one.source.when.last >= start]


def _fresh(atom: Measurement, one: Reading, chart: Chart) -> bool:
    when = one.source.when
    return definite(when, chart.as_of) and when is not None and when.first >= chart.window_start(atom.concept)


def _day(one: Reading) -> date | None:
    when = one.source.when
    return when.first if when is not None and when.first == when.last else None


def _latest(atom: Measurement, live: Sequence[Reading], chart: Chart) -> Finding:
    top = latest(_largest_of_day(live) if atom.concept in LARGEST_OF_DAY else live, chart.as_of)
    open_order = _open_order(atom, top, chart)
    truth = None if open_order else within_bounds(top[0].extent, atom)
    if truth is None:
        problem = next((one.problem for one in top if one.problem), None)
        return _undecided(atom, Basis.UNUSABLE, problem or open_order or Cause.COMPARATOR, _facts(top))
    number, means = top[0].extent.number, top[0].means
    facts = _facts(one for one in top if one.means is means)
    return Finding(atom, value_of(truth), Basis.EVIDENCE, means, facts, number, True, _aside(atom, top, chart))


def _aside(atom: Measurement, top: Sequence[Reading], chart: Chart) -> tuple[Fact, ...]:
    """The latest of what no number could be derived from, if it may be newer than what was compared."""
    alone = None if atom.times_upper_limit else _ALONE.get(atom.concept)
    last = max((one.source.when.last for one in top if one.source.when), default=date.min)
    newer = [one for one in alone(chart) if one.source.when is None or one.source.when.last > last] if alone else []
    return _facts(latest(newer, chart.as_of))


def _open_order(atom: Measurement, top: Sequence[Reading], chart: Chart) -> Cause | None:
    if any(_fresh(atom, one, chart) for one in top) and len({one.extent for one in top}) == 1:
        return None
    if any(one.source.when is None for one in top):
        return Cause.UNDATED
    dated = all(_fresh(atom, one, chart) and (_day(one) or _is_period(one)) for one in top)
    return Cause.TIED if dated else Cause.PARTIAL_DATE


def _is_period(one: Reading) -> bool:
    return one.source.when is not None and "/" in one.source.when.written


def _every(atom: Measurement, live: Sequence[Reading], chart: Chart) -> Finding:
    judged = [(one, _fresh(atom, one, chart), within_bounds(one.extent, atom)) for one in live]
    outside = [one for one, fresh, truth in judged if fresh and truth is False]
    if outside:
        return Finding(atom, Value.NOT_MET, Basis.EVIDENCE, Cause.COMPARED, _facts(outside), _number(outside), True)
    if any(fresh for _, fresh, _ in judged) and all(truth for _, _, truth in judged):
        if chart.unreadable("Observation"):
            return _undecided(atom, Basis.UNUSABLE, Cause.UNREADABLE)
        return Finding(atom, Value.MET, Basis.EVIDENCE, Cause.COMPARED, _facts(live), _number(live), measured=True)
    open_ones = [one for one, fresh, truth in judged if not (fresh and truth)]
    cause = next((one.problem for one in open_ones if one.problem), None) or _doubt(atom, open_ones, chart)
    return _undecided(atom, Basis.UNUSABLE, cause, _facts(open_ones))


def _doubt(atom: Measurement, readings: Iterable[Reading], chart: Chart) -> Cause:
    for one in readings:
        if not _fresh(atom, one, chart):
            return Cause.UNDATED if one.source.when is None else Cause.PARTIAL_DATE
    return Cause.COMPARATOR


def _number(readings: Sequence[Reading]) -> Fraction | None:
    return readings[0].extent.number if len(readings) == 1 else None


def _nothing_new(atom: Measurement, chart: Chart) -> Finding:
    if chart.unreadable("Observation"):
        return _undecided(atom, Basis.UNUSABLE, Cause.UNREADABLE)
    if early := _preliminary(atom, chart):
        return _undecided(atom, Basis.UNUSABLE, Cause.PRELIMINARY, early)
    return _parts_alone(atom, chart) or _none_or_old(atom, chart)


def _preliminary(atom: Measurement, chart: Chart) -> tuple[Observation, ...]:
    start = chart.window_start(atom.concept)
    recent = (one for one in chart.preliminary.get(atom.concept, ()) if one.when is None or one.when.last >= start)
    return tuple(one for one in recent if not of_another_kind(one, atom.concept, chart.terminology))[:1]


def _parts_alone(atom: Measurement, chart: Chart) -> Finding | None:
    """What is on file of the parts from which the value could be derived, but not with the others."""
    if atom.concept == derive.PERCENT and (litres := _live(atom, derive.volumes(chart), chart)):
        top = latest(litres, chart.as_of)
        problem = next((one.problem for one in top if one.problem), None)
        return _undecided(atom, Basis.UNUSABLE, problem or Cause.VOLUME_ONLY, _facts(top))
    if atom.concept == clearance.CLEARANCE and (alone := _live(atom, clearance.creatinines_alone(chart), chart)):
        return _incomplete(atom, _facts(latest(alone, chart.as_of)), chart)
    return None


def _none_or_old(atom: Measurement, chart: Chart) -> Finding:
    if others := of_other_kinds(atom.concept, chart):
        return _undecided(atom, Basis.NO_RECORD, Cause.OTHER_KIND, others)
    if old := [*_readings(atom, chart), *_derived(atom, chart)]:
        return _undecided(atom, Basis.STALE, Cause.STALE, _facts(latest(old, chart.as_of)))
    if atom.concept == clearance.CLEARANCE and any(lack.last for lack in clearance.lacking(chart)):
        return _incomplete(atom, (), chart)
    return _undecided(atom, Basis.NO_RECORD, Cause.NO_RECORD)


def _incomplete(atom: Measurement, facts: tuple[Fact, ...], chart: Chart) -> Finding:
    """No clearance for want of parts of the formula; those of them that are too old are shown."""
    lacking = clearance.lacking(chart)
    basis = min((lack.basis for lack in lacking), key=tuple(Basis).index)
    stale = (fact for lack in lacking for fact in lack.last)
    return _undecided(atom, basis, Cause.INCOMPLETE, (*facts, *stale))


def _undecided(atom: Measurement, basis: Basis, cause: Cause, facts: tuple[Fact, ...] = ()) -> Finding:
    return Finding(atom, Value.UNKNOWN, basis, cause, facts, measured=True)


def _facts(readings: Iterable[Reading]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(fact for one in readings for fact in one.facts))


def _largest_of_day(readings: Sequence[Reading]) -> list[Reading]:
    days: dict[date, list[Reading]] = {}
    others = []
    for one in readings:
        when = one.source.when
        if when is not None and when.first == when.last:
            days.setdefault(when.first, []).append(one)
        else:
            others.append(one)
    return [_largest(day) for day in days.values()] + others


def _largest(readings: Sequence[Reading]) -> Reading:
    extent = largest([one.extent for one in readings])
    exact = [one for one in readings if one.extent == extent]
    if exact:
        return exact[0]
    problem = next((one.problem for one in readings if one.problem), None)
    return replace(readings[0], facts=tuple(f for one in readings for f in one.facts), extent=extent, problem=problem)
