"""The CQL of a trial, and what it stands on, as Library, https://hl7.org/fhir/R4/library.html.

The last segment of the url, the ``name`` and the name in CQL are one: engines find a library by any of them. The CQL
asks records in FHIR 4.0.1, in whatever version the resource is. It is always there; ELM, what a translator makes of
it, where it was made beforehand of this very code: see ``cql/elm.py``.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

from alsfhir.cql.concepts import NAME as CONCEPTS
from alsfhir.cql.elm import elm
from alsfhir.cql.facts import NAME as FACTS
from alsfhir.cql.library import definition_name, shared_libraries, trial_library
from alsfhir.cql.model import CqlLibrary
from alsfhir.criteria.criterion import Criteria
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension import source
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled
from alsfhir.fhir.publication import nct_identifier, publication_date, title
from alsfhir.fhir.reading import readings_sentence, statement_text, unreviewed
from alsfhir.fhir.registry_words import HL7
from alsfhir.fhir.target_condition import use_context
from alsfhir.fhir.versions import FhirVersion, resource_type
from alsfhir.terminology import Terminology
from alsfhir.trial.model import Trial

_RUNS = (
    "It is CQL for records in FHIR 4.0.1, in whatever version this resource is, and needs FHIRHelpers 4.0.1, which CQL "
    "engines bring along: that is not published here."
)
_ELM = "ELM made of it is beside it, for engines that have no translator."
_NO_ELM = (
    "It has no ELM, which is made beforehand of the criteria as alsfhir knows them, and these read otherwise: an "
    "engine needs a translator."
)
_DEFINITIONS = (
    "Of each statement, such as I01, it defines I01Verdict ('met', 'not-met', 'unknown' where the record does not say, "
    "'review' where a person must judge), I01 (true of the patient, false, or null), I01Review (whether a person must "
    "judge), I01Passes (whether the patient passes: of an exclusion statement the opposite) and I01Undecided (whether "
    "that is open). From all statements follow Ineligible, Passes and Undecided, of which one is true of everybody "
    "alive; without ConditionOnRecord, or by a draft, nobody passes. It decides as alsfhir does."
)
_CONCEPTS = {
    "title": "Concepts that criteria ask for",
    "description": "The codes and words that mean each concept; the names of code systems; units of measure.",
    "experimental": False,
}
_FACTS = {
    "title": "What a patient's record says",
    "description": "The functions by which the libraries of all trials read a record: as alsfhir does.",
    "experimental": False,
}
_PARAMETERS = (
    ("AsOf", "date", "The day that is asked about: what lies after it does not exist. If it is not given, today."),
    (
        "ClosedWorld",
        "boolean",
        "Whether history with nothing on file counts as absent. If it is not given, it does not.",
    ),
)
_RETRIEVE = re.compile(r"\[([A-Z][A-Za-z]+)[]:]")


def shared_library_resources(terms: Terminology, names: Names) -> tuple[Resource, ...]:
    """The Libraries on which those of all trials stand, none before one that it includes."""
    concepts, facts = shared_libraries(terms)
    return (
        _library(concepts, names, _CONCEPTS),
        _library(facts, names, {**_FACTS, "dataRequirement": _read(facts, names)}),
    )


def is_of_all_trials(resource: Resource) -> bool:
    """Whether a resource is a Library on which those of all trials stand."""
    return resource["resourceType"] == "Library" and resource.get("name") in {CONCEPTS, FACTS}


def library(trial: Trial, criteria: Criteria, terms: Terminology, names: Names) -> Resource:
    """The Library of a trial, ``experimental`` until all its readings are reviewed.

    Raises MappingError if the criteria ask for an unknown concept.
    """
    own = {
        "extension": [source(names, from_document=criteria.from_document)],
        "identifier": [nct_identifier(trial)],
        "title": f"Who could join {trial.nct_id}: {title(trial)}",
        "description": f"{_DEFINITIONS} {readings_sentence(criteria)}",
        "experimental": unreviewed(criteria),
        "date": publication_date(criteria.recruitment),
        "useContext": use_context(criteria.condition),
        "parameter": [_parameter(*each) for each in _PARAMETERS],
    }
    rows = ((definition_name(one), one.kind.value, statement_text(one)) for one in criteria.criteria)
    return _library(trial_library(criteria, terms), names, own, *rows)


def _library(cql: CqlLibrary, names: Names, own: dict[str, Any], *rows: tuple[str | None, ...]) -> Resource:
    translated = elm(cql)
    described = {**own, "description": f"{own['description']} {_RUNS} {_NO_ELM if translated is None else _ELM}"}
    text = f"{described['title']}\n{described['description']}"
    built: Resource = filled(
        {
            "resourceType": "Library",
            "text": narrative(text, *rows, header=("Definition", "Kind", "Statement")),
            "url": names.canonical("Library", cql.name),
            "version": cql.version,
            "name": cql.name,
            "title": own["title"],
            "status": "active",
            "type": {"coding": [{"system": f"{HL7}/library-type", "code": "logic-library"}]},
            "subjectCodeableConcept": {"coding": [resource_type("Patient", names.version)]},
            "relatedArtifact": [_needed(one, names) for one in cql.includes],
            **described,
            "content": [
                _attachment("text/cql", cql.text),
                *([] if translated is None else [_attachment("application/elm+json", translated)]),
            ],
        }
    )
    return built


def _parameter(name: str, kind: str, documentation: str) -> dict[str, Any]:
    return {"name": name, "use": "in", "min": 0, "max": "1", "documentation": documentation, "type": kind}


def _needed(cql: CqlLibrary, names: Names) -> dict[str, str]:
    return {"type": "depends-on", "resource": f"{names.canonical('Library', cql.name)}|{cql.version}"}


def _attachment(kind: str, text: str) -> dict[str, str]:
    return {"contentType": kind, "data": b64encode(text.encode()).decode()}


def _read(cql: CqlLibrary, names: Names) -> list[dict[str, str]]:
    """The types of resources that the CQL asks for; none in R5, which does not have all of R4's."""
    if names.version is FhirVersion.R5:
        return []
    return [{"type": kind} for kind in ("Patient", *sorted(set(_RETRIEVE.findall(cql.text))))]
