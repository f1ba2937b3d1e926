"""Whether a procedure was done, ever or within a period; is going on; is planned; or was undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.criteria.model import AnyOf, Not, Recorded
from alsfhir.criteria.model import Procedure as Asked
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Procedure
from eligibility_samples import decided, facts, finding, months, procedure, said, verdict, when

TRACHEOSTOMY = "tracheostomy"
EVER = Asked(concept=TRACHEOSTOMY)
NOW = Asked(concept=TRACHEOSTOMY, when="current")
MONTH = Asked(concept=TRACHEOSTOMY, within=months(1))
PLANNED = Asked(concept=TRACHEOSTOMY, when="planned")
OPEN = Asked(concept="gastrostomy", undone_by="minor-procedure")


def tracheostomy(on: str | None = None, **more: Any) -> Procedure:
    """A completed tracheostomy, undated unless given."""
    return procedure(TRACHEOSTOMY, when=when(on) if on else None, **more)


def test_nothing_on_file_is_not_an_absence() -> None:
    """No entry: unknown; a Procedure that could not be read may have been it; a closed world takes it as absent."""
    assert said(EVER, facts()) == ("unknown", "no-record", "no-record")
    lost = frozenset({"Procedure"})
    assert said(EVER, facts(unreadable=lost), closed_world=True) == ("unknown", "unusable", "unreadable")
    assert said(EVER, facts(unreadable=frozenset({"Device"})), closed_world=True)[0] == "not-met"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("completed", ("on-record", "not-current", "on-record", None)),
        ("in-progress", ("on-record", "on-record", "on-record", None)),
        ("on-hold", ("on-hold", "on-hold", "on-hold", "on-hold")),
        ("stopped", ("broken-off", "broken-off", "broken-off", None)),
        ("preparation", (None, None, None, "planned")),
        ("not-done", (None, None, None, None)),
        ("entered-in-error", (None, None, None, None)),
        ("unknown", ("no-status", "no-status", "no-status", "no-status")),
        ("brewed", ("no-status", "no-status", "no-status", "no-status")),
    ],
)
def test_a_status_says_what_was_done(status: str, expected: tuple[str | None, ...]) -> None:
    """Ever, now, within the last month, and whether it is planned; ``None``: as if it were not there."""
    found = facts(tracheostomy("2026-06-10", status=status))
    assert tuple(said(atom, found)[2] for atom in (EVER, NOW, MONTH, PLANNED)) == tuple(
        cause or "no-record" for cause in expected
    )


def test_what_a_cause_means_for_the_verdict() -> None:
    """Done and planned are met, broken off is for a person, of an unknown status nothing is known."""
    for status, value in (("completed", "met"), ("stopped", "review"), ("on-hold", "review"), ("unknown", "unknown")):
        assert said(EVER, facts(tracheostomy(status=status)))[0] == value
    assert said(PLANNED, facts(tracheostomy(status="preparation")))[0] == "met"
    assert said(NOW, facts(tracheostomy("2026-06-10")))[0] == "not-met"


def test_an_unusable_entry_stands_in_the_way() -> None:
    """Whatever its status says."""
    for status in ("completed", "preparation"):
        entry = tracheostomy("2026-06-10", status=status, unusable="unknown modifier extension")
        assert [said(atom, facts(entry))[2] for atom in (EVER, NOW, MONTH, PLANNED)] == ["unusable"] * 4


@pytest.mark.parametrize(
    ("on", "status", "expected"),
    [
        (None, "completed", "undated"),
        ("2026-06-29", "completed", "not-current"),
        ("2026-06-30", "completed", "then-only"),
        ("2026-06", "completed", "partial-date"),
        ("2026-06-01/2026-06-29", "completed", "not-current"),
        ("2026-06-01/2026-06-30", "completed", "on-record"),
        ("2026-06-01/2026-07-30", "completed", "on-record"),
        ("2026-06-01/2026-06", "completed", "partial-date"),
        ("2026-06-01/", "completed", "undated"),
        (None, "in-progress", "on-record"),
        ("2020-01-01", "in-progress", "on-record"),
        ("2020-01-01/", "in-progress", "on-record"),
        ("2020-01-01/2026-06-29", "in-progress", "not-current"),
        ("2020-01-01/2026", "in-progress", "partial-date"),
        ("2026", "in-progress", "partial-date"),
        ("2026-07-01", "in-progress", "no-record"),
    ],
)
def test_current_is_what_goes_on_on_the_as_of_date(on: str | None, status: str, expected: str) -> None:
    """By its period; a day alone only says that it was done on it."""
    assert said(NOW, facts(tracheostomy(on, status=status)))[2] == expected


@pytest.mark.parametrize(
    ("on", "status", "expected"),
    [
        (None, "completed", "undated"),
        ("2026-05-30", "completed", "on-record"),
        ("2026-05-29", "completed", "outside-window"),
        ("2026-05", "completed", "partial-date"),
        ("2026", "completed", "partial-date"),
        ("2026-05-01/2026-05-30", "completed", "on-record"),
        ("2026-05-01/2026-05-29", "completed", "outside-window"),
        ("2026-05-01/", "completed", "undated"),
        ("2026-06-01/", "completed", "on-record"),
        (None, "in-progress", "on-record"),
        ("2020-01-01", "in-progress", "on-record"),
        ("2020-01-01", "stopped", "outside-window"),
        (None, "stopped", "broken-off"),
    ],
)
def test_within_a_period_is_what_overlaps_it(on: str | None, status: str, expected: str) -> None:
    """A calendar month back from 30 June is 30 May, included."""
    assert said(MONTH, facts(tracheostomy(on, status=status)))[2] == expected


def test_ever_needs_no_date() -> None:
    """Undated history counts; what may be later than the as-of date is open."""
    assert said(EVER, facts(tracheostomy())) == ("met", "evidence", "on-record")
    assert said(EVER, facts(tracheostomy("2026"))) == ("unknown", "unusable", "partial-date")


def test_case_17_what_is_taken_out_does_not_count() -> None:
    """The patient's own stem cells are no other person's; a kidney of 2005 is."""
    grafts = Asked(concept="stem-cell-transplant", minus=("autologous-stem-cell-transplant",))
    atom = AnyOf(of=(grafts, Asked(concept="organ-transplant")))
    own = procedure("stem-cell-transplant", "autologous-stem-cell-transplant")
    assert str(verdict(atom, facts(own)).value) == "unknown"
    assert str(verdict(atom, facts(own), closed_world=True).value) == "not-met"
    kidney = procedure("organ-transplant", when=when("2005"))
    assert str(verdict(atom, facts(own, kidney)).value) == "met"


def test_a_broader_procedure_leaves_it_open() -> None:
    """Tube feeding may be one through a gastrostomy; but not where it was over before the period."""
    atom = Asked(concept="tube-feeding", within=months(1))
    broader = procedure("tube-feeding-of-any-kind", when=when("2026-06-10"))
    assert said(atom, facts(broader)) == ("unknown", "unusable", "broader")
    assert said(atom, facts(procedure("tube-feeding-of-any-kind", when=when("2020"))))[2] == "no-record"
    both = procedure("tube-feeding", "tube-feeding-of-any-kind", when=when("2026-06-10"))
    assert said(atom, facts(both))[2] == "on-record"


def test_an_entry_in_words_is_for_a_person() -> None:
    """A plan in words is one for what is planned alone."""
    words = procedure(text="Tracheostomy, surgical")
    assert said(EVER, facts(words)) == ("review", "judgement", "text-only")
    planned = procedure(text="Tracheostomy", status="preparation")
    assert [said(atom, facts(planned))[2] for atom in (EVER, PLANNED)] == ["no-record", "text-only"]
    assert said(EVER, facts(procedure(text="Haircut")), closed_world=True)[2] == "unrecognised"


def closed(on: str | None, **more: Any) -> Procedure:
    """What undoes a gastrostomy."""
    return procedure("minor-procedure", when=when(on) if on else None, **more)


@pytest.mark.parametrize(
    ("made", "undone", "expected"),
    [
        ("2024-01-01", closed("2025-01-01"), "undone"),
        ("2024-01-01", closed("2023-01-01"), "on-record"),
        ("2024-01-01", closed("2024"), "undone-order"),
        ("2024-01-01", closed("2024-01-01"), "undone-order"),
        ("2024-01-01T08:00:00Z", closed("2024-01-01T09:00:00Z"), "undone"),
        ("2024-01-01T08:00:00Z", closed("2024-01-01T07:00:00Z"), "on-record"),
        ("2024-01-01", closed(None), "undone-order"),
        (None, closed("2025-01-01"), "undone-order"),
        ("2024-01-01", closed("2026-07-01"), "on-record"),
        ("2024-01-01", closed("2026"), "undone-order"),
        ("2024-01-01", closed("2025-01-01", status="preparation"), "on-record"),
        ("2024-01-01", closed("2025-01-01", status="not-done"), "on-record"),
        ("2024-01-01", closed("2025-01-01", status="stopped"), "undone-order"),
        ("2024-01-01", closed("2025-01-01", unusable="unknown modifier extension"), "undone-order"),
    ],
)
def test_a_later_procedure_may_undo_it(made: str | None, undone: Procedure, expected: str) -> None:
    """If it was done, and which came later is on record; else a person looks at it."""
    found = facts(procedure("gastrostomy", when=when(made) if made else None), undone)
    values = {"undone": "not-met", "on-record": "met", "undone-order": "review"}
    assert said(OPEN, found)[::2] == (values[expected], expected)


def test_one_that_was_made_anew_counts() -> None:
    """Made, closed, and made again; and the closure is shown beside one that was undone."""
    first = procedure("gastrostomy", when=when("2020-01-01"), reference="Procedure/first")
    again = procedure("gastrostomy", when=when("2026-01-01"), reference="Procedure/again")
    assert [fact.reference for fact in finding(OPEN, facts(first, closed("2021-01-01"), again)).facts] == [
        "Procedure/again"
    ]
    assert [fact.reference for fact in finding(OPEN, facts(first, closed("2021-01-01"))).facts] == [
        "Procedure/first",
        "Procedure/minor-procedure",
    ]


def test_a_month_after_surgery_the_way_is_open() -> None:
    """Done on 31 May, it is within a month until 30 June, and on 30 June still."""
    decision = decided(MONTH, facts(tracheostomy("2026-05-31")), number="E01")
    assert (decision.outcome, decision.opens) == (Outcome.FAIL, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "met"),
        ({"status": "in-progress"}, "met"),
        ({"status": "preparation"}, "not-met"),
        ({"status": "stopped"}, "not-met"),
        ({"status": "unknown"}, "not-met"),
        ({"unusable": "no code"}, "not-met"),
        ({"on": "2026"}, "not-met"),
        ({"on": "2026-07-01"}, "not-met"),
    ],
)
def test_on_record_is_what_was_done(given: dict[str, Any], expected: str) -> None:
    """The two-valued test finds procedures as well as conditions."""
    assert said(Recorded(concept=TRACHEOSTOMY), facts(tracheostomy(**given)))[0] == expected
    assert str(verdict(Not(of=Recorded(concept=TRACHEOSTOMY)), facts()).value) == "met"
