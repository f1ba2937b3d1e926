"""The entries that no concept knows, for a person to see."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import Age
from alsfhir.patient.model import Fact
from eligibility_samples import allergy, condition, criterion, device, drug, facts, procedure, recorded, when

ASKED = [criterion(Age(at_least=18))]
SAID = "is not recognised by any concept: a person should see whether it matters"


def lines(*found: Fact) -> list[tuple[str, str]]:
    """Place and text of the issues of a record."""
    return [(issue.location, issue.text) for issue in recorded(ASKED, facts(*found)).issues]


def test_entries_of_every_kind_are_named() -> None:
    """Conditions, procedures, drugs, devices, allergies: by name, as information."""
    found = (
        condition(text="a", reference="Condition/1"),
        procedure(text="b", reference="Procedure/1"),
        drug(text="c", reference="MedicationRequest/1"),
        device(text="d", reference="Device/1"),
        allergy(text="e", reference="AllergyIntolerance/1"),
        allergy(reference="AllergyIntolerance/2"),
    )
    assert lines(*found) == [
        ("AllergyIntolerance/1", f"“e” {SAID}"),
        ("AllergyIntolerance/2", f"its name {SAID}"),
        ("Condition/1", f"“a” {SAID}"),
        ("Device/1", f"“d” {SAID}"),
        ("MedicationRequest/1", f"“c” {SAID}"),
        ("Procedure/1", f"“b” {SAID}"),
    ]
    assert {issue.severity for issue in recorded(ASKED, facts(*found)).issues} == {"information"}


@pytest.mark.parametrize(
    "entry",
    [
        condition("dementia"),
        condition(text="a", verification="refuted"),
        allergy(text="e", verification="refuted"),
        procedure(text="b", status="not-done"),
        drug(text="c", period=when("2027")),
    ],
)
def test_what_is_known_or_never_was_is_not_named(entry: Fact) -> None:
    """Nor what is of a later day."""
    assert lines(entry) == []


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    """Twenty lines a kind, and how many more there are."""
    drugs = [drug(text="c", reference=f"MedicationRequest/{number:02}") for number in range(23)]
    found = lines(*drugs, condition(text="a", reference="Condition/1"))
    assert [place for place, _ in found[:-1]] == ["Condition/1"] + [f"MedicationRequest/{n:02}" for n in range(20)]
    more = "3 more drugs are not recognised by any concept: a person should see whether they matter"
    assert found[-1] == ("Patient/p1", more)


def test_an_entry_that_makes_several_facts_is_named_once() -> None:
    """By its reference."""
    twice = [drug(text="c", reference="MedicationRequest/1"), drug(text="c", reference="MedicationRequest/1")]
    assert len(lines(*twice)) == 1
