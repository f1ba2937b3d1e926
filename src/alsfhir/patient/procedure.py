"""Procedure → fact, https://hl7.org/fhir/R4/procedure.html and https://hl7.org/fhir/R5/procedure.html."""

from __future__ import annotations

from typing import Any

from alsfhir.patient.codes import codings, concepts_in, joined, text_of
from alsfhir.patient.datatypes import CodeableConcept, Element, PeriodElement, ReferenceElement, listed, string
from alsfhir.patient.model import Procedure
from alsfhir.patient.reading import ENTERED_IN_ERROR, Reading, Source, other_than
from alsfhir.patient.when import occurred


class ProcedureResource(Element, frozen=True, gc=False):
    """The elements of Procedure that are read: performed[x] is R4's and R4B's; occurrence[x] and focus are R5's.

    ``category`` is one in R4 and several in R5.
    """

    status: Any = None
    category: CodeableConcept | list[CodeableConcept | None] | None = None
    code: CodeableConcept | None = None
    subject: ReferenceElement | None = None
    focus: ReferenceElement | None = None
    performed_date_time: Any = None
    performed_period: PeriodElement | None = None
    performed_string: Any = None
    performed_age: Any = None
    performed_range: Any = None
    occurrence_date_time: Any = None
    occurrence_period: PeriodElement | None = None
    occurrence_string: Any = None
    occurrence_age: Any = None
    occurrence_range: Any = None
    occurrence_timing: Any = None


def procedure(resource: ProcedureResource, source: Source) -> Reading:
    """The fact of a Procedure. A time that cannot be read is a problem, and leaves it undated."""
    if resource.status == "entered-in-error":
        return ENTERED_IN_ERROR
    r = resource
    performed, problem = occurred(
        "performed", r.performed_date_time, r.performed_period, r.performed_string, r.performed_age, r.performed_range
    )
    occurrence, other_problem = occurred(
        "occurrence",
        *(r.occurrence_date_time, r.occurrence_period, r.occurrence_string, r.occurrence_age, r.occurrence_range),
        r.occurrence_timing,
    )
    problem = problem or other_problem
    categories = listed(resource.category)
    found, kinds = codings(source.terminology, resource.code), codings(source.terminology, *categories)
    text = joined(map(text_of, (resource.code, *categories)))
    fact = Procedure(
        reference=source.reference,
        concepts=concepts_in(source.terminology, found + kinds),
        codings=found or kinds,
        text=text,
        status=string(resource.status) or "unknown",
        when=performed or occurrence,
        unusable=_unusable(resource, bool(found or kinds or text), source),
    )
    problems = (f"{problem}: taken as undated",) if problem else ()
    return Reading((fact,), problems, incomplete=source.misshapen("category") is not None)


def _unusable(resource: ProcedureResource, named: bool, source: Source) -> str | None:
    if not named:
        return "no code"
    if string(resource.status) is None:
        return "no status"
    if misshapen := source.misshapen("subject", "focus"):
        return misshapen
    if other_than(resource.subject, (resource.focus,) if resource.focus else ()):
        return "it was done to another than the patient (Procedure.focus)"
    return None
