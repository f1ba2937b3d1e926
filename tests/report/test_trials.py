"""Tests of what is shown of the trials."""

from __future__ import annotations

from dataclasses import replace

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Age, Attestation
from alsfhir.report.layout import WIDTH
from alsfhir.report.trials import overview, trial_text
from alsfhir.trial.model import Kind, Recruitment

AGE = Criterion(
    id="NCT01234567-I01",
    kind=Kind.INCLUSION,
    text="Adults up to 75",
    label="18 to 75 years",
    tree=Age(at_least=18, at_most=75),
    computability="computable",
    reading="reviewed",
    assumptions=("75 is included",),
    reviewed_by="Dr. A. Reader",
    reviewed_on="2026-05-01",
)
CONSENT = Criterion(
    id="NCT01234567-E01",
    kind=Kind.EXCLUSION,
    text="Does not consent",
    label="no consent",
    tree=Attestation(question="Does the patient consent?"),
    computability="person",
    reading="draft",
    warnings=("the text may lack a word",),
)
TRIAL = Criteria(
    trial="NCT01234567",
    title="Cells for a disease",
    recruitment=Recruitment(status="Completed", as_of="2026-06-27"),
    condition="als",
    criteria=(AGE, CONSENT),
    version="0123456789abcdef" * 4,
    from_document=True,
)


def _block(text: str, criterion_id: str) -> list[str]:
    (block,) = [block for block in text.split("\n\n") if block.startswith(criterion_id)]
    return block.splitlines()


def test_a_trial_that_is_over_is_said_to_be_before_its_criteria() -> None:
    """Whoever reads the criteria has read first that nobody can join."""
    text = trial_text(TRIAL)
    assert 0 < text.index("does NOT recruit") < text.index(AGE.id)


def test_a_trial_without_document_is_said_to_be_known_from_its_mapping() -> None:
    """Short words of our own do not pass for the document's."""
    assert "mapping alone" not in trial_text(TRIAL)
    assert "mapping alone" in trial_text(replace(TRIAL, from_document=False))


def test_a_draft_and_a_doubt_are_shown() -> None:
    """That nobody has looked at a reading, and what is doubtful about it, stands beside it."""
    block = _block(trial_text(TRIAL), CONSENT.id)
    assert block[0] == "NCT01234567-E01  exclusion: Does not consent"
    assert "    Decided   by a person" in block
    assert "    Class     only a person can decide it" in block
    assert "    Reading   draft, nobody has looked at it" in block
    assert "    Warning   the text may lack a word" in block


def test_each_criterion_shows_how_it_is_read_and_who_stands_for_it() -> None:
    """The text, the reading in words, the class, the reviewer and the assumptions are there."""
    block = _block(trial_text(TRIAL), AGE.id)
    assert block[0] == "NCT01234567-I01  inclusion: Adults up to 75"
    assert block[1].startswith("    Read as   ")
    assert "18" in block[1]
    assert "75" in block[1]
    assert block[2:] == [
        "    Decided   by the record",
        "    Class     a record could decide it",
        "    Reading   reviewed by Dr. A. Reader on 2026-05-01",
        "    Assumed   75 is included",
    ]


def test_what_a_record_could_decide_and_a_person_does_is_said_as_both() -> None:
    """Who decides is told by the tree as it is read; what could be is the class."""
    read = replace(AGE, tree=Attestation(question="How old are you?"))
    block = _block(trial_text(replace(TRIAL, criteria=(read,))), AGE.id)
    assert "    Decided   by a person" in block
    assert "    Class     a record could decide it" in block


def test_no_line_is_wider_than_the_width() -> None:
    """Long titles and questions are wrapped."""
    long = replace(TRIAL, title="word " * 60, criteria=(replace(AGE, text="word " * 90),))
    assert all(len(line) <= WIDTH for line in trial_text(long).splitlines())


def test_the_overview_has_a_line_for_each_trial() -> None:
    """Id, number of criteria, recruitment with its date, and title."""
    other = replace(TRIAL, trial="NCT07654321", recruitment=Recruitment("recruiting", None), criteria=())
    assert overview([TRIAL, other]) == (
        "NCT01234567   2 criteria  Completed, 2026-06-27     Cells for a disease\n"
        "NCT07654321   0 criteria  recruiting, undated       Cells for a disease\n"
    )


def test_a_long_title_is_cut_in_the_overview() -> None:
    """A trial stays on one line; its whole title stands above its criteria."""
    (line,) = overview([replace(TRIAL, title="word " * 60)]).splitlines()
    assert len(line) == WIDTH
    assert line.endswith("…")
