"""All trees that differ from a criterion tree in one thing: a bound, an operator, a window, a concept, a qualifier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from alsfhir.criteria.model import (
    AllOf,
    AnyOf,
    Category,
    Condition,
    Duration,
    Judgement,
    Measurement,
    Node,
    Not,
    Procedure,
)
from alsfhir.criteria.tree import problems
from alsfhir.terminology import Terminology

_OTHER = {
    "at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most",
}  # fmt: skip
_UPSIDE_DOWN = {
    "at_least": "at_most", "more_than": "less_than", "at_most": "at_least", "less_than": "more_than",
}  # fmt: skip
# What one word of a node is replaced by; a flag or an optional part is left out.
_WORDS = {
    "current": ("ever",), "ever": ("current",), "planned": ("ever",), "latest": ("every",), "every": ("latest",),
    "positive": ("negative",), "negative": ("positive",), "onset": ("diagnosis",), "diagnosis": ("onset",),
}  # fmt: skip
_SEVERITIES = ("mild", "moderate", "severe")
_DROPPED = ("systemic", "began", "consent", "undone_by", "site", "overlapping", "until", "unchanged_for", "within")
_LISTS = ("minus", "among", "review", "conditions")
_STEPS = {
    "months": (Duration(months=1), Duration(days=1)),
    "years": (Duration(months=1), Duration(days=1)),
    "weeks": (Duration(weeks=1), Duration(days=1)),
    "days": (Duration(weeks=1), Duration(days=1)),
}  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """One changed tree: which kind of change (``bound``, ``operator``, ``window``, ``concept``, …), and which."""

    kind: str
    what: str
    tree: Node


def mutations(tree: Node, terms: Terminology) -> Iterator[Mutation]:
    """Every tree with one change that a mapping file could hold, each once."""
    seen = {tree}
    for one in _everywhere(tree, terms):
        if one.tree not in seen and not problems(one.tree, terms):
            seen.add(one.tree)
            yield one


def _everywhere(node: Node, terms: Terminology) -> Iterator[Mutation]:
    """The changes of a node, and of each node below it, put into their place."""
    yield from _changes(node, terms)
    match node:
        case AllOf() | AnyOf():
            for at, member in enumerate(node.of):
                for one in _everywhere(member, terms):
                    changed = (*node.of[:at], one.tree, *node.of[at + 1 :])
                    yield Mutation(one.kind, one.what, type(node)(of=changed))
        case Not():
            yield from (Mutation(one.kind, one.what, Not(of=one.tree)) for one in _everywhere(node.of, terms))
        case Judgement() if node.when is not None:
            for one in _everywhere(node.when, terms):
                yield Mutation(one.kind, one.what, msgspec.structs.replace(node, when=one.tree))


def _changes(node: Node, terms: Terminology) -> Iterator[Mutation]:
    match node:
        case AllOf() | AnyOf():
            yield from _combined(node)
        case Not():
            yield Mutation("operator", "not dropped", node.of)
        case Judgement():
            if node.when is not None:
                yield Mutation("operator", f"when of {node.question!r} dropped", _with(node, when=None))
        case _:
            yield from _bounds(node)
            yield from _times(node)
            yield from _qualifiers(node)
            yield from _concepts(node, terms)


def _combined(node: AllOf | AnyOf) -> Iterator[Mutation]:
    other = AnyOf if isinstance(node, AllOf) else AllOf
    yield Mutation("operator", f"{_tag(node)} made {_tag(other(of=node.of))}", other(of=node.of))
    for at, member in enumerate(node.of):
        rest = (*node.of[:at], *node.of[at + 1 :])
        without = rest[0] if len(rest) == 1 else type(node)(of=rest)
        yield Mutation("operator", f"{_named(member)} left out of {_tag(node)}", without)


def _bounds(node: Any) -> Iterator[Mutation]:
    for name in _OTHER:
        bound = getattr(node, name, None)
        if bound is None or (isinstance(node, Condition) and bound == 1):
            continue
        said = f"{_named(node)}: {name.replace('_', '-')}"
        for beside in _beside(bound):
            yield Mutation("bound", f"{said} made {_said(beside)}", _with(node, **{name: beside}))
        if not isinstance(node, Condition):
            for swap in (_OTHER, _UPSIDE_DOWN):
                changed = _with(node, **{name: None, swap[name]: bound})
                yield Mutation("operator", f"{said} made {swap[name].replace('_', '-')}", changed)
            yield Mutation("operator", f"{said} dropped", _with(node, **{name: None}))


def _beside(bound: Any) -> Iterator[Any]:
    """A bound one step lower and one step higher: of its last digit, a month, a week or a day."""
    if isinstance(bound, Duration):
        units = [unit for unit in _STEPS if getattr(bound, unit)]
        for step in dict.fromkeys(step for unit in units for step in _STEPS[unit]):
            yield from (_longer(bound, step, sign) for sign in (1, -1))
    else:
        last_digit = Decimal(1).scaleb(int(bound.as_tuple().exponent)) if isinstance(bound, Decimal) else 1
        yield bound - last_digit
        yield bound + last_digit


def _longer(length: Duration, step: Duration, sign: int) -> Duration:
    names = ("years", "months", "weeks", "days")
    return Duration(**{name: getattr(length, name) + sign * getattr(step, name) for name in names})


def _times(node: Any) -> Iterator[Mutation]:
    for name in ("within", "until", "unchanged_for"):
        length = getattr(node, name, None)
        for other in () if length is None else _beside(length):
            said = f"{_named(node)}: {name.replace('_', '-')} made {_said(other)}"
            yield Mutation("window", said, _with(node, **{name: other}))


def _qualifiers(node: Any) -> Iterator[Mutation]:
    for name in _DROPPED:
        if getattr(node, name, None):
            empty = False if isinstance(getattr(node, name), bool) else None
            kind = "window" if name in ("until", "unchanged_for", "within") else "qualifier"
            yield Mutation(kind, f"{_named(node)}: {name.replace('_', '-')} dropped", _with(node, **{name: empty}))
    for name in _LISTS:
        for one in getattr(node, name, ()):
            rest = tuple(other for other in getattr(node, name) if other != one)
            yield Mutation("qualifier", f"{_named(node)}: {one} taken out of {name}", _with(node, **{name: rest}))
    for name in ("when", "which", "result", "event"):
        unused = name == "when" and getattr(node, "within", None) is not None
        for other in () if unused else _WORDS.get(getattr(node, name, ""), ()):
            yield Mutation("operator", f"{_named(node)}: {name} made {other}", _with(node, **{name: other}))
    if isinstance(node, Procedure) and node.when != "planned" and node.within is None:
        yield Mutation("operator", f"{_named(node)}: when made planned", _with(node, when="planned"))
    for other in _SEVERITIES if getattr(node, "severity", None) else ():
        yield Mutation("qualifier", f"{_named(node)}: severity made {other}", _with(node, severity=other))
    if isinstance(node, Condition) and node.severity:
        yield Mutation("qualifier", f"{_named(node)}: severity dropped", _with(node, severity=None))


def _concepts(node: Any, terms: Terminology) -> Iterator[Mutation]:
    name = getattr(node, "concept", None)
    if name is None:
        return
    known = terms.concept(name)
    for neighbour in _neighbours(node, name, terms):
        unit = {"unit": terms.concept(neighbour).unit} if getattr(node, "unit", None) else {}
        yield Mutation("concept", f"{name} made {neighbour}", _with(node, concept=neighbour, **unit))
    if isinstance(node, Measurement) and node.times_upper_limit:
        changed = _with(node, times_upper_limit=False, unit=known.unit)
        yield Mutation("qualifier", f"{_named(node)}: times-upper-limit dropped", changed)


def _neighbours(node: Any, name: str, terms: Terminology) -> tuple[str, ...]:
    """The concepts before and after this one in its file that the node could ask for just as well."""
    measured = isinstance(node, Measurement)
    alike = [
        other
        for other, concept in terms.concepts.items()
        if concept.file == terms.concept(name).file and (not measured or concept.unit is not None)
    ]
    at = alike.index(name)
    near = (*alike[max(at - 1, 0) : at], *alike[at + 1 : at + 2])
    if isinstance(node, Category):
        return ()
    return near


def _with(node: Any, **changed: Any) -> Any:
    return msgspec.structs.replace(node, **changed)


def _tag(node: Node) -> str:
    return str(node.__struct_config__.tag)


def _named(node: Any) -> str:
    concept = getattr(node, "concept", None)
    return f"{_tag(node)} {concept}" if concept else _tag(node)


def _said(value: Any) -> str:
    if not isinstance(value, Duration):
        return str(value)
    return " ".join(f"{n} {unit}" for unit, n in msgspec.structs.asdict(value).items() if n)
