"""How long ago a condition began, or was diagnosed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import Duration, TimeSince
from alsfhir.eligibility.model import Outcome, Value
from alsfhir.patient.model import Condition
from alsfhir.patient.values import When
from eligibility_samples import AS_OF, condition, decided, explained, facts, finding, months, said, when

ONSET = TimeSince(event="onset", concept="als", more_than=months(6), less_than=months(36))
DIAGNOSIS = TimeSince(event="diagnosis", concept="als", at_least=months(6), at_most=months(24))


def als(**more: Any) -> Condition:
    """An entry of ALS; its dates as text."""
    dates = ("onset", "diagnosed", "recorded", "abatement")
    return condition("als", **{name: when(v) if name in dates else v for name, v in more.items()})


def test_nothing_on_file_is_unknown_and_can_be_documented() -> None:
    """Without the disease there is no date, and the date is asked for."""
    decision = decided(ONSET, facts())
    assert said(ONSET, facts()) == ("unknown", "no-record", "no-record")
    assert decision.outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (als(), ("no-record", "no-date")),
        (als(onset="2025-01-01", verification="provisional"), ("unusable", "not-confirmed")),
        (als(onset="2025-01-01", unusable="no code"), ("unusable", "unusable")),
        (als(onset="2025-01-01", verification="refuted"), ("no-record", "refuted")),
        (als(onset_text="two winters ago"), ("unusable", "text-only")),
        (als(onset="2026"), ("unusable", "partial-date")),
        (als(onset="2026-07-01"), ("no-record", "no-record")),
        (condition("motor-neuron-disease", onset=when("2025-01-01")), ("unusable", "broader")),
        (als(onset_age=Decimal(55)), ("no-record", "no-date")),
    ],
)
def test_without_a_date_of_a_counting_entry_it_is_unknown(entry: Condition, expected: tuple[str, str]) -> None:
    """A suspected, unusable or broader entry gives no date, nor do words or an age without a birth date."""
    assert said(ONSET, facts(entry)) == ("unknown", *expected)


def test_an_unreadable_condition_may_have_held_the_date() -> None:
    """Then nothing on file is not the reason."""
    assert said(ONSET, facts(unreadable=frozenset({"Condition"}))) == ("unknown", "unusable", "unreadable")


@pytest.mark.parametrize(
    ("onset", "value"),
    [
        ("2025-12-29", Value.MET),
        ("2025-12-30", Value.NOT_MET),
        ("2025-12-31", Value.NOT_MET),
        ("2023-06-30", Value.NOT_MET),
        ("2023-07-01", Value.MET),
    ],
)
def test_open_bounds_leave_out_the_very_day(onset: str, value: Value) -> None:
    """Exactly 6 or 36 calendar months ago is neither more than 6 nor less than 36."""
    assert finding(ONSET, facts(als(onset=onset))).value is value


@pytest.mark.parametrize(
    ("diagnosed", "value"),
    [
        ("2025-12-30", Value.MET),
        ("2025-12-31", Value.NOT_MET),
        ("2024-06-30", Value.MET),
        ("2024-06-29", Value.NOT_MET),
    ],
)
def test_closed_bounds_hold_the_very_day(diagnosed: str, value: Value) -> None:
    """Exactly 6 and exactly 24 calendar months ago are both within."""
    assert finding(DIAGNOSIS, facts(als(diagnosed=diagnosed))).value is value


@pytest.mark.parametrize(
    ("onset", "expected"),
    [
        ("2025", ("unknown", "unusable", "partial-date")),
        ("2024", ("met", "evidence", "compared")),
        ("2025-12", ("unknown", "unusable", "partial-date")),
        ("2023", ("unknown", "unusable", "partial-date")),
        ("2022", ("not-met", "evidence", "compared")),
        ("2025-10/2025-11", ("met", "evidence", "compared")),
    ],
)
def test_a_partial_date_decides_where_every_day_agrees(onset: str, expected: tuple[str, str, str]) -> None:
    """All of 2024 is within; the last two days of 2025 are not, and the others are."""
    assert said(ONSET, facts(als(onset=onset))) == expected


def test_a_partial_onset_that_was_recorded_ends_on_the_as_of_date() -> None:
    """Some time in 2026, on record since March: less than 6 months ago, whatever the day."""
    assert said(ONSET, facts(als(onset="2026", recorded="2026-03-01")))[0] == "not-met"


def test_an_age_at_onset_is_an_interval() -> None:
    """At 55, born on 1 August 1969: from August 2024 to July 2025, all of it within."""
    entry = als(onset_age=Decimal(55))
    assert said(ONSET, facts(entry, birth=when("1969-08-01")))[0] == "met"
    assert said(ONSET, facts(entry, birth=when("1968-02-01")))[2] == "partial-date"


def test_a_date_of_onset_is_no_date_of_diagnosis() -> None:
    """With the onset alone, the time since the diagnosis is unknown."""
    assert said(DIAGNOSIS, facts(als(onset="2025-01-01"))) == ("unknown", "no-record", "no-date")


def test_a_recorded_date_is_taken_for_the_diagnosis_and_said_so() -> None:
    """The verdict stands on an assumption, which comes out with it; an asserted date needs none."""
    record = explained(DIAGNOSIS, facts(als(recorded="2025-06-01")))
    assert (record.verdict, record.basis) == ("met", "evidence")
    assert record.assumptions == ("the date on which the diagnosis was recorded is taken as the date of diagnosis",)
    assert explained(DIAGNOSIS, facts(als(diagnosed="2025-06-01", recorded="2026-06-01"))).assumptions == ()
    assert said(DIAGNOSIS, facts(als(recorded="2026-07-01")))[2] == "no-date"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (als(diagnosed="2023-06-30"), ("not-met", "evidence", "diagnosed-before")),
        (als(recorded="2022"), ("not-met", "evidence", "diagnosed-before")),
        (als(diagnosed="2023-07-01"), ("unknown", "no-record", "no-date")),
        (als(diagnosed="2025-01-01"), ("unknown", "no-record", "no-date")),
    ],
)
def test_a_diagnosis_proves_a_least_duration_and_no_more(entry: Condition, expected: tuple[str, str, str]) -> None:
    """Diagnosed 36 months ago, the disease is at least that old: not less than 36 months; but never met."""
    assert said(ONSET, facts(entry)) == expected


def test_of_several_entries_the_earliest_counts() -> None:
    """A second entry does not make the disease younger, and one without a date does not matter."""
    late, early = als(onset="2026-02-01"), als(onset="2025-02-01", reference="Condition/early")
    one = finding(ONSET, facts(late, early, als(reference="Condition/undated")))
    assert (one.value, [fact.reference for fact in one.facts]) == (Value.MET, ["Condition/early"])


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([als(onset="2025-09-01", diagnosed="2025-03-01")], ("unknown", "unusable", "onset-after-diagnosis")),
        ([als(onset="2025-09-01", diagnosed="2022-05-01")], ("not-met", "evidence", "onset-after-diagnosis")),
        ([als(onset="2025-09", diagnosed="2025")], ("met", "evidence", "compared")),
        ([als(onset="2025-09-01", recorded="2022-05-01")], ("met", "evidence", "compared")),
        ([als(onset="2025-09-01", diagnosed="2025-09-01")], ("met", "evidence", "compared")),
    ],
)
def test_an_onset_after_the_diagnosis_is_not_believed(entries: list[Condition], expected: tuple[str, str, str]) -> None:
    """It was at the latest at the diagnosis, which proves a least time and no more; the date of entry is none."""
    assert said(ONSET, facts(*entries)) == expected


def test_the_diagnosis_of_another_entry_bounds_the_onset_too() -> None:
    """Begun in January 2025 by one entry, diagnosed in 2020 by another: not less than 36 months, and both are cited."""
    begun, known = als(onset="2025-01-01"), als(diagnosed="2020-01-01", reference="Condition/known")
    one = finding(ONSET, facts(begun, known))
    assert (one.value, {fact.reference for fact in one.facts}) == (Value.NOT_MET, {"Condition/als", "Condition/known"})
    suspected = als(diagnosed="2020-01-01", verification="provisional", reference="Condition/known")
    assert finding(ONSET, facts(begun, suspected)).value is Value.MET
    first = als(onset="2024-01-01", reference="Condition/first")
    assert said(ONSET, facts(first, begun, als(diagnosed="2024-06-01"))) == ("met", "evidence", "compared")


def test_a_partial_onset_ends_with_the_diagnosis() -> None:
    """Some time in 2025, and diagnosed in March: more than 6 months ago, on the assumption that is said."""
    record = explained(ONSET, facts(als(onset="2025", diagnosed="2025-03-01")))
    assert (record.verdict, record.assumptions) == ("met", ("the onset was not after the diagnosis",))


def test_a_diagnosis_with_a_later_onset_says_so() -> None:
    """The asserted date decides, and what contradicts it comes out with it."""
    record = explained(DIAGNOSIS, facts(als(onset="2025-09-01", diagnosed="2025-03-01")))
    assert (record.verdict, record.assumptions) == (
        "met",
        ("the onset on file (2025-09-01, Condition/als) is after this date: one of the two is wrong",),
    )


def test_time_opens_and_closes() -> None:
    """Diagnosed on 15 January 2026: from 15 July 2026 to 15 January 2028, both included."""
    decision = decided(DIAGNOSIS, facts(als(diagnosed="2026-01-15")))
    assert (decision.outcome, decision.opens, decision.closes) == (Outcome.FAIL, date(2026, 7, 15), date(2028, 1, 16))


DAYS = st.dates(date(2022, 1, 1), AS_OF)


@given(DAYS, st.integers(0, 500), st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_an_interval_is_decided_exactly_if_all_its_days_are(
    first: date, length: int, low: int, high: int, strict: bool
) -> None:
    """The verdict on a partial date is that of each of its days, or unknown if these differ."""
    names = ("more_than", "less_than") if strict else ("at_least", "at_most")
    bounds: dict[str, Any] = dict(zip(names, (Duration(months=low), Duration(months=high)), strict=True))
    atom = TimeSince(event="onset", concept="als", **bounds)
    last = min(first + timedelta(days=length), AS_OF)

    def value(start: date, end: date) -> Value:
        return finding(atom, facts(condition("als", onset=When(start, end, "…")))).value

    each = {value(first + timedelta(days=n), first + timedelta(days=n)) for n in range(0, (last - first).days + 1, 7)}
    each |= {value(last, last)}
    said_of_all = value(first, last)
    assert said_of_all is Value.UNKNOWN or each == {said_of_all}
