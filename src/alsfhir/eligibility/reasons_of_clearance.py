"""Creatinine clearance in words: what it is computed from, which part is missing, and what that would take."""

from __future__ import annotations

from alsfhir.eligibility.ages import ages_on
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.clearance import BIRTH, CLEARANCE, CREATININE, Lack, lacking
from alsfhir.eligibility.derive import WEIGHT
from alsfhir.eligibility.model import Basis, Finding
from alsfhir.eligibility.wording import date_of, days_old, fact_words, span_words
from alsfhir.patient.model import Observation

FORMULA = (
    "computed by the formula of Cockcroft and Gault from serum creatinine, body weight, age and sex; "
    "muscle loss in ALS makes it look better than it is"
)
_OF_PATIENT = {
    Cause.PARTIAL_BIRTH_DATE: "date of birth, to the day",
    Cause.BORN_LATER: "date of birth",
    Cause.OTHER_SEX: "administrative gender (female or male)",
}


def patient_words(finding: Finding, chart: Chart) -> str:
    """The age on the day of the creatinine and the sex that a clearance is computed with: ``aged 60 years, female``."""
    creatinine = next((one for one in finding.facts if CREATININE in one.concepts), None)
    ages = ages_on(creatinine.when, chart.facts) if isinstance(creatinine, Observation) else None
    sex = chart.facts.sex if chart.facts.sex in ("female", "male") else "of a sex that is not known"
    return f"aged {span_words(*ages)} years, {sex}" if ages else sex


def lacking_words(chart: Chart) -> str:
    """Why no clearance can be derived: ``no body weight on file; no birth date on file``."""
    return "; ".join(_lacking(lack, chart) for lack in lacking(chart))


def parts_lacking(chart: Chart) -> str:
    """The parts that are not there: ``serum creatinine and body weight``."""
    return " and ".join(_label(lack.part, chart) for lack in lacking(chart))


def clearance_needed(finding: Finding, chart: Chart) -> str:
    """What would settle it: the clearance itself, or what is missing to derive it."""
    missing = [lack.part for lack in lacking(chart)]
    if own := _OF_PATIENT.get(Cause(finding.cause)):
        parts = [own]
    else:
        parts = [_part_needed(part, chart) for part in missing or (CREATININE, WEIGHT)]
    return f"{_part_needed(CLEARANCE, chart)}, or, to derive it: {'; '.join(parts)}"


def _part_needed(part: str, chart: Chart) -> str:
    if part == BIRTH:
        return "date of birth"
    days = chart.max_age_days(part)
    return _label(part, chart) if days is None else f"{_label(part, chart)}, not older than {days} days"


def _label(part: str, chart: Chart) -> str:
    return "birth date" if part == BIRTH else chart.terminology.concept(part).label


def _lacking(lack: Lack, chart: Chart) -> str:
    label = _label(lack.part, chart)
    if lack.last:
        age, found = days_old(date_of(lack.last[0]), chart.as_of), fact_words(lack.last[0], chart.terminology)
        return f"the last {label} is {age}, and at most {chart.max_age_days(lack.part)} are allowed: {found}"
    if lack.basis is Basis.UNUSABLE:
        return f"no {label} that could be read"
    return f"no {label} on file"
