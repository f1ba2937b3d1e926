"""A criterion tree read back from R5's EvidenceVariable.characteristic: the inverse of ``characteristic``.

What stands in R5's own elements is read from there, the rest from our extension ``criterion-node``. What we would not
write so (somebody added a limit, or changed half of it) is put to a person. A characteristic without that extension is
another's: ``foreign`` reads it as far as it can be read without a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from alsfhir.criteria.model import Node
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.characteristic import BRACKET, NODE, bracketed, characteristic
from alsfhir.fhir.characteristic_atom import COMPARATORS, NOTHING, Characteristic
from alsfhir.fhir.concept import concept_name
from alsfhir.fhir.criterion_tree import LENGTHS, fields
from alsfhir.fhir.foreign_text import LIMITS_NOTHING, asked
from alsfhir.fhir.unchanged import same
from alsfhir.fhir.versions import FhirVersion
from alsfhir.terminology import terminology

Table = dict[str, Any]
Foreign = Callable[[Characteristic], Table]

_BOUNDS = {comparator: name for name, comparator in COMPARATORS.items()}
_MARK = f"/StructureDefinition/{NODE}"
_OF_TYPE = frozenset({"category", "measurement", "qualitative"})  # whose concept is the type, not the value


def node_of(characteristic: Characteristic, foreign: Foreign) -> Node:
    """The tree of a characteristic; ``foreign`` gives the table of one that is not ours. Raises ValueError."""
    try:
        return _converted(table_of(characteristic, foreign))
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"not a criterion tree: {error!r}") from None


def table_of(characteristic: Characteristic, foreign: Foreign) -> Table:
    """The tree as a table of the criterion model. Raises what malformed elements raise."""
    if characteristic.get("exclude") is True:
        rest = {name: value for name, value in characteristic.items() if name != "exclude"}
        return {"is": "not", "of": table_of(rest, foreign)}
    node = next((one for one in characteristic.get("extension", ()) if str(one.get("url")).endswith(_MARK)), None)
    if node is None:
        combined = _combined(characteristic)
        if combined is None:
            return foreign(characteristic)
        code, members = combined
        return {"is": code, "of": tuple(table_of(member, foreign) for member in members)}
    names = Names(str(node["url"]).removesuffix(_MARK), FhirVersion.R5)
    return _own(characteristic, fields(node["extension"]), names, foreign)


def _own(given: Characteristic, held: Table, names: Names, foreign: Foreign) -> Table:
    """The table of one with our extension, whose fields are ``held``; a judgement if we would not write it so."""
    if held["is"] == BRACKET:
        (only,) = members_of(given)
        written = bracketed({**only, "exclude": True}, names) if held == {"is": BRACKET} else {}
        table, unchanged = table_of(only, foreign), only.get("exclude") is True and same(given, written)
    else:
        table = _judged(held, given, foreign) if _has_condition(held, given) else _atom(held, given)
        node = _converted(table)
        unchanged = not known(node) or same(given, characteristic(node, names))
    return table if unchanged else asked(_plain(given))


def _converted(table: Table) -> Node:
    node: Node = msgspec.convert(table, Node)
    return node


def known(node: Node) -> bool:
    """Whether all concepts are; of another mapping's we do not know how it is written, and it is not decided here."""
    return all(name in terminology().concepts for each in nodes(node) for name in concepts(each))


def _has_condition(held: Table, given: Characteristic) -> bool:
    return bool(held["is"] == "judgement" and "definitionByCombination" in given)


def _judged(held: Table, given: Characteristic, foreign: Foreign) -> Table:
    when, question = (table_of(member, foreign) for member in members_of(given))
    return {**held, "when": when, "question": question["question"]}


def _plain(given: Characteristic) -> Characteristic:
    """Only what stands in FHIR's own elements: the description was written for what stood there before."""
    return {name: value for name, value in given.items() if name not in LIMITS_NOTHING}


def members_of(characteristic: Characteristic) -> list[Characteristic]:
    """What a characteristic combines; nothing if it is no combination."""
    members: list[Characteristic] = characteristic.get("definitionByCombination", {}).get("characteristic", [])
    return members


def _combined(characteristic: Characteristic) -> tuple[str, list[Characteristic]] | None:
    """The code and members of a plain combination, if that is all the characteristic is."""
    combination = characteristic.get("definitionByCombination", {})
    plain = set(characteristic) - LIMITS_NOTHING == {"definitionByCombination"}
    if not plain or set(combination) - {"extension", "id"} != {"code", "characteristic"}:
        return None
    members = members_of(characteristic)
    return (combination["code"], members) if members and combination["code"] in ("all-of", "any-of") else None


def _atom(held: Table, characteristic: Characteristic) -> Table:
    told: Table = {}
    for element in members_of(characteristic) or [characteristic]:
        for name, value in _told(held["is"], element):
            told[name] = (*told.get(name, ()), *value) if name == "among" else value
    question = told.pop("question", None)
    if question is not None and not held.get("question"):
        told["question"] = question if question != NOTHING else ""
    return {**held, **told}


def _told(kind: str, element: Characteristic) -> Iterator[tuple[str, Any]]:
    yield from _valued(kind, element.get("definitionByTypeAndValue", {}))
    described = element.get("definitionCodeableConcept", {})
    if kind in ("judgement", "attestation"):
        yield "question", described["text"]
    elif (named := concept_name(described)) is not None:
        yield "concept", named
    for timing in element.get("timeFromEvent", ()):
        yield from _since(timing) if kind == "time-since" else _window(timing["range"])
    if "instancesQuantity" in element:
        yield "at-least", int(element["instancesQuantity"]["value"])
    if "durationQuantity" in element:
        yield "unchanged-for", _length(element["durationQuantity"])


def _valued(kind: str, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    concept = concept_name(typed.get("type", {}) if kind in _OF_TYPE else typed.get("valueCodeableConcept", {}))
    if concept is not None:
        yield "concept", concept
    if kind == "qualitative":
        yield "result", concept_name(typed["valueCodeableConcept"])
    if kind in ("category", "sex") and typed:
        yield "among", tuple(coding["code"] for coding in typed["valueCodeableConcept"]["coding"])
    for name, quantity in bounds(typed.get("valueQuantity"), typed.get("valueRange")):
        yield name, quantity["value"] if kind == "age" else Decimal(str(quantity["value"]))
        if kind == "measurement" and "code" in quantity:
            yield "unit", quantity["code"]


def bounds(quantity: Mapping[str, Any] | None, closed: Mapping[str, Any] | None) -> Iterator[tuple[str, Any]]:
    """The bounds that a Quantity with its comparator, or the ends of a Range, are. Raises KeyError."""
    if quantity is not None:
        yield _BOUNDS[quantity["comparator"]], quantity
    for name, end in (("at-least", "low"), ("at-most", "high")):
        if closed is not None and end in closed:
            yield name, closed[end]


def _since(timing: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "concept", concept_name(timing["eventCodeableConcept"])
    for name, quantity in bounds(timing.get("quantity"), timing.get("range")):
        yield name, _length(quantity)


def _window(closed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    low, high = closed["low"], closed["high"]
    yield "within", _length({**low, "value": high["value"] - low["value"]})
    if high["value"]:
        yield "until", _length({**high, "value": -high["value"]})


def _length(quantity: Mapping[str, Any]) -> Table:
    number = quantity["value"]
    if number != int(number):
        raise ValueError("a calendar length is a whole number")
    return {LENGTHS[quantity["code"]]: int(number)}
