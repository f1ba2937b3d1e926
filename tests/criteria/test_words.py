from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from alsfhir.criteria import model
from alsfhir.criteria.mapping import known_trials, trial_mapping
from alsfhir.criteria.model import Age, Duration, Node
from alsfhir.criteria.words import decided_by, duration, number, words
from criterion_trees import TREES

MALE = model.Sex(among=("male",))
ALS = model.Condition(concept="als", when="ever")
JUDGED = model.Judgement(question="Is it so?")


def test_what_is_no_node_has_no_words() -> None:
    """Asked for the words of something else, it says what it was given."""
    with pytest.raises(TypeError, match="Duration"):
        words(Duration())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (Age(at_least=18, at_most=75), "age at least 18 and at most 75 years"),
        (Age(more_than=20, less_than=65), "age more than 20 and less than 65 years"),
        (model.Sex(among=("female", "other")), "sex is female or other"),
        (model.Not(of=MALE), "sex is not male"),
        (model.Not(of=model.AnyOf(of=(MALE, ALS))), "not (sex is male or amyotrophic lateral sclerosis at any time)"),
        (
            model.Measurement(concept="fvc-percent-predicted", unit="%", at_least=Decimal(70)),
            "forced vital capacity at least 70 % of predicted",
        ),
        (
            model.Measurement(concept="bmi", unit="kg/m2", less_than=Decimal("18.5")),
            "body mass index less than 18.5 kg/m²",
        ),
        (
            model.Measurement(concept="body-weight", unit="g", at_most=Decimal(90000)),
            "body weight at most 90000 g",
        ),
        (
            model.Measurement(concept="alt", more_than=Decimal(3), times_upper_limit=True),
            "alanine aminotransferase more than 3 times its upper limit of normal",
        ),
        (
            model.Measurement(concept="t90", unit="%", at_most=Decimal(2), which="every"),
            "every value of share of the night with oxygen saturation below 90 % at most 2 %",
        ),
        (model.Qualitative(concept="hbsag"), "hepatitis B surface antigen positive"),
        (
            model.Category(
                concept="el-escorial-category",
                among=("definite", "probable"),
                review=("probable-laboratory-supported",),
            ),
            "El Escorial category definite or probable (probable, laboratory-supported is for a person to judge)",
        ),
        (model.Condition(concept="hypertension"), "current hypertension"),
        (
            model.Condition(concept="malignancy", within=Duration(years=5), minus=("als",)),
            "malignant tumour within the last 5 years, not counting amyotrophic lateral sclerosis",
        ),
        (
            model.Condition(concept="venous-thromboembolism", severity="moderate", at_least=2, overlapping="riluzole"),
            "current moderate or worse venous thromboembolism, at least 2 times, while taking riluzole",
        ),
        (model.Condition(concept="gout", severity="severe"), "current severe gout"),
        (model.Procedure(concept="gastrostomy"), "gastrostomy at any time"),
        (model.Device(concept="nasogastric-tube"), "nasogastric tube in use"),
        (model.Device(concept="nasogastric-tube", when="ever"), "nasogastric tube ever in use"),
        (
            model.Drug(concept="riluzole", unchanged_for=Duration(months=2)),
            "riluzole taken unchanged for at least 2 months",
        ),
        (
            model.Drug(concept="corticosteroid", within=Duration(months=12)),
            "treatment with corticosteroid within the last 12 months",
        ),
        (model.Drug(concept="anticoagulant"), "current treatment with anticoagulant"),
        (model.Drug(concept="anticoagulant", when="ever"), "treatment with anticoagulant at any time"),
        (model.Nutrition(concept="parenteral-nutrition"), "total parenteral nutrition ordered"),
        (model.Allergy(), "severe allergic reaction to anything"),
        (model.OtherTrial(), "in another trial"),
        (model.OtherTrial(within=Duration(months=3)), "took part in another trial within the last 3 months"),
        (
            model.TimeSince(event="diagnosis", concept="als", at_least=Duration(months=6), at_most=Duration(months=24)),
            "diagnosis of amyotrophic lateral sclerosis at least 6 months and at most 24 months ago",
        ),
        (model.AllOf(of=(model.Pregnancy(), model.Breastfeeding())), "pregnant and breastfeeding"),
        (model.Recorded(concept="als"), "amyotrophic lateral sclerosis on record"),
        (JUDGED, "a person judges: Is it so?"),
        (
            model.Judgement(question="Is it so?", when=model.Recorded(concept="als")),
            "if amyotrophic lateral sclerosis on record, a person judges: Is it so?",
        ),
        (model.Attestation(question="Have you signed?"), "asked at enrolment: Have you signed?"),
        (
            model.AllOf(of=(JUDGED, model.AnyOf(of=(MALE, ALS)))),
            "(a person judges: Is it so?) and (sex is male or amyotrophic lateral sclerosis at any time)",
        ),
        (model.Recorded(concept="unheard-of"), "unheard-of on record"),
    ],
)
def test_a_tree_is_said_in_one_line(tree: Node, said: str) -> None:
    """Each kind of node has its words, with the labels and units of the terminology."""
    assert words(tree) == said


@given(TREES)
def test_every_tree_has_words(tree: Node) -> None:
    """Whatever the tree, there is a line for it, and the same one each time."""
    assert words(tree)
    assert words(tree) == words(tree)


def test_the_words_of_the_shipped_trees_stand_on_one_line_without_a_full_stop() -> None:
    """The readings of the trials can be put into a table or a sentence as they are."""
    for trial in known_trials():
        mapping = trial_mapping(trial)
        assert mapping is not None
        for reading in mapping.criterion:
            said = words(reading.tree)
            assert "\n" not in said
            assert not said.endswith(".")


@pytest.mark.parametrize(
    ("tree", "who"),
    [
        (ALS, "the record"),
        (model.Not(of=model.AllOf(of=(ALS, MALE))), "the record"),
        (JUDGED, "a person"),
        (model.Judgement(question="Is it so?", show=("als",)), "a person"),
        (model.AnyOf(of=(JUDGED, model.Attestation(question="Is it?"))), "a person"),
        (model.Judgement(question="Is it so?", when=ALS), "the record and a person"),
        (model.AllOf(of=(ALS, model.Not(of=JUDGED))), "the record and a person"),
    ],
)
def test_who_decides_is_told_by_the_leaves(tree: Node, who: str) -> None:
    """A judgement is for a person, the condition under which it is put for the record."""
    assert decided_by(tree) == who


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (Duration(months=1), "1 month"),
        (Duration(years=1, months=6), "1 year 6 months"),
        (Duration(weeks=2, days=1), "2 weeks 1 day"),
        (Duration(), "0 days"),
    ],
)
def test_lengths_of_time_are_said_in_their_own_units(length: Duration, said: str) -> None:
    """A calendar length is never turned into another."""
    assert duration(length) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(Decimal("1E+3"), "1000"), (Decimal("18.50"), "18.50"), (Decimal("1E-7"), "0.0000001"), (3, "3")],
)
def test_numbers_are_said_as_written(value: Decimal | int, said: str) -> None:
    """A number keeps its digits and is never written in powers of ten."""
    assert number(value) == said
