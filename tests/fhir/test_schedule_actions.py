"""Tests of a schedule as actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.criteria.schedule import ReadSchedule, Schedule
from alsfhir.fhir.activity_definition import activity_definitions
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.primitives import filled
from alsfhir.fhir.schedule_actions import schedule_actions, schedule_rows
from alsfhir.fhir.versions import FhirVersion
from schedule_samples import SCHEDULE
from schedule_strategies import schedules
from trial_samples import bare_criteria, criteria

NAMES = Names("http://base.test/fhir")
START = datetime(2026, 1, 1, tzinfo=UTC)
# Days, for adding up: months and years as long as they are on average.
DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1, "wk": 7, "mo": 365.25 / 12, "a": 365.25}


def _actions(schedule: Schedule | None, version: FhirVersion = FhirVersion.R4) -> list[dict[str, Any]]:
    read = replace(criteria(), scheduled=ReadSchedule(schedule, from_document=True))
    actions: list[dict[str, Any]] = filled(schedule_actions(read, replace(NAMES, version=version)))
    return actions


def _all(actions: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Every action with the id of the one above it."""
    for action in actions:
        yield action, None
        yield from ((each, above or action["id"]) for each, above in _all(action.get("action", [])))


def _dates(actions: list[dict[str, Any]]) -> dict[str, datetime]:
    """When each action begins at the earliest, by nothing but what the actions say.

    Where they say no distance, none is added. Raises RecursionError if that leads nowhere.
    """
    known = {action["id"]: (action, above) for action, above in _all(actions)}

    def length(found: dict[str, Any] | None) -> timedelta:
        return timedelta(days=float(found["value"]) * DAYS[found["code"]]) if found else timedelta()

    def begins(name: str) -> datetime:
        action, above = known[name]
        if "relatedAction" not in action:
            return begins(above) if above else START
        (related,) = action["relatedAction"]
        of = related.get("actionId") or related["targetId"]
        apart = length(related.get("offsetDuration") or related.get("offsetRange", {}).get("low"))
        at = begins(of) + (lasts(of) if related["relationship"].endswith("-end") else timedelta())
        return at - apart if related["relationship"].startswith("before") else at + apart

    def lasts(name: str) -> timedelta:
        repeat = known[name][0].get("timingTiming", {}).get("repeat", {})
        lasting = (
            length({"value": repeat["duration"], "code": repeat["durationUnit"]}) if "duration" in repeat else None
        )
        return lasting or timedelta()

    return {name: begins(name) for name in known}


def test_without_a_schedule_there_is_no_action() -> None:
    """What no document says is not invented."""
    assert _actions(None) == []
    for read in (
        replace(criteria(), scheduled=ReadSchedule()),
        replace(bare_criteria(), scheduled=ReadSchedule(SCHEDULE)),
    ):
        assert list(schedule_rows(read)) == []
        assert schedule_actions(read, NAMES) == []


@pytest.mark.parametrize("version", FhirVersion)
@given(schedule=schedules())
def test_every_action_leads_back_to_the_start_of_the_plan(version: FhirVersion, schedule: Schedule) -> None:
    """Ids are unique and such as FHIR allows, whoever is named exists, and nobody's time is given by their own."""
    actions = _actions(schedule, version)
    ids = [action["id"] for action, _ in _all(actions)]
    assert max(Counter(ids).values()) == 1
    assert all(name.replace("-", "").isalnum() and len(name) <= 64 for name in ids)
    target = "targetId" if version is FhirVersion.R5 else "actionId"
    related = [each for action, _ in _all(actions) for each in action.get("relatedAction", [])]
    assert {each[target] for each in related} <= set(ids)
    assert set(_dates(actions)) == set(ids)


def test_the_doses_of_the_real_trial_come_to_the_dates_that_its_document_adds_up() -> None:
    """Four doses half a month apart, each assessed on the third day; visits 2.5, 4.5 and 7.5 months after the first."""
    dates = _dates(filled(schedule_actions(read_criteria(mapped_trial("NCT06765564")), NAMES)))
    first = dates["schedule-dose-1"]
    after = {name.removeprefix("schedule-"): (date - first).total_seconds() / 86400 for name, date in dates.items()}
    months = {name: round(days / DAYS["mo"], 3) for name, days in after.items()}
    assert [months[f"dose-{number}"] for number in (1, 2, 3, 4)] == [0, 0.5, 1, 1.5]
    assert [months[f"visit-month-{number}"] for number in (1, 3, 6)] == [2.5, 4.5, 7.5]
    assert (after["surgery"], after["surgery-check"]) == (-3, -2)
    assert [round(after[f"dose-{n}-assessment"] - after[f"dose-{n}"], 6) for n in (1, 2, 3, 4)] == [3, 3, 3, 3]


def test_the_schedule_says_who_stands_for_it_and_what_it_assumes() -> None:
    """As a criterion does."""
    (schedule,) = _actions(SCHEDULE)
    extension = "http://base.test/fhir/StructureDefinition"
    assert schedule["extension"] == [
        {
            "url": f"{extension}/reading",
            "extension": [
                {"url": "status", "valueCode": "reviewed"},
                {"url": "by", "valueString": "Dr. Example"},
                {"url": "on", "valueDate": "2026-01-31"},
            ],
        },
        {"url": f"{extension}/assumption", "valueString": "The days count from the first dose"},
    ]
    assert schedule["description"] == "The reading of the schedule has been reviewed by a clinician."
    proposed = msgspec.structs.replace(SCHEDULE, status="proposed", by=None, on=None)
    assert "no clinician" in _actions(proposed)[0]["description"]


@pytest.mark.parametrize("version", FhirVersion)
def test_an_activity_is_an_action_in_that_of_its_period(version: FhirVersion) -> None:
    """With its time in words and in elements, and what is ordered for it in the very version."""
    (schedule,) = _actions(SCHEDULE, version)
    screening, treatment = schedule["action"]
    target = "targetId" if version is FhirVersion.R5 else "actionId"
    assert treatment["relatedAction"] == [{target: "schedule-screening", "relationship": "after-end"}]
    assert screening["action"][0] == {"id": "schedule-consent", "title": "Consent"}
    read, names = replace(criteria(), scheduled=ReadSchedule(SCHEDULE, True)), replace(NAMES, version=version)
    version_of_pouch = activity_definitions(read, names)[1]["version"]
    days = {"unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}
    assert treatment["action"][0] == {
        "id": "schedule-surgery",
        "title": "Surgery",
        "description": "3 to 5 days before the start of “First dose”, for 90 minutes",
        "relatedAction": [
            {
                target: "schedule-first",
                "relationship": "before-start",
                "offsetRange": {"low": {"value": 3, **days}, "high": {"value": 5, **days}},
            }
        ],
        "timingTiming": {"repeat": {"duration": 90, "durationUnit": "min"}},
        "definitionCanonical": f"http://base.test/fhir/ActivityDefinition/NCT00000001-pouch|{version_of_pouch}",
    }


def test_what_is_ordered_is_published_under_the_name_that_an_action_calls_it_by() -> None:
    """Each order of the schedule, by url and version."""
    named = {action["definitionCanonical"] for action, _ in _all(_actions(SCHEDULE)) if "definitionCanonical" in action}
    assert named == {f"{one['url']}|{one['version']}" for one in activity_definitions(criteria(), NAMES)}


def test_a_table_has_a_line_for_each_step() -> None:
    """In their order, periods and activities told apart."""
    rows = list(schedule_rows(criteria()))
    assert rows[:2] == [("Screening", "period", "for 1 to 2 years"), ("Consent", "activity", "")]
    assert len(rows) == len(list(SCHEDULE.steps()))
