"""Drugs, procedures, devices and nutrition on record in words: what counts, what does not, and what cannot be told."""

from __future__ import annotations

from typing import TypeAlias

from alsfhir.criteria.model import Device, Drug, Nutrition, Procedure
from alsfhir.criteria.words import duration, words
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.device import DEVICES
from alsfhir.eligibility.drug import DRUGS
from alsfhir.eligibility.model import Finding
from alsfhir.eligibility.nutrition import ORDERS
from alsfhir.eligibility.procedure import PROCEDURES
from alsfhir.eligibility.reasons_of_absence import nothing_about
from alsfhir.eligibility.weighing import Kind
from alsfhir.eligibility.wording import facts_words

Treatment: TypeAlias = Drug | Procedure | Device | Nutrition

KINDS: dict[type[Treatment], Kind] = {Drug: DRUGS, Procedure: PROCEDURES, Device: DEVICES, Nutrition: ORDERS}

_FOUND = {
    Cause.ON_RECORD: "{asked}",
    Cause.OUTSIDE_WINDOW: "{label} is on record, but not {window}",
    Cause.UNUSABLE: "{label} is on record, but the entry cannot be used",
    Cause.PARTIAL_DATE: "{label} is on record, but an incomplete date leaves open whether it counts",
    Cause.UNDATED: "{label} is on record, but not when it was",
    Cause.NO_STATUS: "{label} is on record, but not whether it was given, used or done",
    Cause.NO_INTENT: "{label} is on record, but not whether it was ordered or only planned",
    Cause.ON_HOLD: "{label} is on record, on hold",
    Cause.CONTRADICTORY: "{label} is on record as over and as going on",
    Cause.BROADER: "on record is what may or may not be {label}",
    Cause.TEXT_ONLY: "an entry without a known code may be {label}",
    Cause.UNRECOGNISED: "entries without a known code might be {label}",
}
_OF: dict[type[Treatment], dict[Cause, str]] = {
    Drug: {
        Cause.NOT_CURRENT: "{label} is on record, but not as taken now",
        Cause.NOT_TAKEN: "{label} is on record as not taken",
        Cause.THEN_ONLY: "{label} was given, but whether it is still taken is not on record",
        Cause.LOCAL_ROUTE: "{label} is on record, given by a local route",
        Cause.UNDATED: "{label} is on record, but not from when until when it was taken",
        Cause.UNCHANGED: "{asked}",
        Cause.RECENT_START: "{label} was begun less than {length} before {as_of}",
        Cause.DOSAGE_CHANGED: "the dosage of {label} changed in the {length} before {as_of}",
        Cause.SEVERAL_DOSAGES: "{label} is on record in several dosages at the same time",
        Cause.DOSAGES_IN_WORDS: "the dosage of {label} is written in other words: a person tells whether it changed",
        Cause.NO_DOSAGE: "{label} is on record, but not in which dosage",
        Cause.GAP: "{label} is on record, but not for all of the {length} before {as_of}",
    },
    Procedure: {
        Cause.NOT_CURRENT: "{label} is on record, but not as going on",
        Cause.THEN_ONLY: "{label} was done, but whether it still goes on is not on record",
        Cause.PLANNED: "{asked}",
        Cause.BROKEN_OFF: "{label} is on record as broken off",
        Cause.UNDONE: "{label} was undone later",
        Cause.UNDONE_ORDER: "{label} may have been undone: which came later is not on record",
    },
    Device: {Cause.NOT_CURRENT: "{label} is on record, but not as in use"},
    Nutrition: {
        Cause.NOT_CURRENT: "{label} is on record, but not as ordered now",
        Cause.NO_ROUTE: "nutrition by tube is ordered, but not known to be {label}",
    },
}


def treatment_reason(atom: Treatment, finding: Finding, chart: Chart) -> str:
    """What is on record of the treatment, or that nothing is; nothing on file is never called an absence."""
    label, kind, cause = asked_treatment(atom, chart), KINDS[type(atom)], Cause(finding.cause)
    match cause:
        case Cause.NO_RECORD:
            return nothing_about(label, chart, kind.facts[0])
        case Cause.UNREADABLE:
            lost = " or ".join(sorted(chart.facts.unreadable.intersection(kind.resources)))
            return f"nothing usable on file about {label}, but a {lost} that could not be read"
        case Cause.CLOSED_WORLD:
            return f"nothing on file about {label}, taken as absent (closed world)"
    said = (_OF[type(atom)].get(cause) or _FOUND[cause]).format(
        label=label, asked=words(atom), window=_window(atom, chart), length=_length(atom), as_of=chart.as_of
    )
    return f"{said}: {facts_words(finding.facts, chart.terminology)}"


def asked_treatment(atom: Treatment, chart: Chart) -> str:
    """The treatment in words, with what is not counted: ``organ transplant (not counting corneal transplant)``."""
    label = chart.terminology.concept(atom.concept).label
    minus = getattr(atom, "minus", ())
    other = " or ".join(chart.terminology.concept(name).label for name in minus)
    return f"{label} (not counting {other})" if other else label


def _window(atom: Treatment, chart: Chart) -> str:
    within, until = getattr(atom, "within", None), getattr(atom, "until", None)
    if within is None:
        return ""
    if until is None:
        return f"within the {duration(within)} before {chart.as_of}"
    return f"within the {duration(within)} that ended {duration(until)} before {chart.as_of}"


def _length(atom: Treatment) -> str:
    return duration(atom.unchanged_for) if isinstance(atom, Drug) and atom.unchanged_for is not None else ""
