"""The criteria of a trial as EvidenceVariable, https://hl7.org/fhir/R5/evidencevariable.html.

R5 has elements for the logic of a statement (``characteristic``). R4 and R4B have none, so that there each
characteristic carries its tree in our extension ``criterion-tree``, beside the verbatim text and the tree in words.
"""

from __future__ import annotations

from typing import Any

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.words import decided_by, words
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.characteristic import bracketed, characteristic, linked
from alsfhir.fhir.criterion_tree import tree_extension
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled, string
from alsfhir.fhir.publication import nct_identifier, publication_date, recruitment_sentence, related_artifacts, title
from alsfhir.fhir.reading import (
    NO_STATEMENT,
    criteria_extensions,
    reading_extensions,
    readings_sentence,
    statement_text,
)
from alsfhir.fhir.target_condition import use_context
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.model import Kind, Trial

_FRAME: dict[FhirVersion, dict[str, Any]] = {
    FhirVersion.R4: {"type": "dichotomous"},
    FhirVersion.R4B: {"characteristicCombination": "intersection"},
    FhirVersion.R5: {},
}


def evidence_variable(trial: Trial, criteria: Criteria, names: Names) -> Resource:
    """The EvidenceVariable of a trial: one characteristic per criterion, whose ``id`` is the criterion's.

    ``version`` is the version of the criteria. R4 demands a characteristic: without criteria there is one that says so.
    """
    variable: Resource = filled(
        {
            "resourceType": "EvidenceVariable",
            "text": _text(trial, criteria),
            "extension": criteria_extensions(criteria, names),
            "url": names.canonical("EvidenceVariable", trial.nct_id),
            "identifier": [nct_identifier(trial)],
            "version": criteria.version,
            "name": f"{trial.nct_id}Criteria",
            "title": f"Eligibility criteria of {trial.nct_id}: {title(trial)}",
            "status": "active",
            "date": publication_date(criteria.recruitment),
            "description": f"Each characteristic is one statement of the trial. {readings_sentence(criteria)}",
            "useContext": use_context(criteria.condition),
            "relatedArtifact": related_artifacts(trial, names.version),
            **_FRAME[names.version],
            "characteristic": [stated_characteristic(criterion, names) for criterion in criteria.criteria]
            or [_absent()],
        }
    )
    return variable


def stated_characteristic(criterion: Criterion, names: Names) -> dict[str, Any]:
    """The characteristic that one criterion is."""
    in_words = string(words(criterion.tree)) or statement_text(criterion)
    said = {
        "id": criterion.id,
        "description": statement_text(criterion),
        "exclude": criterion.kind is Kind.EXCLUSION,
    }
    readings = reading_extensions(criterion, names)
    if names.version is FhirVersion.R5:
        logic = bracketed(characteristic(criterion.tree, names), names)
        extensions = [*readings, *logic.get("extension", ())]
        note = [{"text": f"Read as: {in_words}"}]
        return linked({**logic, **said, "extension": extensions, "note": note}, criterion.id)
    extensions = [tree_extension(criterion.tree, names), *readings]
    return {**said, "extension": extensions, "definitionCodeableConcept": {"text": in_words}}


def _absent() -> dict[str, Any]:
    return {"description": NO_STATEMENT, "definitionCodeableConcept": {"text": NO_STATEMENT}}


def _text(trial: Trial, criteria: Criteria) -> dict[str, str]:
    heading = f"Eligibility criteria of {trial.nct_id}: {title(trial)}\n{recruitment_sentence(criteria.recruitment)}"
    return narrative(
        f"{heading}\n{readings_sentence(criteria)}",
        *(
            (
                criterion.id,
                criterion.kind,
                statement_text(criterion),
                _read_as(criterion),
                decided_by(criterion.tree),
            )
            for criterion in criteria.criteria
        ),
        header=("Criterion", "Kind", "Statement", "Read as", "Decided by"),
    )


def _read_as(criterion: Criterion) -> str:
    remarks = [
        *(f"Assumed: {text}" for text in criterion.assumptions),
        *(f"Warning: {text}" for text in criterion.warnings),
    ]
    return "\n".join((f"{words(criterion.tree)} ({criterion.reading})", *remarks))
