"""Conditions on record in words: what counts, what does not, and what cannot be told."""

from __future__ import annotations

from alsfhir.criteria.model import Condition, Recorded
from alsfhir.criteria.words import duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.reasons_of_absence import nothing_about
from alsfhir.eligibility.window import window
from alsfhir.eligibility.wording import facts_words
from alsfhir.patient.model import Condition as ConditionFact

_FOUND = {
    Cause.ON_RECORD: "{label} is on record",
    Cause.OTHERS_OPEN: "what is on record as {label} does not count, and says nothing of others",
    Cause.REFUTED: "{label} was ruled out",
    Cause.NOT_CURRENT: "{label} is on record, but not as current",
    Cause.OUTSIDE_WINDOW: "{label} was over more than {within} before {as_of}",
    Cause.LESS_SEVERE: "{label} is on record, but not {severity}",
    Cause.UNUSABLE: "{label} is on record, but the entry cannot be used",
    Cause.NOT_CONFIRMED: "{label} is on record, but not confirmed",
    Cause.PARTIAL_DATE: "{label} is on record, but an incomplete date leaves open whether it counts",
    Cause.UNDATED: "{label} is on record, but not when it was over",
    Cause.BROADER: "on record is what may or may not be {label}",
    Cause.NO_STATUS: "{label} is on record, but not whether it is still there",
    Cause.NO_SEVERITY: "{label} is on record, but not how severe it is",
    Cause.REMISSION: "{label} is on record, in remission",
    Cause.CONTRADICTORY: "{label} is on record as present and as over",
    Cause.TEXT_ONLY: "an entry without a known code may be {label}",
    Cause.UNRECOGNISED: "entries without a known code might be {label}",
    Cause.SAME_EVENT: "{label} is on record several times, but not whether that is one event or several",
    Cause.NOT_OVERLAPPING: "{label} is on record, but no {drug} while it lasted",
    Cause.NO_DRUG: "{label} is on record, but no {drug}",
    Cause.OVERLAP_OPEN: "{label} is on record, but not whether {drug} was taken while it lasted",
    Cause.NO_SITE: "{label} is on record, but not whether at {site}",
    Cause.OTHER_SITE: "{label} is on record at a site that is not known as {site}",
}
# Where an entry counts by when it began.
_BEGAN = {
    Cause.OUTSIDE_WINDOW: "{label} is on record, but did not begin between {first} and {last}",
    Cause.UNDATED: "{label} is on record, but not when it began",
}
# Where the time that is asked about is over, or the entry itself says that it was in the past.
_THEN = {
    Cause.OUTSIDE_WINDOW: "{label} is on record, but not between {first} and {last}",
    Cause.UNDATED: "{label} is on record, but not when that was",
}
_ABSENT = {"procedures": "no {label} done on record", "observations": "no positive {label} on record"}
_NOT_AS_CURRENT = (Cause.NOT_CURRENT, Cause.REMISSION, Cause.NO_STATUS)


def condition_reason(atom: Condition, finding: Finding, chart: Chart) -> str:
    """What is on record of the condition, or that nothing is; nothing on file is never called an absence."""
    label = asked_condition(atom, chart)
    found = facts_words(finding.facts, chart.terminology)
    match finding.cause:
        case Cause.NO_RECORD:
            return nothing_about(label, chart, ConditionFact)
        case Cause.UNREADABLE:
            return f"nothing usable on file about {label}, but a Condition that could not be read"
        case Cause.CLOSED_WORLD:
            return f"nothing on file about {label}, taken as absent (closed world)"
        case Cause.TOO_FEW:
            return f"{atom.at_least} entries of {label} are asked for, and {len(finding.facts)} on record: {found}"
    return f"{_found(atom, finding, chart).format(label=label, **_asked(atom, chart))}: {found}"


def _found(atom: Condition, finding: Finding, chart: Chart) -> str:
    past = chart.terminology.concept(atom.concept).past
    table = _BEGAN if atom.began else _THEN if atom.within and (atom.until or past) else {}
    cause = Cause(finding.cause)
    return table.get(cause) or _FOUND[cause]


def _asked(atom: Condition, chart: Chart) -> dict[str, object]:
    """What the sentences name of what was asked for."""
    span = window(atom, chart.as_of)
    label = {name: chart.terminology.concept(name).label for name in (atom.overlapping, atom.site) if name}
    return {
        "within": duration(atom.within) if atom.within else "",
        "as_of": chart.as_of,
        "first": span.first if span else "",
        "last": span.last if span else "",
        "severity": atom.severity,
        "drug": label.get(atom.overlapping or ""),
        "site": label.get(atom.site or ""),
    }


def confirmation_words(finding: Finding, chart: Chart) -> str:
    """What a person has to confirm of a condition that is not found to be current, and what the record shows of it."""
    assert isinstance(finding.atom, Condition)
    label = asked_condition(finding.atom, chart)
    if finding.cause in _NOT_AS_CURRENT:
        entries = ", ".join(fact.reference for fact in finding.facts)
        return f"Confirmation that {label} is still present: it is on record, but not as current ({entries})"
    shown = f": {condition_reason(finding.atom, finding, chart)}" if finding.facts else ""
    return f"Confirmed diagnosis of {label}{shown}"


def recorded_reason(atom: Recorded, finding: Finding, chart: Chart) -> str:
    """Whether a counting condition, a procedure done or a positive result is on record."""
    concept = chart.terminology.concept(atom.concept)
    if finding.value is Value.NOT_MET:
        return _ABSENT.get(concept.file, "no confirmed {label} on record").format(label=concept.label)
    positive = "a positive " if concept.file == "observations" else ""
    return f"{positive}{concept.label} is on record: {facts_words(finding.facts, chart.terminology)}"


def asked_condition(atom: Condition, chart: Chart) -> str:
    """The condition in words, with what is not counted: ``myopathy (not counting amyotrophic lateral sclerosis)``."""
    label = chart.terminology.concept(atom.concept).label
    other = " or ".join(chart.terminology.concept(name).label for name in atom.minus)
    return f"{label} (not counting {other})" if other else label
