"""ResearchSubject → fact, https://hl7.org/fhir/R4/researchsubject.html and https://hl7.org/fhir/R5/researchsubject.html."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import msgspec

from alsfhir.patient.codes import status_code
from alsfhir.patient.datatypes import (
    CodeableConcept,
    Element,
    PeriodElement,
    ReferenceElement,
    listed,
    present,
    string,
)
from alsfhir.patient.model import Participation
from alsfhir.patient.reading import ENTERED_IN_ERROR, Reading, Source
from alsfhir.patient.study import study_meant
from alsfhir.patient.when import date_time, period

_STATUSES = """
candidate eligible follow-up ineligible not-registered off-study on-study on-study-intervention on-study-observation
pending-on-study potential-candidate screening withdrawn
"""
STATUSES = frozenset(_STATUSES.split())
"""The codes of https://hl7.org/fhir/R4/codesystem-research-subject-status.html, and of R5's states."""


class Progress(Element, frozen=True, gc=False):
    """R5 only."""

    modifier_extension: Any = None
    subject_state: CodeableConcept | None = None
    start_date: Any = None


class ResearchSubjectResource(Element, frozen=True, gc=False):
    """The elements of ResearchSubject that are read; in R5 ``status`` is that of the resource, not of the person."""

    contained: list[msgspec.Raw] | None = None
    status: Any = None
    progress: list[Progress | None] | None = None
    period: PeriodElement | None = None
    study: ReferenceElement | None = None
    consent: ReferenceElement | list[ReferenceElement | None] | None = None


def participation(resource: ResearchSubjectResource, source: Source) -> Reading:
    """The fact of a ResearchSubject. A period that cannot be read is a problem, and leaves it undated."""
    if resource.status == "entered-in-error":
        return ENTERED_IN_ERROR
    status, unclear = _status(resource, source)
    when, problem = period(resource.period)
    study = study_meant(resource.study, resource.contained, source.targets.studies, source.base)
    fact = Participation(
        reference=source.reference,
        trials=study.trials,
        named=study.named,
        text=study.title,
        status=status or "unknown",
        when=when,
        unusable=None if status else "no status",
    )
    problems = (unclear, f"its period {problem}: taken as undated" if problem else None)
    consents = (string(reference.reference) for reference in listed(resource.consent))
    known = (source.targets.consents.find(reference, source.base) for reference in consents if reference)
    return Reading((fact,), tuple(filter(None, problems)), concerns=tuple(filter(None, known)))


def _status(resource: ResearchSubjectResource, source: Source) -> tuple[str | None, str | None]:
    """R4's status; in R5 the state that was reached last."""
    if source.misshapen("progress"):
        return "unknown", None
    states = [each for each in present(resource.progress) if each.subject_state]
    if not states:
        written = string(resource.status)
        return (written, None) if written in STATUSES or written is None else ("unknown", None)
    last = _last(states)
    code = status_code(last.subject_state, "research-subject-state")
    if code in STATUSES and not last.modifier_extension:
        return code, None
    return "unknown", "its last progress.subjectState is none of FHIR's codes: taken as unknown"


def _last(states: list[Progress]) -> Progress:
    """The state that began last, if all have a date; else the last of the list."""
    began = [date_time(state.start_date)[0] for state in states]
    if not all(began):
        return states[-1]
    order = [(when.first, when.instant or _START) for when in began if when]
    return states[max(range(len(states)), key=lambda number: (order[number], number))]


_START = datetime.combine(date(1, 1, 2), time(), UTC)
