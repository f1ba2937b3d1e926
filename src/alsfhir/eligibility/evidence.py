"""Which resources a verdict rests on, or which stand in its way."""

from __future__ import annotations

from collections.abc import Iterator

from alsfhir.criteria.model import Age, Judgement, Sex, TimeSince
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.model import Finding, Verdict
from alsfhir.eligibility.reasons_of_times import age_words
from alsfhir.eligibility.record import EvidenceRecord
from alsfhir.eligibility.wording import date_of, dated_entry, named_value, value_words
from alsfhir.patient.model import Condition, Fact
from alsfhir.patient.values import When


def evidence(verdict: Verdict, chart: Chart) -> tuple[EvidenceRecord, ...]:
    """The resources, each once per value, in the order of the findings. An age is cited without the birth date."""
    findings = (*verdict.findings, *verdict.settled)
    return tuple(dict.fromkeys(one for finding in findings for one in _evidence(finding, chart)))


def _evidence(finding: Finding, chart: Chart) -> Iterator[EvidenceRecord]:
    facts = chart.facts
    if isinstance(finding.atom, Age) and facts.birth is not None and facts.birth.first <= chart.as_of:
        yield EvidenceRecord(reference=facts.patient, value=age_words(chart))
    elif isinstance(finding.atom, Sex) and facts.sex is not None:
        yield EvidenceRecord(reference=facts.patient, value=facts.sex)
    for fact in finding.facts:
        when, words = _when(fact, finding), named_value if isinstance(finding.atom, Judgement) else value_words
        value = words(fact, chart.terminology)
        if isinstance(fact, Condition) and when:
            value = f"{value}, {dated_entry(fact, when)}"
        yield EvidenceRecord(reference=fact.reference, date=when.written if when else None, value=value)


def _when(fact: Fact, finding: Finding) -> When | None:
    if isinstance(fact, Condition) and isinstance(finding.atom, TimeSince) and finding.atom.event == "diagnosis":
        return fact.diagnosed or fact.recorded
    return date_of(fact)
