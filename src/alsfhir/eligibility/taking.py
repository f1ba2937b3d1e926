"""What one entry says of a drug: that it is taken, was taken, or neither; when, and by which way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from alsfhir.criteria.model import Drug as DrugAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.course import Course, Said, State, course, in_window, now
from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Drug
from alsfhir.terminology import Coding, Terminology

NOT_TAKEN = "not-taken"
# https://hl7.org/fhir/R4/valueset-medicationrequest-intent.html: all others say what might be given.
_ORDERED = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order"})
_PLANNED = frozenset({"proposal", "plan", "option", "directive"})
_NEVER = frozenset(
    {"draft", "cancelled", "intended", "not-done", "declined", "preparation", "entered-in-error"}
)  # of all four resource types
_LOCAL = "local-route"

# What the statuses of an order, or of a statement of taking, mean; and those of a dose given or a supply handed over.
_TAKING = {
    "active": State.GOING,
    "on-hold": State.HELD,
    "stopped": State.OVER,
    "completed": State.OVER,
    "ended": State.OVER,
    NOT_TAKEN: State.OVER,
}
_GIVING = {
    "completed": State.THEN,
    "stopped": State.THEN,
    "on-hold": State.HELD,
}


def counts(entry: Drug) -> bool:
    """Whether the entry speaks of taking at all, and not of what is planned, or was never given."""
    return entry.status not in _NEVER and entry.intent not in _PLANNED


def taking(entry: Drug, as_of: date) -> Course:
    """When the drug was taken by an entry that exists as of a date."""
    state, when = _state(entry), entry.period or entry.authored
    found = course(when, state, as_of, whole=_whole(entry, state))
    if entry.kind == "statement" and entry.period is None and entry.authored is not None:
        # Written down on that day, it began on it or before, and what was over by then ended on it or before.
        ended = (date.min, entry.authored.last) if state is State.OVER else found.ended
        return replace(found, began=(date.min, entry.authored.last), ended=ended, dated=False)
    if entry.kind == "dispense" and found.end is not None:
        # The supply lasts so many days from the day, incomplete perhaps, on which it was handed over.
        first = found.began[0] + (found.end[1] - found.began[1])
        return replace(found, end=(first, found.end[1]), ended=(first, found.end[1]))
    return found


def said(entry: Drug, found: Course, atom: DrugAtom, day: date, as_of: date) -> Said | None:
    """What an entry says to a drug that is asked for on a day; ``None`` if nothing at all."""
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if not counts(entry):
        return None
    if entry.kind == "request" and entry.intent not in _ORDERED:
        return Value.UNKNOWN, Cause.NO_INTENT
    if found.state is State.UNCLEAR:
        return Value.UNKNOWN, Cause.NO_STATUS
    return _not_taken(found, atom, as_of) if entry.status == NOT_TAKEN else _taken(found, atom, day, as_of)


def local_only(terminology: Terminology) -> Callable[[Drug], bool]:
    """A test whether an entry says that the drug is given by local routes, and by no other."""

    def is_local(route: Coding) -> bool:
        named = terminology.concepts_of_words(route.display) if route.display and not route.code else frozenset()
        return _LOCAL in named or _LOCAL in terminology.concepts_of(route)

    def test(entry: Drug) -> bool:
        local = [route for route in entry.routes if is_local(route)]
        # A hospital's own code beside the standard one says the same route once more, not another one.
        systems = {route.system for route in local}
        return bool(local) and all(route in local for route in entry.routes if route.system in systems)

    return test


def _state(entry: Drug) -> State:
    if entry.kind in ("request", "statement"):
        return _TAKING.get(entry.status, State.UNCLEAR)
    if entry.status != "in-progress":
        return _GIVING.get(entry.status, State.UNCLEAR)
    if entry.kind == "administration":
        return State.GOING
    # A supply that is being made ready is handed over when there is a day on which that was done.
    return State.THEN if entry.period or entry.authored else State.UNCLEAR


def _whole(entry: Drug, state: State) -> bool:
    """Whether a single day is all of it: a dose, or what a statement says to be completed."""
    if entry.kind == "administration":
        return state is State.THEN
    return entry.kind == "statement" and entry.status == "completed"


def _taken(found: Course, atom: DrugAtom, day: date, as_of: date) -> Said:
    if atom.within is not None:
        return _within(found, atom, day, as_of)
    if atom.when == "current" or atom.unchanged_for is not None:
        return now(found, as_of)
    return (Value.UNKNOWN, Cause.PARTIAL_DATE) if found.began[1] > as_of else (Value.MET, Cause.ON_RECORD)


def _not_taken(found: Course, atom: DrugAtom, as_of: date) -> Said | None:
    if atom.within is not None or (atom.when == "ever" and atom.unchanged_for is None):
        return None
    if found.end is not None and found.end[1] < as_of:
        return None  # it says nothing of the time since
    return (Value.UNKNOWN, Cause.PARTIAL_DATE) if found.began[1] > as_of else (Value.NOT_MET, Cause.NOT_TAKEN)


def _within(found: Course, atom: DrugAtom, day: date, as_of: date) -> Said:
    assert atom.within is not None
    if found.state is State.HELD:
        # Since when it has been halted is not on record: only its beginning is sure to lie in the period.
        found = replace(found, ended=(found.began[0], found.ended[1]))
    value, cause = in_window(found, day, atom.within, atom.until, as_of)
    if found.state is State.HELD and value is Value.UNKNOWN and found.began[1] <= as_of:
        return Value.REVIEW, Cause.ON_HOLD
    return value, cause
