"""Condition → fact, https://hl7.org/fhir/R4/condition.html and https://hl7.org/fhir/R5/condition.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast, get_args

from alsfhir.patient.codes import codings, concepts_in, status_codes, text_of, value_codings
from alsfhir.patient.datatypes import (
    CodeableConcept,
    Element,
    ExtensionElement,
    PeriodElement,
    QuantityElement,
    present,
)
from alsfhir.patient.model import ClinicalStatus, Condition, Verification
from alsfhir.patient.onset import UNREADABLE, Forms, Moment, RangeElement, moment
from alsfhir.patient.reading import ENTERED_IN_ERROR, Reading, Source
from alsfhir.patient.values import When
from alsfhir.patient.when import date_time, never_ends

ASSERTED_DATE = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"
VERIFICATIONS = frozenset(get_args(Verification))
CLINICAL_STATUSES = frozenset(get_args(ClinicalStatus))
_NO_CODE = "is none of FHIR's codes"
# https://hl7.org/fhir/R4/codesystem-condition-ver-status.html, https://hl7.org/fhir/R4/codesystem-condition-clinical.html
_BROADER = {
    "provisional": "unconfirmed",
    "differential": "unconfirmed",
    "recurrence": "active",
    "relapse": "active",
    "remission": "inactive",
    "resolved": "inactive",
}


class Stage(Element, frozen=True, gc=False):
    modifier_extension: Any = None
    summary: CodeableConcept | None = None


class ConditionResource(Element, frozen=True, gc=False):
    """The elements of Condition that are read; abatementBoolean is of older versions, and still met."""

    extension: list[ExtensionElement | None] | None = None
    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    severity: CodeableConcept | None = None
    code: CodeableConcept | None = None
    body_site: list[CodeableConcept | None] | None = None
    onset_date_time: Any = None
    onset_period: PeriodElement | None = None
    onset_age: QuantityElement | None = None
    onset_range: RangeElement | None = None
    onset_string: Any = None
    abatement_date_time: Any = None
    abatement_period: PeriodElement | None = None
    abatement_age: QuantityElement | None = None
    abatement_range: RangeElement | None = None
    abatement_string: Any = None
    abatement_boolean: Any = None
    recorded_date: Any = None
    stage: list[Stage | None] | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a Condition, and what is wrong with those that cannot be read."""

    onset: Moment
    abatement: Moment
    diagnosed: When | None
    recorded: When | None
    problems: tuple[str, ...]


def condition(resource: ConditionResource, source: Source) -> Reading:
    """The fact of a Condition. Dates that cannot be read are problems, and do not cost the diagnosis."""
    terms = source.terminology
    verification = _the_status(resource.verification_status, "condition-ver-status")
    if verification == "entered-in-error":
        return ENTERED_IN_ERROR
    dates = _dates(resource, source)
    clinical, problem = _clinical(resource, source)
    found = codings(terms, resource.code)
    stages = [stage.summary for stage in present(resource.stage) if not stage.modifier_extension]
    fact = Condition(
        reference=source.reference,
        concepts=concepts_in(terms, found),
        codings=found,
        text=text_of(resource.code),
        verification=cast("Verification", verification) if verification in VERIFICATIONS else None,
        clinical=clinical,
        severity=value_codings(terms, resource.severity),
        onset=dates.onset.when,
        onset_age=dates.onset.age,
        onset_text=dates.onset.text,
        abatement=dates.abatement.when,
        abatement_age=dates.abatement.age,
        abated=_abated(resource, dates.abatement),
        diagnosed=dates.diagnosed,
        recorded=dates.recorded,
        stages=codings(terms, *stages),
        stage_text=tuple(text for text in map(text_of, stages) if text),
        body_sites=value_codings(terms, *present(resource.body_site)),
        unusable=_unusable(resource, bool(found), verification, source),
    )
    problems = (*dates.problems, problem) if problem else dates.problems
    return Reading((fact,), problems, incomplete=source.misshapen("stage") is not None)


def _dates(r: ConditionResource, source: Source) -> Dates:
    terms = source.terminology
    onset, *problems = moment(
        Forms("onset", r.onset_date_time, r.onset_period, r.onset_age, r.onset_range, r.onset_string), terms
    )
    ended = None if never_ends(r.abatement_date_time) else r.abatement_date_time
    forms = (ended, r.abatement_period, r.abatement_age, r.abatement_range, r.abatement_string)
    abatement, abatement_problem = moment(Forms("abatement", *forms), terms)
    if source.misshapen("onset"):
        onset = Moment(text=UNREADABLE)
    if source.misshapen("abatement"):
        abatement = Moment(text=UNREADABLE)
    diagnosed, diagnosed_problem = _asserted(r)
    recorded, recorded_problem = date_time(r.recorded_date)
    if onset.when and abatement.when and abatement.when.last < onset.when.first:
        problems.append("its end lies before its beginning")
        onset, abatement = Moment(text=onset.when.written), Moment(text=abatement.when.written)
    problems += [abatement_problem, diagnosed_problem, recorded_problem and f"recordedDate {recorded_problem}"]
    listed = tuple(f"{problem}: not used as a date" for problem in problems if problem)
    return Dates(onset, abatement, diagnosed, recorded, listed)


def _unusable(resource: ConditionResource, coded: bool, verification: str | None, source: Source) -> str | None:
    if not (coded or text_of(resource.code)):
        return "no code"
    if misshapen := source.misshapen("verificationStatus"):
        return misshapen
    if resource.verification_status is not None and verification not in VERIFICATIONS:
        several = status_codes(resource.verification_status, "condition-ver-status")[1:]
        return f"its verificationStatus {'contradicts itself' if several else _NO_CODE}"
    return None


def _the_status(concept: CodeableConcept | None, name: str) -> str | None:
    """The one code of a status, the narrower where a broader stands beside it; ``None`` if they contradict."""
    codes = frozenset(status_codes(concept, name))
    codes -= {_BROADER.get(code) for code in codes}
    return next(iter(codes)) if len(codes) == 1 else None


def _clinical(resource: ConditionResource, source: Source) -> tuple[ClinicalStatus | None, str | None]:
    if source.misshapen("clinicalStatus"):
        return "unknown", None
    if resource.clinical_status is None:
        return None, None
    code = _the_status(resource.clinical_status, "condition-clinical")
    if code in CLINICAL_STATUSES:
        return cast("ClinicalStatus", code), None
    several = status_codes(resource.clinical_status, "condition-clinical")[1:]
    return "unknown", f"its clinicalStatus {'contradicts itself' if several else _NO_CODE}: taken as unknown"


def _abated(resource: ConditionResource, abatement: Moment) -> bool:
    if resource.abatement_boolean is not None:
        return resource.abatement_boolean is not False and abatement.when is None
    return abatement.when is None and (abatement.age is not None or abatement.text is not None)


def _asserted(resource: ConditionResource) -> tuple[When | None, str | None]:
    for extension in present(resource.extension):
        if extension.url == ASSERTED_DATE:
            asserted, problem = date_time(extension.value_date_time)
            return asserted, f"its asserted date {problem}" if problem else None
    return None, None
