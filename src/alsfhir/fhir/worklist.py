"""List: a trial's worklist of screened patients, merged into what stands there, https://hl7.org/fhir/R4/list.html."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from alsfhir.eligibility.phrases import STATUS_LABELS, recruitment_phrase
from alsfhir.eligibility.record import RecruitmentRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.versions import subject_status_system


@dataclass(frozen=True, slots=True)
class WorklistEntry:
    """One of our ResearchSubjects: a reference to it, its status, and the as-of date of the screening."""

    subject: str
    status: str
    as_of: str


def worklist(
    trial: str,
    title: str,
    recruitment: RecruitmentRecord,
    entries: Iterable[WorklistEntry],
    names: Names,
    *,
    existing: Resource | None = None,
) -> Resource:
    """The trial's List with these entries merged into the ``existing`` one, to which it is equal if nothing changes.

    Entries of others and all order stay as they are. Ours are updated in place or appended, and never removed: one that
    became ineligible is flagged. An entry's date is that of the screening which gave it its present flag.
    """
    ours = {entry.subject: entry for entry in entries}
    standing = (existing or {}).get("entry", [])
    present = {_subject(entry) for entry in standing}
    system = subject_status_system(names.version)
    merged = [_updated(each, ours[_subject(each)], system) if _subject(each) in ours else each for each in standing]
    merged += [_updated({}, entry, system) for subject, entry in ours.items() if subject not in present]
    frame = existing or _empty(trial, title, names)
    text = narrative(f"Screening worklist of {trial}: {title}\n{recruitment_phrase(recruitment)}")
    if not merged:
        return {**frame, "text": text}
    # lst-1: no emptyReason beside entries; lst-3: entries have dates only while the list is in work.
    kept = {name: value for name, value in frame.items() if name != "emptyReason"}
    return {**kept, "text": text, "mode": "working", "entry": merged}


def _empty(trial: str, title: str, names: Names) -> Resource:
    return {
        "resourceType": "List",
        "identifier": [names.identifier("List", trial)],
        "status": "current",
        "mode": "working",
        "title": f"Screening worklist of {trial}: {title}",
    }


def _subject(entry: dict[str, Any]) -> str:
    reference: str = entry.get("item", {}).get("reference", "")
    return reference.partition("/_history/")[0]


def _updated(standing: dict[str, Any], entry: WorklistEntry, system: str) -> dict[str, Any]:
    flag = standing.get("flag", {})
    codings = flag.get("coding", [])
    ours = [coding.get("code", "") for coding in codings if coding.get("system") == system]
    if entry.status in ours:
        return standing
    said = flag.get("text")
    text = _label(entry.status) if said is None or said in map(_label, ours) else said
    others = [coding for coding in codings if coding.get("system") != system]
    return {
        **standing,
        "flag": {**flag, "coding": [{"system": system, "code": entry.status}, *others], "text": text},
        "date": entry.as_of,
        "item": standing.get("item", {"reference": entry.subject}),
    }


def _label(status: str) -> str:
    return STATUS_LABELS.get(status) or status.replace("-", " ").capitalize()
