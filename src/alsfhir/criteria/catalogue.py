"""Trials built from their mapping alone, for when there is no document at hand."""

from __future__ import annotations

from alsfhir.criteria.mapping import TrialMapping, known_trials, trial_mapping
from alsfhir.errors import UnknownTrial
from alsfhir.trial.model import Organization, Recruitment, Span, Statement, Trial


def mapped_trial(nct_id: str) -> Trial:
    """The trial as its mapping knows it: labels for statement texts, and no documents. Raises UnknownTrial."""
    known = trial_mapping(nct_id)
    if known is None:
        raise UnknownTrial(nct_id, known_trials())
    return Trial(
        nct_id=known.nct_id,
        title=known.title,
        recruitment=Recruitment(known.status, known.status_as_of),
        study_type=known.study_type,
        phases=known.phases,
        conditions=known.conditions,
        organizations=(Organization(known.sponsor, "lead-sponsor"),) if known.sponsor else (),
        enrollment=known.enrollment,
        enrollment_type=known.enrollment_type,
        sex=known.sex,
        minimum_age=known.minimum_age,
        maximum_age=known.maximum_age,
        healthy_volunteers=known.healthy_volunteers,
        statements=mapped_statements(known),
    )


def mapped_statements(known: TrialMapping) -> tuple[Statement, ...]:
    """The numbered statements of a mapping, each with its label for text and no place in any document."""
    return tuple(
        Statement(reading.id, reading.kind, reading.label, "", Span(0, 0))
        for reading in known.criterion
        if reading.source == "statement"
    )
