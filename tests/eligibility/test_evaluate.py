"""Criteria, facts and a date become a screening."""

from __future__ import annotations

from datetime import date

import pytest

from alsfhir.criteria.criterion import Criterion
from alsfhir.criteria.model import (
    Age,
    AllOf,
    Attestation,
    Drug,
    Judgement,
    Node,
    OtherTrial,
    Pregnancy,
    Qualitative,
    Sex,
    TimeSince,
)
from alsfhir.criteria.model import Condition as Asked
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.evaluate import screen, screening
from alsfhir.eligibility.model import Outcome, Status
from alsfhir.eligibility.plan import plan
from alsfhir.terminology import terminology
from eligibility_samples import (
    AS_OF,
    FVC,
    category,
    condition,
    criteria,
    criterion,
    decided,
    facts,
    measured,
    observation,
    screened,
    when,
)

ADULT = criterion(Age(at_least=18))
CONSENT = criterion(Attestation(question="Do you consent?"), "I02")
BREATHES = criterion(measured(FVC, "%", at_least=50), "I03")
DEMENTIA = criterion(Asked(concept="dementia"), "E01")
ALS = condition("als", clinical="active")
GROWN_UP = when("1980-01-01")


def test_the_deceased_are_not_screened() -> None:
    """No status, and no criterion decided."""
    found = screened([ADULT], facts(ALS, birth=GROWN_UP, deceased=True))
    assert (found.status, found.decisions) == (None, ())


@pytest.mark.parametrize(("died", "screens"), [("2026-06-30", False), ("2026", False), ("2026-07-01", True)])
def test_a_death_after_the_as_of_date_has_not_happened(died: str, screens: bool) -> None:
    """As of a day before it the patient is screened; a date that leaves it open is a death."""
    found = screened([ADULT], facts(ALS, birth=GROWN_UP, deceased=True, died=when(died)))
    assert (found.status is not None) is screens


@pytest.mark.parametrize(
    ("number", "fvc", "expected"),
    [
        ("I01", "80 %", Outcome.PASS),
        ("I01", "40 %", Outcome.FAIL),
        ("I01", None, Outcome.MISSING),
        ("E01", "80 %", Outcome.FAIL),
        ("E01", "40 %", Outcome.PASS),
        ("E01", None, Outcome.MISSING),
    ],
)
def test_an_inclusion_passes_if_met_and_an_exclusion_if_not(number: str, fvc: str | None, expected: Outcome) -> None:
    """What is not decided is missing either way."""
    found = facts(observation(FVC, fvc)) if fvc else facts()
    assert decided(measured(FVC, "%", at_least=50), found, number=number).outcome is expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Age(at_least=18), Outcome.MISSING),
        (TimeSince(event="onset", concept="als"), Outcome.MISSING),
        (Qualitative(concept="hbsag"), Outcome.MISSING),
        (measured(FVC, "%", at_least=50), Outcome.MISSING),
        (Sex(among=("female",)), Outcome.CONFIRM),
        (Asked(concept="dementia"), Outcome.CONFIRM),
        (Drug(concept="riluzole"), Outcome.CONFIRM),
        (OtherTrial(), Outcome.CONFIRM),
        (Pregnancy(), Outcome.CONFIRM),
        (Attestation(question="?"), Outcome.CONFIRM),
        (Judgement(question="?"), Outcome.CONFIRM),
        (Judgement(question="?", when=measured(FVC, "%", at_least=50)), Outcome.MISSING),
        (AllOf(of=(Judgement(question="?"), measured(FVC, "%", at_least=50))), Outcome.MISSING),
        (AllOf(of=(Judgement(question="?"), Asked(concept="dementia"))), Outcome.CONFIRM),
    ],
)
def test_what_can_be_measured_is_missing_and_the_rest_is_to_confirm(tree: Node, expected: Outcome) -> None:
    """One undecided leaf that can be measured is enough."""
    assert decided(tree, facts()).outcome is expected


def test_any_fail_makes_ineligible() -> None:
    """Whatever else is missing or to confirm."""
    found = screened([ADULT, CONSENT, BREATHES], facts(ALS, birth=when("2010-01-01")))
    assert found.status is Status.INELIGIBLE


def test_a_missing_datum_makes_a_potential_candidate() -> None:
    """Nothing fails, but a value is to be measured."""
    assert screened([ADULT, BREATHES], facts(ALS, birth=GROWN_UP)).status is Status.POTENTIAL


def test_a_draft_reading_makes_a_potential_candidate() -> None:
    """Nobody has looked at how the criterion is read."""
    draft = criterion(Age(at_least=18), reading="draft")
    assert screened([draft, ADULT], facts(ALS, birth=GROWN_UP)).status is Status.POTENTIAL
    assert screened([draft], facts(ALS, birth=when("2010-01-01"))).status is Status.INELIGIBLE


@pytest.mark.parametrize(
    "entry",
    [
        condition("motor-neuron-disease"),
        condition("als", verification="provisional"),
        condition("als", verification="refuted"),
        condition("dementia"),
        condition(text="ALS", reference="Condition/words"),
    ],
)
def test_an_unconfirmed_disease_makes_a_potential_candidate(entry: object) -> None:
    """The trial is meant for people who have it, on record."""
    assert screened([ADULT], facts(entry, birth=GROWN_UP)).status is Status.POTENTIAL  # type: ignore[arg-type]


def test_a_trial_that_names_no_disease_has_no_candidates() -> None:
    """Nobody is confirmed to have what no mapping names."""
    found = screening(criteria(ADULT, disease=None), facts(ALS, birth=GROWN_UP), AS_OF, terminology())
    assert found.status is Status.POTENTIAL


def test_with_nothing_failing_or_missing_it_is_a_candidate() -> None:
    """What is to confirm does not keep from that; never is anybody called eligible."""
    found = facts(ALS, observation(FVC, "80 %"), category("definite"), birth=GROWN_UP)
    screening = screened([ADULT, CONSENT, BREATHES, DEMENTIA], found)
    assert screening.status is Status.CANDIDATE
    assert [decision.outcome for decision in screening.decisions] == [
        Outcome.PASS,
        Outcome.CONFIRM,
        Outcome.PASS,
        Outcome.CONFIRM,
    ]


def test_the_closed_world_is_kept_with_the_screening() -> None:
    """Every result says whether history without a record was taken as absent."""
    found = screened([DEMENTIA], facts(ALS), closed_world=True)
    assert found.closed_world
    assert found.decisions[0].outcome is Outcome.PASS


def test_a_plan_serves_many_patients_and_dates() -> None:
    """Compiled once and asked of several charts, it says what a fresh screening says."""
    statements: tuple[Criterion, ...] = (ADULT, BREATHES, DEMENTIA)
    compiled = plan(criteria(*statements), terminology())
    for found in (facts(ALS, birth=GROWN_UP), facts(observation(FVC, "40 %")), facts(deceased=True)):
        for as_of in (AS_OF, date(1990, 1, 1)):
            asked = screen(compiled, chart(found, as_of, terminology()))
            assert asked == screening(criteria(*statements), found, as_of, terminology())
