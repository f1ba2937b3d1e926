"""Headings and introductions of eligibility lists, one line at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.lines import lines
from alsfhir.trial.list_headings import (
    ListHeading,
    distributes,
    introduces,
    is_introductory,
    list_heading,
    separated,
)
from alsfhir.trial.model import Kind


def heading(text: str) -> ListHeading | None:
    """The heading with which the line begins."""
    (line,) = lines(text)
    return list_heading(line)


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion in other trials",
        "* Inclusion in other trials:",
        "Patients who meet the inclusion criteria",
        "Exclusion criteria of the parent trial were met by the patient, who then left the study before its end.",
        "Excluded are smokers",
        "ALS",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    """Statements that speak of inclusion or exclusion head nothing."""
    assert heading(text) is None


def test_a_heading_tells_for_whom_it_is() -> None:
    """A group, part or cohort in the heading limits its list; words without content do not."""
    assert heading("Inclusion criteria for patients in group 2:") == ListHeading(
        Kind.INCLUSION, 43, "for patients in group 2"
    )
    assert heading("Exclusion Criteria (Cohort B)") == ListHeading(Kind.EXCLUSION, 29, "Cohort B")
    assert heading("Exclusion criteria for all participants:") == ListHeading(Kind.EXCLUSION, 40, None)


def test_a_statement_may_follow_its_heading_on_the_line() -> None:
    """The heading ends at the colon."""
    assert heading("Inclusion Criteria: Age 18") == ListHeading(Kind.INCLUSION, 19, None)


def test_a_heading_that_does_not_say_which_list() -> None:
    """“Eligibility Criteria” is a heading of neither kind."""
    assert heading("Eligibility Criteria:") == ListHeading(None, 21, None)


def test_a_line_is_cut_before_the_headings_within_it() -> None:
    """Only a capital and a colon make a heading within a line; mentions do not."""
    (line,) = lines("ALS. Exclusion Criteria: stroke, see the inclusion criteria: above")
    assert [piece.text for piece in separated(line)] == [
        "ALS.",
        "Exclusion Criteria: stroke, see the inclusion criteria: above",
    ]


def test_introductions() -> None:
    """An introduction says no more than that statements follow; a number or a group's letter is more."""
    assert is_introductory("Volunteers must fulfil all of these criteria to participate:")
    assert not is_introductory("Volunteers must meet 2 of these criteria:")
    assert not is_introductory("Patients in part B must meet the following:")
    assert not is_introductory("Patients must not have any of the following:")
    assert introduces("Laboratory values:")
    assert introduces("Patients must meet the following criteria.")
    assert not introduces("Patients must be adults.")


@pytest.mark.parametrize(
    ("text", "over_inclusions", "over_exclusions"),
    [
        ("All of the following:", True, False),
        ("Any of the following:", False, True),
        ("Laboratory values:", True, True),
        ("At least 2 of the following:", False, False),
        ("None of the following:", False, False),
        ("Patients are excluded if they have:", False, True),
        ("Not eligible are patients with:", False, True),
        ("Patients are not eligible with:", False, True),
        ("Withdrawal criteria:", False, False),
    ],
)
def test_what_an_introduction_does_to_its_statements(text: str, over_inclusions: bool, over_exclusions: bool) -> None:
    """Statements stand alone only if joining them as their list does keeps what the introduction says."""
    assert distributes(text, Kind.INCLUSION) is over_inclusions
    assert distributes(text, Kind.EXCLUSION) is over_exclusions


@given(st.text(alphabet=st.sampled_from("IEnxclusion criteria:()-*#1. \u00a0"), max_size=80))
def test_any_line_can_be_looked_at(text: str) -> None:
    """A heading is never longer than its line, and cut pieces stand in the line in order."""
    for line in lines(text):
        found = list_heading(line)
        assert found is None or 0 < found.length <= len(line.text)
        pieces = list(separated(line))
        assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
