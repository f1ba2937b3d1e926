"""A trial's schedule as actions of its PlanDefinition: one per period, in it one per activity.

https://hl7.org/fhir/R4/plandefinition-definitions.html#PlanDefinition.action.relatedAction says when an action is, by
another one of the plan; what is ordered is an ActivityDefinition, however many activities it is ordered for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.schedule import Activity, Period, Schedule, When
from alsfhir.criteria.schedule_words import time_words
from alsfhir.fhir.activity_definition import definition_canonicals, schedule_reading, schedule_sentence
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.timing import offset, timing
from alsfhir.fhir.versions import related_action

_SCHEDULE = "schedule"


def schedule_actions(criteria: Criteria, names: Names) -> list[dict[str, Any]]:
    """The action that holds the schedule, with who stands for its reading; none if no schedule holds."""
    schedule = criteria.offered.schedule
    if schedule is None:
        return []
    ordered = definition_canonicals(criteria, names)
    periods = [
        {
            **_step(period, schedule, names),
            "action": [_activity(activity, ordered, schedule, names) for activity in period.activity],
        }
        for period in schedule.period
    ]
    held = {
        "id": _SCHEDULE,
        "extension": schedule_reading(schedule, names),
        "title": "Schedule",
        "description": schedule_sentence(schedule),
        "action": periods,
    }
    return [held]


def schedule_rows(criteria: Criteria) -> Iterator[tuple[str, str, str]]:
    """The periods and activities as lines of a table: label, kind, and when."""
    schedule = criteria.offered.schedule
    if schedule is None:
        return
    for step in schedule.steps():
        yield step.label, "period" if isinstance(step, Period) else "activity", time_words(step, schedule)


def _activity(activity: Activity, ordered: dict[str, str], schedule: Schedule, names: Names) -> dict[str, Any]:
    named = ordered[activity.order] if activity.order else None
    return {**_step(activity, schedule, names), "definitionCanonical": named}


def _step(step: Period | Activity, schedule: Schedule, names: Names) -> dict[str, Any]:
    return {
        "id": _action_id(step.id),
        "title": step.label,
        "description": time_words(step, schedule),
        "relatedAction": [_related(step.when, names)] if step.when else [],
        "timingTiming": timing(step),
    }


def _related(when: When, names: Names) -> dict[str, Any]:
    apart = offset(when.by) if when.by else {}
    return {**related_action(_action_id(when.of), names.version), "relationship": when.relation, **apart}


def _action_id(step: str) -> str:
    """The id of an action, which no other part of the plan can have."""
    return f"{_SCHEDULE}-{step}"
