"""How old the patient was on a day."""

from __future__ import annotations

import pytest

from alsfhir.eligibility.ages import ages_on
from eligibility_samples import facts, when


@pytest.mark.parametrize(("birth", "day"), [(None, "2026-06-20"), ("1966", None)])
def test_without_a_birth_date_or_a_day_there_is_no_age(birth: str | None, day: str | None) -> None:
    """Nobody knows how old somebody was on no day."""
    assert ages_on(when(day) if day else None, facts(birth=when(birth) if birth else None)) is None


@pytest.mark.parametrize(
    ("birth", "day", "ages"),
    [
        ("1966-06-20", "2026-06-20", (60, 60)),
        ("1966-06-21", "2026-06-20", (59, 59)),
        ("1966", "2026-06-20", (59, 60)),
        ("1966-06-20", "2026", (59, 60)),
        ("2027-01-01", "2026-06-20", (0, 0)),
    ],
)
def test_an_age_is_in_completed_years_and_may_be_two(birth: str, day: str, ages: tuple[int, int]) -> None:
    """A partial date leaves open on which side of the birthday the day is; nobody is younger than nought."""
    assert ages_on(when(day), facts(birth=when(birth))) == ages
