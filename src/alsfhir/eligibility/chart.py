"""What exists of one patient's record on a day, arranged by concept: made once, asked by every criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from alsfhir.eligibility.history import existed
from alsfhir.patient.model import Condition, Drug, Facts, Observation, Procedure
from alsfhir.terminology import Terminology

_IN_FORCE = frozenset({"final", "amended", "corrected"})
_NOT_YET = frozenset({"registered", "preliminary", "unknown"})

F = TypeVar("F", Observation, Condition, Procedure | Drug)


@dataclass(frozen=True, slots=True)
class Chart:
    """The facts that exist as of a date: no fact later than it, and no result that was withdrawn.

    ``observations``, ``preliminary``, ``conditions`` and ``treatments`` are by concept; ``history`` are all conditions,
    ``unrecognised`` those with no code that any concept has, or none at all, unless they were ruled out.
    """

    facts: Facts
    as_of: date
    terminology: Terminology
    closed_world: bool
    max_age: Mapping[str, int]
    observations: Mapping[str, tuple[Observation, ...]]
    preliminary: Mapping[str, tuple[Observation, ...]]
    conditions: Mapping[str, tuple[Condition, ...]]
    treatments: Mapping[str, tuple[Procedure | Drug, ...]]
    history: tuple[Condition, ...]
    unrecognised: tuple[Condition, ...]

    @property
    def deceased(self) -> bool:
        """Whether the patient is dead by the as-of date, or may be."""
        died = self.facts.died
        return self.facts.deceased and (died is None or died.first <= self.as_of)

    def max_age_days(self, concept: str) -> int | None:
        """How many days old a value of this concept may be; ``None`` if any number."""
        return self.max_age.get(concept, self.terminology.concept(concept).max_age_days)

    def window_start(self, concept: str) -> date:
        """The first day of the concept's staleness window, which ends on the as-of date."""
        days = self.max_age_days(concept)
        reach = (self.as_of - date.min).days
        return date.min if days is None or days > reach else self.as_of - timedelta(days=days)

    def unreadable(self, *types: str) -> bool:
        """Whether the record held a resource of one of these types that could not be read."""
        return not self.facts.unreadable.isdisjoint(types)


def chart(
    facts: Facts,
    as_of: date,
    terminology: Terminology,
    *,
    closed_world: bool = False,
    max_age: Mapping[str, int] | None = None,
) -> Chart:
    """The chart of one patient as of a date. ``max_age`` overrides the mapping's days per concept."""
    seen = sorted((o for o in facts.observations if o.when is None or o.when.first <= as_of), key=_newest_first)
    history = sorted((c for c in facts.conditions if existed(c, facts, as_of) is not False), key=lambda c: c.reference)
    return Chart(
        facts=facts,
        as_of=as_of,
        terminology=terminology,
        closed_world=closed_world,
        max_age=max_age or {},
        observations=_by_concept(o for o in seen if o.status in _IN_FORCE),
        preliminary=_by_concept(o for o in seen if o.status in _NOT_YET),
        conditions=_by_concept(history),
        treatments=_by_concept(_treatments(facts, as_of)),
        history=tuple(history),
        unrecognised=tuple(c for c in history if not c.concepts and c.verification != "refuted"),
    )


def _treatments(facts: Facts, as_of: date) -> Iterator[Procedure | Drug]:
    for done in sorted(facts.procedures, key=lambda procedure: procedure.reference):
        if done.status != "not-done" and (done.when is None or done.when.first <= as_of):
            yield done
    for taken in sorted(facts.drugs, key=lambda drug: drug.reference):
        since = taken.period or taken.authored
        if since is None or since.first <= as_of:
            yield taken


def _newest_first(observation: Observation) -> tuple[int, str, str]:
    when = observation.when
    return (-when.first.toordinal() if when else -date.max.toordinal(), observation.reference, observation.path)


def _by_concept(found: Iterable[F]) -> dict[str, tuple[F, ...]]:
    every: dict[str, list[F]] = {}
    for fact in found:
        for concept in fact.concepts:
            every.setdefault(concept, []).append(fact)
    return {concept: tuple(them) for concept, them in every.items()}
