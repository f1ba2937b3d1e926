"""Verdicts of the trees that ship: what stands in the way, what a person is asked, and what decides."""

from __future__ import annotations

import pytest

from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Condition, Facts
from alsfhir.terminology import terminology
from eligibility_samples import category, condition, facts, shipped_decision, shipped_verdict

PREGNANCY = ("NCT07118319-E20", "NCT06765564-E21", "NCT03828123-E04")
PLS, PBP = "primary-lateral-sclerosis", "progressive-bulbar-palsy"


def g12_2() -> Condition:
    """Motor neuron disease by the code of the WHO."""
    coding = terminology().coding("http://hl7.org/fhir/sid/icd-10", "G12.2")
    return condition(*terminology().concepts_of(coding), reference="Condition/g12")


@pytest.mark.parametrize("closed_world", [False, True])
def test_g12_2_alone_leaves_primary_lateral_sclerosis_unknown(closed_world: bool) -> None:
    """The code may mean that very disease: nobody is let in over it, and the entry is cited."""
    decision = shipped_decision("NCT07118319-E03", facts(g12_2()), closed_world=closed_world)
    assert (str(decision.verdict.value), decision.outcome) == ("unknown", Outcome.CONFIRM)
    assert [fact.reference for finding in decision.verdict.findings for fact in finding.facts] == ["Condition/g12"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((condition(PLS, verification="refuted"),), "not-met"),
        ((condition(PLS, verification="provisional"),), "unknown"),
        ((condition(PLS, clinical="active"),), "met"),
        ((condition(PLS, clinical="inactive"),), "met"),
        ((condition(PLS, clinical="resolved"),), "met"),
        ((condition(PLS, clinical="remission"),), "met"),
        ((condition(PLS, clinical="resolved"), condition("als")), "review"),
        ((condition(PLS), condition("als", clinical="resolved")), "review"),
        ((condition(PLS), condition("als", verification="refuted")), "met"),
        ((condition(PLS), condition("als", verification="provisional")), "met"),
    ],
)
def test_primary_lateral_sclerosis_counts_whenever_it_was_recorded(
    entries: tuple[Condition, ...], expected: str
) -> None:
    """A confirmed entry excludes, active or not; a confirmed entry of ALS beside it makes it a question."""
    assert shipped_verdict("NCT07118319-E03", facts(*entries)) == expected


@pytest.mark.parametrize(
    ("site", "bulbar_palsy", "expected", "outcome"),
    [
        ("spinal", None, "met", Outcome.PASS),
        ("bulbar", None, "not-met", Outcome.FAIL),
        (None, None, "unknown", Outcome.MISSING),
        ("spinal", "confirmed", "review", Outcome.CONFIRM),
        ("bulbar", "confirmed", "not-met", Outcome.FAIL),
        (None, "confirmed", "review", Outcome.MISSING),
        ("spinal", "refuted", "met", Outcome.PASS),
        ("spinal", "provisional", "met", Outcome.PASS),
    ],
)
def test_spinal_onset_beside_progressive_bulbar_palsy(
    site: str | None, bulbar_palsy: str | None, expected: str, outcome: Outcome
) -> None:
    """The recorded site decides, unless a bulbar palsy is on record, which a person has to square with it."""
    found = facts(
        *([category(site, concept="onset-site")] if site else []),
        *([condition(PBP, verification=bulbar_palsy)] if bulbar_palsy else []),
    )
    decision = shipped_decision("NCT01494480-I03", found)
    assert (str(decision.verdict.value), decision.outcome) == (expected, outcome)


@pytest.mark.parametrize("criterion", PREGNANCY)
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (facts(sex="male"), "not-met"),
        (facts(condition("pregnancy", verification="refuted"), sex="male"), "not-met"),
        (facts(condition("pregnancy"), sex="male"), "review"),
        (facts(condition("breastfeeding"), sex="male"), "review"),
        (facts(sex="female"), "unknown"),
        (facts(condition("pregnancy"), sex="female"), "met"),
        (facts(condition("breastfeeding"), sex="female"), "met"),
        (facts(sex="other"), "unknown"),
        (facts(sex="unknown"), "unknown"),
        (facts(), "unknown"),
    ],
)
def test_pregnancy_is_asked_about_unless_the_patient_is_male(criterion: str, found: Facts, expected: str) -> None:
    """Gender male answers it, unless the record contradicts; of any other, or none, the record has to say it."""
    decision = shipped_decision(criterion, found)
    assert str(decision.verdict.value) == expected
    assert (decision.outcome is Outcome.CONFIRM) == (expected in ("unknown", "review"))


@pytest.mark.parametrize(
    ("found", "woman", "man"),
    [
        (facts(sex="male"), "not-met", "review"),
        (facts(condition("pregnancy"), sex="male"), "review", "review"),
        (facts(condition("breastfeeding"), sex="male"), "review", "review"),
        (facts(sex="female"), "review", "not-met"),
        (facts(sex="other"), "review", "review"),
        (facts(sex="unknown"), "review", "review"),
        (facts(), "review", "review"),
    ],
)
def test_contraception_is_asked_about_unless_the_gender_answers_it(found: Facts, woman: str, man: str) -> None:
    """Each of the two statements is put to whoever it may be about, and above all where the gender is not known."""
    assert (shipped_verdict("NCT03828123-E11", found), shipped_verdict("NCT03828123-E12", found)) == (woman, man)
