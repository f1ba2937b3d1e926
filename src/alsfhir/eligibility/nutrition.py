"""Whether nutrition of a kind, or by a route, is ordered now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alsfhir.criteria.model import Nutrition as NutritionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import suggesting
from alsfhir.eligibility.course import Said, State, course, now
from alsfhir.eligibility.model import Finding, Value
from alsfhir.eligibility.resemblance import resembling
from alsfhir.eligibility.weighing import Kind, Standing, weighed
from alsfhir.patient.model import Nutrition
from alsfhir.terminology import Terminology

ORDERS = Kind(("NutritionOrder",), (Nutrition,))
_STATES = {  # https://hl7.org/fhir/R4/valueset-request-status.html
    "active": State.GOING,
    "on-hold": State.HELD,
    "completed": State.OVER,
    "revoked": State.OVER,
}
_NEVER = ("draft", "entered-in-error")
_PLANNED = ("proposal", "plan", "directive", "option")
_ORDERED = ("order", "original-order", "reflex-order", "filler-order", "instance-order")


def nutrition(atom: NutritionAtom, terminology: Terminology) -> Callable[[Chart, date], Finding]:
    """The test of nutrition; a feeding by tube of which the record does not say where it goes is for a person."""
    concept, broader = terminology.concept(atom.concept), suggesting(terminology, (atom.concept,))
    looks_like, is_route = resembling(concept), concept.file == "values"

    def standing(entry: Nutrition, told: Said) -> Standing | None:
        if atom.concept in entry.concepts:
            return Standing(entry, *told)
        if not entry.concepts and looks_like(entry):
            return Standing(entry, Value.REVIEW, Cause.TEXT_ONLY)
        if told[0] is Value.NOT_MET:
            return None  # of what it may not even have been
        if is_route and ("enteral" in entry.forms or entry.unusable is not None):
            return Standing(entry, *((Value.REVIEW, Cause.NO_ROUTE) if told[0] is Value.MET else told))
        return None if entry.concepts.isdisjoint(broader) else Standing(entry, Value.UNKNOWN, Cause.BROADER)

    def found(chart: Chart, _day: date) -> Finding:
        said = ((entry, _said(entry, chart.as_of)) for entry in _orders(chart))
        standings = (standing(entry, told) for entry, told in said if told is not None)
        return weighed(atom, [one for one in standings if one is not None], ORDERS, chart)

    return found


def _orders(chart: Chart) -> list[Nutrition]:
    """All orders, known and unknown, each once."""
    found = {entry: None for entries in chart.nutrition.values() for entry in entries}
    unknown = (entry for entry in chart.unrecognised.get(Nutrition, ()) if isinstance(entry, Nutrition))
    return sorted((*found, *unknown), key=lambda entry: entry.reference)


def _speaks(entry: Nutrition) -> bool:
    return entry.status not in _NEVER and entry.intent not in _PLANNED


def _said(entry: Nutrition, as_of: date) -> Said | None:
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if not _speaks(entry):
        return None
    if entry.intent not in _ORDERED:
        return Value.UNKNOWN, Cause.NO_INTENT
    return now(course(entry.when, _STATES.get(entry.status, State.UNCLEAR), as_of), as_of)
