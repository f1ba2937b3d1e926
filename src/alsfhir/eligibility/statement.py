"""What one entry says of a state that passes, such as a pregnancy: that it is, or is not, and of which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alsfhir.criteria.model import Duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Days
from alsfhir.eligibility.days import later
from alsfhir.eligibility.history import abatement_days, known_by, onset_days
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.weighing import Standing
from alsfhir.patient.model import Condition, Fact, Facts, Observation
from alsfhir.patient.values import When


@dataclass(frozen=True, slots=True)
class Statement:
    """What an entry says, of which days, ``None`` if it does not tell, and whether it is too old to say it of today."""

    fact: Fact
    value: Value
    cause: Cause
    days: Days | None
    stale: bool = False

    def is_later_than(self, other: Statement) -> bool:
        """Whether it certainly speaks of a later day; what only may be so outdates nothing."""
        if self.days is None or other.days is None or self.cause is Cause.NOT_CONFIRMED:
            return False
        return self.days[0] > other.days[1]


def dated(fact: Fact, said: tuple[Value, Cause], days: Days | None, start: date, as_of: date) -> Statement:
    """The statement of an entry that speaks of the day of its date alone, and counts if that is in the window."""
    value, cause = said
    if days is not None and days[1] < start:
        return Statement(fact, value, cause, days, stale=True)
    if value in (Value.MET, Value.NOT_MET) and (days is None or days[0] < start or days[1] > as_of):
        value, cause = Value.UNKNOWN, Cause.UNDATED if days is None else Cause.PARTIAL_DATE
    return Statement(fact, value, cause, days)


def lasting(found: Standing, dates: Sequence[Days], start: date, chart: Chart) -> Statement:
    """The statement of an entry that lasts: no later one outdates it, unless each of its dates is before the window."""
    value, cause = found.value, found.cause
    asserted = asserted_days(found.entry, chart.facts)
    days = (asserted[0], date.max) if asserted else None
    if dates and all(known[1] < start for known in dates):
        return Statement(found.entry, value, cause, days, stale=True)
    if value is Value.MET and dates and not any(start <= known[0] and known[1] <= chart.as_of for known in dates):
        value, cause = Value.UNKNOWN, Cause.PARTIAL_DATE
    return Statement(found.entry, value, cause, days)


def over(entry: Condition, chart: Chart, longest: Duration | None) -> Statement:
    """The statement of an entry that is over: of when that was, at the latest after the longest that it can last."""
    facts, as_of = chart.facts, chart.as_of
    days, onset, known = abatement_days(entry, facts), onset_days(entry, facts), known_by(entry, facts)
    if days is None:
        last = min(later(known, longest), as_of) if known and longest else as_of
        days = (min(onset[0], last) if onset else date.min, last)
    return Statement(entry, Value.NOT_MET, Cause.NOT_CURRENT, days)


def asserted_days(entry: Fact, facts: Facts) -> Days | None:
    """The days on which a condition may have been written down; else those of its onset."""
    if not isinstance(entry, Condition):
        return None
    return interval(entry.recorded or entry.diagnosed) or onset_days(entry, facts)


def stated(concept: str, chart: Chart) -> tuple[Observation, ...]:
    """The observations of a concept that are final, and those that may be: of an unknown status."""
    may_be = tuple(one for one in chart.preliminary.get(concept, ()) if is_unsettled(one))
    return (*chart.observations.get(concept, ()), *may_be)


def is_unsettled(observation: Observation) -> bool:
    """Whether it does not say of what status it is: it may be final, preliminary, or nothing at all."""
    return observation.status == "unknown"


def interval(when: When | None) -> Days | None:
    """The first and the last day that a date may mean."""
    return (when.first, when.last) if when else None
