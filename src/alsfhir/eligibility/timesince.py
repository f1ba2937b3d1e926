"""How long ago a condition began, or was diagnosed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from alsfhir.criteria.model import Duration, TimeSince
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import counting, suggesting
from alsfhir.eligibility.days import earlier, first_day_back
from alsfhir.eligibility.history import existed, onset_days
from alsfhir.eligibility.logic import value_of
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.patient.model import Condition
from alsfhir.patient.values import When
from alsfhir.terminology import Terminology


@dataclass(frozen=True, slots=True)
class Event:
    """The days on which it may have happened, and the entries that say so."""

    first: date
    last: date
    entries: tuple[Condition, ...]
    cause: Cause


def time_since(atom: TimeSince, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of the time from onset or diagnosis to a day; several entries: the earliest counts."""
    broader = suggesting(terminology, (atom.concept,))

    def found(chart: Chart, day: date) -> Finding:
        event = event_of(atom, chart)
        if event is None:
            return _no_date(atom, broader, chart)
        truth = kept(atom, event, day)
        if truth is not None:
            aside = later_onsets(atom.concept, event, chart) if atom.event == "diagnosis" else ()
            return Finding(atom, value_of(truth), Basis.EVIDENCE, event.cause, event.entries, None, True, aside)
        if event.cause is Cause.DIAGNOSED_BEFORE:
            return Finding(atom, Value.UNKNOWN, Basis.NO_RECORD, Cause.NO_DATE, event.entries, measured=True)
        contradictory = event.cause is Cause.ONSET_AFTER_DIAGNOSIS
        cause = event.cause if contradictory else Cause.PARTIAL_DATE
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, cause, event.entries, measured=True)

    return found


def time_turns(atom: TimeSince, chart: Chart) -> Iterator[date]:
    """The days on which the verdict on the time since the event may change."""
    event = event_of(atom, chart)
    if event is None:
        return
    bounds = [(atom.at_least, False), (atom.more_than, True), (atom.at_most, True), (atom.less_than, False)]
    for length, strict in bounds:
        for known in {event.first, event.last} - {date.min}:
            day = None if length is None else first_day_back(known, length, strict)
            if day is not None:
                yield day


def event_of(atom: TimeSince, chart: Chart) -> Event | None:
    """When the onset or diagnosis was, as the counting entries say; the earliest of several.

    An onset that is not on record, or is dated after the diagnosis of any entry, was before that diagnosis, which
    proves a least time and no more.
    """
    entries = counting(atom.concept, chart)
    if atom.event == "diagnosis":
        return _diagnosis(entries, chart)
    onsets = [(days, entry) for entry in entries if (days := onset_days(entry, chart.facts))]
    if onsets:
        return _until_diagnosis(_earliest(onsets, Cause.COMPARED, chart), entries, chart)
    diagnosis = _diagnosis(entries, chart)
    return diagnosis and Event(date.min, diagnosis.last, diagnosis.entries, Cause.DIAGNOSED_BEFORE)


def later_onsets(concept: str, event: Event, chart: Chart) -> tuple[Condition, ...]:
    """The counting entries that say the condition began after the event."""
    dated = ((onset_days(entry, chart.facts), entry) for entry in counting(concept, chart))
    return tuple(entry for days, entry in dated if days and days[0] > event.last)


def _until_diagnosis(onset: Event, entries: Sequence[Condition], chart: Chart) -> Event:
    asserted = [(_days(entry.diagnosed), entry) for entry in entries if entry.diagnosed]
    diagnosis = _earliest(asserted, Cause.COMPARED, chart) if asserted else onset
    if onset.last <= diagnosis.last:
        return onset
    cited = tuple(dict.fromkeys((*onset.entries, *diagnosis.entries)))
    if onset.first > diagnosis.last:
        return Event(date.min, diagnosis.last, cited, Cause.ONSET_AFTER_DIAGNOSIS)
    return Event(onset.first, diagnosis.last, cited, Cause.BEFORE_DIAGNOSIS)


def _diagnosis(entries: Sequence[Condition], chart: Chart) -> Event | None:
    dated = [(_days(when), entry, entry.diagnosed is None) for entry in entries if (when := _diagnosed(entry, chart))]
    if not dated:
        return None
    found = _earliest([(days, entry) for days, entry, _ in dated], Cause.COMPARED, chart)
    cited = frozenset(found.entries)
    assumed = any(only_recorded and entry in cited for _, entry, only_recorded in dated)
    return Event(found.first, found.last, found.entries, Cause.RECORDED_DATE) if assumed else found


def _diagnosed(entry: Condition, chart: Chart) -> When | None:
    when = entry.diagnosed or entry.recorded
    return when if when and when.first <= chart.as_of else None


def _days(when: When) -> tuple[date, date]:
    return when.first, when.last


def _earliest(dated: Sequence[tuple[tuple[date, date], Condition]], cause: Cause, chart: Chart) -> Event:
    first = min(days[0] for days, _ in dated)
    last = min(chart.as_of, *(days[1] for days, _ in dated))
    entries = tuple(entry for days, entry in dated if days[0] <= last)
    return Event(first, last, entries, cause)


def _no_date(atom: TimeSince, broader: frozenset[str], chart: Chart) -> Finding:
    hints = [entry for concept in sorted(broader) for entry in chart.conditions.get(concept, ())]
    on_file = (*chart.conditions.get(atom.concept, ()), *hints)
    entries = tuple(entry for entry in on_file if entry.verification != "refuted")
    doubtful = [entry for entry in entries if _doubt(entry, atom, chart)]
    if doubtful:
        cause = _doubt(doubtful[0], atom, chart) or Cause.UNUSABLE
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, cause, tuple(doubtful), measured=True)
    if chart.unreadable("Condition"):
        return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, Cause.UNREADABLE, measured=True)
    refuted = tuple(entry for entry in on_file if entry not in entries)
    cause = Cause.NO_DATE if entries else Cause.REFUTED if refuted else Cause.NO_RECORD
    return Finding(atom, Value.UNKNOWN, Basis.NO_RECORD, cause, entries or refuted, measured=True)


def _doubt(entry: Condition, atom: TimeSince, chart: Chart) -> Cause | None:
    if entry.unusable:
        return Cause.UNUSABLE
    if atom.concept not in entry.concepts:
        return Cause.BROADER
    if entry.verification not in (None, "confirmed"):
        return Cause.NOT_CONFIRMED
    if not existed(entry, chart.facts, chart.as_of):
        return Cause.PARTIAL_DATE
    return Cause.TEXT_ONLY if entry.onset_text and atom.event == "onset" else None


def kept(atom: TimeSince, event: Event, day: date) -> bool | None:
    """Whether the time from the event to the day is within the bounds; ``None`` if only some of its days are."""
    truths = [
        _back(event, atom.at_least, day, strict=False),
        _back(event, atom.more_than, day, strict=True),
        _not(_back(event, atom.at_most, day, strict=True), atom.at_most),
        _not(_back(event, atom.less_than, day, strict=False), atom.less_than),
    ]
    return False if False in truths else None if None in truths else True


def _back(event: Event, length: Duration | None, day: date, *, strict: bool) -> bool | None:
    if length is None:
        return True
    bound = earlier(day, length)
    if event.last < bound or (event.last == bound and not strict):
        return True
    return False if event.first > bound or (event.first == bound and strict) else None


def _not(truth: bool | None, bound: Duration | None) -> bool | None:
    return True if bound is None else None if truth is None else not truth
