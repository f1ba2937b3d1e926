"""Ages and times since an event, in words."""

from __future__ import annotations

from datetime import date

from alsfhir.criteria.model import Age, Duration, TimeSince
from alsfhir.eligibility.bounds import asked, broken
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.days import completed_months, completed_years, earlier
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.person import age
from alsfhir.eligibility.reasons_of_absence import nothing_about
from alsfhir.eligibility.timesince import Event, event_of, kept, later_onsets
from alsfhir.eligibility.wording import dated_onset, facts_words, listed
from alsfhir.patient.demographics import BIRTH_DATE
from alsfhir.patient.model import Condition

_TRUTHS = {Value.MET: True, Value.NOT_MET: False}


def age_reason(atom: Age, finding: Finding, chart: Chart) -> str:
    """The age against its bounds; never the birth date."""
    if finding.cause == Cause.BORN_LATER:
        return f"the birth date on file is after {chart.as_of}"
    if finding.cause in (Cause.NO_RECORD, Cause.UNREADABLE):
        return _no_birth_date(chart)
    old = f"{age_words(chart)} old on {chart.as_of}"
    if finding.cause == Cause.PARTIAL_DATE:
        return f"{old}, as far as the incomplete birth date tells; asked is {asked(atom)}"
    if finding.value is Value.MET:
        return f"{old}, {asked(atom)}"
    return f"{old}, {broken(atom, lambda one: _TRUTHS.get(age(one, chart, chart.as_of).value))}"


def _no_birth_date(chart: Chart) -> str:
    if chart.unreadable("Patient"):
        return "no birth date on file, and the Patient resource could not be read"
    if chart.unreadable(BIRTH_DATE):
        return "the birth date on file cannot be used: it is not as FHIR writes it"
    return "no birth date on file"


def age_words(chart: Chart) -> str:
    """Completed years on the as-of date: ``58 years``, or ``74 to 75 years`` from a partial birth date."""
    birth = chart.facts.birth
    if birth is None:
        return "of unknown age"
    youngest, oldest = max(completed_years(birth.last, chart.as_of), 0), completed_years(birth.first, chart.as_of)
    return f"{_span(youngest, oldest)} year{'s' * (oldest != 1)}"


def time_reason(atom: TimeSince, finding: Finding, chart: Chart) -> str:
    """The time since the event against its bounds, and where the date of the event is from."""
    label = chart.terminology.concept(atom.concept).label
    event = event_of(atom, chart)
    if finding.cause in (Cause.PARTIAL_DATE, Cause.ONSET_AFTER_DIAGNOSIS) and event and finding.value is Value.UNKNOWN:
        return f"{_when(atom, label, event, chart)}, which leaves open whether that is {asked(atom)}"
    if finding.value is Value.UNKNOWN or event is None:
        return _no_date(atom, label, finding, chart)
    relation = asked(atom) if finding.value is Value.MET else broken(atom, lambda one: kept(one, event, chart.as_of))
    return f"{_when(atom, label, event, chart)}: {relation}"


def _when(atom: TimeSince, label: str, event: Event, chart: Chart) -> str:
    ago = f"{_ago(atom, event, chart.as_of)} before {chart.as_of}"
    if event.cause is Cause.DIAGNOSED_BEFORE:
        return f"{label} on record by {event.last}, so its onset was at least {ago}"
    if event.cause is Cause.ONSET_AFTER_DIAGNOSIS:
        dated = listed(dated_onset(entry) for entry in later_onsets(atom.concept, event, chart))
        known = f"the onset of {label} on file ({dated}) is after its diagnosis on {event.last}"
        return f"{known}, which cannot be; it was at least {ago}"
    days = f"on {event.last}" if event.first == event.last else f"between {event.first} and {event.last}"
    if event.cause is Cause.RECORDED_DATE:
        return f"{label} recorded {days}, {ago}"
    return f"{atom.event} of {label} {days}, {ago}"


def _ago(atom: TimeSince, event: Event, as_of: date) -> str:
    first = event.last if event.first == date.min else event.first
    least, most = completed_months(event.last, as_of), completed_months(first, as_of)
    if most == 0:
        days = (as_of - event.last).days, (as_of - first).days
        return f"{_span(*days)} day{'s' * (days[1] != 1)}"
    months = f"{_span(least, most)} month{'s' * (most != 1)}"
    over = (earlier(as_of, Duration(months=least)) - event.last).days
    # Like a number, it is not said to be a bound that it is not.
    if first != event.last or not over or least not in _months(atom):
        return months
    return f"{months} and {over} day{'s' * (over != 1)}"


def _months(atom: TimeSince) -> set[int]:
    bounds = (atom.at_least, atom.more_than, atom.at_most, atom.less_than)
    return {bound.years * 12 + bound.months for bound in bounds if bound}


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


_NO_DATE = {
    Cause.NO_RECORD: "{nothing}, and so no date of its {event}",
    Cause.UNREADABLE: "no {label} on file, but a Condition that could not be read",
    Cause.REFUTED: "{label} was ruled out, and so no date of its {event}: {found}",
    Cause.NO_DATE: "no date of {event} of {label} on file: {found}",
    Cause.NOT_CONFIRMED: "{label} is on record, but not confirmed: {found}",
    Cause.BROADER: "on record is what may or may not be {label}: {found}",
    Cause.TEXT_ONLY: "the {event} of {label} is given in words only: {texts}",
    Cause.UNUSABLE: "{label} is on record, but the entry cannot be used: {found}",
    Cause.PARTIAL_DATE: "{label} is on record, but an incomplete date leaves open whether it counts: {found}",
}


def _no_date(atom: TimeSince, label: str, finding: Finding, chart: Chart) -> str:
    found, texts = facts_words(finding.facts, chart.terminology), _in_words(finding)
    nothing = nothing_about(label, chart, Condition)
    return _NO_DATE[Cause(finding.cause)].format(
        label=label, event=atom.event, found=found, texts=texts, nothing=nothing
    )


def _in_words(finding: Finding) -> str:
    texts = [f for f in finding.facts if isinstance(f, Condition) and f.onset_text]
    return "; ".join(f"“{entry.onset_text}” ({entry.reference})" for entry in texts)
