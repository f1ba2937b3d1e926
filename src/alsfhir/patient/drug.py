"""MedicationRequest, -Statement, -Administration and -Dispense → facts; https://hl7.org/fhir/R4/medications-module.html."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from alsfhir.patient.codes import concepts_in, status_code
from alsfhir.patient.datatypes import CodeableConcept, Element, PeriodElement, QuantityElement, listed, present, string
from alsfhir.patient.dosage import AdministeredDosage, Dosage, administered_words, dosage_period, dosage_words, routes
from alsfhir.patient.medication import Medicated, medication
from alsfhir.patient.model import Drug, DrugKind
from alsfhir.patient.quantity import quantity
from alsfhir.patient.reading import ENTERED_IN_ERROR, Reading, Source
from alsfhir.patient.values import When
from alsfhir.patient.when import date_time, occurred, period
from alsfhir.terminology import Coding

ADHERENCE = {"taking": "active", "not-taking": "not-taken", "on-hold": "on-hold", "stopped": "stopped"}
ENDED = {"ended": "completed"}
"""R5 says in MedicationRequest.status what R4 says in another word."""

DAYS = frozenset({"d", "day", "days"})
MAX_SUPPLY = 3660
UNCLEAR_NEGATION = "doNotPerform is neither true nor false"


class Adherence(Element, frozen=True, gc=False):
    """R5 only."""

    code: CodeableConcept | None = None


class MedicationRequest(Medicated, frozen=True, gc=False):
    """``effective_dose_period`` is R5's."""

    status: Any = None
    intent: Any = None
    do_not_perform: Any = None
    authored_on: Any = None
    effective_dose_period: PeriodElement | None = None
    dosage_instruction: list[Dosage | None] | None = None


class MedicationStatement(Medicated, frozen=True, gc=False):
    status: Any = None
    adherence: Adherence | None = None
    effective_date_time: Any = None
    effective_period: PeriodElement | None = None
    effective_timing: Any = None
    date_asserted: Any = None
    dosage: list[Dosage | None] | None = None


class MedicationAdministration(Medicated, frozen=True, gc=False):
    """``occurence`` is spelt as R5 spells it."""

    status: Any = None
    effective_date_time: Any = None
    effective_period: PeriodElement | None = None
    occurence_date_time: Any = None
    occurence_period: PeriodElement | None = None
    occurence_timing: Any = None
    dosage: AdministeredDosage | None = None


class MedicationDispense(Medicated, frozen=True, gc=False):
    status: Any = None
    when_handed_over: Any = None
    days_supply: QuantityElement | None = None
    dosage_instruction: list[Dosage | None] | None = None


def medication_request(resource: MedicationRequest, source: Source) -> Reading:
    """The fact of a MedicationRequest; its period is that of its dosage. A request not to give it is none."""
    if resource.do_not_perform is True:
        return Reading(ignored="a request not to give the drug")
    dosages = present(resource.dosage_instruction)
    times = Times(period=_ordered(resource, dosages), authored=date_time(resource.authored_on))
    status = string(resource.status)
    taken = Taken("request", ENDED.get(status or "", status), times, string(resource.intent))
    reading = _reading(resource, source, taken.by(dosages, source))
    if resource.do_not_perform in (None, False):
        return reading
    return replace(reading, facts=tuple(replace(fact, unusable=UNCLEAR_NEGATION) for fact in reading.facts))


def medication_statement(resource: MedicationStatement, source: Source) -> Reading:
    """The fact of a MedicationStatement, in R4's words for its status."""
    at = resource
    effective = occurred("effective", at.effective_date_time, at.effective_period, at.effective_timing)
    times = Times(period=effective, authored=date_time(resource.date_asserted))
    taken = Taken("statement", _statement_status(resource), times)
    return _reading(resource, source, taken.by(present(resource.dosage), source))


def medication_administration(resource: MedicationAdministration, source: Source) -> Reading:
    """The fact of a MedicationAdministration."""
    at = resource
    r4 = occurred("effective", at.effective_date_time, at.effective_period)
    r5 = occurred("occurence", at.occurence_date_time, at.occurence_period, at.occurence_timing)
    given = r4 if r4 != (None, None) else r5
    taken = Taken(
        "administration",
        string(resource.status),
        Times(period=given),
        dosage=administered_words(resource.dosage, source.terminology),
        routes=routes(listed(resource.dosage), source.terminology),
    )
    return _reading(resource, source, taken)


def medication_dispense(resource: MedicationDispense, source: Source) -> Reading:
    """The fact of a MedicationDispense: from the day it was handed over, for the days that it lasts."""
    handed_over = date_time(resource.when_handed_over)
    times = Times(period=_supplied(handed_over, resource.days_supply, source), authored=handed_over)
    taken = Taken("dispense", string(resource.status), times)
    return _reading(resource, source, taken.by(present(resource.dosage_instruction), source))


@dataclass(frozen=True, slots=True)
class Times:
    """When a drug was taken, and when that was written; each with the problem if it cannot be read."""

    period: tuple[When | None, str | None] = (None, None)
    authored: tuple[When | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a resource says of the taking of its medication."""

    kind: DrugKind
    status: str | None
    times: Times
    intent: str | None = None
    dosage: str | None = None
    routes: tuple[Coding, ...] = ()

    def by(self, dosages: tuple[Dosage, ...], source: Source) -> Taken:
        """The same, in these dosages."""
        terms = source.terminology
        return replace(self, dosage=dosage_words(dosages, terms), routes=routes(dosages, terms))


def _ordered(resource: MedicationRequest, dosages: tuple[Dosage, ...]) -> tuple[When | None, str | None]:
    bounds = dosage_period(dosages)
    if bounds != (None, None) or resource.effective_dose_period is None:
        return bounds
    when, problem = period(resource.effective_dose_period)
    return when, problem and f"effectiveDosePeriod {problem}"


def _reading(resource: Medicated, source: Source, taken: Taken) -> Reading:
    status, times = taken.status, taken.times
    if status == "entered-in-error":
        return ENTERED_IN_ERROR
    found, words, unnamed = medication(resource, source.targets.medications, source.base, source.terminology)
    late = times.authored[1] and f"the date it was written {times.authored[1]}"
    drug = Drug(
        reference=source.reference,
        concepts=concepts_in(source.terminology, found),
        codings=found,
        text=words,
        status=status or "unknown",
        kind=taken.kind,
        intent=taken.intent,
        period=times.period[0],
        authored=times.authored[0],
        dosage=taken.dosage,
        routes=taken.routes,
        unusable=unnamed or times.period[1] or late or source.misshapen("") or (None if status else "no status"),
    )
    return Reading((drug,))


def _statement_status(resource: MedicationStatement) -> str | None:
    """R5 says ``recorded``, and in ``adherence`` what R4 says in ``status``."""
    status = string(resource.status)
    if status != "recorded":
        return status
    code = status_code(resource.adherence.code, "medication-statement-adherence") if resource.adherence else None
    return next((word for prefix, word in ADHERENCE.items() if code and code.startswith(prefix)), "unknown")


def _supplied(
    handed_over: tuple[When | None, str | None], supply: QuantityElement | None, source: Source
) -> tuple[When | None, str | None]:
    start, problem = handed_over
    days = quantity(supply, source.terminology)[0] if supply else None
    if start is None or days is None or (days.unit or "").strip() not in DAYS or not 1 <= days.value <= MAX_SUPPLY:
        return start, problem
    last = start.last + timedelta(days=int(days.value) - 1)
    return replace(start, last=last, written=f"{start.written}/{last.isoformat()}", instant=None), problem
