"""Age limits in statements, and their contradictions with the header."""

from __future__ import annotations

import pytest

from alsfhir.trial.ages import AgeLimits, age_conflicts, age_limits
from alsfhir.trial.model import Kind, Recruitment, Span, Statement, Trial


def trial(text: str, minimum: int | None, maximum: int | None, kind: Kind = Kind.INCLUSION) -> Trial:
    """A trial with one statement and these header limits."""
    statement = Statement("NCT99000009-I01", kind, text, "page.txt", Span(0, len(text)))
    recruitment = Recruitment("Recruiting", None)
    return Trial(
        "NCT99000009", "A trial", recruitment, minimum_age=minimum, maximum_age=maximum, statements=(statement,)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Expected to live for over 3 years",
        "Women of childbearing age until one year after treatment",
        "FVC over 50%",
        "ALS for over 8 but under 30 months",
        "Weight at least 50 kg at any age",
    ],
)
def test_numbers_that_are_no_ages(text: str) -> None:
    """Durations, percentages and weights are not taken for ages."""
    assert age_limits(text) is None


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("19-77 years of age", AgeLimits(19, 77)),
        ("Age between 21 and 70 years", AgeLimits(21, 70)),
        ("Over 22 and below 66 years old", AgeLimits(22, 66, open_minimum=True, open_maximum=True)),
        ("Aged at least 18 years", AgeLimits(18)),
        ("Age ≥ 18 years", AgeLimits(18)),
        ("Age >= 21", AgeLimits(21)),
        ("Age > 21", AgeLimits(21, open_minimum=True)),
        ("any sex, age 22 or older", AgeLimits(22)),
        ("Adults under the age of 60", AgeLimits(None, 60, open_maximum=True)),
        ("Age up to 80 years", AgeLimits(None, 80)),
    ],
)
def test_age_limits_of_a_statement(text: str, limits: AgeLimits) -> None:
    """Bounds are closed or open as the words say."""
    assert age_limits(text) == limits


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("Over 22 and below 66 years old", 22, 66),
        ("Aged 18 to 75 years", 18, 80),
        ("Aged 18 to 75 years", 21, None),
        ("Aged less than 65 years", None, 65),
    ],
)
def test_a_header_that_says_otherwise_is_reported(text: str, minimum: int | None, maximum: int | None) -> None:
    """Other numbers, or open bounds where the header's are closed, are a conflict; the statement governs."""
    (conflict,) = age_conflicts(trial(text, minimum, maximum))
    assert conflict.startswith("NCT99000009-I01: ")
    assert "governs" in conflict


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [("Aged 18 to 75 years", 18, 75), ("At least 18 years old", 18, None), ("ALS", 18, 75), ("Age ≥ 18", None, None)],
)
def test_a_header_that_says_the_same_or_nothing_is_no_conflict(
    text: str, minimum: int | None, maximum: int | None
) -> None:
    """Agreement and silence are not reported."""
    assert list(age_conflicts(trial(text, minimum, maximum))) == []


def test_an_exclusion_is_not_compared_with_the_header() -> None:
    """“Younger than 18 years” excludes whom the header does not include."""
    assert list(age_conflicts(trial("Less than 18 years old", 21, None, Kind.EXCLUSION))) == []
