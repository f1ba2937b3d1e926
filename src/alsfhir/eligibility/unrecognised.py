"""The entries on record that no concept knows, named for a person to see whether they matter."""

from __future__ import annotations

from collections.abc import Iterator

from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.record import IssueRecord
from alsfhir.eligibility.wording import name_of
from alsfhir.patient.model import Allergy, Condition, Device, Drug, Fact, Procedure

MOST = 20  # lines of a kind

_KINDS: dict[type[Fact], str] = {
    Condition: "conditions",
    Procedure: "procedures",
    Drug: "drugs",
    Device: "devices",
    Allergy: "allergies",
}


def unrecognised(chart: Chart) -> Iterator[IssueRecord]:
    """A line for each entry, the first of each kind; then how many more there are."""
    for kind, named in _KINDS.items():
        entries = {entry.reference: entry for entry in chart.unrecognised.get(kind, ()) if not _is_refuted(entry)}
        for reference, entry in list(entries.items())[:MOST]:
            name = name_of(entry) or "its name"
            yield _issue(reference, f"{name} is not recognised by any concept: a person should see whether it matters")
        if (more := len(entries) - MOST) > 0:
            text = f"{more} more {named} are not recognised by any concept: a person should see whether they matter"
            yield _issue(chart.facts.patient, text)


def _issue(location: str, text: str) -> IssueRecord:
    return IssueRecord(severity="information", location=location, text=text)


def _is_refuted(entry: Fact) -> bool:
    return isinstance(entry, Allergy) and entry.verification == "refuted"
