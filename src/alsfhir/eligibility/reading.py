"""What a measured value may be, as an interval: exact, one-sided (``<70``), or anything at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from alsfhir.criteria.model import Measurement
from alsfhir.eligibility.amount import amount
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.limit import upper_limit
from alsfhir.patient.model import Observation
from alsfhir.terminology import Concept, Terminology


@dataclass(frozen=True, slots=True)
class Extent:
    """All numbers between two ends; an end that is ``None`` is open without limit."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def number(self) -> Fraction | None:
        """The one number that it can be, if it can be only one."""
        return self.low if self.low == self.high else None


ANYTHING = Extent()


def extent(value: Fraction, comparator: str | None) -> Extent:
    """What a value with this comparator may be."""
    if comparator is None:
        return Extent(value, value)
    if comparator in ("<", "<="):
        return Extent(high=value, high_open=comparator == "<")
    if comparator in (">", ">="):
        return Extent(low=value, low_open=comparator == ">")
    return ANYTHING


def largest(extents: Sequence[Extent]) -> Extent:
    """What the largest of several values may be."""
    low = max(((one.low, one.low_open) for one in extents if one.low is not None), default=(None, False))
    high: tuple[Fraction | None, bool] = (None, True)
    if ends := [(one.high, not one.high_open) for one in extents if one.high is not None]:
        high = max(ends) if len(ends) == len(extents) else high
    return Extent(low[0], high[0], low[1], not high[1])


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a concept, in the unit in which it is compared.

    ``source`` dates it, ``facts`` are all that it is made from, ``problem`` says why it cannot be compared, and
    ``means`` how it came about: measured as asked, derived, or a volume code valued in percent.
    """

    source: Observation
    facts: tuple[Observation, ...]
    extent: Extent = ANYTHING
    problem: Cause | None = None
    means: Cause = Cause.COMPARED


def within_bounds(value: Extent, atom: Measurement) -> bool | None:
    """Whether all that the value may be is within the bounds; ``None`` if only some of it is."""
    truths = [
        _at_least(value, atom.at_least, strict=False),
        _at_least(value, atom.more_than, strict=True),
        _negated(_at_least(value, atom.at_most, strict=True), atom.at_most),
        _negated(_at_least(value, atom.less_than, strict=False), atom.less_than),
    ]
    if False in truths:
        return False
    return None if None in truths else True


def _at_least(value: Extent, bound: Decimal | None, *, strict: bool) -> bool | None:
    if bound is None:
        return True
    limit = Fraction(bound)
    if value.low is not None and (value.low > limit or (value.low == limit and (value.low_open or not strict))):
        return True
    if value.high is not None and (value.high < limit or (value.high == limit and (value.high_open or strict))):
        return False
    return None


def _negated(truth: bool | None, bound: Decimal | None) -> bool | None:
    return True if bound is None else None if truth is None else not truth


def reading(observation: Observation, concept: str, unit: str, terminology: Terminology) -> Reading:
    """The observation's value of a concept in that unit; one that no patient can have is a problem."""
    found = observation.quantity
    if observation.unusable or found is None:
        return _problem(observation, Cause.UNUSABLE if observation.unusable else Cause.NO_NUMBER)
    number = amount(found, unit, concept, terminology)
    if number is None:
        return _problem(observation, Cause.OTHER_UNIT if found.unit else Cause.NO_UNIT)
    if implausible(observation, concept, terminology):
        return _problem(observation, Cause.IMPLAUSIBLE)
    return Reading(observation, (observation,), extent(number, found.comparator))


def reading_of_limit(observation: Observation, concept: str, chart: Chart) -> Reading:
    """The observation's value as a multiple of the upper limit of normal that it states itself."""
    found, limit = observation.quantity, upper_limit(observation, concept, chart)
    if observation.unusable or found is None:
        return _problem(observation, Cause.UNUSABLE if observation.unusable else Cause.NO_NUMBER)
    if limit is None:
        return _problem(observation, Cause.NO_RANGE)
    if found.unit is None or limit.unit is None:
        return _problem(observation, Cause.NO_UNIT)
    number = amount(found, limit.unit, concept, chart.terminology)
    if found.unit == limit.unit:  # a ratio needs no conversion, whatever the unit is
        number = Fraction(found.value)
    if number is None:
        return _problem(observation, Cause.OTHER_UNIT)
    if implausible(observation, concept, chart.terminology):
        return _problem(observation, Cause.IMPLAUSIBLE)
    return Reading(observation, (observation,), extent(number / Fraction(limit.value), found.comparator))


def of_another_kind(observation: Observation, concept: str, terminology: Terminology) -> bool:
    """Whether the value is in a unit of another kind of measurement than is compared: it is no value of the concept."""
    others = terminology.concept(concept).ignored_units
    unit = observation.quantity.unit if others and observation.quantity else None
    return unit is not None and (terminology.units.unit(unit) or unit) in others


def implausible(observation: Observation, concept: str, terminology: Terminology) -> bool:
    """Whether the observation's value, as a value of that concept, is one that no patient can have."""
    found, unit = observation.quantity, terminology.concept(concept).unit
    number = amount(found, unit, concept, terminology) if found and unit else None
    if found is None or number is None:
        return False
    return beyond_plausible(extent(number, found.comparator), terminology.concept(concept))


def beyond_plausible(value: Extent, concept: Concept) -> bool:
    """Whether all that a value may be, in the concept's unit, is outside of what the mapping calls plausible."""
    if concept.plausible is None:
        return False
    least, most = map(Fraction, concept.plausible)
    too_low = value.high is not None and (value.high < least or (value.high == least and value.high_open))
    too_high = value.low is not None and (value.low > most or (value.low == most and value.low_open))
    return too_low or too_high


def _problem(observation: Observation, cause: Cause) -> Reading:
    return Reading(observation, (observation,), problem=cause)
