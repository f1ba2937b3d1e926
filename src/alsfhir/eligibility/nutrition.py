"""Whether nutrition of a kind, or by a route, is ordered now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alsfhir.criteria.model import Nutrition as NutritionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
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
    looks_like = resembling(terminology.concept(atom.concept))
    routes = frozenset(name for name, concept in terminology.concepts.items() if concept.file == "values")

    def found(chart: Chart, _day: date) -> Finding:
        standings = [
            Standing(entry, *told)
            for entry in chart.nutrition.get(atom.concept, ())
            if (told := _said(entry, chart.as_of)) is not None
        ]
        if atom.concept in routes:
            elsewhere = (entry for entry in _orders(chart) if atom.concept not in entry.concepts)
            standings += [one for entry in elsewhere if (one := _unrouted(entry, routes, chart.as_of)) is not None]
        else:
            standings += [
                Standing(entry, Value.REVIEW, Cause.TEXT_ONLY)
                for entry in chart.unrecognised.get(Nutrition, ())
                if isinstance(entry, Nutrition) and _speaks(entry) and looks_like(entry)
            ]
        return weighed(atom, standings, ORDERS, chart)

    return found


def _orders(chart: Chart) -> list[Nutrition]:
    found = {entry: None for entries in chart.nutrition.values() for entry in entries}
    unknown = (entry for entry in chart.unrecognised.get(Nutrition, ()) if isinstance(entry, Nutrition))
    return sorted((*found, *unknown), key=lambda entry: entry.reference)


def _speaks(entry: Nutrition) -> bool:
    return entry.status not in _NEVER and entry.intent not in _PLANNED


def _unrouted(entry: Nutrition, routes: frozenset[str], as_of: date) -> Standing | None:
    """What an order says that is not known to be by the route asked for: only one by tube may be."""
    told = _said(entry, as_of)
    if told is None or (entry.unusable is None and "enteral" not in entry.forms):
        return None
    if told[0] is Value.MET:
        other = not entry.concepts.isdisjoint(routes)
        told = (Value.NOT_MET, Cause.OTHER_ROUTE) if other else (Value.REVIEW, Cause.NO_ROUTE)
    return Standing(entry, *told)


def _said(entry: Nutrition, as_of: date) -> Said | None:
    if entry.unusable is not None:
        return Value.UNKNOWN, Cause.UNUSABLE
    if not _speaks(entry):
        return None
    if entry.intent not in _ORDERED:
        return Value.UNKNOWN, Cause.NO_INTENT
    return now(course(entry.when, _STATES.get(entry.status, State.UNCLEAR), as_of), as_of)
