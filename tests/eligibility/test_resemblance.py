"""Whether words look like a concept."""

from __future__ import annotations

import pytest

from alsfhir.eligibility.resemblance import resembling
from alsfhir.terminology import Code, Coding, Concept
from eligibility_samples import condition

ALS = Concept(
    label="amyotrophic lateral sclerosis (Charcot)",
    codes=(
        Code(system="s", code="1", seen="a test", display="Motor neurone disease, amyotrophic (disorder)"),
        Code(system="s", code="2", seen="a test"),
    ),
)
looks_like = resembling(ALS)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "sclerosis",
        "multiple sclerosis",
        "weakness worse als letztes Jahr",
        "FALSE",
        "als",
    ],
)
def test_other_words_do_not_look_like_it(text: str | None) -> None:
    """Some of the words are not enough, and the German word als is no abbreviation."""
    assert not looks_like(condition(text=text))


@pytest.mark.parametrize(
    "text",
    [
        "Amyotrophic lateral sclerosis",
        "AMYOTROPHIC LATERAL SCLEROSIS",
        "lateral sclerosis, amyotrophic; bulbar",
        "V.a. ALS",
        "Charcot disease",
        "motor neurone disease",
    ],
)
def test_all_words_of_a_name_look_like_it(text: str) -> None:
    """The label, its initials, another name, or a display, in any order and case."""
    assert looks_like(condition(text=text))


def test_displays_of_unknown_codes_are_read_too() -> None:
    """A site's own code says what it means in its display."""
    assert looks_like(condition(codings=(Coding("own", "X", "ALS"),)))
