"""The ClinicalTrials.gov record in JSON, version 2: https://clinicaltrials.gov/data-api/about-api/study-data-structure."""

from __future__ import annotations

from collections.abc import Iterator

from alsfhir.trial.found import Found, passages
from alsfhir.trial.json_leaves import Leaf, Step, decoded, leaves
from alsfhir.trial.record_fields import FIELDS, IMPLIED, LEFT_OUT, Conversion
from alsfhir.trial.statements import eligibility

NAME = "clinicaltrials.gov-v2"
BETWEEN = "JSON structure"

_PROTOCOL = "protocolSection."
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_VERIFIED = "statusModule.statusVerifiedDate"
_UPDATED = "statusModule.lastUpdatePostDateStruct.date"

Numbers = dict[str, dict[tuple[Step, ...], int]]


def found(text: str) -> tuple[Found, ...]:
    """What each value of the record says; of a key that stands twice in one object, the last."""
    places = {leaf.path: leaf for leaf in leaves(text)}
    fields = dict(FIELDS)
    if not any(leaf.pattern.endswith(_UPDATED) for leaf in places.values()):
        fields[_VERIFIED] = ("recruitment.as_of", fields[_UPDATED][1])
    numbers: Numbers = {}
    result: list[Found] = []
    for leaf in places.values():
        element = leaf.pattern.partition(_PROTOCOL)[2]
        if element == _CRITERIA and isinstance(leaf.value, str):
            result += _criteria(text, leaf)
        elif element in fields and leaf.value is not None:
            result += _field(leaf, *fields[element], numbers)
        else:
            result.append(Found(leaf.start, leaf.end, left_out=_reason(leaf)))
    return tuple(result)


def _field(leaf: Leaf, template: str, conversion: Conversion, numbers: Numbers) -> Iterator[Found]:
    value = None if leaf.value is None else conversion(leaf.value)
    if value is None:
        yield _unread(leaf)
        return
    path = leaf.path[leaf.path.index("protocolSection") + 1 :]
    field, prefix = _numbered(template, path, numbers)
    implied = IMPLIED.get(leaf.pattern.partition(_PROTOCOL)[2].rpartition(".")[0])
    if implied and prefix:
        yield Found(leaf.start, leaf.start, f"{prefix}.{implied[0]}", implied[1])
    yield Found(leaf.start, leaf.end, field, value)


def _numbered(template: str, path: tuple[Step, ...], numbers: Numbers) -> tuple[str, str]:
    """The template with the numbers of the members that the path leads to, and the member's path if it is a new one.

    Members are numbered in the order in which something of them is read, so that lists of the record that make one
    list of the Trial follow each other, and empty members leave no hole.
    """
    first, *others = template.split("[]")
    containers = [path[: n + 1] for n, step in enumerate(path) if isinstance(step, int)] or [path[:-1]]
    field, prefix, fresh = first, "", False
    for container, rest in zip(containers, others, strict=False):
        members = numbers.setdefault(field, {})
        fresh = container not in members
        prefix = f"{field}[{members.setdefault(container, len(members))}]"
        field = prefix + rest
    return field, prefix if fresh else ""


def _unread(leaf: Leaf) -> Found:
    if leaf.value in ("NA", "N/A", "") or not str(leaf.value).strip():
        return Found(leaf.start, leaf.end, left_out="no value")
    element = leaf.pattern.rpartition(".")[2]
    return Found(
        leaf.start, leaf.end, left_out="in a form that is not read", warning=f"{element} {leaf.value!r} is not read"
    )


def _reason(leaf: Leaf) -> str:
    path = leaf.pattern
    if leaf.value is None:
        return "no value"
    reasons = (reason for part, reason in LEFT_OUT if f".{path}".find(f".{part.lstrip('.')}") >= 0)
    return next(reasons, f"not used in this version: {path}")


def _criteria(text: str, leaf: Leaf) -> Iterator[Found]:
    """The partition of the eligibility text, its places moved to the escaped text of the record."""
    criteria, places = decoded(text[leaf.start : leaf.end])
    statements = eligibility(criteria)
    stated = {f.start: f for f in statements if f.field}
    for passage in passages(criteria, statements):
        start, end = leaf.start + places[passage.span.start], leaf.start + places[passage.span.end]
        original = stated.get(passage.span.start) if passage.field else None
        value, warning = (original.value, original.warning) if original else (None, None)
        yield Found(start, end, passage.field, value, passage.left_out, warning)
