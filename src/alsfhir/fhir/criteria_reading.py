"""Criteria read back from FHIR: from an EvidenceVariable of any version, or a definitional Group of R5, ours or not.

Ours give the very criteria that they were made from. Of another's, what cannot be read becomes a judgement with its
text, and every criterion is a draft.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import msgspec

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Judgement, Node
from alsfhir.criteria.tree import problems
from alsfhir.errors import InvalidCriteria
from alsfhir.fhir.canonical import Resource
from alsfhir.fhir.characteristic_atom import Characteristic
from alsfhir.fhir.characteristic_tree import members_of, node_of
from alsfhir.fhir.criterion_tree import tree
from alsfhir.fhir.foreign import Circular, ForeignReader, question, text_of
from alsfhir.fhir.stated_reading import StatedReading, extension, stated_reading, statement, value
from alsfhir.terminology import Terminology
from alsfhir.trial.model import Kind, Recruitment

MOST = 10_000
DEEPEST = 50
NOT_OURS = "read from FHIR that does not say who stands for the reading: a person has to check it"

_JSON = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)
_NCT = re.compile(r"NCT[0-9]{8}")
_MALFORMED = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


def criteria_file(name: str, content: bytes, terms: Terminology) -> tuple[Criteria, ...]:
    """The criteria in a JSON file: one resource, or a Bundle of them. Raises InvalidCriteria."""
    try:
        resource = _JSON.decode(content)
    except RecursionError:
        raise InvalidCriteria(name, "it is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidCriteria(name, "it is no JSON object") from None
    return criteria_of(name, resource, terms)


def criteria_of(name: str, resource: Resource, terms: Terminology) -> tuple[Criteria, ...]:
    """The criteria of each EvidenceVariable; without one, of each definitional Group. Raises InvalidCriteria."""
    try:
        resources = list(_resources(resource))
        variables = [one for one in resources if one["resourceType"] == "EvidenceVariable"]
        found = variables or [one for one in resources if one["resourceType"] == "Group"]
    except _MALFORMED:
        raise InvalidCriteria(name, "it is no FHIR resource") from None
    if not found:
        raise InvalidCriteria(name, "it has neither an EvidenceVariable nor a Group")
    return tuple(_criteria(name, one, terms) for one in found)


def _resources(resource: Resource) -> Iterator[Resource]:
    if resource["resourceType"] != "Bundle":
        yield resource
        return
    for entry in resource.get("entry", ()):
        if "resource" in entry:
            yield entry["resource"]


def _criteria(name: str, resource: Resource, terms: Terminology) -> Criteria:
    try:
        _refuse(name, resource)
        trial = _trial(resource)
        read = _identified([_criterion(name, one, resource, terms) for one in _characteristics(resource)], trial)
        held = extension(resource, "criteria")
        return Criteria(
            trial=trial,
            title=str(resource.get("title") or resource.get("name") or trial).rpartition(f"{trial}: ")[2],
            recruitment=_recruitment(resource),
            condition=value(held, "condition"),
            criteria=tuple(each for kind in Kind for each in read if each.kind is kind),
            version=value(held, "version") or _digest(resource),
            from_document=extension(resource, "source").get("valueCode") == "document",
        )
    except _MALFORMED:
        raise InvalidCriteria(name, f"the {resource['resourceType']} is not as FHIR has it") from None


def _refuse(name: str, resource: Resource) -> None:
    """Raises InvalidCriteria for what would be read wrongly, or never to its end."""
    kind = resource["resourceType"]
    if kind == "Group" and "membership" not in resource:
        problem = "a Group of R4 or R4B has no logic; give the EvidenceVariable, or a Group of R5"
        raise InvalidCriteria(name, problem)
    if kind == "Group" and resource["membership"] != "definitional":
        raise InvalidCriteria(name, "the Group lists its members; criteria are in a definitional one")
    level, depth, number = list(resource.get("characteristic", ())), 0, 0
    while level:
        depth, number = depth + 1, number + len(level)
        if number > MOST:
            raise InvalidCriteria(name, f"it has more than {MOST} characteristics")
        if depth > DEEPEST:
            raise InvalidCriteria(name, f"its characteristics are nested more than {DEEPEST} levels deep")
        level = [member for one in level for member in members_of(one)]


def _trial(resource: Resource) -> str:
    for text in (*(str(i.get("value")) for i in resource.get("identifier", ())), str(resource.get("url"))):
        if found := _NCT.search(text):
            return found.group()
    return str(resource.get("name") or resource.get("id") or resource["resourceType"])


def _recruitment(resource: Resource) -> Recruitment:
    held = extension(resource, "registry-status")
    return Recruitment(value(held, "status") or "unknown", value(held, "as-of"))


def _digest(resource: Resource) -> str:
    content = msgspec.json.encode(resource.get("characteristic", ()), order="deterministic")
    return hashlib.sha256(content).hexdigest()


def _characteristics(resource: Resource) -> list[Characteristic]:
    """Those that must all be true; of R4B's union, one that combines them."""
    listed = list(resource.get("characteristic", ()))
    if resource["resourceType"] == "Group":
        return [_of_group(one) for one in listed]
    if resource.get("characteristicCombination") == "union" and len(listed) > 1:
        return [{"definitionByCombination": {"code": "any-of", "characteristic": listed}}]
    # What stands there for a trial without statements is none itself.
    empty = len(listed) == 1 and extension(resource, "criteria") and not extension(listed[0], "reading")
    return [] if empty else listed


def _of_group(characteristic: dict[str, Any]) -> Characteristic:
    """A Group's characteristic as one of an EvidenceVariable; a period limits it in a way that is not read."""
    typed = {name: held for name, held in characteristic.items() if name.startswith("value")}
    kept = ("id", "extension", "exclude", "modifierExtension")
    rest = {name: characteristic[name] for name in kept if name in characteristic}
    limits = {"timeFromEvent": characteristic["period"]} if "period" in characteristic else {}
    return {**rest, **limits, "definitionByTypeAndValue": {"type": characteristic["code"], **typed}}


def _criterion(name: str, characteristic: Characteristic, resource: Resource, terms: Terminology) -> Criterion:
    text = statement(characteristic) or text_of(characteristic)
    node = _tree(name, characteristic, resource, terms)
    stated = stated_reading(characteristic) or StatedReading(label=text, warnings=(NOT_OURS,))
    wrong = tuple(f"not read: {problem}" for problem in problems(node, terms)[:1])
    node = Judgement(question=question(text)) if wrong else node
    return Criterion(
        id=str(characteristic.get("id", "")),
        kind=Kind.EXCLUSION if characteristic.get("exclude") is True else Kind.INCLUSION,
        text=text,
        label=stated.label,
        tree=node,
        computability="person" if wrong else stated.computability,
        reading="draft" if wrong else stated.status,
        assumptions=stated.assumptions,
        warnings=(*stated.warnings, *wrong),
        show=stated.show,
        place=stated.place,
        reviewed_by=stated.by,
        reviewed_on=stated.on,
    )


def _tree(name: str, characteristic: Characteristic, resource: Resource, terms: Terminology) -> Node:
    carried = extension(characteristic, "criterion-tree")
    if carried:
        return tree(carried)
    asked = {key: held for key, held in characteristic.items() if key != "exclude"}
    try:
        return node_of(asked, ForeignReader(dict(_links(resource)), terms))
    except Circular as link:
        raise InvalidCriteria(name, f"the characteristic {link} is defined by itself") from None


def _links(resource: Resource) -> Iterator[tuple[str, Characteristic]]:
    waiting = list(resource.get("characteristic", ()))
    while waiting:
        one = waiting.pop()
        if "linkId" in one:
            yield str(one["linkId"]), one
        waiting += members_of(one)


def _identified(read: list[Criterion], trial: str) -> list[Criterion]:
    """With ids of the trial's own form, each once: those that are none are counted, inclusion and exclusion apart."""
    taken = {one.id for one in read}
    if len(taken) == len(read) and all(one.startswith(f"{trial}-") for one in taken):
        return read
    numbers = {kind: count(1) for kind in Kind}
    letters = {Kind.INCLUSION: "I", Kind.EXCLUSION: "E"}
    return [replace(one, id=f"{trial}-{letters[one.kind]}{next(numbers[one.kind]):02}") for one in read]
