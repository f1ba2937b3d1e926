"""Whether a procedure was done, ever or within a period; is going on; or is planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from alsfhir.criteria.model import Procedure as ProcedureAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import suggesting
from alsfhir.eligibility.course import window_turns
from alsfhir.eligibility.done import doing, said, speaks, undone
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.resemblance import resembling
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.patient.model import Procedure
from alsfhir.terminology import Terminology

PROCEDURES = Kind(("Procedure",), (Procedure,))


def procedure(atom: ProcedureAtom, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of a procedure on a day; what only looks like it in text is for a person to judge."""
    looks_like = resembling(terminology.concept(atom.concept))
    broader = suggesting(terminology, (atom.concept,))

    def found(chart: Chart, day: date) -> Finding:
        standings = [one for entry in _entries(atom, chart) if (one := _standing(entry, atom, chart, day)) is not None]
        standings += [
            Standing(entry, Value.UNKNOWN, Cause.BROADER)
            for entry in _of_any(broader, chart)
            if atom.concept not in entry.concepts
            and (one := _standing(entry, atom, chart, day)) is not None
            and one.value is not Value.NOT_MET
        ]
        standings += [
            Standing(entry, Value.REVIEW, Cause.TEXT_ONLY)
            for entry in chart.unrecognised.get(Procedure, ())
            if isinstance(entry, Procedure) and speaks(entry, atom) and looks_like(entry)
        ]
        return weighed(atom, standings, PROCEDURES, chart)

    return found


def procedure_turns(atom: ProcedureAtom, chart: Chart) -> Iterator[date]:
    """The days on which an entry may leave the atom's window."""
    if atom.within is not None:
        broader = suggesting(chart.terminology, (atom.concept,))
        for entry in (*_entries(atom, chart), *_of_any(broader, chart)):
            yield from window_turns(doing(entry, chart.as_of), atom.within, None)


def _entries(atom: ProcedureAtom, chart: Chart) -> Iterator[Procedure]:
    for entry in chart.procedures.get(atom.concept, ()):
        if entry.concepts.isdisjoint(atom.minus):
            yield entry


def _of_any(concepts: frozenset[str], chart: Chart) -> Iterator[Procedure]:
    found = {entry: None for concept in sorted(concepts) for entry in chart.procedures.get(concept, ())}
    yield from sorted(found, key=lambda entry: entry.reference)


def _standing(entry: Procedure, atom: ProcedureAtom, chart: Chart, day: date) -> Standing | None:
    told = said(entry, doing(entry, chart.as_of), atom, day, chart.as_of)
    if told is not None and told[0] is Value.MET and atom.undone_by is not None:
        others = [other for other in chart.procedures.get(atom.undone_by, ()) if other is not entry]
        if (later := undone(entry, others, chart.as_of)) is not None:
            return Standing(entry, *later[0], beside=(later[1],))
    return Standing(entry, *told) if told is not None else None
