"""Conditions, and the time since they began or were diagnosed, in CQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alsfhir.cql.literals import indented, integer, quoted
from alsfhir.cql.periods import back, both, window
from alsfhir.criteria.model import Condition, Recorded, TimeSince
from alsfhir.terminology import Terminology

_GRADES = {"mild": 1, "moderate": 2, "severe": 3}


def concept(name: str) -> str:
    """A concept of the concepts' library."""
    return f"Concepts.{quoted(name)}"


def concepts(names: Iterable[str]) -> str:
    """A list of concepts."""
    return f"{{ {', '.join(concept(name) for name in sorted(names))} }}"


UNRECOGNISED = "exists Facts.UnrecognisedConditions(AsOf)"


def condition(atom: Condition, terminology: Terminology) -> str:
    """The verdict on a condition: what entries of it say, what suggests it, and what looks like it in words."""
    entries = condition_entries(atom, terminology)
    # One of many different diseases, ruled out or over, says nothing of the others.
    counted = " where E.says != 'not-met'" if terminology.concept(atom.concept).wide else ""
    says = f"({entries} E{counted} return all E.says)"
    if atom.at_least > 1:
        says = f"Facts.Repeated({entries}, {atom.at_least})"
    return f"Facts.Weighed({says}, {atom.at_least}, ClosedWorld, {UNRECOGNISED})"


def condition_entries(atom: Condition, terminology: Terminology) -> str:
    """The entries that may speak to a condition, each with what it says."""
    members = [
        _entries(atom, terminology),
        *_suggestions(atom, terminology),
        f"Facts.InWords({concept(atom.concept)}, AsOf)",
    ]
    found = indented(",\n".join(members))
    return f"(flatten {{\n{found}\n}})"


def recorded(atom: Recorded) -> str:
    """Whether a counting entry is on record: never undecided."""
    return f"Facts.IsRecorded({concept(atom.concept)}, AsOf)"


def time_since(atom: TimeSince) -> str:
    """The verdict on the time from onset or diagnosis."""
    event = f"Facts.{'Began' if atom.event == 'onset' else 'Diagnosed'}({concept(atom.concept)}, AsOf)"
    bounds = (
        (atom.at_least, "", "IsBackBy"),
        (atom.more_than, "", "IsBackBeyond"),
        (atom.at_most, "not ", "IsBackBeyond"),
        (atom.less_than, "not ", "IsBackBy"),
    )
    truths = [f"{no}Facts.{name}({event}, {back(length)})" for length, no, name in bounds if length is not None]
    return f"Facts.VerdictOf({both(truths)})"


def suggesting(terminology: Terminology, names: Iterable[str]) -> list[str]:
    """The concepts that suggest one of these without proving it, as motor neuron disease does ALS."""
    asked = set(names)
    return sorted(name for name, known in terminology.concepts.items() if asked & set(known.suggests))


def _entries(atom: Condition, terminology: Terminology) -> str:
    verdict = f"Facts.EntryVerdict(C, {_in_time(atom, terminology)}, {integer(_GRADES.get(atom.severity or ''))}, AsOf)"
    if atom.site is not None:
        verdict = f"Facts.AtSite({verdict}, C, {concept(atom.site)})"
    if atom.overlapping is not None:
        verdict = f"Facts.Overlapping({verdict}, C, {concept(atom.overlapping)}, AsOf)"
    if doubts := suggesting(terminology, atom.minus):
        verdict = f"Facts.Doubted({verdict}, C, {concepts(doubts)})"
    without = " and ".join(f"not Facts.Means(C.codes, {concept(name)})" for name in atom.minus)
    where = f" where {without}" if without else ""
    entries = f"Facts.ConditionsOf({concept(atom.concept)}, AsOf)"
    return f"(({entries}) C{where}\n  return all Tuple {{ entry: C, says: {verdict} }})"


def _in_time(atom: Condition, terminology: Terminology) -> str:
    past = terminology.concept(atom.concept).past
    if atom.within is None:
        if atom.when == "ever":
            return "'met'"
        return "'unknown'" if past else "Facts.CurrentVerdict(C, AsOf)"
    first, last = window(atom.within, atom.until)
    if atom.began:
        return f"Facts.BeganVerdict(C, {first}, {last})"
    if past:
        return f"Facts.WasThereVerdict(C, {first}, {last})"
    if atom.until is None:
        return f"Facts.SinceVerdict(C, {first}, AsOf)"
    return f"Facts.BetweenVerdict(C, {first}, {last}, AsOf)"


def _suggestions(atom: Condition, terminology: Terminology) -> Iterator[str]:
    broader = suggesting(terminology, (atom.concept,))
    if broader:
        narrower = set(atom.minus).union(*(terminology.concept(name).suggests for name in broader))
        yield f"Facts.Suggestions({concepts(broader)}, {concepts(narrower)}, AsOf)"
