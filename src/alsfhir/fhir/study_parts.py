"""Parts of a ResearchStudy that every FHIR version has, if under another name."""

from __future__ import annotations

from typing import Any

from alsfhir.fhir.canonical import Names, full_url
from alsfhir.fhir.primitives import string
from alsfhir.fhir.registry_items import registry_items
from alsfhir.trial.model import Arm, Intervention, Trial


def eligible_group(trial: Trial, names: Names) -> dict[str, str]:
    """A Reference to the definitional Group of the trial."""
    group = names.identifier("Group", trial.nct_id)["value"]
    return {"reference": full_url("Group", group), "display": "Who is eligible"}


def intervention_concept(intervention: Intervention, names: Names) -> dict[str, Any]:
    """The CodeableConcept of what is studied, with what the registry says of it."""
    items = [
        ("type", intervention.type),
        ("description", intervention.description),
        *(("other-name", name) for name in intervention.other_names),
    ]
    return {"extension": registry_items(names, items), "text": string(intervention.name)}


def study_arm(number: int, arm: Arm, names: Names) -> dict[str, Any]:
    """An arm; one without a name gets its number."""
    return {
        "extension": registry_items(names, (("intervention", name) for name in arm.interventions)),
        "name": string(arm.label) or f"Arm {number}",
        "type": {"text": string(arm.type)},
        "description": string(arm.description),
    }


def study_description(trial: Trial) -> str | None:
    """Summary and description, one after the other."""
    return string("\n\n".join(filter(None, (string(trial.summary), string(trial.description)))))
