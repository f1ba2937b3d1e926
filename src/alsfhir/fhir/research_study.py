"""A trial as ResearchStudy, https://hl7.org/fhir/R4/researchstudy.html.

What FHIR has an element for stands there; what it has none for stands in extensions (``registry_items``).
``criteria.ledger.ELEMENTS`` says where each field of a Trial is. R5 has other elements for who takes part and how the
study goes on: ``research_study_r5``.
"""

from __future__ import annotations

from typing import Any

from alsfhir.criteria.criterion import Criteria
from alsfhir.fhir.canonical import Names, Resource, full_url, reference_to
from alsfhir.fhir.extension import contact_detail, part, parts
from alsfhir.fhir.location import location
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.organization import organization
from alsfhir.fhir.primitives import fhir_date, filled, string, uri
from alsfhir.fhir.publication import nct_identifier, recruitment_sentence, related_artifacts, title
from alsfhir.fhir.registry_items import registry_items, study_extensions
from alsfhir.fhir.registry_words import objective_type, phase, plain, purpose, study_status
from alsfhir.fhir.research_study_r5 import r5_elements
from alsfhir.fhir.study_parts import eligible_group, intervention_concept, study_arm, study_description
from alsfhir.fhir.target_condition import ALS, condition
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.model import Identifier, Outcome, Site, Trial

SITES_SHOWN = 20  # in the narrative; all are in `site`


def research_study(trial: Trial, criteria: Criteria, names: Names) -> Resource:
    """The ResearchStudy of a trial; it refers to its Group, PlanDefinition, sponsor and sites by ``urn:uuid:``."""
    study: Resource = filled(
        {
            "resourceType": "ResearchStudy",
            "text": _text(trial),
            "extension": study_extensions(trial, names),
            "identifier": _identifiers(trial, names),
            "title": title(trial),
            "protocol": [_protocol(trial, names)],
            "primaryPurposeType": purpose(trial.primary_purpose),
            "phase": phase(trial.phases),
            "condition": _conditions(trial, criteria),
            "relatedArtifact": related_artifacts(trial, names.version),
            "keyword": [{"text": string(word)} for word in trial.keywords],
            "period": _period(trial),
            "site": [_site(site, names) for site in trial.sites],
            "note": [{"text": string(doubt)} for doubt in _doubts(trial)],
            **(r5_elements(trial, names) if names.version is FhirVersion.R5 else _r4_elements(trial, names)),
        }
    )
    return study


def _r4_elements(trial: Trial, names: Names) -> dict[str, Any]:
    return {
        "status": study_status(trial.recruitment.status),
        "category": [{"text": string(trial.study_type)}],
        "focus": [intervention_concept(intervention, names) for intervention in trial.interventions],
        "contact": [contact_detail(names, contact) for contact in trial.contacts],
        "description": study_description(trial),
        "enrollment": [eligible_group(trial, names)],
        "sponsor": _sponsor(trial, names),
        "principalInvestigator": {"display": _principal_investigator(trial)},
        "reasonStopped": {"text": string(trial.why_stopped)},
        "arm": [study_arm(number, arm, names) for number, arm in enumerate(trial.arms, 1)],
        "objective": [_objective(outcome, names) for outcome in trial.outcomes],
    }


def _text(trial: Trial) -> dict[str, str]:
    sites = [", ".join(filter(None, (site.facility, site.city, site.country, site.status))) for site in trial.sites]
    more = [f"and {len(sites) - SITES_SHOWN} more"] if len(sites) > SITES_SHOWN else []
    ages = f"{trial.minimum_age or 0} to {trial.maximum_age} years" if trial.maximum_age else None
    return narrative(
        title(trial),
        ("Recruitment", recruitment_sentence(trial.recruitment)),
        ("Registry", trial.nct_id),
        ("Phase", " / ".join(trial.phases)),
        ("Conditions", "; ".join(trial.conditions)),
        ("Interventions", "\n".join(intervention.name for intervention in trial.interventions)),
        ("Sponsor", sponsor.name if (sponsor := trial.organization("lead-sponsor")) else None),
        ("Participants", None if trial.enrollment is None else str(trial.enrollment)),
        ("Ages in the registry", ages or (f"from {trial.minimum_age} years" if trial.minimum_age else None)),
        ("Sites", "\n".join([*sites[:SITES_SHOWN], *more])),
        ("Stopped because", trial.why_stopped),
        ("About", study_description(trial)),
    )


def _identifiers(trial: Trial, names: Names) -> list[dict[str, Any]]:
    ours = names.identifier("ResearchStudy", trial.nct_id)
    return [ours, nct_identifier(trial), *map(_identifier, trial.other_ids)]


def _identifier(identifier: Identifier) -> dict[str, Any]:
    system = uri(identifier.system)
    kind = None if system or plain(identifier.system) == "other" else string(identifier.system)
    return {"type": {"text": kind}, "system": system, "value": string(identifier.value)}


def _protocol(trial: Trial, names: Names) -> dict[str, str]:
    plan = names.canonical("PlanDefinition", trial.nct_id)
    return {"reference": full_url("PlanDefinition", plan), "display": "Protocol and eligibility rule"}


def _conditions(trial: Trial, criteria: Criteria) -> list[dict[str, Any]]:
    named = [condition(text) for text in map(string, trial.conditions) if text]
    if criteria.condition == "als" and not any(ALS in concept["coding"] for concept in named):
        named.append({"coding": [ALS]})
    return named


def _period(trial: Trial) -> dict[str, str | None]:
    """Start and completion; without the latter where it is not clearly after the start (FHIR's rule per-1)."""
    dates = dict(trial.dates)
    start, end = fhir_date(dates.get("start")), fhir_date(dates.get("completion"))
    if start and end:
        digits = min(len(start), len(end))
        ordered = start[:digits] < end[:digits] or start == end
        return {"start": start, "end": end if ordered else None}
    return {"start": start, "end": end}


def _sponsor(trial: Trial, names: Names) -> dict[str, str]:
    sponsor = trial.organization("lead-sponsor")
    return reference_to(organization(sponsor, names)) if sponsor else {}


def _principal_investigator(trial: Trial) -> str | None:
    led = (official.name for official in trial.officials if plain(official.role or "") == "principal investigator")
    return string(next(led, None))


def _site(site: Site, names: Names) -> dict[str, Any]:
    contacts = (part("contact", valueContactDetail=contact_detail(names, contact)) for contact in site.contacts)
    study = parts(names.extension("site-study"), [part("status", valueString=string(site.status)), *contacts])
    return {"extension": [study], **reference_to(location(site, names))}


def _doubts(trial: Trial) -> tuple[str, ...]:
    return (*(conflict.sentence for conflict in trial.conflicts), *trial.warnings)


def _objective(outcome: Outcome, names: Names) -> dict[str, Any]:
    items = (("time-frame", outcome.time_frame), ("description", outcome.description))
    return {
        "extension": registry_items(names, items),
        "name": string(outcome.measure),
        "type": objective_type(outcome.rank),
    }
