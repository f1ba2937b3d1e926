"""The complete partition of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.found import Found, passages


def test_two_readings_of_one_place_are_a_defect() -> None:
    """A character cannot be carried twice."""
    with pytest.raises(ValueError, match="two readings"):
        passages("abcdef", [Found(0, 3, "title"), Found(2, 4, "summary")])


def test_what_lies_between_is_named_by_what_it_is() -> None:
    """White space, list marks and punctuation say nothing; other text that no reader claimed is not recognised."""
    text = "Drug: A\n\n  2. B , C lost"
    found = [Found(0, 4, "a"), Found(6, 7, "b"), Found(14, 15, "c"), Found(18, 19, "d")]
    reasons = [(p.left_out, text[p.span.start : p.span.end]) for p in passages(text, found) if p.left_out]
    assert reasons == [
        ("punctuation", ": "),
        ("list mark", "\n\n  2. "),
        ("punctuation", " , "),
        ("not recognised", " lost"),
    ]


def test_an_empty_place_is_no_passage() -> None:
    """What follows from another place has none of its own."""
    assert [p.field for p in passages("a", [Found(0, 1, "a"), Found(1, 1, "b", "implied")])] == ["a"]


@given(st.text(min_size=1), st.lists(st.integers(0, 50), unique=True))
def test_passages_joined_are_the_text(text: str, cuts: list[int]) -> None:
    """Whatever was found, passages follow each other without gap, overlap or empty ones."""
    bounds = sorted({min(cut, len(text)) for cut in cuts})
    found = [Found(a, b, "title") for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    parts = passages(text, reversed(found))
    assert "".join(text[p.span.start : p.span.end] for p in parts) == text
    assert all(p.span.start < p.span.end and (p.field is None) != (p.left_out is None) for p in parts)
