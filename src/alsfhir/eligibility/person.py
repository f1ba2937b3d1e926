"""Age and administrative gender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from alsfhir.criteria.model import Age, Sex
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.days import birthday, completed_years
from alsfhir.eligibility.logic import value_of
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.patient.demographics import BIRTH_DATE, GENDER


def age(atom: Age, chart: Chart, day: date) -> Finding:
    """The verdict on an age in completed years; a partial birth date decides where every day of it agrees."""
    birth = chart.facts.birth
    if birth is None:
        if chart.unreadable("Patient", BIRTH_DATE):
            return _unknown(atom, Basis.UNUSABLE, Cause.UNREADABLE)
        return _unknown(atom, Basis.NO_RECORD, Cause.NO_RECORD)
    if birth.first > chart.as_of:
        return _unknown(atom, Basis.UNUSABLE, Cause.BORN_LATER)
    oldest, youngest = completed_years(birth.first, day), max(completed_years(birth.last, day), 0)
    truths = {_within(atom, years) for years in range(youngest, oldest + 1)}
    if len(truths) > 1:
        return _unknown(atom, Basis.UNUSABLE, Cause.PARTIAL_DATE)
    number = Fraction(oldest) if oldest == youngest else None
    return Finding(atom, value_of(truths.pop()), Basis.EVIDENCE, Cause.COMPARED, number=number, measured=True)


def age_turns(atom: Age, chart: Chart) -> Iterator[date]:
    """The days on which the verdict on an age may change."""
    if chart.facts.birth is None or chart.facts.birth.first > chart.as_of:
        return
    thresholds = {atom.at_least, atom.less_than}
    thresholds |= {bound + 1 for bound in (atom.more_than, atom.at_most) if bound is not None}
    for years in thresholds - {None}:
        for birth in {chart.facts.birth.first, chart.facts.birth.last}:
            yield birthday(birth, years or 0)


def sex(atom: Sex, chart: Chart) -> Finding:
    """The verdict on administrative gender; ``other`` and ``unknown`` do not exclude what they do not name."""
    found = chart.facts.sex
    if found is None:
        unreadable = chart.unreadable("Patient", GENDER)
        basis, cause = (Basis.UNUSABLE, Cause.UNREADABLE) if unreadable else (Basis.NO_RECORD, Cause.NO_RECORD)
        return Finding(atom, Value.UNKNOWN, basis, cause)
    if found in atom.among:
        return Finding(atom, Value.MET, Basis.EVIDENCE, Cause.COMPARED)
    if found in ("female", "male"):
        return Finding(atom, Value.NOT_MET, Basis.EVIDENCE, Cause.COMPARED)
    return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.OTHER_SEX)


def _unknown(atom: Age, basis: Basis, cause: Cause) -> Finding:
    return Finding(atom, Value.UNKNOWN, basis, cause, measured=True)


def _within(atom: Age, years: int) -> bool:
    return (
        (atom.at_least is None or years >= atom.at_least)
        and (atom.more_than is None or years > atom.more_than)
        and (atom.at_most is None or years <= atom.at_most)
        and (atom.less_than is None or years < atom.less_than)
    )
