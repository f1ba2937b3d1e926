"""A trial's schedule as text."""

from __future__ import annotations

from collections.abc import Iterator

from alsfhir.criteria.schedule import Activity, Period, ReadSchedule, Schedule
from alsfhir.criteria.schedule_words import order_words, time_words
from alsfhir.report.layout import wrapped
from alsfhir.report.reading import reading_words

_INDENT = 4


def schedule_lines(read: ReadSchedule) -> Iterator[str]:
    """Lines of at most 92 columns: each period and activity with its time, then what is ordered; none if unknown."""
    if read.warning:
        yield from ("", *wrapped(read.warning, label="Schedule  "))
    if read.schedule is None:
        return
    schedule = read.schedule
    yield from ("", *wrapped(reading_words(schedule.status, schedule.by, schedule.on), label="Schedule  "))
    for assumption in schedule.assumptions:
        yield from wrapped(assumption, indent=_INDENT, label="Assumed   ")
    for step in schedule.steps():
        yield from _step(step, schedule)
    for order in schedule.order:
        yield from wrapped(_said(order.label, order_words(order)), indent=_INDENT, label="Ordered   ")


def _step(step: Period | Activity, schedule: Schedule) -> Iterator[str]:
    kind, indent = ("Period    ", _INDENT) if isinstance(step, Period) else ("", 2 * _INDENT)
    yield from wrapped(_said(step.label, time_words(step, schedule)), indent=indent, label=kind)


def _said(label: str, words: str) -> str:
    return f"{label}: {words}" if words else label
