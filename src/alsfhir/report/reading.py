"""Who stands for a reading, in words."""

from __future__ import annotations

from alsfhir.criteria.criterion import ReadingStatus

_READINGS: dict[ReadingStatus, str] = {
    "proposed": "proposed, no clinician has signed it yet",
    "reviewed": "reviewed",
    "draft": "draft, nobody has looked at it",
}


def reading_words(status: ReadingStatus, by: str | None, on: str | None) -> str:
    """``proposed, no clinician has signed it yet``, ``reviewed by N. N. on 2026-07-01``."""
    return " ".join([_READINGS[status], *(f"{word} {value}" for word, value in (("by", by), ("on", on)) if value)])
