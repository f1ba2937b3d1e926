"""Allergies, other trials, pregnancy and consents on record in words."""

from __future__ import annotations

from alsfhir.criteria.model import Allergy, Attestation, Breastfeeding, OtherTrial, Pregnancy
from alsfhir.criteria.words import duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.wording import facts_words

_ENTRIES = {
    Cause.REFUTED: "{label} was ruled out",
    Cause.NOT_CURRENT: "{label} is on record, but as over",
    Cause.UNUSABLE: "{label} is on record, but the entry cannot be used",
    Cause.NOT_CONFIRMED: "{label} is on record, but not confirmed",
    Cause.PARTIAL_DATE: "{label} is on record, but an incomplete date leaves open whether it counts",
    Cause.NO_STATUS: "{label} is on record, but not whether it is still so",
    Cause.CONTRADICTORY: "{label} is on record as present and as over",
    Cause.REMISSION: "{label} is on record, in remission",
    Cause.TEXT_ONLY: "an entry without a known code may be {label}",
    Cause.UNRECOGNISED: "entries without a known code might be {label}",
}
_ALLERGY = {
    Cause.ON_RECORD: "{label} is on record",
    Cause.NONE_KNOWN: "it is on record that no allergy is known",
    Cause.NO_SEVERITY: "an allergy is on record, but not how severe a reaction to it was",
    Cause.HIGH_RISK: "a high risk is on record, which is not a reaction: whether there was one is for a person to say",
    Cause.NOT_CONFIRMED: "{label} may be on record, but is not confirmed",
    Cause.UNUSABLE: "an allergy is on record, but the entry cannot be used",
}
_TRIAL = {
    Cause.ON_RECORD: "{label} is on record",
    Cause.NOT_CURRENT: "taking part in another trial is on record, but as over",
    Cause.OUTSIDE_WINDOW: "taking part in another trial was over more than {within} before {as_of}",
    Cause.UNDATED: "taking part in another trial is on record, but not until when",
    Cause.WHICH_TRIAL: "taking part in a trial is on record, but not in which",
}
_PREGNANCY = {
    Cause.ON_RECORD: "{label} is on record",
    Cause.COMPARED: "the latest status or test says",
    Cause.DUE_DATE_PASSED: "the expected date of delivery has passed",
    Cause.IMPLAUSIBLE: "{label}: an expected date of delivery is further away than a pregnancy lasts",
    Cause.DISAGREEING: "what is on record of {label} disagrees",
    Cause.UNDATED: "{label}: an entry has no date",
    Cause.STALE: "{label}: what is on record is too old",
    Cause.PRELIMINARY: "{label}: the result is not final",
    Cause.PARTIAL_DATE: "{label}: an incomplete date leaves open whether an entry counts",
    Cause.TEXT_ONLY: "{label}: an entry is given in words only",
    Cause.UNUSABLE: "{label}: an entry cannot be used",
    Cause.INDETERMINATE: "{label}: a result is not clearly positive or negative",
    Cause.UNKNOWN_CODE: "{label}: a result is none of the codes known",
    Cause.NUMBER_ONLY: "{label}: a result is a number, which no cut-off on record explains",
}


def allergy_reason(atom: Allergy, finding: Finding, chart: Chart) -> str:
    """What is on record of a reaction, or that nothing is."""
    to = f" to {chart.terminology.concept(atom.concept).label}" if atom.concept else ""
    label = f"a {atom.severity} allergic reaction{to}"
    return _entries(label, _ALLERGY, finding, chart) or f"nothing on file about {label}"


def other_trial_reason(atom: OtherTrial, finding: Finding, chart: Chart) -> str:
    """What is on record of other trials, or that nothing is."""
    label = "taking part in another trial"
    within = duration(atom.within) if atom.within else ""
    said = _entries(label, _TRIAL, finding, chart, within=within)
    return said or f"nothing on file about {label}"


def pregnancy_reason(atom: Pregnancy | Breastfeeding, finding: Finding, chart: Chart) -> str:
    """What the latest statements say, or why nobody need ask."""
    label = "pregnancy" if isinstance(atom, Pregnancy) else "breastfeeding"
    if finding.cause == Cause.MALE:
        return f"administrative gender is male, and nothing on record speaks for {label}"
    if finding.cause == Cause.CONTRADICTORY and chart.facts.sex == "male":
        found = facts_words(finding.facts, chart.terminology, named=True)
        return f"administrative gender is male, which contradicts what is on record: {found}"
    if finding.cause == Cause.ON_RECORD and finding.value is Value.NOT_MET:
        return f"it is on record that there is no {label}: {facts_words(finding.facts, chart.terminology)}"
    return _entries(label, _PREGNANCY, finding, chart) or f"nothing on file about {label}"


def attestation_reason(atom: Attestation, finding: Finding, chart: Chart) -> str:
    """The question, with what is on file about it; or the consent that answers it."""
    found = facts_words(finding.facts, chart.terminology)
    if finding.cause == Cause.CONSENTED:
        return f"a consent to take part in this trial is on record: {found}"
    answered = f"; answered on file: {found}" if finding.facts else ""
    return f"to be asked at enrolment: {atom.question}{answered}"


def _entries(label: str, table: dict[Cause, str], finding: Finding, chart: Chart, *, within: str = "") -> str:
    """The sentence of a finding with the entries it rests on; empty if nothing is on file."""
    cause = Cause(finding.cause)
    match cause:
        case Cause.NO_RECORD:
            return ""
        case Cause.UNREADABLE:
            return f"nothing usable on file about {label}, but a resource that could not be read"
        case Cause.CLOSED_WORLD:
            return f"nothing on file about {label}, taken as absent (closed world)"
    said = (table.get(cause) or _ENTRIES[cause]).format(label=label, within=within, as_of=chart.as_of)
    return f"{said}: {facts_words(finding.facts, chart.terminology, named=True)}"
