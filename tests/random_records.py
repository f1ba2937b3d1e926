"""Patients as FHIR R4 bundles, made by chance of what criteria ask about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.model import Allergy, Attestation, Breastfeeding, Device, Node, Nutrition, OtherTrial, Pregnancy
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.terminology import Concept, Terminology
from random_elements import NO_TIMES, SUBJECT, Asked, Chance
from random_histories import allergy, condition, procedure
from random_observations import due_date, observation
from random_treatments import device, drug, nutrition
from random_trials import consent, participation

Maker = Callable[[], dict[str, Any]]
_PARTS = {
    "bmi": ("body-weight", "body-height"),
    "fvc-percent-predicted": ("fvc-volume", "fvc-predicted-volume"),
    "creatinine-clearance": ("creatinine", "body-weight"),
}
DUE_DATE = "estimated-delivery-date"
_FILES = ("observations", "conditions", "medications", "procedures")
_STATES = ("pregnancy", "not-pregnant", "pregnancy-status", "pregnancy-test", "breastfeeding")


@dataclass(frozen=True, slots=True)
class Records:
    """Makes records that speak to criteria, as of a day; ``beyond``: also of what is beyond the CQL or its engine."""

    criteria: Criteria
    as_of: date
    terminology: Terminology
    beyond: bool = False

    def bundle(self, seed: int) -> dict[str, Any]:
        """The record of one patient; the same seed makes the same."""
        trees = [one.tree for one in self.criteria.criteria]
        of = Chance(Random(seed), Asked(trees, self.terminology), self.as_of, beyond=self.beyond)
        of.plain = of.seldom(0.6)
        of.lean = of.one(0, 0, 0, -1, 1) if of.plain else 0
        resources = [_patient(of), *(make() for make in self._chosen(of, trees))]
        owned = [{"id": f"r{number}"} | _owned(of, one) for number, one in enumerate(resources)]
        entries = [{"resource": one} for one in (*owned, *of.beside)]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries}

    def _chosen(self, of: Chance, trees: list[Node]) -> list[Maker]:
        """Ways to record some of what is asked about: all of one statement, some of a few, or some of all."""
        if of.seldom(0.3):
            groups = self._groups(of, [of.random.choice(trees)], _FILES[:1] if of.lean else _FILES)
            return [each for makers in groups for each in _some(of, makers, most=1)]
        asked = of.random.sample(trees, min(len(trees), 10)) if of.seldom(0.7) else trees
        groups = self._groups(of, asked)
        most = 2 if of.plain else 4
        sample = of.random.sample(groups, min(len(groups), of.one(1, 4, 8, 16)))
        return [each for makers in sample for each in _some(of, makers, most)]

    def _groups(self, of: Chance, trees: Sequence[Node], files: Sequence[str] = _FILES) -> list[list[Maker]]:
        """Per thing that the trees ask about, the ways to record it."""
        every, asked = [node for tree in trees for node in nodes(tree)], Asked(trees, self.terminology)
        groups = [self._makers(of, concept) for file in files for concept in asked.named(file)]
        for node in every if files == _FILES else ():
            if makers := self._others(of, node):
                groups += [makers, makers]
        return [makers for makers in groups if makers]

    def _makers(self, of: Chance, concept: Concept) -> list[Maker]:
        kinds = {"observations": observation, "conditions": condition, "medications": drug, "procedures": procedure}
        names = (concept.name, *_PARTS.get(concept.name, ()))
        known = [self.terminology.concept(name) for name in names]
        return [partial(kinds[one.file], of, one) for one in known]

    def _others(self, of: Chance, node: Node) -> list[Maker]:
        match node:
            case Device() | Nutrition():
                asked = self.terminology.concept(node.concept)
                return [partial(device if isinstance(node, Device) else nutrition, of, asked)]
            case Allergy():
                known = [self.terminology.concept(name) for name in concepts(node)]
                makers: list[Maker] = [partial(allergy, of, one) for one in known]
                return makers + [maker for one in known if one.file == "conditions" for maker in self._makers(of, one)]
            case OtherTrial() | Attestation(consent=True):
                return [partial(participation if isinstance(node, OtherTrial) else consent, of, self.criteria.trial)]
            case Pregnancy() | Breastfeeding():
                makers = [maker for name in _STATES for maker in self._makers(of, self.terminology.concept(name))]
                due: Maker = partial(due_date, of, self.terminology.concept(DUE_DATE))
                return [*makers, due]
            case _:
                return []


def _some(of: Chance, makers: list[Maker], most: int) -> list[Maker]:
    """So many at most of the ways to record something, or each of them once."""
    return makers if of.seldom(0.3) else [of.random.choice(makers) for _ in range(of.random.randint(1, most))]


def _patient(of: Chance) -> dict[str, Any]:
    made: dict[str, Any] = {"resourceType": "Patient", "id": "p1"}
    if gender := of.one("female", "male", "female", "male", "female", "other", "unknown", None):
        made["gender"] = gender
    if not of.seldom(0.1):
        years = of.one(18, 40, 50, 60, 61, 65, 70, 75, 76, 80, 17, 30)
        day = of.as_of - relativedelta(years=years) + timedelta(days=of.one(-1, 0, 1, 200, -200))
        made["birthDate"] = of.mostly(of.partial(day), of.partial(day), of.as_of.isoformat(), *NO_TIMES[:1])
    return made | (_death(of) if of.seldom(0.08) else of.some(0.1, deceasedBoolean=False))


def _death(of: Chance) -> dict[str, Any]:
    """The patient is dead, was not yet on that day, or that is not told."""
    day = of.as_of + timedelta(days=of.one(-30, -1, 0, 1, 30))
    reason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    untold = {"extension": [{"url": reason, "valueCode": "masked"}]}
    told: dict[str, Any] = of.one(
        {"deceasedBoolean": True},
        {"deceasedDateTime": of.partial(day)},
        {"deceasedDateTime": day.isoformat()},
        {"_deceasedBoolean": untold},
        {"_deceasedDateTime": untold},
    )
    return told


def _owned(of: Chance, resource: dict[str, Any]) -> dict[str, Any]:
    """The resource with its patient, where it names none; of an Observation or a dispense that may not be said."""
    kind = resource["resourceType"]
    if kind == "Patient" or {"patient", "individual"} & set(resource):
        return resource
    if kind in ("Observation", "MedicationDispense") and of.seldom(0.03):
        return resource
    return resource | {"patient" if kind in ("AllergyIntolerance", "NutritionOrder") else "subject": SUBJECT}
