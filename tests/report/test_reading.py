"""Tests of who stands for a reading, in words."""

from __future__ import annotations

from alsfhir.report.reading import reading_words


def test_what_nobody_has_signed_says_so() -> None:
    """A draft and a proposal do not pass for reviewed."""
    assert reading_words("draft", None, None) == "draft, nobody has looked at it"
    assert reading_words("proposed", None, None) == "proposed, no clinician has signed it yet"


def test_a_review_has_a_name_and_a_day() -> None:
    """Both stand in the mapping."""
    assert reading_words("reviewed", "N. N.", "2026-07-01") == "reviewed by N. N. on 2026-07-01"
