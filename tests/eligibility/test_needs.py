"""What would settle an undecided criterion."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import (
    Age,
    AllOf,
    AnyOf,
    Attestation,
    Breastfeeding,
    Category,
    Condition,
    Judgement,
    Node,
    Pregnancy,
    Sex,
    TimeSince,
)
from alsfhir.eligibility.record import NeedRecord
from alsfhir.patient.model import Facts
from eligibility_samples import FVC, category, condition, explained, facts, measured, months, observation, when

SEVENTY = measured(FVC, "%", at_least=70)
PROBABLE = Category(concept="el-escorial-category", among=("definite", "probable"), review=("possible",))


@pytest.mark.parametrize(
    ("tree", "found", "need"),
    [
        (
            SEVENTY,
            facts(),
            NeedRecord(
                concept=FVC,
                unit="%",
                max_age_days=90,
                text="Forced vital capacity in % of predicted, not older than 90 days",
            ),
        ),
        (
            SEVENTY,
            facts(observation(FVC, "80 %", "2026-03-25")),
            NeedRecord(
                concept=FVC,
                unit="%",
                max_age_days=90,
                text="Forced vital capacity in % of predicted, not older than 90 days; "
                f"the last is 97 days old (Observation/{FVC})",
            ),
        ),
        (
            SEVENTY,
            facts(observation("fvc-volume", "3.1 L")),
            NeedRecord(
                concept=FVC,
                unit="%",
                max_age_days=90,
                text="Forced vital capacity in % of predicted, or the predicted volume of the same day as "
                "Observation/fvc-volume, not older than 90 days",
            ),
        ),
        (
            measured("bmi", "kg/m2", at_least="18.5"),
            facts(),
            NeedRecord(
                concept="bmi",
                unit="kg/m2",
                max_age_days=90,
                text="Body mass index, or body weight and height, not older than 90 days",
            ),
        ),
        (
            measured("alt", times_upper_limit=True, more_than=3),
            facts(),
            NeedRecord(
                concept="alt",
                max_age_days=30,
                text="Alanine aminotransferase, with its upper limit of normal, not older than 30 days",
            ),
        ),
        (Age(at_least=18), facts(), NeedRecord(concept="birth-date", text="Date of birth, to the day")),
        (Sex(among=("female",)), facts(), NeedRecord(concept="gender", text="Administrative gender")),
        (
            TimeSince(event="onset", concept="als"),
            facts(),
            NeedRecord(
                concept="als", event="onset", text="Date of the first symptoms of amyotrophic lateral sclerosis"
            ),
        ),
        (
            TimeSince(event="diagnosis", concept="als"),
            facts(),
            NeedRecord(concept="als", event="diagnosis", text="Date of the diagnosis of amyotrophic lateral sclerosis"),
        ),
        (
            PROBABLE,
            facts(),
            NeedRecord(
                concept="el-escorial-category",
                text="El Escorial category as a coded value "
                "(definite / probable / probable, laboratory-supported / possible / suspected)",
            ),
        ),
        (
            PROBABLE,
            facts(category("possible")),
            NeedRecord(
                concept="el-escorial-category",
                text="Decision whether the El Escorial category on file counts as definite or probable",
            ),
        ),
        (
            Condition(concept="dementia"),
            facts(),
            NeedRecord(concept="dementia", text="Confirmation whether this applies: current dementia"),
        ),
        (Judgement(question="is that bad?"), facts(), NeedRecord(concept="judgement", text="Is that bad?")),
        (Attestation(question="do you agree?"), facts(), NeedRecord(concept="attestation", text="Do you agree?")),
        (
            Pregnancy(),
            facts(),
            NeedRecord(
                concept="pregnancy-status",
                max_age_days=28,
                text="Pregnancy test or status, not older than 28 days",
            ),
        ),
        (
            Pregnancy(),
            facts(condition("pregnancy"), sex="male"),
            NeedRecord(
                concept="pregnancy-status",
                max_age_days=28,
                text="Pregnancy test or status, not older than 28 days; "
                "the administrative gender contradicts what is on record",
            ),
        ),
        (
            Breastfeeding(),
            facts(),
            NeedRecord(
                concept="breastfeeding",
                max_age_days=28,
                text="Confirmation whether the patient breastfeeds, not older than 28 days",
            ),
        ),
    ],
)
def test_each_undecided_atom_says_what_would_settle_it(tree: Node, found: Facts, need: NeedRecord) -> None:
    """A datum with its unit and age, or the question to put."""
    assert explained(tree, found).needs == (need,)


def test_a_date_that_cannot_be_is_asked_for_again() -> None:
    """With what is wrong with the one on file."""
    entry = condition("als", onset=when("2025-09-01"), diagnosed=when("2025-03-01"))
    (need,) = explained(TimeSince(event="onset", concept="als", more_than=months(24)), facts(entry)).needs
    assert need.text == (
        "Date of the first symptoms of amyotrophic lateral sclerosis; the one on file is after the diagnosis"
    )


def test_one_disease_is_asked_for_once() -> None:
    """Now, at any time and as a history; another disease, or the same with more to it, is a question of its own."""
    cancer = Condition(concept="malignancy"), Condition(concept="malignancy", when="ever")
    past = Condition(concept="history-of-malignancy", when="ever")
    record = explained(AnyOf(of=(*cancer, past, Condition(concept="dementia"))), facts())
    assert [(need.concept, need.text) for need in record.needs] == [
        ("malignancy", "Confirmation whether this applies, now or in the past: malignant tumour"),
        ("dementia", "Confirmation whether this applies: current dementia"),
    ]
    severe = AnyOf(of=(Condition(concept="dementia"), Condition(concept="dementia", severity="severe")))
    assert len(explained(severe, facts()).needs) == 2


def test_what_is_decided_needs_nothing() -> None:
    """Neither the decided leaf nor its undecided neighbours are asked for any more."""
    tree = AnyOf(of=(SEVENTY, Age(at_least=18)))
    assert explained(tree, facts(observation(FVC, "80 %"))).needs == ()


def test_the_callers_window_is_the_one_that_is_said() -> None:
    """120 days, if that is how old a value may be."""
    (need,) = explained(SEVENTY, facts(), max_age={FVC: 120}).needs
    assert (need.max_age_days, need.text.endswith("not older than 120 days")) == (120, True)


def test_each_need_is_said_once() -> None:
    """Two leaves that lack the same datum make one need."""
    tree = AllOf(of=(Age(at_least=18), Age(at_most=75), SEVENTY))
    assert [need.concept for need in explained(tree, facts()).needs] == ["birth-date", FVC]
