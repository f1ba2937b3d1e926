"""The criterion tree as our extension ``criterion-tree``, one shape for R4 and R4B, and back.

A node is an extension whose part ``is`` names its type. Its fields are parts under their names in the criterion
model, a tuple repeated; a length of time is a Duration in ``a``, ``mo``, ``wk`` or ``d``, which means calendar years
and months. A node below it is a ``criterion-tree`` again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from alsfhir.criteria.model import Node
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.extension import Extension
from alsfhir.fhir.primitives import string
from alsfhir.terminology import UCUM

NAME = "criterion-tree"

_UNITS = {"years": "a", "months": "mo", "weeks": "wk", "days": "d"}
_LENGTHS = {code: name for name, code in _UNITS.items()}
_REPEATED = frozenset({"among", "review", "minus", "show"})
# What a node must have, and FHIR cannot hold if it is empty.
_EMPTY: dict[str, dict[str, Any]] = {
    "attestation": {"question": ""},
    "category": {"among": ()},
    "judgement": {"question": ""},
    "sex": {"among": ()},
}


def tree_extension(node: Node, names: Names) -> Extension:
    """The extension that holds the tree. Decimals keep their digits; characters that FHIR forbids are left out."""
    return _extension(msgspec.to_builtins(node, builtin_types=(Decimal,)), names.extension(NAME))


def tree(extension: Mapping[str, Any]) -> Node:
    """The tree that such an extension holds, under whatever base it was published. Raises ValueError if it is none."""
    try:
        node: Node = msgspec.convert(_table(extension), Node)
    except (AttributeError, KeyError, StopIteration, TypeError) as error:
        raise ValueError(f"not a criterion tree: {error!r}") from None
    return node


def _extension(table: Mapping[str, Any], url: str) -> Extension:
    held = [{"url": "is", "valueCode": table["is"]}]
    for name, value in table.items():
        if name != "is":
            held.extend(_parts(name, value, url))
    return {"url": url, "extension": held}


def _parts(name: str, value: Any, url: str) -> Iterator[Extension]:
    if isinstance(value, list | tuple):
        for member in value:
            yield from _parts(name, member, url)
    elif isinstance(value, dict) and "is" in value:
        yield _extension(value, url)
    elif isinstance(value, dict):
        for length, number in (value or {"days": 0}).items():
            quantity = {"value": number, "unit": length, "system": UCUM, "code": _UNITS[length]}
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
    url: str = extension["url"]
    table: dict[str, Any] = {}
    below = [_table(part) for part in extension["extension"] if part["url"] == url]
    for part in extension["extension"]:
        if part["url"] != url:
            _put(table, part)
    kind = table.get("is")
    if kind in {"all-of", "any-of"}:
        table["of"] = below
    elif below:
        table["of" if kind == "not" else "when"] = below[0] if len(below) == 1 else below
    return {**_EMPTY.get(str(kind), {}), **table}


def _put(table: dict[str, Any], part: Mapping[str, Any]) -> None:
    name = part["url"]
    value = next(value for key, value in part.items() if key.startswith("value"))
    if "valueDuration" in part:
        table.setdefault(name, {})[_LENGTHS[value["code"]]] = int(value["value"])
    elif "valueDecimal" in part:
        table[name] = Decimal(str(value))
    elif name in _REPEATED:
        table.setdefault(name, []).append(value)
    else:
        table[name] = value
