"""Whether the patient is pregnant, or breastfeeds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alsfhir.criteria.model import Breastfeeding, Pregnancy
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Condition, Fact, Observation
from alsfhir.terminology import Coding
from eligibility_samples import condition, decided, explained, facts, finding, observation, said, when

PREGNANT, FEEDS = Pregnancy(), Breastfeeding()
_DATES = ("onset", "abatement", "diagnosed", "recorded")


def entry(concept: str = "pregnancy", reference: str | None = None, **given: Any) -> Condition:
    """An entry of a pregnancy, or of another concept."""
    dated = {name: when(value) if name in _DATES else value for name, value in given.items()}
    return condition(concept, **({"reference": reference} if reference else {}), **dated)


def stated(
    words: str | None, on: str | None = "2026-06-20", concept: str = "pregnancy-test", **more: Any
) -> Observation:
    """A test, or a status, in one of the words that are known."""
    coded = (Coding(None, None, words),) if words else ()
    reference = f"Observation/{concept}-{words}-{on}"
    return observation(concept, None, on, **({"coded": coded, "reference": reference} | more))


def status(code: str, on: str | None = "2026-06-20") -> Observation:
    """The status as SNOMED CT codes it."""
    return stated(None, on, "pregnancy-status", coded=(Coding("http://snomed.info/sct", code),), reference=f"O/{code}")


def woman(*found: Fact, **more: Any) -> Any:
    """A record of a woman."""
    return facts(*found, sex="female", **more)


def test_nothing_on_file_is_not_an_absence() -> None:
    """For a woman, and for whoever's gender is not male, a person is asked."""
    for sex in ("female", "other", "unknown", None):
        for atom in (PREGNANT, FEEDS):
            assert said(atom, facts(sex=sex)) == ("unknown", "no-record", "no-record")
            assert decided(atom, facts(sex=sex), number="E20").outcome is Outcome.CONFIRM
    assert said(PREGNANT, woman(), closed_world=True) == ("not-met", "no-record", "closed-world")
    assert said(PREGNANT, woman(condition(text="x")), closed_world=True)[2] == "unrecognised"
    assert said(PREGNANT, woman(unreadable=frozenset({"Observation"})))[2] == "unreadable"


def test_a_man_is_not_pregnant() -> None:
    """By the administrative gender, which is cited with the patient."""
    for atom in (PREGNANT, FEEDS):
        record = explained(atom, facts(sex="male"), number="E20")
        assert (record.verdict, record.basis, record.outcome) == ("not-met", "evidence", "pass")
        assert [(one.reference, one.value) for one in record.evidence] == [("Patient/p1", "male")]


@pytest.mark.parametrize(
    "found",
    [
        entry(),
        entry(clinical="resolved", abatement="2015-01-01"),
        entry("breastfeeding"),
        entry(onset="2026"),
        entry(unusable="unknown modifier extension"),
        stated("positive"),
        stated("positive", "2015-01-01"),
        stated(None, unusable="no value"),
        status("77386006"),
    ],
)
def test_a_man_with_a_pregnancy_on_record_is_for_a_person(found: Fact) -> None:
    """One of the two is wrong."""
    for atom in (PREGNANT, FEEDS):
        assert said(atom, facts(found, sex="male")) == ("review", "judgement", "contradictory")


@pytest.mark.parametrize(
    "found",
    [
        entry(verification="refuted"),
        entry(verification="provisional"),
        stated("negative"),
        status("60001007"),
        stated("not applicable"),
        observation("hcg", "30 m[IU]/mL"),
        condition(text="Wife pregnant"),
    ],
)
def test_a_man_without_one_is_not_asked(found: Fact) -> None:
    """What does not say that he is pregnant says nothing."""
    assert said(PREGNANT, facts(found, sex="male"))[:2] == ("not-met", "evidence")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (stated("positive"), ("met", "evidence", "compared")),
        (stated("negative"), ("not-met", "evidence", "compared")),
        (stated("negative", "2026-06-02"), ("not-met", "evidence", "compared")),
        (stated("negative", "2026-06-01"), ("unknown", "stale", "stale")),
        (stated("positive", "2026-06-01"), ("unknown", "stale", "stale")),
        (stated("negative", None), ("unknown", "unusable", "undated")),
        (stated("negative", "2026"), ("unknown", "unusable", "partial-date")),
        (stated("negative", "2026-06"), ("unknown", "unusable", "partial-date")),
        (stated("perhaps"), ("review", "judgement", "text-only")),
        (stated(None, unusable="no value"), ("unknown", "unusable", "unusable")),
        (stated("negative", status="preliminary"), ("unknown", "unusable", "preliminary")),
        (stated("negative", "2026-07-01"), ("unknown", "no-record", "no-record")),
        (status("77386006"), ("met", "evidence", "compared")),
        (status("60001007"), ("not-met", "evidence", "compared")),
        (stated("negative", concept="pregnancy-status"), ("not-met", "evidence", "compared")),
        (observation("pregnancy-test", "30 m[IU]/mL"), ("unknown", "unusable", "number-only")),
        (observation("hcg", "30 m[IU]/mL"), ("unknown", "no-record", "no-record")),
        (observation("hcg", "0 m[IU]/mL"), ("unknown", "no-record", "no-record")),
    ],
)
def test_a_test_or_a_status_holds_for_28_days(found: Observation, expected: tuple[str, str, str]) -> None:
    """As positive or negative, or in the codes of a status; an amount of hCG has no cut-off."""
    assert said(PREGNANT, woman(found)) == expected


def test_the_callers_window_counts() -> None:
    """60 days, if that is how old a test may be."""
    found = woman(stated("negative", "2026-05-15"))
    assert said(PREGNANT, found, max_age={"pregnancy-test": 60})[0] == "not-met"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("met", "evidence", "on-record")),
        ({"clinical": "active", "onset": "2026-03-01"}, ("met", "evidence", "on-record")),
        ({"onset": "2025-09-02"}, ("met", "evidence", "on-record")),
        ({"onset": "2025-09-01"}, ("unknown", "stale", "stale")),
        ({"onset": "2025-09"}, ("unknown", "unusable", "partial-date")),
        ({"onset": "2025-06-01", "recorded": "2026-06-20"}, ("unknown", "stale", "stale")),
        ({"recorded": "2026-06-20"}, ("met", "evidence", "on-record")),
        ({"recorded": "2025-09-01"}, ("unknown", "stale", "stale")),
        ({"clinical": "resolved", "abatement": "2026-02-01"}, ("not-met", "evidence", "not-current")),
        ({"clinical": "resolved"}, ("not-met", "evidence", "not-current")),
        ({"verification": "provisional"}, ("unknown", "unusable", "not-confirmed")),
        ({"verification": "provisional", "onset": "2025-01-01"}, ("unknown", "stale", "stale")),
        ({"verification": "refuted", "recorded": "2026-06-20"}, ("not-met", "evidence", "refuted")),
        ({"verification": "refuted", "recorded": "2026-05-20"}, ("unknown", "stale", "stale")),
        ({"verification": "refuted"}, ("unknown", "unusable", "undated")),
        ({"clinical": "active", "abatement": "2026-05-01"}, ("review", "judgement", "contradictory")),
        ({"clinical": "unknown"}, ("unknown", "unusable", "no-status")),
        ({"unusable": "no code"}, ("unknown", "unusable", "unusable")),
    ],
)
def test_a_pregnancy_lasts_for_43_weeks_at_most(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """After that the entry says nothing of today; what is over is over."""
    assert said(PREGNANT, woman(entry(**given))) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"recorded": "2026-06-20"}, ("not-met", "evidence", "on-record")),
        ({"onset": "2020-01-01", "recorded": "2026-06-20"}, ("not-met", "evidence", "on-record")),
        ({"recorded": "2026-06-01"}, ("unknown", "stale", "stale")),
        ({}, ("unknown", "unusable", "undated")),
        ({"recorded": "2026-06-20", "clinical": "resolved"}, ("unknown", "no-record", "no-record")),
        ({"recorded": "2026-06-20", "verification": "provisional"}, ("unknown", "unusable", "not-confirmed")),
        ({"recorded": "2026-06-20", "unusable": "no code"}, ("unknown", "unusable", "unusable")),
    ],
)
def test_not_pregnant_is_a_status_of_its_date(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Recorded as a condition, it holds as long as one that was observed."""
    assert said(PREGNANT, woman(entry("not-pregnant", **given))) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((stated("positive"), stated("negative")), ("unknown", "unusable", "disagreeing")),
        ((stated("positive"), stated("negative", "2026-06-21")), ("not-met", "evidence", "compared")),
        ((stated("positive", "2026-06-21"), stated("negative")), ("met", "evidence", "compared")),
        ((stated("positive", "2026-06"), stated("negative")), ("unknown", "unusable", "partial-date")),
        ((stated("positive", "2026-05-01"), stated("negative")), ("not-met", "evidence", "compared")),
        ((stated(None, "2026-06-21", unusable="no value"), stated("negative")), ("unknown", "unusable", "unusable")),
        ((entry(), stated("positive")), ("met", "evidence", "on-record")),
        ((entry(onset="2026-03-01"), stated("negative")), ("unknown", "unusable", "disagreeing")),
        ((entry(recorded="2026-06-25"), stated("negative")), ("met", "evidence", "on-record")),
        ((entry(onset="2025-01-01"), stated("negative")), ("not-met", "evidence", "compared")),
        ((entry(verification="provisional"), stated("negative")), ("unknown", "unusable", "not-confirmed")),
        ((entry(verification="provisional"), stated("positive")), ("met", "evidence", "compared")),
        ((entry(clinical="resolved", abatement="2026-02-01"), stated("positive")), ("met", "evidence", "compared")),
        ((entry(clinical="resolved", onset="2020-01-01"), stated("positive")), ("met", "evidence", "compared")),
        ((entry(clinical="resolved"), stated("positive")), ("unknown", "unusable", "disagreeing")),
        (
            (entry(clinical="resolved", abatement="2026-06-25"), stated("positive")),
            ("not-met", "evidence", "not-current"),
        ),
        (
            (entry("not-pregnant", recorded="2026-06-20"), status("77386006", "2026-06-25")),
            ("met", "evidence", "compared"),
        ),
    ],
)
def test_the_latest_statement_counts(found: tuple[Fact, ...], expected: tuple[str, str, str]) -> None:
    """Of one day they must agree; a pregnancy that is on record as going on is not outdated by a test."""
    assert said(PREGNANT, woman(*found)) == expected
    assert said(PREGNANT, woman(*reversed(found))) == expected


def test_a_refutation_is_as_old_as_its_onset() -> None:
    """Also where that is an age; of what was refuted years ago, it says nothing of today."""
    refuted = entry(verification="refuted", onset_age=Decimal(20))
    record = facts(refuted, entry(clinical="active"), sex="female", birth=when("1990-06-20"))
    assert said(PREGNANT, record) == ("met", "evidence", "on-record")


def test_an_unreadable_entry_may_be_the_newer_one() -> None:
    """A negative test does not decide beside it; a positive one does."""
    lost = frozenset({"Condition"})
    assert said(PREGNANT, woman(stated("negative"), unreadable=lost))[2] == "unreadable"
    assert said(PREGNANT, woman(stated("positive"), unreadable=lost))[0] == "met"


def test_a_result_of_an_unknown_status_may_be_a_final_one() -> None:
    """It leaves open what others say of its day, and for a man it is a contradiction to look at."""
    unclear = stated("positive", status="unknown")
    assert said(PREGNANT, woman(unclear, stated("negative"))) == ("unknown", "unusable", "preliminary")
    assert said(PREGNANT, woman(stated("positive", status="preliminary"), stated("negative")))[0] == "not-met"
    assert said(PREGNANT, facts(unclear, sex="male"))[2] == "contradictory"


def test_an_entry_in_words_is_for_a_person() -> None:
    """It is shown, and never decides."""
    one = finding(PREGNANT, woman(condition(text="Pregnancy?", reference="Condition/text")))
    assert (str(one.value), str(one.cause)) == ("review", "text-only")
    assert [fact.reference for fact in one.facts] == ["Condition/text"]


def test_what_is_over_is_assumed_not_to_have_begun_again() -> None:
    """And that is said."""
    over = entry(clinical="resolved", abatement="2026-02-01")
    assert explained(PREGNANT, woman(over)).assumptions == ("what was over has not begun again since",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("met", "evidence", "on-record")),
        ({"clinical": "active"}, ("met", "evidence", "on-record")),
        ({"recorded": "2026-06-02"}, ("met", "evidence", "on-record")),
        ({"onset": "2025-01-01", "recorded": "2026-06-20"}, ("met", "evidence", "on-record")),
        ({"recorded": "2026-06-01"}, ("unknown", "stale", "stale")),
        ({"onset": "2026-01-01"}, ("unknown", "stale", "stale")),
        ({"recorded": "2026-06"}, ("unknown", "unusable", "partial-date")),
        ({"clinical": "resolved"}, ("not-met", "evidence", "not-current")),
        ({"abatement": "2026-05-01"}, ("not-met", "evidence", "not-current")),
        ({"verification": "provisional"}, ("unknown", "unusable", "not-confirmed")),
        ({"verification": "refuted", "recorded": "2026-06-20"}, ("not-met", "evidence", "refuted")),
    ],
)
def test_breastfeeding_holds_for_28_days(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """By the entry's dates; without any, as long as it is active."""
    assert said(FEEDS, woman(entry("breastfeeding", **given))) == expected


def test_breastfeeding_again_counts() -> None:
    """After another child, years ago."""
    old = entry("breastfeeding", "Condition/old", clinical="resolved", abatement="2019-01-01")
    new = entry("breastfeeding", "Condition/new", recorded="2026-06-20")
    assert said(FEEDS, woman(old, new))[0] == "met"
    assert [fact.reference for fact in finding(FEEDS, woman(old, new)).facts] == ["Condition/new"]
