"""The criterion tree as our extension ``criterion-tree``, one shape for R4 and R4B, and back; R5's Group has it too.

Each node of the tree is a part ``node``, whose ``link-id`` places it: ``1`` is the root, ``1.2`` its second member.
The other parts of a node are its type, ``is``, and its fields under their names in the criterion model, a tuple
repeated. A length of time is a Duration in ``a``, ``mo``, ``wk`` or ``d``, which means calendar years and months.

The nodes stand beside each other because of the validators: with each level at which an extension stands in another
one, HAPI took three times as long (40 s for a tree of eight levels).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from alsfhir.criteria.model import Node
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.extension import Extension
from alsfhir.fhir.primitives import string
from alsfhir.terminology import UCUM

NAME = "criterion-tree"

UNITS = {"years": "a", "months": "mo", "weeks": "wk", "days": "d"}
LENGTHS = {code: name for name, code in UNITS.items()}
_COMBINED = frozenset({"all-of", "any-of"})
_REPEATED = frozenset({"among", "conditions", "minus", "review", "show"})
# What a node must have, and FHIR cannot hold if it is empty.
_EMPTY: dict[str, dict[str, Any]] = {
    "attestation": {"question": ""},
    "category": {"among": ()},
    "judgement": {"question": ""},
    "sex": {"among": ()},
}


def tree_extension(node: Node, names: Names) -> Extension:
    """The extension that holds the tree. Decimals keep their digits; characters that FHIR forbids are left out."""
    table = msgspec.to_builtins(node, builtin_types=(Decimal,))
    return {"url": names.extension(NAME), "extension": list(_nodes(table, "1"))}


def tree(extension: Mapping[str, Any]) -> Node:
    """The tree that such an extension holds, under whatever base it was published. Raises ValueError if it is none."""
    try:
        node: Node = msgspec.convert(_table(extension), Node)
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"not a criterion tree: {error!r}") from None
    return node


def _nodes(table: Mapping[str, Any], link_id: str) -> Iterator[Extension]:
    held: list[Extension] = [{"url": "link-id", "valueString": link_id}, {"url": "is", "valueCode": table["is"]}]
    below: list[Mapping[str, Any]] = []
    for name, value in table.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, dict) and "is" in one:
                below.append(one)
            elif name != "is":
                held.extend(field_extensions(name, one))
    yield {"url": "node", "extension": held}
    for number, member in enumerate(below, 1):
        yield from _nodes(member, f"{link_id}.{number}")


def field_extensions(name: str, value: Any) -> Iterator[Extension]:
    """One field of a node under its name; a length of time is one Duration per calendar unit."""
    if isinstance(value, dict):
        for length, number in (value or {"days": 0}).items():
            quantity = {"value": number, "unit": length, "system": UCUM, "code": UNITS[length]}
            yield {"url": name, "valueDuration": quantity}
    elif name == "question":
        yield from ({"url": name, "valueString": clean} for clean in [string(value)] if clean)
    else:
        yield {"url": name, **_value(value)}


def _value(value: object) -> dict[str, Any]:
    match value:
        case bool():
            return {"valueBoolean": value}
        case int():
            return {"valueInteger": value}
        case Decimal():
            return {"valueDecimal": Decimal(f"{value:f}")}
        case _:
            return {"valueCode": value}


def _table(extension: Mapping[str, Any]) -> dict[str, Any]:
    """The root as a table of the criterion model, from nodes each of which comes after the one above it."""
    tables: dict[str, dict[str, Any]] = {}
    for part in extension["extension"]:
        table = fields(part["extension"])
        link_id = table.pop("link-id")
        above, _, _ = link_id.rpartition(".")
        if link_id in tables or (bool(tables) and not above):
            raise ValueError(f"not a criterion tree: two nodes have the place {link_id}")
        if above:
            _place(table, tables[above])
        tables[link_id] = table
    root, *_ = tables.values()
    return root


def _place(table: dict[str, Any], above: dict[str, Any]) -> None:
    if above["is"] in _COMBINED:
        above["of"].append(table)
        return
    name = "of" if above["is"] == "not" else "when"
    if name in above:
        raise ValueError(f"not a criterion tree: more than one node below {above['is']}")
    above[name] = table


def fields(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The fields of one node, with what it must have and FHIR could not hold. Raises KeyError and ValueError."""
    found: dict[str, Any] = {}
    for part in parts:
        name = part["url"]
        (value,) = (value for key, value in part.items() if key.startswith("value"))
        if "valueDuration" in part:
            found.setdefault(name, {})[LENGTHS[value["code"]]] = _whole(value["value"])
        elif name in _REPEATED:
            found.setdefault(name, []).append(value)
        else:
            found[name] = Decimal(str(value)) if "valueDecimal" in part else value
    if found["is"] in _COMBINED:
        found.setdefault("of", [])
    return {**_EMPTY.get(found["is"], {}), **found}


def _whole(number: Any) -> int:
    if number != int(number):
        raise ValueError("a calendar length is a whole number")
    return int(number)
