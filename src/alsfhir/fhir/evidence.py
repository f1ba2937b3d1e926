"""References to what a screening rests on: the evidence, and the version of the readings."""

from __future__ import annotations

import re

from alsfhir.eligibility.record import EvidenceRecord, ScreeningRecord
from alsfhir.fhir.canonical import Names

_LOCAL = re.compile(r"([A-Z][A-Za-z]+)/[A-Za-z0-9\-.]{1,64}")


def evidence_reference(evidence: EvidenceRecord, held: frozenset[str]) -> dict[str, str]:
    """A Reference that names the evidence, and points to it only if the target server has it (``held``)."""
    local = _LOCAL.fullmatch(evidence.reference)
    literal = {"reference": evidence.reference} if evidence.reference in held else {}
    return {**literal, **({"type": local[1]} if local else {}), "display": evidence.reference}


def plan_canonical(record: ScreeningRecord, names: Names) -> str:
    """The canonical of the trial's PlanDefinition in the version that the screening was made with."""
    return f"{names.canonical('PlanDefinition', record.trial)}|{record.readings.removeprefix('sha256:')}"
