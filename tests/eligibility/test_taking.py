"""When a drug was taken, by one entry."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.eligibility.course import LASTS
from alsfhir.eligibility.taking import counts, taking
from eligibility_samples import AS_OF, drug, when

Days = tuple[str, str]


def days(written: Days) -> tuple[date, date]:
    """The first and the last of the days."""
    return date.fromisoformat(written[0]), date.fromisoformat(written[1])


@pytest.mark.parametrize(
    ("given", "began", "ended"),
    [
        ({"authored": "2026-03-02"}, ("2026-03-02", "2026-03-02"), None),
        ({"authored": "2026-03-02", "status": "stopped"}, ("2026-03-02", "2026-03-02"), ("2026-03-02", "2026-06-30")),
        (
            {"authored": "2026-03-02", "period": "2025/2026-04"},
            ("2025-01-01", "2025-12-31"),
            ("2026-04-01", "2026-04-30"),
        ),
        ({"kind": "statement", "period": "2026-03"}, ("2026-03-01", "2026-03-31"), None),
        (
            {"kind": "statement", "period": "2026-03", "status": "completed"},
            ("2026-03-01", "2026-03-31"),
            ("2026-03-01", "2026-03-31"),
        ),
        ({"kind": "statement", "authored": "2026-03"}, ("0001-01-01", "2026-03-31"), None),
        (
            {"kind": "statement", "authored": "2026-03-02", "status": "stopped"},
            ("0001-01-01", "2026-03-02"),
            ("0001-01-01", "2026-03-02"),
        ),
        (
            {"kind": "administration", "period": "2026-03-02", "status": "completed"},
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02", "2026-03-02"),
        ),
        (
            {"kind": "administration", "period": "2026-03-02", "status": "in-progress"},
            ("2026-03-02", "2026-03-02"),
            None,
        ),
        (
            {"kind": "dispense", "period": "2026-03-02/2026-03-31", "status": "completed"},
            ("2026-03-02", "2026-03-02"),
            ("2026-03-31", "2026-03-31"),
        ),
        (
            {"kind": "dispense", "period": "2026-03/2026-04-29", "status": "completed"},
            ("2026-03-01", "2026-03-31"),
            ("2026-03-30", "2026-04-29"),
        ),
        (
            {"kind": "dispense", "period": "2026-03-02", "status": "completed"},
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02", "9999-12-31"),
        ),
    ],
)
def test_an_entry_says_from_when_until_when(given: dict[str, Any], began: Days, ended: Days | None) -> None:
    """An order from the day it was written, a statement from some day before, a supply for as long as it lasts."""
    timed = {name: when(v) if name in ("period", "authored") else v for name, v in given.items()}
    found = taking(drug("riluzole", **timed), AS_OF)
    assert found.began == days(began)
    assert found.ended == (days(ended) if ended else LASTS)


def test_a_plan_does_not_count() -> None:
    """Nor does what was never given; a halted or stopped treatment does."""
    assert not any(counts(drug("riluzole", intent=intent)) for intent in ("plan", "proposal", "option", "directive"))
    assert not any(counts(drug("riluzole", status=s)) for s in ("draft", "cancelled", "not-done", "declined"))
    assert all(counts(drug("riluzole", status=s)) for s in ("active", "on-hold", "stopped", "not-taken", "unknown"))
