"""Procedures and their times, by the names of R4 and of R5."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from patient_samples import SNOMED, SURGERY, facts, one_procedure, procedure, texts

DAY = When(date(2026, 5, 4), date(2026, 5, 4), "2026-05-04")


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"code": None}, "no code"),
        ({"status": None}, "no status"),
        ({"focus": {"reference": "Patient/donor"}}, "it was done to another than the patient (Procedure.focus)"),
        ({"implicitRules": "http://x.org"}, "its implicitRules are not known and may change its meaning"),
    ],
)
def test_what_may_not_be_the_patients_procedure_is_kept_and_says_why(elements: dict[str, Any], unusable: str) -> None:
    """A procedure without code or status, or done to somebody else, counts for nothing and is listed."""
    found = facts(procedure(**elements))
    assert [fact.unusable for fact in found.procedures] == [unusable]
    assert texts(found) == [f"warning Procedure/x1: {unusable}: not used"]


def test_what_was_entered_in_error_is_no_fact() -> None:
    """A Procedure entered in error does not exist."""
    found = facts(procedure(status="entered-in-error"))
    assert (found.procedures, texts(found)) == ((), ["information Procedure: 1 not used: entered in error"])


@pytest.mark.parametrize(
    "elements",
    [
        {"performedDateTime": "2026-05-32"},
        {"performedString": "in spring"},
        {"performedAge": {"value": 46}},
        {"performedRange": {}},
        {"occurrenceTiming": {}},
        {"occurrenceDateTime": 5},
        {"performedDateTime": "2026", "performedPeriod": {"start": "2026"}},
    ],
)
def test_a_time_that_is_none_leaves_it_undated(elements: dict[str, Any]) -> None:
    """That it was done stays on record, without a date, and the problem is listed."""
    found = facts(procedure(**elements))
    assert [(fact.when, fact.unusable) for fact in found.procedures] == [(None, None)]
    (text,) = texts(found)
    assert text.endswith(": taken as undated")


@pytest.mark.parametrize("element", ["performedDateTime", "occurrenceDateTime"])
def test_times_are_read_in_r4_and_in_r5(element: str) -> None:
    """performed[x] of R4 and occurrence[x] of R5 are the same."""
    found = one_procedure(**{element: "2026-05-04"})
    assert (found.when, found.status, found.concepts, found.unusable) == (
        DAY,
        "completed",
        frozenset({"gastrostomy"}),
        None,
    )


def test_a_period_and_a_status_are_kept() -> None:
    """What was not done is a fact that says so."""
    found = one_procedure(status="not-done", performedPeriod={"start": "2026-05-04", "end": "2026-05-05"})
    assert found.status == "not-done"
    assert found.when == When(date(2026, 5, 4), date(2026, 5, 5), "2026-05-04/2026-05-05")


@pytest.mark.parametrize("category", [SURGERY, [SURGERY, {"text": "operation"}]])
def test_its_categories_are_concepts_too(category: Any) -> None:
    """One category in R4, several in R5; the codings are those of the code."""
    found = one_procedure(category=category)
    assert found.concepts == {"gastrostomy", "surgery"}
    assert found.codings == (Coding(SNOMED, "54956002"),)


def test_without_a_code_it_is_what_its_category_says() -> None:
    """A category alone is a code, or a text."""
    found = one_procedure(code=None, category=SURGERY)
    assert (found.codings, found.unusable) == ((Coding(SNOMED, "387713003"),), None)
    assert one_procedure(code=None, category=[{"text": "operation"}]).text == "operation"


def test_a_broken_category_leaves_open_what_it_was() -> None:
    """It may have been a surgical procedure."""
    found = facts(procedure(category=5))
    assert [fact.unusable for fact in found.procedures] == [None]
    assert found.unreadable == {"Procedure"}


def test_no_word_of_a_procedure_is_lost() -> None:
    """What its code and its categories say in words is all kept, none twice."""
    found = one_procedure(code={"text": "operation"}, category=[{"text": "gastrostomy"}, {"text": "operation"}])
    assert found.text == "operation; gastrostomy"
