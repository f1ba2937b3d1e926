"""The upper limit of normal that an observation states for this patient.

Of several reference ranges, https://hl7.org/fhir/R4/observation.html#Observation.referenceRange, that one holds which
is meant for the patient's sex or age; else that which is meant for everybody. None is ever guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from alsfhir.eligibility.ages import ages_on
from alsfhir.eligibility.amount import amount
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.meanings import meanings
from alsfhir.patient.model import Observation
from alsfhir.patient.values import Quantity, ReferenceRange
from alsfhir.terminology import Coding

POPULATIONS = {"male-population": "male", "female-population": "female"}


def upper_limit(observation: Observation, concept: str, chart: Chart) -> Quantity | None:
    """The upper limit of the range for this patient; ``None`` if there is none, or if the ranges disagree.

    A limit of 0 is what some systems write for none. A range of which it cannot be told whether it is for this
    patient, since the sex or the day of birth is not known, must not say otherwise than the one that is used.
    """
    fitting = [(range_, _fits(range_, observation, chart)) for range_ in observation.ranges]
    certain = [_specificity(range_) for range_, fits in fitting if fits]
    if not certain:
        return None
    best = max(certain)
    ranges = [range_ for range_, fits in fitting if fits is not False and _specificity(range_) >= best]
    return _agreed([range_.high for range_ in ranges], concept, chart)


def _specificity(range_: ReferenceRange) -> int:
    return bool(range_.applies_to) + _is_of_age(range_)


def _is_of_age(range_: ReferenceRange) -> bool:
    return range_.youngest is not None or range_.oldest is not None


def _fits(range_: ReferenceRange, observation: Observation, chart: Chart) -> bool | None:
    """Whether the range is meant for this patient; ``None`` where that depends on what is not known."""
    fits = [_of_population(coding, chart) for coding in range_.applies_to]  # FHIR: a patient who is all of these
    if _is_of_age(range_):
        fits.append(_of_age(range_, ages_on(observation.when, chart.facts)))
    return False if False in fits else None if None in fits else True


def _of_population(coding: Coding, chart: Chart) -> bool | None:
    sexes = {POPULATIONS[name] for name in meanings(coding, chart.terminology) if name in POPULATIONS}
    if len(sexes) != 1:
        return False  # of another population than of one sex: not known to be this patient's
    return chart.facts.sex in sexes if chart.facts.sex in POPULATIONS.values() else None


def _of_age(range_: ReferenceRange, ages: tuple[int, int] | None) -> bool | None:
    if ages is None:
        return None
    fits = [_not_younger(ages, range_.youngest), _not_older(ages, range_.oldest)]
    return False if False in fits else None if None in fits else True


def _not_younger(ages: tuple[int, int], youngest: Decimal | None) -> bool | None:
    if youngest is None or ages[0] >= youngest:
        return True
    return False if ages[1] + 1 <= youngest else None


def _not_older(ages: tuple[int, int], oldest: Decimal | None) -> bool | None:
    if oldest is None or ages[1] + (oldest != int(oldest)) <= oldest:  # up to 65 years: until the 66th birthday
        return True
    return False if ages[0] > oldest else None


def _agreed(highs: Sequence[Quantity | None], concept: str, chart: Chart) -> Quantity | None:
    first = highs[0]
    if first is None or first.comparator is not None or first.value <= 0:
        return None
    return first if all(high is not None and _same(high, first, concept, chart) for high in highs[1:]) else None


def _same(one: Quantity, other: Quantity, concept: str, chart: Chart) -> bool:
    if one.comparator is not None or one.unit is None or other.unit is None:
        return one == other
    if one.unit == other.unit:
        return one.value == other.value
    return amount(one, other.unit, concept, chart.terminology) == Fraction(other.value)
