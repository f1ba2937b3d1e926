"""Tests of a schedule as text."""

from __future__ import annotations

import msgspec

from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.report.layout import WIDTH
from alsfhir.report.schedule import schedule_lines
from schedule_samples import SCHEDULE


def test_of_no_schedule_nothing_is_shown() -> None:
    """Where nothing is known, there is no heading without lines."""
    assert list(schedule_lines(ReadSchedule())) == []


def test_a_schedule_whose_text_has_changed_is_said_to_be_missing() -> None:
    """Whoever looks for it sees why it is not there."""
    assert list(schedule_lines(ReadSchedule(warning="nobody has read it"))) == ["", "Schedule  nobody has read it"]


def test_each_step_and_each_order_has_its_line() -> None:
    """Who stands for the reading, what it assumes, the periods with their activities, and what is ordered."""
    lines = list(schedule_lines(ReadSchedule(SCHEDULE)))
    assert lines[:5] == [
        "",
        "Schedule  reviewed by Dr. Example on 2026-01-31",
        "    Assumed   The days count from the first dose",
        "    Period    Screening: for 1 to 2 years",
        "        Consent",
    ]
    assert "        Second dose: 0.5 months after the start of “First dose”" in lines
    assert lines[-4:-2] == ["    Ordered   Look: weight, FVC; sitting", "    Ordered   Pouch"]


def test_no_line_of_a_schedule_is_wider_than_the_width() -> None:
    """Long labels are wrapped."""
    long = msgspec.structs.replace(SCHEDULE.order[0], items=("word " * 60,))
    lines = schedule_lines(ReadSchedule(msgspec.structs.replace(SCHEDULE, order=(long,))))
    assert all(len(line) <= WIDTH for line in lines)
