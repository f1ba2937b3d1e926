"""Tests of when the reading of a schedule holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.mapping import TrialMapping, known_trials, trial_mapping
from alsfhir.criteria.reader import criteria
from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.criteria.schedule_reader import SCHEDULE_CHANGED, read_schedule
from alsfhir.trial.document import read_trial
from alsfhir.trial.model import Arm
from alsfhir.trial.statements import text_sha256
from schedule_samples import SCHEDULE
from trial_samples import bare_trial, trial

TEXT = "Two doses,\n\n half a month apart."


def _known(source: str = "description") -> TrialMapping:
    some = trial_mapping("NCT07118319")
    assert some is not None
    schedule = msgspec.structs.replace(SCHEDULE, source=source, sha256=text_sha256(TEXT))
    return msgspec.structs.replace(some, nct_id=trial().nct_id, schedule=schedule)


KNOWN = _known()


@given(st.integers(0, len(TEXT)), st.characters(categories=["L", "N", "P", "S"]))
def test_any_changed_character_takes_the_schedule_away(at: int, character: str) -> None:
    """Nothing is claimed from a text that nobody has read; that there is one to be read is said."""
    changed = TEXT[:at] + character + TEXT[at:]
    if text_sha256(changed) != text_sha256(TEXT):
        read = read_schedule(replace(trial(), description=changed), KNOWN)
        assert read == ReadSchedule(from_document=True, warning=SCHEDULE_CHANGED)


@pytest.mark.parametrize(
    ("source", "arms", "says"),
    [
        ("description", (), "the documents do not have the detailed description, which"),
        ("arm", (), "the documents do not have the description of an only arm, which"),
        (
            "arm",
            (Arm("A", description=TEXT), Arm("B")),
            "the documents do not have the description of an only arm, which",
        ),
        ("arm", (Arm("A"),), "the documents do not have the description of an only arm, which"),
    ],
)
def test_documents_without_that_text_show_no_schedule_and_say_so(source: str, arms: tuple[Arm, ...], says: str) -> None:
    """Statements came with a document; that the text is gone, or was another page's, must not go unnoticed."""
    read = read_schedule(replace(trial(), description=None, arms=arms), _known(source))
    assert read.schedule is None
    assert read.warning is not None
    assert read.warning.startswith(says)


def test_a_trial_without_mapping_or_reading_has_no_schedule() -> None:
    """There is nothing to hold against the text."""
    unread = msgspec.structs.replace(KNOWN, schedule=None)
    assert read_schedule(trial(), None) == read_schedule(trial(), unread) == ReadSchedule()


def test_the_text_that_was_read_has_its_schedule() -> None:
    """In whatever layout it stands."""
    read = read_schedule(replace(trial(), description="Two doses, half a month  apart."), KNOWN)
    assert read == ReadSchedule(KNOWN.schedule, from_document=True)


def test_without_a_document_the_mapping_is_taken_at_its_word() -> None:
    """As the criteria are, where no document has a statement."""
    without = replace(bare_trial(), nct_id=trial().nct_id, documents=())
    assert read_schedule(without, KNOWN) == ReadSchedule(KNOWN.schedule)


def test_beside_a_document_without_statements_the_mapping_is_taken_at_its_word_and_that_is_said() -> None:
    """A news page alone does not say the schedule, and does not deny it."""
    news = replace(bare_trial(), nct_id=trial().nct_id, documents=trial().documents)
    read = read_schedule(news, KNOWN)
    assert (read.schedule, read.from_document) == (KNOWN.schedule, False)
    assert read.warning == (
        "the documents do not have the detailed description, which the reading of the schedule was made from: it is "
        "given as it is known without them, as the criteria are"
    )


@pytest.mark.parametrize(
    ("arms", "holds"), [((Arm("A", description=TEXT),), True), ((Arm("A", description=TEXT), Arm("B")), False)]
)
def test_the_text_of_an_arm_counts_if_there_is_only_one(arms: tuple[Arm, ...], holds: bool) -> None:
    """A schedule of one arm of several is not that of the trial."""
    read = read_schedule(replace(trial(), description=None, arms=arms), _known("arm"))
    assert (read.schedule is not None) is holds


def test_criteria_carry_the_schedule_and_their_version_covers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a screening names by that version is a PlanDefinition with this very schedule."""
    versions = set()
    for schedule in (None, KNOWN.schedule, msgspec.structs.replace(SCHEDULE, sha256=text_sha256(TEXT), assumptions=())):
        changed = msgspec.structs.replace(KNOWN, schedule=schedule)
        monkeypatch.setattr("alsfhir.criteria.reader.trial_mapping", {trial().nct_id: changed}.get)
        read = criteria(replace(trial(), description=TEXT))
        assert read.scheduled.schedule == schedule
        versions.add(read.version)
    versions.add(criteria(replace(trial(), description="Other")).version)
    assert len(versions) == 4


def test_three_of_the_known_trials_have_a_schedule() -> None:
    """Of the fourth only a news summary says when anything is done, and leaves open how often: it is not read."""
    read = {trial_id: criteria(mapped_trial(trial_id)).scheduled for trial_id in known_trials()}
    assert {trial_id for trial_id, one in read.items() if one.schedule} == {"NCT01494480", "NCT03828123", "NCT06765564"}
    assert not any(one.from_document for one in read.values())


def test_the_schedules_are_those_of_the_real_documents(shared: Path) -> None:
    """Each is bound to the text of the page that it was read from."""
    pages = [read_trial(page.name, page.read_bytes()) for page in sorted((shared / "seeds").iterdir())]
    read = {(page.nct_id, criteria(page).scheduled.field) for page in pages}
    assert read == {
        ("NCT01494480", "arms[0].description"),
        ("NCT03828123", "description"),
        ("NCT06765564", "description"),
        ("NCT07118319", None),
    }
