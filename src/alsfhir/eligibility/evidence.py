"""Which resources a verdict rests on, or which stand in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alsfhir.criteria.model import Age, Breastfeeding, Judgement, Measurement, Pregnancy, Sex, TimeSince
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.clearance import CLEARANCE
from alsfhir.eligibility.model import Decision, Finding, Verdict
from alsfhir.eligibility.question import on_record
from alsfhir.eligibility.reasons_of_clearance import patient_words
from alsfhir.eligibility.reasons_of_times import age_words
from alsfhir.eligibility.record import EvidenceRecord
from alsfhir.eligibility.wording import date_of, dated_entry, named_value, value_words
from alsfhir.patient.model import Condition, Fact
from alsfhir.patient.values import When

_NAMED = (Judgement, Pregnancy)  # the atoms that do not name what their facts are of


def evidence(verdict: Verdict, chart: Chart) -> tuple[EvidenceRecord, ...]:
    """The resources, each once per value, in the order of the findings. An age is cited without the birth date."""
    findings = (*verdict.findings, *verdict.settled)
    return tuple(dict.fromkeys(one for finding in findings for one in _evidence(finding, chart)))


def _evidence(finding: Finding, chart: Chart) -> Iterator[EvidenceRecord]:
    facts = chart.facts
    if isinstance(finding.atom, Age) and facts.birth is not None and facts.birth.first <= chart.as_of:
        yield EvidenceRecord(reference=facts.patient, value=age_words(chart))
    elif _is_about_sex(finding) and facts.sex is not None:
        yield EvidenceRecord(reference=facts.patient, value=facts.sex)
    elif isinstance(finding.atom, Measurement) and finding.atom.concept == CLEARANCE and finding.cause == Cause.DERIVED:
        yield EvidenceRecord(reference=facts.patient, value=patient_words(finding, chart))
    for fact in finding.facts:
        yield _cited(fact, _when(fact, finding), chart, named=isinstance(finding.atom, _NAMED))


def beside(decision: Decision, chart: Chart) -> tuple[Fact, ...]:
    """What is to be shown with a criterion without any part in its verdict, but for what the verdict cites already."""
    verdict = decision.verdict
    cited = {fact for finding in (*verdict.findings, *verdict.settled) for fact in finding.facts}
    found = (*verdict.shown, *on_record(decision.criterion.show, chart))
    return tuple(dict.fromkeys(fact for fact in found if fact not in cited))


def shown(facts: Iterable[Fact], chart: Chart) -> tuple[EvidenceRecord, ...]:
    """The resources of facts that are shown, each named."""
    return tuple(_cited(fact, date_of(fact), chart, named=True) for fact in facts)


def _is_about_sex(finding: Finding) -> bool:
    if isinstance(finding.atom, Pregnancy | Breastfeeding):
        return finding.cause in (Cause.MALE, Cause.CONTRADICTORY)
    return isinstance(finding.atom, Sex)


def _cited(fact: Fact, when: When | None, chart: Chart, *, named: bool) -> EvidenceRecord:
    value = (named_value if named else value_words)(fact, chart.terminology)
    if isinstance(fact, Condition) and when:
        value = f"{value}, {dated_entry(fact, when)}"
    return EvidenceRecord(reference=fact.reference, date=when.written if when else None, value=value)


def _when(fact: Fact, finding: Finding) -> When | None:
    if isinstance(fact, Condition) and isinstance(finding.atom, TimeSince) and finding.atom.event == "diagnosis":
        return fact.diagnosed or fact.recorded
    return date_of(fact)
