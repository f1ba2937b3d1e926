"""Conditions on record in words: what counts, what does not, and what cannot be told."""

from __future__ import annotations

from alsfhir.criteria.model import Condition, Recorded
from alsfhir.criteria.words import duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.wording import facts_words
from alsfhir.patient.model import Condition as ConditionFact

_FOUND = {
    Cause.ON_RECORD: "{label} is on record",
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
    Cause.NOT_DECIDED_HERE: "{label} is on record; whether it fell into a treatment is to be checked by a person",
}
_NOT_AS_CURRENT = (Cause.NOT_CURRENT, Cause.REMISSION, Cause.NO_STATUS)


def condition_reason(atom: Condition, finding: Finding, chart: Chart) -> str:
    """What is on record of the condition, or that nothing is; nothing on file is never called an absence."""
    label = asked_condition(atom, chart)
    found = facts_words(finding.facts, chart.terminology)
    match finding.cause:
        case Cause.NO_RECORD:
            return nothing_about(label, chart)
        case Cause.UNREADABLE:
            return f"nothing usable on file about {label}, but a Condition that could not be read"
        case Cause.CLOSED_WORLD:
            return f"nothing on file about {label}, taken as absent (closed world)"
        case Cause.TOO_FEW:
            return f"{atom.at_least} entries of {label} are asked for, and {len(finding.facts)} on record: {found}"
    within = duration(atom.within) if atom.within else ""
    said = _FOUND[Cause(finding.cause)].format(label=label, within=within, as_of=chart.as_of, severity=atom.severity)
    return f"{said}: {found}"


def nothing_about(label: str, chart: Chart) -> str:
    """That nothing on file is about the condition, or, beside entries of which nobody can say, is known to be."""
    return (
        f"no entry recognised as {label}" if chart.unrecognised.get(ConditionFact) else f"nothing on file about {label}"
    )


def uncoded(chart: Chart) -> tuple[str, ...]:
    """How many conditions are on file of which nobody can say what they are, if there are any."""
    count = len(chart.unrecognised.get(ConditionFact, ()))
    if not count:
        return ()
    return (
        "1 condition on file has no known code" if count == 1 else f"{count} conditions on file have no known code",
    )


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
    """Whether a counting entry is on record."""
    label = chart.terminology.concept(atom.concept).label
    if finding.value is Value.NOT_MET:
        return f"no confirmed {label} on record"
    return f"{label} is on record: {facts_words(finding.facts, chart.terminology)}"


def asked_condition(atom: Condition, chart: Chart) -> str:
    """The condition in words, with what is not counted: ``myopathy other than amyotrophic lateral sclerosis``."""
    label = chart.terminology.concept(atom.concept).label
    other = " and ".join(chart.terminology.concept(name).label for name in atom.minus)
    return f"{label} other than {other}" if other else label
