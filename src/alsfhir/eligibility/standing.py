"""What one entry on record says to a condition that is asked for: it counts, it does not, or it cannot be told."""

from __future__ import annotations

from datetime import date

from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Said
from alsfhir.eligibility.history import PRESENT, ends_later, existed, over
from alsfhir.eligibility.meanings import meanings
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.overlap import overlapping
from alsfhir.eligibility.weighing import Standing
from alsfhir.eligibility.window import began, lasted, was_there, window
from alsfhir.patient.model import Condition

_PAST = ("inactive", "resolved", "remission")
_SEVERITIES = {"255604002": 1, "6736007": 2, "24484000": 3}  # https://hl7.org/fhir/R4/valueset-condition-severity.html
_AT_LEAST = {"mild": 1, "moderate": 2, "severe": 3}


def standing(entry: Condition, atom: ConditionAtom, chart: Chart, day: date) -> Standing:
    """What an entry of the concept says on a day on or after the as-of date, if nothing is added to the record."""
    value, cause = _verified(entry, chart) or _in_time(entry, atom, chart, day)
    if value is not Value.NOT_MET:
        value, cause = _severe_enough(entry, atom) or (value, cause)
    if value is Value.MET:
        value, cause = _at_site(entry, atom, chart) or (value, cause)
    found = Standing(entry, value, cause)
    if atom.overlapping is None or value is not Value.MET:
        return found
    return overlapping(found, entry, atom.overlapping, chart)


def _verified(entry: Condition, chart: Chart) -> Said | None:
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if entry.verification == "refuted":
        return Value.NOT_MET, Cause.REFUTED
    if entry.verification not in (None, "confirmed"):
        return Value.UNKNOWN, Cause.NOT_CONFIRMED
    if existed(entry, chart.facts, chart.as_of) is None:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    return None


def _in_time(entry: Condition, atom: ConditionAtom, chart: Chart, day: date) -> Said:
    span, past = window(atom, day), chart.terminology.concept(atom.concept).past
    if span is None:
        if atom.when == "ever":
            return Value.MET, Cause.ON_RECORD
        return (Value.UNKNOWN, Cause.NO_STATUS) if past else _current(entry, chart)
    if atom.began:
        return began(entry, span, chart)
    return was_there(entry, span, chart) if past else lasted(entry, span, chart)


def _current(entry: Condition, chart: Chart) -> Said:
    ended = over(entry, chart.facts, chart.as_of)
    if ends_later(entry, chart.facts, chart.as_of):
        return Value.MET, Cause.ON_RECORD
    if entry.clinical in PRESENT:
        return (Value.REVIEW, Cause.CONTRADICTORY) if ended else (Value.MET, Cause.ON_RECORD)
    if ended is None:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    if entry.clinical == "remission":
        return Value.REVIEW, Cause.REMISSION
    if ended or entry.clinical in _PAST:
        return Value.NOT_MET, Cause.NOT_CURRENT
    return (Value.UNKNOWN, Cause.NO_STATUS) if entry.clinical == "unknown" else (Value.MET, Cause.ON_RECORD)


def _severe_enough(entry: Condition, atom: ConditionAtom) -> Said | None:
    if atom.severity is None:
        return None
    grades = [_SEVERITIES[coding.code] for coding in entry.severity if coding.code in _SEVERITIES]
    if not grades:
        return Value.UNKNOWN, Cause.NO_SEVERITY
    return None if max(grades) >= _AT_LEAST[atom.severity] else (Value.NOT_MET, Cause.LESS_SEVERE)


def _at_site(entry: Condition, atom: ConditionAtom, chart: Chart) -> Said | None:
    if atom.site is None:
        return None
    if not entry.body_sites:
        return Value.REVIEW, Cause.NO_SITE
    known = any(atom.site in meanings(coding, chart.terminology) for coding in entry.body_sites)
    return None if known else (Value.REVIEW, Cause.OTHER_SITE)
