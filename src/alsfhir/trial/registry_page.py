"""The registry page with a heading over each item: “Status and phase”, “Funder types”, “Identifiers” and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TypeAlias

from alsfhir.trial.contacts import contact_details
from alsfhir.trial.found import NOT_RECOGNISED, Found
from alsfhir.trial.headers import ages, phase
from alsfhir.trial.lines import Line, Section, carried, omitted, present, sections
from alsfhir.trial.statements import eligibility
from alsfhir.trial.words import SEXES, nct_id

Reader: TypeAlias = Callable[[Section], Iterator[Found]]

NAME = "registry-page"

_ARMS = re.compile(
    r"(?P<count>\d{1,7})\s+participants?\s+in\s+(?P<groups>\d{1,3}\s+patient\s+groups?(?:,\s.{1,80})?)", re.IGNORECASE
)
_ARM_TYPE = re.compile(
    r"(?:experimental|active comparator|placebo comparator|sham comparator|no intervention|other"
    r"|treatment|control) group",
    re.IGNORECASE,
)
_ENROLLMENT = re.compile(r"(?P<count>\d{1,7})(?: (?P<type>estimated|actual))? (?:patients?|participants?)")
_COPYRIGHT = re.compile(r"(?:©|\(c\)) copyright (?P<year>\d{4})\b.{0,60}", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_LOGO = re.compile(r"\w")
_ELIGIBILITY = ("inclusion criteria", "exclusion criteria")
_FOOTER = "data sourced from clinicaltrials.gov"
_BRAND = re.compile(r"\S+\.\S+")


def recognised(text: str) -> int:
    """How many of the headings by which this page is known stand in the text; 0 if it is another page."""
    count = present(text, _READERS)
    return count if count >= 5 and present(text, ("identifiers", "details and patient eligibility")) else 0


def found(text: str) -> tuple[Found, ...]:
    """What each line of the page says."""
    result: list[Found] = []
    for section in sections(text, {*_READERS, *_ELIGIBILITY}, _ARMS):
        if section.heading and section.key in _ELIGIBILITY:
            result += eligibility(text, section.heading.start, (section.body or (section.heading,))[-1].end)
            continue
        if section.heading:
            result += _heading(section.heading)
        result += _reader(section)(section)
    return tuple(result)


def _heading(line: Line) -> Iterator[Found]:
    match = _ARMS.fullmatch(line.text)
    if match is None:
        yield omitted(line, "navigation" if line.key == _FOOTER else "heading")
        return
    yield Found(line.start, line.start + match.end("count"), "enrollment", int(match["count"]))
    yield Found(line.start + match.end("count"), line.start + match.start("groups"), left_out="heading")
    yield Found(line.start + match.start("groups"), line.end, "patient_groups", match["groups"])


def _reader(section: Section) -> Reader:
    if section.heading is None:
        return _title
    return _arms if _ARMS.fullmatch(section.key) else _READERS[section.key]


def _title(section: Section) -> Iterator[Found]:
    menu = max((n for n, line in enumerate(section.body) if line.key == "menu"), default=-1)
    named: list[Line] = []
    for n, line in enumerate(section.body):
        if n <= menu or _BRAND.fullmatch(line.text):
            yield omitted(line, "navigation")
        elif _LOGO.fullmatch(line.text):
            yield omitted(line, "logo")
        else:
            named.append(line)
    for line, field in zip(named, ("title", "organizations[0].name"), strict=False):
        yield carried(line, field)
    if len(named) > 1:
        yield Found(named[1].end, named[1].end, "organizations[0].role", "lead-sponsor")
    yield from (omitted(line, NOT_RECOGNISED) for line in named[2:])


def _status_and_phase(section: Section) -> Iterator[Found]:
    count = 0
    for line in section.body:
        named = tuple(phase(line, count))
        count += len(named)
        if named:
            yield from named
        elif line is section.body[0]:
            yield carried(line, "recruitment.status")
        else:
            yield omitted(line, "no phase" if line.key == "n/a" else NOT_RECOGNISED)


def _one(field: str) -> Reader:
    """The reader of a section with one line, or one text in several paragraphs."""
    return lambda section: (carried(line, field) for line in section.body)


def _each(field: str) -> Reader:
    """The reader of a section whose every line is a member of a list."""
    return lambda section: (carried(line, f"{field}[{n}]") for n, line in enumerate(section.body))


def _treatments(section: Section) -> Iterator[Found]:
    for n, line in enumerate(section.body):
        kind, colon, name = line.text.partition(": ")
        if colon and name.strip():
            yield Found(line.start, line.start + len(kind), f"interventions[{n}].type", kind)
            yield Found(line.end - len(name), line.end, f"interventions[{n}].name", name)
        else:
            yield carried(line, f"interventions[{n}].name")


def _identifiers(section: Section) -> Iterator[Found]:
    others = 0
    for line in section.body:
        if nct_id(line.text):
            yield carried(line, "nct_id")
        else:
            yield carried(line, f"other_ids[{others}].value")
            others += 1


def _enrollment(section: Section) -> Iterator[Found]:
    for line in section.body:
        match = _ENROLLMENT.fullmatch(line.text)
        if match and match["type"]:
            count_end = line.start + match.end("count")
            yield Found(line.start, count_end, "enrollment", int(match["count"]))
            yield Found(line.start + match.start("type"), line.end, "enrollment_type", match["type"])
        else:
            yield carried(line, "enrollment", int(match["count"])) if match else omitted(line, NOT_RECOGNISED)


def _sex(section: Section) -> Iterator[Found]:
    for line in section.body:
        yield carried(line, "sex", SEXES[line.key]) if line.key in SEXES else omitted(line, NOT_RECOGNISED)


def _ages(section: Section) -> Iterator[Found]:
    for line in section.body:
        yield from ages(line)


def _volunteers(section: Section) -> Iterator[Found]:
    for line in section.body:
        yield carried(line, "healthy_volunteers", not line.key.startswith("no"))


def _arms(section: Section) -> Iterator[Found]:
    arm, treatment, part = -1, 0, ""
    for line, after in zip_longest(section.body, section.body[1:]):
        if after and _ARM_TYPE.fullmatch(after.text):
            arm, treatment, part = arm + 1, 0, ""
            yield carried(line, f"arms[{arm}].label")
        elif arm >= 0 and _ARM_TYPE.fullmatch(line.text):
            yield carried(line, f"arms[{arm}].type")
        elif arm >= 0 and line.key in ("description:", "treatment:", "treatments:"):
            part = line.key
            yield omitted(line, "heading")
        elif part == "description:":
            yield carried(line, f"arms[{arm}].description")
        elif part:
            yield carried(line, f"arms[{arm}].interventions[{treatment}]")
            treatment += 1
        else:
            yield omitted(line, NOT_RECOGNISED)


def _locations(section: Section) -> Iterator[Found]:
    for line in section.body:
        if _COUNT.fullmatch(line.text):
            yield carried(line, "site_count", int(line.text))
        else:
            yield omitted(line, "page furniture" if line.key.startswith("loading") else NOT_RECOGNISED)


def _contact(section: Section) -> Iterator[Found]:
    for n, line in enumerate(section.body):
        yield from contact_details(line, f"contacts[{n}]")


def _footer(section: Section) -> Iterator[Found]:
    for line in section.body:
        match = _COPYRIGHT.fullmatch(line.text)
        if match is None:
            yield omitted(line, "navigation")
            continue
        start, end = line.start + match.start("year"), line.start + match.end("year")
        yield Found(line.start, start, left_out="page furniture")
        yield Found(start, end, "recruitment.as_of", match["year"])
        if end < line.end:
            yield Found(end, line.end, left_out="page furniture")


def _nothing(section: Section) -> Iterator[Found]:
    return (omitted(line, NOT_RECOGNISED) for line in section.body)


def _documents(section: Section) -> Iterator[Found]:
    return (omitted(line, "list of documents that the page does not show") for line in section.body)


_READERS: dict[str, Reader] = {
    "status and phase": _status_and_phase,
    "status": _status_and_phase,
    "conditions": _each("conditions"),
    "treatments": _treatments,
    "study type": _one("study_type"),
    "funder types": _each("funder_types"),
    "identifiers": _identifiers,
    "details and patient eligibility": _nothing,
    "about": _one("summary"),
    "full description": _one("description"),
    "enrollment": _enrollment,
    "sex": _sex,
    "ages": _ages,
    "volunteers": _volunteers,
    "trial design": _nothing,
    "primary purpose": _one("primary_purpose"),
    "allocation": _one("allocation"),
    "interventional model": _one("intervention_model"),
    "masking": _one("masking"),
    "trial contacts and locations": _locations,
    "central trial contact": _contact,
    "trial documents": _documents,
    _FOOTER: _footer,
}
