"""Whether a severe allergic reaction is on record."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from alsfhir.criteria.model import Allergy as Asked
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Allergy, Fact, Reaction
from eligibility_samples import allergy, condition, decided, facts, finding, said, when

ANY = Asked(conditions=("anaphylaxis",))
TO_ANAESTHETICS = Asked(concept="anaesthetic-allergy", conditions=("anaphylaxis",))


def reaction(severity: Literal["mild", "moderate", "severe"] | None = "severe", **more: Any) -> Reaction:
    """A reaction of that severity."""
    return Reaction(severity=severity, **more)


def latex(*reactions: Reaction, **more: Any) -> Allergy:
    """An allergy to something, with these reactions."""
    return allergy("latex", reactions=reactions, **more)


NONE_KNOWN = allergy("no-known-allergy", clinical="active")


def test_nothing_on_file_is_not_an_absence() -> None:
    """Unknown, for a person to confirm; in a closed world there was none."""
    assert said(ANY, facts()) == ("unknown", "no-record", "no-record")
    assert decided(ANY, facts(), number="E10").outcome is Outcome.CONFIRM
    assert said(ANY, facts(), closed_world=True) == ("not-met", "no-record", "closed-world")


def test_what_could_not_be_read_may_have_been_it() -> None:
    """An allergy or a condition that could not be read keeps even an entry that none is known from deciding."""
    for lost in ("AllergyIntolerance", "Condition"):
        assert said(ANY, facts(NONE_KNOWN, unreadable=frozenset({lost})))[2] == "unreadable"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (latex(reaction()), ("met", "evidence", "on-record")),
        (latex(reaction("mild"), reaction()), ("met", "evidence", "on-record")),
        (latex(reaction("moderate")), ("unknown", "no-record", "no-record")),
        (latex(reaction("mild")), ("unknown", "no-record", "no-record")),
        (latex(reaction(None)), ("unknown", "unusable", "no-severity")),
        (latex(reaction("mild"), reaction(None)), ("unknown", "unusable", "no-severity")),
        (latex(), ("unknown", "unusable", "no-severity")),
        (latex(criticality="high"), ("review", "judgement", "high-risk")),
        (latex(reaction("mild"), criticality="high"), ("review", "judgement", "high-risk")),
        (latex(reaction(), criticality="low"), ("met", "evidence", "on-record")),
        (latex(reaction(None, concepts=frozenset({"anaphylaxis"}))), ("met", "evidence", "on-record")),
        (latex(reaction("mild", concepts=frozenset({"anaphylaxis"}))), ("met", "evidence", "on-record")),
        (latex(reaction(), verification="refuted"), ("unknown", "no-record", "no-record")),
        (latex(reaction(), verification="unconfirmed"), ("unknown", "unusable", "not-confirmed")),
        (latex(reaction("mild"), verification="unconfirmed"), ("unknown", "no-record", "no-record")),
        (latex(reaction(), verification="presumed"), ("met", "evidence", "on-record")),
        (latex(reaction(), verification="confirmed"), ("met", "evidence", "on-record")),
        (latex(reaction(), clinical="resolved"), ("met", "evidence", "on-record")),
        (latex(reaction(), unusable="unknown modifier extension"), ("unknown", "unusable", "unusable")),
    ],
)
def test_a_reaction_counts_by_its_severity(entry: Allergy, expected: tuple[str, str, str]) -> None:
    """A high criticality is a risk and no history; milder reactions say nothing of others; no severity, no answer."""
    assert said(ANY, facts(entry)) == expected


def test_a_severity_is_reached_by_a_worse_one() -> None:
    """Moderate is asked for: severe counts, mild does not."""
    moderate = Asked(severity="moderate")
    assert said(moderate, facts(latex(reaction("moderate"))))[0] == "met"
    assert said(moderate, facts(latex(reaction())))[0] == "met"
    assert said(moderate, facts(latex(reaction("mild"))))[2] == "no-record"


@pytest.mark.parametrize(
    ("reacted", "began", "recorded", "expected"),
    [
        ("2026-07-01", None, None, "unknown"),
        ("2026", None, None, "unknown"),
        ("2026", None, "2026-06-01", "unknown"),
        ("2026-06", "2026", None, "met"),
        (None, "2026", None, "unknown"),
        (None, "2026", "2026-06-01", "met"),
        (None, None, None, "met"),
    ],
)
def test_a_reaction_was_by_the_day(reacted: str | None, began: str | None, recorded: str | None, expected: str) -> None:
    """A later one does not exist, and an incomplete date may be later; no date is history without a date."""
    dates = {"when": began and when(began), "recorded": recorded and when(recorded)}
    entry = latex(reaction(when=reacted and when(reacted)), **dates)
    assert said(ANY, facts(entry))[0] == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (condition("anaphylaxis", clinical="resolved"), ("met", "evidence", "on-record")),
        (condition("anaphylaxis", verification="provisional"), ("unknown", "unusable", "not-confirmed")),
        (condition("anaphylaxis", verification="refuted"), ("unknown", "no-record", "no-record")),
        (condition(text="Anaphylaxis after a sting", reference="Condition/text"), ("review", "judgement", "text-only")),
        (condition("gout"), ("unknown", "no-record", "no-record")),
    ],
)
def test_a_reaction_may_be_recorded_as_a_condition(entry: Fact, expected: tuple[str, str, str]) -> None:
    """Whatever became of it; one that was ruled out says nothing of others."""
    assert said(ANY, facts(entry)) == expected
    assert said(Asked(), facts(entry))[2] == "no-record"


def test_a_substance_that_is_asked_for_must_be_the_one() -> None:
    """Another one does not count; one that nobody recognises is shown if it reads like it."""
    assert said(TO_ANAESTHETICS, facts(latex(reaction())))[2] == "no-record"
    assert said(TO_ANAESTHETICS, facts(allergy("anaesthetic-allergy", reactions=(reaction(),))))[0] == "met"
    words = allergy(text="Allergy to an anaesthetic (propofol?)", reference="AllergyIntolerance/text")
    assert said(TO_ANAESTHETICS, facts(words)) == ("review", "judgement", "text-only")
    assert said(TO_ANAESTHETICS, facts(allergy(text="Peanuts", reference="AllergyIntolerance/text")))[2] == "no-record"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((), ("not-met", "evidence", "none-known")),
        ((latex(reaction("mild")),), ("not-met", "evidence", "none-known")),
        ((latex(reaction()),), ("met", "evidence", "on-record")),
        ((latex(reaction(None)),), ("unknown", "unusable", "no-severity")),
        ((latex(criticality="high"),), ("review", "judgement", "high-risk")),
        ((condition("anaphylaxis"),), ("met", "evidence", "on-record")),
        ((condition("anaphylaxis", verification="provisional"),), ("unknown", "unusable", "not-confirmed")),
    ],
)
def test_no_known_allergy_decides_where_nothing_else_does(
    more: tuple[Fact, ...], expected: tuple[str, str, str]
) -> None:
    """It is evidence; a severe reaction beside it counts all the same."""
    assert said(ANY, facts(NONE_KNOWN, *more)) == expected


@pytest.mark.parametrize(
    "more",
    [
        {"clinical": "inactive"},
        {"verification": "refuted"},
        {"verification": "unconfirmed"},
        {"unusable": "unknown modifier extension"},
        {"when": when("2026")},
    ],
)
def test_an_entry_of_no_known_allergy_must_count(more: dict[str, Any]) -> None:
    """One that is over, doubted, or perhaps later, says nothing."""
    assert said(ANY, facts(allergy("no-known-allergy", **more)))[2] == "no-record"


def test_no_known_allergy_may_be_recorded_as_a_condition() -> None:
    """If it stands."""
    assert said(ANY, facts(condition("no-known-allergy")))[2] == "none-known"
    assert said(ANY, facts(condition("no-known-allergy", clinical="resolved")))[2] == "no-record"


def test_a_closed_world_is_not_closed_by_what_nobody_understands() -> None:
    """An allergy to what no concept knows keeps the question with a person."""
    peanuts = allergy(text="Peanuts", reference="AllergyIntolerance/1", reactions=(reaction("mild"),))
    one = finding(ANY, facts(peanuts), closed_world=True)
    assert (str(one.value), str(one.cause)) == ("review", "unrecognised")
    assert [fact.reference for fact in one.facts] == ["AllergyIntolerance/1"]
