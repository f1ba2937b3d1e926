"""What a person answers: judgements, attestations, and what is not decided from records in this version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alsfhir.criteria.model import Atom, Attestation, Judgement, Qualitative
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.latest import latest
from alsfhir.eligibility.logic import all_of, verdict
from alsfhir.eligibility.model import Basis, Finding, Value, Verdict
from alsfhir.patient.model import Fact, Observation


@dataclass(frozen=True, slots=True)
class _Shown:
    source: Observation


def judgement(atom: Judgement, when: Verdict | None, chart: Chart) -> Verdict:
    """``review``, with what makes ``when`` true and what is to be shown, unless ``when`` is false or not known."""
    if when is not None and when.value in (Value.NOT_MET, Value.UNKNOWN):
        return when
    inner = when.findings if when else ()
    found = [fact for finding in inner if finding.value is Value.MET for fact in finding.facts]
    found += [fact for concept in atom.show for fact in _shown(concept, chart)]
    asked = verdict(Finding(atom, Value.REVIEW, Basis.JUDGEMENT, Cause.QUESTION, tuple(dict.fromkeys(found))))
    return all_of([asked, when]) if when and when.value is Value.REVIEW else asked


def attestation(atom: Attestation, _chart: Chart, _trial: str, _criterion: str) -> Finding:
    """Always ``review``: no record answers it."""
    return Finding(atom, Value.REVIEW, Basis.ATTESTATION, Cause.QUESTION)


def not_decided_here(atom: Atom) -> Finding:
    """Always ``review``: the record may answer it, but this version does not read that from records."""
    measured = isinstance(atom, Qualitative)
    return Finding(atom, Value.REVIEW, Basis.JUDGEMENT, Cause.NOT_DECIDED_HERE, measured=measured)


def _shown(concept: str, chart: Chart) -> Iterator[Fact]:
    observations = chart.observations.get(concept)
    if observations:
        yield from (one.source for one in latest([_Shown(one) for one in observations], chart.as_of))
    yield from (entry for entry in chart.conditions.get(concept, ()) if entry.verification != "refuted")
    yield from chart.procedures.get(concept, ())
    yield from chart.drugs.get(concept, ())
    yield from chart.devices.get(concept, ())
    yield from chart.nutrition.get(concept, ())
