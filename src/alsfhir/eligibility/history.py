"""When a condition on record began, ended, and came to exist, as intervals of days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from alsfhir.eligibility.days import birthday
from alsfhir.patient.model import Condition, Facts
from alsfhir.patient.values import When

PRESENT = ("active", "recurrence", "relapse")

_CONFIRMED = (None, "confirmed")


def counts(condition: Condition) -> bool:
    """Whether the entry says that the patient has, or had, it: confirmed, or without a verification status."""
    return condition.verification in _CONFIRMED and condition.unusable is None


def onset_days(condition: Condition, facts: Facts) -> tuple[date, date] | None:
    """The first and last day on which it may have begun, from the onset's date, or from its age and the birth date."""
    return _days(condition.onset, condition.onset_age, facts)


def abatement_days(condition: Condition, facts: Facts) -> tuple[date, date] | None:
    """The first and last day on which it may have ended, from the end's date, or from its age and the birth date."""
    return _days(condition.abatement, condition.abatement_age, facts)


def existed(condition: Condition, facts: Facts, as_of: date) -> bool | None:
    """Whether the condition was there, and diagnosed, by a date; ``None`` where a partial date leaves that open.

    The date of entry proves that it was there by then, but not that it was not there before: an entry without any
    clinical date is history without a date, and counts.
    """
    onset = onset_days(condition, facts)
    diagnosed = _interval(condition.diagnosed)
    if any(days and days[0] > as_of for days in (onset, diagnosed)):
        return False
    ended, recorded = abatement_days(condition, facts), _interval(condition.recorded)
    if _by(recorded, as_of) or _by(ended, as_of):
        return True
    if diagnosed:
        return True if _by(diagnosed, as_of) else None
    return None if onset and not _by(onset, as_of) and onset[1] != date.max else True


def over(condition: Condition, facts: Facts, as_of: date) -> bool | None:
    """Whether it was over by a date, as its end says; ``None`` where a partial date leaves that open."""
    ended = abatement_days(condition, facts)
    if ended is None:
        return condition.abated
    if ended[0] > as_of:
        return False
    return True if ended[1] <= as_of else None


def ends_later(condition: Condition, facts: Facts, as_of: date) -> bool:
    """Whether it has an end, and that is after a date."""
    ended = abatement_days(condition, facts)
    return ended is not None and ended[0] > as_of


def lasting(condition: Condition, facts: Facts, as_of: date) -> bool:
    """Whether it is still there on a date, by its end and its status."""
    if over(condition, facts, as_of) is not False:
        return False
    return ends_later(condition, facts, as_of) or condition.clinical in (*PRESENT, None)


def known_by(condition: Condition, facts: Facts) -> date | None:
    """The first day by which it had certainly begun; ``None`` if no date says so."""
    onset, ended = onset_days(condition, facts), abatement_days(condition, facts)
    days = [onset, ended, _interval(condition.diagnosed), _interval(condition.recorded)]
    return min((known[1] for known in days if known and known[1] != date.max), default=None)


def _by(days: tuple[date, date] | None, as_of: date) -> bool:
    return days is not None and days[1] <= as_of


def _interval(when: When | None) -> tuple[date, date] | None:
    return (when.first, when.last) if when else None


def _days(when: When | None, age: Decimal | None, facts: Facts) -> tuple[date, date] | None:
    if when is not None or age is None or facts.birth is None or age < 0:
        return _interval(when)
    years = int(age)
    return birthday(facts.birth.first, years), birthday(facts.birth.last, years + 1) - timedelta(days=1)
