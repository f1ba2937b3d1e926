"""Eligibility texts become statements; a statement has one normal form and one hash."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.found import passages
from alsfhir.trial.model import Kind
from alsfhir.trial.statements import eligibility, normalized, statements, text_sha256

LISTS = st.lists(
    st.sampled_from(
        [
            "Inclusion Criteria:",
            "Exclusion criteria",
            "* Any of the following:",
            "Patients must not have:",
            "  * deeper",
            "1. one 2. two",
            "  10) ten",
            "a) letter",
            "•",
            "",
            "   ",
            "Adults with ALS",
            "wrapped and",
            "- dash\r",
            "\u00a0\u2022\u00a0no-break",
            "-----",
        ]
    )
)


def texts(text: str, kind: Kind | None = None) -> list[str]:
    """The statements of the text, of one kind or all."""
    return [s.text for s in statements(text) if kind in (None, s.kind)]


def warnings(text: str) -> list[str | None]:
    """What is said about each statement of the text."""
    return [f.warning for f in eligibility(text) if f.field]


def left_out(text: str) -> list[tuple[str, str]]:
    """The lines that are no statement, each with the reason."""
    return [(f.left_out, text[f.start : f.end]) for f in eligibility(text) if f.left_out]


@pytest.mark.parametrize("text", ["", " \n\t", "Inclusion Criteria:", "* \n-\n1.", "-----"])
def test_a_text_without_statements_gives_none(text: str) -> None:
    """Headings, list marks and ornaments alone are not statements."""
    assert statements(text) == ()


def test_statements_without_a_heading_are_inclusions_and_say_so() -> None:
    """Nothing is dropped, and the doubt is reported."""
    assert texts("Adults with ALS", Kind.INCLUSION) == ["Adults with ALS"]
    assert "no heading" in str(warnings("Adults with ALS")[0])


@pytest.mark.parametrize(
    "introduction",
    ["Participants must not have:", "Patients are excluded if they have the following:", "Absence of the following:"],
)
def test_an_introduction_that_turns_into_the_opposite_keeps_its_statements(introduction: str) -> None:
    """Under “must not have”, “cancer” alone would say the opposite; it stays one statement with its introduction."""
    text = f"Inclusion criteria:\n\n{introduction}\n\n* cancer\n* stroke\n"
    assert texts(text) == [f"{introduction}\n\n* cancer\n* stroke"]


def test_withdrawal_is_not_exclusion() -> None:
    """What ends participation is one statement with its heading, not a list of exclusions."""
    text = "Exclusion Criteria:\n* HIV\n\nWithdrawal criteria:\n* pregnancy\n* wish"
    assert texts(text) == ["HIV", "Withdrawal criteria:\n* pregnancy\n* wish"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Inclusion Criteria:", Kind.INCLUSION),
        ("INCLUSION CRITERIA", Kind.INCLUSION),
        ("Inclusion", Kind.INCLUSION),
        ("Key inclusion criteria", Kind.INCLUSION),
        ("**Main Inclusion Criteria**", Kind.INCLUSION),
        ("# Inclusion criteria", Kind.INCLUSION),
        ("Criteria for inclusion:", Kind.INCLUSION),
        ("1. Inclusion Criteria", Kind.INCLUSION),
        ("Exclusion criteria", Kind.EXCLUSION),
        ("EXCLUSIONS:", Kind.EXCLUSION),
        ("Exclusion criteria include:", Kind.EXCLUSION),
        ("Non-inclusion criteria:", Kind.EXCLUSION),
        ("Ineligibility criteria", Kind.EXCLUSION),
        ("Reasons for exclusion:", Kind.EXCLUSION),
    ],
)
def test_headings_in_their_variants(heading: str, kind: Kind) -> None:
    """A heading in any of its usual forms decides what the list under it is, and is no statement."""
    text = f"Inclusion:\n* first\n\n{heading}\n\n* second\n"
    assert [(s.text, s.kind) for s in statements(text)] == [("first", Kind.INCLUSION), ("second", kind)]


def test_a_statement_that_begins_like_a_heading_is_a_statement() -> None:
    """“Inclusion in other trials” in a list is a statement."""
    text = "Exclusion criteria\n\n  • Inclusion in other trials\n  • Exclusion from another trial\n"
    assert texts(text, Kind.EXCLUSION) == ["Inclusion in other trials", "Exclusion from another trial"]


def test_a_heading_for_some_participants_is_said_with_each_statement() -> None:
    """A list that holds for one part of the trial only is not silently taken for all."""
    text = "Inclusion Criteria (Part B):\n\n* Age 21\n\nInclusion criteria\n\n* ALS"
    assert warnings(text) == ["its list is limited: Part B", None]


@pytest.mark.parametrize(
    "marks",
    [("1. ", "2. "), ("1) ", "2) "), ("(1) ", "(2) "), ("* ", "* "), ("- ", "- "), ("•\t", "•\t"), ("a) ", "b) ")],
)
def test_list_marks_are_not_part_of_the_statement(marks: tuple[str, str]) -> None:
    """Numbers, letters and bullets mark a statement."""
    assert texts(f"Inclusion:\n  {marks[0]}18-75 years\n  {marks[1]}1.5 mg") == ["18-75 years", "1.5 mg"]


def test_a_mark_alone_on_its_line_belongs_to_the_next_line() -> None:
    """Copied pages put a bullet and its text on two lines."""
    assert texts("Exclusion:\n•\nPregnancy\n•\nStroke\n") == ["Pregnancy", "Stroke"]


@pytest.mark.parametrize(
    "under", ["   * one\n   * two", "* one\n* two", "- one\n- two", "a) one\nb) two", "\n   * one\n   * two"]
)
def test_items_under_an_item_belong_to_its_statement(under: str) -> None:
    """Sub-bullets finish the sentence of the numbered statement, indented or not."""
    text = f"Inclusion:\n1. Adequate function\n{under}\n2. Consent"
    assert texts(text) == [f"Adequate function\n{under}", "Consent"]


def test_paragraphs_under_an_item_belong_to_its_statement() -> None:
    """A deeper paragraph after a blank line is a note to the item."""
    assert texts("Inclusion:\n* Two\n\n  Note: more.\n\n* Three") == ["Two\n\n  Note: more.", "Three"]


@pytest.mark.parametrize(
    "introduction",
    [
        "Volunteers must fulfil all of these criteria:",
        "To be eligible, participants must fulfil the following.",
        "In order to participate in this trial, patients must:",
    ],
)
def test_an_introduction_is_no_statement(introduction: str) -> None:
    """A sentence that only says that statements follow is left out as an introduction, without a warning."""
    text = f"Inclusion:\n\n{introduction}\n\n* Age\n* ALS"
    assert texts(text) == ["Age", "ALS"]
    assert ("introduction", introduction) in left_out(text)
    assert warnings(text) == [None, None]


def test_what_an_introduction_says_is_said_with_its_statements() -> None:
    """A heading of a list of its own can limit it, so each statement under it names it."""
    text = "Exclusion:\n\nLaboratory values at screening:\n\n* ALT above 3 times normal\n"
    assert texts(text) == ["ALT above 3 times normal"]
    assert warnings(text) == ["stands under: Laboratory values at screening:"]


@pytest.mark.parametrize(
    ("kind", "introduction"),
    [
        ("Inclusion", "At least one of the following:"),
        ("Inclusion", "Any of the following:"),
        ("Inclusion", "2 of the following:"),
        ("Exclusion", "All of the following:"),
        ("Exclusion", "Both of the following:"),
    ],
)
def test_a_list_that_is_joined_the_other_way_is_one_statement(kind: str, introduction: str) -> None:
    """“One of” over inclusions and “all of” over exclusions cannot be taken apart."""
    assert texts(f"{kind}:\n\n{introduction}\n\n* A\n* B\n") == [f"{introduction}\n\n* A\n* B"]


def test_a_joined_list_of_paragraphs_says_that_its_end_is_not_marked() -> None:
    """Without marks nobody can see where “any of the following” ends."""
    text = "Inclusion:\n\nAny of the following:\n\nALS\n\nPLS\n"
    assert texts(text) == ["Any of the following:\n\nALS\n\nPLS"]
    assert "not marked" in str(warnings(text)[0])


def test_not_eligible_over_exclusions_is_an_introduction() -> None:
    """“Not eligible if any of” over exclusions turns nothing round."""
    text = "Exclusion:\n\nSubjects are not eligible if they meet any of the following:\n\n* A\n* B\n"
    assert texts(text) == ["A", "B"]


def test_paragraphs_without_marks_are_statements() -> None:
    """Paragraphs apart, or short lines one after the other, are one statement each."""
    assert texts("Inclusion:\n\nAge 18.\n\nALS.\n") == ["Age 18.", "ALS."]
    assert texts("INCLUSION\nAge 18\nALS\nEXCLUSION\nStroke") == ["Age 18", "ALS", "Stroke"]


def test_hard_wrapped_lines_are_one_statement_verbatim() -> None:
    """A wrapped statement keeps the text as it stands in the document, line ends included."""
    first = "Forced vital capacity of at least sixty percent of the value that is predicted for"
    text = f"Inclusion:\n\n        {first}\n        sex, age and height.\n\n        Consent"
    assert texts(text) == [f"{first}\n        sex, age and height.", "Consent"]


def test_wrapped_lines_that_begin_with_a_capital_are_seen_by_their_width() -> None:
    """A line that would not have fitted another word goes on in the next one."""
    first = "Diagnosed by a neurologist according to the criteria that are named after the town of El"
    assert texts(f"Inclusion:\n{first}\nEscorial\nConsent") == [f"{first}\nEscorial", "Consent"]


def test_lists_that_lost_their_line_ends_are_taken_apart() -> None:
    """Headings and consecutive numbers within one line begin new statements."""
    text = "Inclusion Criteria: 1. Age 18-85 2. ALS Exclusion Criteria: 1. Pregnancy 2. Dementia"
    assert [(s.kind.value, s.text) for s in statements(text)] == [
        ("inclusion", "Age 18-85"),
        ("inclusion", "ALS"),
        ("exclusion", "Pregnancy"),
        ("exclusion", "Dementia"),
    ]


@pytest.mark.parametrize(
    ("name", "inclusions", "exclusions"), [("NCT01020331", 4, 8), ("NCT02437110", 9, 19), ("NCT03868345", 9, 2)]
)
def test_real_eligibility_texts(shared: Path, name: str, inclusions: int, exclusions: int) -> None:
    """Numbered and hard-wrapped, paragraphs without marks, flat numbered: each gives its statements."""
    record: dict[str, Any] = json.loads((shared / "data" / "als_trials" / f"{name}.json").read_bytes())
    kinds = [s.kind for s in statements(record["eligibilityCriteria"])]
    assert (kinds.count(Kind.INCLUSION), kinds.count(Kind.EXCLUSION)) == (inclusions, exclusions)


@given(LISTS)
def test_every_character_of_an_eligibility_text_is_accounted_for(rows: list[str]) -> None:
    """Whatever the lines, statements and the rest are a partition, and no word is lost as white space."""
    text = "\n".join(rows)
    parts = passages(text, eligibility(text))
    assert "".join(text[p.span.start : p.span.end] for p in parts) == text
    unread = [p for p in parts if p.left_out in ("white space", "punctuation", "not recognised")]
    assert not any(c.isalnum() for p in unread for c in text[p.span.start : p.span.end])


@given(LISTS)
def test_statements_are_verbatim(rows: list[str]) -> None:
    """A statement is exactly what stands in its place, without white space around it."""
    text = "\n".join(rows)
    for statement in statements(text):
        assert statement.text == text[statement.span.start : statement.span.end] == statement.text.strip() != ""


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  2. BMI \\< 18.5\tkg/m²;", "BMI < 18.5 kg/m²;"),
        ("\u2022 Cafe\u0301\n  au lait", "Café au lait"),
        ("18-75 years", "18-75 years"),
        ("1.5 mg/dL", "1.5 mg/dL"),
        ("a\\_b \\[c\\] \\>= 4", "a_b [c] >= 4"),
        ("C:\\drive", "C:\\drive"),
        ("E. coli", "E. coli"),
        ("FVC must be 3 60%", "FVC must be 3 60%"),
    ],
)
def test_the_normal_form(text: str, normal: str) -> None:
    """NFC, escapes taken off, list mark removed, white space to one blank; punctuation and numbers stay."""
    assert normalized(text) == normal
    assert text_sha256(text) == hashlib.sha256(normal.encode()).hexdigest()


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\\<>*- 1.)\u0338"))))
def test_the_normal_form_is_a_fixed_point(text: str) -> None:
    """Normalizing twice changes nothing, and the result is NFC without white space at its ends."""
    once = normalized(text)
    assert normalized(once) == once == unicodedata.normalize("NFC", once).strip()


@given(st.text(alphabet="ab1 <%≥.,", min_size=1), st.sampled_from(["1. ", "* ", "  (2) ", "\u2022\u00a0", "\n- "]))
def test_typography_does_not_change_the_hash(text: str, mark: str) -> None:
    """The same words under another mark and with other white space are the same statement."""
    word = f"x{text}"
    assert text_sha256(mark + word.replace(" ", " \n  ").replace("<", "\\<")) == text_sha256(word)


@given(st.sampled_from(["FVC ≥ 70%", "FVC > 70%", "FVC ≥ 70.0%", "FVC ≥ 7 0%", "fvc ≥ 70%", "FVC ≥ 70%;"]))
def test_another_text_has_another_hash(text: str) -> None:
    """Signs, digits, case and punctuation are content: a changed statement reopens its reading."""
    assert (text_sha256(text) == text_sha256("FVC ≥ 70%")) == (text == "FVC ≥ 70%")
