from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria import reader
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria, Place
from alsfhir.criteria.mapping import TrialMapping, known_trials, trial_mapping
from alsfhir.criteria.model import Age, Judgement
from alsfhir.criteria.reader import CHANGED, NEW, criteria
from alsfhir.trial.document import read_trial
from alsfhir.trial.merge import merged
from alsfhir.trial.model import Kind, Recruitment, Span, Statement, Trial
from alsfhir.trial.statements import text_sha256

NCT = "NCT00000001"
TEXTS = {"I01": "Has *ALS*", "I02": "Aged 18 to 75", "E01": "BMI \\< 18.5;"}


def _statements(texts: dict[str, str]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            f"{NCT}-{number}",
            Kind.INCLUSION if number[0] == "I" else Kind.EXCLUSION,
            text,
            "page.txt",
            Span(10 * place, 10 * place + len(text)),
        )
        for place, (number, text) in enumerate(texts.items())
    )


TRIAL = Trial(NCT, "An invented trial", Recruitment("Recruiting", "2026-06-27"), statements=_statements(TEXTS))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> TrialMapping:
    """A mapping of the invented trial, made from the readings of a known one."""
    source = trial_mapping("NCT07118319")
    assert source is not None
    wanted = {"I01": "I02", "I02": "I01", "E01": "E02"}
    readings = []
    for number, text in TEXTS.items():
        reading = source.reading(f"NCT07118319-{wanted[number]}")
        assert reading is not None
        changed = {"id": f"{NCT}-{number}", "sha256": text_sha256(text)}
        readings.append(msgspec.structs.replace(reading, **changed))
    made = msgspec.structs.replace(source, nct_id=NCT, criterion=tuple(readings))
    monkeypatch.setattr(reader, "trial_mapping", {NCT: made}.get)
    return made


def _readings(read: Criteria) -> dict[str, str]:
    return {criterion.id: criterion.reading for criterion in read.criteria}


def test_a_statement_that_nobody_has_read_is_a_judgement_marked_draft() -> None:
    """Without a mapping, every statement asks a person whether it is true, and says that it is new."""
    read = criteria(TRIAL)
    assert set(_readings(read).values()) == {"draft"}
    assert read.condition is None
    last = read.criteria[-1]
    assert last.tree == Judgement(question="Is this true of the patient: BMI < 18.5?")
    assert (last.text, last.label, last.warnings) == ("BMI \\< 18.5;", "BMI < 18.5;", (NEW,))
    assert last.place == Place("page.txt", Span(20, 32))


def test_a_trial_without_statements_and_mapping_has_no_criteria() -> None:
    """There is nothing to read, and no condition that a patient could be confirmed to have."""
    read = criteria(replace(TRIAL, statements=()))
    assert (read.criteria, read.condition, read.from_document) == ((), None, False)


def test_a_known_text_has_its_reading(known: TrialMapping) -> None:
    """A statement whose id and text are those of the mapping is read as it says."""
    read = criteria(TRIAL)
    assert set(_readings(read).values()) == {"proposed"}
    assert [criterion.tree for criterion in read.criteria] == [reading.tree for reading in known.criterion]
    assert [criterion.text for criterion in read.criteria] == list(TEXTS.values())
    assert read.condition == known.condition
    assert read.from_document


@pytest.mark.usefixtures("known")
def test_space_escapes_and_list_marks_do_not_reopen_a_reading() -> None:
    """The same sentence in another layout is the same sentence."""
    texts = TEXTS | {"I02": "  2. Aged\n 18  to 75 ", "E01": "BMI < 18.5;"}
    assert set(_readings(criteria(replace(TRIAL, statements=_statements(texts)))).values()) == {"proposed"}


@pytest.mark.usefixtures("known")
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 12), st.characters(categories=["L", "N", "P", "S"]))
def test_any_changed_character_reopens_that_criterion_alone(number: str, at: int, character: str) -> None:
    """One character more in a statement makes a draft of it, says why, and leaves the others as they are."""
    text = TEXTS[number]
    changed = text[:at] + character + text[at:]
    if text_sha256(changed) == text_sha256(text):
        return
    read = criteria(replace(TRIAL, statements=_statements(TEXTS | {number: changed})))
    assert {c.id: c.reading for c in read.criteria if c.id[-5:] != "H-age"} == {
        f"{NCT}-{n}": "draft" if n == number else "proposed" for n in TEXTS
    }
    reopened = next(criterion for criterion in read.criteria if criterion.id == f"{NCT}-{number}")
    assert CHANGED in reopened.warnings
    assert isinstance(reopened.tree, Judgement)


@pytest.mark.usefixtures("known")
def test_a_statement_in_the_other_list_is_read_afresh() -> None:
    """An inclusion that has become an exclusion under the same id is not what was reviewed."""
    statements = [replace(s, kind=Kind.EXCLUSION) if s.id == f"{NCT}-I01" else s for s in TRIAL.statements]
    assert _readings(criteria(replace(TRIAL, statements=tuple(statements))))[f"{NCT}-I01"] == "draft"


@pytest.mark.usefixtures("known")
def test_warnings_about_a_statement_come_with_its_criterion() -> None:
    """What the reader of the document doubted stands at the criterion, without repeating its id."""
    warnings = (f"{NCT}-E01: a sign is lost", f"{NCT}-E010: of another", "page.txt: two places not recognised")
    read = criteria(replace(TRIAL, warnings=warnings))
    assert {criterion.id: criterion.warnings for criterion in read.criteria} == {
        f"{NCT}-I01": (),
        f"{NCT}-I02": (),
        f"{NCT}-E01": ("a sign is lost",),
    }


def test_inclusion_comes_before_exclusion() -> None:
    """Criteria keep the order of the document within each list, whatever the order of the lists."""
    read = criteria(replace(TRIAL, statements=TRIAL.statements[::-1]))
    assert [criterion.id[-3:] for criterion in read.criteria] == ["I02", "I01", "E01"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"documents": ()},
        {"statements": tuple(replace(s, span=Span(0, 1), document="other.txt") for s in TRIAL.statements)},
    ],
)
def test_the_version_is_that_of_statements_and_readings_alone(change: dict[str, object]) -> None:
    """Where a statement stands, and what else the page says, changes no version."""
    assert criteria(replace(TRIAL, **change)).version == criteria(TRIAL).version  # type: ignore[arg-type]


@pytest.mark.usefixtures("known")
def test_another_text_or_reading_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed statement, a statement less, and a trial that is read otherwise, each have a version of their own."""
    versions = [
        criteria(TRIAL).version,
        criteria(replace(TRIAL, statements=_statements(TEXTS | {"E01": "BMI \\< 18;"}))).version,
        criteria(replace(TRIAL, statements=TRIAL.statements[:-1])).version,
    ]
    monkeypatch.setattr(reader, "trial_mapping", lambda _: None)
    assert len({*versions, criteria(TRIAL).version}) == 4
    assert all(len(version) == 64 for version in versions)


def test_limits_of_the_header_are_a_criterion_where_no_statement_has_them() -> None:
    """Header limits become the first criterion, unless a statement limits the age."""
    trial = replace(TRIAL, minimum_age=18, maximum_age=65)
    assert f"{NCT}-H-age" not in _readings(criteria(trial))
    without = replace(trial, statements=(TRIAL.statements[0], TRIAL.statements[2]))
    first = criteria(without).criteria[0]
    assert (first.id, first.tree) == (f"{NCT}-H-age", Age(at_least=18, at_most=65))


@pytest.mark.parametrize("trial", known_trials())
def test_a_mapped_trial_is_read_by_its_labels(trial: str) -> None:
    """Without a document, the label stands for the text, no place is given, and nothing is a draft."""
    read, known = criteria(mapped_trial(trial)), trial_mapping(trial)
    assert known is not None
    assert not read.from_document
    assert {criterion.place for criterion in read.criteria} == {None}
    assert {criterion.id: criterion.text for criterion in read.criteria} == {r.id: r.label for r in known.criterion}
    assert set(_readings(read).values()) == {"proposed"}
    assert read.condition == "als"


def test_a_page_without_statements_is_read_from_the_mapping() -> None:
    """A document that leaves the criteria out does not make everyone eligible."""
    trial = replace(mapped_trial("NCT07118319"), statements=())
    assert criteria(trial) == criteria(mapped_trial("NCT07118319"))


@cache
def _documents(folder: Path) -> tuple[Trial, ...]:
    return merged(read_trial(path.name, path.read_bytes()) for path in sorted(folder.iterdir()))


def _read(shared: Path) -> Iterator[tuple[Trial, Criteria]]:
    for trial in _documents(shared / "seeds"):
        yield trial, criteria(trial)


def test_the_documents_are_the_ones_that_were_read(shared: Path) -> None:
    """The five documents make four trials and 87 criteria, each with the text that its reading was made from."""
    seen = 0
    for trial, read in _read(shared):
        known = trial_mapping(trial.nct_id)
        assert known is not None
        assert [criterion.id for criterion in read.criteria] == [reading.id for reading in known.criterion]
        assert {criterion.reading for criterion in read.criteria} == {"proposed"}
        assert [text_sha256(c.text) for c in read.criteria] == [reading.sha256 for reading in known.criterion]
        assert read.from_document
        seen += len(read.criteria)
    assert seen == 87


def test_every_criterion_of_a_document_is_found_where_it_says(shared: Path) -> None:
    """The place of a criterion holds its text, to the character."""
    for trial, read in _read(shared):
        texts = {document.name: document.text for document in trial.documents}
        for criterion in read.criteria:
            assert criterion.place is not None
            span = criterion.place.span
            assert texts[criterion.place.document][span.start : span.end] == criterion.text


def test_what_is_doubtful_in_the_documents_is_said_with_the_criterion(shared: Path) -> None:
    """The lost word of one statement and the header that contradicts another are warnings, and no others are."""
    warned = {criterion.id for _, read in _read(shared) for criterion in read.criteria if criterion.warnings}
    assert warned == {"NCT07118319-E12", "NCT01494480-I04"}
