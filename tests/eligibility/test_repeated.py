"""How many times a condition happened."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import Condition as Asked
from alsfhir.patient.model import Condition
from alsfhir.terminology import Coding
from eligibility_samples import condition, facts, finding, said, when

TWICE = Asked(concept="venous-thromboembolism", when="ever", at_least=2)


def clot(number: int, onset: str | None = None, code: str = "I26", verification: str | None = None) -> Condition:
    """An entry of a thrombosis."""
    return condition(
        "venous-thromboembolism",
        reference=f"Condition/{number}",
        onset=when(onset) if onset else None,
        codings=(Coding("icd", code),),
        verification=verification,
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((clot(1, "2020-01-01"),), ("unknown", "no-record", "too-few")),
        ((clot(1, "2020-01-01"), clot(2, "2020-01-01")), ("unknown", "no-record", "too-few")),
        ((clot(1, "2020-01-01"), clot(2, "2020-01-01", "I82")), ("unknown", "unusable", "same-event")),
        ((clot(1, "2020-01-01"), clot(2, "2020")), ("unknown", "unusable", "same-event")),
        ((clot(1, "2020-01-01"), clot(2)), ("unknown", "unusable", "same-event")),
        ((clot(1), clot(2)), ("unknown", "unusable", "same-event")),
        ((clot(1, "2020"), clot(2, "2021")), ("met", "evidence", "on-record")),
        ((clot(1, "2020-01-01"), clot(2, "2020-01-01"), clot(3, "2021")), ("met", "evidence", "on-record")),
        (
            (clot(1, "2020-01-01"), clot(2, "2021", verification="provisional")),
            ("unknown", "unusable", "not-confirmed"),
        ),
    ],
)
def test_events_of_different_days_are_several(entries: tuple[Condition, ...], expected: tuple[str, str, str]) -> None:
    """A resource that repeats another is one with it; where the onsets may be of one day, nobody knows."""
    assert said(TWICE, facts(*entries)) == expected


def test_a_closed_world_does_not_tell_one_event_from_two() -> None:
    """One on record is too few, twice or not; two that may be one are still unknown."""
    same = (clot(1, "2020-01-01"), clot(2, "2020-01-01"))
    assert said(TWICE, facts(*same), closed_world=True) == ("not-met", "no-record", "closed-world")
    assert said(TWICE, facts(clot(1), clot(2)), closed_world=True)[2] == "same-event"


def test_what_repeats_another_is_cited_once() -> None:
    """The first of them; each of several events."""
    same = (clot(1, "2020-01-01"), clot(2, "2020-01-01"))
    assert [fact.reference for fact in finding(TWICE, facts(*same)).facts] == ["Condition/1"]
    several = (clot(1, "2020"), clot(2, "2021"))
    assert [fact.reference for fact in finding(TWICE, facts(*several)).facts] == ["Condition/1", "Condition/2"]
