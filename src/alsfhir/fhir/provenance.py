"""Provenance: what a screening was made from, and by what, https://hl7.org/fhir/R4/provenance.html."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.evidence import evidence_reference, plan_canonical
from alsfhir.fhir.narrative import narrative

_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
_URI = "urn:ietf:rfc:3986"


def provenance(
    record: ScreeningRecord,
    targets: Iterable[str],
    device: str,
    names: Names,
    *,
    key: str,
    recorded: str,
    held: frozenset[str] = frozenset(),
) -> Resource:
    """The Provenance of what was written for a screening; ``key`` (in its tag) is its identity.

    ``targets`` and ``device`` are references, ``recorded`` an instant. Evidence is referenced literally only if the
    server has it (``held``): a reference to what a server does not have makes HAPI refuse the Provenance (HAPI-1094).
    """
    used = {evidence.reference: evidence for criterion in record.criteria for evidence in criterion.evidence}
    sources = [_readings(record, names), *(evidence_reference(evidence, held) for evidence in used.values())]
    return {
        "resourceType": "Provenance",
        "meta": {"tag": [names.tag("provenance", key)]},
        "text": _narrative(record, used),
        "target": [{"reference": target} for target in targets],
        "recorded": recorded,
        "policy": [names.canonical("PlanDefinition", record.trial)],
        "activity": {"coding": [{"system": _OPERATION, "code": "CREATE"}], "text": "Eligibility screening"},
        "agent": [_agent(record, device)],
        "entity": [{"role": "source", "what": what} for what in sources],
    }


def _readings(record: ScreeningRecord, names: Names) -> dict[str, Any]:
    return {
        "type": "PlanDefinition",
        "identifier": {"system": _URI, "value": plan_canonical(record, names)},
        "display": f"{record.trial}, readings {record.readings}",
    }


def _agent(record: ScreeningRecord, device: str) -> dict[str, Any]:
    return {
        "type": {"coding": [{"system": _PARTICIPANT, "code": "assembler"}]},
        "who": {"reference": device, "display": record.software},
    }


def _narrative(record: ScreeningRecord, references: Iterable[str]) -> dict[str, str]:
    return narrative(
        f"Screening for {record.trial} as of {record.as_of}, made by {record.software}",
        ("Readings", record.readings),
        *(("Evidence", reference) for reference in references),
    )


def same_provenance(one: Resource, other: Resource) -> bool:
    """Whether two Provenances say the same, apart from when they were recorded and what the server adds."""
    return _said(one) == _said(other)


def _said(provenance: Resource) -> Resource:
    tags = provenance.get("meta", {}).get("tag", [])
    return {**provenance, "id": None, "recorded": None, "meta": tags}
