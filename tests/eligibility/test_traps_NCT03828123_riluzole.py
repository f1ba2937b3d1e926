"""The traps of riluzole in NCT03828123-I02: whether it is taken, was ever, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
    ATC,
    RXNORM,
    Resource,
    case,
    given,
    handed_over,
    in_words,
    of_family,
    order,
    verdict,
)
from riluzole_records import RILUZOLE, TABLET, TWICE, during, ordered, taken

ASKED = "NCT03828123-I02"
CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}


@pytest.mark.parametrize(
    CASES,
    [
        case("nothing", "unknown"),
        case("nothing in a closed world", "met", **CLOSED),
        case("another drug of the disease", "unknown", order(RXNORM, "2121085")),
        case("not taken is not never taken", "unknown", taken("2026-01-01/", "not-taken")),
        case("entered in error", "unknown", ordered("2026-01-10", status="entered-in-error")),
        case("entered in error, in a closed world", "met", ordered("2026-01-10", status="entered-in-error"), **CLOSED),
        case("a plan", "unknown", ordered("2026-01-10", intent="plan")),
        case("a plan in a closed world", "met", ordered("2026-01-10", intent="plan"), **CLOSED),
        case("a proposal", "unknown", ordered("2026-01-10", intent="proposal")),
        case("a draft", "unknown", ordered("2026-01-10", status="draft")),
        case("cancelled", "unknown", ordered("2026-01-10", status="cancelled")),
        case("a dose that was not given", "unknown", given(RXNORM, RILUZOLE, "2026-05-01", "not-done")),
        case("a supply that was declined", "unknown", handed_over(RXNORM, RILUZOLE, "2026-05-01", 30, "declined")),
        case("not to be given", "unknown", ordered("2026-01-10", doNotPerform=True)),
        case("ordered after the day", "unknown", ordered("2026-07-01")),
        case("ordered after the day, in a closed world", "met", ordered("2026-07-01"), **CLOSED),
        case("to be begun after the day", "unknown", during("2026-07-01/", authoredOn="2026-06-20")),
        case("a parent's disease", "unknown", of_family(RXNORM, RILUZOLE)),
        case("an intent nobody knows", "unknown", ordered("2026-01-10", intent=None)),
        case("a status nobody knows", "unknown", taken("2026-01-01/", "unknown")),
    ],
)
def test_i02_what_says_nothing_of_taking(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """No riluzole on record shows that it was never taken only in a closed world; a plan or a mistake is no taking."""
    assert verdict(ASKED, *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("for months", "met", ordered("2026-01-10")),
        case("exactly 2 months", "met", ordered("2026-04-30")),
        case("a day less than 2 months", "not-met", ordered("2026-05-01")),
        case("since the day before", "not-met", ordered("2026-06-29")),
        case("to the end of February", "met", ordered("2026-02-28"), as_of=date(2026, 4, 30)),
        case("a day after the end of February", "not-met", ordered("2026-03-01"), as_of=date(2026, 4, 30)),
        case("by its product", "met", order(RXNORM, TABLET, "2026-01-10", dosageInstruction=[TWICE])),
        case("by its ATC code", "met", order(ATC, "N07XX02", "2026-01-10", dosageInstruction=[TWICE])),
        case("a statement", "met", taken("2026-01-01/")),
        case("a statement of 2 months", "met", taken("2026-04-30/")),
        case("a statement of less", "not-met", taken("2026-05-01/")),
        case("no start", "unknown", taken(None, dateAsserted="2026-06-01")),
        case("asserted 2 months ago without a start", "met", taken(None, dateAsserted="2026-04-30")),
        case("no date at all", "unknown", ordered(None)),
        case("no dosage", "unknown", ordered("2026-01-10", None)),
        case("no dosage in a closed world", "unknown", ordered("2026-01-10", None), **CLOSED),
        case("no dosage since a month", "unknown", ordered("2026-05-30", None)),
        case("dosage in words", "met", ordered("2026-01-10", {"text": "1 tablet in the morning and evening"})),
        case("on hold", "review", ordered("2026-01-10", status="on-hold")),
        case("in words alone", "review", in_words("Riluzole 50 mg twice daily", ordered("2026-01-10"))),
        case("in words, in a closed world", "review", in_words("Riluzole 50 mg", ordered("2026-01-10")), **CLOSED),
        case("another drug in words", "review", in_words("Vitamin E", ordered("2026-01-10")), **CLOSED),
    ],
)
def test_i02_one_order_or_statement(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Two calendar months to the day are enough; a start within them is a change, and no dosage shows no stable one."""
    assert verdict(ASKED, *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("a month within", "met", ordered("2026-04")),
        case("a month without", "not-met", ordered("2026-05")),
        case("a month that straddles", "unknown", ordered("2026-04"), as_of=date(2026, 6, 15)),
        case("a year that straddles", "unknown", ordered("2026")),
        case("a year within", "met", ordered("2025")),
        case("a year that may be to come", "unknown", taken("2026/"), as_of=date(2026, 3, 31)),
        case("no such day", "unknown", ordered("2026-02-30")),
        case("stopped in a month that may be to come", "unknown", taken("2025-01-01/2026-06"), as_of=date(2026, 6, 15)),
    ],
)
def test_i02_partial_dates(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A partial date decides where every day of it agrees."""
    assert verdict(ASKED, *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("stopped 4 weeks ago", "not-met", taken("2025-01-01/2026-06-02", "stopped")),
        case("stopped years ago", "not-met", taken("2020-01-01/2021-01-01", "stopped")),
        case("completed years ago", "not-met", during("2020-01-01/2020-12-31")),
        case("stopped years ago, in a closed world", "not-met", taken("2020-01-01/2021-01-01", "stopped"), **CLOSED),
        case("an order stopped without a day", "not-met", ordered("2026-01-10", status="stopped")),
        case("to be stopped tomorrow", "met", during("2026-01-01/2026-07-01", status="active")),
        case("its period is over, whatever the status", "not-met", during("2026-01-01/2026-06-01", status="active")),
        case(
            "stopped, and taken again since a month", "not-met", during("2025-01-01/2025-12-31"), during("2026-05-30/")
        ),
        case(
            "not taken any more",
            "not-met",
            taken("2025-01-01/2026-05-31", "stopped"),
            taken("2026-06-01/", "not-taken", id="b"),
        ),
    ],
)
def test_i02_stopped(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Riluzole that was stopped, whenever, is neither never taken nor stable."""
    assert verdict(ASKED, *record, **options) == expected
