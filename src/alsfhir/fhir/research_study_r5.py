"""What R5's ResearchStudy says in elements that R4 has not, https://hl7.org/fhir/R5/researchstudy.html.

``status`` is that of the resource there; how the study goes on is in ``progressStatus``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alsfhir.fhir.canonical import Names, reference_to
from alsfhir.fhir.extension import contact_detail, part
from alsfhir.fhir.organization import organization
from alsfhir.fhir.primitives import string
from alsfhir.fhir.registry_items import registry_items
from alsfhir.fhir.registry_words import objective_type, plain, study_progress
from alsfhir.fhir.study_parts import eligible_group, intervention_concept, study_arm
from alsfhir.trial.model import Contact, Intervention, Outcome, Trial

TITLE_TYPE = "http://hl7.org/fhir/title-type"
PARTY_ROLE = "http://hl7.org/fhir/research-study-party-role"
CONTACT = "general-contact"
ROLES = {
    "lead sponsor": "lead-sponsor",
    "sponsor": "sponsor",
    "collaborator": "collaborator",
    "funder": "funding-source",
    "principal investigator": "primary-investigator",
    "sub investigator": "sub-investigator",
    "study director": "study-director",
    "study chair": "study-chair",
    "general contact": CONTACT,
}
"""The registry's roles in R5's codes; another one stays as text."""


def r5_elements(trial: Trial, names: Names) -> dict[str, Any]:
    """Parties, progress, recruitment, arms and outcomes; empty ones included."""
    return {
        "status": "active",
        "label": [_label("official", trial.official_title), _label("acronym", trial.acronym)],
        "progressStatus": [{"state": study_progress(trial.recruitment.status)}],
        "studyDesign": [{"text": string(trial.study_type)}],
        "focus": [_focus(one, names) for one in trial.interventions],
        "descriptionSummary": string(trial.summary),
        "description": string(trial.description),
        "associatedParty": list(_parties(trial, names)),
        "whyStopped": {"text": string(trial.why_stopped)},
        "recruitment": _recruitment(trial, names),
        "comparisonGroup": [study_arm(number, arm, names) for number, arm in enumerate(trial.arms, 1)],
        "outcomeMeasure": [_outcome(outcome, names) for outcome in trial.outcomes],
    }


def _label(kind: str, title: str | None) -> dict[str, Any] | None:
    clean = string(title)
    return {"type": {"coding": [{"system": TITLE_TYPE, "code": kind}]}, "value": clean} if clean else None


def _focus(intervention: Intervention, names: Names) -> dict[str, Any]:
    """A CodeableReference; what the registry says of it stands beside the concept, not in it."""
    named = intervention_concept(intervention, names)
    return {"extension": named["extension"], "concept": {"text": named["text"]}}


def _parties(trial: Trial, names: Names) -> Iterator[dict[str, Any]]:
    for party in trial.organizations:
        yield {
            "name": string(party.name),
            "role": _role(party.role),
            "classifier": [{"text": string(party.type)}],
            "party": reference_to(organization(party, names)),
        }
    for official in trial.officials:
        yield _person(official, _role(official.role), names)
    for contact in trial.contacts:
        yield _person(contact, {**_role(CONTACT), "text": string(contact.role)}, names)


def _person(person: Contact, role: dict[str, Any], names: Names) -> dict[str, Any]:
    detail = part(names.extension("party-contact"), valueContactDetail=contact_detail(names, person))
    return {"extension": [detail], "name": string(person.name), "role": role} if detail else {}


def _role(word: str | None) -> dict[str, Any]:
    code = ROLES.get(plain(word or ""))
    text = string(word)
    if code is None:
        return {"text": text or "role not stated"}
    return {"coding": [{"system": PARTY_ROLE, "code": code}], "text": text}


def _recruitment(trial: Trial, names: Names) -> dict[str, Any]:
    number = "actualNumber" if trial.enrollment_type == "actual" else "targetNumber"
    return {number: trial.enrollment, "eligibility": eligible_group(trial, names)}


def _outcome(outcome: Outcome, names: Names) -> dict[str, Any]:
    return {
        "extension": registry_items(names, (("time-frame", outcome.time_frame),)),
        "name": string(outcome.measure),
        "type": [objective_type(outcome.rank)],
        "description": string(outcome.description),
    }
