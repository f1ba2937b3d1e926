"""What is wrong with a schedule that its types cannot say: who is named, and whether each has a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from alsfhir.criteria.schedule import Activity, Amount, Length, Medication, Period, Repeat, Schedule
from alsfhir.terminology import Terminology


def schedule_problems(schedule: Schedule, terms: Terminology) -> tuple[str, ...]:
    """What of a schedule contradicts itself or the units, in sentences; none if nothing does."""
    return (*_names(schedule), *_circles(schedule), *_numbers(schedule, terms))


def _names(schedule: Schedule) -> Iterator[str]:
    steps, orders = [step.id for step in schedule.steps()], [order.id for order in schedule.order]
    for what, ids in (("activity or period", steps), ("order", orders)):
        yield from (f"{each}: there are two of it, as {what}" for each, count in Counter(ids).items() if count > 1)
    used = set()
    for step in schedule.steps():
        if step.when and step.when.of not in steps:
            yield f"{step.id}: no activity or period is named {step.when.of!r}"
        if isinstance(step, Activity) and step.order is not None:
            used.add(step.order)
            if step.order not in orders:
                yield f"{step.id}: no order is named {step.order!r}"
    yield from (f"{order}: nothing in the schedule orders it" for order in orders if order not in used)


def _circles(schedule: Schedule) -> Iterator[str]:
    """Each that has its time from itself, by way of whatever; an activity without a time has that of its period."""
    within = {activity.id: period.id for period in schedule.period for activity in period.activity}
    leads = {step.id: step.when.of if step.when else within.get(step.id) for step in schedule.steps()}
    for start, leads_to in leads.items():
        at, seen = leads_to, {start}
        while at is not None and at not in seen:
            seen.add(at)
            at = leads.get(at)
        if at == start:
            yield f"{start}: its time is given by its own time"


def _numbers(schedule: Schedule, terms: Terminology) -> Iterator[str]:
    for step in schedule.steps():
        yield from (f"{step.id}: {problem}" for problem in _problems(step))
    for order in schedule.order:
        if isinstance(order, Medication) and order.dose:
            yield from (f"{order.id}: {problem}" for problem in _of_dose(order.dose, terms))


def _problems(step: Period | Activity) -> Iterator[str]:
    if step.lasting:
        yield from _of_length(step.lasting)
    if step.when and step.when.by:
        yield from _of_length(step.when.by, may_be_none=True)
    if isinstance(step, Activity) and step.repeat:
        yield from _of_repeat(step.repeat)


def _of_repeat(repeat: Repeat) -> Iterator[str]:
    if repeat == Repeat():
        yield "repeated, and neither how often nor how long"
    for length in (repeat.every, repeat.over):
        if length:
            yield from _of_length(length)


def _of_length(length: Length, *, may_be_none: bool = False) -> Iterator[str]:
    if length.value < 0 or (length.value == 0 and not may_be_none):
        yield f"a length of {length.value} {length.unit} is none"
    if length.up_to is not None and length.up_to <= length.value:
        yield f"{length.value} up to {length.up_to} {length.unit} is no range"


def _of_dose(dose: Amount, terms: Terminology) -> Iterator[str]:
    if dose.value <= 0:
        yield f"a dose of {dose.value} {dose.unit} is none"
    if terms.units.unit(dose.unit) != dose.unit:
        yield f"{dose.unit!r} is not a unit of mappings/units.toml"
