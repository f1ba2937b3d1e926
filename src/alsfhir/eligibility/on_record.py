"""Whether something is on record at all: the one two-valued test."""

from __future__ import annotations

from alsfhir.criteria.model import Recorded
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import counting
from alsfhir.eligibility.done import procedures_done
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.result import result
from alsfhir.patient.model import Fact, Observation


def recorded(atom: Recorded, chart: Chart) -> Finding:
    """Whether a counting condition, a procedure done or a positive result, however old, is on record: yes or no."""
    entries: tuple[Fact, ...] = (
        *counting(atom.concept, chart),
        *procedures_done(atom.concept, chart),
        *_positive(atom.concept, chart),
    )
    if entries:
        return Finding(atom, Value.MET, Basis.EVIDENCE, Cause.ON_RECORD, entries)
    return Finding(atom, Value.NOT_MET, Basis.EVIDENCE, Cause.NO_RECORD)


def _positive(concept: str, chart: Chart) -> tuple[Observation, ...]:
    observations = chart.observations.get(concept, ())
    return tuple(one for one in observations if result(one, concept, chart.terminology).positive)
