"""An expected date of delivery: pregnant until then, and not after it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import Not, Pregnancy
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Condition, Observation
from alsfhir.terminology import Coding
from eligibility_samples import AS_OF, condition, decided, explained, facts, finding, observation, said, when

PREGNANT = Pregnancy()
PASSED, TO_COME = ("not-met", "evidence", "due-date-passed"), ("met", "evidence", "on-record")
PARTIAL, DISAGREEING = ("unknown", "unusable", "partial-date"), ("unknown", "unusable", "disagreeing")


def due(day: str | None, on: str | None = "2026-01-15", **more: Any) -> Observation:
    """A delivery that is expected on a day, estimated on another."""
    reference = f"Observation/due-{day}-{on}"
    day_given = {"day": when(day)} if day else {}
    return observation("estimated-delivery-date", None, on, **({"reference": reference} | day_given | more))


def checked(word: str, on: str, concept: str = "pregnancy-test", **more: Any) -> Observation:
    """A pregnancy test."""
    return observation(concept, None, on, coded=(Coding(None, None, word),), reference=f"O/{word}-{on}", **more)


def entry(**given: Any) -> Condition:
    """A pregnancy among the conditions."""
    dates = ("onset", "abatement", "diagnosed", "recorded")
    return condition("pregnancy", **{name: when(value) if name in dates else value for name, value in given.items()})


def woman(*found: Any) -> Any:
    """A record of a woman."""
    return facts(*found, sex="female")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (due(None, unusable="valueDateTime is not a date"), ("unknown", "unusable", "unusable")),
        (due("2026-11-20", unusable="no status"), ("unknown", "unusable", "unusable")),
        (due(None, string="in November"), ("review", "judgement", "text-only")),
        (due("2026-11-20", status="preliminary"), ("unknown", "unusable", "preliminary")),
        (due("2026-06-10", status="unknown"), ("unknown", "unusable", "preliminary")),
        (due("2026-11-20", "2026-07-01"), ("unknown", "no-record", "no-record")),
        (due("2027-04-28"), ("unknown", "unusable", "implausible")),
        (due("2027"), PARTIAL),
        (due("2026"), PARTIAL),
        (due("2026-06"), PARTIAL),
        (due(None, "2025-09-01", unusable="no value"), ("unknown", "stale", "stale")),
    ],
)
def test_a_date_that_is_not_certain_decides_nothing(found: Observation, expected: tuple[str, str, str]) -> None:
    """In a closed world neither, but for one of tomorrow, which does not exist."""
    assert said(PREGNANT, woman(found)) == expected
    if expected[1] != "no-record":
        assert said(PREGNANT, woman(found), closed_world=True) == expected


@pytest.mark.parametrize("day", ["2026-06-30", "2026-07", "2026-11-20", "2027-04-27"])
@pytest.mark.parametrize("on", ["2026-01-15", "2026", None])
def test_a_delivery_to_come_says_pregnant(day: str, on: str | None) -> None:
    """On the day itself, and for 43 weeks at most; when it was estimated, does not matter."""
    assert said(PREGNANT, woman(due(day, on))) == TO_COME


@pytest.mark.parametrize("day", ["2026-06-29", "2026-05", "2025", "2015-03-01"])
@pytest.mark.parametrize("on", ["2015-01-15", "2026", None])
def test_a_delivery_that_has_passed_says_not_pregnant(day: str, on: str | None) -> None:
    """As a pregnancy does that is over, with an assumption of its own."""
    assert said(PREGNANT, woman(due(day, on))) == PASSED
    assumed = "the pregnancy was over by its expected date of delivery, and none has begun since"
    assert explained(PREGNANT, woman(due(day, on))).assumptions == (assumed,)


@pytest.mark.parametrize(
    "pregnant",
    [
        entry(onset="2025-10-01", clinical="active"),
        entry(onset="2025-10-01", recorded="2026-06-10"),
        entry(recorded="2026-05"),
        entry(recorded="2026-05-01", verification="provisional"),
        checked("positive", "2026-06-10"),
        checked("positive", "2026-06-09", "pregnancy-status"),
    ],
)
def test_what_was_said_until_the_expected_date_is_over(pregnant: Any) -> None:
    """It is of that pregnancy; without the date it would be one of today, or open."""
    assert said(PREGNANT, woman(pregnant))[0] != "not-met"
    assert said(PREGNANT, woman(pregnant, due("2026-06-10"))) == PASSED
    assert said(PREGNANT, woman(due("2026-06-10"), pregnant)) == PASSED


def test_an_onset_after_the_expected_date_is_one_also_as_an_age() -> None:
    """A pregnancy of her 36th year was there after the date, whenever it was written down."""
    pregnant = entry(recorded="2026-05-01", onset_age=Decimal(36))
    assert said(PREGNANT, facts(pregnant, due("2026-06-10"), sex="female", birth=when("1990-06-20")))[0] == "unknown"


def test_what_is_over_is_cited_with_the_date() -> None:
    """Both the entry and the date by which it is over are the evidence."""
    found = explained(PREGNANT, woman(entry(onset="2025-10-01"), due("2026-06-10")))
    assert [(one.reference, one.date) for one in found.evidence] == [
        ("Condition/pregnancy", "2025-10-01"),
        ("Observation/due-2026-06-10-2026-01-15", "2026-01-15"),
    ]
    assert found.evidence[1].value == "estimated date of delivery: 2026-06-10"


@pytest.mark.parametrize(
    ("pregnant", "expected"),
    [
        (entry(onset="2025-10-01", recorded="2026-06-11"), TO_COME),
        (entry(onset="2026-06-11"), TO_COME),
        (checked("positive", "2026-06-11"), ("met", "evidence", "compared")),
        (entry(recorded="2026-06"), DISAGREEING),
        (entry(), DISAGREEING),
        (entry(onset="2025-10-01", unusable="no code"), ("unknown", "unusable", "unusable")),
    ],
)
def test_what_was_said_after_the_expected_date_stands(pregnant: Any, expected: tuple[str, str, str]) -> None:
    """It may be of another pregnancy; where it may have been said before or after, nobody knows."""
    assert said(PREGNANT, woman(pregnant, due("2026-06-10"))) == expected


@pytest.mark.parametrize(
    "ending",
    [
        entry(clinical="resolved", abatement="2026-03-01"),
        checked("negative", "2026-03-01"),
        checked("negative", "2026-03"),
        checked("perhaps", "2026-03-01"),
        condition("not-pregnant", recorded=when("2026-03-01")),
        entry(verification="refuted", recorded="2026-03-01"),
    ],
)
def test_a_pregnancy_that_may_have_ended_early_leaves_another_open(ending: Any) -> None:
    """Between the estimate and its date: what says pregnant after that may be of a new one."""
    new = checked("positive", "2026-06-05")
    assert said(PREGNANT, woman(new, due("2026-06-10"))) == PASSED
    for on in ("2026-01-15", "2026-01", None):
        assert said(PREGNANT, woman(ending, new, due("2026-06-10", on))) == DISAGREEING


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((checked("negative", "2026-06-20"),), DISAGREEING),
        ((condition("not-pregnant", recorded=when("2026-06-20")),), DISAGREEING),
        ((checked("negative", "2026-01-10"),), TO_COME),
        ((checked("positive", "2026-06-20"),), ("met", "evidence", "compared")),
        ((entry(verification="provisional"),), TO_COME),
        ((entry(clinical="resolved", abatement="2026-06-01"),), ("not-met", "evidence", "not-current")),
        ((entry(clinical="resolved", abatement="2026-03-15"),), DISAGREEING),
        ((entry(clinical="resolved", abatement="2025-05-01"),), TO_COME),
        ((due("2024-03-01", "2023-09-01"),), TO_COME),
        ((due("2024-03-01", None),), TO_COME),
    ],
)
def test_a_delivery_to_come_beside_what_else_is_said(others: tuple[Any, ...], expected: tuple[str, str, str]) -> None:
    """It lasts until then: only the end of a pregnancy takes it back, and a contrary leaves it open."""
    assert said(PREGNANT, woman(*others, due("2026-11-20", "2026-03-15"))) == expected


@pytest.mark.parametrize(
    ("estimates", "expected"),
    [
        ((due("2026-06-25", "2026-01-15"), due("2026-07-09", "2026-03-15")), TO_COME),
        ((due("2026-07-09", "2026-01-15"), due("2026-06-25", "2026-03-15")), PASSED),
        ((due("2026-07-09", "2026-03"), due("2026-06-25", "2026-03-15")), DISAGREEING),
        ((due("2026-07-09", None), due("2026-06-25", "2026-03-15")), DISAGREEING),
        ((due("2026-11-20", "2026-03-15"), due("2019-03-01", "2026-06-15")), TO_COME),
        ((due("2026-11-20"), due(None, "2026-06-15", unusable="no value")), ("unknown", "unusable", "unusable")),
    ],
)
def test_a_later_estimate_replaces_an_earlier_one(
    estimates: tuple[Observation, ...], expected: tuple[str, str, str]
) -> None:
    """But not one that was written down later of a delivery long ago."""
    assert said(PREGNANT, woman(*estimates)) == expected
    assert said(PREGNANT, woman(*reversed(estimates))) == expected


def test_an_expected_delivery_of_a_man_is_for_a_person() -> None:
    """Passed or to come: one of the two is wrong."""
    for day in ("2015-01-01", "2026-11-20"):
        assert said(PREGNANT, facts(due(day), sex="male")) == ("review", "judgement", "contradictory")


def test_it_opens_on_the_day_after() -> None:
    """Time alone makes a delivery that is to come one that has passed; of an incomplete date, the last day counts."""
    for day, opens in (("2026-11-20", date(2026, 11, 21)), ("2026-11", date(2026, 12, 1))):
        found = decided(Not(of=PREGNANT), woman(due(day)))
        assert (found.outcome, found.opens, found.closes) == (Outcome.FAIL, opens, None)
    assert decided(Not(of=PREGNANT), woman(due("2026-06-10"))).closes is None


@given(st.dates(date(2026, 1, 1), date(2027, 1, 31)), st.dates(date(2025, 12, 1), AS_OF))
def test_no_day_is_both_passed_and_to_come(day: date, on: date) -> None:
    """Until the as-of date it has passed, from it on it is to come, whenever it was estimated."""
    found = finding(PREGNANT, woman(due(day.isoformat(), on.isoformat())))
    assert (str(found.value), str(found.basis), str(found.cause)) == (PASSED if day < AS_OF else TO_COME)
