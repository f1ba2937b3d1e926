"""What would settle an undecided criterion: a datum to fetch, or a question to put."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import singledispatch

from alsfhir.criteria.model import (
    Age,
    Atom,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Drug,
    Judgement,
    Measurement,
    Pregnancy,
    Qualitative,
    Sex,
    TimeSince,
)
from alsfhir.criteria.words import duration, words
from alsfhir.eligibility import derive
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.clearance import CLEARANCE
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.measurement import unit_of
from alsfhir.eligibility.model import Finding, Verdict
from alsfhir.eligibility.pregnancy import BREASTFEEDING, STATUS, STATUS_DAYS
from alsfhir.eligibility.qualitative import FOR_A_PERSON
from alsfhir.eligibility.reasons import values_words
from alsfhir.eligibility.reasons_of_clearance import clearance_needed
from alsfhir.eligibility.reasons_of_conditions import asked_condition
from alsfhir.eligibility.reasons_of_measurements import measured_words
from alsfhir.eligibility.record import NeedRecord
from alsfhir.eligibility.wording import date_of, days_old, sentence

_HISTORY = "history-of-"  # how the concepts of a history are named
# What is needed that is no concept of the mappings.
BIRTH_DATE, GENDER, JUDGEMENT, ATTESTATION, CHECK = "birth-date", "gender", "judgement", "attestation", "check"


def needs(verdict: Verdict, chart: Chart) -> tuple[NeedRecord, ...]:
    """One need for each undecided finding, each once; none if the verdict is decided.

    A condition that is asked for now, at any time and in the history is one thing to ask.
    """
    if verdict.value not in UNDECIDED:
        return ()
    asked: dict[Hashable, list[Finding]] = {}
    for finding in verdict.findings:
        asked.setdefault(_topic(finding.atom), []).append(finding)
    return tuple(dict.fromkeys(_needed(findings, chart) for findings in asked.values()))


def _topic(atom: Atom) -> Hashable:
    if not isinstance(atom, Condition):
        return atom
    more = (atom.severity, atom.overlapping, atom.site, atom.until, atom.began, atom.at_least)
    if more != (None, None, None, None, False, 1):
        return atom
    return atom.concept.removeprefix(_HISTORY), atom.minus


def _needed(findings: Sequence[Finding], chart: Chart) -> NeedRecord:
    conditions = {atom.concept: atom for finding in findings if isinstance(atom := finding.atom, Condition)}
    if len({finding.atom for finding in findings}) == 1 or not conditions:
        return _need(findings[0].atom, findings[0], chart)
    concept = min(conditions, key=len)  # without the prefix, where that is among them
    text = f"Confirmation whether this applies, now or in the past: {asked_condition(conditions[concept], chart)}"
    return NeedRecord(concept=concept, text=text)


@singledispatch
def _need(atom: Atom, _finding: Finding, _chart: Chart) -> NeedRecord:
    concept = getattr(atom, "concept", None)
    return NeedRecord(concept=concept or CHECK, text=f"Confirmation whether this applies: {words(atom)}")


@_need.register
def _(atom: Drug, _finding: Finding, _chart: Chart) -> NeedRecord:
    text = f"Confirmation whether this applies: {words(atom)}"
    if atom.unchanged_for is not None:
        text += f", with the dosage and its changes in the last {duration(atom.unchanged_for)}"
    return NeedRecord(concept=atom.concept, text=text)


@_need.register
def _(atom: Pregnancy | Breastfeeding, finding: Finding, chart: Chart) -> NeedRecord:
    pregnant = isinstance(atom, Pregnancy)
    concept = STATUS if pregnant else BREASTFEEDING
    known = chart.max_age_days(concept)
    days = STATUS_DAYS if known is None else known
    text = "Pregnancy test or status" if pregnant else "Confirmation whether the patient breastfeeds"
    text += f", not older than {days} days"
    if finding.cause == Cause.CONTRADICTORY:
        text += "; the administrative gender contradicts what is on record"
    return NeedRecord(concept=concept, max_age_days=days, text=text)


@_need.register
def _(_atom: Age, _finding: Finding, _chart: Chart) -> NeedRecord:
    return NeedRecord(concept=BIRTH_DATE, text="Date of birth, to the day")


@_need.register
def _(_atom: Sex, _finding: Finding, _chart: Chart) -> NeedRecord:
    return NeedRecord(concept=GENDER, text="Administrative gender")


@_need.register
def _(atom: Judgement, _finding: Finding, _chart: Chart) -> NeedRecord:
    return NeedRecord(concept=JUDGEMENT, text=sentence(atom.question))


@_need.register
def _(atom: Attestation, _finding: Finding, _chart: Chart) -> NeedRecord:
    return NeedRecord(concept=ATTESTATION, text=sentence(atom.question))


@_need.register
def _(atom: TimeSince, finding: Finding, chart: Chart) -> NeedRecord:
    label = chart.terminology.concept(atom.concept).label
    event = "the first symptoms" if atom.event == "onset" else "the diagnosis"
    wrong = "; the one on file is after the diagnosis" if finding.cause == Cause.ONSET_AFTER_DIAGNOSIS else ""
    return NeedRecord(concept=atom.concept, event=atom.event, text=f"Date of {event} of {label}{wrong}")


@_need.register
def _(atom: Category, finding: Finding, chart: Chart) -> NeedRecord:
    concept = chart.terminology.concept(atom.concept)
    if finding.cause == Cause.WORDS_DIFFER:
        text = f"decision which {concept.label} holds: the coded value or the one in words"
    elif finding.cause == Cause.FOR_REVIEW:
        text = f"decision whether the {concept.label} on file counts as {values_words(atom, chart)}"
    else:
        text = f"{concept.label} as a coded value ({' / '.join(value.display for value in concept.values)})"
    return NeedRecord(concept=atom.concept, max_age_days=chart.max_age_days(atom.concept), text=sentence(text))


@_need.register
def _(atom: Measurement, finding: Finding, chart: Chart) -> NeedRecord:
    days = chart.max_age_days(atom.concept)
    if atom.concept == CLEARANCE:
        text = sentence(clearance_needed(finding, chart) + _last(finding, chart))
        return NeedRecord(concept=atom.concept, unit=unit_of(atom, chart), max_age_days=days, text=text)
    parts = [measured_words(atom, chart)]
    if atom.concept == derive.BMI:
        parts.append("or body weight and height")
    if finding.cause == Cause.VOLUME_ONLY:
        parts.append(f"or the predicted volume of the same day as {finding.facts[0].reference}")
    if atom.times_upper_limit:
        parts.append("with its upper limit of normal")
    if days is not None:
        parts.append(f"not older than {days} days")
    text = sentence(", ".join(parts) + _last(finding, chart))
    unit = None if atom.times_upper_limit else unit_of(atom, chart)
    return NeedRecord(concept=atom.concept, unit=unit, max_age_days=days, text=text)


@_need.register
def _(atom: Qualitative, finding: Finding, chart: Chart) -> NeedRecord:
    concept, days = chart.terminology.concept(atom.concept), chart.max_age_days(atom.concept)
    if finding.cause in FOR_A_PERSON:
        text = f"decision whether the latest {concept.label} is {atom.result}"
    else:
        text = concept.label if days is None else f"{concept.label}, not older than {days} days"
    return NeedRecord(concept=atom.concept, max_age_days=days, text=sentence(text + _last(finding, chart)))


def _last(finding: Finding, chart: Chart) -> str:
    if finding.cause != Cause.STALE:
        return ""
    last = finding.facts[0]
    return f"; the last is {days_old(date_of(last), chart.as_of)} ({last.reference})"
