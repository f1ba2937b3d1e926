"""Tests of the page that says what decides each statement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import AnyOf, Attestation, Condition, Judgement, Node
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.report.verdicts import verdicts_page
from eligibility_samples import criteria, criterion
from golden import assert_golden

DOCS = Path(__file__).parents[2] / "docs"
ASKED = Judgement(question="Is it severe?", when=Condition(concept="als"), show=("bmi",))


def _shipped() -> list[Criteria]:
    return [read_criteria(mapped_trial(nct_id)) for nct_id in known_trials()]


def _page(tree: Node, label: str = "A statement") -> str:
    return verdicts_page([criteria(replace(criterion(tree), label=label, assumptions=("it is now",)))])


def test_the_page_in_docs_is_what_the_readings_make() -> None:
    """Whoever changes a reading writes the page anew with `make verdicts`."""
    assert_golden("verdicts.md", verdicts_page(_shipped()), folder=DOCS, command="make verdicts")


def test_no_label_is_taken_for_markup() -> None:
    """What Markdown would obey stands there as it is written."""
    assert r"**oxygen \<90 \| a\*b**" in _page(ASKED, "oxygen <90 | a*b")


def test_every_statement_of_every_trial_has_a_section() -> None:
    """Id, kind and label of each, once."""
    page = verdicts_page(_shipped())
    every = [one for trial in _shipped() for one in trial.criteria]
    assert [line[4:] for line in page.splitlines() if line.startswith("### ")] == [one.id for one in every]
    assert f"| all | {len(every)} |" in page


def test_what_the_record_decides_and_what_is_asked_are_told_apart() -> None:
    """The leaves of the record, the question with what it hangs on, what is shown, and what was assumed."""
    page = _page(
        AnyOf(of=(Condition(concept="malignancy"), ASKED, Attestation(question="Do you agree?", consent=True)))
    )
    assert (
        "- Looked for in the record:\n  - current malignant tumour\n  - current amyotrophic lateral sclerosis\n"
        "- Asked of a person: if current amyotrophic lateral sclerosis: Is it severe?\n"
        "- Asked at enrolment: Do you agree? (answered by a research consent to this trial on record)\n"
        "- Shown beside it: body mass index\n"
        "- Assumed: it is now\n"
    ) in page
    assert "| all | 1 | 1 | 0 | 0 | 0 | 1 | 0 |" in page


def test_what_nobody_is_asked_is_not_headed() -> None:
    """A statement that a record decides alone names no person."""
    page = _page(Condition(concept="als"))
    assert "- Looked for in the record: current amyotrophic lateral sclerosis\n" in page
    assert "- Asked" not in page
    assert "- Shown" not in page
