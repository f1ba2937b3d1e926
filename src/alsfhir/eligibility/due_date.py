"""What an expected date of delivery says: pregnant until then, and of a pregnancy there was before, over since then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from alsfhir.criteria.model import Duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Days
from alsfhir.eligibility.days import earlier, later
from alsfhir.eligibility.history import onset_days
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.statement import Statement, interval, is_unsettled, stated
from alsfhir.patient.model import Condition, Fact, Facts, Observation
from alsfhir.patient.values import When

PREGNANT, DUE_DATE = "pregnancy", "estimated-delivery-date"
LONGEST = Duration(weeks=43)  # after which no pregnancy lasts


def due_statements(others: Sequence[Statement], chart: Chart, day: date) -> list[Statement]:
    """What the expected dates of delivery say on a day, of which a later estimate replaces an earlier one.

    One to come says nothing where the pregnancy is on record as over since it was estimated.
    """
    every = stated(DUE_DATE, chart)
    found = [_said(one, chart, day) for one in every if not any(_replaces(other, one) for other in every)]
    return [_in_doubt(one, others) for one in found if one.value is not Value.MET or not _over_since(one, others)]


def ended(others: Sequence[Statement], due: Sequence[Statement], facts: Facts) -> list[Statement]:
    """The statements, of which those that say pregnant by an expected date that has passed are over with it."""
    passed = [one for one in due if one.cause is Cause.DUE_DATE_PASSED and one.days == interval(_day(one))]
    return [_ended(one, [one.days for one in passed if one.days], facts) for one in others]


def due_turns(chart: Chart) -> Iterator[date]:
    """The days on which an expected date of delivery begins to be, and is, in the past."""
    for one in chart.observations.get(DUE_DATE, ()):
        if one.day is not None:
            yield from (known + timedelta(days=1) for known in (one.day.first, one.day.last))


def _said(one: Observation, chart: Chart, day: date) -> Statement:
    if is_unsettled(one):
        return _unclear(one, (Value.UNKNOWN, Cause.PRELIMINARY), chart)
    if one.unusable is not None or one.day is None:
        words = one.unusable is None and one.string is not None
        return _unclear(one, (Value.REVIEW, Cause.TEXT_ONLY) if words else (Value.UNKNOWN, Cause.UNUSABLE), chart)
    furthest = later(chart.as_of, LONGEST)
    if one.day.first > furthest:
        return _unclear(one, (Value.UNKNOWN, Cause.IMPLAUSIBLE), chart)
    if one.day.last < day:
        return Statement(one, Value.NOT_MET, Cause.DUE_DATE_PASSED, interval(one.day))
    days = (_begin(one, one.day), one.day.last)
    if one.day.first < day or one.day.last > furthest:
        return Statement(one, Value.UNKNOWN, Cause.PARTIAL_DATE, days)
    return Statement(one, Value.MET, Cause.ON_RECORD, days)


def _unclear(one: Observation, said: tuple[Value, Cause], chart: Chart) -> Statement:
    """Somebody expected a delivery, and nobody knows when: open, as long as it may be of a pregnancy of today."""
    days = (one.when.first, date.max) if one.when else None
    stale = one.when is not None and one.when.last < earlier(chart.as_of, LONGEST)
    return Statement(one, *said, days, stale)


def _begin(one: Observation, day: When) -> date:
    """The first day of which it says pregnant: that of the estimate, and none before the pregnancy can have begun."""
    begun = earlier(day.first, LONGEST)
    return max(begun, one.when.first) if one.when else begun


def _replaces(other: Observation, one: Observation) -> bool:
    """Whether another estimate is certainly later, and one of a delivery that was then to come."""
    if other.day is None or other.when is None or one.when is None or other.unusable or is_unsettled(other):
        return False
    return other.when.first > one.when.last and other.day.first >= other.when.last


def _over_since(one: Statement, others: Sequence[Statement]) -> bool:
    estimated = one.fact.when if isinstance(one.fact, Observation) else None
    ends = [other.days for other in others if other.cause is Cause.NOT_CURRENT]
    return estimated is not None and any(days is not None and days[0] > estimated.last for days in ends)


def _in_doubt(one: Statement, others: Sequence[Statement]) -> Statement:
    """A date that has passed orders nothing where that pregnancy may have ended before, and another one begun."""
    day = _day(one)
    if one.cause is not Cause.DUE_DATE_PASSED or day is None or not isinstance(one.fact, Observation):
        return one
    begin = _begin(one.fact, day)
    contrary = [other.days for other in others if not _says_pregnant(other)]
    if any(days is None or (days[1] > begin and days[0] < day.first) for days in contrary):
        return replace(one, days=(min(begin, day.first), day.last))
    return one


def _says_pregnant(one: Statement) -> bool:
    if one.value is Value.MET:
        return True
    entry = one.fact
    if not isinstance(entry, Condition) or one.value is Value.NOT_MET or one.cause is Cause.UNUSABLE:
        return False
    return PREGNANT in entry.concepts and entry.verification != "refuted"


def _ended(one: Statement, passed: Sequence[Days], facts: Facts) -> Statement:
    if one.stale or not _says_pregnant(one):
        return one
    dates = _dates(one.fact, facts)
    after = [due for due in passed if dates and all(days[1] <= due[0] for days in dates)]
    if not after:
        return one
    days = max(first for first, _ in after), max(last for _, last in after)
    return replace(one, value=Value.NOT_MET, cause=Cause.DUE_DATE_PASSED, days=days)


def _dates(fact: Fact, facts: Facts) -> list[Days]:
    """The days on which a statement was made, and those of which it was made."""
    if isinstance(fact, Condition):
        known = [onset_days(fact, facts), interval(fact.diagnosed), interval(fact.recorded)]
        return [days for days in known if days]
    made = interval(fact.when) if isinstance(fact, Observation) else None
    return [made] if made else []


def _day(one: Statement) -> When | None:
    return one.fact.day if isinstance(one.fact, Observation) else None
