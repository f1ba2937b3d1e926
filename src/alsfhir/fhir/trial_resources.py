"""Everything that is published for a trial, in the order in which it can be written."""

from __future__ import annotations

from collections.abc import Iterable

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
from alsfhir.trial.model import Trial


def trial_resources(trial: Trial, criteria: Criteria, names: Names) -> tuple[Resource, ...]:
    """The resources of a trial: those shared with other trials first, none before one that it refers to, none twice.

    They have no ids: a server assigns them; their identity is their ``url`` or our identifier. Between each other they
    refer by ``entry_url``. Raises ResourceError if one of them is not valid.
    """
    built = (
        *conformance_resources(names),
        *(organization(party, names) for party in trial.organizations),
        *(location(site, names) for site in trial.sites),
        group(trial, criteria, names),
        evidence_variable(trial, criteria, names),
        plan_definition(trial, criteria, names),
        research_study(trial, criteria, names),
    )
    return tuple(map(checked, _distinct(built)))


def conformance_resources(names: Names) -> tuple[Resource, ...]:
    """What explains our codes and extensions to others: the CodeSystem and the StructureDefinitions."""
    return (code_system(), *structure_definitions(names))


def _distinct(resources: Iterable[Resource]) -> Iterable[Resource]:
    return {entry_url(resource): resource for resource in resources}.values()
