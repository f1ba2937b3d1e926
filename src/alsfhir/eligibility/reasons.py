"""Why a verdict is what it is, in one row of sentences: what was found, when, and what it was compared with."""

from __future__ import annotations

from functools import singledispatch

from alsfhir.criteria.model import (
    Age,
    Allergy,
    Atom,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Device,
    Drug,
    Judgement,
    Measurement,
    Nutrition,
    OtherTrial,
    Pregnancy,
    Procedure,
    Qualitative,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.criteria.words import words
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding, Value, Verdict
from alsfhir.eligibility.reasons_of_absence import uncoded
from alsfhir.eligibility.reasons_of_conditions import condition_reason, recorded_reason
from alsfhir.eligibility.reasons_of_history import (
    allergy_reason,
    attestation_reason,
    other_trial_reason,
    pregnancy_reason,
)
from alsfhir.eligibility.reasons_of_measurements import measurement_reason
from alsfhir.eligibility.reasons_of_results import result_reason
from alsfhir.eligibility.reasons_of_times import age_reason, time_reason
from alsfhir.eligibility.reasons_of_treatments import KINDS, treatment_reason
from alsfhir.eligibility.wording import facts_words, sentence
from alsfhir.patient.model import Condition as ConditionFact
from alsfhir.patient.model import Fact

# The kind of entries among which an atom's may be, without a known code.
_HISTORY: dict[type[Atom], type[Fact]] = {
    Condition: ConditionFact,
    TimeSince: ConditionFact,
    **{atom: kind.facts[0] for atom, kind in KINDS.items()},
}


def reasons(verdict: Verdict, chart: Chart) -> str:
    """All findings in one row, each once; then what is already known of a verdict that is undecided.

    It says nothing that the record does not show, and has no full stop.
    """
    parts = [_sentence(finding, chart) for finding in verdict.findings]
    absent = (_HISTORY.get(type(finding.atom)) for finding in verdict.findings if finding.cause == Cause.NO_RECORD)
    for kind in dict.fromkeys(absent):
        parts += uncoded(chart, kind) if kind else ()
    shown = {fact for finding in verdict.findings for fact in finding.facts}
    unseen = (finding for finding in verdict.settled if not shown.issuperset(finding.facts))
    settled = dict.fromkeys(_sentence(finding, chart) for finding in unseen)
    known = [f"already known: {'; '.join(settled)}"] if settled else []
    return "; ".join([*dict.fromkeys(parts), *known])


def _sentence(finding: Finding, chart: Chart) -> str:
    return sentence(_reason(finding.atom, finding, chart))


@singledispatch
def _reason(atom: Atom, _finding: Finding, _chart: Chart) -> str:
    return f"to be checked by a person, since records are not read for it yet: {words(atom)}"


_reason.register(Age, age_reason)
_reason.register(TimeSince, time_reason)
_reason.register(Measurement, measurement_reason)
_reason.register(Qualitative, result_reason)
_reason.register(Condition, condition_reason)
_reason.register(Recorded, recorded_reason)
_reason.register(Drug, treatment_reason)
_reason.register(Procedure, treatment_reason)
_reason.register(Device, treatment_reason)
_reason.register(Nutrition, treatment_reason)
_reason.register(Allergy, allergy_reason)
_reason.register(OtherTrial, other_trial_reason)
_reason.register(Pregnancy, pregnancy_reason)
_reason.register(Breastfeeding, pregnancy_reason)
_reason.register(Attestation, attestation_reason)


@_reason.register
def _(atom: Judgement, finding: Finding, chart: Chart) -> str:
    shown = f"; on record: {facts_words(finding.facts, chart.terminology, named=True)}" if finding.facts else ""
    return f"to be judged: {atom.question}{shown}"


@_reason.register
def _(atom: Sex, finding: Finding, chart: Chart) -> str:
    match finding.cause:
        case Cause.NO_RECORD:
            return "no administrative gender on file"
        case Cause.UNREADABLE:
            if chart.unreadable("Patient"):
                return "no administrative gender on file, and the Patient resource could not be read"
            return "the administrative gender on file cannot be used: it is none of FHIR's codes"
        case Cause.OTHER_SEX:
            return f"administrative gender is {chart.facts.sex}, which does not tell whether {' or '.join(atom.among)}"
    other = "" if finding.value is Value.MET else f", not {' or '.join(atom.among)}"
    return f"administrative gender is {chart.facts.sex}{other}"


_CATEGORY = {
    Cause.FOR_REVIEW: "a person decides whether this value counts",
    Cause.TEXT_ONLY: "it is given in words only",
    Cause.WORDS_DIFFER: "what is given in words differs from the coded value",
    Cause.DISAGREEING: "what is on file disagrees",
    Cause.UNUSABLE: "the latest value cannot be used",
    Cause.UNKNOWN_CODE: "the latest value is none of its codes",
    Cause.UNDATED: "the value has no date",
    Cause.PARTIAL_DATE: "an incomplete date leaves open whether the value is of the time asked about",
    Cause.PRELIMINARY: "the value is not final",
    Cause.STALE: "the last value is too old",
}


@_reason.register
def _(atom: Category, finding: Finding, chart: Chart) -> str:
    concept = chart.terminology.concept(atom.concept)
    found = facts_words(finding.facts, chart.terminology)
    match finding.cause:
        case Cause.NO_RECORD:
            return f"no {concept.label} on file"
        case Cause.UNREADABLE:
            return f"no {concept.label} on file, but a resource that could not be read"
        case Cause.COMPARED:
            other = "" if finding.value is Value.MET else f", not {values_words(atom, chart)}"
            return f"{concept.label}: {found}{other}"
    return f"{concept.label}: {_CATEGORY[Cause(finding.cause)]}: {found}"


def values_words(atom: Category, chart: Chart) -> str:
    """The values asked for: ``definite or probable``."""
    concept = chart.terminology.concept(atom.concept)
    known = ((concept.value(code), code) for code in atom.among)
    return " or ".join(value.display if value else code for value, code in known)
