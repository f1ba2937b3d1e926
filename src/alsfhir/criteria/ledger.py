"""The account of every character of a trial's documents: which FHIR element carries it, or why none does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from alsfhir.criteria.criterion import Criteria
from alsfhir.trial.model import Conflict, Document, Passage, Trial

SCHEMA = "http://alsfhir.org/schema/ledger-1.json"

_INDEX = re.compile(r"\[\d+\]")
_STATEMENT = "statement:"
_NOTE = "ResearchStudy.note"
_PARTY_CONTACT = "ResearchStudy.associatedParty.extension[party-contact]"
_SCHEDULE = "PlanDefinition.action[eligibility].action[schedule]"
_AGES = ("minimum_age", "maximum_age")
# Whatever starts a new line or a new column for some reader of the table.
_ESCAPES = str.maketrans(
    {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
    | {c: f"\\u{ord(c):04x}" for c in "\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
)


def _item(name: str) -> str:
    return f"ResearchStudy.extension[registry-item {name}]"


# The element of FHIR R4 and R4B that carries each field of a Trial; what has no element is in our extensions.
ELEMENTS: dict[str, str] = {
    "nct_id": "ResearchStudy.identifier",
    "title": "ResearchStudy.title",
    "recruitment.status": "ResearchStudy.extension[registry-status]",
    "recruitment.as_of": "ResearchStudy.extension[registry-status]",
    "official_title": _item("official-title"),
    "acronym": _item("acronym"),
    "other_ids[].system": "ResearchStudy.identifier",
    "other_ids[].value": "ResearchStudy.identifier",
    "study_type": "ResearchStudy.category",
    "phases[]": "ResearchStudy.phase",
    "conditions[]": "ResearchStudy.condition",
    "keywords[]": "ResearchStudy.keyword",
    "organizations[].name": "Organization.name",
    "organizations[].type": "ResearchStudy.extension[associated-party]",
    "funder_types[]": _item("funder-type"),
    "interventions[].type": "ResearchStudy.focus.extension[registry-item type]",
    "interventions[].name": "ResearchStudy.focus",
    "interventions[].description": "ResearchStudy.focus.extension[registry-item description]",
    "interventions[].other_names[]": "ResearchStudy.focus.extension[registry-item other-name]",
    "arms[].label": "ResearchStudy.arm.name",
    "arms[].type": "ResearchStudy.arm.type",
    "arms[].description": "ResearchStudy.arm.description",
    "arms[].interventions[]": "ResearchStudy.arm.extension[registry-item intervention]",
    "enrollment": _item("enrollment"),
    "enrollment_type": _item("enrollment-type"),
    "patient_groups": _item("patient-groups"),
    "site_count": _item("site-count"),
    "contacts[].name": "ResearchStudy.contact",
    "contacts[].role": "ResearchStudy.contact",
    "contacts[].phone": "ResearchStudy.contact",
    "contacts[].email": "ResearchStudy.contact",
    "officials[].name": "ResearchStudy.extension[associated-party]",
    "officials[].role": "ResearchStudy.extension[associated-party]",
    "sites[].facility": "Location.name",
    "sites[].city": "Location.address.city",
    "sites[].state": "Location.address.state",
    "sites[].postal_code": "Location.address.postalCode",
    "sites[].country": "Location.address.country",
    "sites[].status": "ResearchStudy.site.extension[site-study]",
    "sites[].contacts[].name": "ResearchStudy.site.extension[site-study]",
    "sites[].contacts[].role": "ResearchStudy.site.extension[site-study]",
    "sites[].contacts[].phone": "ResearchStudy.site.extension[site-study]",
    "sites[].contacts[].email": "ResearchStudy.site.extension[site-study]",
    "dates.start": _item("date-start"),
    "dates.primary-completion": _item("date-primary-completion"),
    "dates.completion": _item("date-completion"),
    "dates.first-posted": _item("date-first-posted"),
    "dates.last-updated": _item("date-last-updated"),
    "sex": _item("sex"),
    "minimum_age": _item("minimum-age"),
    "maximum_age": _item("maximum-age"),
    "healthy_volunteers": _item("healthy-volunteers"),
    "outcomes[].measure": "ResearchStudy.objective.name",
    "outcomes[].time_frame": "ResearchStudy.objective.extension[registry-item time-frame]",
    "outcomes[].description": "ResearchStudy.objective.extension[registry-item description]",
    "primary_purpose": "ResearchStudy.primaryPurposeType",
    "allocation": _item("allocation"),
    "intervention_model": _item("intervention-model"),
    "masking": _item("masking"),
    "why_stopped": "ResearchStudy.reasonStopped",
    "summary": "ResearchStudy.description",
    "description": "ResearchStudy.description",
}


# Where R5 has another element.
R5_ELEMENTS: dict[str, str] = {
    "official_title": "ResearchStudy.label",
    "acronym": "ResearchStudy.label",
    "study_type": "ResearchStudy.studyDesign",
    "organizations[].type": "ResearchStudy.associatedParty.classifier",
    "interventions[].name": "ResearchStudy.focus.concept",
    "arms[].label": "ResearchStudy.comparisonGroup.name",
    "arms[].type": "ResearchStudy.comparisonGroup.type",
    "arms[].description": "ResearchStudy.comparisonGroup.description",
    "arms[].interventions[]": "ResearchStudy.comparisonGroup.extension[registry-item intervention]",
    "enrollment": "ResearchStudy.recruitment",
    "enrollment_type": "ResearchStudy.recruitment",
    **{f"contacts[].{each}": _PARTY_CONTACT for each in ("name", "role", "phone", "email")},
    "contacts[].role": "ResearchStudy.associatedParty.role",
    "officials[].name": "ResearchStudy.associatedParty.name",
    "officials[].role": "ResearchStudy.associatedParty.role",
    "outcomes[].measure": "ResearchStudy.outcomeMeasure.name",
    "outcomes[].time_frame": "ResearchStudy.outcomeMeasure.extension[registry-item time-frame]",
    "outcomes[].description": "ResearchStudy.outcomeMeasure.description",
    "why_stopped": "ResearchStudy.whyStopped",
    "summary": "ResearchStudy.descriptionSummary",
}


def elements(fhir_version: str) -> dict[str, str]:
    """The element that carries each field of a Trial in that FHIR version."""
    return {**ELEMENTS, **R5_ELEMENTS} if fhir_version == "R5" else ELEMENTS


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One passage of one document; exactly one of ``carried_by`` and ``left_out`` is given.

    ``start`` and ``end`` count characters of the document's text, ``line`` its lines from 1.
    """

    document: str
    sha256: str
    start: int
    end: int
    line: int
    carried_by: str | None
    left_out: str | None
    text: str


def ledger(trial: Trial, criteria: Criteria, fhir_version: str = "R4") -> tuple[LedgerLine, ...]:
    """One line per passage, document by document, in the order of the text; elements are those of the FHIR version.

    ``criteria`` are those of the trial.
    """
    header = next((each.id for each in criteria.criteria if each.id.endswith("-H-age")), None)
    carriers = _Carriers(trial, elements(fhir_version), header, criteria.offered.field)
    return tuple(line for document in trial.documents for line in _lines(document, carriers))


def complete(trial: Trial) -> bool:
    """Whether the passages of each document, joined, are its text, and each is either carried or left out."""
    return all(_is_partition(document) for document in trial.documents)


def ledger_tsv(lines: Iterable[LedgerLine]) -> str:
    r"""The ledger as a table with a header line and columns apart by tabs; ``\n``, ``\t``, ``\\`` in it are escapes."""
    header = "\t".join(LedgerLine.__struct_encode_fields__)
    rows = ("\t".join(_cell(getattr(line, name)) for name in LedgerLine.__struct_fields__) for line in lines)
    return "\n".join((header, *rows)) + "\n"


def _cell(value: str | int | None) -> str:
    return "" if value is None else str(value).translate(_ESCAPES)


@dataclass(frozen=True, slots=True)
class _Carriers:
    """What carries the fields of a trial; ``header`` is the id of the rule that the page's header states.

    ``schedule`` is the field of which the schedule is a reading.
    """

    trial: Trial
    elements: dict[str, str]
    header: str | None
    schedule: str | None


def _lines(document: Document, carriers: _Carriers) -> Iterator[LedgerLine]:
    number = 1
    for passage in document.passages:
        text = document.text[passage.span.start : passage.span.end]
        yield LedgerLine(
            document=document.name,
            sha256=document.sha256,
            start=passage.span.start,
            end=passage.span.end,
            line=number,
            carried_by=_carried_by(carriers, document, passage),
            left_out=passage.left_out,
            text=text,
        )
        number += text.count("\n")


def _carried_by(carriers: _Carriers, document: Document, passage: Passage) -> str | None:
    field, trial = passage.field, carriers.trial
    if field is None:
        return None
    if any(_lost(conflict, document, field) for conflict in trial.conflicts):
        return _NOTE
    if field.startswith(_STATEMENT):
        return _characteristic(field.removeprefix(_STATEMENT))
    if field in _AGES:
        rule = [_characteristic(carriers.header)] if carriers.header else []
        return "; ".join([*_age_items(trial, document, field), *rule])
    if field == "recruitment.as_of" and document.page_date != trial.recruitment.as_of:
        return "ResearchStudy.relatedArtifact"
    element = carriers.elements[_INDEX.sub("[]", field)]
    return f"{element}; {_SCHEDULE}" if field == carriers.schedule else element


def _characteristic(criterion: str) -> str:
    return f"EvidenceVariable.characteristic[{criterion}]"


def _age_items(trial: Trial, document: Document, field: str) -> Iterator[str]:
    """The elements of both limits where one passage says both, as on a page; else of the one."""
    both = trial.minimum_age is not None and trial.maximum_age is not None
    apart = {passage.field for passage in document.passages} >= set(_AGES)
    yield from (ELEMENTS[each] for each in (_AGES if both and not apart else (field,)))


def _lost(conflict: Conflict, document: Document, field: str) -> bool:
    """Whether the field, or the list that it belongs to, is one in which another document governs."""
    of_it = field == conflict.field or field.startswith((f"{conflict.field}[", f"{conflict.field}."))
    return of_it and conflict.lost_from == document.name


def _is_partition(document: Document) -> bool:
    at = 0
    for passage in document.passages:
        if passage.span.start != at or passage.span.end <= at or (passage.field is None) == (passage.left_out is None):
            return False
        at = passage.span.end
    return at == len(document.text)
