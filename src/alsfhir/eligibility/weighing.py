"""Several entries on record that speak to one atom, weighed: one that counts suffices, and absence proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alsfhir.criteria.model import Atom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.patient.model import Fact

_BASES = {Value.UNKNOWN: Basis.UNUSABLE, Value.REVIEW: Basis.JUDGEMENT}


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry's verdict and its cause; ``beside`` are the other facts that this rests on."""

    entry: Fact
    value: Value
    cause: Cause
    beside: tuple[Fact, ...] = ()

    @property
    def basis(self) -> Basis:
        """Evidence if decided; else what kind of obstacle the entry is."""
        return _BASES.get(self.value, Basis.EVIDENCE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of history: the resource types that record it, and the facts they become."""

    resources: tuple[str, ...]
    facts: tuple[type[Fact], ...]


def weighed(atom: Atom, standings: Sequence[Standing], kind: Kind, chart: Chart, at_least: int = 1) -> Finding:
    """The verdict of all entries: true if enough of them count, else undecided if one is, else false or not known.

    Nothing on file, or too little, decides nothing; in a closed world it is false, unless an entry of the kind is on
    file that no concept knows.
    """
    met = [one for one in standings if one.value is Value.MET]
    if len(met) >= at_least:
        return _finding(atom, met)
    undecided = [one for one in standings if one.value in UNDECIDED]
    if undecided:
        reviewed = [one for one in undecided if one.value is Value.REVIEW]
        return _finding(atom, reviewed or undecided)
    if chart.unreadable(*kind.resources):
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.UNREADABLE)
    if met:
        return _absent(atom, Cause.TOO_FEW, kind, chart, _entries(met))
    return _finding(atom, standings) if standings else _absent(atom, Cause.NO_RECORD, kind, chart, ())


def _finding(atom: Atom, standings: Sequence[Standing]) -> Finding:
    first = standings[0]
    return Finding(atom, first.value, first.basis, first.cause, _entries(standings))


def _absent(atom: Atom, cause: Cause, kind: Kind, chart: Chart, facts: tuple[Fact, ...]) -> Finding:
    if not chart.closed_world:
        return Finding(atom, Value.UNKNOWN, Basis.NO_RECORD, cause, facts)
    unknown = tuple(fact for each in kind.facts for fact in chart.unrecognised.get(each, ()))
    if unknown:
        return Finding(atom, Value.REVIEW, Basis.JUDGEMENT, Cause.UNRECOGNISED, unknown)
    return Finding(atom, Value.NOT_MET, Basis.NO_RECORD, Cause.CLOSED_WORLD, facts)


def _entries(standings: Sequence[Standing]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(fact for one in standings for fact in (one.entry, *one.beside)))
