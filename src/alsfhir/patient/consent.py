"""Consent → fact, https://hl7.org/fhir/R4/consent.html and https://hl7.org/fhir/R5/consent.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from alsfhir.patient.codes import codings, concepts_in, status_code, text_of
from alsfhir.patient.datatypes import (
    CodeableConcept,
    Element,
    IdentifierElement,
    ReferenceElement,
    listed,
    present,
    string,
)
from alsfhir.patient.model import Consent
from alsfhir.patient.reading import ENTERED_IN_ERROR, UNKNOWN_MODIFIER, Reading, Source
from alsfhir.patient.study import identified, nct_ids, study_meant
from alsfhir.patient.when import date_time

RESEARCH = "research"
DECISIONS = {"permit": True, "deny": False}


class Policy(Element, frozen=True, gc=False):
    """Consent.policy, and R5 Consent.policyBasis."""

    uri: Any = None
    url: Any = None
    reference: ReferenceElement | None = None


class ProvisionData(Element, frozen=True, gc=False):
    reference: ReferenceElement | None = None


class Provision(Element, frozen=True, gc=False):
    """The outermost provision: one in R4, which says whether it permits; several in R5, exceptions to its decision."""

    modifier_extension: Any = None
    type: Any = None
    data: list[ProvisionData | None] | None = None


class ConsentResource(Element, frozen=True, gc=False):
    """The elements of Consent that are read."""

    contained: list[msgspec.Raw] | None = None
    identifier: list[IdentifierElement | None] | None = None
    status: Any = None
    scope: CodeableConcept | None = None
    category: list[CodeableConcept | None] | None = None
    date_time: Any = None
    date: Any = None
    decision: Any = None
    provision: Provision | list[Provision | None] | None = None
    source_reference: ReferenceElement | list[ReferenceElement | None] | None = None
    policy: list[Policy | None] | None = None
    policy_basis: Policy | None = None


def consent(resource: ConsentResource, source: Source) -> Reading:
    """The fact of a Consent; the studies of the ResearchSubjects that refer to it are added by whoever knows them."""
    status = string(resource.status)
    if status == "entered-in-error":
        return ENTERED_IN_ERROR
    concepts = (resource.scope, *present(resource.category))
    found = codings(source.terminology, *concepts)
    given, problem = date_time(resource.date_time if resource.date_time is not None else resource.date)
    fact = Consent(
        reference=source.reference,
        trials=frozenset().union(*_trials(resource, source)),
        research=any(_is_research(concept) for concept in concepts),
        status=status or "unknown",
        when=given,
        permits=_permits(resource),
        text=next((text for text in map(text_of, concepts) if text), None),
        unusable=_unusable(resource, source)
        or (problem and f"its date {problem}")
        or (None if status else "no status"),
        concepts=concepts_in(source.terminology, found),
        codings=found,
    )
    return Reading((fact,))


def _is_research(concept: CodeableConcept | None) -> bool:
    systems = ("consentscope", "consentcategorycodes")
    return any(status_code(concept, system) == RESEARCH for system in systems)


def _permits(resource: ConsentResource) -> bool | None:
    types = [provision.type for provision in listed(resource.provision) if provision.type is not None]
    written = resource.decision if resource.decision is not None else types[0] if len(types) == 1 else None
    return DECISIONS.get(string(written) or "")


def _unusable(resource: ConsentResource, source: Source) -> str | None:
    if any(provision.modifier_extension for provision in listed(resource.provision)):
        return UNKNOWN_MODIFIER
    return source.misshapen("scope", "category", "provision")


def _trials(resource: ConsentResource, source: Source) -> Iterator[frozenset[str]]:
    yield identified(resource.identifier)
    policies = (*present(resource.policy), *listed(resource.policy_basis))
    for policy in policies:
        yield nct_ids(policy.uri, policy.url)
    data = (each.reference for provision in listed(resource.provision) for each in present(provision.data))
    for reference in (*data, *listed(resource.source_reference), *(policy.reference for policy in policies)):
        yield study_meant(reference, resource.contained, source.targets.studies, source.base).trials
