"""A patient's ResearchSubject: ours to write as long as nobody else has decided about the patient."""

from __future__ import annotations

from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.research_subject import written_status
from alsfhir.fhir.versions import stands
from alsfhir.publish.held import reference
from alsfhir.publish.report import Change, Written
from alsfhir.publish.transaction import Step, change


def subject_step(built: Resource, standing: Resource | None, names: Names) -> Step | Written:
    """How the ResearchSubject is written; it is left alone where a person has changed the status that we wrote.

    Identifiers, extensions and elements of others stay.
    """
    if standing is None:
        return change(built, None, names)
    status, ours = stands(standing, names.version), stands(built, names.version)
    if status != written_status(standing, names):
        why = f"a person has set the status to {status}; the screening says {ours}"
        return Written(reference(standing), Change.LEFT_ALONE, why)
    merged = _merged(standing, built)
    return Written(reference(standing), Change.UNCHANGED) if merged == standing else change(merged, standing, names)


def _merged(standing: Resource, built: Resource) -> Resource:
    joined = {
        element: _joined(standing.get(element, []), built[element], key)
        for element, key in (("identifier", "system"), ("extension", "url"))
    }
    # R5's progress is a history: what was before the state that we wrote last stays.
    before = standing["progress"][:-1] if "progress" in built else []
    progress = {"progress": [*before, *built["progress"]]} if "progress" in built else {}
    return {**standing, **built, **joined, **progress}


def _joined(standing: list[dict[str, Any]], built: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """What stands, ours in the place of those under the same key, and then what is new."""
    ours = {entry[key]: entry for entry in built}
    present = {entry.get(key) for entry in standing}
    renewed = [ours.get(str(entry.get(key)), entry) for entry in standing]
    return renewed + [entry for name, entry in ours.items() if name not in present]
