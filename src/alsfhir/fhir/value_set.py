"""A concept of the mappings as ValueSet, https://hl7.org/fhir/R4/valueset.html, listed and expanded.

Engines take a stored ``expansion`` at its word, and HAPI's evaluation of CQL ignores what is not in one: every ValueSet
has its own, of its own codes and of those of all concepts that it includes. Code ranges, such as the chapters of ICD,
cannot be listed without the code system: they are in our extension ``code-range`` and in the description, and the
expansion says that it does not hold everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.model import Qualitative
from alsfhir.criteria.tree import concepts, nodes
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension import Extension, part, parts
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled
from alsfhir.terminology import Code, Concept, Terminology

EXPANDED = "2026-11"  # when the mappings changed last; a clock would make other bytes of the same mappings
UNCLOSED = "http://hl7.org/fhir/StructureDefinition/valueset-unclosed"


def value_sets(criteria: Iterable[Criteria], terms: Terminology, names: Names) -> tuple[Resource, ...]:
    """One ValueSet for each concept that the criteria mention, by name; a name that is no concept has none."""
    used = {name for one in criteria for name in _mentioned(one)}
    return tuple(value_set(terms.concepts[name], terms, names) for name in sorted(used & terms.concepts.keys()))


def value_set(concept: Concept, terms: Terminology, names: Names) -> Resource:
    """The ValueSet of a concept."""
    codes = tuple(dict.fromkeys(_codes(concept.name, terms, frozenset())))
    listed = tuple(dict.fromkeys((code.system, code.code, code.display) for code in codes if code.code is not None))
    ranges = [code for code in codes if code.below or code.code is None]
    value_set: Resource = filled(
        {
            "resourceType": "ValueSet",
            "text": _text(concept, codes),
            "extension": [_range(code, names) for code in ranges],
            "url": names.canonical("ValueSet", concept.name),
            "name": "".join(word.capitalize() for word in concept.name.split("-")),
            "title": concept.label,
            "status": "active",
            "experimental": False,
            "description": _description(concept, listed, ranges),
            "compose": {"include": list(_include(listed))},
            "expansion": _expansion(listed, closed=not ranges) if listed else None,
        }
    )
    return value_set


_Listed = tuple[tuple[str, str | None, str | None], ...]


def _mentioned(criteria: Criteria) -> Iterator[str]:
    if criteria.condition:
        yield criteria.condition
    for criterion in criteria.criteria:
        yield from criterion.show
        for node in nodes(criterion.tree):
            yield from concepts(node)
            if isinstance(node, Qualitative):
                yield node.result


def _codes(name: str, terms: Terminology, within: frozenset[str]) -> Iterator[Code]:
    """Those of the concept and of all it includes; a circle of inclusions ends where it closes."""
    if name in within:
        return
    concept = terms.concepts[name]
    yield from concept.codes
    for included in concept.includes:
        yield from _codes(included, terms, within | {name})


def _include(listed: _Listed) -> Iterator[dict[str, Any]]:
    for system in dict.fromkeys(system for system, _, _ in listed):
        of_it = ({"code": code, "display": display} for its, code, display in listed if its == system)
        yield {"system": system, "concept": list(of_it)}


def _expansion(listed: _Listed, *, closed: bool) -> dict[str, Any]:
    contains = ({"system": system, "code": code, "display": display} for system, code, display in listed)
    more = None if closed else {"url": UNCLOSED, "valueBoolean": True}
    return {"extension": [more], "timestamp": EXPANDED, "total": len(listed), "contains": list(contains)}


def _range(code: Code, names: Names) -> Extension | None:
    below = code.code if code.below else None
    held = (
        part("system", valueUri=code.system),
        part("below", valueCode=below),
        part("first", valueCode=code.first),
        part("last", valueCode=code.last),
    )
    return parts(names.extension("code-range"), held)


def _description(concept: Concept, listed: _Listed, ranges: list[Code]) -> str:
    what = f"Codes that mean: {concept.label}."
    if not listed and not ranges:
        return f"{what} There is none; it is recognised by words alone."
    if not ranges:
        return f"{what} These are all that are recognised."
    said = "; ".join(f"{code.system} {_ranged(code)}" for code in ranges)
    return f"{what} Besides those listed, all codes that begin so belong to it, and are not expanded: {said}."


def _ranged(code: Code) -> str:
    return f"{code.code}…" if code.code is not None else f"{code.first} to {code.last}"


def _text(concept: Concept, codes: tuple[Code, ...]) -> dict[str, str]:
    rows = (
        (code.system, _ranged(code) if code.below or code.code is None else code.code, code.display) for code in codes
    )
    return narrative(concept.label, *rows, header=("System", "Code", "Display"))
