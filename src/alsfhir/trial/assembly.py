"""From the places found in one document to its Trial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from alsfhir.trial.ages import age_conflicts
from alsfhir.trial.doubts import doubts, lost_superscripts
from alsfhir.trial.found import NOT_RECOGNISED, Found, passages
from alsfhir.trial.model import (
    Arm,
    Contact,
    Document,
    Identifier,
    Intervention,
    Kind,
    Organization,
    Outcome,
    Recruitment,
    Site,
    Span,
    Statement,
    Trial,
    file_name,
)
from alsfhir.trial.statements import STATEMENT

Value: TypeAlias = str | int | bool

_INDEX = re.compile(r"\[(\d+)\]")
_DATES = ("start", "primary-completion", "completion", "first-posted", "last-updated")
_DESCRIPTIVE = re.compile(r"(?:summary|description|(?:arms|interventions|outcomes)\[\d+\]\.description)")


class Values:
    """The values found in a document, by the path of their field in the Trial."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._values: dict[str, list[Value]] = {}
        self._sizes: dict[str, int] = {}
        for place in found:
            if place.field and place.value is not None:
                self._values.setdefault(place.field, []).append(place.value)
                for match in _INDEX.finditer(place.field):
                    prefix = place.field[: match.start()]
                    self._sizes[prefix] = max(self._sizes.get(prefix, 0), int(match[1]) + 1)

    def text(self, path: str, between: str = "\n\n") -> str | None:
        """The text of a field, what stands in several places joined."""
        return between.join(str(v) for v in self._values[path]) if path in self._values else None

    def texts(self, path: str) -> tuple[str, ...]:
        """The members of a field that is a list of texts."""
        return tuple(self.text(each) or "" for each in self.paths(path))

    def whole(self, path: str) -> int | None:
        """The whole number of a field."""
        value = self._values[path][0] if path in self._values else None
        return value if isinstance(value, int) else None

    def flag(self, path: str) -> bool | None:
        """The yes or no of a field."""
        value = self._values[path][0] if path in self._values else None
        return value if isinstance(value, bool) else None

    def paths(self, path: str) -> Iterator[str]:
        """The paths of the members of a list."""
        return (f"{path}[{n}]" for n in range(self._sizes.get(path, 0)))


def trial(nct_id: str, document: Document, found: tuple[Found, ...], between: str | None = None) -> Trial:
    """The Trial of one document, its statements numbered and its text partitioned into passages."""
    numbered, statements = _numbered(nct_id, document.name, found)
    values = Values(numbered)
    status, as_of = values.text("recruitment.status"), values.text("recruitment.as_of")
    parts = replace(
        document,
        passages=passages(document.text, numbered, between),
        page_date=as_of or values.text("dates.last-updated"),
    )
    described = _described(nct_id, values, Recruitment(status or "", parts.page_date))
    result = replace(
        described,
        statements=statements,
        documents=(parts,),
    )
    return replace(result, warnings=tuple(dict.fromkeys(_warnings(result, numbered))))


def _numbered(nct_id: str, name: str, found: tuple[Found, ...]) -> tuple[tuple[Found, ...], tuple[Statement, ...]]:
    counts = {Kind.INCLUSION: 0, Kind.EXCLUSION: 0}
    statements: list[Statement] = []
    result: list[Found] = []
    for place in sorted(found, key=lambda f: (f.start, f.end)):
        if place.field and place.field.startswith(STATEMENT):
            kind = Kind(place.field.removeprefix(STATEMENT))
            counts[kind] += 1
            key = f"{nct_id}-{kind[0].upper()}{counts[kind]:02}"
            statements.append(Statement(key, kind, str(place.value), name, Span(place.start, place.end)))
            result.append(replace(place, field=STATEMENT + key))
        else:
            result.append(place)
    return tuple(result), tuple(statements)


def _described(nct_id: str, values: Values, recruitment: Recruitment) -> Trial:
    return Trial(
        nct_id=nct_id,
        title=values.text("title") or values.text("official_title") or nct_id,
        recruitment=recruitment,
        official_title=values.text("official_title"),
        acronym=values.text("acronym"),
        other_ids=tuple(_identifier(values, path) for path in values.paths("other_ids")),
        study_type=values.text("study_type"),
        phases=tuple(sorted(set(values.texts("phases")))),
        conditions=values.texts("conditions"),
        keywords=values.texts("keywords"),
        organizations=tuple(_organization(values, path) for path in values.paths("organizations")),
        funder_types=values.texts("funder_types"),
        interventions=tuple(_intervention(values, path) for path in values.paths("interventions")),
        arms=tuple(_arm(values, path) for path in values.paths("arms")),
        enrollment=values.whole("enrollment"),
        enrollment_type=values.text("enrollment_type"),
        patient_groups=values.text("patient_groups"),
        contacts=_contacts(values, "contacts"),
        officials=_contacts(values, "officials"),
        sites=tuple(_site(values, path) for path in values.paths("sites")),
        site_count=values.whole("site_count"),
        dates=tuple((key, date) for key in _DATES if (date := values.text(f"dates.{key}"))),
        sex=values.text("sex"),
        minimum_age=values.whole("minimum_age"),
        maximum_age=values.whole("maximum_age"),
        healthy_volunteers=values.flag("healthy_volunteers"),
        outcomes=tuple(_outcome(values, path) for path in values.paths("outcomes")),
        primary_purpose=values.text("primary_purpose"),
        allocation=values.text("allocation"),
        intervention_model=values.text("intervention_model"),
        masking=values.text("masking"),
        why_stopped=values.text("why_stopped"),
        summary=values.text("summary"),
        description=values.text("description"),
    )


def _identifier(values: Values, path: str) -> Identifier:
    return Identifier(values.text(f"{path}.system") or "other", values.text(f"{path}.value") or "")


def _organization(values: Values, path: str) -> Organization:
    role = values.text(f"{path}.role") or "collaborator"
    return Organization(values.text(f"{path}.name") or "", role, values.text(f"{path}.type"))


def _intervention(values: Values, path: str) -> Intervention:
    return Intervention(
        values.text(f"{path}.type"),
        values.text(f"{path}.name") or "",
        values.text(f"{path}.description"),
        values.texts(f"{path}.other_names"),
    )


def _arm(values: Values, path: str) -> Arm:
    return Arm(
        values.text(f"{path}.label") or "",
        values.text(f"{path}.type"),
        values.text(f"{path}.description"),
        values.texts(f"{path}.interventions"),
    )


def _contacts(values: Values, path: str) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            values.text(f"{each}.name"),
            values.text(f"{each}.role"),
            values.text(f"{each}.phone", between=" ext. "),
            values.text(f"{each}.email"),
        )
        for each in values.paths(path)
    )


def _site(values: Values, path: str) -> Site:
    return Site(
        facility=values.text(f"{path}.facility"),
        city=values.text(f"{path}.city"),
        state=values.text(f"{path}.state"),
        postal_code=values.text(f"{path}.postal_code"),
        country=values.text(f"{path}.country"),
        status=values.text(f"{path}.status"),
        contacts=_contacts(values, f"{path}.contacts"),
    )


def _outcome(values: Values, path: str) -> Outcome:
    return Outcome(
        values.text(f"{path}.rank") or "other",
        values.text(f"{path}.measure") or "",
        values.text(f"{path}.time_frame"),
        values.text(f"{path}.description"),
    )


def _warnings(result: Trial, found: tuple[Found, ...]) -> Iterator[str]:
    document = result.documents[0]
    name = file_name(document.name)
    for place in found:
        if place.warning:
            yield f"{(place.field or name).removeprefix(STATEMENT)}: {place.warning}"
        if place.field and _DESCRIPTIVE.fullmatch(place.field):
            yield from (f"{place.field}: {doubt}" for doubt in lost_superscripts(str(place.value)))
    counts = list(dict.fromkeys(str(place.value) for place in found if place.field == "enrollment"))
    if len(counts) > 1:
        yield f"enrollment: {counts[0]} is used, though the document also says {' and '.join(counts[1:])}"
    for statement in result.statements:
        yield from (f"{statement.id}: {doubt}" for doubt in doubts(statement.text, statement.kind))
    yield from age_conflicts(result)
    lost = [p for p in document.passages if p.left_out == NOT_RECOGNISED]
    if lost:
        line = document.text.count("\n", 0, lost[0].span.start) + 1
        yield f"{name}: {len(lost)} places not recognised, the first in line {line}; the ledger lists them"
