"""Qualitative results in words: what the latest one says, and what stands in the way."""

from __future__ import annotations

from alsfhir.criteria.model import Qualitative
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.result import NEGATIVE, POSITIVE
from alsfhir.eligibility.wording import date_of, day_words, days_old, facts_words, listed

_OTHER = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE}
_IN_THE_WAY = {
    Cause.TEXT_ONLY: "a person reads the latest result, which is given in words only",
    Cause.INDETERMINATE: "the latest result is not clearly positive or negative",
    Cause.UNKNOWN_CODE: "the latest result is a code that is not known",
    Cause.DISAGREEING: "the latest result says both positive and negative",
    Cause.NUMBER_ONLY: "the latest result is a number, and only the laboratory knows from where on it is positive",
    Cause.UNUSABLE: "the latest result cannot be used",
    Cause.NO_NUMBER: "the latest result cannot be used",
    Cause.NO_UNIT: "the latest result has no unit",
    Cause.OTHER_UNIT: "the latest result is in a unit that cannot be compared",
    Cause.IMPLAUSIBLE: "the latest result is not plausible, and not used",
    Cause.COMPARATOR: "the latest result is only known to be above or below a number, which does not settle it",
    Cause.TIED: "the latest results are of the same time and differ",
    Cause.PARTIAL_DATE: "an incomplete date leaves open which result is the latest, or how old it is",
    Cause.UNDATED: "a result without a date might be the latest",
    Cause.PRELIMINARY: "the only recent result is not final",
}


def result_reason(atom: Qualitative, finding: Finding, chart: Chart) -> str:
    """The result that counts, against the one asked for; or why there is none."""
    label, found = chart.terminology.concept(atom.concept).label, facts_words(finding.facts, chart.terminology)
    if finding.value in (Value.MET, Value.NOT_MET):
        said = atom.result if finding.value is Value.MET else _OTHER[atom.result]
        days = listed(day_words(date_of(fact)) for fact in finding.facts)
        other = "" if finding.value is Value.MET else f", not {atom.result}"
        return f"{label} {said} on {days}{other}"
    match finding.cause:
        case Cause.NO_RECORD:
            return f"no {label} on file"
        case Cause.UNREADABLE:
            return f"no usable {label} on file, but an Observation that could not be read"
        case Cause.STALE:
            age = days_old(date_of(finding.facts[0]), chart.as_of)
            return f"the last {label} is {age}, and at most {chart.max_age_days(atom.concept)} are allowed: {found}"
    return f"{label}: {_IN_THE_WAY[Cause(finding.cause)]}: {found}"
