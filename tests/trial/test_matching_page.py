"""The page of a service that matches patients to trials."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given

from alsfhir.errors import InputError
from alsfhir.trial.document import read_trial
from alsfhir.trial.model import Organization, Recruitment, Trial
from damaged_pages import damaged

PAGE = """Image

An Invented Trial of Cells

An Invented Trial of Cells

Recruiting
19-77 years
All
Phase 1

Powered by AI

Overview

{overview}

Eligibility

Inclusion Criteria:

  1. Adults with ALS;
  2. FVC of at least 70%.

Exclusion Criteria:

  1. BMI \\< 17 kg/m2;

Study details
    Amyotrophic Lateral Sclerosis (ALS)

NCT99000009

Example Pharma (City) GmbH

4 March 2026

Step 1 Get in touch with somebody
We have told {{{{SITE_NAME}}}}.
Sign up

Send a message

Enter your details

Investigator Avatar

Primary Contact
{contact}
   Other languages supported:

First name*
Other language

FAQs

Learn more about clinical trials

What is a trial?

Add a private note
  • abc Select text.
"""


def read(overview: str = "A Phase I Study of Cells", contact: str = "") -> Trial:
    """The trial of the page with this overview and contact."""
    return read_trial("page.txt", PAGE.format(overview=overview, contact=contact).encode())


def test_the_fields_of_the_page() -> None:
    """Header values by their shape, details by theirs; the bare date is that of the page, not the trial's start."""
    trial = read()
    assert trial == Trial(
        nct_id="NCT99000009",
        title="An Invented Trial of Cells",
        official_title="A Phase I Study of Cells",
        recruitment=Recruitment("Recruiting", "2026-03-04"),
        phases=("phase 1",),
        conditions=("Amyotrophic Lateral Sclerosis (ALS)",),
        organizations=(Organization("Example Pharma (City) GmbH", "lead-sponsor"),),
        sex="all",
        minimum_age=19,
        maximum_age=77,
        statements=trial.statements,
        documents=trial.documents,
    )
    assert [s.id[-3:] for s in trial.statements] == ["I01", "I02", "E01"]
    assert not any(p.left_out == "not recognised" for p in trial.documents[0].passages)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Image", "page furniture"),
        ("Powered by AI", "page furniture"),
        ("We have told {{SITE_NAME}}.", "contact form"),
        ("First name*", "contact form"),
        ("What is a trial?", "questions and answers about trials in general"),
        ("abc Select text.", "note-taking tool of the page"),
    ],
)
def test_page_furniture_is_left_out(text: str, reason: str) -> None:
    """Placeholders, forms, questions and answers, and tools of the page say nothing of the trial."""
    (document,) = read().documents
    left_out = {document.text[p.span.start : p.span.end]: p.left_out for p in document.passages}
    assert left_out[text] == reason


def test_an_overview_of_sentences_is_the_summary() -> None:
    """Only a line without a full stop is taken for the official title."""
    trial = read("This trial tests cells. It is the first.")
    assert (trial.official_title, trial.summary) == (None, "This trial tests cells. It is the first.")


def test_a_contact_that_is_shown_is_read() -> None:
    """A name and a number under “Primary Contact” are the trial's contact, the form's labels are not."""
    (contact,) = read(contact="Jo Example\n+1 555 0100\n").contacts
    assert (contact.name, contact.phone, contact.email) == ("Jo Example", "+1 555 0100", None)


@given(damaged(PAGE.format(overview="A study", contact="")))
def test_a_page_that_was_saved_badly_is_still_accounted_for(page: str) -> None:
    """Lines lost, doubled, moved, cut or strange: the page is read completely, or refused in a sentence."""
    with suppress(InputError):
        (document,) = read_trial("page.txt", page.encode()).documents
        assert "".join(document.text[p.span.start : p.span.end] for p in document.passages) == page
