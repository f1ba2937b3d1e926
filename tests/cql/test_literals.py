from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.cql.literals import boolean, comment, decimal, integer, many, quoted, string, strings


@pytest.mark.parametrize("character", ["'", "\\", "\n", "\r", "\t"])
def test_what_would_end_or_break_a_string_is_escaped(character: str) -> None:
    """A character that means something in a CQL string stands there with a backslash."""
    assert string(f"a{character}b").startswith("'a\\")
    assert "\n" not in string(f"a{character}b")


@given(st.text())
def test_no_text_ends_a_comment(text: str) -> None:
    """Whatever a statement says, each line of its comment begins as a comment does."""
    assert all(line.startswith("// ") for line in comment(text).splitlines())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("18.5"), "18.5"),
        (Decimal("1E+3"), "1000.0"),
        (3, "3.0"),
        (Fraction(1, 4), "0.25"),
        (None, "null as Decimal"),
    ],
)
def test_a_decimal_has_a_point_and_no_power_of_ten(value: Decimal | Fraction | int | None, written: str) -> None:
    """Numbers are written as CQL reads decimals; none at all keeps its type."""
    assert decimal(value) == written


def test_nothing_keeps_its_type() -> None:
    """An absent string, an absent integer and an empty list say of what type they are."""
    assert (string(None), integer(None), strings([])) == ("null as String", "null as Integer", "List<String>{}")


def test_names_and_truths() -> None:
    """A name is quoted, with quotes in it escaped; a truth is a word."""
    assert (quoted('a"b'), boolean(True), boolean(False), integer(3)) == ('"a\\"b"', "true", "false", "3")


def test_a_long_list_has_a_member_a_line() -> None:
    """A list that does not fit on a line has each member on one of its own."""
    assert many("String", ["'a'", "'b'"]) == "{ 'a', 'b' }"
    assert many("String", [string("x" * 60)] * 3).count("\n") == 4
