"""Another's characteristic as a criterion tree, as far as it can be read without a doubt.

Read are combinations, ``exclude``, definitions by link id, an age, and a measurement against bounds in a unit that we
know. Everything else, and whatever limits what was read (a method, a time, a modifier), becomes a judgement with the
characteristic's own words: a person decides, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from alsfhir.fhir.characteristic_atom import Characteristic
from alsfhir.fhir.characteristic_tree import Table, bounds, members_of, table_of
from alsfhir.fhir.concept import AGE_CODING
from alsfhir.fhir.primitives import string
from alsfhir.terminology import UCUM, Terminology

_PLAIN = frozenset({"description", "exclude", "extension", "id", "linkId", "note"})  # what limits nothing
_AGE = (AGE_CODING["system"], AGE_CODING["code"])
_VALUES = {"id", "extension", "type", "valueQuantity", "valueRange"}


class Circular(ValueError):
    """A characteristic that is defined by itself; the message is its link id."""


def question(text: str) -> str:
    """What a person is asked about a text that is not read."""
    return f"Is this true of the patient: {text.rstrip('.;,? ')}?"


class ForeignReader:
    """Reads characteristics of one EvidenceVariable, whose ``links`` are its characteristics by link id."""

    def __init__(
        self, links: Mapping[str, Characteristic], terms: Terminology, within: frozenset[str] = frozenset()
    ) -> None:
        self._links = links
        self._terms = terms
        self._within = within

    def __call__(self, characteristic: Characteristic) -> Table:
        """The table of the tree. Raises Circular, and what malformed elements raise."""
        found = None
        if "modifierExtension" not in characteristic:
            found = self._linked(characteristic) or self._bounded(characteristic)
        return found or {"is": "judgement", "question": question(text_of(characteristic)), "show": ()}

    def _linked(self, characteristic: Characteristic) -> Table | None:
        link = str(characteristic.get("definitionId"))
        if set(characteristic) - _PLAIN != {"definitionId"} or link not in self._links:
            return None
        if link in self._within:
            raise Circular(link)
        return table_of(self._links[link], ForeignReader(self._links, self._terms, self._within | {link}))

    def _bounded(self, characteristic: Characteristic) -> Table | None:
        typed = characteristic.get("definitionByTypeAndValue", {})
        if set(characteristic) - _PLAIN != {"definitionByTypeAndValue"} or set(typed) - _VALUES:
            return None
        given = [typed[name] for name in ("valueQuantity", "valueRange") if name in typed]
        if len(given) != 1 or ("valueQuantity" in typed and given[0].get("comparator") not in (">=", ">", "<=", "<")):
            return None
        stated = dict(bounds(typed.get("valueQuantity"), typed.get("valueRange")))
        units = {(quantity.get("system"), quantity.get("code")) for quantity in stated.values()}
        if len(units) != 1 or any("value" not in quantity for quantity in stated.values()):
            return None
        ((system, unit),) = units
        return self._measured(typed["type"], stated, unit) if system == UCUM and unit else None

    def _measured(self, kind: dict[str, Any], stated: dict[str, Any], unit: str) -> Table | None:
        values = {name: quantity["value"] for name, quantity in stated.items()}
        codings = [(coding.get("system"), coding.get("code")) for coding in kind.get("coding", ())]
        if codings == [_AGE]:
            whole = unit == "a" and all(value == int(value) for value in values.values())
            return {"is": "age", **{name: int(value) for name, value in values.items()}} if whole else None
        concepts = set(self._measurements(codings))
        if len(concepts) != 1:
            return None
        return {"is": "measurement", "concept": concepts.pop(), "unit": unit, **values}

    def _measurements(self, codings: list[tuple[Any, Any]]) -> Iterator[str]:
        for system, code in codings:
            for name in self._terms.concepts_of(self._terms.coding(system, code)):
                if self._terms.concepts[name].unit is not None:
                    yield name


def text_of(characteristic: Characteristic) -> str:
    """A characteristic in its own words; ``a characteristic without words`` if it has none."""
    return string("; ".join(dict.fromkeys(_texts(characteristic)))) or "a characteristic without words"


def _texts(characteristic: Characteristic) -> Iterator[str]:
    if described := string(characteristic.get("description")):
        yield described
        return
    yield from _named(characteristic.get("definitionCodeableConcept", {}))
    typed = characteristic.get("definitionByTypeAndValue", {})
    yield from _named(typed.get("type", {}))
    yield from _named(typed.get("valueCodeableConcept", {}))
    for name in ("definitionExpression", "definitionReference"):
        element = characteristic.get(name, {})
        yield from filter(None, (element.get(part) for part in ("description", "display", "expression", "reference")))
    yield from filter(None, (characteristic.get(name) for name in ("definitionCanonical", "definitionId")))
    for member in members_of(characteristic):
        yield text_of(member)


def _named(concept: Mapping[str, Any]) -> Iterator[str]:
    shown = concept.get("text") or next((c.get("display") or c.get("code") for c in concept.get("coding", ())), None)
    if shown:
        yield shown
