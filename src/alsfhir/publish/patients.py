"""Which patient on the server a screening is of, and which of its evidence that server holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from alsfhir.eligibility.record import PatientIdentifier, ScreeningRecord
from alsfhir.errors import ServerRefused
from alsfhir.fhir.canonical import Resource
from alsfhir.publish.held import reference
from alsfhir.publish.identity import token
from alsfhir.server.client import FhirServer

_LITERAL = re.compile(r"([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})")
_NOT_THERE = (400, 404)  # a type that this server does not have
_AT_ONCE = 50  # ids in one search
_IDENTIFIERS_AT_ONCE = 20  # in one search: its address stays below what servers take
_LONGEST = 1000


def patients(server: FhirServer, identifiers: Sequence[PatientIdentifier]) -> tuple[str, ...]:
    """References to all patients who have any of these identifiers, sorted. Raises ServerError.

    An identifier without system finds only identifiers without system: a number alone is not a person. One that is
    too long for an address finds nobody.
    """
    asked = [one for one in identifiers if len(token(one.system, one.value)) <= _LONGEST]
    found: set[str] = set()
    for start in range(0, len(asked), _IDENTIFIERS_AT_ONCE):
        wanted = {(one.system, one.value) for one in asked[start : start + _IDENTIFIERS_AT_ONCE]}
        values = ",".join(token(one.system, one.value) for one in asked[start : start + _IDENTIFIERS_AT_ONCE])
        searched = server.search("Patient", identifier=values)
        found.update(reference(patient) for patient in searched if wanted & _identifiers(patient))
    return tuple(sorted(found))


def held_evidence(server: FhirServer, record: ScreeningRecord, patient: str) -> frozenset[str]:
    """The evidence that the server holds of this patient. Raises ServerError.

    None if the record's patient has another id there: the record is then from elsewhere, and equal ids mean nothing.
    """
    if record.patient != patient:
        return frozenset()
    cited = sorted({evidence.reference for criterion in record.criteria for evidence in criterion.evidence})
    literal = [match for match in map(_LITERAL.fullmatch, cited) if match]
    others = [match for match in literal if match.group() != patient]
    by_type = groupby(others, key=lambda match: match.group(1))
    held = {ref for kind, matches in by_type for ref in _held(server, kind, [m.group(2) for m in matches], patient)}
    return frozenset(held | ({patient} & set(cited)))


def _held(server: FhirServer, kind: str, ids: Sequence[str], patient: str) -> Iterator[str]:
    for start in range(0, len(ids), _AT_ONCE):
        try:
            found = server.search(kind, _id=",".join(ids[start : start + _AT_ONCE]))
        except ServerRefused as refused:
            if refused.status in _NOT_THERE:
                return
            raise
        yield from (reference(resource) for resource in found if _subject(resource) == patient)


def _identifiers(patient: Resource) -> set[tuple[str | None, str | None]]:
    return {(one.get("system"), one.get("value")) for one in patient.get("identifier", [])}


def _subject(resource: Resource) -> str | None:
    whose = resource.get("subject") or resource.get("patient")
    return whose.get("reference") if isinstance(whose, dict) else None
