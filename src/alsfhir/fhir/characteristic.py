"""A criterion tree as R5's EvidenceVariable.characteristic, https://hl7.org/fhir/R5/evidencevariable.html.

R5's own elements say as much as they can: combinations, ``exclude``, type and value, time from an event, instances,
duration. What they cannot say is in our extension ``criterion-node``, under the names of the criterion model: the kind
of node, and each field that no element holds. ``characteristic_tree`` reads both back.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

import msgspec

from alsfhir.criteria.model import AllOf, AnyOf, Judgement, Node, Not
from alsfhir.criteria.words import words
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.characteristic_atom import Characteristic, said
from alsfhir.fhir.criterion_tree import field_extensions
from alsfhir.fhir.extension import Extension
from alsfhir.fhir.primitives import filled, string

NODE = "criterion-node"
BRACKET = "bracket"
"""What ``is`` says of a combination of one, made only so that ``exclude`` can stand inside and outside."""


def characteristic(node: Node, names: Names) -> Characteristic:
    """The characteristic that a tree is, without link ids. Characters that FHIR forbids are left out of questions."""
    match node:
        case AllOf() | AnyOf() if node.of:
            code = "all-of" if isinstance(node, AllOf) else "any-of"
            return combination(code, [characteristic(member, names) for member in node.of])
        case Not():
            return {**bracketed(characteristic(node.of, names), names), "exclude": True}
        case Judgement() if node.when is not None:
            asked = characteristic(Judgement(question=node.question), names)
            whole = combination("all-of", [characteristic(node.when, names), asked])
            return {"extension": [_node(node, frozenset({"question", "when"}), names)], **whole}
        case _:
            return _atom(node, names)


def combination(code: str, members: list[Characteristic]) -> Characteristic:
    """A characteristic that combines others."""
    return {"definitionByCombination": {"code": code, "characteristic": members}}


def bracketed(inner: Characteristic, names: Names) -> Characteristic:
    """The characteristic, so that ``exclude`` can be said of it once more."""
    if "exclude" not in inner:
        return inner
    kind = {"url": names.extension(NODE), "extension": [{"url": "is", "valueCode": BRACKET}]}
    return {"extension": [kind], **combination("all-of", [inner])}


def linked(characteristic: Characteristic, link_id: str) -> Characteristic:
    """The characteristic under that ``linkId``, and those below it under it and a number, in document order."""
    numbers = count(1)

    def under(link: str, one: Characteristic) -> Characteristic:
        combined = one.get("definitionByCombination")
        if combined is None:
            return {**one, "linkId": link}
        members = [under(f"{link_id}.{next(numbers)}", member) for member in combined["characteristic"]]
        return {**one, "linkId": link, "definitionByCombination": {**combined, "characteristic": members}}

    return under(link_id, characteristic)


def _atom(node: Node, names: Names) -> Characteristic:
    told = said(node, names)
    whole: Characteristic = filled({"extension": [_node(node, told.fields, names)], "description": string(words(node))})
    one = told.elements[0] if len(told.elements) == 1 else combination(told.code, list(told.elements))
    return {**whole, **one}


def _node(node: Node, told: frozenset[str], names: Names) -> Extension:
    table: dict[str, Any] = msgspec.to_builtins(node, builtin_types=(Decimal,))
    held: list[Extension] = [{"url": "is", "valueCode": table.pop("is")}]
    for name, value in table.items():
        if name in told:
            continue
        for one in value if isinstance(value, list | tuple) else [value]:
            held.extend(field_extensions(name, one))
    return {"url": names.extension(NODE), "extension": held}
