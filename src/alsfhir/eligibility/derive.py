"""Values that two observations give and none states: body mass index, and vital capacity in percent of predicted.

Nothing is guessed: what is not in a known unit, plausible, exact, and (for vital capacity) of the same day gives no
number, and where that might have been the latest value, it stands in the way of older ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.latest import definite, latest
from alsfhir.eligibility.reading import Extent, Reading, beyond_plausible, reading
from alsfhir.patient.model import Observation
from alsfhir.patient.values import When

BMI, WEIGHT, HEIGHT = "bmi", "body-weight", "body-height"
PERCENT, VOLUME, PREDICTED = "fvc-percent-predicted", "fvc-volume", "fvc-predicted-volume"


def percent_of_predicted(chart: Chart) -> Iterator[Reading]:
    """Forced vital capacity as recorded in percent of predicted.

    A code for a volume with a value in percent is read as that percentage: real systems write it so. A volume whose
    unit is not known might be either, and is a reading with a problem.
    """
    for observation in chart.observations.get(PERCENT, ()):
        if VOLUME not in observation.concepts or not _in_litres(_litres(observation, chart)):
            yield reading(observation, PERCENT, "%", chart.terminology)
    for observation in chart.observations.get(VOLUME, ()):
        if PERCENT not in observation.concepts and not _in_litres(_litres(observation, chart)):
            found = reading(observation, PERCENT, "%", chart.terminology)
            yield Reading(found.source, found.facts, found.extent, found.problem, Cause.VOLUME_IN_PERCENT)


def volumes(chart: Chart) -> tuple[Reading, ...]:
    """Forced vital capacity as recorded in litres, be they plausible or not."""
    found = (_litres(observation, chart) for observation in chart.observations.get(VOLUME, ()))
    return tuple(volume for volume in found if _in_litres(volume))


def percent_from_volumes(chart: Chart) -> Iterator[Reading]:
    """Forced vital capacity in litres over the predicted litres of the same day, in percent."""
    for volume, partners in _paired(chart):
        if partners:
            yield _ratio(volume, partners, chart)


def volumes_alone(chart: Chart) -> Iterator[Reading]:
    """Forced vital capacity in litres that no predicted volume can be of the same day with."""
    return (volume for volume, partners in _paired(chart) if not partners)


def weights_alone(chart: Chart) -> Iterator[Reading]:
    """Body weights on a record that holds no height."""
    if not chart.observations.get(HEIGHT):
        yield from (reading(o, WEIGHT, "kg", chart.terminology) for o in chart.observations.get(WEIGHT, ()))


def body_mass_index(chart: Chart) -> Iterator[Reading]:
    """The latest weight over the square of the latest height, in kg/m2; as old as the weight."""
    weight, height = newest(WEIGHT, "kg", chart), newest(HEIGHT, "m", chart)
    if weight is None or height is None:
        return
    facts = (*weight.facts, *height.facts)
    tall = height.extent.number
    problem = weight.problem or height.problem or _no_divisor(tall)
    if problem or not tall:
        yield Reading(weight.source, facts, problem=problem, means=Cause.DERIVED)
    else:
        yield derived(BMI, weight.source, facts, _scaled(weight.extent, 1 / tall**2), chart)


def _paired(chart: Chart) -> Iterator[tuple[Reading, list[Reading]]]:
    predicted = [reading(o, PREDICTED, "L", chart.terminology) for o in chart.observations.get(PREDICTED, ())]
    for volume in volumes(chart):
        yield volume, [other for other in predicted if _may_be_one_day(volume.source.when, other.source.when)]


def _litres(observation: Observation, chart: Chart) -> Reading:
    return reading(observation, VOLUME, "L", chart.terminology)


def _in_litres(volume: Reading) -> bool:
    return volume.problem in (None, Cause.IMPLAUSIBLE)


def derived(concept: str, source: Observation, facts: tuple[Observation, ...], value: Extent, chart: Chart) -> Reading:
    """A derived value of a concept; one that no patient can have is a problem."""
    if beyond_plausible(value, chart.terminology.concept(concept)):
        return Reading(source, facts, problem=Cause.IMPLAUSIBLE, means=Cause.DERIVED)
    return Reading(source, facts, value, means=Cause.DERIVED)


def _ratio(volume: Reading, partners: list[Reading], chart: Chart) -> Reading:
    facts = (*volume.facts, *(fact for partner in partners for fact in partner.facts))
    numbers = {None if p.problem or not _one_day(volume, p) else p.extent.number for p in partners}
    expected = numbers.pop() if len(numbers) == 1 else None
    if volume.problem or expected is None or expected <= 0:
        problem = volume.problem or _in_the_way(volume, partners)
        return Reading(volume.source, facts, problem=problem, means=Cause.DERIVED)
    return derived(PERCENT, volume.source, facts, _scaled(volume.extent, 100 / expected), chart)


def _in_the_way(volume: Reading, partners: list[Reading]) -> Cause:
    for partner in partners:
        if partner.problem:
            return partner.problem
        if not _one_day(volume, partner):
            return Cause.UNDATED if None in (volume.source.when, partner.source.when) else Cause.PARTIAL_DATE
    return next((cause for p in partners if (cause := _no_divisor(p.extent.number))), Cause.TIED)


def _no_divisor(number: Fraction | None) -> Cause | None:
    if number is None:
        return Cause.COMPARATOR
    return None if number > 0 else Cause.NO_NUMBER


def newest(concept: str, unit: str, chart: Chart, start: date = date.min) -> Reading | None:
    """The latest value of a concept since a day, to derive another from; one with a problem if which it is, is open."""
    found = [reading(o, concept, unit, chart.terminology) for o in chart.observations.get(concept, ())]
    top = latest([one for one in found if one.source.when is None or one.source.when.last >= start], chart.as_of)
    if not top:
        return None
    facts = tuple(fact for one in top for fact in one.facts)
    problem = next((one.problem for one in top if one.problem), None)
    if not any(_since(start, one.source.when, chart.as_of) for one in top):
        problem = Cause.UNDATED if any(one.source.when is None for one in top) else Cause.PARTIAL_DATE
    elif len({one.extent for one in top}) > 1:
        problem = problem or Cause.TIED
    return Reading(top[0].source, facts, top[0].extent, problem)


def _since(start: date, when: When | None, as_of: date) -> bool:
    return when is not None and when.first >= start and definite(when, as_of)


def _scaled(value: Extent, factor: Fraction) -> Extent:
    low, high = (None if end is None else end * factor for end in (value.low, value.high))
    return Extent(low, high, value.low_open, value.high_open)


def _may_be_one_day(one: When | None, other: When | None) -> bool:
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)


def _one_day(one: Reading, other: Reading) -> bool:
    a, b = one.source.when, other.source.when
    return a is not None and b is not None and a.first == a.last == b.first == b.last
