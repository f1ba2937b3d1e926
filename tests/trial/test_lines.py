"""Lines and sections of pages, with their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.lines import lines, present, sections


@given(st.text(alphabet=st.sampled_from("ab 1.)*•-\t\r\n\u00a0\u2028\x85")))
def test_a_line_is_what_stands_in_its_place(text: str) -> None:
    """Each line's text is found where the line says, without white space around, and words are in some line."""
    found = list(lines(text))
    assert all(text[line.start : line.end] == line.text == line.text.strip() for line in found)
    covered = {n for line in found for n in range(line.start, line.end)}
    marks = "".join(line.label for line in found)
    assert sum(c.isalnum() for c in text) == sum(text[n].isalnum() for n in covered) + sum(c.isalnum() for c in marks)


def test_line_ends_of_every_system() -> None:
    """Unix, Windows and old Macintosh line ends separate lines, and two of them leave a blank one."""
    assert [(line.text, line.after_blank) for line in lines("a\r\nb\r\n\r\nc\rd\n \ne")] == [
        ("a", True),
        ("b", False),
        ("c", True),
        ("d", False),
        ("e", True),
    ]


@pytest.mark.parametrize(
    ("text", "mark", "body"),
    [
        ("  1. one", "number", "one"),
        ("(12) one", "number", "one"),
        ("112. one", "number", "one"),
        ("2024. One", "", "2024. One"),
        ("2.1. one", "number", "one"),
        ("•\u00a0one", "•", "one"),
        ("- one", "-", "one"),
        ("b) one", "letter", "one"),
        ("iv) one", "letter", "one"),
        ("18-75 years", "", "18-75 years"),
        ("1.5 mg", "", "1.5 mg"),
        ("E. coli", "", "E. coli"),
        ("-80 degrees", "", "-80 degrees"),
    ],
)
def test_list_marks(text: str, mark: str, body: str) -> None:
    """A mark is a bullet, number or letter with white space behind it."""
    (line,) = lines(text)
    assert (line.mark, line.text) == (mark, body)


def test_a_page_is_cut_at_its_headings() -> None:
    """Headings count in any case, on a line of their own, once; what comes before the first has none."""
    page = "Title\n\nSTATUS\n\nDone\n\nSex\n\nAll\n- Status\nstatus\n3 groups\nx"
    found = [
        (s.key, [line.text for line in s.body]) for s in sections(page, ("status", "sex"), re.compile(r"\d groups"))
    ]
    assert found == [
        ("", ["Title"]),
        ("status", ["Done"]),
        ("sex", ["All", "Status", "status"]),
        ("3 groups", ["x"]),
    ]


def test_headings_present_are_counted_once() -> None:
    """How many of the headings of a layout a page has."""
    assert present("Sex\nsex\nAges\nSex and ages", ("sex", "ages", "status")) == 2
