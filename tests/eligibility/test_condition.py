"""Whether a condition is there, was ever, was within a period, or is on record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.criteria.model import AllOf, Duration, Not, Recorded
from alsfhir.criteria.model import Condition as Asked
from alsfhir.eligibility.model import Outcome, Value
from alsfhir.patient.model import Condition
from alsfhir.terminology import Coding
from eligibility_samples import AS_OF, condition, decided, facts, finding, said, verdict, when

DEMENTIA = Asked(concept="dementia")
EVER = Asked(concept="dementia", when="ever")
CANCER = Asked(concept="malignancy", within=Duration(years=5))
ALS = Asked(concept="als")


def dementia(**more: Any) -> Condition:
    """An entry of dementia."""
    return condition("dementia", **more)


def words(text: str, **more: Any) -> Condition:
    """An entry in words alone."""
    return condition(text=text, reference="Condition/words", **more)


def test_nothing_on_file_is_not_an_absence() -> None:
    """No entry: unknown, for want of a record, and a person is asked."""
    assert said(DEMENTIA, facts()) == ("unknown", "no-record", "no-record")
    assert decided(DEMENTIA, facts(), number="E01").outcome is Outcome.CONFIRM


def test_an_unreadable_condition_may_have_been_it() -> None:
    """Neither nothing on file nor a ruled-out entry decides beside an entry that could not be read; a hit does."""
    lost = frozenset({"Condition"})
    assert said(DEMENTIA, facts(unreadable=lost)) == ("unknown", "unusable", "unreadable")
    assert said(DEMENTIA, facts(dementia(verification="refuted"), unreadable=lost))[2] == "unreadable"
    assert said(DEMENTIA, facts(unreadable=lost), closed_world=True)[2] == "unreadable"
    assert said(DEMENTIA, facts(dementia(), unreadable=lost))[0] == "met"
    assert said(DEMENTIA, facts(unreadable=frozenset({"Observation"})))[2] == "no-record"


def test_an_unusable_entry_stands_in_the_way() -> None:
    """An entry with an unknown modifier may mean its opposite."""
    assert said(DEMENTIA, facts(dementia(unusable="unknown modifier extension"))) == ("unknown", "unusable", "unusable")


def test_a_refuted_diagnosis_is_not_a_diagnosis() -> None:
    """It decides that there is none, unless another entry confirms it."""
    refuted = dementia(verification="refuted", reference="Condition/refuted")
    assert said(DEMENTIA, facts(refuted)) == ("not-met", "evidence", "refuted")
    assert said(EVER, facts(refuted))[0] == "not-met"
    one = finding(DEMENTIA, facts(refuted, dementia(verification="confirmed")))
    assert (one.value, [fact.reference for fact in one.facts]) == (Value.MET, ["Condition/dementia"])


@pytest.mark.parametrize("verification", ["provisional", "differential", "unconfirmed"])
def test_a_suspected_diagnosis_is_unknown(verification: str) -> None:
    """Not confirmed is neither there nor not there, and is cited."""
    one = finding(DEMENTIA, facts(dementia(verification=verification)))
    assert (one.value, str(one.basis), str(one.cause)) == (Value.UNKNOWN, "unusable", "not-confirmed")
    assert [fact.reference for fact in one.facts] == ["Condition/dementia"]
    assert said(EVER, facts(dementia(verification=verification)))[0] == "unknown"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"clinical": "active"}, ("met", "evidence", "on-record")),
        ({"clinical": "recurrence"}, ("met", "evidence", "on-record")),
        ({"clinical": "relapse"}, ("met", "evidence", "on-record")),
        ({}, ("met", "evidence", "on-record")),
        ({"clinical": "resolved"}, ("not-met", "evidence", "not-current")),
        ({"clinical": "inactive"}, ("not-met", "evidence", "not-current")),
        ({"clinical": "remission"}, ("review", "judgement", "remission")),
        ({"clinical": "unknown"}, ("unknown", "unusable", "no-status")),
        ({"abatement": "2026-06-30"}, ("not-met", "evidence", "not-current")),
        ({"abated": True}, ("not-met", "evidence", "not-current")),
        ({"abatement": "2026"}, ("unknown", "unusable", "partial-date")),
        ({"clinical": "resolved", "abatement": "2026"}, ("unknown", "unusable", "partial-date")),
        ({"clinical": "active", "abatement": "2026"}, ("met", "evidence", "on-record")),
        ({"clinical": "unknown", "abatement": "2026-06-30"}, ("not-met", "evidence", "not-current")),
        ({"clinical": "active", "abatement": "2026-06-30"}, ("review", "judgement", "contradictory")),
        ({"clinical": "resolved", "abatement": "2026-07-01"}, ("met", "evidence", "on-record")),
        ({"onset": "2026-07-01"}, ("unknown", "no-record", "no-record")),
        ({"onset": "2026"}, ("unknown", "unusable", "partial-date")),
    ],
)
def test_current_is_what_is_active_or_not_over(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """By the clinical status and the abatement as of the date; an end after it has not happened."""
    dated = {name: when(v) if name in ("onset", "abatement") else v for name, v in given.items()}
    assert said(DEMENTIA, facts(dementia(**dated))) == expected


@pytest.mark.parametrize("clinical", ["active", "resolved", "inactive", "remission", "unknown", None])
def test_ever_is_any_of_them(clinical: str | None) -> None:
    """A history holds whatever became of it."""
    assert said(EVER, facts(dementia(clinical=clinical)))[0] == "met"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"onset": "2018-06-30"}, ("met", "evidence", "on-record")),
        (
            {"onset": "2018-06-30", "clinical": "resolved", "abatement": "2020-06-30"},
            ("not-met", "evidence", "outside-window"),
        ),
        ({"clinical": "resolved", "abatement": "2021-06-29"}, ("not-met", "evidence", "outside-window")),
        ({"clinical": "resolved", "abatement": "2021-06-30"}, ("met", "evidence", "on-record")),
        ({"clinical": "resolved", "abatement": "2021"}, ("unknown", "unusable", "partial-date")),
        ({"clinical": "resolved", "abatement": "2020/2021"}, ("unknown", "unusable", "partial-date")),
        ({"clinical": "resolved", "abatement": "2022"}, ("met", "evidence", "on-record")),
        ({"clinical": "resolved", "onset": "2022"}, ("met", "evidence", "on-record")),
        ({"clinical": "resolved", "onset": "2018"}, ("unknown", "unusable", "undated")),
        ({"clinical": "resolved"}, ("unknown", "unusable", "undated")),
        ({"abated": True, "onset": "2018"}, ("unknown", "unusable", "undated")),
        ({"clinical": "remission", "onset": "2018"}, ("review", "judgement", "remission")),
        ({"clinical": "unknown", "onset": "2018"}, ("unknown", "unusable", "no-status")),
        ({"clinical": "resolved", "abatement": "2026-07-01"}, ("met", "evidence", "on-record")),
        ({"clinical": "active", "abatement": "2018-01-01"}, ("review", "judgement", "contradictory")),
        ({"clinical": "active"}, ("met", "evidence", "on-record")),
    ],
)
def test_within_a_period_is_what_overlaps_it(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """From onset to abatement, or until now; an end without a date leaves it open."""
    dated = {name: when(v) if name in ("onset", "abatement") else v for name, v in given.items()}
    assert said(CANCER, facts(condition("malignancy", **dated))) == expected


def test_what_is_taken_out_does_not_count() -> None:
    """ALS is a disease of muscles and nerves, and does not exclude from a trial of ALS."""
    atom = Asked(concept="peripheral-neuropathy", minus=("als",))
    als = condition("als", "peripheral-neuropathy")
    assert said(atom, facts(als)) == ("unknown", "no-record", "no-record")
    neuropathy = condition("peripheral-neuropathy", reference="Condition/other")
    assert [fact.reference for fact in finding(atom, facts(als, neuropathy)).facts] == ["Condition/other"]


def test_what_may_be_taken_out_is_unknown() -> None:
    """A motor neuron disease may be the ALS that does not count, and may not."""
    atom = Asked(concept="peripheral-neuropathy", minus=("als",))
    either = condition("motor-neuron-disease", "peripheral-neuropathy")
    assert said(atom, facts(either)) == ("unknown", "unusable", "broader")


def test_a_broader_diagnosis_does_not_prove_a_narrower_one() -> None:
    """G12.2 alone is a motor neuron disease: ALS is unknown, and the entry is cited."""
    broader = condition("motor-neuron-disease", clinical="active")
    one = finding(ALS, facts(broader))
    assert (one.value, str(one.basis), str(one.cause)) == (Value.UNKNOWN, "unusable", "broader")
    assert [fact.reference for fact in one.facts] == ["Condition/motor-neuron-disease"]
    assert said(ALS, facts(broader, condition("als")))[0] == "met"
    assert said(ALS, facts(broader), closed_world=True)[0] == "unknown"
    assert said(ALS, facts(condition("motor-neuron-disease", verification="refuted")))[2] == "no-record"


def test_an_entry_with_both_codes_is_the_narrower_disease() -> None:
    """Coded as ALS and as motor neuron disease it is ALS, and over if it is over."""
    both = condition("als", "motor-neuron-disease", clinical="resolved")
    assert said(ALS, facts(both)) == ("not-met", "evidence", "not-current")


def test_an_entry_with_a_narrower_code_as_well_is_no_hint_at_the_others() -> None:
    """ALS with the broader code beside it is ALS, and leaves its kin with nothing on file; another entry does not."""
    pls, als, broader = Asked(concept="primary-lateral-sclerosis"), condition("als"), "motor-neuron-disease"
    assert said(pls, facts(condition("als", broader)))[2] == "no-record"
    assert said(pls, facts(condition("als", broader)), closed_world=True)[0] == "not-met"
    assert said(pls, facts(als, condition(broader)), closed_world=True) == ("unknown", "unusable", "broader")


def test_a_broader_entry_that_is_taken_out_is_no_hint() -> None:
    """Nothing then speaks for the disease."""
    atom = Asked(concept="als", minus=("peripheral-neuropathy",))
    assert said(atom, facts(condition("motor-neuron-disease", "peripheral-neuropathy")))[2] == "no-record"


def test_a_refuted_diagnosis_beside_a_broader_one_is_unknown() -> None:
    """ALS was ruled out once, and a motor neuron disease stands: nobody can be sure."""
    found = facts(condition("als", verification="refuted"), condition("motor-neuron-disease"))
    assert said(ALS, found) == ("unknown", "unusable", "broader")


def test_an_entry_in_words_is_for_a_person() -> None:
    """A text that looks like the condition is shown, and never decides; a refuted one is not shown."""
    one = finding(ALS, facts(words("Amyotrophic lateral sclerosis, suspected by the GP")))
    assert (one.value, str(one.basis), str(one.cause)) == (Value.REVIEW, "judgement", "text-only")
    assert [fact.reference for fact in one.facts] == ["Condition/words"]
    assert said(ALS, facts(words("Hypertension")))[2] == "no-record"
    assert said(ALS, facts(words("ALS", verification="refuted")))[2] == "no-record"
    assert said(ALS, facts(words("ALS"), condition("als")))[0] == "met"


def test_a_code_that_no_concept_knows_is_read_by_its_display() -> None:
    """A site's own code called ALS is shown as well."""
    own = condition(codings=(Coding("http://example.org/icd", "X1", "ALS"),), reference="Condition/own")
    assert said(ALS, facts(own)) == ("review", "judgement", "text-only")


def test_in_a_closed_world_nothing_on_file_is_an_absence() -> None:
    """Asked for, and said so by the basis."""
    assert said(DEMENTIA, facts(), closed_world=True) == ("not-met", "no-record", "closed-world")
    assert decided(DEMENTIA, facts(), number="E01", closed_world=True).outcome is Outcome.PASS


def test_a_closed_world_is_not_closed_by_what_nobody_understands() -> None:
    """With an unrecognised or text-only entry the question stays with a person, who is shown the entries."""
    unknown = condition(codings=(Coding("http://example.org", "1", "Something"),), reference="Condition/own")
    one = finding(DEMENTIA, facts(unknown, words("Unsteady gait")), closed_world=True)
    assert (one.value, str(one.basis), str(one.cause)) == (Value.REVIEW, "judgement", "unrecognised")
    assert [fact.reference for fact in one.facts] == ["Condition/own", "Condition/words"]
    ruled_out = words("Unsteady gait", verification="refuted")
    assert said(DEMENTIA, facts(ruled_out), closed_world=True)[2] == "closed-world"
    later = words("Unsteady gait", onset=when("2026-07-01"))
    assert said(DEMENTIA, facts(later), closed_world=True)[2] == "closed-world"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("24484000", ("met", "evidence", "on-record")),
        ("6736007", ("not-met", "evidence", "less-severe")),
        ("255604002", ("not-met", "evidence", "less-severe")),
        (None, ("unknown", "unusable", "no-severity")),
    ],
)
def test_a_severity_must_be_reached(code: str | None, expected: tuple[str, str, str]) -> None:
    """Moderate is not severe; without a severity nobody knows."""
    severity = (Coding("http://snomed.info/sct", code),) if code else ()
    atom = Asked(concept="dementia", severity="severe")
    assert said(atom, facts(dementia(severity=severity))) == expected
    over = dementia(severity=severity, clinical="resolved")
    assert said(atom, facts(over))[2] == "not-current"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (condition("als"), "met"),
        (condition("als", clinical="resolved"), "met"),
        (condition("als", verification="refuted"), "not-met"),
        (condition("als", verification="provisional"), "not-met"),
        (condition("als", unusable="no code"), "not-met"),
        (condition("als", onset=when("2026")), "not-met"),
        (condition("als", onset=when("2026-07-01")), "not-met"),
        (condition("motor-neuron-disease"), "not-met"),
    ],
)
def test_on_record_is_two_valued(entry: Condition, expected: str) -> None:
    """A counting entry is there or it is not; nothing is unknown about that."""
    assert said(Recorded(concept="als"), facts(entry))[:2] == (expected, "evidence")


def test_primary_lateral_sclerosis_unless_als_is_recorded() -> None:
    """The decision cites the entry of PLS; ALS on record keeps it from being met."""
    tree = AllOf(of=(Asked(concept="primary-lateral-sclerosis"), Not(of=Recorded(concept="als"))))
    pls = condition("primary-lateral-sclerosis")
    found = verdict(tree, facts(pls))
    assert (found.value, str(found.basis)) == (Value.MET, "evidence")
    assert verdict(tree, facts(pls, condition("als"))).value is Value.NOT_MET


def test_an_entry_leaves_its_window_one_day_after_the_period() -> None:
    """Resolved on 1 July 2021: within five years until 1 July 2026."""
    resolved = condition("malignancy", clinical="resolved", abatement=when("2021-07-01"))
    decision = decided(CANCER, facts(resolved), number="E01")
    assert (decision.outcome, decision.opens, decision.closes) == (Outcome.FAIL, date(2026, 7, 2), None)
    assert decided(CANCER, facts(condition("malignancy")), number="E01").opens is None


def test_the_order_of_the_record_does_not_matter() -> None:
    """The same entries in another order make the same finding."""
    entries = [
        dementia(reference=f"Condition/{n}", verification=v) for n, v in enumerate(("provisional", "refuted", None))
    ]
    assert verdict(DEMENTIA, facts(*entries), AS_OF) == verdict(DEMENTIA, facts(*reversed(entries)), AS_OF)


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ((), ("review", "judgement", "no-site")),
        ((Coding(None, None, "left ear"),), ("review", "judgement", "other-site")),
        ((Coding("http://snomed.info/sct", "122496007"),), ("met", "evidence", "on-record")),
        ((Coding(None, None, "left ear"), Coding(None, None, "Lower back")), ("met", "evidence", "on-record")),
    ],
)
def test_a_site_must_be_the_one_that_is_asked_for(sites: tuple[Coding, ...], expected: tuple[str, str, str]) -> None:
    """By its code or in the very words; another site, or none, is for a person."""
    atom = Asked(concept="skin-infection", site="lumbar-site")
    assert said(atom, facts(condition("skin-infection", body_sites=sites))) == expected
    resolved = condition("skin-infection", body_sites=sites, clinical="resolved")
    assert said(atom, facts(resolved))[2] == "not-current"
