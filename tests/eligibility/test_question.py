"""What a person answers."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import AllOf, Attestation, Judgement
from alsfhir.criteria.model import Condition as Asked
from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Drug, Procedure
from eligibility_samples import BMI, condition, facts, measured, observation, said, verdict, when

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
    """Only the patient, or enrolment, answers."""
    assert said(Attestation(question="Do you agree?"), facts()) == ("review", "attestation", "question")


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
