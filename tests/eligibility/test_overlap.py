"""Whether a drug was taken while a condition lasted."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Condition as Asked
from alsfhir.criteria.model import Duration
from alsfhir.patient.model import Condition, Drug, Fact
from eligibility_samples import condition, drug, facts, finding, said, when

TREATED = Asked(concept="acute-infection", within=Duration(weeks=2), overlapping="anti-infective")


def infection(onset: str | None = "2026-06-18", over: str | None = "2026-06-25", **more: Any) -> Condition:
    """An infection in June that is over."""
    dates = {"onset": onset and when(onset), "abatement": over and when(over)}
    return condition("acute-infection", **({"clinical": "resolved"} | dates | more))


def antibiotic(period: str | None, **more: Any) -> Drug:
    """A course that is over."""
    given = {"status": "completed", "period": when(period) if period else None}
    return drug("anti-infective", **(given | more))


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (antibiotic("2026-06-20/2026-06-22"), ("met", "on-record")),
        (antibiotic("2026-06-25/2026-06-29"), ("met", "on-record")),
        (antibiotic("2026-06-10/2026-06-18"), ("met", "on-record")),
        (antibiotic("2026-06-26/2026-06-29"), ("not-met", "not-overlapping")),
        (antibiotic("2026-06-10/2026-06-17"), ("not-met", "not-overlapping")),
        (antibiotic("2026-06/2026-06-29"), ("unknown", "overlap-open")),
        (antibiotic("2020-01-01/2020"), ("not-met", "not-overlapping")),
        (antibiotic(None), ("unknown", "overlap-open")),
        (antibiotic(None, status="active", authored=when("2026-06-20")), ("met", "on-record")),
        (antibiotic(None, status="active", authored=when("2026-06-26")), ("not-met", "not-overlapping")),
        (antibiotic("2026-06-20/2026-06-22", unusable="unknown modifier extension"), ("unknown", "overlap-open")),
        (antibiotic("2026-06-20/2026-06-22", status="unknown"), ("unknown", "overlap-open")),
        (antibiotic("2026-06-20/2026-06-22", intent=None), ("unknown", "overlap-open")),
        (antibiotic("2026-06-20/2026-06-22", intent="plan"), ("unknown", "no-drug")),
        (antibiotic("2026-06-20/2026-06-22", status="cancelled"), ("unknown", "no-drug")),
        (antibiotic("2026-06-20/2026-06-22", kind="statement", status="not-taken"), ("unknown", "no-drug")),
        (drug("riluzole", period=when("2026-06-20/2026-06-22")), ("unknown", "no-drug")),
    ],
)
def test_an_infection_counts_if_it_was_treated(course: Drug, expected: tuple[str, str]) -> None:
    """One day in common suffices; no such drug on file, or none that can be dated, proves nothing."""
    found = said(TREATED, facts(infection(), course))
    assert (found[0], found[2]) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (infection(over=None, clinical="active"), "met"),
        (infection(onset=None, over=None, clinical="active"), "unknown"),
        (infection(onset=None, over=None, clinical="active", recorded=when("2026-06-20")), "met"),
        (infection(onset=None), "unknown"),
        (infection(onset=None, recorded=when("2026-06-20")), "met"),
        (infection(onset="2026-06"), "unknown"),
        (infection(over=None), "unknown"),
        (infection(onset="2026-06-20", over=None), "met"),
        (infection(onset="2026-06-23"), "not-met"),
        (infection(clinical="resolved", verification="provisional"), "unknown"),
    ],
)
def test_how_long_an_infection_lasted_is_as_open_as_its_dates(entry: Condition, expected: str) -> None:
    """Against a course from 20 to 22 June."""
    assert said(TREATED, facts(entry, antibiotic("2026-06-20/2026-06-22")))[0] == expected


def test_a_drug_that_nobody_recognises_may_have_been_it() -> None:
    """It keeps a course at another time from deciding; one that was taken long before does not."""
    other = antibiotic("2026-01-01/2026-01-10")
    unknown = drug(period=when("2026-06-20/2026-06-22"), text="drops", reference="MedicationRequest/x")
    long_ago = drug(period=when("2020-06-20/2020-06-22"), text="drops", reference="MedicationRequest/x", status="ended")
    assert said(TREATED, facts(infection(), other))[2] == "not-overlapping"
    assert said(TREATED, facts(infection(), other, unknown))[2] == "overlap-open"
    assert said(TREATED, facts(infection(), other, long_ago))[2] == "not-overlapping"


def test_a_drug_that_could_not_be_read_may_have_been_it() -> None:
    """No other course decides against it; a hit decides all the same."""
    lost = frozenset({"MedicationStatement"})
    other, hit = antibiotic("2026-01-01/2026-01-10"), antibiotic("2026-06-20/2026-06-22")
    assert said(TREATED, facts(infection(), other, unreadable=lost))[2] == "overlap-open"
    assert said(TREATED, facts(infection(), hit, unreadable=lost))[0] == "met"


def test_the_drug_is_cited_beside_the_condition() -> None:
    """What overlapped, or what might have; not the other courses."""
    hit = antibiotic("2026-06-20/2026-06-22", reference="MedicationRequest/hit")
    found: tuple[Fact, ...] = (infection(), hit, antibiotic("2020-01-01/2020-01-10"))
    assert [fact.reference for fact in finding(TREATED, facts(*found)).facts] == [
        "Condition/acute-infection",
        "MedicationRequest/hit",
    ]


def test_a_condition_that_does_not_count_needs_no_drug() -> None:
    """An infection of last year is none of the last two weeks, whatever was taken."""
    assert said(TREATED, facts(infection("2025-01-01", "2025-01-10")))[2] == "outside-window"
