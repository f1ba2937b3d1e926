"""Who is eligible, as a definitional Group, https://hl7.org/fhir/R4/group.html.

A flat view for readers: no Group before R6 can combine characteristics, so that what is more than one bound on one
number stands in words. The EvidenceVariable has the logic; R5's Group carries it too, in ``criterion-tree``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Age, Measurement
from alsfhir.criteria.words import words
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.criterion_tree import tree_extension
from alsfhir.fhir.extension import Extension
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled, string
from alsfhir.fhir.publication import nct_identifier, title
from alsfhir.fhir.reading import (
    criteria_extensions,
    criterion_extension,
    reading_extensions,
    readings_sentence,
    statement_text,
)
from alsfhir.fhir.versions import FhirVersion, definitional
from alsfhir.terminology import UCUM
from alsfhir.trial.model import Kind, Trial

_COMPARATORS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}


def group(trial: Trial, criteria: Criteria, names: Names) -> Resource:
    """The definitional Group of a trial: one characteristic per criterion, whose ``id`` is the criterion's."""
    group: Resource = filled(
        {
            "resourceType": "Group",
            "text": _text(trial, criteria),
            "extension": criteria_extensions(criteria, names),
            "identifier": [names.identifier("Group", trial.nct_id), nct_identifier(trial)],
            "active": True,
            "type": "person",
            **definitional(names.version),
            "code": {"text": f"Eligible for {trial.nct_id}"},
            "name": f"Eligible for {trial.nct_id}: {title(trial)}",
            "characteristic": [stated_characteristic(criterion, names) for criterion in criteria.criteria],
        }
    )
    return group


def _text(trial: Trial, criteria: Criteria) -> dict[str, str]:
    return narrative(
        f"Eligible for {trial.nct_id}: {title(trial)}\nA flat view. {readings_sentence(criteria)}",
        *((c.id, "must not be" if c.kind is Kind.EXCLUSION else "must be", _label(c)) for c in criteria.criteria),
    )


def stated_characteristic(criterion: Criterion, names: Names) -> dict[str, Any]:
    """The characteristic that one criterion is."""
    return {
        "id": criterion.id,
        "extension": _logic(criterion, names),
        "code": {"text": _label(criterion)},
        **(_number(criterion) or {"valueCodeableConcept": {"text": _words(criterion)}}),
        "exclude": criterion.kind is Kind.EXCLUSION,
    }


def _logic(criterion: Criterion, names: Names) -> list[Extension | None]:
    if names.version is not FhirVersion.R5:
        return []
    return [
        tree_extension(criterion.tree, names),
        *reading_extensions(criterion, names),
        criterion_extension(criterion, names),
    ]


def _label(criterion: Criterion) -> str:
    return string(criterion.label) or statement_text(criterion)


def _words(criterion: Criterion) -> str:
    return string(words(criterion.tree)) or statement_text(criterion)


def _number(criterion: Criterion) -> dict[str, Any] | None:
    """The value if the whole tree is one number between closed bounds, or against one bound; else ``None``."""
    tree = criterion.tree
    if isinstance(tree, Age):
        return _between(tree, "years", "a")
    if isinstance(tree, Measurement) and tree.unit and tree.which == "latest":
        return _between(tree, tree.unit, tree.unit)
    return None


def _between(tree: Age | Measurement, unit: str, code: str) -> dict[str, Any] | None:
    stated = {name: getattr(tree, name) for name in _COMPARATORS if getattr(tree, name) is not None}
    if len(stated) == 1:
        ((name, bound),) = stated.items()
        return {"valueQuantity": {"comparator": _COMPARATORS[name], **_quantity(bound, unit, code)}}
    if stated.keys() == {"at_least", "at_most"}:
        low, high = (_quantity(stated[name], unit, code) for name in ("at_least", "at_most"))
        return {"valueRange": {"low": low, "high": high}}
    return None


def _quantity(value: Decimal | int, unit: str, code: str) -> dict[str, Any]:
    exact = Decimal(f"{value:f}") if isinstance(value, Decimal) else value
    return {"value": exact, "unit": unit, "system": UCUM, "code": code}
