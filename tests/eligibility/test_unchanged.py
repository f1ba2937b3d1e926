"""Whether a drug has been taken in one dosage, without a break, for so long: riluzole for two months."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.criteria.model import AnyOf, Not
from alsfhir.criteria.model import Drug as Asked
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Drug
from eligibility_samples import decided, drug, facts, finding, months, said, verdict, when

STABLE = Asked(concept="riluzole", unchanged_for=months(2))
NAIVE_OR_STABLE = AnyOf(of=(Not(of=Asked(concept="riluzole", when="ever")), STABLE))
TWICE, ONCE = "50 mg 2 x per 1 d", "50 mg 1 x per 1 d"


def riluzole(period: str | None, dosage: str | None = TWICE, number: int = 1, **more: Any) -> Drug:
    """An order of riluzole: active if its period is open or ends later, else completed; unless otherwise given."""
    over = period is not None and "/" in period and not period.endswith("/") and period.split("/")[1] < "2026-06-30"
    given = {"status": "completed" if over else "active", "reference": f"MedicationRequest/{number}"} | more
    return drug("riluzole", period=when(period) if period else None, dosage=dosage, **given)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), ("unknown", "no-record", "no-record")),
        ((riluzole("2026-03-30/"),), ("met", "evidence", "unchanged")),
        (
            (riluzole("2025-01-01/2026-05-26", ONCE), riluzole("2026-05-26/", number=2)),
            ("not-met", "evidence", "dosage-changed"),
        ),
        ((riluzole("2025-01-01/2026-06-02"),), ("not-met", "evidence", "not-current")),
    ],
)
def test_case_13_riluzole(found: tuple[Drug, ...], expected: tuple[str, str, str]) -> None:
    """None is unknown; three months are met; a change five weeks ago, and an end four weeks ago, are not."""
    assert said(STABLE, facts(*found)) == expected


def test_case_13_no_riluzole_is_met_in_a_closed_world_alone() -> None:
    """Naive or stable: who never took it, or takes it unchanged, but not who stopped it."""
    assert str(verdict(NAIVE_OR_STABLE, facts()).value) == "unknown"
    assert str(verdict(NAIVE_OR_STABLE, facts(), closed_world=True).value) == "met"
    assert str(verdict(NAIVE_OR_STABLE, facts(riluzole("2026-03-30/"))).value) == "met"
    for over in (riluzole("2025-01-01/2026-06-02"), riluzole("2026-06-10/")):
        assert str(verdict(NAIVE_OR_STABLE, facts(over), closed_world=True).value) == "not-met"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-04-29/", "unchanged"),
        ("2026-04-30/", "unchanged"),
        ("2026-05-01/", "recent-start"),
        ("2026-04/", "unchanged"),
        ("2026-05/", "recent-start"),
        ("2026/", "partial-date"),
    ],
)
def test_exactly_two_calendar_months_are_enough(start: str, expected: str) -> None:
    """From 30 April to 30 June; an incomplete date counts if every day of it does."""
    assert said(STABLE, facts(riluzole(start)))[2] == expected


def test_what_only_says_that_it_is_taken_leaves_open_since_when() -> None:
    """An entry without a date, and a statement of a day on which it was taken: it may have begun long before."""
    entry = riluzole(None, kind="statement", authored=when("2026-05-20"))
    assert said(STABLE, facts(entry)) == ("unknown", "unusable", "undated")
    assert said(STABLE, facts(riluzole(None))) == ("unknown", "unusable", "undated")
    known = riluzole(None, kind="statement", authored=when("2026-04-20"))
    assert said(STABLE, facts(known))[2] == "unchanged"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2025-01-01/2026-05-10", "2026-05-11/", "unchanged"),
        ("2025-01-01/2026-05-10", "2026-05-10/", "unchanged"),
        ("2025-01-01/2026-05-10", "2026-05-12/", "gap"),
        ("2025-01-01/2026-04-29", "2026-05-20/", "recent-start"),
        ("2026-05-05/2026-05-10", "2026-05-11/", "recent-start"),
        ("2025-01-01/2026-05", "2026-05-11/", "partial-date"),
    ],
)
def test_entries_of_one_dosage_are_one_treatment(first: str, second: str, expected: str) -> None:
    """As long as no day between two of them is missing; one that is leaves open whether it was taken."""
    assert said(STABLE, facts(riluzole(first), riluzole(second, number=2)))[2] == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2025-01-01/2026-05-10", "2026-05-11/", "dosage-changed"),
        ("2025-01-01/2026-04-30", "2026-04-30/", "unchanged"),
        ("2025-01-01/2026-04-30", "2026-05-01/", "recent-start"),
        ("2025-01-01/2026-05-01", "2026-04-30/", "dosage-changed"),
        ("2025-01-01/", "2026-05-11/", "dosage-changed"),
        ("2025-01-01/", "2026-01-01/", "several-dosages"),
        ("2025-01-01/2026", "2026-01-01/", "partial-date"),
    ],
)
def test_another_dosage_in_the_period_is_a_change(first: str, second: str, expected: str) -> None:
    """Unless it was over by the first day of the period, or both last all of it, which a person looks at."""
    assert said(STABLE, facts(riluzole(first, ONCE), riluzole(second, number=2)))[2] == expected


def test_an_older_order_without_an_end_leaves_it_open() -> None:
    """Nobody knows when the other dosage was over."""
    older = riluzole(None, ONCE, authored=when("2025-01-01"), status="completed")
    assert said(STABLE, facts(older, riluzole("2025-06-01/", number=2))) == ("unknown", "unusable", "undated")
    assert said(STABLE, facts(older, riluzole("2026-06-01/", ONCE, number=2)))[2] == "undated"


def test_no_dosage_is_unknown() -> None:
    """Also where one of two entries has none; but two that differ are enough to see a change."""
    nothing = riluzole("2026-01-01/", None)
    assert said(STABLE, facts(nothing)) == ("unknown", "unusable", "no-dosage")
    one = finding(STABLE, facts(nothing, riluzole("2026-01-01/", number=2)))
    assert (str(one.cause), [fact.reference for fact in one.facts]) == ("no-dosage", ["MedicationRequest/1"])
    changed = (riluzole("2026-01-01/2026-05-31", ONCE, number=2), riluzole("2026-06-01/", number=3))
    assert said(STABLE, facts(nothing, *changed))[2] == "dosage-changed"


def test_a_dose_says_nothing_of_the_dosage() -> None:
    """It is neither another dosage than that of the order, nor one of its own."""
    dose = riluzole("2026-06-30", "50 mg", kind="administration", status="completed", number=2)
    assert said(STABLE, facts(dose)) == ("unknown", "unusable", "no-dosage")
    assert said(STABLE, facts(riluzole("2026-01-01/"), dose))[0] == "met"
    earlier = riluzole("2026-05-04", "50 mg", kind="administration", status="completed", number=3)
    assert said(STABLE, facts(riluzole("2026-05-11/"), earlier))[2] == "gap"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"status": "on-hold"}, ("review", "judgement", "on-hold")),
        ({"status": "unknown"}, ("unknown", "unusable", "no-status")),
        ({"unusable": "unknown modifier extension"}, ("unknown", "unusable", "unusable")),
        ({"status": "not-taken"}, ("met", "evidence", "unchanged")),
        ({"status": "draft"}, ("met", "evidence", "unchanged")),
        ({"status": "completed", "kind": "dispense"}, ("met", "evidence", "unchanged")),
    ],
)
def test_what_cannot_be_told_of_another_entry_stands_in_the_way(
    given: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    """Beside one that is taken unchanged; but not a plan, or a supply of the same dosage."""
    other = riluzole("2026-05-01/", number=2, **given)
    assert said(STABLE, facts(riluzole("2026-01-01/"), other)) == expected


def test_words_alone_and_what_could_not_be_read_stand_in_the_way() -> None:
    """They may be another dosage of the same drug."""
    stable = riluzole("2026-01-01/")
    words = drug(text="Riluzole 25 mg", reference="MedicationRequest/words")
    assert said(STABLE, facts(stable, words)) == ("review", "judgement", "text-only")
    lost = frozenset({"MedicationStatement"})
    assert said(STABLE, facts(stable, unreadable=lost)) == ("unknown", "unusable", "unreadable")
    assert said(STABLE, facts(riluzole("2026-06-01/"), unreadable=lost))[2] == "unreadable"


def test_two_months_open_on_the_day_they_are_over() -> None:
    """Begun on 31 May, they are over on 31 July; from 30 June, on 30 August."""
    for start, day in (("2026-05-31/", date(2026, 7, 31)), ("2026-06-30/", date(2026, 8, 30))):
        decision = decided(STABLE, facts(riluzole(start)))
        assert (decision.outcome, decision.opens, decision.closes) == (Outcome.FAIL, day, None)
    changed = (riluzole("2025-01-01/2026-05-26", ONCE), riluzole("2026-05-26/", number=2))
    assert decided(STABLE, facts(*changed)).opens == date(2026, 7, 26)
