"""QuestionnaireResponse → facts, one for each answered item, https://hl7.org/fhir/R4/questionnaireresponse.html."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from alsfhir.patient.codes import codings, concepts_in
from alsfhir.patient.datatypes import (
    CodeableConcept,
    CodingElement,
    Element,
    QuantityElement,
    ReferenceElement,
    present,
    string,
)
from alsfhir.patient.model import Answer
from alsfhir.patient.quantity import decimal, quantity
from alsfhir.patient.reading import ENTERED_IN_ERROR, UNKNOWN_MODIFIER, Reading, Source
from alsfhir.patient.when import date_time
from alsfhir.terminology import Terminology

UNREADABLE = "an answer that cannot be read"


class AnswerElement(Element, frozen=True, gc=False):
    """QuestionnaireResponse.item.answer: value[x], and the items that are asked because of it."""

    modifier_extension: Any = None
    value_boolean: Any = None
    value_coding: CodingElement | None = None
    value_string: Any = None
    value_quantity: QuantityElement | None = None
    value_decimal: msgspec.Raw = msgspec.Raw(b"")
    value_integer: msgspec.Raw = msgspec.Raw(b"")
    value_date: Any = None
    value_date_time: Any = None
    value_time: Any = None
    value_uri: Any = None
    value_reference: ReferenceElement | None = None
    value_attachment: Any = None
    item: list[ItemElement | None] | None = None


class ItemElement(Element, frozen=True, gc=False):
    """QuestionnaireResponse.item; items may hold items."""

    modifier_extension: Any = None
    link_id: Any = None
    text: Any = None
    answer: list[AnswerElement | None] | None = None
    item: list[ItemElement | None] | None = None


class QuestionnaireResponseResource(Element, frozen=True, gc=False):
    """The elements of QuestionnaireResponse that are read."""

    status: Any = None
    authored: Any = None
    item: list[ItemElement | None] | None = None


def answers(resource: QuestionnaireResponseResource, source: Source) -> Reading:
    """The facts of a QuestionnaireResponse, in the order of its items; an item without an answer makes none."""
    if resource.status == "entered-in-error":
        return ENTERED_IN_ERROR
    authored, problem = date_time(resource.authored)
    status = string(resource.status)
    unusable = f"authored {problem}" if problem else None if status else "no status"
    facts = [
        replace(fact, status=status or "unknown", when=authored, unusable=fact.unusable or unusable)
        for fact in _answered(present(resource.item), source, None)
    ]
    return Reading(tuple(facts), incomplete=source.misshapen("item") is not None)


def _answered(items: tuple[ItemElement, ...], source: Source, doubt: str | None) -> Iterator[Answer]:
    for item in items:
        given = present(item.answer)
        within = UNKNOWN_MODIFIER if item.modifier_extension else doubt
        words = tuple(text for each in given if (text := _words(each, source.terminology)))
        if words:
            modified = any(each.modifier_extension for each in given)
            yield _fact(item, words, source, UNKNOWN_MODIFIER if modified else within)
        yield from _answered(present(item.item), source, within)
        for each in given:
            yield from _answered(present(each.item), source, UNKNOWN_MODIFIER if each.modifier_extension else within)


def _fact(item: ItemElement, words: tuple[str, ...], source: Source, unusable: str | None) -> Answer:
    coded = tuple(each.value_coding for each in present(item.answer) if each.value_coding)
    found = codings(source.terminology, CodeableConcept(coding=list(coded)))
    return Answer(
        reference=source.reference,
        link_id=string(item.link_id) or "",
        text=string(item.text),
        answers=words,
        status="unknown",
        unusable=unusable,
        concepts=concepts_in(source.terminology, found),
        codings=found,
    )


def _words(answer: AnswerElement, terminology: Terminology) -> str | None:
    """The answer in words; ``None`` if nothing is answered."""
    texts = (answer.value_string, answer.value_date, answer.value_date_time, answer.value_time, answer.value_uri)
    written = [value for value in (*texts, answer.value_attachment) if value is not None]
    if isinstance(answer.value_boolean, bool):
        return "yes" if answer.value_boolean else "no"
    if answer.value_boolean is not None:
        return UNREADABLE
    if written:
        return string(written[0]) or UNREADABLE
    return _coded(answer) or _referred(answer) or _number(answer, terminology)


def _coded(answer: AnswerElement) -> str | None:
    coding = answer.value_coding
    return (string(coding.display) or string(coding.code)) if coding else None


def _referred(answer: AnswerElement) -> str | None:
    reference = answer.value_reference
    return (string(reference.display) or string(reference.reference)) if reference else None


def _number(answer: AnswerElement, terminology: Terminology) -> str | None:
    if answer.value_quantity is not None:
        found, _ = quantity(answer.value_quantity, terminology)
        return f"{found.comparator or ''}{found.value} {found.unit or ''}".strip() if found else UNREADABLE
    raw = next((raw for raw in (answer.value_decimal, answer.value_integer) if bytes(raw) not in (b"", b"null")), None)
    if raw is None:
        return None
    number, _ = decimal(raw)
    return UNREADABLE if number is None else str(number)
