"""A schedule in English: when something is done, how often, and what is ordered for it."""

from __future__ import annotations

from alsfhir.criteria.schedule import Activity, Assessment, Length, Medication, Order, Period, Repeat, Schedule, When
from alsfhir.criteria.words import number

_RELATIONS = {
    "before-start": "before the start of",
    "before-end": "before the end of",
    "after-start": "after the start of",
    "after-end": "after the end of",
}


def time_words(step: Period | Activity, schedule: Schedule) -> str:
    """When and how long: ``3 days after the start of “First dose”, for 1 hour``; empty if the text says nothing."""
    repeat = step.repeat if isinstance(step, Activity) else None
    said = (
        _when(step.when, schedule) if step.when else "",
        _repeat(repeat) if repeat else "",
        f"for {_length_words(step.lasting)}" if step.lasting else "",
    )
    return ", ".join(filter(None, said))


def _length_words(length: Length) -> str:
    """A length as the text gives it: ``1 month``, ``0.5 months``, ``3 to 5 days``."""
    if length.up_to is not None:
        return f"{number(length.value)} to {number(length.up_to)} {length.unit}"
    return f"{number(length.value)} {length.unit.removesuffix('s') if length.value == 1 else length.unit}"


def order_words(order: Order) -> str:
    """What is ordered, beside its label: the dose, or the items of an assessment; empty if there is nothing to add."""
    said: list[str | None] = []
    if isinstance(order, Medication):
        dose = f"{number(order.dose.value)} {order.dose.unit}" if order.dose else None
        said = [" of ".join(filter(None, (dose, order.product))), order.route]
    elif isinstance(order, Assessment):
        said = [", ".join(order.items)]
    return "; ".join(filter(None, (*said, order.note)))


def _when(when: When, schedule: Schedule) -> str:
    relation = f"{_RELATIONS[when.relation]} “{schedule.label(when.of)}”"
    if when.by is None:
        return relation
    if when.by.value == 0 and when.by.up_to is None:
        return f"at {relation.partition(' ')[2]}"
    return f"{_length_words(when.by)} {relation}"


def _repeat(repeat: Repeat) -> str:
    times = {None: "", 1: "once"}.get(repeat.times, f"{repeat.times} times")
    every = f"{_length_words(repeat.every)} apart" if repeat.every else ""
    over = f"over {_length_words(repeat.over)}" if repeat.over else ""
    return ", ".join(filter(None, (times, every, over)))
