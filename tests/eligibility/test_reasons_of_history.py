"""Why an allergy, another trial, a pregnancy or an attestation has its verdict, in words."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import Allergy, Attestation, Breastfeeding, Node, OtherTrial, Pregnancy
from alsfhir.patient.model import Facts, Reaction
from alsfhir.terminology import Coding
from eligibility_samples import (
    allergy,
    answer,
    condition,
    consent,
    explained,
    facts,
    months,
    observation,
    participation,
    when,
)

SEVERE = Allergy(conditions=("anaphylaxis",))
LATELY = OtherTrial(within=months(3))
NEGATIVE = observation("pregnancy-test", None, coded=(Coding(None, None, "negative"),))


@pytest.mark.parametrize(
    ("tree", "found", "reason"),
    [
        (SEVERE, facts(), "Nothing on file about a severe allergic reaction"),
        (
            Allergy(concept="anaesthetic-allergy"),
            facts(),
            "Nothing on file about a severe allergic reaction to allergy to an anaesthetic",
        ),
        (
            SEVERE,
            facts(allergy("latex", reactions=(Reaction(severity="severe"),))),
            "A severe allergic reaction is on record: latex, severe reaction (no date, AllergyIntolerance/latex)",
        ),
        (
            SEVERE,
            facts(allergy("latex", criticality="high")),
            (
                "A high risk is on record, which is not a reaction: whether there was one is for a person to say: "
                "latex, high criticality (no date, AllergyIntolerance/latex)"
            ),
        ),
        (
            SEVERE,
            facts(allergy("latex")),
            (
                "An allergy is on record, but not how severe a reaction to it was: "
                "latex (no date, AllergyIntolerance/latex)"
            ),
        ),
        (
            SEVERE,
            facts(allergy("no-known-allergy")),
            "It is on record that no allergy is known: no-known-allergy (no date, AllergyIntolerance/no-known-allergy)",
        ),
        (LATELY, facts(), "Nothing on file about taking part in another trial"),
        (
            LATELY,
            facts(participation("NCT00000001", text="A trial", when=when("2026-01-01/"))),
            "Taking part in another trial is on record: “A trial”, on-study (since 2026-01-01, ResearchSubject/s1)",
        ),
        (
            LATELY,
            facts(participation("NCT00000001", text="A trial", status="off-study", when=when("2026-01-01/2026-02-01"))),
            (
                "Taking part in another trial was over more than 3 months before 2026-06-30: "
                "“A trial”, off-study (2026-01-01 to 2026-02-01, ResearchSubject/s1)"
            ),
        ),
        (
            OtherTrial(),
            facts(participation()),
            (
                "Taking part in a trial is on record, but not in which: without a name, on-study "
                "(no date, ResearchSubject/s1)"
            ),
        ),
        (Pregnancy(), facts(), "Nothing on file about pregnancy"),
        (
            Pregnancy(),
            facts(sex="male"),
            "Administrative gender is male, and nothing on record speaks for pregnancy",
        ),
        (
            Breastfeeding(),
            facts(condition("pregnancy"), sex="male"),
            (
                "Administrative gender is male, which contradicts what is on record: "
                "pregnancy (no date, Condition/pregnancy)"
            ),
        ),
        (
            Pregnancy(),
            facts(NEGATIVE),
            "The latest status or test says: pregnancy test: negative (2026-06-20, Observation/pregnancy-test)",
        ),
        (
            Pregnancy(),
            facts(condition("not-pregnant", recorded=when("2026-06-20"))),
            ("It is on record that there is no pregnancy: not-pregnant (recorded 2026-06-20, Condition/not-pregnant)"),
        ),
        (
            Pregnancy(),
            facts(condition("pregnancy", onset=when("2025-01-01"))),
            "Pregnancy: what is on record is too old: pregnancy (onset 2025-01-01, Condition/pregnancy)",
        ),
        (
            Pregnancy(),
            facts(observation("pregnancy-test", None, coded=(Coding(None, None, "indeterminate"),))),
            (
                "Pregnancy: a result is not clearly positive or negative: "
                "pregnancy test: indeterminate (2026-06-20, Observation/pregnancy-test)"
            ),
        ),
        (
            Pregnancy(),
            facts(
                condition("pregnancy", onset=when("2025-10-01")),
                observation("estimated-delivery-date", None, "2026-01-15", day=when("2026-06-10")),
            ),
            (
                "The expected date of delivery has passed: pregnancy (onset 2025-10-01, Condition/pregnancy); "
                "estimated date of delivery: 2026-06-10 (2026-01-15, Observation/estimated-delivery-date)"
            ),
        ),
        (
            Breastfeeding(),
            facts(condition("breastfeeding")),
            "Breastfeeding is on record: breastfeeding (no date, Condition/breastfeeding)",
        ),
        (
            Attestation(question="Do you agree?"),
            facts(answer("NCT01234567-I01", "yes")),
            "To be asked at enrolment: Do you agree?; answered on file: yes (2026-06-01, QuestionnaireResponse/q1)",
        ),
        (
            Attestation(question="Do you agree?", consent=True),
            facts(consent("NCT01234567", text="Consent")),
            "A consent to take part in this trial is on record: “Consent”, active (2026-06-01, Consent/c1)",
        ),
        (
            Attestation(question="Do you agree?", consent=True),
            facts(consent("NCT01234567", permits=False)),
            (
                "To be asked at enrolment: Do you agree?; answered on file: "
                "without a name, active, refused (2026-06-01, Consent/c1)"
            ),
        ),
    ],
)
def test_what_is_on_record_is_said(tree: Node, found: Facts, reason: str) -> None:
    """What was found, when and where; what is not on file is never called an absence."""
    assert explained(tree, found).reason == reason


@pytest.mark.parametrize("tree", [SEVERE, LATELY, Pregnancy(), Breastfeeding()])
def test_a_closed_world_is_said(tree: Node) -> None:
    """As is what could not be read."""
    assert explained(tree, facts(), closed_world=True).reason.endswith("taken as absent (closed world)")
    lost = frozenset({"AllergyIntolerance", "Condition", "ResearchSubject"})
    assert explained(tree, facts(unreadable=lost)).reason.startswith("Nothing usable on file about")


def test_the_same_verdict_has_the_same_words() -> None:
    """On an inclusion and on an exclusion."""
    found = facts(allergy("latex", reactions=(Reaction(severity="severe"),)))
    one, other = (explained(SEVERE, found, number=number) for number in ("I01", "E10"))
    assert (one.reason, one.evidence, one.assumptions) == (other.reason, other.evidence, other.assumptions)
