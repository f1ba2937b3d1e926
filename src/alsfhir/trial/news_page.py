"""The page of a news service: a plain-language summary, dates of the page, conditions, contacts and locations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from alsfhir.trial.contacts import address, contact_details, is_masked
from alsfhir.trial.found import NOT_RECOGNISED, Found
from alsfhir.trial.headers import header_value
from alsfhir.trial.lines import Line, Section, carried, omitted, present, sections
from alsfhir.trial.words import STATUSES, iso_date

Reader: TypeAlias = Callable[[Section], Iterator[Found]]

NAME = "news-page"

_NCT_ID = re.compile(r"NCT ID:? (?P<id>NCT[0-9]{8})")
_LAST_UPDATED = re.compile(r"last updated:? (?P<date>.{4,30})", re.IGNORECASE)
_HISTORY = re.compile(r"(?:first seen|last updated|updated|first posted)\b.*", re.IGNORECASE)
_REGISTRANT = "as listed by the trial registrant"
_CONTACT_LABEL = re.compile(r"(?:(?:primary|backup|study|central) )?contact", re.IGNORECASE)


def recognised(text: str) -> int:
    """How many of the headings by which this page is known stand in the text; 0 if it is another page."""
    count = present(text, _READERS)
    return count if count >= 4 and present(text, ("summary",)) else 0


def found(text: str) -> tuple[Found, ...]:
    """What each line of the page says."""
    result: list[Found] = []
    for section in sections(text, _READERS):
        if section.heading:
            result.append(omitted(section.heading, "heading"))
        result += (_READERS[section.key] if section.heading else _header)(section)
    return (*result, *_recruits(result))


def _recruits(result: list[Found]) -> Iterator[Found]:
    """The status of the trial where only its sites state one: a trial recruits if one of its sites does."""
    if any(f.field == "recruitment.status" for f in result):
        return
    site = next((f for f in result if f.field and f.field.endswith("].status") and _recruiting(f)), None)
    if site:
        source = "the page states none for the trial; taken from a site"
        yield Found(site.end, site.end, "recruitment.status", site.value, warning=source)


def _recruiting(place: Found) -> bool:
    return str(place.value).casefold() in ("recruiting", "enrolling")


def _header(section: Section) -> Iterator[Found]:
    titled = False
    for line in section.body:
        if match := _NCT_ID.fullmatch(line.text):
            yield Found(line.start + match.start("id"), line.end, "nct_id", match["id"])
            yield Found(line.start, line.start + match.start("id"), left_out="heading")
        elif value := header_value(line):
            yield from value
        elif _HISTORY.match(line.text):
            yield from _history(line)
        else:
            yield omitted(line, NOT_RECOGNISED) if titled else carried(line, "title")
            titled = True


def _history(line: Line) -> Iterator[Found]:
    """The parts of “First seen … · Last updated … · Updated 1 time”: the second is the date of the page."""
    at = line.start
    for part in line.text.split("·"):
        words = part.strip()
        start = at + (part.index(words) if words else 0)
        updated = _LAST_UPDATED.fullmatch(words)
        date = iso_date(updated["date"]) if updated else None
        if words and updated and date:
            yield Found(start, start + len(words), "recruitment.as_of", date)
        elif words:
            yield Found(start, start + len(words), left_out="history of the page")
        at += len(part) + 1


def _text(field: str) -> Reader:
    return lambda section: (carried(line, field) for line in section.body)


def _furniture(reason: str) -> Reader:
    return lambda section: (omitted(line, reason) for line in section.body)


def _substance(section: Section) -> Iterator[Found]:
    return (carried(line, f"interventions[{n}].name") for n, line in enumerate(section.body))


def _conditions(section: Section) -> Iterator[Found]:
    """The conditions, in the page's words and then in the registrant's; sentences are the page's explanations."""
    known: list[str] = []
    for line in section.body:
        if line.text.endswith("."):
            yield omitted(line, "explanation of the page")
        elif line.key == _REGISTRANT or line.key in known:
            yield omitted(line, "heading" if line.key == _REGISTRANT else "duplicate of a condition")
        else:
            yield carried(line, f"conditions[{len(known)}]")
            known.append(line.key)


def _contacts(section: Section) -> Iterator[Found]:
    number = -1
    for line in section.body:
        if line.mark:
            number += 1
        if _CONTACT_LABEL.fullmatch(line.text):
            yield omitted(line, "heading")
        else:
            yield from contact_details(line, f"contacts[{max(number, 0)}]")


def _locations(section: Section) -> Iterator[Found]:
    site = -1
    for line in section.body:
        if line.mark and not is_masked(line.text):
            site += 1
            yield carried(line, f"sites[{site}].facility")
        elif site < 0:
            yield omitted(line, NOT_RECOGNISED)
        elif line.key in STATUSES:
            yield carried(line, f"sites[{site}].status")
        elif is_masked(line.text) or line.key.startswith(("contact", "phone", "email")):
            yield from contact_details(line, f"sites[{site}].contacts[0]")
        elif "," in line.text:
            yield from address(line, f"sites[{site}]")
        else:
            yield omitted(line, NOT_RECOGNISED)


_READERS: dict[str, Reader] = {
    "summary": _text("summary"),
    "what this could mean": _furniture("explanation of the page"),
    "active substance": _substance,
    "what this could lead to": _text("description"),
    "what could go wrong": _text("description"),
    "disclaimer": _furniture("disclaimer"),
    "disclaimer read more": _furniture("disclaimer"),
    "get updates": _furniture("sign-up form"),
    "get notified about this study": _furniture("sign-up form"),
    "our safety recommendation!": _furniture("sign-up form"),
    "conditions": _conditions,
    "contacts and locations": _furniture(NOT_RECOGNISED),
    "study contacts": _contacts,
    "locations": _locations,
}
