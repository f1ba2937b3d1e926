"""What one entry says of a procedure: that it was done, is going on, is planned, or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alsfhir.criteria.model import Procedure as ProcedureAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.course import Course, Said, State, course, in_window, now
from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Procedure

PREPARATION = "preparation"
_DONE = ("completed", "in-progress")
_NEVER = ("not-done", "entered-in-error")
_STATES = {"completed": State.OVER, "in-progress": State.GOING, "on-hold": State.HELD, "stopped": State.HELD}
_BROKEN = {"on-hold": Cause.ON_HOLD, "stopped": Cause.BROKEN_OFF}


def doing(entry: Procedure, as_of: date) -> Course:
    """When the procedure was done by an entry that exists as of a date."""
    state = _STATES.get(entry.status, State.UNCLEAR)
    return course(entry.when, state, as_of, whole=state is not State.GOING)


def said(entry: Procedure, found: Course, atom: ProcedureAtom, day: date, as_of: date) -> Said | None:
    """What an entry says to a procedure that is asked for on a day; ``None`` if nothing at all."""
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if not speaks(entry, atom):
        return None
    if found.state is State.UNCLEAR and entry.status != PREPARATION:
        return Value.UNKNOWN, Cause.NO_STATUS
    if found.began[1] > as_of:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    return _planned(entry) if atom.when == "planned" else _done(entry, found, atom, day, as_of)


def speaks(entry: Procedure, atom: ProcedureAtom) -> bool:
    """Whether an entry can say anything to what is asked: a plan is not done, and what is done not planned."""
    if entry.status in _NEVER:
        return False
    if atom.when == "planned":
        return entry.status not in (*_DONE, "stopped")
    return entry.status != PREPARATION


def procedures_done(concept: str, chart: Chart) -> tuple[Procedure, ...]:
    """The entries of a concept that say it was done, or is being done, by the as-of date."""
    return tuple(
        entry
        for entry in chart.procedures.get(concept, ())
        if entry.unusable is None and entry.status in _DONE and doing(entry, chart.as_of).began[1] <= chart.as_of
    )


def undone(entry: Procedure, others: Sequence[Procedure], as_of: date) -> tuple[Said, Procedure] | None:
    """Whether one of the undoing procedures came after the entry, and which; ``None`` if none did."""
    found: tuple[Said, Procedure] | None = None
    for other in others:
        order = _after(other, entry, as_of)
        if order is False or other.status in (PREPARATION, *_NEVER):
            continue
        if order and other.status in _DONE and other.unusable is None:
            return (Value.NOT_MET, Cause.UNDONE), other
        found = found or ((Value.REVIEW, Cause.UNDONE_ORDER), other)
    return found


def _planned(entry: Procedure) -> Said:
    return (Value.MET, Cause.PLANNED) if entry.status == PREPARATION else (Value.REVIEW, Cause.ON_HOLD)


def _done(entry: Procedure, found: Course, atom: ProcedureAtom, day: date, as_of: date) -> Said:
    told = Value.MET, Cause.ON_RECORD
    if atom.within is not None:
        told = in_window(found, day, atom.within, None, as_of)
    if entry.status in _BROKEN and told[0] is not Value.NOT_MET:
        return Value.REVIEW, _BROKEN[entry.status]
    return _now(entry, found, as_of) if atom.when == "current" and atom.within is None else told


def _now(entry: Procedure, found: Course, as_of: date) -> Said:
    if entry.status != "completed":
        return now(found, as_of)
    if entry.when is None or found.end is None:
        return Value.UNKNOWN, Cause.UNDATED
    if found.end[1] < as_of:
        return Value.NOT_MET, Cause.NOT_CURRENT
    if found.end[0] < as_of:
        return Value.UNKNOWN, Cause.PARTIAL_DATE
    # A period that holds the day says that it went on then; a day alone only that it was done on it.
    return (Value.MET, Cause.ON_RECORD) if "/" in entry.when.written else (Value.UNKNOWN, Cause.THEN_ONLY)


def _after(other: Procedure, entry: Procedure, as_of: date) -> bool | None:
    """Whether one procedure was begun after another; ``None`` if that is not on record."""
    if other.when is None or entry.when is None:
        return None
    if other.when.instant and entry.when.instant:
        return other.when.instant > entry.when.instant
    began, first = doing(other, as_of).began, doing(entry, as_of).began
    if began[0] > first[1]:
        return True if began[1] <= as_of else None
    return False if began[1] < first[0] else None
