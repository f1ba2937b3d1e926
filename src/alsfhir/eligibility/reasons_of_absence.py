"""What is said where nothing on file speaks to what is asked for, and never calls that an absence."""

from __future__ import annotations

from alsfhir.eligibility.chart import Chart
from alsfhir.patient.model import Condition, Device, Drug, Fact, Nutrition, Procedure

_NAMES: dict[type[Fact], tuple[str, str]] = {
    Condition: ("condition", "conditions"),
    Procedure: ("procedure", "procedures"),
    Drug: ("drug", "drugs"),
    Device: ("device", "devices"),
    Nutrition: ("order of nutrition", "orders of nutrition"),
}


def nothing_about(label: str, chart: Chart, kind: type[Fact]) -> str:
    """That nothing on file is about it, or, beside entries of the kind of which nobody can say, is known to be."""
    return f"no entry recognised as {label}" if chart.unrecognised.get(kind) else f"nothing on file about {label}"


def uncoded(chart: Chart, kind: type[Fact]) -> tuple[str, ...]:
    """How many entries of a kind are on file of which nobody can say what they are, if there are any."""
    count = len(chart.unrecognised.get(kind, ()))
    one, several = _NAMES[kind]
    if not count:
        return ()
    return (f"1 {one} on file has no known code" if count == 1 else f"{count} {several} on file have no known code",)
