"""Random whole records, as FHIR R4, about what a shipped trial asks: values and dates at its bounds, in any state."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any

import msgspec
from hypothesis import settings

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Allergy, Breastfeeding, Duration, Measurement, Node, Pregnancy
from alsfhir.criteria.reader import criteria
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.days import earlier
from alsfhir.eligibility.due_date import DUE_DATE
from alsfhir.eligibility.evaluate import screen
from alsfhir.eligibility.model import Screening
from alsfhir.eligibility.plan import Plan, plan
from alsfhir.patient.model import Facts
from alsfhir.patient.record import read_records
from alsfhir.terminology import Concept, mapping, terminology
from eligibility_samples import AS_OF
from records import Resource

TERMS = terminology()
TRIALS = known_trials()
PARTS = {
    "fvc-percent-predicted": ("fvc-volume", "fvc-predicted-volume"),
    "bmi": ("body-weight", "body-height"),
    "creatinine-clearance": ("creatinine", "body-weight"),
}
STATES_OF_PREGNANCY = ("pregnancy", "not-pregnant", "breastfeeding", "pregnancy-test", "pregnancy-status", DUE_DATE)
_NCT_ID = len("NCT00000000")
_SPANS = [timedelta(days=days) for days in (0, 1, 14, 27, 28, 29, 30, 31, 89, 90, 91)]
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def many(examples: int) -> settings:
    """So many examples of each, or as many as ``ALSFHIR_EXAMPLES`` says."""
    return settings(max_examples=int(os.environ.get("ALSFHIR_EXAMPLES", examples)), deadline=None)


@dataclass(frozen=True)
class Asked:
    """What is asked about: nodes of trees, their concepts, by the file that says what records them, and their days."""

    nodes: tuple[Node, ...]
    concepts: dict[str, tuple[str, ...]]
    days: tuple[date, ...]


@cache
def shipped(trial: str) -> Criteria:
    """The criteria of a shipped trial."""
    return criteria(mapped_trial(trial))


@cache
def compiled(trial: str) -> Plan:
    """The plan of a shipped trial."""
    return plan(shipped(trial), TERMS)


def statements(trial: str) -> list[str]:
    """The ids of its statements."""
    return [each.id for each in shipped(trial).criteria]


@cache
def asked(about: str) -> Asked:
    """What a shipped trial asks about, or one statement of it, by its id."""
    found = [each for each in shipped(about[:_NCT_ID]).criteria if each.id.startswith(about)]
    every = tuple(node for each in found for node in nodes(each.tree))
    names = {name for node in every for name in concepts(node)}.union(*(each.show for each in found))
    names |= {part for name in names for part in PARTS.get(name, ())} | {"als", "motor-neuron-disease"}
    if any(isinstance(node, Pregnancy | Breastfeeding) for node in every):
        names |= {*STATES_OF_PREGNANCY}
    if any(isinstance(node, Allergy) for node in every):
        names |= {"no-known-allergy"}
    by_file: dict[str, list[str]] = {}
    for name in sorted(names):
        by_file.setdefault(TERMS.concept(name).file, []).append(name)
    return Asked(every, {file: tuple(them) for file, them in by_file.items()}, tuple(_days(every)))


def _days(every: Iterable[Node]) -> Iterator[date]:
    yield from (AS_OF - span for span in _SPANS)
    lengths = {value for node in every for name in node.__struct_fields__ if _is_length(value := getattr(node, name))}
    for length in sorted(lengths, key=repr):
        day = earlier(AS_OF, length)
        yield from (day - timedelta(days=1), day, day + timedelta(days=1))


def _is_length(value: object) -> bool:
    return isinstance(value, Duration)


def codes_of(name: str) -> list[tuple[str, str]]:
    """Codes, each with its system, that mean the concept or one that it includes."""
    concept = TERMS.concept(name)
    found = [(code.system, code.code or code.first or "") for code in concept.codes]
    return found + [code for other in concept.includes for code in codes_of(other)]


def unknown_code() -> Resource:
    """A CodeableConcept that no concept knows, and that looks like none."""
    return {"coding": [{"system": "http://example.org/own", "code": "q-17"}]}


@cache
def units_of(unit: str | None, concept: str) -> tuple[str, ...]:
    """The units, each under its UCUM code, in which a value of a concept in one unit can be written as well."""
    every = (each for canonical, others in mapping("units")["factors"].items() for each in (canonical, *others))
    return tuple(each for each in every if TERMS.units.converted(Decimal(1), unit, each, concept) is not None)


def in_unit(value: Decimal, unit: str | None, to: str, concept: str) -> Decimal | None:
    """The very same value in another unit; ``None`` if no finite row of digits is it."""
    found = TERMS.units.converted(value, unit, to, concept)
    return None if found is None else _decimal(found)


def _decimal(number: Fraction) -> Decimal | None:
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    with localcontext(prec=80):
        return Decimal(number.numerator) / Decimal(number.denominator)


@cache
def values_of(name: str) -> tuple[Decimal, ...]:
    """Values of a concept, in its unit: at, just below and just above all bounds of all trials, and a few others."""
    concept = TERMS.concept(name)
    found = {Decimal(1), Decimal(20), Decimal(40), Decimal(70), Decimal(170), *_ends(concept)}
    for atom in (node for trial in TRIALS for node in asked(trial).nodes):
        if isinstance(atom, Measurement) and atom.concept == name:
            bounds = (atom.at_least, atom.more_than, atom.at_most, atom.less_than)
            for bound in (each for each in bounds if each is not None):
                at = bound * 40 if atom.times_upper_limit else bound
                found |= {at, at - Decimal("0.01"), at + Decimal("0.01")}
    return tuple(sorted(found))


def _ends(concept: Concept) -> tuple[Decimal, ...]:
    return (*concept.plausible, concept.plausible[1] + 1) if concept.plausible else ()


def without_nothing(resource: Resource) -> Resource:
    """The resource without the elements that are None, empty lists or empty objects."""
    return {element: value for element, value in resource.items() if value not in (None, [], {})}


def written(resources: Iterable[Resource]) -> bytes:
    """The resources in a Bundle, as a file."""
    entries = [{"resource": resource} for resource in resources]
    return encoded({"resourceType": "Bundle", "type": "collection", "entry": entries})


def encoded(value: Any) -> bytes:
    """As JSON, with decimals as they are."""
    return _ENCODER.encode(value)


def read(data: bytes) -> Facts:
    """The facts of the one patient in a file."""
    (found,) = read_records("record.json", data, TERMS).patients
    return found


def screened(trial: str, found: Facts, as_of: date = AS_OF, **options: Any) -> Screening:
    """The patient against a shipped trial."""
    return screen(compiled(trial), chart(found, as_of, TERMS, **options))


def verdicts(trial: str, found: Facts, as_of: date = AS_OF, **options: Any) -> dict[str, tuple[object, ...]]:
    """Of each statement of a trial: verdict, basis, outcome, and when time alone will change it."""
    decisions = screened(trial, found, as_of, **options).decisions
    return {
        each.criterion.id: (each.verdict.value, each.verdict.basis, each.outcome, each.opens, each.closes)
        for each in decisions
    }
