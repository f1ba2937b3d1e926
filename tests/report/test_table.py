"""Tests of the table of screenings."""

from __future__ import annotations

import msgspec

from alsfhir.report.table import HEADINGS, Row, summary
from screenings import TRIAL, candidate, deceased, ineligible, potential


def test_no_screenings_make_no_rows() -> None:
    """A table of nothing is empty."""
    assert summary([]) == ()


def test_the_deceased_have_a_row_that_says_so() -> None:
    """Nobody who was given is left out of the table."""
    assert summary([deceased()])[0].status == "Not screened: deceased"


def test_each_screening_is_a_row_in_the_order_given() -> None:
    """A row names patient, trial, recruitment and status, and counts what blocks, is missing, needs a person."""
    assert summary([potential(), ineligible(), candidate()]) == (
        Row("Patient/p1", TRIAL, "yes (recruiting)", "Potential candidate", 0, 1, 2),
        Row("Patient/p1", TRIAL, "no (completed)", "Ineligible", 1, 0, 1),
        Row("Patient/p1", TRIAL, "yes (recruiting)", "Candidate", 0, 0, 1),
    )


def test_a_row_has_a_cell_for_each_heading() -> None:
    """Headings and cells go together."""
    assert HEADINGS == ("patient", "trial", "recruits", "status", "blocking", "missing", "confirm")


def test_a_patient_id_cannot_steer_the_terminal() -> None:
    """Control characters in an id from a record do not reach the table."""
    assert summary([msgspec.structs.replace(candidate(), patient="Patient/\x1b[31mp")])[0].patient == "Patient/ [31mp"
