"""Strong Kleene logic over the four verdicts; https://en.wikipedia.org/wiki/Three-valued_logic#Kleene_and_Priest_logics.

``unknown`` and ``review`` are the one undecided value of that logic under two names: undecided is called ``review`` if
any undecided member is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alsfhir.eligibility.model import Basis, Finding, Value, Verdict

UNDECIDED = (Value.UNKNOWN, Value.REVIEW)
_ORDER = tuple(Basis)


def value_of(truth: bool | None) -> Value:
    """``met``, ``not-met``, or ``unknown`` for ``None``."""
    return Value.UNKNOWN if truth is None else Value.MET if truth else Value.NOT_MET


def verdict(finding: Finding) -> Verdict:
    """The verdict of a tree that is this one atom."""
    return Verdict(finding.value, finding.basis, (finding,))


def negation(value: Value) -> Value:
    """True and false exchanged; undecided stays what it is."""
    return {Value.MET: Value.NOT_MET, Value.NOT_MET: Value.MET}.get(value, value)


def none_of(member: Verdict) -> Verdict:
    """True if the member is false, for the same reasons."""
    return Verdict(negation(member.value), member.basis, member.findings, member.settled, member.shown)


def all_of(members: Sequence[Verdict]) -> Verdict:
    """True if every member is, false if one is false whatever the others are, else undecided."""
    return _combined(members, Value.NOT_MET)


def any_of(members: Sequence[Verdict]) -> Verdict:
    """True if one member is whatever the others are, false if every member is false, else undecided."""
    return _combined(members, Value.MET)


def _combined(members: Sequence[Verdict], suffices: Value) -> Verdict:
    deciding = [member for member in members if member.value is suffices]
    if deciding:
        return Verdict(suffices, max(_bases(deciding), key=_ORDER.index), _findings(deciding))
    undecided = [member for member in members if member.value in UNDECIDED]
    if undecided:
        review = any(member.value is Value.REVIEW for member in undecided)
        value = Value.REVIEW if review else Value.UNKNOWN
        basis = min(_bases(undecided), key=_ORDER.index)
        shown = tuple(fact for member in undecided for fact in member.shown)
        return Verdict(value, basis, _findings(undecided), tuple(_settled(members)), shown)
    basis = min(_bases(members), key=_ORDER.index, default=Basis.EVIDENCE)
    return Verdict(negation(suffices), basis, _findings(members))


def _bases(members: Sequence[Verdict]) -> list[Basis]:
    return [member.basis for member in members]


def _settled(members: Sequence[Verdict]) -> Iterator[Finding]:
    for member in members:
        findings = member.settled if member.value in UNDECIDED else member.findings
        yield from (finding for finding in findings if finding.facts)


def _findings(members: Sequence[Verdict]) -> tuple[Finding, ...]:
    return tuple(finding for member in members for finding in member.findings)
