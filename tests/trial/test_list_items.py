"""Which lines make an item, and which item belongs to which."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.lines import lines
from alsfhir.trial.list_items import Item, items


def shape(found: list[Item]) -> list[Any]:
    """Items as their texts, each with those under it."""
    return [[item.text, *shape(item.children)] if item.children else item.text for item in found]


def tree(text: str) -> list[Any]:
    """The items of a text."""
    return shape(items(text, lines(text))[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* a\n  * b\n    * c\n* d", [["a", ["b", "c"]], "d"]),
        ("1. a\n- b\n- c\n2. d", [["a", "b", "c"], "d"]),
        ("* a:\n- b\n* c", [["a:", "b"], "c"]),
        ("* a\n- b", ["a", "b"]),
        ("a:\n\n* b\n* c\n\nd", [["a:", "b", "c"], "d"]),
        ("a\n\n  * b\n  * c", ["a", "b", "c"]),
        (" 9. a\n10. b", ["a", "b"]),
        (" * a\n  * b", [["a", "b"]]),
        ("1. a\n   1. b\n   2. c\n2. d", [["a", "b", "c"], "d"]),
    ],
)
def test_levels(text: str, expected: list[Any]) -> None:
    """Deeper items belong to the one above; at the same depth, another mark under a number or after a colon does."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* vital capacity of\n  60%", ["vital capacity of\n  60%"]),
        ("* vital capacity of\n60%", ["vital capacity of\n60%"]),
        ("Vital capacity\nas predicted", ["Vital capacity\nas predicted"]),
        ("vital capacity\nconsent", ["vital capacity", "consent"]),
        ("Vital capacity.\nconsent", ["Vital capacity.", "consent"]),
        ("* a\n\n  b\n\n* c", ["a\n\n  b", "c"]),
        ("a\n\nb", ["a", "b"]),
    ],
)
def test_wrapped_lines(text: str, expected: list[Any]) -> None:
    """A line goes on if it is deeper than its mark, begins small after an open line, or the line before ends open."""
    assert tree(text) == expected


def test_text_that_was_not_wrapped_is_not_joined() -> None:
    """Where lines are longer than any page is wide, each is a statement."""
    long = "A" + " long" * 30
    assert tree(f"{long}\nB and that is all\nC") == [long, "B and that is all", "C"]


@given(st.lists(st.sampled_from(["* a", "  * b", "1. c", "d:", "e", "    f", "", "-", "a) g", "1. h 2. i", "\tx"])))
def test_items_follow_each_other(rows: list[str]) -> None:
    """Items are in the order of the text, and each ends where its last one ends."""
    text = "\n".join(rows)
    pending, at = list(reversed(items(text, lines(text))[0])), 0
    while pending:
        item = pending.pop()
        assert at <= item.start < item.end <= len(text)
        assert item.end == (item.children[-1].end if item.children else item.start + len(item.text))
        at = item.start
        pending.extend(reversed(item.children))
