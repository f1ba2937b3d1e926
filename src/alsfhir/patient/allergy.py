"""AllergyIntolerance → fact, https://hl7.org/fhir/R4/allergyintolerance.html and R5/allergyintolerance.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast, get_args

from alsfhir.patient.codes import codings, concept_of, concepts_in, status_code, text_of
from alsfhir.patient.datatypes import CodeableConcept, EitherConcept, Element, PeriodElement, present, string
from alsfhir.patient.model import Allergy, Reaction
from alsfhir.patient.reading import ENTERED_IN_ERROR, UNKNOWN_MODIFIER, Reading, Source
from alsfhir.patient.values import When
from alsfhir.patient.when import date_time, occurred

VERIFICATIONS = frozenset({"unconfirmed", "presumed", "confirmed", "refuted"})
CLINICAL_STATUSES = frozenset({"active", "inactive", "resolved"})
CRITICALITIES = frozenset({"low", "high", "unable-to-assess"})
Severity = Literal["mild", "moderate", "severe"]
SEVERITIES = frozenset(get_args(Severity))
NOT_FHIRS = "is none of FHIR's codes"


class ReactionElement(Element, frozen=True, gc=False):
    """AllergyIntolerance.reaction; ``manifestation`` are CodeableConcepts in R4, CodeableReferences in R5."""

    modifier_extension: Any = None
    substance: CodeableConcept | None = None
    manifestation: list[EitherConcept | None] | None = None
    onset: Any = None
    severity: Any = None


class AllergyResource(Element, frozen=True, gc=False):
    """The elements of AllergyIntolerance that are read."""

    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    criticality: Any = None
    code: CodeableConcept | None = None
    onset_date_time: Any = None
    onset_period: PeriodElement | None = None
    recorded_date: Any = None
    reaction: list[ReactionElement | None] | None = None


def allergy(resource: AllergyResource, source: Source) -> Reading:
    """The fact of an AllergyIntolerance. An onset that is an age, a range or a text is no date, and not used."""
    terms = source.terminology
    verification = status_code(resource.verification_status, "allergyintolerance-verification")
    if verification == "entered-in-error":
        return ENTERED_IN_ERROR
    reactions = [each for each in present(resource.reaction) if not each.modifier_extension]
    lost = len(reactions) < len(present(resource.reaction))
    substances = codings(terms, *(reaction.substance for reaction in reactions))
    found = codings(terms, resource.code)
    (when, onset_problem), (recorded, recorded_problem) = _dates(resource)
    fact = Allergy(
        reference=source.reference,
        concepts=concepts_in(terms, (*found, *substances)),
        codings=found or substances,
        text=text_of(resource.code),
        verification=verification,
        clinical=_clinical(resource, source),
        criticality=resource.criticality if _is_code(resource.criticality, CRITICALITIES) else None,
        reactions=tuple(_reaction(reaction, source) for reaction in reactions),
        when=when,
        recorded=recorded,
        unusable=_unusable(resource, verification, source),
    )
    dates = (f"{problem}: not used as a date" for problem in (onset_problem, recorded_problem) if problem)
    doubts = (f"reaction: {UNKNOWN_MODIFIER}: not used",) if lost else ()
    return Reading(
        (fact,),
        (*dates, *doubts, *_problems(resource, reactions, fact)),
        incomplete=lost or source.misshapen("reaction") is not None,
    )


def _reaction(element: ReactionElement, source: Source) -> Reaction:
    manifestations = map(concept_of, present(element.manifestation))
    return Reaction(
        concepts=concepts_in(source.terminology, codings(source.terminology, *manifestations)),
        severity=cast("Severity", element.severity) if _is_code(element.severity, SEVERITIES) else None,
        when=date_time(element.onset)[0],
    )


def _dates(resource: AllergyResource) -> tuple[tuple[When | None, str | None], tuple[When | None, str | None]]:
    recorded, problem = date_time(resource.recorded_date)
    onset = occurred("onset", resource.onset_date_time, resource.onset_period)
    return onset, (recorded, problem and f"recordedDate {problem}")


def _clinical(resource: AllergyResource, source: Source) -> str | None:
    if source.misshapen("clinicalStatus"):
        return "unknown"
    if resource.clinical_status is None:
        return None
    code = status_code(resource.clinical_status, "allergyintolerance-clinical")
    return code if code in CLINICAL_STATUSES else "unknown"


def _unusable(resource: AllergyResource, verification: str | None, source: Source) -> str | None:
    named = codings(source.terminology, resource.code) or text_of(resource.code)
    if not named and not present(resource.reaction):  # a reaction to what is not said is one all the same
        return "no code"
    if misshapen := source.misshapen("verificationStatus"):
        return misshapen
    if resource.verification_status is not None and verification not in VERIFICATIONS:
        return f"its verificationStatus {NOT_FHIRS}"
    return None


def _problems(resource: AllergyResource, reactions: list[ReactionElement], fact: Allergy) -> Iterator[str]:
    if fact.clinical == "unknown" and resource.clinical_status is not None:
        yield f"its clinicalStatus {NOT_FHIRS}: taken as unknown"
    if resource.criticality is not None and fact.criticality is None:
        yield f"its criticality {NOT_FHIRS}: not used"
    if any(each.severity is not None and not _is_code(each.severity, SEVERITIES) for each in reactions):
        yield f"the severity of a reaction {NOT_FHIRS}: not used"
    if any(date_time(each.onset)[1] for each in reactions):
        yield "the onset of a reaction is not a date: not used as a date"


def _is_code(value: Any, codes: frozenset[str]) -> bool:
    return string(value) in codes
