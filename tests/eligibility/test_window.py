"""How an entry lies in a window: that ends before the day, in which it began, or in which it was in the past."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.criteria.model import Condition as Asked
from alsfhir.criteria.model import Duration
from alsfhir.eligibility.model import Outcome
from eligibility_samples import condition, decided, facts, said, when

UNTIL = Asked(concept="dementia", within=Duration(weeks=2), until=Duration(days=30))
"""From 17 to 31 May 2026."""
BEGAN = Asked(concept="injury", within=Duration(months=1), began=True)
PAST = Asked(concept="history-of-malignancy", within=Duration(years=5))

_DATES = ("onset", "abatement", "diagnosed", "recorded")


def _dated(given: dict[str, Any]) -> dict[str, Any]:
    return {name: when(value) if name in _DATES else value for name, value in given.items()}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"onset": "2026-06-01"}, ("not-met", "outside-window")),
        ({"onset": "2026-05-31"}, ("met", "on-record")),
        ({"onset": "2026-05-01", "clinical": "resolved", "abatement": "2026-05-16"}, ("not-met", "outside-window")),
        ({"onset": "2026-05-01", "clinical": "resolved", "abatement": "2026-05-17"}, ("met", "on-record")),
        ({"onset": "2026-05-20", "clinical": "resolved", "abatement": "2026-06-20"}, ("met", "on-record")),
        ({"onset": "2026-06"}, ("not-met", "outside-window")),
        ({"onset": "2026-05"}, ("met", "on-record")),
        ({"onset": "2026/2026-06-20"}, ("unknown", "partial-date")),
        ({}, ("unknown", "undated")),
        ({"recorded": "2026-06-20"}, ("unknown", "undated")),
        ({"recorded": "2026-05-20"}, ("met", "on-record")),
        ({"clinical": "resolved"}, ("unknown", "undated")),
        ({"clinical": "remission"}, ("review", "remission")),
        ({"clinical": "resolved", "abatement": "2026-05-20"}, ("met", "on-record")),
        ({"clinical": "resolved", "abatement": "2026-06-20"}, ("unknown", "undated")),
    ],
)
def test_a_window_may_end_before_the_day(given: dict[str, Any], expected: tuple[str, str]) -> None:
    """An entry counts if it lasted into it and had begun by its end; without a date nobody knows."""
    found = said(UNTIL, facts(condition("dementia", **_dated(given))))
    assert (found[0], found[2]) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"onset": "2026-05-29", "clinical": "active"}, ("not-met", "outside-window")),
        ({"onset": "2026-05-30"}, ("met", "on-record")),
        ({"onset": "2026-06-30"}, ("met", "on-record")),
        ({"onset": "2026-06-20", "clinical": "resolved", "abatement": "2026-06-21"}, ("met", "on-record")),
        ({"onset": "2026-06"}, ("met", "on-record")),
        ({"onset": "2026-05"}, ("unknown", "partial-date")),
        ({"onset": "2020", "clinical": "active"}, ("not-met", "outside-window")),
        ({"recorded": "2026-05-29"}, ("not-met", "outside-window")),
        ({"diagnosed": "2026-05-29", "recorded": "2026-06-20"}, ("not-met", "outside-window")),
        ({"recorded": "2026-06-20"}, ("unknown", "undated")),
        ({"clinical": "resolved", "abatement": "2026-05-29"}, ("not-met", "outside-window")),
        ({"clinical": "active"}, ("unknown", "undated")),
        ({"onset": "2026-06-20", "verification": "provisional"}, ("unknown", "not-confirmed")),
        ({"onset": "2026-06-20", "verification": "refuted"}, ("not-met", "refuted")),
    ],
)
def test_an_injury_counts_by_when_it_happened(given: dict[str, Any], expected: tuple[str, str]) -> None:
    """An old one that is still there does not; what was known before the window did not begin in it."""
    found = said(BEGAN, facts(condition("injury", **_dated(given))))
    assert (found[0], found[2]) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("unknown", "undated")),
        ({"clinical": "active"}, ("unknown", "undated")),
        ({"recorded": "2026-06-01"}, ("unknown", "undated")),
        ({"onset": "2015-01-01"}, ("unknown", "undated")),
        ({"onset": "2015-01-01", "clinical": "active"}, ("unknown", "undated")),
        ({"onset": "2021-06-30"}, ("met", "on-record")),
        ({"onset": "2021"}, ("unknown", "partial-date")),
        ({"abatement": "2021-06-29", "clinical": "resolved"}, ("not-met", "outside-window")),
        ({"abatement": "2021-06-30", "clinical": "resolved"}, ("met", "on-record")),
        ({"abatement": "2021", "clinical": "resolved"}, ("unknown", "partial-date")),
        ({"verification": "refuted"}, ("not-met", "refuted")),
    ],
)
def test_a_history_is_in_a_window_by_its_dates_alone(given: dict[str, Any], expected: tuple[str, str]) -> None:
    """That the entry is active does not make what it tells of last."""
    found = said(PAST, facts(condition("history-of-malignancy", **_dated(given))))
    assert (found[0], found[2]) == expected


def test_a_history_was_and_may_or_may_not_be() -> None:
    """At any time yes; now, nobody knows."""
    entry = condition("history-of-malignancy", clinical="active")
    assert said(Asked(concept="history-of-malignancy", when="ever"), facts(entry))[0] == "met"
    assert said(Asked(concept="history-of-malignancy"), facts(entry)) == ("unknown", "unusable", "no-status")


def test_an_entry_comes_into_a_window_that_lies_back_and_leaves_it() -> None:
    """Begun on 10 June and over on 12 June: within from 10 July to 26 July."""
    entry = condition("dementia", onset=when("2026-06-10"), clinical="resolved", abatement=when("2026-06-12"))
    decision = decided(UNTIL, facts(entry), number="I01")
    assert (decision.outcome, decision.opens, decision.closes) == (
        Outcome.FAIL,
        date(2026, 7, 10),
        date(2026, 7, 27),
    )


def test_a_beginning_leaves_its_window() -> None:
    """An injury of 20 June is no longer of the last month on 21 July; nor is what was recorded by then."""
    for given in ({"onset": when("2026-06-20")}, {"recorded": when("2026-06-20")}):
        assert decided(BEGAN, facts(condition("injury", **given)), number="E01").opens == date(2026, 7, 21)
