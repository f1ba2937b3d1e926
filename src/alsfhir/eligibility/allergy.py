"""Whether a severe allergic reaction is on record: as an allergy with its reactions, or as a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from alsfhir.criteria.model import Allergy as AllergyAtom
from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import condition_standings
from alsfhir.eligibility.course import Said
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.resemblance import resembling
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.patient.model import Allergy, Condition, Fact, Reaction
from alsfhir.patient.values import When
from alsfhir.terminology import Terminology

ALLERGIES = Kind(("AllergyIntolerance", "Condition"), (Allergy, Condition))
NONE_KNOWN = "no-known-allergy"

_GRADES = {"mild": 1, "moderate": 2, "severe": 3}
_CONFIRMED = (None, "confirmed", "presumed")
_PRESENT = (None, "active")


def allergy(atom: AllergyAtom, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of an allergic reaction on a day. That no allergy is known decides only where nothing else counts."""
    looks_like = resembling(terminology.concept(atom.concept)) if atom.concept else None
    recorded = [condition_standings(ConditionAtom(concept=name, when="ever"), terminology) for name in atom.conditions]

    def found(chart: Chart, day: date) -> Finding:
        standings = [Standing(entry, *said) for entry in chart.allergies if (said := _said(entry, atom, chart))]
        if looks_like is not None:
            unnamed = [entry for entry in chart.allergies if not entry.concepts and not _refuted(entry)]
            standings += [Standing(entry, Value.REVIEW, Cause.TEXT_ONLY) for entry in unnamed if looks_like(entry)]
        # One reaction that was ruled out says nothing of others.
        standings += [one for each in recorded for one in each(chart, day) if one.value is not Value.NOT_MET]
        standings = standings or [Standing(entry, Value.NOT_MET, Cause.NONE_KNOWN) for entry in _none_known(chart)]
        return weighed(atom, standings, ALLERGIES, chart)

    return found


def _said(entry: Allergy, atom: AllergyAtom, chart: Chart) -> Said | None:
    """What an allergy says; ``None`` if nothing, as one with milder reactions does, or one that was ruled out."""
    if _refuted(entry) or NONE_KNOWN in entry.concepts or (atom.concept and atom.concept not in entry.concepts):
        return None
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    said = _reacted(entry, atom, chart.as_of)
    if said is not None and entry.verification not in _CONFIRMED:
        return Value.UNKNOWN, Cause.NOT_CONFIRMED
    return said


def _reacted(entry: Allergy, atom: AllergyAtom, as_of: date) -> Said | None:
    reactions = [one for one in entry.reactions if one.when is None or one.when.first <= as_of]
    severe = [one for one in reactions if _severe_enough(one, atom)]
    if any(_by(one.when, as_of) if one.when else _existed(entry, as_of) for one in severe):
        return Value.MET, Cause.ON_RECORD
    if severe:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    if entry.criticality == "high":
        return Value.REVIEW, Cause.HIGH_RISK
    if not reactions or any(one.severity is None for one in reactions):
        return Value.UNKNOWN, Cause.NO_SEVERITY
    return None


def _severe_enough(reaction: Reaction, atom: AllergyAtom) -> bool:
    if not reaction.concepts.isdisjoint(atom.conditions):
        return True
    return reaction.severity is not None and _GRADES[reaction.severity] >= _GRADES[atom.severity]


def _refuted(entry: Allergy) -> bool:
    return entry.verification in ("refuted", "entered-in-error")


def _none_known(chart: Chart) -> Iterator[Fact]:
    for entry in chart.allergies:
        known = NONE_KNOWN in entry.concepts and entry.verification in _CONFIRMED and entry.unusable is None
        if known and entry.clinical in _PRESENT and _existed(entry, chart.as_of):
            yield entry
    for fact in chart.conditions.get(NONE_KNOWN, ()):
        stands = fact.verification in (None, "confirmed") and fact.clinical in _PRESENT and fact.unusable is None
        if stands and fact.abatement is None and not fact.abated:
            yield fact


def _existed(entry: Allergy, as_of: date) -> bool:
    return entry.when is None or _by(entry.when, as_of) or (entry.recorded is not None and _by(entry.recorded, as_of))


def _by(when: When, as_of: date) -> bool:
    return when.last <= as_of
