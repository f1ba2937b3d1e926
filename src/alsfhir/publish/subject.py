"""A patient's ResearchSubject: ours to write as long as nobody else has decided about the patient."""

from __future__ import annotations

from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.research_subject import written_status
from alsfhir.publish.held import reference
from alsfhir.publish.report import Change, Written
from alsfhir.publish.transaction import Step, change


def subject_step(built: Resource, standing: Resource | None, names: Names) -> Step | Written:
    """How the ResearchSubject is written; it is left alone where a person has changed the status that we wrote.

    Identifiers, extensions and elements of others stay.
    """
    if standing is None:
        return change(built, None, names)
    status = standing.get("status")
    if status != written_status(standing, names):
        why = f"a person has set the status to {status}; the screening says {built['status']}"
        return Written(reference(standing), Change.LEFT_ALONE, why)
    merged = _merged(standing, built)
    return Written(reference(standing), Change.UNCHANGED) if merged == standing else change(merged, standing, names)


def _merged(standing: Resource, built: Resource) -> Resource:
    joined = {
        element: _joined(standing.get(element, []), built[element], key)
        for element, key in (("identifier", "system"), ("extension", "url"))
    }
    return {**standing, **built, **joined}


def _joined(standing: list[dict[str, Any]], built: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """What stands, ours in the place of those under the same key, and then what is new."""
    ours = {entry[key]: entry for entry in built}
    present = {entry.get(key) for entry in standing}
    renewed = [ours.get(str(entry.get(key)), entry) for entry in standing]
    return renewed + [entry for name, entry in ours.items() if name not in present]
