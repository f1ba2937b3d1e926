"""Whether a drug is taken, was ever, or was within a period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.criteria.model import Drug as Asked
from alsfhir.criteria.model import Duration
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Drug
from alsfhir.terminology import Coding
from eligibility_samples import AS_OF, decided, drug, facts, finding, months, said, when

STEROID = "corticosteroid"
NOW = Asked(concept=STEROID)
EVER = Asked(concept=STEROID, when="ever")
YEAR = Asked(concept=STEROID, within=months(12))
BEFORE = Asked(concept=STEROID, within=Duration(weeks=2), until=Duration(days=30))
NASAL, ORAL = Coding("http://snomed.info/sct", "46713006"), Coding("http://snomed.info/sct", "26643006")
PREDNISONE = (Coding("http://www.nlm.nih.gov/research/umls/rxnorm", "8640"),)


def steroid(**more: Any) -> Drug:
    """An active order of a corticosteroid, unless otherwise given; times as they are written."""
    timed = {name: when(v) if name in ("period", "authored") and v else v for name, v in more.items()}
    return drug(STEROID, **timed)


def verdicts(**more: Any) -> tuple[str, str, str]:
    """What an entry says of now, of ever, and of the last year."""
    found = facts(steroid(**more))
    return said(NOW, found)[0], said(EVER, found)[0], said(YEAR, found)[0]


def test_nothing_on_file_is_not_an_absence() -> None:
    """No entry: unknown, for want of a record, and a person is asked."""
    assert said(NOW, facts()) == ("unknown", "no-record", "no-record")
    assert decided(NOW, facts(), number="E01").outcome is Outcome.CONFIRM
    assert said(NOW, facts(), closed_world=True) == ("not-met", "no-record", "closed-world")


@pytest.mark.parametrize(
    "resource", ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"]
)
def test_an_unreadable_entry_may_have_been_it(resource: str) -> None:
    """Whichever of the four resources it was; a hit decides all the same."""
    lost = frozenset({resource})
    assert said(NOW, facts(unreadable=lost), closed_world=True) == ("unknown", "unusable", "unreadable")
    assert said(NOW, facts(steroid(status="stopped"), unreadable=lost))[2] == "unreadable"
    assert said(NOW, facts(steroid(), unreadable=lost))[0] == "met"
    assert said(NOW, facts(unreadable=frozenset({"Procedure"})), closed_world=True)[0] == "not-met"


def test_an_unusable_entry_stands_in_the_way() -> None:
    """An entry with an unknown modifier may mean its opposite, even if it is only a plan."""
    for intent in ("order", "plan"):
        found = facts(steroid(unusable="unknown modifier extension", intent=intent))
        assert [said(atom, found)[2] for atom in (NOW, EVER, YEAR)] == ["unusable"] * 3


@pytest.mark.parametrize(
    "given",
    [
        *({"intent": intent} for intent in ("proposal", "plan", "option", "directive")),
        *({"status": status} for status in ("draft", "cancelled", "entered-in-error")),
        {"status": "intended", "kind": "statement"},
        {"status": "not-done", "kind": "administration"},
        *({"status": status, "kind": "dispense"} for status in ("preparation", "declined", "cancelled")),
        {"authored": "2026-07-01"},
        {"period": "2026-07-01/2026-08-01", "authored": "2026-06-01"},
    ],
)
def test_what_was_never_given_is_as_if_it_were_not_there(given: dict[str, Any]) -> None:
    """Neither a plan, nor what was not done, nor what lies after the as-of date, says anything."""
    found = facts(steroid(**given))
    for atom in (NOW, EVER, YEAR):
        assert said(atom, found) == ("unknown", "no-record", "no-record")
        assert said(atom, found, closed_world=True)[0] == "not-met"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # orders, and statements of taking, from a day of the last year on
        ({"status": "active"}, ("met", "met", "met")),
        ({"status": "on-hold"}, ("review", "met", "met")),
        ({"status": "stopped"}, ("not-met", "met", "met")),
        ({"status": "completed"}, ("not-met", "met", "met")),
        ({"status": "ended"}, ("not-met", "met", "met")),
        ({"status": "unknown"}, ("unknown", "unknown", "unknown")),
        ({"status": "brewed"}, ("unknown", "unknown", "unknown")),
        ({"intent": None}, ("unknown", "unknown", "unknown")),
        ({"intent": "filler-order"}, ("met", "met", "met")),
        ({"kind": "statement", "intent": None}, ("met", "met", "met")),
        ({"kind": "statement", "status": "not-taken"}, ("not-met", "unknown", "unknown")),
        # doses
        ({"kind": "administration", "status": "in-progress"}, ("met", "met", "met")),
        ({"kind": "administration", "status": "on-hold"}, ("review", "met", "met")),
        ({"kind": "administration", "status": "completed"}, ("unknown", "met", "met")),
        ({"kind": "administration", "status": "stopped"}, ("unknown", "met", "met")),
        ({"kind": "administration", "status": "unknown"}, ("unknown", "unknown", "unknown")),
        # supplies
        ({"kind": "dispense", "status": "completed"}, ("unknown", "met", "met")),
        ({"kind": "dispense", "status": "stopped"}, ("unknown", "met", "met")),
        ({"kind": "dispense", "status": "in-progress"}, ("unknown", "met", "met")),
        ({"kind": "dispense", "status": "unknown"}, ("unknown", "unknown", "unknown")),
    ],
)
def test_a_status_says_what_is_taken(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Now, at any time, and within the last year."""
    assert verdicts(period="2026-03-01", **given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "on-record"),
        ({"period": "2026-03-01/"}, "on-record"),
        ({"period": "2026-03-01/2026-06-30"}, "on-record"),
        ({"period": "2026-03-01/2026-06-29"}, "not-current"),
        ({"period": "2026-03-01/2026-06"}, "partial-date"),
        ({"period": "2026-03-01/2026-07"}, "on-record"),
        ({"authored": "2026-06-30"}, "on-record"),
        ({"authored": "2026"}, "partial-date"),
        ({"period": "2026/"}, "partial-date"),
        ({"status": "on-hold", "period": "2026-03-01/2026-06-29"}, "not-current"),
        ({"status": "completed", "period": "2026-03-01/2026-06-30"}, "not-current"),
        ({"status": "completed", "period": "2026-03-01/2026"}, "partial-date"),
        ({"status": "completed", "period": "2026-03-01/2026-07-01"}, "contradictory"),
        ({"kind": "administration", "status": "completed", "period": "2026-06-30"}, "on-record"),
        ({"kind": "administration", "status": "completed", "period": "2026-06"}, "partial-date"),
        ({"kind": "administration", "status": "completed", "period": "2026-06-29"}, "then-only"),
        ({"kind": "administration", "status": "completed"}, "then-only"),
        ({"kind": "dispense", "status": "completed", "period": "2026-06-01/2026-06-30"}, "on-record"),
        ({"kind": "dispense", "status": "completed", "period": "2026-06-01/2026-06-29"}, "then-only"),
        ({"kind": "dispense", "status": "completed", "period": "2026-06/2026-07-10"}, "partial-date"),
        ({"kind": "dispense", "status": "in-progress"}, "no-status"),
        ({"kind": "statement", "status": "not-taken", "period": "2026-03-01/"}, "not-taken"),
        ({"kind": "statement", "status": "not-taken", "period": "2026-01-01/2026-02-01"}, "no-record"),
    ],
)
def test_current_is_what_is_taken_on_the_as_of_date(given: dict[str, Any], expected: str) -> None:
    """By status and period; a dose or a supply of the past does not tell whether it is taken still."""
    assert said(NOW, facts(steroid(**given)))[2] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"period": "2020-01-01/2025-06-30", "status": "completed"}, "on-record"),
        ({"period": "2020-01-01/2025-06-29", "status": "completed"}, "outside-window"),
        ({"period": "2020-01-01/2025-06", "status": "completed"}, "partial-date"),
        ({"period": "2020-01-01/2025", "status": "completed"}, "partial-date"),
        ({"period": "2020-01-01/2025-05-30", "status": "active"}, "outside-window"),
        ({"period": "2020-01-01/2025-05-30", "status": "on-hold"}, "outside-window"),
        ({"period": "2020-01-01/", "status": "active"}, "on-record"),
        ({"period": "2020-01-01/", "status": "on-hold"}, "on-hold"),
        ({"period": "2020-01-01/2026-03-01", "status": "on-hold"}, "on-hold"),
        ({"authored": "2020-01-01", "status": "active"}, "on-record"),
        ({"authored": "2020-01-01", "status": "completed"}, "undated"),
        ({"authored": "2025-06-30", "status": "completed"}, "on-record"),
        ({"authored": "2025-06-29", "status": "stopped"}, "undated"),
        ({"status": "stopped"}, "undated"),
        ({"status": "active"}, "on-record"),
        ({"period": "2020-01-01/2027-01-01", "status": "stopped"}, "undated"),
        ({"period": "2026-01-01/2027-01-01", "status": "stopped"}, "on-record"),
        ({"kind": "statement", "period": "2020-01-01", "status": "active"}, "on-record"),
        ({"kind": "statement", "period": "2020-01-01", "status": "completed"}, "outside-window"),
        ({"kind": "statement", "period": "2020-01-01", "status": "stopped"}, "undated"),
        ({"kind": "statement", "authored": "2026-01-01", "status": "completed"}, "undated"),
        ({"kind": "statement", "authored": "2025-06-29", "status": "completed"}, "outside-window"),
        ({"kind": "administration", "period": "2025-06-30", "status": "completed"}, "on-record"),
        ({"kind": "administration", "period": "2025-06-29", "status": "completed"}, "outside-window"),
        ({"kind": "administration", "period": "2025", "status": "completed"}, "partial-date"),
        ({"kind": "administration", "status": "completed"}, "undated"),
        ({"kind": "dispense", "period": "2025-06-01/2025-06-30", "status": "completed"}, "on-record"),
        ({"kind": "dispense", "period": "2025-05-01/2025-05-30", "status": "completed"}, "outside-window"),
        ({"kind": "dispense", "period": "2025-05-01", "status": "completed"}, "undated"),
        ({"kind": "dispense", "period": "2025/2026-01-29", "status": "completed"}, "partial-date"),
    ],
)
def test_within_a_period_is_what_overlaps_it(given: dict[str, Any], expected: str) -> None:
    """From the first day of taking to the last; where one of the two is not on record, it may be open."""
    assert said(YEAR, facts(steroid(**given)))[2] == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026-05-31/2026-05-31", "on-record"),
        ("2026-06-01/2026-06-20", "outside-window"),
        ("2026-05-01/2026-05-17", "on-record"),
        ("2026-05-01/2026-05-16", "outside-window"),
        ("2026-05/2026-06-20", "on-record"),
        ("2026-06/2026-06-20", "outside-window"),
    ],
)
def test_a_period_that_ended_before_the_day_has_two_ends(period: str, expected: str) -> None:
    """Two weeks that ended 30 days ago are 17 May to 31 May; what was begun after them is not in them."""
    assert said(BEFORE, facts(steroid(period=period, status="completed")))[2] == expected


def test_a_drug_without_a_date_may_be_younger_than_a_past_period() -> None:
    """It is taken now; whether it was then is not on record."""
    assert said(BEFORE, facts(steroid()))[:3] == ("unknown", "unusable", "undated")


def test_case_18_prednisone_ended_13_months_ago() -> None:
    """It is outside of 12 months, and a dose of today is within them."""
    assert said(YEAR, facts(steroid(period="2024-01-01/2025-05-30", status="stopped")))[0] == "not-met"
    single = steroid(kind="administration", period="2026-06-30", status="completed")
    assert said(YEAR, facts(single))[0] == "met"


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        ((), "met"),
        ((ORAL,), "met"),
        ((NASAL,), "review"),
        ((NASAL, ORAL), "met"),
        ((NASAL, Coding("http://hospital.example", "NAS")), "review"),
        ((Coding("http://hospital.example", "NAS"),), "met"),
        ((Coding(None, None, "Inhalation"),), "review"),
        ((Coding(None, None, "Inhalation"), Coding(None, None, "by mouth")), "met"),
    ],
)
def test_case_18_a_local_route_is_for_a_person(routes: tuple[Coding, ...], expected: str) -> None:
    """If all routes are local, by the codes of a system that knows them; no route at all counts."""
    found = facts(steroid(routes=routes))
    assert said(Asked(concept=STEROID, within=months(12), systemic=True), found)[0] == expected
    assert said(YEAR, found)[0] == "met"


def test_a_local_route_does_not_bring_back_what_is_over() -> None:
    """Outside the period it is outside, by whatever route."""
    over = steroid(routes=(NASAL,), period="2020-01-01/2020-02-01", status="completed")
    assert said(Asked(concept=STEROID, within=months(12), systemic=True), facts(over))[0] == "not-met"


def test_what_is_taken_out_does_not_count() -> None:
    """An entry of a concept that is taken out is as if it were not there."""
    atom = Asked(concept=STEROID, minus=("local-corticosteroid",))
    both = drug(STEROID, "local-corticosteroid")
    assert said(atom, facts(both))[2] == "no-record"
    assert said(atom, facts(both, steroid(reference="MedicationRequest/2")))[0] == "met"


def test_an_entry_in_words_is_for_a_person() -> None:
    """Text that names the concept, or a display of one of its codes, without a known code; a plan is not shown."""
    words = drug(text="Prednisone 5 mg", reference="MedicationRequest/words")
    assert said(NOW, facts(words)) == ("review", "judgement", "text-only")
    assert said(NOW, facts(drug(text="Prednisone", intent="plan")))[2] == "no-record"
    assert said(NOW, facts(words, steroid()))[0] == "met"
    assert said(NOW, facts(words, steroid(status="stopped")))[0] == "review"


def test_a_closed_world_stays_open_beside_unknown_drugs() -> None:
    """But not beside what was never given."""
    unknown = drug(text="study medication")
    assert said(NOW, facts(unknown), closed_world=True) == ("review", "judgement", "unrecognised")
    assert said(NOW, facts(drug(text="study medication", status="cancelled")), closed_world=True)[0] == "not-met"


def test_one_that_is_taken_suffices() -> None:
    """Whatever else is stopped, or not known."""
    others = [steroid(reference=f"MedicationRequest/{n}", status=s) for n, s in enumerate(("stopped", "unknown"))]
    one = finding(NOW, facts(*others, steroid()))
    assert (str(one.value), [fact.reference for fact in one.facts]) == ("met", ["MedicationRequest/corticosteroid"])
    assert said(NOW, facts(*others))[2] == "no-status"


def test_a_dose_before_the_same_drug_was_stopped_leaves_nothing_open() -> None:
    """A later end of the same code, or a later statement that it is not taken, says what became of it."""
    dose = steroid(kind="administration", status="completed", period="2026-03-01", codings=PREDNISONE)
    stopped = steroid(status="stopped", period="2026-01-01/2026-04-01", codings=PREDNISONE, reference="M/s")
    assert said(NOW, facts(dose, stopped))[::2] == ("not-met", "not-current")
    refused = steroid(kind="statement", status="not-taken", period="2026-05-01", codings=PREDNISONE, reference="M/n")
    assert said(NOW, facts(dose, refused))[::2] == ("not-met", "not-taken")
    for change in ({"period": when("2026-01-01/2026-02-28")}, {"codings": (Coding("s", "other"),)}, {"period": None}):
        other = drug(STEROID, **{"status": "stopped", "codings": PREDNISONE, "reference": "M/s", **change})
        assert said(NOW, facts(dose, other))[2] == "then-only"


def test_a_washout_opens_on_the_day_after_the_period() -> None:
    """Stopped on 1 July 2025, it is within 12 months until 1 July 2026."""
    stopped = steroid(status="stopped", period="2025-01-01/2025-07-01")
    decision = decided(YEAR, facts(stopped), number="E01")
    assert (decision.outcome, decision.opens, decision.closes) == (Outcome.FAIL, date(2026, 7, 2), None)
    assert decided(YEAR, facts(steroid()), number="E01").opens is None
    assert decided(NOW, facts(steroid(period="2026-01-01/2026-07-15")), number="E01").opens is None


def test_a_period_in_the_past_is_entered_and_left() -> None:
    """Begun on 20 June and ended the same day, it lies in the two weeks from 20 July to 3 August."""
    dose = steroid(kind="administration", status="completed", period="2026-06-20")
    decision = decided(BEFORE, facts(dose), number="E01")
    assert (decision.outcome, decision.opens, decision.closes) == (Outcome.PASS, None, date(2026, 7, 20))
    inside = decided(BEFORE, facts(dose), date(2026, 7, 20), number="E01")
    assert (inside.outcome, inside.opens) == (Outcome.FAIL, date(2026, 8, 4))


def test_the_order_of_the_record_does_not_matter() -> None:
    """The same entries in another order make the same finding."""
    entries = [steroid(reference=f"M/{n}", status=s) for n, s in enumerate(("stopped", "unknown", "on-hold"))]
    assert finding(NOW, facts(*entries), AS_OF) == finding(NOW, facts(*reversed(entries)), AS_OF)
