"""Creatinine clearance by the formula of Cockcroft and Gault, Nephron 1976;16:31-41, https://doi.org/10.1159/000180580.

``(140 - age) * kg / (72 * mg/dL)`` in mL/min, times 0.85 for women. What is not known to the day, or to the digit,
makes an interval, which decides where all of it is on one side of the bound. A rate per 1.73 m2 of body surface is
another quantity, and never stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from alsfhir.eligibility.ages import ages_on
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.derive import WEIGHT, derived, newest
from alsfhir.eligibility.latest import latest
from alsfhir.eligibility.model import Basis
from alsfhir.eligibility.reading import Extent, Reading, reading
from alsfhir.patient.demographics import BIRTH_DATE
from alsfhir.patient.model import Observation
from alsfhir.patient.values import When

CLEARANCE, CREATININE, BIRTH = "creatinine-clearance", "creatinine", "birth-date"
_UNITS = {CREATININE: "mg/dL", WEIGHT: "kg"}
_FACTORS = {"female": (Fraction(85, 100),), "male": (Fraction(1),)}
_OLDEST = 140  # years, of the formula
_OF_ANY_SEX = (Fraction(85, 100), Fraction(1))


@dataclass(frozen=True, slots=True)
class Lack:
    """A part of the formula that is not known, why, and the latest that is on file of it."""

    part: str
    basis: Basis
    last: tuple[Observation, ...] = ()


def creatinine_clearance(chart: Chart) -> Iterator[Reading]:
    """The clearance by the latest creatinine and the latest weight that are not too old; as old as the creatinine."""
    creatinine, weight = _part(CREATININE, chart), _part(WEIGHT, chart)
    if creatinine is None or weight is None or chart.facts.birth is None:
        return
    facts = (*creatinine.facts, *weight.facts)
    problem = creatinine.problem or weight.problem or _not_positive(creatinine)
    ages = _ages(creatinine, chart)
    problem = problem or _of_age(ages, chart.facts.birth, chart)
    if problem or ages is None:
        yield Reading(creatinine.source, facts, problem=problem, means=Cause.DERIVED)
        return
    factors = _FACTORS.get(chart.facts.sex or "", _OF_ANY_SEX)
    found = derived(CLEARANCE, creatinine.source, facts, _rate(ages, weight.extent, creatinine.extent, factors), chart)
    yield replace(found, problem=found.problem or _imprecise(ages, factors))


def creatinines_alone(chart: Chart) -> Iterator[Reading]:
    """The values of creatinine from which no clearance can be derived, since another part is not known."""
    if any(lack.part != CREATININE for lack in lacking(chart)):
        yield from _values(CREATININE, chart)


def lacking(chart: Chart) -> tuple[Lack, ...]:
    """The parts of the formula that are not on file, or too old."""
    parts = [
        Lack(part, Basis.STALE if (last := _last(part, chart)) else Basis.NO_RECORD, last)
        for part in (CREATININE, WEIGHT)
        if _part(part, chart) is None
    ]
    if chart.facts.birth is None:
        unreadable = chart.unreadable("Patient", BIRTH_DATE)
        parts.append(Lack(BIRTH, Basis.UNUSABLE if unreadable else Basis.NO_RECORD))
    return tuple(parts)


def _part(concept: str, chart: Chart) -> Reading | None:
    return newest(concept, _UNITS[concept], chart, chart.window_start(concept))


def _values(concept: str, chart: Chart) -> list[Reading]:
    observations = chart.observations.get(concept, ())
    return [reading(one, concept, _UNITS[concept], chart.terminology) for one in observations]


def _last(concept: str, chart: Chart) -> tuple[Observation, ...]:
    return tuple(one.source for one in latest(_values(concept, chart), chart.as_of))


def _not_positive(creatinine: Reading) -> Cause | None:
    high = creatinine.extent.high
    return Cause.NO_NUMBER if high is not None and high <= 0 else None


def _ages(creatinine: Reading, chart: Chart) -> tuple[int, int] | None:
    """The ages on all days of which the sample may be."""
    ages = [ages_on(fact.when, chart.facts) for fact in creatinine.facts]
    known = [pair for pair in ages if pair is not None]
    return (min(known)[0], max(last for _, last in known)) if len(known) == len(ages) else None


def _of_age(ages: tuple[int, int] | None, birth: When, chart: Chart) -> Cause | None:
    if ages is None:
        return Cause.UNDATED
    if birth.first > chart.as_of:
        return Cause.BORN_LATER
    return Cause.IMPLAUSIBLE if ages[1] >= _OLDEST else None


def _imprecise(ages: tuple[int, int], factors: tuple[Fraction, ...]) -> Cause | None:
    if len(factors) > 1:
        return Cause.OTHER_SEX
    return Cause.PARTIAL_BIRTH_DATE if ages[0] != ages[1] else None


def _rate(ages: tuple[int, int], weight: Extent, creatinine: Extent, factors: tuple[Fraction, ...]) -> Extent:
    """The formula over intervals: the rate falls as age and creatinine rise."""
    least, most = ((_OLDEST - age) * factor / 72 for age, factor in ((ages[1], factors[0]), (ages[0], factors[-1])))
    low = high = None
    if weight.low is not None and creatinine.high is not None:
        low = least * weight.low / creatinine.high
    if weight.high is not None and creatinine.low is not None and creatinine.low > 0:
        high = most * weight.high / creatinine.low
    return Extent(low, high, weight.low_open or creatinine.high_open, weight.high_open or creatinine.low_open)
