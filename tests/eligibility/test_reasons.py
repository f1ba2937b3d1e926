"""Why an atom has its verdict, in one sentence."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import (
    AllOf,
    AnyOf,
    Attestation,
    Category,
    Condition,
    Drug,
    Judgement,
    Node,
    Not,
    Sex,
    TimeSince,
)
from alsfhir.patient.model import Facts
from alsfhir.terminology import LOCAL_SYSTEM, Coding
from eligibility_samples import category, condition, explained, facts, measured, months, observation

PROBABLE = Category(
    concept="el-escorial-category", among=("definite", "probable"), review=("probable-laboratory-supported",)
)
HERE = "(2026-06-20, Observation/el-escorial-category)"


@pytest.mark.parametrize(
    ("tree", "found", "reason"),
    [
        (PROBABLE, facts(), "No El Escorial category on file"),
        (
            PROBABLE,
            facts(unreadable=frozenset({"Condition"})),
            "No El Escorial category on file, but a resource that could not be read",
        ),
        (PROBABLE, facts(category("definite")), f"El Escorial category: definite {HERE}"),
        (PROBABLE, facts(category("possible")), f"El Escorial category: possible {HERE}, not definite or probable"),
        (
            PROBABLE,
            facts(category("probable-laboratory-supported")),
            f"El Escorial category: a person decides whether this value counts: probable, laboratory-supported {HERE}",
        ),
        (
            PROBABLE,
            facts(category("certain")),
            f"El Escorial category: the latest value is none of its codes: certain {HERE}",
        ),
        (
            PROBABLE,
            facts(condition("als", stage_text=("Definite",))),
            "El Escorial category: it is given in words only: als, stage “Definite” (no date, Condition/als)",
        ),
        (
            PROBABLE,
            facts(category("definite"), condition("als", stages=(Coding(LOCAL_SYSTEM, "possible"),))),
            (
                f"El Escorial category: what is on file disagrees: definite {HERE}; "
                "als, stage possible (no date, Condition/als)"
            ),
        ),
        (Sex(among=("female",)), facts(), "No administrative gender on file"),
        (
            Sex(among=("female",)),
            facts(unreadable=frozenset({"Patient"})),
            "No administrative gender on file, and the Patient resource could not be read",
        ),
        (
            Sex(among=("female",)),
            facts(sex="other"),
            "Administrative gender is other, which does not tell whether female",
        ),
        (Sex(among=("female",)), facts(sex="female"), "Administrative gender is female"),
        (Sex(among=("female",)), facts(sex="male"), "Administrative gender is male, not female"),
        (Not(of=Sex(among=("female",))), facts(sex="female"), "Administrative gender is female"),
        (Attestation(question="Do you agree?"), facts(), "To be asked at enrolment: Do you agree?"),
        (Judgement(question="Is that bad?"), facts(), "To be judged: Is that bad?"),
        (
            Judgement(question="Is that bad?", show=("als",)),
            facts(condition("als")),
            "To be judged: Is that bad?; on record: als (no date, Condition/als)",
        ),
        (Drug(concept="riluzole"), facts(), "Nothing on file about riluzole"),
    ],
)
def test_each_atom_has_its_sentence(tree: Node, found: Facts, reason: str) -> None:
    """What was found, or what is asked, and nothing that the record does not show."""
    assert explained(tree, found).reason == reason


def test_several_findings_are_several_sentences() -> None:
    """All that is undecided, each once."""
    tree = AllOf(of=(PROBABLE, Attestation(question="Do you agree?"), measured("bmi", "kg/m2", at_least=18), PROBABLE))
    found = facts(observation("bmi", "20 kg/m2"))
    assert explained(tree, found).reason == (
        "No El Escorial category on file; To be asked at enrolment: Do you agree?; "
        "already known: Body mass index 20 kg/m² on 2026-06-20, at least 18 kg/m²"
    )


def test_entries_without_a_known_code_are_counted_once() -> None:
    """However many conditions are not recognised among them."""
    tree = AnyOf(of=(Condition(concept="dementia"), Condition(concept="malignancy")))
    assert explained(tree, facts(condition(text="Falls"))).reason == (
        "No entry recognised as dementia; No entry recognised as malignant tumour; "
        "1 condition on file has no known code"
    )


def test_an_entry_in_the_way_is_not_said_to_be_known_as_well() -> None:
    """ALS without a date is named once, where its date is asked for."""
    tree = AllOf(of=(Condition(concept="als"), TimeSince(event="onset", concept="als", more_than=months(6))))
    assert explained(tree, facts(condition("als"))).reason == (
        "No date of onset of amyotrophic lateral sclerosis on file: als (no date, Condition/als)"
    )


def test_what_a_question_is_about_is_said_once() -> None:
    """What makes its condition true is shown with the question, and not again as known."""
    tree = Judgement(question="Is that bad?", when=Condition(concept="dementia"))
    assert explained(tree, facts(condition("dementia"))).reason == (
        "To be judged: Is that bad?; on record: dementia (no date, Condition/dementia)"
    )
