"""Whether a condition is there, was ever, or was within a period; and whether it is on record at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.history import counts, existed
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.repeated import repeated
from alsfhir.eligibility.resemblance import resembling
from alsfhir.eligibility.standing import standing
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.eligibility.window import window_turns
from alsfhir.patient.model import Condition
from alsfhir.terminology import Terminology

CONDITIONS = Kind(("Condition",), (Condition,))


def condition(atom: ConditionAtom, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of a condition on a day; what only suggests it, or only looks like it in text, leaves it undecided."""
    said = condition_standings(atom, terminology)

    def found(chart: Chart, day: date) -> Finding:
        return weighed(atom, repeated(said(chart, day), atom, chart), CONDITIONS, chart, atom.at_least)

    return found


def condition_standings(atom: ConditionAtom, terminology: Terminology) -> Callable[[Chart, date], list[Standing]]:
    """What each entry that may speak to a condition says on a day."""
    looks_like = resembling(terminology.concept(atom.concept))
    broader, broader_than_minus = suggesting(terminology, (atom.concept,)), suggesting(terminology, atom.minus)
    # An entry coded as ALS and G12.2 says which of the diseases under G12.2 it means.
    narrowed = frozenset(atom.minus).union(*(terminology.concept(name).suggests for name in broader))

    def said(chart: Chart, day: date) -> list[Standing]:
        entries = [c for c in chart.conditions.get(atom.concept, ()) if c.concepts.isdisjoint(atom.minus)]
        standings = [
            _doubted(standing(entry, atom, chart, day), not entry.concepts.isdisjoint(broader_than_minus))
            for entry in entries
        ]
        standings += [
            Standing(entry, Value.UNKNOWN, Cause.BROADER)
            for entry in _with_any(broader, chart)
            if entry.concepts.isdisjoint(narrowed)
        ]
        standings += [
            Standing(entry, Value.REVIEW, Cause.TEXT_ONLY)
            for entry in chart.unrecognised.get(Condition, ())
            if looks_like(entry)
        ]
        return standings

    return said


def condition_turns(atom: ConditionAtom, chart: Chart) -> Iterator[date]:
    """The days on which an entry may enter or leave the atom's window."""
    for entry in chart.conditions.get(atom.concept, ()):
        yield from window_turns(entry, atom, chart)


def counting(concept: str, chart: Chart) -> tuple[Condition, ...]:
    """The entries of a concept that say the patient has, or had, it: confirmed, and there by the as-of date."""
    return tuple(
        entry
        for entry in chart.conditions.get(concept, ())
        if counts(entry) and existed(entry, chart.facts, chart.as_of)
    )


def suggesting(terminology: Terminology, concepts: Sequence[str]) -> frozenset[str]:
    """The concepts that suggest one of these without proving it, as motor neuron disease does ALS."""
    return frozenset(name for name, known in terminology.concepts.items() if set(known.suggests) & set(concepts))


def _with_any(concepts: frozenset[str], chart: Chart) -> Iterator[Condition]:
    found = {entry.reference: entry for concept in concepts for entry in chart.conditions.get(concept, ())}
    for _, entry in sorted(found.items()):
        if entry.verification != "refuted":
            yield entry


def _doubted(found: Standing, doubtful: bool) -> Standing:
    # G12.2 may be the very disease that is taken out, and may not.
    return Standing(found.entry, Value.UNKNOWN, Cause.BROADER) if doubtful and found.value is Value.MET else found
