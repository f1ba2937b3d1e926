"""The version of a set of criteria: the same criteria have the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from alsfhir.criteria.criterion import Criterion
from alsfhir.criteria.schedule import ReadSchedule

_NONE = ReadSchedule()


def criteria_version(condition: str | None, ordered: Sequence[Criterion], scheduled: ReadSchedule = _NONE) -> str:
    """The SHA-256 over what is decided and by which reading; not over where a statement stands.

    It is the version of the PlanDefinition too, which a screening names: for the schedule that it holds, 16 digits of
    another hash follow after a hyphen.
    """
    content = {
        "condition": condition,
        "criteria": [
            {
                "id": c.id,
                "kind": c.kind,
                "text": c.text,
                "label": c.label,
                "tree": c.tree,
                "class": c.computability,
                "reading": [c.reading, c.reviewed_by, c.reviewed_on],
                "assumptions": c.assumptions,
                "show": c.show,
            }
            for c in ordered
        ],
    }
    schedule = scheduled.schedule or scheduled.warning
    return _sha256(content) + (f"-{_sha256(schedule)[:16]}" if schedule else "")


def version_without_schedule(version: str) -> str:
    """The part of a version that is of the criteria alone."""
    return version.partition("-")[0]


def _sha256(content: object) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
