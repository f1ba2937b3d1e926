"""Tests of the model of a schedule."""

from __future__ import annotations

import msgspec

from alsfhir.criteria.schedule import ReadSchedule, Schedule
from schedule_samples import SCHEDULE


def _changed(**fields: object) -> Schedule:
    return msgspec.structs.replace(SCHEDULE, **fields)


def test_the_steps_are_the_periods_each_with_its_activities() -> None:
    """In the order of the mapping, each under its label."""
    assert [step.id for step in SCHEDULE.steps()][:5] == ["screening", "consent", "visits", "treatment", "surgery"]
    assert SCHEDULE.label("first") == "First dose"
    assert SCHEDULE.label("treatment") == "Treatment"


def test_only_a_document_says_a_schedule_in_one_of_its_fields() -> None:
    """A schedule out of the mapping alone stands in no passage of any document."""
    assert ReadSchedule().field is None
    assert ReadSchedule(SCHEDULE).field is None
    assert ReadSchedule(SCHEDULE, from_document=True).field == "description"
    assert ReadSchedule(_changed(source="arm"), from_document=True).field == "arms[0].description"
