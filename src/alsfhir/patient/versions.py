"""Of several versions of one resource, the latest."""

from __future__ import annotations

from datetime import UTC, datetime

from alsfhir.patient.bundle import Entry
from alsfhir.patient.model import Issue

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def latest(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Issue, ...]]:
    """Each resource once, in order of appearance: by ``lastUpdated``, then version number, then the later in the file.

    Resources are the same if type, id and server are. What a history says is deleted is left out.
    """
    versions: dict[tuple[str | None, ...], list[Entry]] = {}
    for entry in entries:
        versions.setdefault(_identity(entry), []).append(entry)
    kept = {key: max(same, key=_age) for key, same in versions.items()}
    issues = [_issue(kept[key], same) for key, same in versions.items() if len(same) > 1 or kept[key].deleted]
    return tuple(entry for entry in kept.values() if not entry.deleted), tuple(issues)


def _identity(entry: Entry) -> tuple[str | None, ...]:
    return (entry.type, entry.base, entry.id) if entry.id else (entry.full_url or entry.location,)


def _age(entry: Entry) -> tuple[datetime, int, int]:
    version = entry.version or ""
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    return entry.updated or _BEFORE_ALL, number, entry.order


def _issue(kept: Entry, same: list[Entry]) -> Issue:
    if kept.deleted:
        return Issue("information", kept.reference, "is deleted, says the history: not used")
    count = f"stands {len(same)} times in the file"
    if any(other.data != kept.data and _age(other)[:2] == _age(kept)[:2] for other in same) and kept.order > 0:
        doubt = "differently, and nothing says which is the latest: the last one is used; are they of one person?"
        # Two people under one id would be screened as one.
        return Issue("error" if kept.type == "Patient" else "warning", kept.reference, f"{count}, {doubt}")
    return Issue("information", kept.reference, f"{count}: the latest version is used")
