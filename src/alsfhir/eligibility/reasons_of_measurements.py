"""Measured values in words: the value as written, how another was derived from it, and what stands in the way."""

from __future__ import annotations

from fractions import Fraction

from alsfhir.criteria.model import Measurement
from alsfhir.eligibility import derive
from alsfhir.eligibility.bounds import asked, broken
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.clearance import CLEARANCE
from alsfhir.eligibility.limit import upper_limit
from alsfhir.eligibility.measurement import unit_of
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.reading import Extent, implausible, reading, reading_of_limit, within_bounds
from alsfhir.eligibility.reasons_of_clearance import lacking_words, parts_lacking, patient_words
from alsfhir.eligibility.wording import (
    day_words,
    days_old,
    fact_words,
    facts_words,
    label_of_value,
    listed,
    quantity_words,
    rounded,
    unit_words,
    value_words,
)
from alsfhir.patient.model import Observation
from alsfhir.terminology import Terminology

_IN_THE_WAY = {
    Cause.UNUSABLE: "the latest value cannot be used",
    Cause.NO_NUMBER: "the latest value is no number that could be used",
    Cause.NO_UNIT: "the latest value has no unit",
    Cause.OTHER_UNIT: "the latest value is in a unit that cannot be compared",
    Cause.NO_RANGE: "the latest value comes without an upper limit of normal",
    Cause.COMPARATOR: "the latest value is only known to be above or below a number, which does not settle it",
    Cause.TIED: "the latest values are of the same time and differ",
    Cause.PARTIAL_DATE: "an incomplete date leaves open which value is the latest, or how old it is",
    Cause.UNDATED: "a value without a date might be the latest",
    Cause.PRELIMINARY: "the only recent value is not final",
    Cause.OTHER_KIND: "what is on file is of another kind than asked, and not used",
    Cause.PARTIAL_BIRTH_DATE: "the incomplete birth date leaves open what comes of the latest values",
    Cause.BORN_LATER: "the birth date on file is after the as-of date",
    Cause.OTHER_SEX: "what comes of the latest values depends on the sex, which is not known to be female or male",
}
_ALONE = {
    Cause.UNREADABLE: "no usable {label} on file, but an Observation that could not be read",
    Cause.VOLUME_ONLY: (
        "{label} is on file in litres only: {found}; percent of predicted cannot be derived "
        "without the predicted volume of the same day"
    ),
}


def measurement_reason(atom: Measurement, finding: Finding, chart: Chart) -> str:
    """The value against its bounds, or why there is none to compare."""
    if finding.value is Value.UNKNOWN:
        return _missing(atom, finding, chart)
    relation = _relation(atom, finding, chart)
    if atom.which == "every" and finding.value is Value.MET:
        start, values = chart.window_start(atom.concept), listed(_value(atom, one, chart) for one in _seen(finding))
        return f"{label_of(atom, chart)}, every value since {start}: {values}; {relation}"
    label = label_of(atom, chart)
    head = f"{label}:" if any(letter.isdigit() for letter in label) else label
    if finding.cause == Cause.DERIVED:
        return f"{head} {_derived(atom, finding, chart)}, {relation}"
    plausible = [one for one in _seen(finding) if not implausible(one, atom.concept, chart.terminology)]
    values = listed(f"{_value(atom, one, chart)} on {day_words(one.when)}" for one in plausible)
    return f"{head} {values}, {relation}"


def implausible_values(finding: Finding, terminology: Terminology) -> tuple[Observation, ...]:
    """The observations of a finding whose values no patient can have."""
    return tuple(
        fact for fact in _seen(finding) if any(implausible(fact, name, terminology) for name in sorted(fact.concepts))
    )


def label_of(atom: Measurement, chart: Chart) -> str:
    """What the measurement is called."""
    return chart.terminology.concept(atom.concept).label


def unit_said(atom: Measurement, chart: Chart) -> str:
    """The unit of the bounds in words."""
    if atom.times_upper_limit:
        return "times the upper limit of normal"
    return unit_words(chart.terminology.concept(atom.concept), unit_of(atom, chart))


def measured_words(atom: Measurement, chart: Chart) -> str:
    """The measurement and its unit: ``forced vital capacity in % of predicted``."""
    concept = chart.terminology.concept(atom.concept)
    if concept.ignored_units:
        return f"{concept.label} in {unit_words(concept, concept.unit)}"
    unit = concept.unit_label if atom.unit or not atom.times_upper_limit else None
    return f"{concept.label} in {unit}" if unit and "predicted" in unit else concept.label


def _relation(atom: Measurement, finding: Finding, chart: Chart) -> str:
    unit = unit_said(atom, chart)
    if finding.value is Value.MET:
        return asked(atom, unit)
    value = _extent(atom, finding, chart)
    return broken(atom, lambda one: within_bounds(value, one), unit) or f"not {asked(atom, unit)}"


def _extent(atom: Measurement, finding: Finding, chart: Chart) -> Extent:
    if finding.number is not None:
        return Extent(finding.number, finding.number)
    first = _seen(finding)[0]
    if atom.times_upper_limit:
        return reading_of_limit(first, atom.concept, chart).extent
    return reading(first, atom.concept, unit_of(atom, chart), chart.terminology).extent


def _seen(finding: Finding) -> list[Observation]:
    return [fact for fact in finding.facts if isinstance(fact, Observation)]


def _value(atom: Measurement, fact: Observation, chart: Chart) -> str:
    if fact.quantity is None:
        return "without a number"
    concept = chart.terminology.concept(atom.concept)
    written = quantity_words(fact.quantity, concept)
    if atom.times_upper_limit:
        limit = upper_limit(fact, atom.concept, chart)
        return f"{written}, its upper limit of normal {quantity_words(limit, concept) if limit else 'not stated'}"
    unit = unit_of(atom, chart)
    number = reading(fact, atom.concept, unit, chart.terminology).extent.number
    if number is None or chart.terminology.units.unit(fact.quantity.unit) == unit:
        return written
    return f"{written} = {_rounded(atom, number)} {unit_words(concept, unit)}"


def _rounded(atom: Measurement, number: Fraction) -> str:
    return rounded(number, atom.at_least, atom.more_than, atom.at_most, atom.less_than)


def _derived(atom: Measurement, finding: Finding, chart: Chart) -> str:
    parts = " and ".join(
        f"{_labels(one, chart)} of {value_words(one, chart.terminology)} on {day_words(one.when)}"
        for one in _seen(finding)
    )
    number = "" if finding.number is None else f"{_rounded(atom, finding.number)} {unit_said(atom, chart)} "
    patient = f", {patient_words(finding, chart)}" if atom.concept == CLEARANCE else ""
    return f"{number}from {parts}{patient}"


def _labels(fact: Observation, chart: Chart) -> str:
    return label_of_value(fact, chart.terminology) or "a value"


def _missing(atom: Measurement, finding: Finding, chart: Chart) -> str:
    label = label_of(atom, chart)
    found = facts_words(finding.facts, chart.terminology, named=atom.concept == CLEARANCE)
    match finding.cause:
        case Cause.NO_RECORD:
            return f"no {measured_words(atom, chart)} on file{_nor_parts(atom, chart)}"
        case Cause.INCOMPLETE:
            return f"no {label} on file, and none can be derived: {lacking_words(chart)}"
        case Cause.STALE:
            age = days_old(_seen(finding)[0].when, chart.as_of)
            return f"the last {label} is {age}, and at most {chart.max_age_days(atom.concept)} are allowed: {found}"
        case Cause.IMPLAUSIBLE:
            return _implausible(label, finding, chart)
    wording = _ALONE.get(Cause(finding.cause)) or f"{{label}}: {_IN_THE_WAY[Cause(finding.cause)]}: {{found}}"
    return wording.format(label=label, found=found)


def _nor_parts(atom: Measurement, chart: Chart) -> str:
    if atom.concept == CLEARANCE:
        return f", nor {parts_lacking(chart)} to derive it from"
    return ", nor both body weight and height to derive it from" if atom.concept == derive.BMI else ""


def _implausible(label: str, finding: Finding, chart: Chart) -> str:
    wrong = implausible_values(finding, chart.terminology)
    if not wrong:
        found = facts_words(finding.facts, chart.terminology)
        return f"{label}: what comes of the latest values is not plausible, and not used: {found}"
    values = "; ".join(f"{_labels(one, chart)} of {fact_words(one, chart.terminology)}" for one in wrong)
    return f"{values} {'is' if len(wrong) == 1 else 'are'} not plausible, and not used"
