"""Patients as FHIR R4 bundles, made by chance of what criteria ask about.

What is hard is made often: values and days at the bounds and just beside them, incomplete dates, other units, statuses of
every kind, codes below a listed one, words without a code, what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from alsfhir.criteria.model import Category, Duration, Measurement, Node
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.terminology import UCUM, Code, Concept, Terminology

HL7 = "http://terminology.hl7.org/CodeSystem"
ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"
SUBJECT = {"reference": "Patient/p1"}
PARTS = {
    "bmi": ("body-weight", "body-height"),
    "fvc-percent-predicted": ("fvc-volume", "fvc-predicted-volume", "fvc-percent-predicted"),
    "creatinine-clearance": ("creatinine", "body-weight"),
}
"""What values may be derived from."""


@dataclass
class Records:
    """Makes records that speak to trees, as of a day."""

    random: Random
    trees: Sequence[Node]
    as_of: date
    terminology: Terminology
    asked: dict[str, list[Concept]] = field(default_factory=dict)
    bounds: dict[str, list[Decimal]] = field(default_factory=dict)
    lengths: list[Duration] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in (node for tree in self.trees for node in nodes(tree)):
            for name in concepts(node):
                self._ask(name)
            for bound in _bounds(node):
                if isinstance(bound, Duration):
                    self.lengths.append(bound)
                elif isinstance(node, Measurement):
                    self.bounds.setdefault(node.concept, []).append(bound)
            if isinstance(node, Category):
                self.values[node.concept] = [value.code for value in self.terminology.concept(node.concept).values]

    def _ask(self, name: str) -> None:
        concept = self.terminology.concept(name)
        found = self.asked.setdefault(concept.file, [])
        if concept not in found:
            found.append(concept)
        for other, known in self.terminology.concepts.items():
            if name in known.suggests and known not in found:
                found.append(self.terminology.concept(other))

    def bundle(self) -> dict[str, Any]:
        """A record of one patient."""
        resources = [self._patient()]
        every = [concept for file in self.asked.values() for concept in file if concept.file in self._makers]
        chosen = self.random.sample(every, min(len(every), self.random.randint(1, 3)))
        of_record = [*chosen, *(self.terminology.concept(name) for one in chosen for name in PARTS.get(one.name, ()))]
        for number in range(self.random.randint(1, 4) * len(chosen)):
            concept = self.random.choice(of_record)
            resources.append({"id": f"r{number}", "subject": SUBJECT} | self._makers[concept.file](concept))
        return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}

    @property
    def _makers(self) -> dict[str, Callable[[Concept], dict[str, Any]]]:
        return {"observations": self._observation, "conditions": self._condition}

    def _patient(self) -> dict[str, Any]:
        made = {"resourceType": "Patient", "id": "p1"}
        if gender := self._of("female", "male", "female", "male", "other", "unknown", None):
            made["gender"] = gender
        if not self._seldom(0.1):
            years = self.random.choice([18, 40, 50, 60, 61, 65, 70, 75, 76, 80, 17, 30])
            day = self.as_of - relativedelta(years=years) + timedelta(days=self._of(-1, 0, 1, 200, -200))
            made["birthDate"] = self._partial(day)
        return made

    # Times

    def _day(self) -> date:
        """A day at which something may turn, or beside it; or any."""
        lengths = [relativedelta(days=days) for days in (0, 28, 30, 90, 180)]
        lengths += [relativedelta(years=l.years, months=l.months, weeks=l.weeks, days=l.days) for l in self.lengths]
        day = self.as_of - self.random.choice(lengths)
        return day + timedelta(days=self._of(0, 0, 1, -1, -3, 2, -40, 400, -700, 20))

    def _partial(self, day: date) -> str:
        text = day.isoformat()
        return self._of(text, text, text, text, text[:7], text[:4])

    def _time(self) -> str:
        text = self._partial(self._day())
        if len(text) < 10 or self._seldom(0.6):
            return text
        return text + self._of("T08:30:00Z", "T23:30:00-05:00", "T00:15:00+02:00", "T08:30:00.250Z", "T12:00:00+09:00")

    def _period(self) -> dict[str, str]:
        start, end = sorted((self._day(), self._day()))
        made = {}
        if not self._seldom(0.2):
            made["start"] = self._partial(start)
        if not made or not self._seldom(0.4):
            made["end"] = self._partial(end)
        return made

    def _when(self, element: str, *, age: bool = False) -> dict[str, Any]:
        """``<element>[x]`` in one of its forms, or nothing."""
        forms: list[dict[str, Any]] = [
            {f"{element}DateTime": self._time()},
            {f"{element}DateTime": self._time()},
            {f"{element}DateTime": self._time()},
            {f"{element}Period": self._period()},
            {},
        ]
        if age:
            unit = self._of("a", "mo")
            years = self.random.randint(20, 70) * (12 if unit == "mo" else 1)
            forms += [
                {f"{element}Age": {"value": years, "system": UCUM, "code": unit, "unit": unit}},
                {f"{element}String": self._of("last summer", "2024")},
                {f"{element}Range": {"low": {"value": 40, "unit": "a"}, "high": {"value": 45, "unit": "a"}}},
            ]
        return self.random.choice(forms)

    # Codes

    def _coding(self, code: Code) -> dict[str, Any]:
        value, display = code.code or self._of(code.first, code.last), code.display
        if code.below or code.code is None:
            value = f"{value}{self._of('', '', '.9', '1', '.01')}"
        system = self._of(code.system, code.system, code.system, *self._variants(code.system))
        return {"system": system, "code": value} | ({"display": display} if display and self._seldom(0.5) else {})

    def _variants(self, system: str) -> list[str]:
        others = [variant for variant, canonical in self.terminology.systems.items() if canonical == system]
        return [*others, f"{system}/", system.replace("http:", "https:")]

    def _concept(self, concept: Concept) -> dict[str, Any]:
        codes = [code for code in concept.codes]
        if not codes or self._seldom(0.15):
            words = self._of(concept.label, concept.label.upper(), "something else", f"suspected {concept.label}, mild")
            return self._of({"text": words}, {"coding": [{"system": "http://example.org", "code": "x", "display": words}]})
        made: dict[str, Any] = {"coding": [self._coding(self.random.choice(codes))]}
        if self._seldom(0.15):
            other = self.random.choice(self.asked[concept.file])
            if other.codes:
                made["coding"].append(self._coding(self.random.choice(other.codes)))
        if self._seldom(0.1):
            made["coding"].append({"system": "http://example.org", "code": "y"})
        return made

    # Resources

    def _observation(self, concept: Concept) -> dict[str, Any]:
        made = {
            "resourceType": "Observation",
            "status": self._of(*["final"] * 12, "amended", "preliminary", "cancelled", "entered-in-error"),
            "code": self._concept(concept),
            **self._when("effective"),
        }
        if self._seldom(0.2):
            made["issued"] = f"{self._day().isoformat()}T{self._of('08', '09')}:00:00Z"
        if self._seldom(0.2):
            made["meta"] = {"lastUpdated": f"{self._day().isoformat()}T{self._of('08', '09')}:00:00Z"}
        valued = self._value(concept)
        if self._seldom(0.1):
            made["component"] = [{"code": made["code"], **valued}]
            made["code"] = {"coding": [{"system": "http://example.org", "code": "panel"}]}
            return made
        if self._seldom(0.03):
            made["modifierExtension"] = [{"url": "http://example.org/doubt", "valueBoolean": True}]
        return made | valued

    def _value(self, concept: Concept) -> dict[str, Any]:
        if concept.name in self.values:
            return self._category(concept)
        if self._seldom(0.06):
            return self._of({}, {"dataAbsentReason": {"text": "not done"}}, {"valueString": "high"}, {"valueInteger": 40})
        number = self._number(concept)
        made = {"valueQuantity": self._quantity(number, concept)}
        if self._seldom(0.5):
            made["referenceRange"] = [{"high": self._quantity(number / self._of(1, 2, 3, 4, 10), concept, exact=True)}]
            if self._seldom(0.1):
                made["referenceRange"].append({"high": {"value": 7, "unit": "U/L"}})
        return made

    def _number(self, concept: Concept) -> Decimal:
        known = self.bounds.get(concept.name) or [Decimal(40), Decimal(2)]
        usual = {"body-weight": Decimal(65), "body-height": Decimal(170), "fvc-volume": Decimal(3), "fvc-predicted-volume": Decimal(4)}
        bound = usual.get(concept.name) or self.random.choice(known)
        return bound + self._of(Decimal(0), Decimal("0.1"), Decimal("-0.1"), bound / 2, -bound / 2, Decimal(5000))

    def _quantity(self, number: Decimal, concept: Concept, *, exact: bool = False) -> dict[str, Any]:
        unit = concept.unit
        if not exact and unit and self._seldom(0.3):
            kin = [written for written, _, dimension, _ in self.terminology.units.table() if dimension == self._dimension(unit)]
            unit = self.random.choice([*kin, "%", "L", "furlong"])
        made: dict[str, Any] = {"value": float(number)}
        if unit and not self._seldom(0.05):
            made["unit"] = unit
            if not self._seldom(0.3):
                made |= {"system": UCUM, "code": unit}
        if not exact and self._seldom(0.1):
            made["comparator"] = self._of("<", "<=", ">=", ">")
        return made

    def _dimension(self, unit: str) -> str | None:
        return next((dimension for written, _, dimension, _ in self.terminology.units.table() if written == unit), None)

    def _category(self, concept: Concept) -> dict[str, Any]:
        system = "http://alsfhir.org/fhir/CodeSystem/als"
        code = self._of(*self.values[concept.name], "no-such-value")
        return self._of(
            {"valueCodeableConcept": {"coding": [{"system": system, "code": code}]}},
            {"valueCodeableConcept": {"coding": [{"system": system, "code": code}]}},
            {"valueCodeableConcept": {"text": "probable"}},
            {"valueString": "probable"},
            {},
        )

    def _condition(self, concept: Concept) -> dict[str, Any]:
        made: dict[str, Any] = {
            "resourceType": "Condition",
            "code": self._concept(concept),
            **self._when("onset", age=True),
            **(self._when("abatement", age=True) if self._seldom(0.35) else {}),
        }
        if status := self._of("active", "active", "recurrence", "relapse", "inactive", "remission", "resolved", "odd", None):
            made["clinicalStatus"] = {"coding": [{"system": f"{HL7}/condition-clinical", "code": status}]}
        verification = ("confirmed", "confirmed", "refuted", "provisional", "unconfirmed", "entered-in-error", "odd")
        if status := self._of(None, None, None, None, *verification):
            made["verificationStatus"] = {"coding": [{"system": f"{HL7}/condition-ver-status", "code": status}]}
        if self._seldom(0.4):
            made["severity"] = {"coding": [{"code": self._of("255604002", "6736007", "24484000", "1")}]}
        if self._seldom(0.4):
            made["recordedDate"] = self._time()
        if self._seldom(0.25):
            made["extension"] = [{"url": ASSERTED, "valueDateTime": self._time()}]
        if self.values and self._seldom(0.2):
            (values, *_) = self.values.values()
            coding = {"system": "http://alsfhir.org/fhir/CodeSystem/als", "code": self._of(*values)}
            made["stage"] = [self._of({"summary": {"coding": [coding]}}, {"summary": {"text": "El Escorial: probable"}})]
        return made

    def _of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def _seldom(self, share: float) -> bool:
        return self.random.random() < share


def _bounds(node: Node) -> list[Any]:
    names = ("at_least", "more_than", "at_most", "less_than", "within", "until", "unchanged_for")
    found = (getattr(node, name, None) for name in names)
    return [bound for bound in found if isinstance(bound, Decimal | Duration)]
