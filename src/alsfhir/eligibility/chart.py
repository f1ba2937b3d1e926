"""What exists of one patient's record on a day, arranged by concept: made once, asked by every criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from alsfhir.eligibility.history import existed
from alsfhir.eligibility.taking import counts
from alsfhir.patient.model import (
    Allergy,
    Answer,
    Condition,
    Consent,
    Device,
    Drug,
    Fact,
    Facts,
    Nutrition,
    Observation,
    Participation,
    Procedure,
)
from alsfhir.patient.values import When
from alsfhir.terminology import Terminology

_IN_FORCE = frozenset({"final", "amended", "corrected"})
_NOT_YET = frozenset({"registered", "preliminary", "unknown"})

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Chart:
    """The facts that exist as of a date: no fact later than it, and no result that was withdrawn.

    What is a mapping is by concept. ``history`` are all conditions; ``unrecognised``, by kind of fact, those with no
    code that any concept has, or none at all, unless they were ruled out, not done, or drugs that were never given.
    """

    facts: Facts
    as_of: date
    terminology: Terminology
    closed_world: bool
    max_age: Mapping[str, int]
    observations: Mapping[str, tuple[Observation, ...]]
    preliminary: Mapping[str, tuple[Observation, ...]]
    conditions: Mapping[str, tuple[Condition, ...]]
    procedures: Mapping[str, tuple[Procedure, ...]]
    drugs: Mapping[str, tuple[Drug, ...]]
    devices: Mapping[str, tuple[Device, ...]]
    nutrition: Mapping[str, tuple[Nutrition, ...]]
    history: tuple[Condition, ...]
    allergies: tuple[Allergy, ...]
    participations: tuple[Participation, ...]
    consents: tuple[Consent, ...]
    answers: tuple[Answer, ...]
    unrecognised: Mapping[type[Fact], tuple[Fact, ...]]

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
    history = _sorted(c for c in facts.conditions if existed(c, facts, as_of) is not False)
    procedures = _sorted(p for p in facts.procedures if p.status != "not-done" and _by(p.when, as_of))
    drugs = _sorted(d for d in facts.drugs if _by(d.period or d.authored, as_of))
    devices = _sorted(d for d in facts.devices if _by(d.when, as_of))
    nutrition = _sorted(n for n in facts.nutrition if _by(n.when, as_of))
    allergies = _sorted(a for a in facts.allergies if _by(a.when or a.recorded, as_of))
    current = tuple(c for c in history if c.verification != "refuted")
    taken = tuple(d for d in drugs if counts(d))
    return Chart(
        facts=facts,
        as_of=as_of,
        terminology=terminology,
        closed_world=closed_world,
        max_age=max_age or {},
        observations=_by_concept(o for o in seen if o.status in _IN_FORCE),
        preliminary=_by_concept(o for o in seen if o.status in _NOT_YET),
        conditions=_by_concept(history),
        procedures=_by_concept(procedures),
        drugs=_by_concept(drugs),
        devices=_by_concept(devices),
        nutrition=_by_concept(nutrition),
        history=history,
        allergies=allergies,
        participations=_sorted(p for p in facts.participations if _by(p.when, as_of)),
        consents=_sorted(c for c in facts.consents if _by(c.when, as_of)),
        answers=tuple(a for a in facts.answers if _by(a.when, as_of)),
        unrecognised=dict(_unrecognised(current, procedures, taken, devices, nutrition, allergies)),
    )


def _by(when: When | None, as_of: date) -> bool:
    return when is None or when.first <= as_of


def _sorted(found: Iterable[F]) -> tuple[F, ...]:
    return tuple(sorted(found, key=lambda fact: fact.reference))


def _unrecognised(*kinds: tuple[Fact, ...]) -> Iterator[tuple[type[Fact], tuple[Fact, ...]]]:
    for found in kinds:
        if unknown := tuple(fact for fact in found if not fact.concepts):
            yield type(unknown[0]), unknown


def _newest_first(observation: Observation) -> tuple[int, str, str]:
    when = observation.when
    return (-when.first.toordinal() if when else -date.max.toordinal(), observation.reference, observation.path)


def _by_concept(found: Iterable[F]) -> dict[str, tuple[F, ...]]:
    every: dict[str, list[F]] = {}
    for fact in found:
        for concept in fact.concepts:
            every.setdefault(concept, []).append(fact)
    return {concept: tuple(them) for concept, them in every.items()}
