"""What R5's elements of a characteristic say of one atom of a criterion tree, and what they leave unsaid.

https://hl7.org/fhir/R5/evidencevariable.html. Range has closed ends only and a CodeableConcept one meaning, so that
open bounds and several values are several elements, which ``characteristic`` combines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from typing import Any

from alsfhir.criteria.model import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Device,
    Drug,
    Duration,
    Judgement,
    Measurement,
    Nutrition,
    OtherTrial,
    Pregnancy,
    Procedure,
    Qualitative,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.criteria.words import words
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.concept import ADMINISTRATIVE_GENDER, AGE, concept
from alsfhir.fhir.criterion_tree import UNITS
from alsfhir.fhir.primitives import string
from alsfhir.terminology import LOCAL_SYSTEM, UCUM

Characteristic = dict[str, Any]

NOTHING = "-"
"""What stands for a question that has no words."""

COMPARATORS = {"at-least": ">=", "more-than": ">", "at-most": "<=", "less-than": "<"}
UPPER_LIMIT = "times the upper limit of normal"
TYPES = "http://hl7.org/fhir/fhir-types"


@dataclass(frozen=True, slots=True)
class Said:
    """The elements that together (``code`` joins them) say an atom, and the fields of it that they hold."""

    elements: tuple[Characteristic, ...]
    fields: frozenset[str]
    code: str = "all-of"


@singledispatch
def said(node: object, _names: Names) -> Said:
    """What R5's elements say of an atom; of a combination of nothing, its words alone."""
    text = string(words(node)) if isinstance(node, AllOf | AnyOf) else None
    return Said(({"definitionCodeableConcept": {"text": text or NOTHING}},), frozenset())


@said.register(Judgement)
@said.register(Attestation)
def _(node: Judgement | Attestation, _names: Names) -> Said:
    question = string(node.question)
    text = {"text": question or NOTHING}
    return Said(({"definitionCodeableConcept": text},), frozenset({"question"} if question != NOTHING else ()))


@said.register
def _(node: Age, _names: Names) -> Said:
    return _bounded(node, AGE, {"unit": "years", "system": UCUM, "code": "a"})


@said.register
def _(node: Measurement, names: Names) -> Said:
    unit = {"unit": node.unit, "system": UCUM, "code": node.unit} if node.unit else {"unit": UPPER_LIMIT}
    bounded = _bounded(node, concept(node.concept, names), unit if node.unit or node.times_upper_limit else {})
    told = {"concept", *(("unit",) if node.unit else ())} if bounded.fields else set()
    return Said(bounded.elements, bounded.fields | told)


@said.register
def _(node: Sex, _names: Names) -> Said:
    kind = {"text": "Administrative gender"}
    values = ({"coding": [{"system": ADMINISTRATIVE_GENDER, "code": code}]} for code in node.among)
    return _any_of(kind, tuple(values), {"among"})


@said.register
def _(node: Category, names: Names) -> Said:
    plain = all(code == string(code) and "  " not in code and code.isprintable() for code in node.among)
    codes = node.among if plain else ()
    values = ({"coding": [{"system": LOCAL_SYSTEM, "code": code}]} for code in codes)
    return _any_of(concept(node.concept, names), tuple(values), {"among", "concept"})


@said.register
def _(node: Qualitative, names: Names) -> Said:
    return _valued(concept(node.concept, names), concept(node.result, names), {"concept", "result"})


@said.register
def _(node: Condition, names: Names) -> Said:
    times = {"comparator": ">=", "value": node.at_least}
    several = {"instancesQuantity": times} if node.at_least > 1 else {}
    return _recorded("Condition", node, names, several, {"at-least"} if several else set())


@said.register
def _(node: Drug, names: Names) -> Said:
    length = _quantity(node.unchanged_for)
    lasting = {"durationQuantity": {"comparator": ">=", **length}} if length else {}
    return _recorded("Medication", node, names, lasting, {"unchanged-for"} if lasting else set())


@said.register
def _(node: Procedure, names: Names) -> Said:
    return _recorded("Procedure", node, names)


@said.register
def _(node: Device, names: Names) -> Said:
    return _recorded("Device", node, names)


@said.register
def _(node: Nutrition, names: Names) -> Said:
    return _recorded("NutritionOrder", node, names)


@said.register
def _(node: Recorded, names: Names) -> Said:
    return _valued({"text": "On record"}, concept(node.concept, names), {"concept"})


@said.register
def _(node: Allergy, names: Names) -> Said:
    value = concept(node.concept, names) if node.concept else {"text": "anything"}
    return _valued(_type("AllergyIntolerance"), value, {"concept"} if node.concept else set())


@said.register
def _(node: OtherTrial, _names: Names) -> Said:
    kind = {"definitionCodeableConcept": {"text": "Takes part in another trial"}}
    return _timed(Said((kind,), frozenset()), node.within, None, kind)


@said.register
def _(node: TimeSince, names: Names) -> Said:
    """The as-of date itself, so long after the event."""
    event = {**concept(node.concept, names), "text": f"{node.event} of {concept(node.concept, names)['text']}"}
    bounds = _bounds(node)
    lengths = {name: _quantity(bound) for name, bound in bounds.items()}
    if not bounds or not all(lengths.values()):
        return Said(({"definitionCodeableConcept": {"text": words(node)}},), frozenset())
    on_the_day = {"definitionCodeableConcept": {"text": "Date as of which the patient is screened"}}
    elements = (
        {**on_the_day, "timeFromEvent": [{"eventCodeableConcept": event, **amount}]} for amount in _amounts(lengths)
    )
    return Said(tuple(elements), frozenset({"concept", *bounds}))


@said.register
def _(_node: Pregnancy, _names: Names) -> Said:
    return Said(({"definitionByTypeAndValue": {"type": {"text": "Pregnancy"}, "valueBoolean": True}},), frozenset())


@said.register
def _(_node: Breastfeeding, _names: Names) -> Said:
    kind = {"text": "Breastfeeding"}
    return Said(({"definitionByTypeAndValue": {"type": kind, "valueBoolean": True}},), frozenset())


def _recorded(
    resource_type: str,
    node: Condition | Drug | Procedure | Device | Nutrition,
    names: Names,
    more: Characteristic | None = None,
    told: set[str] | None = None,
) -> Said:
    plain = _valued(_type(resource_type), concept(node.concept, names), {"concept", *(told or ())})
    element = {**plain.elements[0], **(more or {})}
    untimed = Said((element,), plain.fields)
    return _timed(untimed, getattr(node, "within", None), getattr(node, "until", None), element)


def _timed(untimed: Said, within: Duration | None, until: Duration | None, element: Characteristic) -> Said:
    """With the period before the as-of date, where a Range can say it.

    Its length and how long ago it ended are added up in days or in weeks; months before months are not the months of
    their sum, and what two units add up to has no unit.
    """
    length, ended = _quantity(within), _quantity(until)
    if not length or (until is not None and (ended.get("code") != length["code"] or length["code"] not in ("d", "wk"))):
        return untimed
    high = -ended["value"] if ended else 0
    ends = {"low": {**length, "value": high - length["value"]}, "high": {**length, "value": high}}
    event = {"text": "Date as of which the patient is screened"}
    timed = {**element, "timeFromEvent": [{"eventCodeableConcept": event, "range": ends}]}
    return Said((timed,), untimed.fields | {"within"} | ({"until"} if ended else set()))


def _type(resource_type: str) -> dict[str, Any]:
    return {"coding": [{"system": TYPES, "code": resource_type}], "text": resource_type}


def _valued(kind: dict[str, Any], value: dict[str, Any], told: set[str]) -> Said:
    element = {"definitionByTypeAndValue": {"type": kind, "valueCodeableConcept": value}}
    return Said((element,), frozenset(told))


def _any_of(kind: dict[str, Any], values: tuple[dict[str, Any], ...], told: set[str]) -> Said:
    if not values:
        return Said(({"definitionCodeableConcept": kind},), frozenset(told - {"among"}))
    elements = (_valued(kind, value, told).elements[0] for value in values)
    return Said(tuple(elements), frozenset(told), "any-of")


def _bounded(node: Age | Measurement, kind: dict[str, Any], unit: dict[str, Any]) -> Said:
    bounds = _bounds(node)
    if not bounds:
        return Said(({"definitionCodeableConcept": {"text": words(node)}},), frozenset())
    amounts = {name: {"value": _exact(bound), **unit} for name, bound in bounds.items()}
    values = ({f"value{name.capitalize()}": held} for amount in _amounts(amounts) for name, held in amount.items())
    elements = ({"definitionByTypeAndValue": {"type": kind, **value}} for value in values)
    return Said(tuple(elements), frozenset(bounds))


def _amounts(bounds: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A range if both ends are closed, else a quantity with its comparator for each bound."""
    if bounds.keys() == {"at-least", "at-most"}:
        yield {"range": {"low": bounds["at-least"], "high": bounds["at-most"]}}
        return
    for name, bound in bounds.items():
        yield {"quantity": {"comparator": COMPARATORS[name], **bound}}


def _bounds(node: Age | Measurement | TimeSince) -> dict[str, Any]:
    stated = ((name, getattr(node, name.replace("-", "_"))) for name in COMPARATORS)
    return {name: bound for name, bound in stated if bound is not None}


def _exact(bound: Decimal | int) -> Decimal | int:
    return Decimal(f"{bound:f}") if isinstance(bound, Decimal) else bound


def _quantity(length: Duration | None) -> dict[str, Any]:
    """A length as one number of one calendar unit; empty if it is none or needs several."""
    parts = {unit: getattr(length, unit, 0) for unit in UNITS}
    ((unit, number), *more) = [item for item in parts.items() if item[1]] or [("days", 0)]
    return {} if more or not number else {"value": number, "unit": unit, "system": UCUM, "code": UNITS[unit]}
