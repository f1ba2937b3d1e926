"""The version of a set of criteria: the same criteria have the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from alsfhir.criteria.criterion import Criterion


def criteria_version(condition: str | None, ordered: Sequence[Criterion]) -> str:
    """The SHA-256 over what is decided and by which reading; not over where a statement stands."""
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
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
