"""Whether the patient takes, or took, part in another trial."""

from __future__ import annotations

from datetime import date

import pytest

from alsfhir.criteria.model import OtherTrial
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Participation
from eligibility_samples import decided, explained, facts, months, participation, said, when

NOW = OtherTrial()
LATELY = OtherTrial(within=months(3))
OTHER = "NCT00000001"
OURS = "NCT01234567"


def taking_part(status: str, period: str | None = None, *trials: str) -> Participation:
    """An entry of another trial."""
    return participation(*(trials or (OTHER,)), status=status, when=when(period) if period else None)


def test_nothing_on_file_is_not_an_absence() -> None:
    """Trials live outside of records: unknown, for a person to confirm."""
    assert said(LATELY, facts()) == ("unknown", "no-record", "no-record")
    assert decided(LATELY, facts(), number="E19").outcome is Outcome.CONFIRM
    assert said(LATELY, facts(), closed_world=True) == ("not-met", "no-record", "closed-world")
    assert said(LATELY, facts(unreadable=frozenset({"ResearchSubject"})))[2] == "unreadable"


@pytest.mark.parametrize("atom", [NOW, LATELY])
def test_this_trial_is_no_other(atom: OtherTrial) -> None:
    """Whatever the status of the patient in it."""
    assert said(atom, facts(taking_part("on-study", None, OURS)))[2] == "no-record"
    assert said(atom, facts(taking_part("on-study", None, OURS, OTHER)))[2] == "no-record"


@pytest.mark.parametrize(
    "status",
    [
        "candidate",
        "eligible",
        "ineligible",
        "potential-candidate",
        "not-registered",
        "screening",
        "pending-on-study",
    ],
)
def test_who_is_only_considered_takes_no_part(status: str) -> None:
    """Such entries are what a screening publishes itself."""
    assert said(NOW, facts(taking_part(status)))[2] == "no-record"
    assert said(LATELY, facts(taking_part(status, "2026-06-01/")))[2] == "no-record"


@pytest.mark.parametrize(
    ("entry", "now", "lately"),
    [
        (taking_part("on-study"), "met", "met"),
        (taking_part("on-study-intervention"), "met", "met"),
        (taking_part("on-study-observation", "2020-01-01/"), "met", "met"),
        (taking_part("follow-up", "2020-01-01/2026-06-30"), "met", "met"),
        (taking_part("on-study", "2020-01-01/2026-06-29"), "not-met", "met"),
        (taking_part("on-study", "2020-01-01/2026-03-30"), "not-met", "met"),
        (taking_part("on-study", "2020-01-01/2026-03-29"), "not-met", "not-met"),
        (taking_part("off-study", "2020-01-01/2026-03-30"), "not-met", "met"),
        (taking_part("withdrawn", "2020-01-01/2026-03-29"), "not-met", "not-met"),
        (taking_part("withdrawn", "2026-04-01/"), "not-met", "met"),
        (taking_part("off-study", "2020-01-01/"), "not-met", "unknown"),
        (taking_part("off-study"), "not-met", "unknown"),
        (taking_part("off-study", "2020/2026-03"), "not-met", "unknown"),
        (taking_part("on-study", "2020-01-01/2026"), "unknown", "unknown"),
        (taking_part("on-study", "2026/"), "unknown", "unknown"),
        (taking_part("unknown"), "unknown", "unknown"),
        (participation(OTHER, unusable="no status"), "unknown", "unknown"),
        (participation(named=True), "met", "met"),
        (participation(), "review", "review"),
        (participation(status="off-study", when=when("2020-01-01/2020-02-01")), "not-met", "not-met"),
        (participation(status="screening"), "unknown", "unknown"),
    ],
)
def test_taking_part_lasts_for_its_period(entry: Participation, now: str, lately: str) -> None:
    """An end that is given counts, an incomplete one is open; in which trial it was must be known where it matters."""
    assert (said(NOW, facts(entry))[0], said(LATELY, facts(entry))[0]) == (now, lately)


def test_one_trial_suffices() -> None:
    """Beside others that are over."""
    old = participation(OTHER, status="off-study", when=when("2020-01-01/2020-02-01"))
    assert said(NOW, facts(old, participation("NCT00000002", reference="ResearchSubject/s2")))[0] == "met"


def test_a_trial_leaves_the_window_one_day_after_it() -> None:
    """Over on 1 April: three months are past on 2 July."""
    over = facts(taking_part("off-study", "2020-01-01/2026-04-01"))
    assert decided(LATELY, over, number="E19").opens == date(2026, 7, 2)
    planned = facts(taking_part("on-study", "2020-01-01/2026-07-10"))
    assert decided(NOW, planned, number="E05").opens == date(2026, 7, 11)


def test_a_study_without_a_number_is_taken_for_another_one() -> None:
    """And that is said."""
    assert explained(NOW, facts(participation(named=True))).assumptions == (
        "ResearchSubject/s1 is of a study without an NCT number: taken for another trial than this one",
    )
    assert explained(NOW, facts(taking_part("on-study"))).assumptions == ()
