"""Tests of the narratives of resources."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.fhir.narrative import narrative
from trial_samples import HOSTILE

XHTML = "{http://www.w3.org/1999/xhtml}"


def _parsed(div: str) -> ET.Element:
    return ET.fromstring(div)


@given(st.text(), st.lists(st.tuples(st.text(), st.text())))
def test_any_text_makes_well_formed_xhtml_of_the_few_allowed_elements(title: str, rows: list[tuple[str, str]]) -> None:
    """Nothing that a document says can break the markup, or add to it."""
    parsed = _parsed(narrative(title, *rows)["div"])
    assert {element.tag.removeprefix(XHTML) for element in parsed.iter()} <= {
        "div",
        "p",
        "b",
        "table",
        "tr",
        "td",
        "br",
    }


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    """A script in a document is text to be read."""
    parsed = _parsed(narrative("t", ("row", HOSTILE))["div"])
    assert "<script>&amp; \"q\" 'x'" in "".join(parsed.itertext())


def test_a_title_of_nothing_still_makes_a_narrative() -> None:
    """FHIR wants some content that is not white space (txt-2)."""
    assert _parsed(narrative(" \x00 ")["div"]).findtext(f"{XHTML}p/{XHTML}b") == "-"


def test_a_row_with_nothing_beside_its_name_is_left_out() -> None:
    """What is not known takes no room."""
    assert "Phase" not in narrative("t", ("Phase", None), ("Sponsor", "S"))["div"]


def test_the_header_stands_only_above_rows() -> None:
    """A table without rows is no table."""
    header = ("Name", "Value")
    assert "table" not in narrative("t", ("Phase", " "), header=header)["div"]
    assert "<tr><th>Name</th><th>Value</th></tr>" in narrative("t", ("Phase", "1"), header=header)["div"]


def test_lines_of_a_text_stay_lines_and_only_the_titles_first_is_bold() -> None:
    """A person reads a list of sites one below the other."""
    div = narrative("one\ntwo", ("Sites", "a\r\n\r\nb"))["div"]
    assert "<b>one</b><br/>two</p>" in div
    assert "<td>a<br/>b</td>" in div
