"""Tests of the model of a schedule."""

from __future__ import annotations

import msgspec
import pytest

from alsfhir.criteria.schedule import ReadSchedule, Schedule
from schedule_samples import SCHEDULE


def _changed(**fields: object) -> Schedule:
    return msgspec.structs.replace(SCHEDULE, **fields)


@pytest.mark.parametrize(
    "changed",
    [
        _changed(sha256="b" * 64),
        _changed(on="2026-02-01"),
        _changed(assumptions=()),
        _changed(period=SCHEDULE.period[:1]),
        _changed(order=SCHEDULE.order[:1]),
    ],
)
def test_another_schedule_has_another_version(changed: Schedule) -> None:
    """What is published under a version never changes: every field is part of it."""
    assert changed.version != SCHEDULE.version


def test_the_same_schedule_has_the_same_version() -> None:
    """A schedule that is written and read again is published as what it was."""
    assert msgspec.json.decode(msgspec.json.encode(SCHEDULE), type=Schedule).version == SCHEDULE.version


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
