"""The page of a news service."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given

from alsfhir.errors import InputError
from alsfhir.trial.document import read_trial
from alsfhir.trial.model import Contact, Intervention, Recruitment, Site, Source, Trial
from damaged_pages import damaged

PAGE = """Cells for people with ALS

NCT ID NCT99000009

First seen May 1, 2026 · Last updated Jul 3, 2026 · Updated 1 time
{status}
Summary

Cells are tried in people with ALS.

What this could mean

Our own words, no advice.

Active substance

Invented cells

What this could lead to

It could help.

What could go wrong

It could not help.

Disclaimer Read more

We are not responsible.

Get updates

Get notified about this study

Sign up here.

Conditions

The condition(s) of this trial.

motor neuron disease

As listed by the trial registrant

The terms as entered.

Motor neuron disease
Motor Neuron Disease, Familial

Contacts and locations

Study contacts

  • {contact}

    Phone: {phone} Email: {email}

Locations

  • First Hospital

    {site_status}

    Ulm, Baden, 89081, Germany

    Contact Phone: •••-•••• Email: ••••@••••

  • Second Hospital

    Paris, France
"""
MASKED = {"contact": "Contact", "phone": "•••-••••", "email": "•••@•••"}


def read(status: str = "", site_status: str = "RECRUITING", **details: str) -> Trial:
    """The trial of the page with these words."""
    page = PAGE.format(status=status, site_status=site_status, **{**MASKED, **details})
    return read_trial("news.txt", page.encode())


def test_the_fields_of_the_page() -> None:
    """A news page has no statements; its prose is summary and description, its sites have addresses."""
    trial = read()
    assert trial == Trial(
        nct_id="NCT99000009",
        title="Cells for people with ALS",
        recruitment=Recruitment("RECRUITING", "2026-07-03"),
        conditions=("motor neuron disease", "Motor Neuron Disease, Familial"),
        interventions=(Intervention(None, "Invented cells"),),
        sites=(
            Site("First Hospital", "Ulm", "Baden", "89081", "Germany", "RECRUITING"),
            Site("Second Hospital", "Paris", country="France"),
        ),
        summary="Cells are tried in people with ALS.",
        description="It could help.\n\nIt could not help.",
        documents=trial.documents,
        warnings=("recruitment.status: the page states none for the trial; taken from a site",),
    )
    assert (trial.documents[0].source, trial.documents[0].page_date) == (Source.NEWS_PAGE, "2026-07-03")
    assert not any(p.left_out == "not recognised" for p in trial.documents[0].passages)


def test_masked_contacts_are_no_contacts() -> None:
    """Bullets in place of numbers are left out by name."""
    trial = read()
    assert trial.contacts == trial.sites[0].contacts == ()
    assert [p.left_out for p in trial.documents[0].passages].count("masked contact details") == 2


def test_contacts_that_are_shown_are_read() -> None:
    """A page that shows its contact has one."""
    trial = read(contact="Jo Example", phone="555-0100", email="jo@example.org")
    assert trial.contacts == (Contact("Jo Example", None, "555-0100", "jo@example.org"),)


def test_no_status_is_made_up() -> None:
    """A site that does not recruit says nothing of the trial; the page's own status governs if there is one."""
    assert read(site_status="COMPLETED").recruitment.status == ""
    assert read(status="\nCompleted\n").recruitment.status == "Completed"


@given(damaged(PAGE.format(status="", site_status="RECRUITING", **MASKED)))
def test_a_page_that_was_saved_badly_is_still_accounted_for(page: str) -> None:
    """Lines lost, doubled, moved, cut or strange: the page is read completely, or refused in a sentence."""
    with suppress(InputError):
        (document,) = read_trial("news.txt", page.encode()).documents
        assert "".join(document.text[p.span.start : p.span.end] for p in document.passages) == page
