"""Knowing less decides nothing: what holds of every whole record in which something is blanked."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from alsfhir.criteria.model import Recorded
from alsfhir.criteria.tree import nodes
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Verdict
from alsfhir.patient.model import Condition, Fact, Facts
from record_changes import blanked
from record_strategies import asked_records
from records import Resource
from whole_records import many, read, screened, shipped, written


@many(100)
@given(asked_records(), st.data(), st.booleans())
def test_knowing_less_never_decides(asked: tuple[str, list[Resource]], data: st.DataObject, closed: bool) -> None:
    """Blanking something inside a resource that stays leaves every verdict as it is, or makes it undecided.

    But not of what asks whether something is on record at all, which has two values: what is not sure to be there is
    not on record. And where two things on record contradict each other, blanking the one lets the other be believed.
    """
    trial, record = asked
    before = read(written(record))
    assume(not _contradictory(before))
    number = data.draw(st.integers(0, len(record) - 1))
    less = data.draw(st.sampled_from(list(blanked(record[number])) or [record[number]]))
    after = read(written([*record[:number], less, *record[number + 1 :]]))
    known = _concepts_of(before, record[number])
    one, other = (screened(trial, found, closed_world=closed).decisions for found in (before, after))
    for knew, knows in zip(one, other, strict=True):
        if known.isdisjoint(_recorded(trial)[knew.criterion.id]) and not _contradicted(knew.verdict):
            assert knows.verdict.value in (knew.verdict.value, *UNDECIDED), knew.criterion.id


def _contradicted(verdict: Verdict) -> bool:
    return any(finding.cause in (Cause.CONTRADICTORY, Cause.DISAGREEING) for finding in verdict.findings)


def _recorded(trial: str) -> dict[str, frozenset[str]]:
    """Of each statement, what it asks to be on record or not."""
    return {
        each.id: frozenset(node.concept for node in nodes(each.tree) if isinstance(node, Recorded))
        for each in shipped(trial).criteria
    }


def _concepts_of(found: Facts, resource: Resource) -> frozenset[str]:
    reference = f"{resource['resourceType']}/{resource['id']}"
    return frozenset().union(*(fact.concepts for fact in _facts(found) if fact.reference == reference))


def _facts(found: Facts) -> list[Fact]:
    return [*found.observations, *found.conditions, *found.procedures, *found.drugs, *found.allergies, *found.devices]


def _contradictory(found: Facts) -> bool:
    entries: tuple[Condition, ...] = found.conditions
    onsets = [entry.onset.first for entry in entries if entry.onset]
    diagnoses = [entry.diagnosed.last for entry in entries if entry.diagnosed]
    upside_down = any("lies before its beginning" in issue.text for issue in found.issues)
    return upside_down or (bool(onsets and diagnoses) and max(onsets) > min(diagnoses))
