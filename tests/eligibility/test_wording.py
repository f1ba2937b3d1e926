"""Numbers, units, dates and facts in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.wording import (
    dated_entry,
    day_words,
    days_old,
    fact_words,
    listed,
    named_value,
    quantity_words,
    rounded,
    sentence,
    value_words,
)
from alsfhir.patient.model import Drug, Procedure
from alsfhir.terminology import LOCAL_SYSTEM, Coding, terminology
from eligibility_samples import AS_OF, FVC, category, condition, observation, quantity, when


@pytest.mark.parametrize(
    ("number", "bounds", "shown"),
    [
        (Fraction(880, 49), (), "17.96"),
        (Fraction("18.4999"), ("18.5",), "18.4999"),
        (Fraction("18.50004"), ("18.5",), "18.50004"),
        (Fraction("18.5"), ("18.5",), "18.5"),
        (Fraction(70), ("70",), "70"),
        (Fraction(100), (), "100"),
        (Fraction(775, 9), (), "86.11"),
    ],
)
def test_a_rounded_number_never_looks_like_a_bound_that_it_is_not(
    number: Fraction, bounds: tuple[str, ...], shown: str
) -> None:
    """Two decimals, or as many as it takes; no power of ten."""
    assert rounded(number, *map(Decimal, bounds)) == shown


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6), st.integers(-1000, 1000))
def test_only_a_bound_is_shown_as_the_bound(number: Fraction, bound: int) -> None:
    """Whatever the number, its words equal the bound's only if it is the bound."""
    assert (rounded(number, Decimal(bound)) == str(bound)) == (number == bound)


@pytest.mark.parametrize(
    ("written", "words"),
    [("70.0 %", "70.0 %"), ("<70 %", "<70 %"), ("82", "82"), ("1E+1 mg", "10 mg"), ("0.00010 g", "0.00010 g")],
)
def test_a_quantity_keeps_its_digits(written: str, words: str) -> None:
    """70.0 stays 70.0, and no number is in powers of ten."""
    assert quantity_words(quantity(written)) == words


def test_a_concepts_unit_is_said_its_own_way() -> None:
    """Percent of a vital capacity is percent of predicted; of another concept's unit nothing is said."""
    concept = terminology().concept(FVC)
    assert quantity_words(quantity("48 %"), concept) == "48 % of predicted"
    assert quantity_words(quantity("3.1 L"), concept) == "3.1 L"


@pytest.mark.parametrize(
    ("written", "words", "age"),
    [
        (None, "no date", "of unknown age"),
        ("2026-03-25", "2026-03-25", "97 days old"),
        ("2026-03-25T23:00:00-08:00", "2026-03-25", "97 days old"),
        ("2026-03", "2026-03", "91 to 121 days old"),
        ("2026-06-20/2026-06-21", "2026-06-20 to 2026-06-21", "9 to 10 days old"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(written: str | None, words: str, age: str) -> None:
    """A time is said by its day, a month by its month, a period from its first to its last day."""
    found = when(written) if written else None
    assert day_words(found) == words
    assert days_old(found, AS_OF) == age


def test_an_open_period_is_said_since() -> None:
    """An end that is not given is no end."""
    assert day_words(when("2026-06-20/")) == "since 2026-06-20"


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (observation(FVC, "48 %"), "48 % of predicted"),
        (observation(FVC, None, unusable="no value"), "not usable: no value"),
        (observation(FVC, "48 %", unusable="no status"), "48 % of predicted, not usable: no status"),
        (observation("hbsag", None, coded=(Coding("s", "1", "Negative"), Coding(None, None, "Negative"))), "Negative"),
        (observation("hbsag", None, coded=(Coding("s", "1"),)), "1"),
        (observation("hbsag", None, coded=(Coding("s", None),)), "no code"),
        (observation("hbsag", None, boolean=True), "yes"),
        (observation("hbsag", None, boolean=False), "no"),
        (observation("hbsag", None, string="reactive"), "“reactive”"),
        (observation("hbsag", None), None),
        (category("probable-laboratory-supported"), "probable, laboratory-supported"),
        (condition("als", verification="confirmed", clinical="active"), "als, confirmed, active"),
        (condition(text="weak legs"), "“weak legs”"),
        (condition(codings=(Coding("s", "X1"),)), "X1"),
        (condition(), "without a name"),
        (Procedure("Procedure/1", frozenset(), (), "PEG", "completed"), "“PEG”, completed"),
        (Drug("MedicationRequest/1", frozenset(), (Coding("s", "1", "Riluzole"),), None, "active"), "Riluzole, active"),
    ],
)
def test_a_fact_says_what_the_record_says(fact: Any, words: str | None) -> None:
    """A value with its unit, a name with its status, words in quotation marks."""
    assert value_words(fact, terminology()) == words


def test_a_value_that_no_criterion_names_is_named() -> None:
    """Beside a question for a person, a value says what it is of."""
    assert named_value(observation(FVC, "84 %"), terminology()) == "forced vital capacity: 84 % of predicted"
    flagged = observation("creatinine", "1.6 mg/dL", concepts=frozenset({"creatinine", "abnormal-result"}))
    assert named_value(flagged, terminology()) == "serum creatinine: 1.6 mg/dL"
    assert named_value(condition("als"), terminology()) == value_words(condition("als"), terminology())


def test_a_fact_is_cited_with_its_date_and_reference() -> None:
    """So that it can be found in the record."""
    assert fact_words(observation(FVC, "48 %"), terminology()) == f"48 % of predicted (2026-06-20, Observation/{FVC})"
    assert fact_words(observation(FVC, None), terminology()) == f"Observation/{FVC}"
    entry = condition("als", diagnosed=when("2025-03-01"), recorded=when("2025-06"))
    assert fact_words(entry, terminology()) == "als (diagnosed 2025-03-01, Condition/als)"
    drug = Drug("MedicationRequest/1", frozenset(), (), "riluzole", "active", authored=when("2026-01"))
    assert fact_words(drug, terminology()) == "“riluzole”, active (2026-01, MedicationRequest/1)"


def test_a_date_of_an_entry_is_said_with_what_it_is() -> None:
    """An onset is no diagnosis, and neither is a date of entry."""
    dates = {"onset": when("2025-01"), "diagnosed": when("2025-03-01"), "recorded": when("2025-06-01")}
    entry = condition("als", **dates)
    said = {name: dated_entry(entry, date) for name, date in dates.items()}
    assert said == {"onset": "onset 2025-01", "diagnosed": "diagnosed 2025-03-01", "recorded": "recorded 2025-06-01"}
    assert dated_entry(condition("als"), None) == "no date"


def test_a_long_row_is_cut_short() -> None:
    """The first three, each once, and how many more there are."""
    assert listed(["a", "b", "a"]) == "a; b"
    assert listed("abcde") == "a; b; c and 2 more"
    assert listed([]) == ""


def test_a_sentence_begins_with_a_capital() -> None:
    """And is otherwise left alone."""
    assert sentence("fVC below 50 %") == "FVC below 50 %"
    assert sentence("") == ""


def test_no_system_is_shown_for_a_local_code_without_display() -> None:
    """A value of a category is said by its name in the mapping."""
    coded = (Coding(LOCAL_SYSTEM, "definite"),)
    assert value_words(observation("el-escorial-category", None, coded=coded), terminology()) == "definite"
