"""What one observation says: positive, negative, or neither of the two, and why."""

from __future__ import annotations

from dataclasses import dataclass

from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.meanings import meanings
from alsfhir.eligibility.reading import Extent, reading
from alsfhir.patient.model import Observation
from alsfhir.patient.observed import NO_VALUE
from alsfhir.terminology import Terminology

POSITIVE, NEGATIVE, INDETERMINATE = "positive", "negative", "indeterminate"
_RESULTS = frozenset({POSITIVE, NEGATIVE, INDETERMINATE})
_FLAGS = {"POS": POSITIVE, "NEG": NEGATIVE}  # https://hl7.org/fhir/R4/v3/ObservationInterpretation/cs.html


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an observation; ``positive`` is ``None`` if it has none, and ``problem`` says why."""

    source: Observation
    positive: bool | None = None
    problem: Cause | None = None


def result(observation: Observation, concept: str, terminology: Terminology) -> Result:
    """The qualitative result of a concept that an observation states.

    The value counts, whatever form it has; its interpretation only where there is no value at all.
    """
    if observation.unusable and not _without_value(observation):
        return Result(observation, problem=Cause.UNUSABLE)
    if observation.quantity is not None:
        return _of_number(observation, concept, terminology)
    if observation.boolean is not None:
        return Result(observation, observation.boolean)
    if observation.coded:
        return _of_codings(observation, terminology)
    if observation.string is not None:
        return _named(observation, terminology.concepts_of_words(observation.string), Cause.TEXT_ONLY)
    return _named(observation, _interpreted(observation), Cause.UNUSABLE)


def _without_value(observation: Observation) -> bool:
    values = (observation.quantity, observation.boolean, observation.string)
    return observation.unusable == NO_VALUE and not observation.coded and values == (None, None, None)


def _interpreted(observation: Observation) -> frozenset[str]:
    flags = frozenset(_FLAGS[code] for code in observation.interpretation if code in _FLAGS)
    return flags | (observation.concepts & _RESULTS)


def _of_codings(observation: Observation, terminology: Terminology) -> Result:
    names = frozenset[str]().union(*(meanings(coding, terminology) for coding in observation.coded))
    readable = any(coding.display for coding in observation.coded)
    return _named(observation, names, Cause.TEXT_ONLY if readable else Cause.UNKNOWN_CODE)


def _named(observation: Observation, names: frozenset[str], otherwise: Cause) -> Result:
    """The result that the names of concepts say: not several, and ``otherwise`` if it is none."""
    said = names & _RESULTS
    if INDETERMINATE in said:  # weakly positive, too
        return Result(observation, problem=Cause.INDETERMINATE)
    if len(said) == 1:
        return Result(observation, POSITIVE in said)
    return Result(observation, problem=Cause.DISAGREEING if said else otherwise)


def _of_number(observation: Observation, concept: str, terminology: Terminology) -> Result:
    """Any amount of a virus is a positive result; how much of an antibody is one, the laboratory knows."""
    unit = terminology.concept(concept).unit
    if unit is None:
        return Result(observation, problem=Cause.NUMBER_ONLY)
    found = reading(observation, concept, unit, terminology)
    if found.problem:
        return Result(observation, problem=found.problem)
    if found.extent.number is not None and found.extent.number < 0:
        return Result(observation, problem=Cause.IMPLAUSIBLE)
    positive = _above_nought(found.extent)
    return Result(observation, positive, Cause.COMPARATOR if positive is None else None)


def _above_nought(value: Extent) -> bool | None:
    if value.low is not None and (value.low > 0 or (value.low == 0 and value.low_open)):
        return True
    return False if value.number == 0 else None
