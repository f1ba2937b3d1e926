"""The resources of a file that hold criteria, and the characteristics in each that must all be true.

Refused is what would be read wrongly, or never to its end. What the resource itself says of all of its characteristics
(a modifier, a combination that is none of ours) stands with them afterwards, so that their reader meets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from alsfhir.errors import InvalidCriteria
from alsfhir.fhir.canonical import Resource
from alsfhir.fhir.characteristic_atom import Characteristic
from alsfhir.fhir.characteristic_tree import members_of
from alsfhir.fhir.criteria_shape import malformed
from alsfhir.fhir.foreign import MOST
from alsfhir.fhir.stated_reading import extension

DEEPEST = 50

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_WHOLE = ("modifierExtension", "implicitRules", "_implicitRules")
_STATUS = {
    "retired": "is retired: its publisher stands for it no longer",
    "draft": "is a draft of its publisher",
    "unknown": "does not say whether its publisher stands for it",
}


def criteria_resources(name: str, resource: Resource) -> list[Resource]:
    """The EvidenceVariables; without one, the Groups. Raises InvalidCriteria."""
    try:
        resources = list(_resources(resource))
        variables = [one for one in resources if one["resourceType"] == "EvidenceVariable"]
        found = variables or [one for one in resources if one["resourceType"] == "Group"]
    except (AttributeError, KeyError, TypeError):
        raise InvalidCriteria(name, "it is no FHIR resource") from None
    if not found:
        raise InvalidCriteria(name, "it has neither an EvidenceVariable nor a Group")
    if len(found) > MOST:
        raise InvalidCriteria(name, f"it has more than {MOST} sets of criteria")
    for one in found:
        _refuse(name, one)
    return found


def reference(resource: Resource) -> str:
    """What messages call a resource: its type, and its id if it has one."""
    given = str(resource.get("id"))
    return f"{resource['resourceType']}/{given}" if "id" in resource and _ID.fullmatch(given) else _type(resource)


def doubts(resource: Resource) -> tuple[str, ...]:
    """Why the publisher may not stand for the resource as a whole, a sentence each."""
    status = resource.get("status", "active")
    said = [] if status == "active" else [_STATUS.get(status, "has a status that FHIR does not have")]
    said += ["was made to try something out, not for use"] if resource.get("experimental") is True else []
    said += ["is no longer in use"] if resource.get("active") is False else []
    return tuple(f"the {_type(resource)} {each}" for each in said)


def characteristics(resource: Resource) -> list[Characteristic]:
    """Those that must all be true, one for all of them where they are combined otherwise."""
    listed = list(resource.get("characteristic", ()))
    combined = resource.get("characteristicCombination", "intersection"), None
    if resource["resourceType"] == "Group":
        listed = [of_group(one) for one in listed]
        combined = resource.get("combinationMethod", "all-of"), resource.get("combinationThreshold")
    whole = {"modifierExtension": [resource[name] for name in _WHOLE if name in resource]}
    return [{**one, **whole} if whole["modifierExtension"] else one for one in _joined(resource, listed, *combined)]


def of_group(characteristic: dict[str, Any]) -> Characteristic:
    """A Group's characteristic as one of an EvidenceVariable; what limits it, such as a period, stands beside."""
    typed = {name: held for name, held in characteristic.items() if name.startswith("value")}
    rest = {name: held for name, held in characteristic.items() if name != "code" and name not in typed}
    return {**rest, "definitionByTypeAndValue": {"type": characteristic["code"], **typed}}


def _resources(resource: Resource) -> Iterator[Resource]:
    if resource["resourceType"] != "Bundle":
        yield resource
        return
    for entry in resource.get("entry", ()):
        if "resource" in entry:
            yield entry["resource"]


def _type(resource: Resource) -> str:
    return str(resource["resourceType"])


def _refuse(name: str, resource: Resource) -> None:
    where = reference(resource)
    try:
        problem = _unlike(resource) or _too_much(resource) or malformed(resource)
    except RecursionError:
        problem = f"its characteristics are nested more than {DEEPEST} levels deep"
    if problem:
        raise InvalidCriteria(name, problem if where == _type(resource) else f"{where}: {problem}")


def _unlike(resource: Resource) -> str | None:
    """Why a resource holds no criteria for patients."""
    if resource.get("status") == "entered-in-error":
        return f"the {_type(resource)} was entered in error"
    if _type(resource) == "EvidenceVariable":
        return None
    if "membership" not in resource:
        return "a Group of R4 or R4B has no logic; give the EvidenceVariable, or a Group of R5"
    if resource["membership"] != "definitional":
        return "the Group lists its members; criteria are in a definitional one"
    return None if resource.get("type", "person") == "person" else "the Group is not one of people"


def _too_much(resource: Resource) -> str | None:
    """How it is too large or too deep; what is malformed is not followed."""
    level, depth, number = [resource], 0, -1
    while level:
        depth, number = depth + 1, number + len(level)
        if number > MOST:
            return f"it has more than {MOST} characteristics"
        if depth > DEEPEST + 1:
            return f"its characteristics are nested more than {DEEPEST} levels deep"
        level = [member for one in level for member in _below(one)]
    return None


def _below(element: Any) -> list[Any]:
    if not isinstance(element, dict):
        return []
    combination = element.get("definitionByCombination", element)
    listed = combination.get("characteristic", ()) if isinstance(combination, dict) else ()
    return list(listed) if isinstance(listed, list | tuple) else []


def _joined(resource: Resource, listed: list[Characteristic], code: str, threshold: int | None) -> list[Characteristic]:
    """R4B combines by union or intersection; a Group after R5 by a code, as a characteristic of R5 does."""
    joined = {"intersection": "all-of", "union": "any-of"}.get(code, code)
    plain = not {"_characteristicCombination", "_combinationMethod"} & set(resource) and threshold is None
    if joined == "all-of" and plain:
        return [*_of_code(resource), *_without_absent(resource, listed)]
    if joined == "any-of" and plain and len(listed) < 2:
        return [*_of_code(resource), *listed]
    combination = {"code": joined if plain or threshold is not None else "unknown", "characteristic": listed}
    limit = {} if threshold is None else {"threshold": threshold}
    return [*_of_code(resource), {"definitionByCombination": {**combination, **limit}}]


def _of_code(resource: Resource) -> list[Characteristic]:
    """What a Group of another's is of, which limits it as a characteristic does."""
    if _type(resource) != "Group" or "code" not in resource or extension(resource, "criteria"):
        return []
    return [{"definitionCodeableConcept": resource["code"]}]


def _without_absent(resource: Resource, listed: list[Characteristic]) -> list[Characteristic]:
    """What stands there for a trial of ours without statements is none itself."""
    empty = len(listed) == 1 and extension(resource, "criteria") and not extension(listed[0], "reading")
    return [] if empty else listed


def links(listed: list[Characteristic]) -> dict[str, Characteristic]:
    """The characteristics by link id, at any depth; without those whose link id several have."""
    waiting, found, several = list(listed), dict[str, Characteristic](), set[str]()
    while waiting:
        one = waiting.pop()
        link = str(one.get("linkId"))
        if "linkId" in one and found.setdefault(link, one) is not one:
            several.add(link)
        waiting += members_of(one)
    return {link: one for link, one in found.items() if link not in several}
