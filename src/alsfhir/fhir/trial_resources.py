"""Everything that is published for a trial, in the order in which it can be written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alsfhir.criteria.criterion import Criteria
from alsfhir.fhir.canonical import Names, Resource, entry_url
from alsfhir.fhir.check import checked
from alsfhir.fhir.code_system import code_system
from alsfhir.fhir.evidence_variable import evidence_variable
from alsfhir.fhir.group import group
from alsfhir.fhir.location import location
from alsfhir.fhir.organization import organization
from alsfhir.fhir.plan_definition import plan_definition
from alsfhir.fhir.research_study import research_study
from alsfhir.fhir.structure_definition import structure_definitions
from alsfhir.fhir.value_set import value_sets
from alsfhir.terminology import terminology
from alsfhir.trial.model import Trial


def trial_resources(
    trial: Trial, criteria: Criteria, names: Names, libraries: Sequence[Resource] = ()
) -> tuple[Resource, ...]:
    """The resources of a trial: those shared with other trials first, none before one that it refers to, none twice.

    They have no ids: a server assigns them; their identity is their ``url`` or our identifier. Between each other they
    refer by ``entry_url``. ``libraries`` are the CQL Libraries, the trial's own last: the conditions of the
    PlanDefinition then name its definitions. Raises ResourceError if one of them is not valid.
    """
    built = (
        *conformance_resources(names),
        *value_sets([criteria], terminology(), names),
        *(organization(party, names) for party in trial.organizations),
        *(location(site, names) for site in trial.sites),
        group(trial, criteria, names),
        evidence_variable(trial, criteria, names),
        *libraries,
        plan_definition(trial, criteria, names, libraries[-1] if libraries else None),
        research_study(trial, criteria, names),
    )
    return tuple(checked(resource, names.version) for resource in _distinct(built))


def conformance_resources(names: Names) -> tuple[Resource, ...]:
    """What explains our codes and extensions to others, whatever the trial: CodeSystem and StructureDefinitions."""
    return (code_system(), *structure_definitions(names))


def _distinct(resources: Iterable[Resource]) -> Iterable[Resource]:
    return {entry_url(resource): resource for resource in resources}.values()
