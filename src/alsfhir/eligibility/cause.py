"""Why an atom has the verdict it has: fixed keys, from which ``explain`` makes sentences."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """What was found, or what stands in the way of deciding."""

    COMPARED = "compared"
    DERIVED = "derived"
    VOLUME_IN_PERCENT = "volume-in-percent"
    ON_RECORD = "on-record"
    RECORDED_DATE = "recorded-date"
    DIAGNOSED_BEFORE = "diagnosed-before"
    REFUTED = "refuted"
    NOT_CURRENT = "not-current"
    OUTSIDE_WINDOW = "outside-window"
    LESS_SEVERE = "less-severe"
    TOO_FEW = "too-few"
    CLOSED_WORLD = "closed-world"

    NO_RECORD = "no-record"
    NO_DATE = "no-date"
    UNREADABLE = "unreadable"
    UNUSABLE = "unusable"
    NO_NUMBER = "no-number"
    NO_UNIT = "no-unit"
    OTHER_UNIT = "other-unit"
    NO_RANGE = "no-range"
    COMPARATOR = "comparator"
    TIED = "tied"
    PARTIAL_DATE = "partial-date"
    UNDATED = "undated"
    PRELIMINARY = "preliminary"
    VOLUME_ONLY = "volume-only"
    STALE = "stale"
    BORN_LATER = "born-later"
    OTHER_SEX = "other-sex"
    NOT_CONFIRMED = "not-confirmed"
    BROADER = "broader"
    NO_STATUS = "no-status"
    NO_SEVERITY = "no-severity"
    UNKNOWN_CODE = "unknown-code"
    DISAGREEING = "disagreeing"

    REMISSION = "remission"
    CONTRADICTORY = "contradictory"
    TEXT_ONLY = "text-only"
    UNRECOGNISED = "unrecognised"
    FOR_REVIEW = "for-review"
    QUESTION = "question"
    NOT_DECIDED_HERE = "not-decided-here"
