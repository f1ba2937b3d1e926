"""Screening → ScreeningRecord: the words, made on request and only for what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import msgspec

from alsfhir.criteria.model import Condition, Measurement
from alsfhir.eligibility.assumptions import assumptions, volumes_in_percent
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart, chart
from alsfhir.eligibility.condition import condition
from alsfhir.eligibility.evidence import beside, evidence, shown
from alsfhir.eligibility.measurement import of_other_kinds
from alsfhir.eligibility.model import Decision, Finding, Outcome, Screening, Status
from alsfhir.eligibility.needs import needs
from alsfhir.eligibility.reasons import reasons
from alsfhir.eligibility.reasons_of_conditions import confirmation_words
from alsfhir.eligibility.reasons_of_measurements import implausible_values
from alsfhir.eligibility.record import (
    CriterionRecord,
    IssueRecord,
    NeedRecord,
    PatientIdentifier,
    RecruitmentRecord,
    ScreeningRecord,
)
from alsfhir.eligibility.unrecognised import unrecognised
from alsfhir.eligibility.wording import facts_words, value_words
from alsfhir.terminology import Terminology

_SEVERITIES = ("error", "warning", "information")


def record(screening: Screening, software: str, terminology: Terminology) -> ScreeningRecord:
    """The screening in words, for people and for programs; the same screening gives the same record.

    ``software`` is the name and version to cite.
    """
    criteria, facts = screening.criteria, screening.facts
    told = chart(facts, screening.as_of, terminology, closed_world=screening.closed_world, max_age=screening.max_age)
    return ScreeningRecord(
        trial=criteria.trial,
        recruitment=RecruitmentRecord(status=criteria.recruitment.status, as_of=criteria.recruitment.as_of),
        patient=facts.patient,
        patient_identifier=tuple(PatientIdentifier(system=i.system, value=i.value) for i in facts.identifiers),
        as_of=screening.as_of.isoformat(),
        status=cast("Any", screening.status and screening.status.value),
        not_screened=msgspec.UNSET if screening.status else "deceased",
        unconfirmed=_unconfirmed(screening, told),
        criteria=tuple(_criterion(decision, told) for decision in screening.decisions),
        blocking=_ids(screening, Outcome.FAIL),
        missing=_ids(screening, Outcome.MISSING),
        confirm=_ids(screening, Outcome.CONFIRM),
        closed_world=screening.closed_world,
        max_age_days=dict(sorted(screening.max_age.items())) or msgspec.UNSET,
        issues=_issues(screening, told),
        readings=f"sha256:{criteria.version}",
        software=software,
    )


def _unconfirmed(screening: Screening, told: Chart) -> NeedRecord | msgspec.UnsetType:
    disease = screening.criteria.condition
    if screening.confirmed or screening.status is not Status.POTENTIAL or disease is None:
        return msgspec.UNSET
    found = condition(Condition(concept=disease), told.terminology)(told, told.as_of)
    return NeedRecord(concept=disease, text=confirmation_words(found, told))


def _ids(screening: Screening, outcome: Outcome) -> tuple[str, ...]:
    return tuple(decision.criterion.id for decision in screening.decisions if decision.outcome is outcome)


def _criterion(decision: Decision, told: Chart) -> CriterionRecord:
    criterion, verdict, also = decision.criterion, decision.verdict, beside(decision, told)
    said = f"; also on record: {facts_words(also, told.terminology, named=True)}" if also else ""
    return CriterionRecord(
        id=criterion.id,
        kind=cast("Any", criterion.kind.value),
        text=criterion.text,
        reading=criterion.reading,
        verdict=cast("Any", verdict.value.value),
        outcome=cast("Any", decision.outcome.value),
        basis=cast("Any", verdict.basis.value),
        reason=reasons(verdict, told) + said,
        evidence=tuple(dict.fromkeys((*evidence(verdict, told), *shown(also, told)))),
        needs=needs(verdict, told),
        assumptions=(*criterion.assumptions, *criterion.warnings, *assumptions(verdict, told)),
        opens=_iso(decision.opens),
        closes=_iso(decision.closes),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _issues(screening: Screening, told: Chart) -> tuple[IssueRecord, ...]:
    found = {IssueRecord(severity=i.severity, location=i.location, text=i.text) for i in screening.facts.issues}
    return tuple(sorted(found.union(_made(screening, told)), key=_rank))


def _made(screening: Screening, told: Chart) -> Iterator[IssueRecord]:
    if screening.facts.deceased and screening.status:
        text = "died after the as-of date; screened as of a day on which the patient was alive"
        yield IssueRecord(severity="warning", location=screening.facts.patient, text=text)
    if screening.status:
        yield from unrecognised(told)
    verdicts = (decision.verdict for decision in screening.decisions)
    for finding in (finding for verdict in verdicts for finding in (*verdict.findings, *verdict.settled)):
        yield from _of_finding(finding, told)


def _of_finding(finding: Finding, told: Chart) -> Iterator[IssueRecord]:
    terminology = told.terminology
    for fact in implausible_values(finding, terminology) if finding.cause == Cause.IMPLAUSIBLE else ():
        text = f"{value_words(fact, terminology)} is not plausible; not used"
        yield IssueRecord(severity="warning", location=fact.reference, text=text)
    for fact in of_other_kinds(finding.atom.concept, told) if isinstance(finding.atom, Measurement) else ():
        text = f"{value_words(fact, terminology)} is of another kind of measurement than asked; not used"
        yield IssueRecord(severity="warning", location=fact.reference, text=text)
    for fact in volumes_in_percent(finding):
        text = "coded as a volume but valued in %; read as percent of predicted"
        yield IssueRecord(severity="warning", location=fact.reference, text=text)


def _rank(issue: IssueRecord) -> tuple[int, str, str]:
    return _SEVERITIES.index(issue.severity), issue.location, issue.text
