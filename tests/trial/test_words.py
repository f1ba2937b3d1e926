"""The registry's words: dates, ages, phases, codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.words import age_limits, display, iso_date, nct_id, nct_ids, phases, years


@pytest.mark.parametrize(
    "text", ["", "soon", "30 Nonuary 2026", "45 May 2026", "2026-13", "2026-02-32", "May", "1 2 2026", "x" * 100]
)
def test_what_is_no_date_is_none(text: str) -> None:
    """A word that is no date is not made one."""
    assert iso_date(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1 February 2026", "2026-02-01"),
        ("Jun 27, 2026", "2026-06-27"),
        ("June 2026", "2026-06"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("2026-06-27", "2026-06-27"),
        ("2015-08", "2015-08"),
        ("2025", "2025"),
    ],
)
def test_dates_keep_their_precision(text: str, iso: str) -> None:
    """A month or a year stays one."""
    assert iso_date(text) == iso


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_written_date_is_read(day: date) -> None:
    """Day first and month first, with the month's name, give the same date."""
    for text in (f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}", day.isoformat()):
        assert iso_date(text) == day.isoformat()


@pytest.mark.parametrize("text", ["", "All", "Phase 2", "6 months to 2 years old", "18 to", "years", "1 8 years"])
def test_what_is_no_age_range_in_years_is_none(text: str) -> None:
    """Months are not years."""
    assert age_limits(text) is None


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("18 to 60 years old", (18, 60)),
        ("18-75 years", (18, 75)),
        ("18 years to 75 years", (18, 75)),
        ("18+ years old", (18, None)),
        ("18 years and older", (18, None)),
        ("Up to 65 years old", (None, 65)),
    ],
)
def test_age_ranges(text: str, limits: tuple[int | None, int | None]) -> None:
    """The ages of a header are read as whole years."""
    assert age_limits(text) == limits


def test_an_age_limit_of_a_record_in_months_is_not_years() -> None:
    """The registry's months, weeks and days are no whole years."""
    assert [years(text) for text in ("18 Years", "1 Year", "6 Months", "N/A", "")] == [18, 1, None, None, None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phase 1", ("phase 1",)),
        ("PHASE2", ("phase 2",)),
        ("Phase I", ("phase 1",)),
        ("Phase 1/Phase 2", ("phase 1", "phase 2")),
        ("Phase 2/3", ("phase 2", "phase 3")),
        ("EARLY_PHASE1", ("early phase 1",)),
        ("NA", ()),
        ("N/A", ()),
        ("Phase", ()),
        ("Phase 1 was short", ()),
    ],
)
def test_phases(text: str, names: tuple[str, ...]) -> None:
    """A word of the registry names one phase, two, or none."""
    assert phases(text) == names


def test_codes_are_shown_as_the_registry_shows_them() -> None:
    """A record's code and a page's words are the same words."""
    codes = ("SINGLE_GROUP", "NON_RANDOMIZED", "NA", "TREATMENT", "PLACEBO_COMPARATOR", "Already words")
    words = ["Single Group Assignment", "Non-Randomized", "N/A", "Treatment", "Placebo comparator", "Already words"]
    assert [display(code) for code in codes] == words


def test_nct_ids() -> None:
    """An NCT id has eight digits; distinct ones are found in the order of the text."""
    assert (nct_id("NCT00000001"), nct_id("NCT1"), nct_id("nct00000001")) == ("NCT00000001", None, None)
    assert nct_ids("NCT0000000\N{ARABIC-INDIC DIGIT ONE}") == ()
    assert nct_ids("NCT00000002, NCT00000001 and NCT00000002") == ("NCT00000002", "NCT00000001")
