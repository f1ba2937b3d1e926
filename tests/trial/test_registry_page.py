"""The registry page with a heading over each item."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import InputError
from alsfhir.trial.document import read_trial
from alsfhir.trial.model import Arm, Identifier, Intervention, Organization, Recruitment, Source, Trial
from damaged_pages import damaged
from registry_pages import SECTIONS, registry_page, with_section


def read(page: str) -> Trial:
    """The trial of a page."""
    return read_trial("page.txt", page.encode())


def said(trial: Trial) -> Trial:
    """What a page says, wherever on it."""
    statements = tuple(sorted((s.id, s.text) for s in trial.statements))
    return replace(trial, documents=(), statements=(), warnings=tuple(sorted(trial.warnings)), title=str(statements))


def not_recognised(trial: Trial) -> list[str]:
    """The lines that the reader did not know."""
    (document,) = trial.documents
    lost = [p.span for p in document.passages if p.left_out == "not recognised"]
    return [document.text[span.start : span.end] for span in lost]


def test_every_field_of_the_page() -> None:
    """Each section fills its fields; sexes, ages and phases in the words of the model, the rest verbatim."""
    trial = read(registry_page())
    assert trial == Trial(
        nct_id="NCT99000009",
        title="An Invented Trial",
        recruitment=Recruitment("Completed", "2026"),
        other_ids=(Identifier("other", "INV-9"),),
        study_type="Interventional",
        phases=("phase 1", "phase 2"),
        conditions=("Paralysis, Bulbar", "Ataxia"),
        organizations=(Organization("Example Institute", "lead-sponsor"),),
        funder_types=("Industry", "Other"),
        interventions=(Intervention("Biological", "Cells in 1.5 ml"), Intervention(None, "Vitamins")),
        arms=(Arm("Cells", "Experimental group", "Four infusions", ("Biological: Cells in 1.5 ml",)),),
        enrollment=40,
        enrollment_type="estimated",
        patient_groups="1 patient group",
        site_count=1,
        sex="all",
        minimum_age=22,
        maximum_age=66,
        healthy_volunteers=False,
        primary_purpose="Treatment",
        allocation="N/A",
        intervention_model="Single Group Assignment",
        masking="None (Open label)",
        summary="First paragraph.\n\nSecond paragraph.",
        description="Each dose holds 5\u00d7107 cells.",
        statements=trial.statements,
        documents=trial.documents,
        warnings=trial.warnings,
    )
    assert (trial.documents[0].source, trial.documents[0].page_date) == (Source.REGISTRY_PAGE, "2026")
    assert [s.id for s in trial.statements] == [f"NCT99000009-{key}" for key in ("I01", "I02", "E01", "E02")]
    assert not_recognised(trial) == []


def test_doubtful_texts_are_warnings() -> None:
    """A lost exponent, a header that contradicts the text, and a destroyed sign are said, each with its place."""
    description, sign, ages = read(registry_page()).warnings
    assert description.startswith("description: ")
    assert sign.startswith("NCT99000009-E02: ")
    assert ages.startswith("NCT99000009-I02: ")


def test_page_furniture_and_logos_are_left_out() -> None:
    """The brand, the menu, a single letter for a logo, and what the page has not loaded say nothing of the trial."""
    trial = read(registry_page())
    (document,) = trial.documents
    reasons = {document.text[p.span.start : p.span.end]: p.left_out for p in document.passages if p.left_out}
    assert (reasons["Trials.Example"], reasons["Menu"], reasons["I"]) == ("navigation", "navigation", "logo")
    assert reasons["Loading..."] == "page furniture"
    assert (reasons["\u00a9 Copyright "], reasons[" Example Systems"]) == ("page furniture", "page furniture")


def test_what_a_heading_says_of_the_trial_is_read() -> None:
    """Over the arms stand the participants again, and the groups; of the footer the year is the page's date."""
    (document,) = read(registry_page()).documents
    stated = {(document.text[p.span.start : p.span.end], p.field) for p in document.passages if p.field}
    assert {
        ("40", "enrollment"),
        ("1 patient group", "patient_groups"),
        ("1", "site_count"),
        ("2026", "recruitment.as_of"),
    } <= stated


@pytest.mark.parametrize("count", ["0", "17"])
def test_sites_are_counted_though_they_are_not_listed(count: str) -> None:
    """Also none: that is what the registry says."""
    trial = read(with_section("Trial contacts and locations", f"{count}\n\nLoading..."))
    assert (trial.site_count, trial.sites) == (int(count), ())


def test_two_numbers_of_participants_are_a_warning() -> None:
    """The first is used; that the page also says another is said."""
    trial = read(with_section("Enrollment", "30 patients"))
    assert trial.enrollment == 30
    assert "enrollment: 30 is used, though the document also says 40" in trial.warnings
    assert not any("participants" in warning or "enrollment" in warning for warning in read(registry_page()).warnings)


@given(st.permutations(list(SECTIONS)))
def test_the_order_of_the_sections_does_not_matter(headings: list[str]) -> None:
    """A page with its sections shuffled says the same."""
    shuffled = registry_page({heading: SECTIONS[heading] for heading in headings})
    assert said(read(shuffled)) == said(read(registry_page()))


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("Status and phase", "Completed\nPhase 2\nsomething else"),
        ("Enrollment", "many patients"),
        ("Sex", "All\nand others"),
        ("Ages", "6 months to 2 years old"),
        ("Trial design", "a surprise"),
        ("Trial contacts and locations", "1\nA hospital"),
        ("40 participants in 1 patient group", "Something\nCells\nExperimental group"),
    ],
)
def test_what_the_reader_does_not_know_is_reported(heading: str, body: str) -> None:
    """A line in an unknown form is left out by name and counted in a warning; nothing is guessed from it."""
    trial = read(with_section(heading, body))
    assert len(not_recognised(trial)) == 1
    assert any("not recognised" in warning for warning in trial.warnings)


def test_a_status_without_a_phase() -> None:
    """Some pages have the heading “Status”, and no phase."""
    sections = {("Status" if key == "Status and phase" else key): body for key, body in SECTIONS.items()}
    trial = read(registry_page({**sections, "Status": "Enrolling"}))
    assert (trial.recruitment.status, trial.phases) == ("Enrolling", ())


def test_two_arms_and_a_contact() -> None:
    """Arms follow each other under one heading, whose words may say more than numbers; contacts are read if shown."""
    arms = "A\nExperimental group\nTreatment:\nDrug: X\nDrug: Y\n\nB\nPlacebo Comparator group\nDescription:\nNo drug"
    sections = {key: body for key, body in SECTIONS.items() if not key.startswith("40")}
    heading = "40 participants in 2 patient groups, including a placebo group"
    trial = read(registry_page({**sections, heading: arms, "Central trial contact": "Jo Example, jo@example.org"}))
    assert trial.patient_groups == "2 patient groups, including a placebo group"
    assert trial.arms == (
        Arm("A", "Experimental group", None, ("Drug: X", "Drug: Y")),
        Arm("B", "Placebo Comparator group", "No drug", ()),
    )
    assert [(contact.name, contact.email) for contact in trial.contacts] == [("Jo Example", "jo@example.org")]


def test_windows_line_ends_change_no_word() -> None:
    """The same page saved on another system says the same."""
    assert said(read(registry_page().replace("\n", "\r\n"))).summary is not None
    windows, unix = read(registry_page().replace("\n", "\r\n")), read(registry_page())
    assert [s.text for s in windows.statements] == [s.text for s in unix.statements]
    assert windows.conditions == unix.conditions


@given(damaged(registry_page()))
def test_a_page_that_was_saved_badly_is_still_accounted_for(page: str) -> None:
    """Lines lost, doubled, moved, cut or strange: the page is read completely, or refused in a sentence."""
    with suppress(InputError):
        (document,) = read_trial("page.txt", page.encode()).documents
        assert "".join(document.text[p.span.start : p.span.end] for p in document.passages) == page
