"""What a person answers: judgements, and attestations unless a consent on record is the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from alsfhir.criteria.model import Attestation, Judgement
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.latest import latest
from alsfhir.eligibility.logic import all_of, verdict
from alsfhir.eligibility.model import Basis, Finding, Value, Verdict
from alsfhir.patient.model import Consent, Fact, Observation

ABNORMAL = "abnormal-result"  # what a laboratory says of its own result: of many observations, not of one
_ABNORMAL_DAYS = 30
_MOST_ABNORMAL = 10


@dataclass(frozen=True, slots=True)
class _Shown:
    source: Observation


def judgement(atom: Judgement, when: Verdict | None, chart: Chart) -> Verdict:
    """``review``, with what makes ``when`` true and what is to be shown, unless ``when`` is false or not known.

    While ``when`` is not known, what is to be shown is kept beside the verdict.
    """
    if when is not None and when.value is Value.NOT_MET:
        return when
    shown = on_record(atom.show, chart)
    if when is not None and when.value is Value.UNKNOWN:
        return replace(when, shown=(*when.shown, *shown))
    inner = when.findings if when else ()
    found = [*(fact for finding in inner if finding.value is Value.MET for fact in finding.facts), *shown]
    asked = verdict(Finding(atom, Value.REVIEW, Basis.JUDGEMENT, Cause.QUESTION, tuple(dict.fromkeys(found))))
    return all_of([asked, when]) if when and when.value is Value.REVIEW else asked


def attestation(atom: Attestation, chart: Chart, trial: str, criterion: str) -> Finding:
    """``review``, with what was answered on file, unless a research consent to the trial is what is asked for."""
    consents = [one for one in chart.consents if atom.consent and one.research and trial in one.trials]
    given = tuple(one for one in consents if _is_given(one, chart))
    if given and not any(one.status == "active" and one.permits is False for one in consents):
        return Finding(atom, Value.MET, Basis.EVIDENCE, Cause.CONSENTED, given)
    answers = sorted(
        (one for one in chart.answers if one.link_id == criterion), key=lambda one: (one.reference, one.answers)
    )
    return Finding(atom, Value.REVIEW, Basis.ATTESTATION, Cause.QUESTION, (*consents, *answers))


def on_record(concepts: Iterable[str], chart: Chart) -> tuple[Fact, ...]:
    """What is on record of these concepts, of any kind, each once; of a value the latest."""
    return tuple(dict.fromkeys(fact for concept in concepts for fact in _shown(concept, chart)))


def _is_given(consent: Consent, chart: Chart) -> bool:
    by_now = consent.when is None or consent.when.last <= chart.as_of
    return consent.status == "active" and consent.permits is not False and consent.unusable is None and by_now


def _shown(concept: str, chart: Chart) -> Iterator[Fact]:
    observations = chart.observations.get(concept, ())
    if concept == ABNORMAL:
        yield from _abnormal(observations, chart)
    elif observations:
        yield from (one.source for one in latest([_Shown(one) for one in observations], chart.as_of))
    yield from (entry for entry in chart.conditions.get(concept, ()) if entry.verification != "refuted")
    yield from chart.procedures.get(concept, ())
    yield from chart.drugs.get(concept, ())
    yield from chart.devices.get(concept, ())
    yield from chart.nutrition.get(concept, ())
    yield from (one for one in chart.allergies if concept in one.concepts and one.verification != "refuted")


def _abnormal(observations: tuple[Observation, ...], chart: Chart) -> tuple[Observation, ...]:
    start = chart.as_of - timedelta(days=_ABNORMAL_DAYS)
    return tuple(one for one in observations if one.when is not None and one.when.last >= start)[:_MOST_ABNORMAL]
