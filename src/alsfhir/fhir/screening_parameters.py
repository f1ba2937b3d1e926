"""Parameters: a screening, criterion by criterion, for programs, https://hl7.org/fhir/R4/parameters.html."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alsfhir.eligibility.record import CriterionRecord, EvidenceRecord, IssueRecord, NeedRecord, ScreeningRecord
from alsfhir.fhir.canonical import Resource
from alsfhir.fhir.evidence import evidence_reference
from alsfhir.fhir.primitives import fhir_date, string

_Parameter = dict[str, Any]


def screening_parameters(record: ScreeningRecord, held: frozenset[str]) -> Resource:
    """The Parameters, to be contained: the names are those of the screening's JSON, and one part per criterion id.

    Evidence is referenced literally only if the server has it (``held``).
    """
    recruitment = record.recruitment
    parts = [
        _group("recruitment", [*_text("status", recruitment.status), *_date("asOf", recruitment.as_of)]),
        *_date("asOf", record.as_of),
        *_code("status", record.status),
        {"name": "closedWorld", "valueBoolean": record.closed_world},
        *_max_age(record),
        *(_group(criterion.id, _criterion(criterion, held)) for criterion in record.criteria),
        *(_group("issues", _issue(issue)) for issue in record.issues),
        *_text("readings", record.readings),
        *_text("software", record.software),
    ]
    return {"resourceType": "Parameters", "id": "screening", "parameter": parts}


def _max_age(record: ScreeningRecord) -> list[dict[str, Any]]:
    """How old values may be, where that was asked for in place of what the mappings say."""
    asked = record.max_age_days or {}
    parts = [{"name": concept, "valueInteger": days} for concept, days in asked.items()]
    return [{"name": "maxAgeDays", "part": parts}] if parts else []


def _criterion(criterion: CriterionRecord, held: frozenset[str]) -> Iterator[_Parameter]:
    yield from _code("kind", criterion.kind)
    yield from _text("text", criterion.text)
    yield from _code("reading", criterion.reading)
    yield from _code("verdict", criterion.verdict)
    yield from _code("outcome", criterion.outcome)
    yield from _code("basis", criterion.basis)
    yield from _text("reason", criterion.reason)
    for evidence in criterion.evidence:
        yield _group("evidence", _evidence(evidence, held))
    for need in criterion.needs:
        yield _group("needs", _need(need))
    for assumption in criterion.assumptions:
        yield from _text("assumptions", assumption)
    yield from _date("opens", criterion.opens)
    yield from _date("closes", criterion.closes)


def _evidence(evidence: EvidenceRecord, held: frozenset[str]) -> Iterator[_Parameter]:
    yield {"name": "reference", "valueReference": evidence_reference(evidence, held)}
    yield from _text("date", evidence.date)
    yield from _text("value", evidence.value)


def _need(need: NeedRecord) -> Iterator[_Parameter]:
    yield from _code("concept", need.concept)
    yield from _code("unit", need.unit)
    if need.max_age_days is not None:
        yield {"name": "maxAgeDays", "valueInteger": need.max_age_days}
    yield from _text("text", need.text)


def _issue(issue: IssueRecord) -> Iterator[_Parameter]:
    yield from _code("severity", issue.severity)
    yield from _text("location", issue.location)
    yield from _text("text", issue.text)


def _group(name: str, parts: Iterable[_Parameter]) -> _Parameter:
    return {"name": name, "part": list(parts)}


def _text(name: str, text: str | None) -> list[_Parameter]:
    clean = string(text)
    return [{"name": name, "valueString": clean}] if clean else []


def _code(name: str, code: str | None) -> list[_Parameter]:
    return [{"name": name, "valueCode": code}] if code else []


def _date(name: str, text: str | None) -> list[_Parameter]:
    date = fhir_date(text)
    return [{"name": name, "valueDate": date}] if date else _text(name, text)
