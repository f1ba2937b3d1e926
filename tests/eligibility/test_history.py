"""When a condition on record began, ended, and came to exist."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from alsfhir.eligibility.history import abatement_days, counts, existed, onset_days
from eligibility_samples import AS_OF, condition, facts, when

BORN = facts(birth=when("1970-05-10"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"onset": "2026-07-01"}, False),
        ({"onset": "2026-07-01", "recorded": "2026-06-01"}, False),
        ({"onset": "2025-01-01", "diagnosed": "2026-07-01"}, False),
        ({"onset": "2026"}, None),
        ({"diagnosed": "2026"}, None),
        ({"onset": "2025", "diagnosed": "2026"}, None),
        ({"onset": "2026", "recorded": "2026-06-01"}, True),
        ({"onset": "2026", "diagnosed": "2026-06-01"}, True),
        ({"onset": "2026", "abatement": "2026-06-01"}, True),
        ({"onset": "2026-06-30"}, True),
        ({"onset": "2025-01-01/"}, True),
        ({"onset": "2025"}, True),
        ({"recorded": "2026-07-01"}, True),
        ({}, True),
    ],
)
def test_an_entry_exists_from_its_clinical_date_on(given: dict[str, str], expected: bool | None) -> None:
    """Onset and diagnosis say when; the date of entry only proves it; without a date it is history."""
    dates = {name: when(written) for name, written in given.items()}
    assert existed(condition("als", **dates), facts(), AS_OF) is expected


@pytest.mark.parametrize(
    ("verification", "unusable", "expected"),
    [
        ("refuted", None, False),
        ("provisional", None, False),
        ("differential", None, False),
        ("unconfirmed", None, False),
        ("confirmed", "no code", False),
        ("confirmed", None, True),
        (None, None, True),
    ],
)
def test_only_what_is_confirmed_or_unmarked_counts(verification: Any, unusable: str | None, expected: bool) -> None:
    """A refuted diagnosis is not a diagnosis, and a suspected one not yet."""
    assert counts(condition("als", verification=verification, unusable=unusable)) is expected


def test_an_age_at_onset_is_a_year_of_days() -> None:
    """At 55 is from the 55th birthday to the day before the 56th; not without a birth date."""
    entry = condition("als", onset_age=Decimal(55), abatement_age=Decimal(56))
    assert onset_days(entry, BORN) == (date(2025, 5, 10), date(2026, 5, 9))
    assert abatement_days(entry, BORN) == (date(2026, 5, 10), date(2027, 5, 9))
    assert onset_days(entry, facts()) is None
    assert onset_days(condition("als", onset_age=Decimal(-1)), BORN) is None


def test_a_partial_birth_date_widens_an_age_at_onset() -> None:
    """Born in 1970 and ill at 55: some time in 2025 or 2026."""
    days = onset_days(condition("als", onset_age=Decimal(55)), facts(birth=when("1970")))
    assert days == (date(2025, 1, 1), date(2026, 12, 30))


def test_a_written_date_goes_before_an_age() -> None:
    """Where both are known the date is the closer one."""
    entry = condition("als", onset=when("2025-03"), onset_age=Decimal(55))
    assert onset_days(entry, BORN) == (date(2025, 3, 1), date(2025, 3, 31))
