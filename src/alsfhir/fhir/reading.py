"""How a criterion is read, as our extensions ``reading`` and ``assumption``; and how a set of them stands."""

from __future__ import annotations

from alsfhir.criteria.criterion import Criteria, Criterion, Place
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.extension import Extension, dated, part, parts, registry_status, source
from alsfhir.fhir.primitives import string
from alsfhir.fhir.publication import published_name
from alsfhir.trial.model import Kind

NO_STATEMENT = "No eligibility statement was found in the documents of this trial."


def reading_extensions(criterion: Criterion, names: Names) -> list[Extension | None]:
    """Who stands for the reading of a criterion, and what was assumed in it."""
    assumed = names.extension("assumption")
    return [
        _reading(criterion, names),
        *(part(assumed, valueString=string(assumption)) for assumption in criterion.assumptions),
    ]


def criterion_extension(criterion: Criterion, names: Names) -> Extension | None:
    """Which statement this is, and its text, for where no element can say it."""
    held = (
        part("id", valueString=criterion.id),
        part("exclude", valueBoolean=criterion.kind is Kind.EXCLUSION),
        part("text", valueString=statement_text(criterion)),
    )
    return parts(names.extension("criterion"), held)


def _reading(criterion: Criterion, names: Names) -> Extension | None:
    held = [
        part("status", valueCode=criterion.reading),
        part("computability", valueCode=criterion.computability),
        part("label", valueString=string(criterion.label)),
        part("by", valueString=string(criterion.reviewed_by)),
        dated("on", criterion.reviewed_on),
        *(part("warning", valueString=string(warning)) for warning in criterion.warnings),
        *(part("show", valueCode=concept) for concept in criterion.show),
        *(_place(criterion.place) if criterion.place else ()),
    ]
    return parts(names.extension("reading"), held)


def _place(place: Place) -> tuple[Extension | None, ...]:
    """Where the statement stands: the document, and the half-open range of characters in it."""
    return (
        part("document", valueString=published_name(place.document)),
        part("start", valueInteger=place.span.start),
        part("end", valueInteger=place.span.end),
    )


def criteria_extensions(criteria: Criteria, names: Names) -> list[Extension | None]:
    """Where a set of criteria is from, whether its trial recruits, and for whom the trial is meant."""
    held = (part("version", valueString=criteria.version), part("condition", valueCode=criteria.condition))
    return [
        source(names, from_document=criteria.from_document),
        registry_status(names, criteria.recruitment),
        parts(names.extension("criteria"), held),
    ]


def unreviewed(criteria: Criteria) -> bool:
    """Whether a clinician has yet to review something: a reading, or why there is no statement at all."""
    return not criteria.criteria or any(criterion.reading != "reviewed" for criterion in criteria.criteria)


def readings_sentence(criteria: Criteria) -> str:
    """How far the readings of the criteria may be relied on."""
    if not criteria.criteria:
        return NO_STATEMENT
    waiting = sum(criterion.reading != "reviewed" for criterion in criteria.criteria)
    if not waiting:
        return "Every reading has been reviewed by a clinician."
    return (
        f"The readings of {waiting} of {len(criteria.criteria)} statements are proposed or drafted: "
        "no clinician has reviewed them."
    )


def statement_text(criterion: Criterion) -> str:
    """The statement in the document's words, or the label; its id if it has neither."""
    return string(criterion.text) or string(criterion.label) or criterion.id
