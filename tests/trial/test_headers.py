"""Header values that are known by their shape."""

from __future__ import annotations

import pytest

from alsfhir.trial.headers import ages, header_value
from alsfhir.trial.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recruiting", {"recruitment.status": "Recruiting"}),
        ("Active, not recruiting", {"recruitment.status": "Active, not recruiting"}),
        ("All", {"sex": "all"}),
        ("Phase 1/Phase 2", {"phases[0]": "phase 1", "phases[1]": "phase 2"}),
        ("18-75 years", {"minimum_age": 18, "maximum_age": 75}),
        ("65 years and older", {"minimum_age": 65}),
        ("An Invented Trial", {}),
        ("Recruiting hospitals wanted", {}),
    ],
)
def test_a_line_says_what_its_shape_says(text: str, expected: dict[str, object]) -> None:
    """A line with nothing but a status, a sex, a phase or an age range is one; other lines say nothing here."""
    (line,) = lines(text)
    assert {f.field: f.value for f in header_value(line)} == expected


def test_ages_in_another_form_are_reported() -> None:
    """An age range in months is neither guessed nor dropped."""
    (line,) = lines("6 months to 2 years old")
    (found,) = ages(line)
    assert (found.field, found.left_out) == (None, "not recognised")
    assert found.warning
