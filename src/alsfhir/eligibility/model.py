"""A screening as it is decided: values, bases and pointers to the evidence, and not a word.

The words are made on request by ``eligibility.explain``; ``eligibility.record`` is the form with words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.model import Atom
from alsfhir.patient.model import Fact, Facts


class Value(StrEnum):
    """Is the statement true of this patient?"""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    REVIEW = "review"


class Basis(StrEnum):
    """What a verdict rests on. The order is that in which the basis of an undecided tree is chosen."""

    UNUSABLE = "unusable"
    STALE = "stale"
    JUDGEMENT = "judgement"
    ATTESTATION = "attestation"
    NO_RECORD = "no-record"
    EVIDENCE = "evidence"


class Outcome(StrEnum):
    """What a verdict means for the trial."""

    PASS = "pass"
    FAIL = "fail"
    MISSING = "missing"
    CONFIRM = "confirm"


class Status(StrEnum):
    """ResearchSubject.status codes, https://hl7.org/fhir/R4/valueset-research-subject-status.html."""

    CANDIDATE = "candidate"
    POTENTIAL = "potential-candidate"
    INELIGIBLE = "ineligible"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one atom.

    ``cause`` is a short fixed key (``below-bound``, ``no-unit``, ``tied``, ``partial-date`` …) from which ``explain``
    makes the sentence. ``facts`` are cited: those that decide, or those in the way. ``number`` is the value that was
    compared, in the atom's unit, where one was. ``measured``: what is undecided here can be measured or documented.
    ``aside`` are facts that speak to the atom as well, but could not be weighed with the others.
    """

    atom: Atom
    value: Value
    basis: Basis
    cause: str
    facts: tuple[Fact, ...] = ()
    number: Fraction | None = None
    measured: bool = False
    aside: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a tree, and the findings that make it: those that decide, or all that are undecided.

    ``settled`` are the findings of an undecided tree that are decided, with facts to show for it; ``shown`` what is to
    be shown beside a question that is not asked yet, without any part in the verdict.
    """

    value: Value
    basis: Basis
    findings: tuple[Finding, ...]
    settled: tuple[Finding, ...] = ()
    shown: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A criterion, its verdict, and when time alone will change the outcome."""

    criterion: Criterion
    verdict: Verdict
    outcome: Outcome
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """One patient against one trial as of a date. ``status`` is ``None`` exactly if the patient is deceased.

    ``confirmed``: whether the condition that the trial is for is. ``max_age``: days per concept that the caller gave in
    place of the mapping's.
    """

    criteria: Criteria
    facts: Facts
    as_of: date
    closed_world: bool
    status: Status | None
    decisions: tuple[Decision, ...]
    max_age: Mapping[str, int] = field(default_factory=dict)
    confirmed: bool = False
