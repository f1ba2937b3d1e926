"""What a trial's schedule orders, each once, as ActivityDefinition, https://hl7.org/fhir/R4/activitydefinition.html.

When it is done stands in the actions of the PlanDefinition, which name it. What has no verified code is text.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.schedule import Medication, Order, Schedule
from alsfhir.criteria.schedule_words import order_words
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension import Extension, dated, part, parts, source
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled
from alsfhir.fhir.publication import publication_date
from alsfhir.fhir.target_condition import use_context
from alsfhir.fhir.versions import resource_type
from alsfhir.terminology import UCUM

_UNREVIEWED = "The reading of the schedule is proposed: no clinician has reviewed it."
_REVIEWED = "The reading of the schedule has been reviewed by a clinician."


def activity_definitions(criteria: Criteria, names: Names) -> tuple[Resource, ...]:
    """One ActivityDefinition for each order of the schedule; none if no schedule holds.

    Each is ``experimental`` until the reading of the schedule is reviewed. ``version`` is the SHA-256 over all the
    rest, so that no two of one url and version differ: neither one from a document and one from the mapping, nor two
    of different dates or FHIR versions.
    """
    schedule = criteria.offered.schedule
    if schedule is None:
        return ()
    frame = _frame(criteria, schedule, names)
    return tuple(
        _versioned({**frame, **_definition(order, criteria.trial, schedule, names)}) for order in schedule.order
    )


def definition_canonicals(criteria: Criteria, names: Names) -> dict[str, str]:
    """``url|version`` of what is ordered, by the name that the schedule has for it."""
    schedule = criteria.offered.schedule
    ordered = zip(schedule.order if schedule else (), activity_definitions(criteria, names), strict=True)
    return {order.id: f"{definition['url']}|{definition['version']}" for order, definition in ordered}


def schedule_reading(schedule: Schedule, names: Names) -> list[Extension | None]:
    """Who stands for the reading of a schedule, and what was assumed in it."""
    held = (part("status", valueCode=schedule.status), part("by", valueString=schedule.by), dated("on", schedule.on))
    assumed = names.extension("assumption")
    return [
        parts(names.extension("reading"), held),
        *(part(assumed, valueString=assumption) for assumption in schedule.assumptions),
    ]


def schedule_sentence(schedule: Schedule) -> str:
    """How far the reading of a schedule may be relied on."""
    return _REVIEWED if schedule.status == "reviewed" else _UNREVIEWED


def _frame(criteria: Criteria, schedule: Schedule, names: Names) -> dict[str, Any]:
    return {
        "resourceType": "ActivityDefinition",
        "extension": [
            source(names, from_document=criteria.offered.from_document),
            *schedule_reading(schedule, names),
        ],
        "status": "active",
        "experimental": schedule.status != "reviewed",
        "subjectCodeableConcept": {"coding": [resource_type("Patient", names.version)]},
        "date": publication_date(criteria.recruitment),
        "useContext": use_context(criteria.condition),
        # Whoever applies the plan has a proposal, and no order, until a person makes one of it.
        "intent": "proposal",
    }


def _versioned(definition: dict[str, Any]) -> Resource:
    content = filled(definition)
    return {**content, "version": hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()}


def _definition(order: Order, trial: str, schedule: Schedule, names: Names) -> dict[str, Any]:
    title = f"{order.label} ({trial})"
    words = order_words(order)
    described = (
        f"{words[0].upper()}{words[1:]}. {schedule_sentence(schedule)}" if words else schedule_sentence(schedule)
    )
    return {
        "url": names.canonical("ActivityDefinition", f"{trial}-{order.id}"),
        "name": f"{trial}_{order.id.replace('-', '_')}",
        "title": title,
        "description": described,
        "text": narrative(f"{title}\n{described}", *(("Assumed", assumption) for assumption in schedule.assumptions)),
        **(_medication(order) if isinstance(order, Medication) else _service(order)),
    }


def _medication(order: Medication) -> dict[str, Any]:
    dose = order.dose
    quantity = {"value": dose.value, "unit": dose.unit, "system": UCUM, "code": dose.unit} if dose else None
    return {
        "kind": "MedicationRequest",
        "productCodeableConcept": {"text": order.product},
        "dosage": [
            {
                "text": order_words(order),
                "route": {"text": order.route},
                "doseAndRate": [{"doseQuantity": quantity}],
            }
        ],
    }


def _service(order: Order) -> dict[str, Any]:
    return {"kind": "ServiceRequest", "code": {"text": order.label}}
