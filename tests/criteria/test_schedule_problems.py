"""Tests of what is refused in a schedule."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

import msgspec
import pytest
from hypothesis import given

from alsfhir.criteria.mapping import checked_mapping, known_trials, trial_mapping
from alsfhir.criteria.schedule import Schedule
from alsfhir.criteria.schedule_problems import schedule_problems
from alsfhir.errors import MappingError
from alsfhir.terminology import terminology
from schedule_samples import SCHEDULE
from schedule_strategies import schedules

TABLE: dict[str, Any] = {
    "source": "description",
    "sha256": "0" * 64,
    "status": "proposed",
    "order": [
        {"is": "medication", "id": "cells", "label": "Cells", "product": "cells", "dose": {"value": 2, "unit": "mL"}}
    ],
    "period": [
        {"id": "treatment", "label": "Treatment", "activity": [{"id": "dose", "label": "Dose", "order": "cells"}]},
        {"id": "after", "label": "Afterwards", "when": {"relation": "after-end", "of": "dose"}},
    ],
}
DAYS = {"value": 3, "unit": "days"}


def _dose(**fields: Any) -> dict[str, Any]:
    table = deepcopy(TABLE)
    table["period"][0]["activity"][0] |= fields
    return table


def _cells(**fields: Any) -> dict[str, Any]:
    table = deepcopy(TABLE)
    table["order"][0] |= fields
    return table


def _period(**fields: Any) -> dict[str, Any]:
    table = deepcopy(TABLE)
    table["period"][0] |= fields
    return table


def _after(of: str, by: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"relation": "after-end", "of": of} | ({"by": by} if by else {})


def _problems(table: dict[str, Any]) -> tuple[str, ...]:
    return schedule_problems(msgspec.convert(table, Schedule), terminology())


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (_dose(when=_after("surgery")), "dose: no activity or period is named 'surgery'"),
        (_dose(order="blood"), "dose: no order is named 'blood'"),
        (_dose(order=None), "cells: nothing in the schedule orders it"),
        (_dose(id="after"), "after: there are two of it, as activity or period"),
        ({**TABLE, "order": TABLE["order"] * 2}, "cells: there are two of it, as order"),
        (_dose(when=_after("dose")), "dose: its time is given by its own time"),
        (_dose(when=_after("after")), "after: its time is given by its own time"),
        (_period(when=_after("after")), "treatment: its time is given by its own time"),
        (_period(when=_after("dose")), "treatment: its time is given by its own time"),
        (_period(when=_after("dose")), "dose: its time is given by its own time"),
        (_dose(lasting={"value": 0, "unit": "hours"}), "dose: a length of 0 hours is none"),
        (_dose(lasting={"value": -1, "unit": "hours"}), "dose: a length of -1 hours is none"),
        (_period(lasting={"value": -7, "unit": "days"}), "treatment: a length of -7 days is none"),
        (_dose(when=_after("treatment", {"value": -3, "unit": "days"})), "dose: a length of -3 days is none"),
        (_dose(repeat={"every": {"value": 0, "unit": "days"}}), "dose: a length of 0 days is none"),
        (_dose(repeat={"over": {**DAYS, "up-to": 3}}), "dose: 3 up to 3 days is no range"),
        (_dose(repeat={}), "dose: repeated, and neither how often nor how long"),
        (_cells(dose={"value": 0, "unit": "mL"}), "cells: a dose of 0 mL is none"),
        (_cells(dose={"value": 2, "unit": "drops"}), "cells: 'drops' is not a unit of mappings/units.toml"),
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused(table: dict[str, Any], says: str) -> None:
    """In a sentence that names the activity, period or order."""
    assert says in _problems(table)


@pytest.mark.parametrize(
    "table",
    [
        _dose(repeat={"times": 0}),
        _dose(repeat={"times": -4}),
        _dose(repeat={"times": 1.5}),
        _dose(lasting={"value": 3, "unit": "moons"}),
        _dose(when={"relation": "beside", "of": "treatment"}),
        _dose(id="Dose 1"),
        _cells(**{"is": "wish"}),
        {**TABLE, "source": "hearsay"},
        {**TABLE, "status": "reviewed"},
    ],
)
def test_what_is_no_schedule_is_refused(table: dict[str, Any]) -> None:
    """A count below one, a unit, relation or kind that there is not, an id with blanks, a review by nobody."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(table, Schedule)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (_dose(when=_after("x")), "schedule: dose: no activity or period is named 'x'"),
        (_dose(when=_after("dose")), "schedule: dose: its time is given by its own time"),
        (_dose(repeat={"times": -4}), r"`int` >= 1 - at `\$.schedule.period\[0\].activity\[0\].repeat.times`"),
        (_dose(colour="red"), "colour"),
    ],
)
def test_a_mapping_with_such_a_schedule_is_refused(table: dict[str, Any], says: str) -> None:
    """The error names the file, and what of the schedule is wrong."""
    known = {"nct-id": "NCT00000001", "title": "A trial", "status": "Recruiting", "condition": "als", "criterion": []}
    with pytest.raises(MappingError, match=says) as raised:
        checked_mapping("trials/x.toml", {**known, "schedule": table})
    assert str(raised.value).startswith("mappings/trials/x.toml: ")


def test_a_time_may_be_that_of_what_comes_later_or_no_time_apart() -> None:
    """A surgery three days before the first dose, a first dose at the start of its period."""
    at_the_start = _dose(when=_after("treatment", {"value": Decimal(0), "unit": "days"}))
    assert _problems(TABLE) == _problems(at_the_start) == schedule_problems(SCHEDULE, terminology()) == ()
    assert [step.id for step in SCHEDULE.steps()].index("surgery") < [s.id for s in SCHEDULE.steps()].index("first")


def test_only_an_activity_without_a_time_has_that_of_its_period() -> None:
    """A period may begin with one of its activities, if this has a time from elsewhere."""
    table = _dose(when=_after("screening"))
    table["period"][0]["when"] = _after("dose")
    table["period"].append({"id": "screening", "label": "Screening"})
    assert _problems(table) == ()
    del table["period"][0]["activity"][0]["when"]
    assert [problem.partition(":")[0] for problem in _problems(table)] == ["treatment", "dose"]


def _has_a_circle(schedule: Schedule) -> bool:
    within = {activity.id: period.id for period in schedule.period for activity in period.activity}
    graph = {step.id: {step.when.of} if step.when else {within.get(step.id, "")} for step in schedule.steps()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


@given(schedules(in_circles=True))
def test_whoever_has_their_time_from_themselves_is_found(schedule: Schedule) -> None:
    """However long the way round, and only then: the standard library's sorting of graphs says the same."""
    found = [problem for problem in schedule_problems(schedule, terminology()) if "its own time" in problem]
    assert bool(found) is _has_a_circle(schedule)


def test_the_schedules_of_the_known_trials_are_sound() -> None:
    """Those of three of the four trials are read: of the fourth only a news summary says something."""
    known = [mapping for trial in known_trials() if (mapping := trial_mapping(trial)) is not None]
    schedules = [mapping.schedule for mapping in known if mapping.schedule]
    assert len(schedules) == 3
    assert [problem for one in schedules for problem in schedule_problems(one, terminology())] == []
