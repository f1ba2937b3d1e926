"""Another's characteristic as a criterion tree, as far as it can be read without a doubt.

Read are combinations, ``exclude``, definitions by link id, an age, and a measurement against bounds in a unit that we
know. Everything else, and whatever limits what was read (a method, a time, a modifier), becomes a judgement with the
characteristic's own words: a person decides, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from alsfhir.fhir.characteristic_atom import Characteristic
from alsfhir.fhir.characteristic_tree import Table, bounds, table_of
from alsfhir.fhir.concept import AGE_CODING
from alsfhir.fhir.foreign_text import LIMITS_NOTHING, asked
from alsfhir.terminology import UCUM, Terminology

MOST = 10_000

_AGE = (AGE_CODING["system"], AGE_CODING["code"])
_VALUES = {"id", "extension", "type", "valueQuantity", "valueRange"}
_RANGE = {"id", "extension", "low", "high"}
_OPEN = (">=", ">", "<=", "<")
_SIGN = {"comparator"}
_QUANTITY = {"id", "extension", "value", "unit", "system", "code"}


class Circular(ValueError):
    """A characteristic that is defined by itself; the message is its link id."""


class TooMany(ValueError):
    """Definitions by link id that unfold into more than ``MOST`` characteristics."""


class ForeignReader:
    """Reads characteristics of one EvidenceVariable, whose ``links`` are its characteristics by link id.

    ``left`` counts down how many definitions by link id may still be followed.
    """

    def __init__(
        self,
        links: Mapping[str, Characteristic],
        terms: Terminology,
        within: frozenset[str] = frozenset(),
        left: Iterator[int] | None = None,
    ) -> None:
        self._links = links
        self._terms = terms
        self._within = within
        self._left = iter(range(MOST)) if left is None else left

    def __call__(self, characteristic: Characteristic) -> Table:
        """The table of the tree. Raises Circular, TooMany, and what malformed elements raise."""
        return self._linked(characteristic) or self._bounded(characteristic) or asked(characteristic)

    def _linked(self, characteristic: Characteristic) -> Table | None:
        if set(characteristic) - LIMITS_NOTHING != {"definitionId"}:
            return None
        link = str(characteristic["definitionId"])
        # Whether ``exclude`` of the characteristic that is meant holds here as well, FHIR does not say.
        if "exclude" in self._links.get(link, {"exclude": True}):
            return None
        if link in self._within:
            raise Circular(link)
        if next(self._left, None) is None:
            raise TooMany(link)
        return table_of(self._links[link], ForeignReader(self._links, self._terms, self._within | {link}, self._left))

    def _bounded(self, characteristic: Characteristic) -> Table | None:
        typed = characteristic.get("definitionByTypeAndValue", {})
        if set(characteristic) - LIMITS_NOTHING != {"definitionByTypeAndValue"} or set(typed) - _VALUES:
            return None
        stated = dict(self._bounds(typed))
        units = {(quantity.get("system"), quantity.get("code")) for quantity in stated.values()}
        if len(units) != 1 or any("value" not in quantity for quantity in stated.values()):
            return None
        ((system, unit),) = units
        if system != UCUM or not unit:
            return None
        return self._measured(typed["type"], stated, unit) or asked(characteristic, *sorted(self._mentioned(typed)))

    @staticmethod
    def _bounds(typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The bounds, if they are one quantity that is open to one side, or a range without anything else."""
        quantity, closed = typed.get("valueQuantity"), typed.get("valueRange", {})
        if (quantity is None) == (not closed) or set(closed) - _RANGE:
            return
        if quantity is not None and (quantity.get("comparator") not in _OPEN or set(quantity) - _QUANTITY - _SIGN):
            return
        if any(set(end) - _QUANTITY for end in (closed.get("low", {}), closed.get("high", {}))):
            return
        yield from bounds(quantity, closed)

    def _measured(self, kind: dict[str, Any], stated: dict[str, Any], unit: str) -> Table | None:
        values = {name: quantity["value"] for name, quantity in stated.items()}
        codings = [(coding.get("system"), coding.get("code")) for coding in kind.get("coding", ())]
        if codings == [_AGE]:
            whole = unit == "a" and all(value == int(value) for value in values.values())
            return {"is": "age", **{name: int(value) for name, value in values.items()}} if whole else None
        concepts = set(self._measurements(codings))
        if len(concepts) != 1 or not self._whole(min(concepts), codings):
            return None
        return {"is": "measurement", "concept": concepts.pop(), "unit": unit, **values}

    def _whole(self, name: str, codings: list[tuple[Any, Any]]) -> bool:
        """Whether the codings are a concept, whole and alone: one of several codes may mean less than all of them."""
        concept = self._terms.concepts[name]
        whole = {(code.system, code.code) for code in concept.codes}
        given = {(coding.system, coding.code) for coding in (self._terms.coding(*one) for one in codings)}
        return not concept.includes and not any(code.below for code in concept.codes) and whole == given

    def _mentioned(self, typed: Mapping[str, Any]) -> set[str]:
        codings = typed["type"].get("coding", ())
        return set(self._measurements([(coding.get("system"), coding.get("code")) for coding in codings]))

    def _measurements(self, codings: list[tuple[Any, Any]]) -> Iterator[str]:
        for system, code in codings:
            for name in self._terms.concepts_of(self._terms.coding(system, code)):
                if self._terms.concepts[name].unit is not None:
                    yield name
