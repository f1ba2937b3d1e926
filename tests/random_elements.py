"""Elements of FHIR R4 resources made by chance: times, codes, quantities; what is hard is made often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from alsfhir.criteria.model import Category, Duration, Measurement, Node
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.terminology import UCUM, Code, Concept, Terminology

SUBJECT = {"reference": "Patient/p1"}
NO_TIMES = ("0001-01-01", "9999-12-31", "9999")
"""What databases write where there is no time."""
_SELDOM = 0.3
_ZONES = ("T08:30:00Z", "T23:30:00-05:00", "T00:15:00+02:00", "T08:30:00.250Z", "T12:00:00+09:00")


@dataclass
class Asked:
    """What trees ask about: concepts by the file they stand in, bounds of values, lengths of time, categories."""

    trees: Sequence[Node]
    terminology: Terminology
    concepts: dict[str, list[Concept]] = field(default_factory=dict)
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
                    known = self._usual(node.concept) if node.times_upper_limit else bound
                    self.bounds.setdefault(node.concept, []).append(known)
            if isinstance(node, Category):
                self.values[node.concept] = [value.code for value in self.terminology.concept(node.concept).values]

    def _ask(self, name: str) -> None:
        concept = self.terminology.concept(name)
        found = self.concepts.setdefault(concept.file, [])
        found += [concept] if concept not in found else []
        found += [
            known for known in self.terminology.concepts.values() if name in known.suggests and known not in found
        ]

    def _usual(self, name: str) -> Decimal:
        """A value that is possible, where what is asked is how many times the upper limit it is."""
        least, most = self.terminology.concept(name).plausible or (Decimal(0), Decimal(100))
        return least * 3 or most / 50

    def named(self, file: str) -> list[Concept]:
        """The concepts of a file that are asked about."""
        return self.concepts.get(file, [])


@dataclass
class Chance:
    """Makes elements, as of a day. ``beside`` are the resources that others refer to.

    ``beyond`` makes what is beyond the CQL, too, or beyond its engine; ``plain`` makes little that is odd, and times
    that are not long ago: what decides, and little that leaves open. ``lean`` is what all values then have in common,
    where it is given: that they are low and negative (-1), or high and positive (1).
    """

    random: Random
    asked: Asked
    as_of: date
    beside: list[dict[str, Any]] = field(default_factory=list)
    beyond: bool = False
    plain: bool = False
    lean: int = 0

    @property
    def terminology(self) -> Terminology:
        """The concepts and units."""
        return self.asked.terminology

    def one(self, *choices: Any) -> Any:
        """One of them."""
        return self.random.choice(choices)

    def seldom(self, share: float) -> bool:
        """True so often; where it is plain, never what is seldom."""
        return self.random.random() < share and not (self.plain and share < _SELDOM)

    def some(self, share: float, **elements: Any) -> dict[str, Any]:
        """These elements, so often."""
        return elements if self.seldom(share) else {}

    def mostly(self, usual: Any, *others: Any) -> Any:
        """The usual, or one of the others, seldom."""
        return self.random.choice(others) if self.seldom(0.25) else usual

    def day(self) -> date:
        """A day at which something may turn, or beside it; or any."""
        if self.plain and (self.lean or self.seldom(0.6)):
            return self.as_of - timedelta(days=self.one(0, 1, 5, 12, 20, 27))
        lengths = [relativedelta(days=days) for days in (0, 28, 30, 90, 180)]
        lengths += [
            relativedelta(years=one.years, months=one.months, weeks=one.weeks, days=one.days)
            for one in self.asked.lengths
        ]
        day = self.as_of - self.random.choice(lengths)
        return day + timedelta(days=self.one(0, 0, 1, -1, -3, 2, -40, 400, -700, 20))

    def partial(self, day: date) -> str:
        """The day, or its month or year alone."""
        text = day.isoformat()
        return text if self.plain else str(self.one(text, text, text, text, text[:7], text[:4]))

    def time(self) -> str:
        """A dateTime: a day, part of one, or an instant; seldom one that is none."""
        return str(self.one(*NO_TIMES)) if self.seldom(0.02) else self._written(self.day())

    def instant(self) -> str:
        """An instant."""
        return self.day().isoformat() + str(self.one(*_ZONES))

    def period(self) -> dict[str, str]:
        """A Period, with one end or both; seldom one that ends before it starts, or never."""
        start, end = sorted((self.day(), self.day()), reverse=self.seldom(0.04))
        made = {}
        if not self.seldom(0.2):
            made["start"] = self._written(start)
        if not made or not self.seldom(0.4):
            made["end"] = self._written(end)
        return made | self.some(0.04, end="9999-12-31")

    def when(self, element: str, *others: str, age: bool = False) -> dict[str, Any]:
        """``<element>[x]`` in one of its forms, or nothing; ``age``: also as those that are no time.

        ``others`` are further forms that it has: ``Instant``, ``Timing``.
        """
        at = {f"{element}DateTime": self.time()}
        forms: list[dict[str, Any]] = [at, at, at, {f"{element}Period": self.period()}, {}]
        if others and self.seldom(0.15):
            timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}
            other = self.one(*others)
            return {f"{element}{other}": timing if other == "Timing" else self.instant()}
        if self.plain:
            return self.random.choice(forms[:4])
        if age:
            unit = self.one("a", "mo")
            years = self.random.randint(20, 70) * (12 if unit == "mo" else 1)
            odd = self.one(
                {"value": 45, "unit": "years"}, {"value": 45}, {"value": 44.5, "unit": "yr", "comparator": "<"}
            )
            forms += [
                {f"{element}Age": {"value": years, "system": UCUM, "code": unit, "unit": unit}},
                {f"{element}Age": odd},
                {f"{element}String": self.one("last summer", "2024")},
                {f"{element}Range": {"low": {"value": 40, "unit": "a"}, "high": {"value": 45, "unit": "a"}}},
            ]
        return self.random.choice(forms)

    def coding(self, code: Code) -> dict[str, Any]:
        """The code, or one below it, in its system under one of its names."""
        value, display = code.code or self.one(code.first, code.last), code.display
        if code.below or code.code is None:
            value = f"{value}{self.one('', '', '.9', '1', '.01')}"
        system = self.one(code.system, code.system, code.system, *self._variants(code.system))
        return {"system": system, "code": value} | ({"display": display} if display and self.seldom(0.5) else {})

    def concept(self, concept: Concept) -> dict[str, Any]:
        """A CodeableConcept that means the concept, or something else, or is in words."""
        if not concept.codes or self.seldom(0.15):
            known = (concept.label.upper(), "something else", f"suspected {concept.label}, mild", *concept.words[:3])
            words = self.one(concept.label, *known)
            foreign = {"system": "http://example.org", "code": "x", "display": words}
            bare = {"display": words}
            return dict(self.one({"text": words}, {"text": words}, {"coding": [foreign]}, {"coding": [bare]}))
        made: dict[str, Any] = {"coding": [self.coding(self.random.choice(concept.codes))]}
        if self.seldom(0.15):
            other = self.random.choice(self.asked.named(concept.file) or [concept])
            made["coding"] += [self.coding(self.random.choice(other.codes))] if other.codes else []
        if self.seldom(0.1):
            made["coding"].append({"system": "http://example.org", "code": "y"})
        if self.seldom(0.03):
            made["coding"][0].pop("system")
        return made | self.some(0.1, text=self.one(concept.label, "as below"))

    def meaning(self, name: str) -> dict[str, Any]:
        """A CodeableConcept that means the concept of that name, in a code or in words."""
        known = self.terminology.concept(name)
        forms: list[dict[str, Any]] = [{"text": self.random.choice(known.words)}] if known.words else []
        if known.codes:
            forms.append({"coding": [self.coding(self.random.choice(known.codes))]})
        return self.random.choice(forms)

    def quantity(self, number: Decimal, concept: Concept, *, exact: bool = False) -> dict[str, Any]:
        """The number in the concept's unit; if not ``exact``, perhaps in another, in none, or with a comparator."""
        unit = concept.unit
        if not exact and unit and self.seldom(0.25):
            unit = self.random.choice([*self._kin(unit), "%", "L", "umol/L", "furlong"])
            if self.seldom(0.6):
                number = self._converted(number, concept, unit)
        made: dict[str, Any] = {"value": float(round(number, 6))}  # CQL has eight decimals
        if unit and not self.seldom(0.05):
            coded, named = {"system": UCUM, "code": unit}, {"unit": unit}
            local = {"system": "http://example.org", "code": unit}
            made |= self.one(
                coded | named, coded | named, named, coded, local, local | named, {"code": unit}, named | coded
            )
        return made | ({"comparator": self.one("<", "<=", ">=", ">")} if not exact and self.seldom(0.1) else {})

    def doubt(self) -> dict[str, Any]:
        """A modifierExtension, seldom."""
        return self.some(0.03, modifierExtension=[{"url": "http://example.org/doubt", "valueBoolean": True}])

    def doubtful(self) -> dict[str, Any]:
        """What of a whole resource makes doubtful what it means, seldom."""
        return self.doubt() | self.some(0.01, implicitRules="http://example.org/rules")

    def _written(self, day: date) -> str:
        text = self.partial(day)
        return text if len(text) < 10 or self.seldom(0.6) else text + self.one(*_ZONES)

    def _variants(self, system: str) -> list[str]:
        others = [variant for variant, canonical in self.terminology.systems.items() if canonical == system]
        return [*others, f"{system}/", system.replace("http:", "https:")]

    def _converted(self, number: Decimal, concept: Concept, unit: str) -> Decimal:
        """The same in another unit, to six decimals; the number itself if that is of another kind."""
        found = self.terminology.units.converted(number, concept.unit, unit, concept.name)
        return number if found is None else round(Decimal(found.numerator) / Decimal(found.denominator), 6)

    def _kin(self, unit: str) -> list[str]:
        table = list(self.terminology.units.table())
        mine = {dimension for written, _, dimension, _ in table if written == unit}
        return [written for written, _, dimension, _ in table if dimension in mine]


def _bounds(node: Node) -> list[Any]:
    names = ("at_least", "more_than", "at_most", "less_than", "within", "until", "unchanged_for")
    found = (getattr(node, name, None) for name in names)
    return [bound for bound in found if isinstance(bound, Decimal | Duration)]
