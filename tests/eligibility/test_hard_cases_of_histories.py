"""The cases of a patient's history in which a careless reading goes wrong, atom by atom."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Allergy, AllOf, AnyOf, Duration, Judgement, Node, Not, Recorded
from alsfhir.criteria.model import Condition as Asked
from alsfhir.criteria.model import Procedure as Done
from alsfhir.eligibility.model import Value
from alsfhir.patient.model import Condition, Fact, Reaction
from alsfhir.terminology import terminology
from eligibility_samples import allergy, condition, facts, procedure, said, verdict, when

SNOMED, ICD = "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10"


def coded(system: str, code: str, **more: Any) -> Condition:
    """An entry of whatever concepts that code is in."""
    coding = terminology().coding(system, code)
    names = sorted(terminology().concepts_of(coding))
    return condition(*names, **({"codings": (coding,), "reference": f"Condition/{code}"} | more))


@pytest.mark.parametrize(("verification", "expected"), [("refuted", "not-met"), ("confirmed", "met")])
def test_case_15_a_refuted_dementia_is_none(verification: str, expected: str) -> None:
    """It decides that arm of the statement."""
    assert said(Asked(concept="dementia"), facts(condition("dementia", verification=verification)))[0] == expected


def test_case_15_als_with_dementia_is_both() -> None:
    """One code, the trial's condition and the exclusion."""
    found = facts(coded(SNOMED, "230258005"))
    assert said(Asked(concept="als"), found)[0] == said(Asked(concept="dementia"), found)[0] == "met"


LATELY: Node = AnyOf(
    of=(
        Asked(concept="malignancy", within=Duration(years=5)),
        Asked(concept="history-of-malignancy", within=Duration(years=5)),
    )
)
EVER: Node = AnyOf(of=(Asked(concept="malignancy", when="ever"), Asked(concept="history-of-malignancy", when="ever")))
NOW_OR_PAST: Node = AnyOf(of=(Asked(concept="malignancy"), Judgement(question="Does it still count?", when=EVER)))


def test_case_16_a_cancer_that_is_six_years_over() -> None:
    """Not of the last five years, a cancer ever, and a question where the statement has no tense."""
    cured = coded(SNOMED, "254837009", clinical="resolved", onset=when("2018-05-01"), abatement=when("2020-06-01"))
    within, ever, bare = (verdict(tree, facts(cured), closed_world=True).value for tree in (LATELY, EVER, NOW_OR_PAST))
    assert (within, ever, bare) == (Value.NOT_MET, Value.MET, Value.REVIEW)


def test_case_16_a_cancer_of_eight_years_ago_that_is_not_over_lasts() -> None:
    """It was there within five years, and is there now."""
    lasting = coded(SNOMED, "254837009", onset=when("2018-05-01"))
    assert [verdict(tree, facts(lasting)).value for tree in (LATELY, EVER, NOW_OR_PAST)] == [Value.MET] * 3


def test_case_16_a_history_without_a_date_is_of_an_unknown_time() -> None:
    """The code for it, active or not: a cancer ever, and nobody knows when."""
    past = coded(ICD, "Z85.3", clinical="active")
    assert [verdict(tree, facts(past)).value for tree in (LATELY, EVER, NOW_OR_PAST)] == [
        Value.UNKNOWN,
        Value.MET,
        Value.REVIEW,
    ]


def test_case_17_an_old_organ_transplant_counts() -> None:
    """However long ago."""
    transplant = procedure("organ-transplant", when=when("2005"))
    assert said(Done(concept="organ-transplant"), facts(transplant))[0] == "met"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((condition("primary-lateral-sclerosis"),), Value.MET),
        ((condition("primary-lateral-sclerosis"), condition("als")), Value.REVIEW),
        ((coded(ICD, "G12.2"),), Value.UNKNOWN),
    ],
)
def test_case_19_primary_lateral_sclerosis_unless_als_is_on_record(entries: tuple[Fact, ...], expected: Value) -> None:
    """Both are for a person; the code of the WHO alone tells neither."""
    pls = Asked(concept="primary-lateral-sclerosis", when="ever")
    both = AllOf(of=(pls, Recorded(concept="als")))
    tree = AnyOf(
        of=(AllOf(of=(pls, Not(of=Recorded(concept="als")))), Judgement(question="Is it still that?", when=both))
    )
    assert verdict(tree, facts(*entries)).value is expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((allergy("no-known-allergy"),), Value.NOT_MET),
        ((allergy("latex", criticality="high"),), Value.REVIEW),
        ((allergy("latex", reactions=(Reaction(severity="severe"),), verification="refuted"),), Value.UNKNOWN),
        ((coded(ICD, "T78.2"),), Value.MET),
        ((), Value.UNKNOWN),
    ],
)
def test_a_severe_allergic_reaction_is_history_and_not_a_risk(entries: tuple[Fact, ...], expected: Value) -> None:
    """NCT06765564-E10: a documented reaction, to whatever."""
    assert verdict(Allergy(conditions=("anaphylaxis",)), facts(*entries)).value is expected
