"""The page of a service that matches patients to trials: header values, overview, eligibility, contact form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from alsfhir.trial.contacts import contact_details
from alsfhir.trial.found import NOT_RECOGNISED, Found
from alsfhir.trial.headers import header_value
from alsfhir.trial.lines import Section, carried, omitted, present, sections
from alsfhir.trial.statements import eligibility
from alsfhir.trial.words import iso_date, nct_id

Reader: TypeAlias = Callable[[Section], Iterator[Found]]

NAME = "matching-page"

_STEP = re.compile(r"step \d{1,2}\b.*")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_FURNITURE = ("image", "powered by ai")
_FORM = "contact form"
_ELIGIBILITY = "eligibility"


def recognised(text: str) -> int:
    """How many of the headings by which this page is known stand in the text; 0 if it is another page."""
    count = present(text, {*_READERS, _ELIGIBILITY})
    return count if count >= 3 and present(text, (_ELIGIBILITY, "study details")) == 2 else 0


def found(text: str) -> tuple[Found, ...]:
    """What each line of the page says."""
    result: list[Found] = []
    for section in sections(text, {*_READERS, _ELIGIBILITY}, _STEP):
        if section.heading is None:
            result += _header(section)
            continue
        result.append(omitted(section.heading, "heading"))
        if section.key == _ELIGIBILITY and section.body:
            result += eligibility(text, section.heading.end, section.body[-1].end)
        else:
            result += _READERS.get(section.key, _furniture(_FORM))(section)
    return tuple(result)


def _header(section: Section) -> Iterator[Found]:
    title: str | None = None
    for line in section.body:
        value = header_value(line)
        if line.key in _FURNITURE:
            yield omitted(line, "page furniture")
        elif value:
            yield from value
        elif title is None:
            title = line.key
            yield carried(line, "title")
        else:
            yield omitted(line, "duplicate of the title" if line.key == title else NOT_RECOGNISED)


def _overview(section: Section) -> Iterator[Found]:
    """One paragraph without a full stop is the official title; sentences are the summary."""
    is_title = len(section.body) == 1 and not _SENTENCE_END.search(section.body[0].text)
    return (carried(line, "official_title" if is_title else "summary") for line in section.body)


def _details(section: Section) -> Iterator[Found]:
    conditions, sponsor = 0, False
    for line in section.body:
        if nct_id(line.text):
            yield carried(line, "nct_id")
        elif date := iso_date(line.text):
            yield carried(line, "recruitment.as_of", date)
        elif line.indent:
            yield carried(line, f"conditions[{conditions}]")
            conditions += 1
        elif not sponsor:
            sponsor = True
            yield carried(line, "organizations[0].name")
            yield Found(line.end, line.end, "organizations[0].role", "lead-sponsor")
        else:
            yield omitted(line, NOT_RECOGNISED)


def _contact(section: Section) -> Iterator[Found]:
    for line in section.body:
        if line.key.endswith((":", "*")) or line.key == "other language":
            yield omitted(line, _FORM)
        else:
            yield from contact_details(line, "contacts[0]")


def _furniture(reason: str) -> Reader:
    return lambda section: (omitted(line, reason) for line in section.body)


_READERS: dict[str, Reader] = {
    "overview": _overview,
    "study details": _details,
    "send a message": _furniture(_FORM),
    "primary contact": _contact,
    "faqs": _furniture("questions and answers about trials in general"),
    "learn more about clinical trials": _furniture("questions and answers about trials in general"),
    "add a private note": _furniture("note-taking tool of the page"),
}
