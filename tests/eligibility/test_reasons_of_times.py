"""Why an age or a time since an event has its verdict, in words."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Age, TimeSince
from alsfhir.patient.model import Facts
from eligibility_samples import condition, explained, facts, months, when

ADULT = Age(at_least=18, at_most=75)
ONSET = TimeSince(event="onset", concept="als", more_than=months(6), less_than=months(36))
DIAGNOSIS = TimeSince(event="diagnosis", concept="als", at_least=months(6), at_most=months(24))


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (facts(), "No birth date on file"),
        (
            facts(unreadable=frozenset({"Patient"})),
            "No birth date on file, and the Patient resource could not be read",
        ),
        (
            facts(unreadable=frozenset({"Patient.birthDate"})),
            "The birth date on file cannot be used: it is not as FHIR writes it",
        ),
        (facts(birth=when("2026-07-01")), "The birth date on file is after 2026-06-30"),
        (
            facts(birth=when("1950")),
            (
                "75 to 76 years old on 2026-06-30, as far as the incomplete birth date tells; "
                "asked is at least 18 and at most 75"
            ),
        ),
        (facts(birth=when("1940-06-30")), "86 years old on 2026-06-30, above 75"),
        (facts(birth=when("1940")), "85 to 86 years old on 2026-06-30, above 75"),
        (facts(birth=when("2010-06-30")), "16 years old on 2026-06-30, below 18"),
        (facts(birth=when("2025-06-30")), "1 year old on 2026-06-30, below 18"),
        (facts(birth=when("1980-06-30")), "46 years old on 2026-06-30, at least 18 and at most 75"),
    ],
)
def test_an_age_is_said_and_never_the_birth_date(found: Facts, reason: str) -> None:
    """The completed years on the as-of date against their bounds."""
    record = explained(ADULT, found)
    assert record.reason == reason
    assert found.birth is None or found.birth.written not in str(record)


LABEL = "amyotrophic lateral sclerosis"


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ({}, f"No date of onset of {LABEL} on file: als (no date, Condition/als)"),
        (
            {"onset": "2025-01-15"},
            f"Onset of {LABEL} on 2025-01-15, 17 months before 2026-06-30: more than 6 months and less than 36 months",
        ),
        (
            {"onset": "2025-12-31"},
            f"Onset of {LABEL} on 2025-12-31, 5 months before 2026-06-30: not more than 6 months",
        ),
        (
            {"onset": "2026-06-20"},
            f"Onset of {LABEL} on 2026-06-20, 10 days before 2026-06-30: not more than 6 months",
        ),
        (
            {"onset": "2026-06-10/2026-06-20"},
            (
                f"Onset of {LABEL} between 2026-06-10 and 2026-06-20, 10 to 20 days before 2026-06-30: "
                "not more than 6 months"
            ),
        ),
        (
            {"onset": "2023"},
            (
                f"Onset of {LABEL} between 2023-01-01 and 2023-12-31, 29 to 41 months before 2026-06-30, "
                "which leaves open whether that is more than 6 months and less than 36 months"
            ),
        ),
        (
            {"diagnosed": "2022-01-01"},
            (
                "Amyotrophic lateral sclerosis on record by 2022-01-01, so its onset was at least 53 months before "
                "2026-06-30: not less than 36 months"
            ),
        ),
        (
            {"onset": "2025-12-29"},
            (
                f"Onset of {LABEL} on 2025-12-29, 6 months and 1 day before 2026-06-30: "
                "more than 6 months and less than 36 months"
            ),
        ),
        (
            {"onset": "2025-12-30"},
            f"Onset of {LABEL} on 2025-12-30, 6 months before 2026-06-30: not more than 6 months",
        ),
        (
            {"onset": "2023-06-20"},
            f"Onset of {LABEL} on 2023-06-20, 36 months and 10 days before 2026-06-30: not less than 36 months",
        ),
        (
            {"onset": "2025-09-01", "diagnosed": "2025-03-01"},
            (
                f"The onset of {LABEL} on file (2025-09-01, Condition/als) is after its diagnosis on 2025-03-01, which "
                "cannot be; it was at least 15 months before 2026-06-30, "
                "which leaves open whether that is more than 6 months and less than 36 months"
            ),
        ),
        (
            {"onset": "2025-09-01", "diagnosed": "2022-01-01"},
            (
                f"The onset of {LABEL} on file (2025-09-01, Condition/als) is after its diagnosis on 2022-01-01, which "
                "cannot be; it was at least 53 months before 2026-06-30: not less than 36 months"
            ),
        ),
        (
            {"onset": "2026"},
            (
                "Amyotrophic lateral sclerosis is on record, but an incomplete date leaves open "
                "whether it counts: als (onset 2026, Condition/als)"
            ),
        ),
    ],
)
def test_a_time_since_onset_is_said_in_calendar_months(dates: dict[str, str], reason: str) -> None:
    """From when, how long before the as-of date, and which bound is kept or broken."""
    found = facts(condition("als", **{name: when(written) for name, written in dates.items()}))
    assert explained(ONSET, found).reason == reason


def test_a_recorded_date_is_not_called_a_diagnosis() -> None:
    """The sentence says recorded, and the assumption stands beside it."""
    record = explained(DIAGNOSIS, facts(condition("als", recorded=when("2025-06-01"))))
    assert record.reason == (
        "Amyotrophic lateral sclerosis recorded on 2025-06-01, 12 months before 2026-06-30: "
        "at least 6 months and at most 24 months"
    )


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (None, f"Nothing on file about {LABEL}, and so no date of its onset"),
        (
            {"verification": "provisional"},
            "Amyotrophic lateral sclerosis is on record, but not confirmed: als, provisional (no date, Condition/als)",
        ),
        (
            {"verification": "refuted"},
            (
                "Amyotrophic lateral sclerosis was ruled out, and so no date of its onset: "
                "als, refuted (no date, Condition/als)"
            ),
        ),
        (
            {"onset_text": "two winters ago"},
            f"The onset of {LABEL} is given in words only: “two winters ago” (Condition/als)",
        ),
        (
            {"unusable": "no code"},
            (
                "Amyotrophic lateral sclerosis is on record, but the entry cannot be used: "
                "als, not usable: no code (no date, Condition/als)"
            ),
        ),
        (
            {"concepts": frozenset({"motor-neuron-disease"})},
            f"On record is what may or may not be {LABEL}: als (no date, Condition/als)",
        ),
    ],
)
def test_why_there_is_no_date_is_said(given: dict[str, Any] | None, reason: str) -> None:
    """Nothing on file, not confirmed, in words, unusable, or a broader disease."""
    found = facts() if given is None else facts(condition("als", **given))
    assert explained(ONSET, found).reason == reason


def test_an_unreadable_condition_is_said() -> None:
    """It may have held the date."""
    assert explained(ONSET, facts(unreadable=frozenset({"Condition"}))).reason == (
        f"No {LABEL} on file, but a Condition that could not be read"
    )
