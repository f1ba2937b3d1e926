"""What a trial's schedule orders, each once, as ActivityDefinition, https://hl7.org/fhir/R4/activitydefinition.html.

When it is done stands in the actions of the PlanDefinition, which name it. What has no verified code is text.
"""

from __future__ import annotations

from typing import Any

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.schedule import Medication, Order, Schedule
from alsfhir.criteria.schedule_words import order_words
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension import source
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled
from alsfhir.fhir.publication import publication_date
from alsfhir.fhir.target_condition import use_context
from alsfhir.fhir.versions import resource_type
from alsfhir.terminology import UCUM

UNREVIEWED = "The reading of the schedule is proposed: no clinician has reviewed it."
REVIEWED = "The reading of the schedule has been reviewed by a clinician."


def activity_definitions(criteria: Criteria, names: Names) -> tuple[Resource, ...]:
    """One ActivityDefinition for each order of the schedule; none if no schedule holds.

    ``version`` is that of the schedule, ``experimental`` until its reading is reviewed.
    """
    schedule = criteria.scheduled.schedule
    if schedule is None:
        return ()
    frame = _frame(criteria, schedule, names)
    stated = source(names, from_document=criteria.scheduled.from_document)
    return tuple(
        filled({**frame, "extension": [stated], **_definition(order, criteria.trial, schedule, names)})
        for order in schedule.order
    )


def definition_url(trial: str, order: str, names: Names) -> str:
    """The ``url`` of what is ordered under that name in a trial."""
    return names.canonical("ActivityDefinition", f"{trial}-{order}")


def schedule_sentence(schedule: Schedule) -> str:
    """How far the reading of a schedule may be relied on."""
    return REVIEWED if schedule.status == "reviewed" else UNREVIEWED


def _frame(criteria: Criteria, schedule: Schedule, names: Names) -> dict[str, Any]:
    return {
        "resourceType": "ActivityDefinition",
        "version": schedule.version,
        "status": "active",
        "experimental": schedule.status != "reviewed",
        "subjectCodeableConcept": {"coding": [resource_type("Patient", names.version)]},
        "date": publication_date(criteria.recruitment),
        "useContext": use_context(criteria.condition),
        # Whoever applies the plan has a proposal, and no order, until a person makes one of it.
        "intent": "proposal",
    }


def _definition(order: Order, trial: str, schedule: Schedule, names: Names) -> dict[str, Any]:
    title = f"{order.label} ({trial})"
    words = order_words(order)
    described = (
        f"{words[0].upper()}{words[1:]}. {schedule_sentence(schedule)}" if words else schedule_sentence(schedule)
    )
    return {
        "url": definition_url(trial, order.id, names),
        "name": f"{trial}_{order.id.replace('-', '_')}",
        "title": title,
        "description": described,
        "text": narrative(f"{title}\n{described}"),
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
