"""Tests of how a criterion is read, as extensions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alsfhir.criteria import model
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.reading import reading_extensions, readings_sentence, statement_text, unreviewed
from trial_samples import bare_criteria, criteria, criterion

NAMES = Names()
AGE = model.Age(at_least=18)


def _parts(extensions: list[Any]) -> list[tuple[str, Any]]:
    reading = next(extension for extension in extensions if extension["url"] == NAMES.extension("reading"))
    return [(part["url"], next(v for k, v in part.items() if k != "url")) for part in reading["extension"]]


def test_a_proposed_reading_names_no_clinician() -> None:
    """What nobody signed is signed by nobody, and stands nowhere if there is no document."""
    assert _parts(reading_extensions(criterion(1, AGE, bare=True), NAMES)) == [
        ("status", "proposed"),
        ("computability", "partial"),
        ("label", "Label of 1"),
    ]


def test_a_reviewed_reading_says_by_whom_when_and_of_which_text() -> None:
    """The document is named without its folder."""
    assert _parts(reading_extensions(criterion(1, AGE), NAMES))[3:] == [
        ("by", "Dr. Example"),
        ("on", "2026-01-31"),
        ("warning", "The unit is not stated"),
        ("document", "page.txt"),
        ("start", 10),
        ("end", 40),
    ]


def test_what_is_shown_beside_a_verdict_is_named() -> None:
    """The concepts that have no part in the verdict are said with the reading."""
    shown = replace(criterion(1, AGE, bare=True), show=("als", "bmi"))
    assert _parts(reading_extensions(shown, NAMES))[3:] == [("show", "als"), ("show", "bmi")]


def test_each_assumption_is_an_extension() -> None:
    """Whoever uses the tree sees what it assumes."""
    _, assumption = reading_extensions(criterion(1, AGE), NAMES)
    assert assumption == {"url": NAMES.extension("assumption"), "valueString": "The last value counts"}


def test_one_unreviewed_reading_makes_all_experimental() -> None:
    """The set is as safe as its weakest statement."""
    mixed = criteria(criterion(1, AGE), criterion(2, AGE, bare=True))
    assert unreviewed(mixed)
    assert readings_sentence(mixed).startswith("The readings of 1 of 2 statements are proposed or drafted")
    assert not unreviewed(criteria(criterion(1, AGE)))
    assert readings_sentence(criteria(criterion(1, AGE))) == "Every reading has been reviewed by a clinician."


def test_a_statement_without_text_is_shown_by_its_label_or_id() -> None:
    """Something has to be shown."""
    assert statement_text(criterion(1, AGE, " ")) == "Label of 1"
    assert statement_text(replace(criterion(1, AGE, ""), label="\x00")) == "NCT00000001-I01"


def test_a_trial_without_statements_waits_for_a_person() -> None:
    """Nothing to review is not the same as reviewed: without criteria, everybody would be eligible."""
    assert unreviewed(bare_criteria())
    assert readings_sentence(bare_criteria()) == "No eligibility statement was found in the documents of this trial."
