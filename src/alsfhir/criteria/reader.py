"""Eligibility statements become Criteria, by the readings of the trial's mapping."""

from __future__ import annotations

from alsfhir.criteria.catalogue import mapped_statements
from alsfhir.criteria.criterion import Criteria, Criterion, Place
from alsfhir.criteria.header import carries_age_rule, header_criterion
from alsfhir.criteria.mapping import Reading, TrialMapping, trial_mapping
from alsfhir.criteria.model import Judgement
from alsfhir.criteria.schedule_reader import read_schedule
from alsfhir.criteria.version import criteria_version
from alsfhir.trial.model import Kind, Statement, Trial
from alsfhir.trial.statements import normalized, text_sha256

CHANGED = "the text is not the one that this criterion's reading was made from: a person has to read it afresh"
NEW = "there is no reviewed reading of this statement: a person has to read it"


def criteria(trial: Trial) -> Criteria:
    """All criteria of the trial, inclusion first, each read as its mapping says if the text is the one reviewed.

    A statement with another text, or without a reading, is a draft: a judgement that asks about the text itself. A
    trial whose documents have no statement at all is read from its mapping alone. Raises MappingError.
    """
    known = trial_mapping(trial.nct_id)
    statements = trial.statements or (mapped_statements(known) if known else ())
    read = [_criterion(statement, known, trial) for statement in statements]
    if not any(carries_age_rule(criterion) for criterion in read):
        header = header_criterion(trial, known)
        read = [header, *read] if header else read
    ordered = tuple(c for kind in Kind for c in read if c.kind == kind)
    condition = known.condition if known else None
    scheduled = read_schedule(trial, known)
    return Criteria(
        trial=trial.nct_id,
        title=trial.title,
        recruitment=trial.recruitment,
        condition=condition,
        criteria=ordered,
        version=criteria_version(condition, ordered, scheduled),
        from_document=any(statement.document for statement in statements),
        scheduled=scheduled,
    )


def _criterion(statement: Statement, known: TrialMapping | None, trial: Trial) -> Criterion:
    reading = known.reading(statement.id) if known else None
    mark = f"{statement.id}: "
    warnings = tuple(w.removeprefix(mark) for w in trial.warnings if w.startswith(mark))
    if reading is None or reading.kind != statement.kind or not _same_text(statement, reading):
        return _draft(statement, reading, warnings)
    return reading.criterion(statement.text, _place(statement), warnings)


def _same_text(statement: Statement, reading: Reading) -> bool:
    if not statement.document:
        return statement.text == reading.label
    return text_sha256(statement.text) == reading.sha256


def _draft(statement: Statement, reading: Reading | None, warnings: tuple[str, ...]) -> Criterion:
    text = normalized(statement.text)
    return Criterion(
        id=statement.id,
        kind=statement.kind,
        text=statement.text,
        label=text,
        tree=Judgement(question=f"Is this true of the patient: {text.rstrip('.;,')}?"),
        computability="person",
        reading="draft",
        warnings=(*warnings, NEW if reading is None else CHANGED),
        place=_place(statement),
    )


def _place(statement: Statement) -> Place | None:
    return Place(statement.document, statement.span) if statement.document else None
