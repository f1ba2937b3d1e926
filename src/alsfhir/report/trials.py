"""What is known of the trials, and how each criterion is read, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.words import decided_by, words
from alsfhir.eligibility.phrases import recruitment_phrase
from alsfhir.eligibility.record import RecruitmentRecord
from alsfhir.report.layout import plain, rule, shortened, wrapped
from alsfhir.report.reading import reading_words
from alsfhir.report.schedule import schedule_lines

_INDENT = 4
_CLASSES = {
    "computable": "a record could decide it",
    "partial": "a record could decide part of it",
    "person": "only a person can decide it",
}


def overview(trials: Iterable[Criteria]) -> str:
    """One line of at most 92 columns per trial: id, number of criteria, recruitment, as much of the title as fits."""
    return "".join(f"{shortened(_summary(criteria))}\n" for criteria in trials)


def _summary(criteria: Criteria) -> str:
    recruitment = f"{plain(criteria.recruitment.status)}, {criteria.recruitment.as_of or 'undated'}"
    return f"{criteria.trial}  {len(criteria.criteria):>2} criteria  {recruitment:<24}  {plain(criteria.title)}"


def trial_text(criteria: Criteria) -> str:
    """One trial in lines of at most 92 columns: every criterion, what it says and how it is read, and the schedule."""
    return "".join(f"{line}\n" for line in _lines(criteria))


def _lines(criteria: Criteria) -> Iterator[str]:
    recruitment = RecruitmentRecord(status=criteria.recruitment.status, as_of=criteria.recruitment.as_of)
    yield rule("=")
    yield from wrapped(criteria.title, label=f"{criteria.trial}  ")
    yield rule("=")
    yield from wrapped(recruitment_phrase(recruitment))
    yield from wrapped(f"{len(criteria.criteria)} criteria, readings sha256:{criteria.version}")
    if not criteria.from_document:
        yield from wrapped("Known from the mapping alone: the criteria stand here in our own short words.")
    for criterion in criteria.criteria:
        yield from ("", *_criterion(criterion))
    yield from schedule_lines(criteria.offered)


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield from wrapped(f"{criterion.kind}: {criterion.text}", label=f"{criterion.id}  ")
    yield from wrapped(words(criterion.tree), indent=_INDENT, label="Read as   ")
    yield from wrapped(f"by {decided_by(criterion.tree)}", indent=_INDENT, label="Decided   ")
    yield from wrapped(_CLASSES[criterion.computability], indent=_INDENT, label="Class     ")
    yield from wrapped(
        reading_words(criterion.reading, criterion.reviewed_by, criterion.reviewed_on),
        indent=_INDENT,
        label="Reading   ",
    )
    for assumption in criterion.assumptions:
        yield from wrapped(assumption, indent=_INDENT, label="Assumed   ")
    for warning in criterion.warnings:
        yield from wrapped(warning, indent=_INDENT, label="Warning   ")
