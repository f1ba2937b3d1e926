"""Why a condition has its verdict, in words."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Condition as Asked
from alsfhir.criteria.model import Duration, Recorded
from alsfhir.patient.model import Fact
from alsfhir.terminology import Coding
from eligibility_samples import condition, drug, explained, facts, when

DEMENTIA = Asked(concept="dementia")
CANCER = Asked(concept="malignancy", within=Duration(years=5))
HERE = "(no date, Condition/dementia)"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, f"Dementia is on record: dementia {HERE}"),
        ({"verification": "refuted"}, f"Dementia was ruled out: dementia, refuted {HERE}"),
        ({"verification": "provisional"}, f"Dementia is on record, but not confirmed: dementia, provisional {HERE}"),
        ({"clinical": "resolved"}, f"Dementia is on record, but not as current: dementia, resolved {HERE}"),
        ({"clinical": "remission"}, f"Dementia is on record, in remission: dementia, remission {HERE}"),
        (
            {"clinical": "unknown"},
            f"Dementia is on record, but not whether it is still there: dementia, unknown {HERE}",
        ),
        (
            {"unusable": "no code"},
            f"Dementia is on record, but the entry cannot be used: dementia, not usable: no code {HERE}",
        ),
        (
            {"clinical": "active", "abatement": when("2020")},
            f"Dementia is on record as present and as over: dementia, active, over by 2020 {HERE}",
        ),
        (
            {"onset": when("2026")},
            (
                "Dementia is on record, but an incomplete date leaves open whether it counts: "
                "dementia (onset 2026, Condition/dementia)"
            ),
        ),
    ],
)
def test_an_entry_is_said_with_its_state(given: dict[str, Any], reason: str) -> None:
    """What counts, what does not, and why."""
    assert explained(DEMENTIA, facts(condition("dementia", **given)), number="E01").reason == reason


def test_nothing_on_file_is_never_called_an_absence() -> None:
    """Unless the caller closed the world, and then it is said so."""
    assert explained(DEMENTIA, facts()).reason == "Nothing on file about dementia"
    assert explained(DEMENTIA, facts(), closed_world=True).reason == (
        "Nothing on file about dementia, taken as absent (closed world)"
    )
    assert explained(DEMENTIA, facts(unreadable=frozenset({"Condition"}))).reason == (
        "Nothing usable on file about dementia, but a Condition that could not be read"
    )


def test_nothing_recognised_is_not_called_nothing_on_file() -> None:
    """Where entries without a known code are, they are counted, but for those that were ruled out."""
    one, other = condition(text="Forgetful", reference="Condition/1"), condition(text="Falls", reference="Condition/2")
    reason = explained(DEMENTIA, facts(one)).reason
    assert reason == "No entry recognised as dementia; 1 condition on file has no known code"
    reason = explained(DEMENTIA, facts(one, other, condition(text="x", verification="refuted"))).reason
    assert reason == "No entry recognised as dementia; 2 conditions on file have no known code"
    known = facts(condition("gout"))
    assert explained(DEMENTIA, known).reason == "Nothing on file about dementia"


def test_entries_that_nobody_understands_are_shown() -> None:
    """In words, by a code that no concept knows, or as a broader disease."""
    forgetful = condition(text="Forgetful", reference="Condition/words")
    assert explained(DEMENTIA, facts(forgetful), closed_world=True).reason == (
        "Entries without a known code might be dementia: “Forgetful” (no date, Condition/words)"
    )
    als = Asked(concept="als")
    assert explained(als, facts(condition(text="ALS?", reference="Condition/words"))).reason == (
        "An entry without a known code may be amyotrophic lateral sclerosis: “ALS?” (no date, Condition/words)"
    )
    broader = condition("motor-neuron-disease", codings=(Coding("s", "G12.2", "Motor neuron disease"),))
    assert explained(als, facts(broader)).reason == (
        "On record is what may or may not be amyotrophic lateral sclerosis: "
        "Motor neuron disease (no date, Condition/motor-neuron-disease)"
    )


def test_windows_numbers_and_severities_are_said() -> None:
    """What was asked for that the entries do not show."""
    over = condition("malignancy", clinical="resolved", abatement=when("2018-01-01"))
    assert explained(CANCER, facts(over)).reason == (
        "Malignant tumour was over more than 5 years before 2026-06-30: "
        "malignancy, resolved, over by 2018-01-01 (no date, Condition/malignancy)"
    )
    undated = condition("malignancy", clinical="resolved")
    assert explained(CANCER, facts(undated)).reason == (
        "Malignant tumour is on record, but not when it was over: malignancy, resolved (no date, Condition/malignancy)"
    )
    twice = Asked(concept="dementia", when="ever", at_least=2)
    assert explained(twice, facts(condition("dementia"))).reason == (
        f"2 entries of dementia are asked for, and 1 on record: dementia {HERE}"
    )
    severe = Asked(concept="dementia", severity="severe")
    assert explained(severe, facts(condition("dementia"))).reason == (
        f"Dementia is on record, but not how severe it is: dementia {HERE}"
    )
    mild = condition("dementia", severity=(Coding("s", "255604002"),))
    assert explained(severe, facts(mild)).reason == f"Dementia is on record, but not severe: dementia {HERE}"


@pytest.mark.parametrize(
    ("asked", "found", "reason"),
    [
        (
            {"overlapping": "riluzole"},
            (condition("dementia"),),
            f"Dementia is on record, but no riluzole: dementia {HERE}",
        ),
        (
            {"overlapping": "riluzole"},
            (condition("dementia", recorded=when("2026-05-01")), drug("riluzole", period=when("2026-06-01/"))),
            (
                "Dementia is on record: dementia (recorded 2026-05-01, Condition/dementia); "
                "riluzole, active (since 2026-06-01, MedicationRequest/riluzole)"
            ),
        ),
        (
            {"overlapping": "riluzole"},
            (condition("dementia"), drug("riluzole", status="completed")),
            (
                f"Dementia is on record, but not whether riluzole was taken while it lasted: dementia {HERE}; "
                "riluzole, completed (no date, MedicationRequest/riluzole)"
            ),
        ),
        (
            {"overlapping": "riluzole"},
            (condition("dementia", onset=when("2026-05-01")), drug("riluzole", period=when("2020-01-01/2020-02-01"))),
            (
                "Dementia is on record, but no riluzole while it lasted: "
                "dementia (onset 2026-05-01, Condition/dementia); "
                "riluzole, active (2020-01-01 to 2020-02-01, MedicationRequest/riluzole)"
            ),
        ),
        (
            {"site": "lumbar-site"},
            (condition("dementia"),),
            f"Dementia is on record, but not whether at lumbar region: dementia {HERE}",
        ),
        (
            {"site": "lumbar-site"},
            (condition("dementia", body_sites=(Coding(None, None, "left ear"),)),),
            f"Dementia is on record at a site that is not known as lumbar region: dementia {HERE}",
        ),
        (
            {"within": Duration(months=1), "began": True},
            (condition("dementia", onset=when("2026-01-01")),),
            (
                "Dementia is on record, but did not begin between 2026-05-30 and 2026-06-30: "
                "dementia (onset 2026-01-01, Condition/dementia)"
            ),
        ),
        (
            {"within": Duration(months=1), "began": True},
            (condition("dementia"),),
            f"Dementia is on record, but not when it began: dementia {HERE}",
        ),
        (
            {"within": Duration(weeks=2), "until": Duration(days=30)},
            (condition("dementia", onset=when("2026-06-01")),),
            (
                "Dementia is on record, but not between 2026-05-17 and 2026-05-31: "
                "dementia (onset 2026-06-01, Condition/dementia)"
            ),
        ),
        (
            {"when": "ever", "at_least": 2},
            (condition("dementia", reference="Condition/1"), condition("dementia", reference="Condition/2")),
            (
                "Dementia is on record several times, but not whether that is one event or several: "
                "dementia (no date, Condition/1); dementia (no date, Condition/2)"
            ),
        ),
    ],
)
def test_what_more_is_asked_of_an_entry_is_said(asked: dict[str, Any], found: tuple[Fact, ...], reason: str) -> None:
    """A drug beside it, a site, a beginning, a time that is over, several events."""
    assert explained(Asked(concept="dementia", **asked), facts(*found)).reason == reason


def test_a_history_without_a_date_says_so() -> None:
    """It does not say when that was, nor that it is over."""
    past = condition("history-of-malignancy")
    asked = Asked(concept="history-of-malignancy", within=Duration(years=5))
    assert explained(asked, facts(past)).reason == (
        "History of a malignant tumour is on record, but not when that was: "
        "history-of-malignancy (no date, Condition/history-of-malignancy)"
    )


def test_what_is_not_counted_is_named() -> None:
    """Myopathy other than ALS."""
    atom = Asked(concept="myopathy", minus=("als", "motor-neuron-disease"))
    assert explained(atom, facts()).reason == (
        "Nothing on file about myopathy (not counting amyotrophic lateral sclerosis or motor neuron disease)"
    )


def test_on_record_or_not_is_said() -> None:
    """The one question whose answer may rest on there being nothing."""
    tree = Recorded(concept="dementia")
    assert explained(tree, facts()).reason == "No confirmed dementia on record"
    assert explained(tree, facts(condition("dementia"))).reason == f"Dementia is on record: dementia {HERE}"
