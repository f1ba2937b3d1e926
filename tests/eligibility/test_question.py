"""What a person answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alsfhir.criteria.model import AllOf, Attestation, Judgement, Not
from alsfhir.criteria.model import Condition as Asked
from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Consent, Drug, Fact, Procedure
from eligibility_samples import (
    BMI,
    allergy,
    answer,
    condition,
    consent,
    criterion,
    explained,
    facts,
    finding,
    measured,
    observation,
    recorded,
    said,
    verdict,
    when,
)

OURS = "NCT01234567"  # the trial of the samples
CONSENT = Attestation(question="Do you agree?", consent=True)

THIN = measured(BMI, "kg/m2", less_than=18)


@pytest.mark.parametrize(
    ("bmi", "expected"),
    [
        ("20 kg/m2", ("not-met", "evidence", "compared")),
        (None, ("unknown", "no-record", "no-record")),
        ("17 kg/m2", ("review", "judgement", "question")),
    ],
)
def test_a_judgement_is_asked_for_only_where_its_condition_holds(
    bmi: str | None, expected: tuple[str, str, str]
) -> None:
    """False makes it false, unknown unknown, true a question."""
    found = facts(observation(BMI, bmi)) if bmi else facts()
    assert said(Judgement(question="Is that bad?", when=THIN), found) == expected


def test_a_condition_for_a_person_asks_both_questions() -> None:
    """A judgement that depends on what a person must see first says so."""
    tree = Judgement(question="Is that bad?", when=Asked(concept="dementia"))
    found = verdict(tree, facts(condition("dementia", clinical="remission")))
    assert found.value is Value.REVIEW
    assert [str(one.cause) for one in found.findings] == ["question", "remission"]


def test_what_is_in_the_way_of_the_condition_is_in_the_way_of_the_judgement() -> None:
    """The basis is the first in order, as of any tree."""
    when_either = AllOf(of=(Asked(concept="dementia"), THIN))
    found = facts(condition("dementia", clinical="remission"), observation(BMI, "17"))
    one = verdict(Judgement(question="Is that bad?", when=when_either), found)
    assert (one.value, str(one.basis)) == (Value.REVIEW, "unusable")


def test_a_judgement_without_a_condition_is_always_asked_for() -> None:
    """Nothing on record decides it."""
    assert said(Judgement(question="Is that bad?"), facts()) == ("review", "judgement", "question")


def test_an_attestation_is_always_asked_for() -> None:
    """Only the patient, or enrolment, answers; a consent on record is an answer only where one is asked for."""
    assert said(Attestation(question="Do you agree?"), facts()) == ("review", "attestation", "question")
    assert said(Attestation(question="Do you agree?"), facts(consent(OURS))) == ("review", "attestation", "question")


@pytest.mark.parametrize(
    "given",
    [
        consent("NCT00000001"),
        consent(OURS, status="inactive"),
        consent(OURS, status="draft"),
        consent(OURS, permits=False),
        consent(OURS, research=False),
        consent(OURS, unusable="unknown modifier extension"),
        consent(OURS, when=when("2026-07-01")),
        consent(OURS, when=when("2026")),
    ],
)
def test_a_consent_must_be_an_active_one_to_this_very_trial(given: Consent) -> None:
    """Refused, to another trial, not in force, or perhaps not given yet: the patient is asked all the same."""
    assert said(CONSENT, facts(given)) == ("review", "attestation", "question")


def test_a_consent_on_record_is_the_answer() -> None:
    """It permits, or does not say that it does not; a refusal beside it puts the question again."""
    for permits in (True, None):
        assert said(CONSENT, facts(consent(OURS, permits=permits))) == ("met", "evidence", "consented")
    both = facts(consent(OURS), consent(OURS, permits=False, reference="Consent/c2"))
    one = finding(CONSENT, both)
    assert (str(one.value), [fact.reference for fact in one.facts]) == ("review", ["Consent/c1", "Consent/c2"])


def test_what_was_answered_on_file_is_shown_and_decides_nothing() -> None:
    """By the id of the question, which is that of the criterion."""
    mine, other = answer("NCT01234567-I01", "yes"), answer("NCT01234567-I02", "no")
    one = finding(Attestation(question="Do you agree?"), facts(mine, other))
    assert (str(one.value), one.facts) == ("review", (mine,))


def test_what_makes_the_condition_true_is_shown() -> None:
    """The person sees what the question is about."""
    found = verdict(Judgement(question="Is that bad?", when=THIN), facts(observation(BMI, "17 kg/m2")))
    assert [fact.reference for fact in found.findings[0].facts] == ["Observation/bmi"]


def test_the_evidence_to_be_shown_is_what_exists_and_was_not_ruled_out() -> None:
    """The latest observation, conditions, procedures that were done, drugs: by concept, and not of the future."""
    procedure = Procedure("Procedure/1", frozenset({"gastrostomy"}), (), None, "completed", when("2026-01-01"))
    undone = Procedure("Procedure/2", frozenset({"gastrostomy"}), (), None, "not-done")
    later = Procedure("Procedure/3", frozenset({"gastrostomy"}), (), None, "completed", when("2026-07-01"))
    drug = Drug("MedicationRequest/1", frozenset({"riluzole"}), (), None, "active", authored=when("2026-01-01"))
    found = facts(
        observation(BMI, "17 kg/m2"),
        observation(BMI, "18 kg/m2", "2025-01-01", reference="Observation/older"),
        observation(BMI, "18 kg/m2", "2026-07-01", reference="Observation/later"),
        condition("dementia"),
        condition("als", verification="refuted"),
        procedures=(later, procedure, undone),
        drugs=(drug,),
    )
    tree = Judgement(question="Is that bad?", show=(BMI, "dementia", "als", "gastrostomy", "riluzole"))
    shown = [fact.reference for fact in verdict(tree, found).findings[0].facts]
    assert shown == ["Observation/bmi", "Condition/dementia", "Procedure/1", "MedicationRequest/1"]


def test_what_is_to_be_shown_is_kept_while_the_question_is_not_asked_yet() -> None:
    """Beside the verdict and among its evidence, named, without any part in it, wherever the question stands."""
    asked = Judgement(question="Is that bad?", when=THIN, show=("dementia",))
    found = facts(condition("dementia"))
    for tree in (asked, AllOf(of=(asked, Asked(concept="als"))), Not(of=asked)):
        made = verdict(tree, found)
        assert (made.value, [fact.reference for fact in made.shown]) == (Value.UNKNOWN, ["Condition/dementia"])
    record = explained(asked, found)
    assert record.reason.endswith("; also on record: dementia (no date, Condition/dementia)")
    assert [one.reference for one in record.evidence] == ["Condition/dementia"]


def test_what_is_to_be_shown_is_gone_where_something_else_decides() -> None:
    """Nobody has to judge any more."""
    asked = Judgement(question="Is that bad?", when=THIN, show=("dementia",))
    never = Asked(concept="als")
    refuted = condition("als", verification="refuted")
    assert verdict(AllOf(of=(asked, never)), facts(condition("dementia"), refuted)).shown == ()
    assert verdict(asked, facts(condition("dementia"), observation(BMI, "20 kg/m2"))).shown == ()


@pytest.mark.parametrize("number", ["I01", "E01"])
def test_what_a_criterion_shows_has_no_part_in_its_verdict(number: str) -> None:
    """It is said and cited behind what decides, once, whatever the verdict is."""
    found = facts(observation(BMI, "17 kg/m2"), condition("dementia"), allergy("anaesthetic-allergy"))
    shows = ("dementia", "anaesthetic-allergy", BMI)
    (record,) = recorded([criterion(THIN, number, show=shows)], found).criteria
    (alone,) = recorded([criterion(THIN, number)], found).criteria
    assert (record.verdict, record.basis, record.needs) == (alone.verdict, alone.basis, alone.needs)
    assert record.reason == (
        f"{alone.reason}; also on record: dementia (no date, Condition/dementia); "
        "anaesthetic-allergy (no date, AllergyIntolerance/anaesthetic-allergy)"
    )
    assert [one.reference for one in record.evidence] == [
        "Observation/bmi",
        "Condition/dementia",
        "AllergyIntolerance/anaesthetic-allergy",
    ]


def test_abnormal_results_are_shown_of_the_last_month() -> None:
    """All of 30 days, at most ten, the newest first: what a laboratory calls abnormal is of many values."""
    days = [f"2026-06-{day:02}" for day in range(1, 13)]
    results = [observation("alt", "99 U/L", day, concepts=frozenset({"alt", "abnormal-result"})) for day in days]
    named: list[Fact] = [replace(one, reference=f"Observation/{day}") for one, day in zip(results, days, strict=True)]
    old = observation("abnormal-result", "9", "2026-05-30", reference="Observation/old")
    undated = observation("abnormal-result", "9", None, reference="Observation/undated")
    tree = Judgement(question="Is that bad?", show=("abnormal-result",))
    shown = finding(tree, facts(old, undated, *named)).facts
    assert [fact.reference for fact in shown] == [f"Observation/2026-06-{day:02}" for day in range(12, 2, -1)]
    assert finding(tree, facts(old, undated)).facts == ()
    edge = observation("abnormal-result", "9", "2026-05-31")
    assert finding(tree, facts(edge)).facts == (edge,)
