"""Age and administrative gender."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import Age, AnyOf, Sex
from alsfhir.eligibility.days import completed_years
from alsfhir.eligibility.model import Outcome, Value
from alsfhir.patient.values import When
from eligibility_samples import AS_OF, decided, facts, finding, said, when

ADULT = Age(at_least=18, at_most=75)
STRICT = Age(more_than=20, less_than=65)


def born(written: str) -> tuple[str, str, str]:
    """What is said of someone born then against 18 to 75 years."""
    return said(ADULT, facts(birth=when(written)))


def test_no_birth_date_is_unknown_and_can_be_fetched() -> None:
    """Nothing on file about the age is no verdict, and the birth date is asked for."""
    decision = decided(ADULT, facts())
    assert said(ADULT, facts()) == ("unknown", "no-record", "no-record")
    assert decision.outcome is Outcome.MISSING


def test_an_unreadable_patient_might_have_had_a_birth_date() -> None:
    """A Patient resource that could not be read is something in the way, not nothing on file."""
    assert said(ADULT, facts(unreadable=frozenset({"Patient"}))) == ("unknown", "unusable", "unreadable")


def test_a_birth_date_that_is_none_is_unusable() -> None:
    """It is on file, but cannot be read: not nothing on file. The same holds of the gender."""
    found = facts(unreadable=frozenset({"Patient.birthDate"}))
    assert said(ADULT, found) == ("unknown", "unusable", "unreadable")
    assert said(Sex(among=("female",)), found)[1] == "no-record"
    assert said(Sex(among=("female",)), facts(unreadable=frozenset({"Patient.gender"})))[1] == "unusable"


def test_a_birth_date_after_the_as_of_date_is_unusable() -> None:
    """A patient younger than the data has no age, and none is invented."""
    assert born("2026-07-01") == ("unknown", "unusable", "born-later")
    decision = decided(ADULT, facts(birth=when("2026-07-01")))
    assert (decision.opens, decision.closes) == (None, None)
    either = AnyOf(of=(ADULT, Age(at_least=90)))
    assert decided(either, facts(birth=when("2027"))).opens is None


@pytest.mark.parametrize("written", ["1950", "2008", "2007-07/2008-07"])
def test_a_partial_birth_date_across_a_bound_is_unknown(written: str) -> None:
    """If some days of it give a pass and others do not, nobody knows."""
    assert born(written) == ("unknown", "unusable", "partial-date")


@pytest.mark.parametrize("written", ["1951", "2007", "1980", "1950-07-01"])
def test_a_partial_birth_date_decides_where_every_day_agrees(written: str) -> None:
    """Born in 1951: 74 or 75 years old, which is both within."""
    assert born(written) == ("met", "evidence", "compared")


@pytest.mark.parametrize(
    ("birth", "value"),
    [
        ("2008-06-30", Value.MET),
        ("2008-07-01", Value.NOT_MET),
        ("1950-07-01", Value.MET),
        ("1950-06-30", Value.NOT_MET),
    ],
)
def test_closed_bounds_hold_their_ends(birth: str, value: Value) -> None:
    """18 on the very day is in; 75 years and 364 days is in; 76 on the very day is out."""
    assert finding(ADULT, facts(birth=when(birth))).value is value


@pytest.mark.parametrize(
    ("birth", "value"),
    [
        ("2005-12-31", Value.NOT_MET),
        ("2005-06-30", Value.MET),
        ("1961-07-01", Value.MET),
        ("1961-06-30", Value.NOT_MET),
    ],
)
def test_open_bounds_are_on_completed_years(birth: str, value: Value) -> None:
    """More than 20 and less than 65 is 21 to 64: at twenty and a half one is not more than 20."""
    assert finding(STRICT, facts(birth=when(birth))).value is value


@given(st.dates(date(1900, 1, 1), AS_OF), st.integers(0, 800), st.integers(0, 100), st.integers(0, 100))
def test_an_interval_is_decided_exactly_if_all_its_days_are(first: date, days: int, low: int, high: int) -> None:
    """The verdict on a partial birth date is that of each of its days, or unknown if these differ."""
    atom = Age(at_least=low, at_most=high)
    last = min(first + timedelta(days=days), AS_OF)
    each = {low <= completed_years(first + timedelta(days=n), AS_OF) <= high for n in range((last - first).days + 1)}
    expected = Value.UNKNOWN if len(each) > 1 else Value.MET if each.pop() else Value.NOT_MET
    assert finding(atom, facts(birth=When(first, last, "…"))).value is expected


def test_no_gender_is_unknown() -> None:
    """Nothing on file about the gender is no verdict."""
    assert said(Sex(among=("female",)), facts()) == ("unknown", "no-record", "no-record")
    unreadable = facts(unreadable=frozenset({"Patient"}))
    assert said(Sex(among=("female",)), unreadable) == ("unknown", "unusable", "unreadable")


@pytest.mark.parametrize("gender", ["other", "unknown"])
def test_other_and_unknown_genders_do_not_exclude(gender: str) -> None:
    """Administrative gender other does not tell whether someone may be pregnant."""
    assert said(Sex(among=("male",)), facts(sex=gender)) == ("unknown", "unusable", "other-sex")


def test_a_gender_is_among_those_asked_or_is_not() -> None:
    """Female and male decide."""
    assert finding(Sex(among=("female", "other")), facts(sex="female")).value is Value.MET
    assert finding(Sex(among=("female",)), facts(sex="male")).value is Value.NOT_MET
