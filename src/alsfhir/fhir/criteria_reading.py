"""Criteria read back from FHIR: from an EvidenceVariable of any version, or a definitional Group of R5, ours or not.

Ours give the very criteria that they were made from. Of what somebody changed in them, and of another's, what cannot be
read becomes a judgement with its text; and nobody stands for the reading, so that every criterion is a draft.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

import msgspec

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Judgement, Node
from alsfhir.criteria.tree import problems, size
from alsfhir.criteria.version import criteria_version, version_without_schedule
from alsfhir.errors import InvalidCriteria
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.characteristic_atom import Characteristic
from alsfhir.fhir.characteristic_tree import known, node_of
from alsfhir.fhir.criteria_resources import (
    DEEPEST,
    characteristics,
    criteria_resources,
    doubts,
    links,
    of_group,
    reference,
)
from alsfhir.fhir.criterion_tree import NAME as TREE
from alsfhir.fhir.criterion_tree import tree
from alsfhir.fhir.evidence_variable import stated_characteristic
from alsfhir.fhir.foreign import MOST, Circular, ForeignReader, TooMany
from alsfhir.fhir.foreign_text import question, text_of
from alsfhir.fhir.group import stated_characteristic as stated_in_group
from alsfhir.fhir.primitives import filled
from alsfhir.fhir.stated_reading import StatedReading, extension, stated_reading, statement, value
from alsfhir.fhir.unchanged import same
from alsfhir.fhir.versions import FhirVersion
from alsfhir.terminology import Terminology
from alsfhir.trial.model import Kind, Recruitment

LONGEST_NAME = 100
NOT_OURS = "read from FHIR that does not say who stands for the reading: a person has to check it"
CHANGED = "what is read is not what was published under this version: a person has to check what differs"
DAMAGED = "not read: what stands there is no criterion that can be decided here"
OTHERWISE = "not read: what stands beside our criterion tree is not what the tree says"

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
    resources = criteria_resources(name, resource)
    found = tuple(_criteria(name, one, terms) for one in resources)
    trial, times = Counter(one.trial for one in found).most_common(1)[0]
    if times > 1:
        several = ", ".join(reference(one) for one, read in zip(resources, found, strict=True) if read.trial == trial)
        raise InvalidCriteria(name, f"it has several of {trial!r} ({several}): give the one that is meant")
    return found


def _criteria(name: str, resource: Resource, terms: Terminology) -> Criteria:
    trial = _trial(resource)
    held = extension(resource, "criteria")
    criteria = _read(name, resource, ForeignReader(links(characteristics(resource)), terms), trial)
    if not criteria and not held:
        raise InvalidCriteria(name, f"{reference(resource)} has no characteristic")
    condition, stated = value(held, "condition"), value(held, "version")
    version = criteria_version(condition, criteria)
    vouched = stated is not None or any(one.reading != "draft" for one in criteria)
    unchanged = stated is not None and version_without_schedule(stated) == version
    changed = (CHANGED,) if vouched and not unchanged else ()
    if changed and not criteria:
        raise InvalidCriteria(name, f"{reference(resource)} has no characteristic, and had some when it was published")
    doubted = (*changed, *doubts(resource))
    return Criteria(
        trial=trial,
        title=str(resource.get("title") or resource.get("name") or trial).rpartition(f"{trial}: ")[2],
        recruitment=_recruitment(resource),
        condition=condition,
        criteria=tuple(_sound(_doubted(one, doubted), terms) for one in criteria),
        version=stated if unchanged else version,
        from_document=extension(resource, "source").get("valueCode") == "document",
    )


def _read(name: str, resource: Resource, reader: ForeignReader, trial: str) -> tuple[Criterion, ...]:
    try:
        read = [_criterion(one, resource, reader) for one in characteristics(resource)]
    except Circular as link:
        raise InvalidCriteria(name, f"{reference(resource)}: the characteristic {link} is defined by itself") from None
    except TooMany:
        many = f"its definitions by link id unfold into more than {MOST} characteristics"
        raise InvalidCriteria(name, f"{reference(resource)}: {many}") from None
    kept = _identified(read, trial)
    return tuple(each for kind in Kind for each in kept if each.kind is kind)


def _trial(resource: Resource) -> str:
    """Its NCT id; where it has none, what it is called."""
    values = [str(identifier.get("value")) for identifier in resource.get("identifier", ())]
    for found in (*map(_NCT.fullmatch, values), *map(_NCT.search, (*values, str(resource.get("url"))))):
        if found:
            return found.group()
    names = (str(resource.get(name, "")) for name in ("name", "id"))
    shown = ("".join(filter(str.isprintable, name)).strip()[:LONGEST_NAME] for name in names)
    return next(filter(None, shown), str(resource["resourceType"]))


def _recruitment(resource: Resource) -> Recruitment:
    held = extension(resource, "registry-status")
    return Recruitment(value(held, "status") or "unknown", value(held, "as-of"))


def _criterion(characteristic: Characteristic, resource: Resource, reader: ForeignReader) -> Criterion:
    """One criterion; by its text for a person, where our extensions were damaged. Raises Circular and TooMany."""
    plain = {key: held for key, held in characteristic.items() if key != "exclude"}
    text = text_of(plain)
    try:
        read = _stated(characteristic, _tree(plain, reader), text)
    except (Circular, TooMany):
        raise
    except _MALFORMED:
        unread = {key: held for key, held in characteristic.items() if key != "extension"}
        return _judged(_stated(unread, Judgement(question=""), text), text, DAMAGED)
    carried = extension(characteristic, TREE)
    if not carried or not known(read.tree) or same(characteristic, _written(read, resource, str(carried["url"]))):
        return read
    return _judged(read, text, OTHERWISE)


def _tree(plain: Characteristic, reader: ForeignReader) -> Node:
    carried = extension(plain, TREE)
    node = tree(carried) if carried else node_of(plain, reader)
    levels, nodes = size(node)
    if levels > 2 * DEEPEST or nodes > MOST:
        raise ValueError(f"not a criterion tree: {levels} levels, {nodes} nodes")
    return node


def _stated(characteristic: Characteristic, node: Node, text: str) -> Criterion:
    """The criterion as far as it is stated who stands for it; with this text if it says none."""
    said = statement(characteristic) or text
    stated = stated_reading(characteristic) or StatedReading(label=said, warnings=(NOT_OURS,))
    return Criterion(
        id=str(characteristic.get("id", "")),
        kind=Kind.EXCLUSION if characteristic.get("exclude") is True else Kind.INCLUSION,
        text=said,
        label=stated.label,
        tree=node,
        computability=stated.computability,
        reading=stated.status,
        assumptions=stated.assumptions,
        warnings=stated.warnings,
        show=stated.show,
        place=stated.place,
        reviewed_by=stated.by,
        reviewed_on=stated.on,
    )


def _written(criterion: Criterion, resource: Resource, url: str) -> Mapping[str, Any]:
    """The criterion as we would write it where its tree is in our extension of that address."""
    base = url.removesuffix(f"/StructureDefinition/{TREE}")
    if resource["resourceType"] == "Group":
        return of_group(filled(stated_in_group(criterion, Names(base, FhirVersion.R5))))
    written: Characteristic = filled(stated_characteristic(criterion, Names(base)))
    return written


def _judged(criterion: Criterion, text: str, warning: str) -> Criterion:
    """The criterion for a person to decide, by its text."""
    judgement = Judgement(question=question(text))
    return replace(_doubted(criterion, (warning,)), tree=judgement, computability="person")


def _doubted(criterion: Criterion, warnings: tuple[str, ...]) -> Criterion:
    """The criterion as a draft, if there is a reason."""
    return replace(criterion, reading="draft", warnings=(*criterion.warnings, *warnings)) if warnings else criterion


def _sound(criterion: Criterion, terms: Terminology) -> Criterion:
    """The criterion, for a person if its tree cannot be decided here."""
    wrong = problems(criterion.tree, terms)[:1]
    return _judged(criterion, criterion.text, f"not read: {wrong[0]}") if wrong else criterion


def _identified(read: list[Criterion], trial: str) -> list[Criterion]:
    """With ids of the trial's own form, each once: those that are none are counted, inclusion and exclusion apart."""
    taken = {one.id for one in read}
    own = re.compile(rf"{re.escape(trial)}-[A-Za-z0-9-]{{1,40}}")
    if len(taken) == len(read) and all(map(own.fullmatch, taken)):
        return read
    numbers = {kind: count(1) for kind in Kind}
    letters = {Kind.INCLUSION: "I", Kind.EXCLUSION: "E"}
    return [replace(one, id=f"{trial}-{letters[one.kind]}{next(numbers[one.kind]):02}") for one in read]
