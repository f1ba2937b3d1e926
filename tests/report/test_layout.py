"""Tests of lines for a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.report.layout import WIDTH, plain, wrapped


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    """An escape sequence, a carriage return or a mark that turns the writing direction cannot hide a verdict."""
    assert plain("not\x1b[2K met\r\u202eyes\x07") == "not [2K met yes"


def test_an_empty_text_leaves_its_label() -> None:
    """Nothing to say still makes a line, so that a criterion without a reason is not lost."""
    assert list(wrapped("", label="NCT01234567-I01  ")) == ["NCT01234567-I01"]


def test_an_id_is_not_broken_at_its_hyphen() -> None:
    """A criterion id at the end of a line goes to the next line whole."""
    lines = list(wrapped(f"{'x' * (WIDTH - 5)} NCT01234567-I01"))
    assert lines[1] == "NCT01234567-I01"


@given(text=st.text(max_size=400), indent=st.integers(0, 8))
def test_no_line_is_wider_than_the_width_and_nothing_is_lost(text: str, indent: int) -> None:
    """Whatever the text, its lines fit, and hold every printable character of it in order."""
    lines = list(wrapped(text, indent=indent, label="Seen  "))
    assert all(len(line) <= WIDTH for line in lines)
    written = "".join(lines).replace(" ", "")
    assert written == "Seen" + plain(text).replace(" ", "")
