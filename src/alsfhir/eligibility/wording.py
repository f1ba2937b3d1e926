"""Numbers, units, dates and facts in words, the same wherever they are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from alsfhir.patient.model import (
    Allergy,
    Answer,
    Condition,
    Consent,
    Device,
    Drug,
    Fact,
    Nutrition,
    Observation,
    Participation,
    Procedure,
)
from alsfhir.patient.values import Quantity, When
from alsfhir.terminology import LOCAL_SYSTEM, Coding, Concept, Terminology

NAMELESS = "without a name"
_SHOWN = 3  # of several facts; all of them are among the evidence


def sentence(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def listed(texts: Iterable[str]) -> str:
    """The first three in a row, and how many more there are."""
    every = list(dict.fromkeys(texts))
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return "; ".join(every[:_SHOWN]) + more


def rounded(number: Fraction, *bounds: Decimal | None) -> str:
    """The number with two decimals; with more where it would otherwise look like a bound that it is not."""
    for digits in range(2, 12):
        shown = Decimal(round(number * 10**digits)).scaleb(-digits)
        if Fraction(shown) == number or shown not in bounds:
            break
    return f"{shown.normalize():f}"


def unit_words(concept: Concept, unit: str | None) -> str:
    """How a unit of that concept is said: ``% of predicted`` for vital capacity in ``%``."""
    if unit is not None and unit == concept.unit and concept.unit_label:
        return concept.unit_label
    return unit or ""


def quantity_words(quantity: Quantity, concept: Concept | None = None) -> str:
    """A quantity with its digits as written."""
    unit = unit_words(concept, quantity.unit) if concept else quantity.unit or ""
    return f"{quantity.comparator or ''}{quantity.value:f} {unit}".rstrip()


def day_words(when: When | None) -> str:
    """The day, or the days that a partial date or a period leaves open, as written."""
    if when is None:
        return "no date"
    if when.first == when.last:
        return when.first.isoformat()
    if "/" not in when.written:
        return when.written
    first = "" if when.first == date.min else f"{when.first} "
    return f"{first}to {when.last}" if when.last != date.max else f"since {when.first}"


def days_old(when: When | None, as_of: date) -> str:
    """How old something is, in days."""
    if when is None:
        return "of unknown age"
    youngest, oldest = (as_of - when.last).days, (as_of - when.first).days
    return f"{oldest} days old" if youngest == oldest else f"{youngest} to {oldest} days old"


def span_words(least: int, most: int) -> str:
    """One number, or the two between which it is: ``60``, ``59 to 60``."""
    return str(least) if least == most else f"{least} to {most}"


def dated_onset(entry: Condition) -> str:
    """When an entry says that it began, and which entry it is: ``2025-09-01, Condition/1``."""
    began = day_words(entry.onset) if entry.onset or entry.onset_age is None else f"at the age of {entry.onset_age}"
    return f"{began}, {entry.reference}"


def date_of(fact: Fact) -> When | None:
    """When a fact was: effective, began, was done, was taken; else when it was written down."""
    match fact:
        case Observation() | Procedure():
            return fact.when
        case Condition():
            return fact.onset or fact.diagnosed or fact.recorded
        case Drug():
            return fact.period or fact.authored
        case Allergy():
            return fact.when or fact.recorded
        case _:
            return fact.when


def value_words(fact: Fact, terminology: Terminology) -> str | None:
    """What a fact says: a value with its unit, a name with its status."""
    match fact:
        case Observation():
            return _observed(fact, terminology)
        case Condition():
            return ", ".join(_entry(fact, terminology))
        case Allergy():
            return ", ".join(_allergic(fact))
        case Answer():
            return "; ".join(fact.answers) or None
        case _:
            return ", ".join(_named_state(fact))


def named_value(fact: Fact, terminology: Terminology) -> str | None:
    """What a fact says, and of a value what it is of: ``INR 1.1``; for where no criterion has named it."""
    value = value_words(fact, terminology)
    if not isinstance(fact, Observation) or value is None:
        return value
    return f"{label_of_value(fact, terminology) or name_of(fact) or NAMELESS}: {value}"


def label_of_value(fact: Observation, terminology: Terminology) -> str | None:
    """What a value is a value of, if a concept has its code; its interpretation, abnormal or positive, is no name."""
    known = (terminology.concepts[name] for name in sorted(fact.concepts) if name in terminology.concepts)
    return next((concept.label for concept in known if concept.file != "values"), None)


def fact_words(fact: Fact, terminology: Terminology, *, named: bool = False) -> str:
    """A fact with its date and its reference, in brackets behind what it says; of a condition, which date it is."""
    value = (named_value if named else value_words)(fact, terminology)
    day = dated_entry(fact, date_of(fact)) if isinstance(fact, Condition) else day_words(date_of(fact))
    return f"{value} ({day}, {fact.reference})" if value else fact.reference


def dated_entry(entry: Condition, when: When | None) -> str:
    """One of the dates of an entry, and which it is: ``onset 2025-06-01``, ``diagnosed …``, ``recorded …``."""
    named = (("onset", entry.onset), ("diagnosed", entry.diagnosed), ("recorded", entry.recorded))
    label = next((label for label, known in named if known is not None and known == when), None)
    return f"{label} {day_words(when)}" if label else "no date"


def facts_words(facts: Iterable[Fact], terminology: Terminology, *, named: bool = False) -> str:
    """Several facts in a row, cut short where there are many."""
    return listed(fact_words(fact, terminology, named=named) for fact in facts)


def _entry(fact: Condition, terminology: Terminology) -> Iterator[str]:
    yield name_of(fact) or NAMELESS
    yield from (state for state in (fact.verification, fact.clinical) if state)
    if fact.abatement is not None:
        yield f"over by {day_words(fact.abatement)}"
    stages = [_coded(coding, terminology.concepts.values()) for coding in fact.stages]
    stages += [f"“{text}”" for text in fact.stage_text]
    if stages:
        yield f"stage {' / '.join(dict.fromkeys(stages))}"
    if fact.unusable is not None:
        yield f"not usable: {fact.unusable}"


def _allergic(fact: Allergy) -> Iterator[str]:
    yield name_of(fact) or NAMELESS
    yield from (state for state in (fact.verification, fact.clinical) if state)
    yield from dict.fromkeys(f"{reaction.severity} reaction" for reaction in fact.reactions if reaction.severity)
    if fact.criticality == "high":
        yield "high criticality"
    if fact.unusable is not None:
        yield f"not usable: {fact.unusable}"


def _named_state(fact: Drug | Procedure | Device | Nutrition | Participation | Consent) -> Iterator[str]:
    yield name_of(fact) or NAMELESS
    yield fact.status
    if isinstance(fact, Drug) and fact.dosage:
        yield fact.dosage
    if isinstance(fact, Consent) and fact.permits is False:
        yield "refused"
    if fact.unusable is not None:
        yield f"not usable: {fact.unusable}"


def _observed(fact: Observation, terminology: Terminology) -> str | None:
    concepts = [terminology.concepts[name] for name in sorted(fact.concepts) if name in terminology.concepts]
    if fact.quantity is not None:
        concept = next((one for one in concepts if one.unit == fact.quantity.unit), None)
        value = quantity_words(fact.quantity, concept)
    elif fact.coded:
        value = " / ".join(dict.fromkeys(_coded(coding, concepts) for coding in fact.coded))
    elif fact.boolean is not None:
        value = "yes" if fact.boolean else "no"
    else:
        value = f"“{fact.string}”" if fact.string else ""
    unusable = f"not usable: {fact.unusable}" if fact.unusable else ""
    return ", ".join(part for part in (value, unusable) if part) or None


def _coded(coding: Coding, concepts: Iterable[Concept]) -> str:
    local = coding.code if coding.system == LOCAL_SYSTEM else None
    known = (value.display for concept in concepts if local and (value := concept.value(local)))
    return next(known, None) or coding.display or coding.code or "no code"


def name_of(fact: Fact) -> str | None:
    """What a fact is called: the first display or code of its codings, else its text in quotation marks."""
    displays = (coding.display or coding.code for coding in fact.codings)
    return next((display for display in displays if display), None) or (f"“{fact.text}”" if fact.text else None)
