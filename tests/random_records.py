"""Patients as FHIR R4 bundles, made by chance of what criteria ask about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.model import Allergy, Attestation, Breastfeeding, Device, Node, Nutrition, OtherTrial, Pregnancy
from alsfhir.criteria.tree import nodes
from alsfhir.terminology import Concept, Terminology
from random_elements import SUBJECT, Asked, Chance
from random_histories import allergy, condition, consent, device, drug, nutrition, participation, procedure
from random_observations import observation

Maker = Callable[[], dict[str, Any]]
_PARTS = {
    "bmi": ("body-weight", "body-height"),
    "fvc-percent-predicted": ("fvc-volume", "fvc-predicted-volume"),
    "creatinine-clearance": ("creatinine", "body-weight"),
}
_STATES = ("pregnancy", "not-pregnant", "pregnancy-status", "pregnancy-test", "breastfeeding")


@dataclass(frozen=True, slots=True)
class Records:
    """Makes records that speak to criteria, as of a day."""

    criteria: Criteria
    as_of: date
    terminology: Terminology

    def bundle(self, seed: int) -> dict[str, Any]:
        """The record of one patient; the same seed makes the same."""
        of = Chance(Random(seed), Asked([one.tree for one in self.criteria.criteria], self.terminology), self.as_of)
        groups = self._groups(of)
        resources = [_patient(of)]
        for makers in of.random.sample(groups, min(len(groups), of.random.randint(1, 3))):
            resources += [of.random.choice(makers)() for _ in range(of.random.randint(1, 4))]
        entries = [{"resource": {"id": f"r{number}"} | one} for number, one in enumerate(resources)]
        return {"resourceType": "Bundle", "type": "collection", "entry": [entry for entry in entries if _owned(entry)]}

    def _groups(self, of: Chance) -> list[list[Maker]]:
        """Per thing that is asked about, the ways to record it."""
        every = [node for one in self.criteria.criteria for node in nodes(one.tree)]
        groups = [self._makers(of, concept) for file in ("observations", "conditions", "medications", "procedures") for concept in of.asked.named(file)]
        for node in every:
            if makers := self._others(of, node):
                groups += [makers, makers]
        return [makers for makers in groups if makers]

    def _makers(self, of: Chance, concept: Concept) -> list[Maker]:
        kinds = {"observations": observation, "conditions": condition, "medications": drug, "procedures": procedure}
        names = (concept.name, *_PARTS.get(concept.name, ()))
        known = [self.terminology.concept(name) for name in names]
        return [lambda one=one: kinds[one.file](of, one) for one in known]  # type: ignore[misc]

    def _others(self, of: Chance, node: Node) -> list[Maker]:
        match node:
            case Device():
                return [lambda: device(of, self.terminology.concept(node.concept))]
            case Nutrition():
                return [lambda: nutrition(of, self.terminology.concept(node.concept))]
            case Allergy():
                known = [self.terminology.concept(name) for name in node.conditions]
                return [lambda: allergy(of, of.random.choice(known)), *(lambda one=one: condition(of, one) for one in known)]  # type: ignore[misc]
            case OtherTrial():
                return [lambda: participation(of, self.criteria.trial)]
            case Attestation(consent=True):
                return [lambda: consent(of, self.criteria.trial)]
            case Pregnancy() | Breastfeeding():
                return [maker for name in _STATES for maker in self._makers(of, self.terminology.concept(name))]
            case _:
                return []


def _patient(of: Chance) -> dict[str, Any]:
    made: dict[str, Any] = {"resourceType": "Patient", "id": "p1"}
    if gender := of.one("female", "male", "female", "male", "female", "other", "unknown", None):
        made["gender"] = gender
    if not of.seldom(0.1):
        years = of.one(18, 40, 50, 60, 61, 65, 70, 75, 76, 80, 17, 30)
        day = of.as_of - relativedelta(years=years) + timedelta(days=of.one(-1, 0, 1, 200, -200))
        made["birthDate"] = of.partial(day)
    return made


def _owned(entry: dict[str, Any]) -> bool:
    """Gives the resource its patient, where it names none."""
    resource = entry["resource"]
    if resource["resourceType"] == "AllergyIntolerance" or resource["resourceType"] == "NutritionOrder":
        resource["patient"] = SUBJECT
    elif not {"patient", "individual"} & set(resource) and resource["resourceType"] != "Patient":
        resource["subject"] = SUBJECT
    return True
