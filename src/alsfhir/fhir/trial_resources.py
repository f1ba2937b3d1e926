"""Everything that is published for a trial, in the order in which it can be written."""

from __future__ import annotations

from collections.abc import Iterable

from alsfhir.criteria.criterion import Criteria
from alsfhir.fhir.activity_definition import activity_definitions
from alsfhir.fhir.canonical import Names, Resource, entry_url
from alsfhir.fhir.check import checked
from alsfhir.fhir.code_system import code_system
from alsfhir.fhir.evidence_variable import evidence_variable
from alsfhir.fhir.group import group
from alsfhir.fhir.library import library, shared_library_resources
from alsfhir.fhir.location import location
from alsfhir.fhir.organization import organization
from alsfhir.fhir.plan_definition import plan_definition
from alsfhir.fhir.research_study import research_study
from alsfhir.fhir.structure_definition import structure_definitions
from alsfhir.fhir.value_set import value_sets
from alsfhir.terminology import terminology
from alsfhir.trial.model import Trial


def trial_resources(trial: Trial, criteria: Criteria, names: Names) -> tuple[Resource, ...]:
    """The resources of a trial: those shared with other trials first, none before one that it refers to, none twice.

    They have no ids: a server assigns them; their identity is their ``url`` or our identifier. Between each other they
    refer by ``entry_url``. Raises MappingError if the criteria ask for an unknown concept, ResourceError if a resource
    is not valid.
    """
    computed = library(trial, criteria, terminology(), names)
    built = (
        *conformance_resources(names),
        *value_sets([criteria], terminology(), names),
        *shared_library_resources(terminology(), names),
        *(organization(party, names) for party in trial.organizations),
        *(location(site, names) for site in trial.sites),
        group(trial, criteria, names),
        evidence_variable(trial, criteria, names),
        computed,
        *activity_definitions(criteria, names),
        plan_definition(trial, criteria, names, computed),
        research_study(trial, criteria, names),
    )
    return tuple(checked(resource, names.version) for resource in _distinct(built))


def conformance_resources(names: Names) -> tuple[Resource, ...]:
    """What explains our codes and extensions to others, whatever the trial: CodeSystem and StructureDefinitions."""
    return (code_system(), *structure_definitions(names))


def _distinct(resources: Iterable[Resource]) -> Iterable[Resource]:
    return {entry_url(resource): resource for resource in resources}.values()
