"""A criterion tree in one line of English, for tables, narratives and documentation."""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from alsfhir.criteria.model import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Device,
    Drug,
    Duration,
    Judgement,
    Measurement,
    Node,
    Not,
    Nutrition,
    OtherTrial,
    Pregnancy,
    Procedure,
    Qualitative,
    Recorded,
    Sex,
    TimeSince,
)
from alsfhir.criteria.tree import nodes
from alsfhir.terminology import terminology


def words(tree: Node) -> str:
    """The tree as one line: ``age at least 18 and at most 75 years``. Deterministic, without a full stop."""
    return _said(tree)


def decided_by(tree: Node) -> str:
    """Who decides, by the leaves of the tree as it is read: ``the record``, ``a person``, or both."""
    leaves = [node for node in nodes(tree) if not isinstance(node, AllOf | AnyOf | Not)]
    for_people = sum(isinstance(leaf, Judgement | Attestation) for leaf in leaves)
    if not for_people:
        return "the record"
    return "a person" if for_people == len(leaves) else "the record and a person"


def duration(length: Duration) -> str:
    """A calendar length in words: ``2 years``, ``1 month``, ``1 year 6 months``."""
    parts = ((length.years, "year"), (length.months, "month"), (length.weeks, "week"), (length.days, "day"))
    return " ".join(f"{n} {unit}{'s' * (n != 1)}" for n, unit in parts if n) or "0 days"


def number(value: Decimal | int) -> str:
    """A bound as written: ``18.5``, never in powers of ten."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@singledispatch
def _said(node: object) -> str:
    raise TypeError(f"{type(node).__name__} is no node of a criterion tree")


@_said.register
def _(node: AllOf) -> str:
    return " and ".join(_member(member) for member in node.of)


@_said.register
def _(node: AnyOf) -> str:
    return " or ".join(_member(member) for member in node.of)


@_said.register
def _(node: Not) -> str:
    if isinstance(node.of, Sex):
        return f"sex is not {' or '.join(node.of.among)}"
    return f"not {_member(node.of)}"


def _member(node: Node) -> str:
    """A member of a combination: in brackets where its own words would run into the others."""
    return f"({words(node)})" if isinstance(node, AllOf | AnyOf | Judgement | Attestation) else words(node)


@_said.register
def _(node: Age) -> str:
    return f"age {_bounds(node)} years"


@_said.register
def _(node: Sex) -> str:
    return f"sex is {' or '.join(node.among)}"


@_said.register
def _(node: Measurement) -> str:
    every = "every value of " if node.which == "every" else ""
    return f"{every}{_label(node.concept)} {_bounds(node)} {_unit(node)}"


@_said.register
def _(node: Qualitative) -> str:
    return f"{_label(node.concept)} {node.result}"


@_said.register
def _(node: Category) -> str:
    review = f" ({_values(node, node.review)} is for a person to judge)" if node.review else ""
    return f"{_label(node.concept)} {_values(node, node.among)}{review}"


@_said.register
def _(node: Condition) -> str:
    severity = f"{node.severity} or worse" if node.severity in ("mild", "moderate") else node.severity or ""
    label = f"{severity} {_label(node.concept)}".strip()
    began = f"onset of {label}" if node.began else label
    said = _timed(f"{began} at {_label(node.site)}" if node.site else began, node.when, node.within, node.until)
    times = f", at least {node.at_least} times" if node.at_least > 1 else ""
    during = f", while taking {_label(node.overlapping)}" if node.overlapping else ""
    return f"{said}{_without(node.minus)}{times}{during}"


@_said.register
def _(node: Procedure) -> str:
    if node.when == "planned":
        return f"{_label(node.concept)} planned{_without(node.minus)}"
    undone = f", unless undone by {_label(node.undone_by)}" if node.undone_by else ""
    return f"{_timed(_label(node.concept), node.when, node.within)}{_without(node.minus)}{undone}"


@_said.register
def _(node: Device) -> str:
    return f"{_label(node.concept)} {'in use' if node.when == 'current' else 'ever in use'}"


@_said.register
def _(node: Drug) -> str:
    label = f"systemic {_label(node.concept)}" if node.systemic else _label(node.concept)
    if node.unchanged_for is not None:
        said = f"{label} taken unchanged for at least {duration(node.unchanged_for)}"
    else:
        said = _timed(f"treatment with {label}", node.when, node.within, node.until)
    return f"{said}{_without(node.minus)}"


@_said.register
def _(node: Nutrition) -> str:
    return f"{_label(node.concept)} ordered"


@_said.register
def _(node: Allergy) -> str:
    reaction = f"{node.severity} allergic reaction to {_label(node.concept) if node.concept else 'anything'}"
    return " or ".join([reaction, *(f"{_label(concept)} at any time" for concept in node.conditions)])


@_said.register
def _(node: OtherTrial) -> str:
    return f"took part in another trial within the last {duration(node.within)}" if node.within else "in another trial"


@_said.register
def _(node: TimeSince) -> str:
    return f"{node.event} of {_label(node.concept)} {_bounds(node)} ago"


@_said.register
def _(_node: Pregnancy) -> str:
    return "pregnant"


@_said.register
def _(_node: Breastfeeding) -> str:
    return "breastfeeding"


@_said.register
def _(node: Recorded) -> str:
    return f"{_recorded(node.concept)} on record"


@_said.register
def _(node: Judgement) -> str:
    asked = f"a person judges: {node.question}"
    return f"if {words(node.when)}, {asked}" if node.when is not None else asked


@_said.register
def _(node: Attestation) -> str:
    consent = " (or a research consent to this trial on record)" if node.consent else ""
    return f"asked at enrolment: {node.question}{consent}"


def _bounds(node: Age | Measurement | TimeSince) -> str:
    sides = (
        ("at least", node.at_least),
        ("more than", node.more_than),
        ("at most", node.at_most),
        ("less than", node.less_than),
    )
    return " and ".join(
        f"{side} {duration(bound) if isinstance(bound, Duration) else number(bound)}"
        for side, bound in sides
        if bound is not None
    )


def _unit(node: Measurement) -> str:
    if node.times_upper_limit:
        return "times its upper limit of normal"
    concept = terminology().concepts.get(node.concept)
    if concept is not None and concept.unit == node.unit and concept.unit_label:
        return concept.unit_label
    return node.unit or ""


def _values(node: Category, codes: tuple[str, ...]) -> str:
    concept = terminology().concepts.get(node.concept)
    known = [(concept.value(code) if concept else None, code) for code in codes]
    return " or ".join(value.display if value else code for value, code in known)


def _label(concept: str) -> str:
    known = terminology().concepts.get(concept)
    return known.label if known else concept


def _recorded(concept: str) -> str:
    known = terminology().concepts.get(concept)
    return f"positive {known.label}" if known and known.file == "observations" else _label(concept)


def _timed(name: str, when: str, within: Duration | None, until: Duration | None = None) -> str:
    if within is not None and until is not None:
        return f"{name} within the {duration(within)} that ended {duration(until)} ago"
    if within is not None:
        return f"{name} within the last {duration(within)}"
    return f"current {name}" if when == "current" else f"{name} at any time"


def _without(concepts: tuple[str, ...]) -> str:
    return f", not counting {' and '.join(_label(concept) for concept in concepts)}" if concepts else ""
