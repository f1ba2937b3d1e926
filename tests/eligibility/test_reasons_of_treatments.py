"""Why a drug, a procedure, a device or nutrition has its verdict, in words."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import AnyOf, Device, Drug, Duration, Node, Nutrition, Procedure, Recorded
from alsfhir.patient.model import Facts
from alsfhir.terminology import Coding
from eligibility_samples import (
    condition,
    device,
    drug,
    explained,
    facts,
    months,
    nutrition,
    procedure,
    when,
)

STEROID = "corticosteroid"
YEAR = Drug(concept=STEROID, within=months(12))
STABLE = Drug(concept="riluzole", unchanged_for=months(2))
TRACHEOSTOMY = Procedure(concept="tracheostomy")
TUBE = Device(concept="nasogastric-tube")
PARENTERAL = Nutrition(concept="parenteral-nutrition")


def prednisone(**more: Any) -> Facts:
    """A record of one order of prednisone, active since 2 November 2025 unless otherwise given."""
    given: dict[str, Any] = {
        "reference": "MedicationRequest/x",
        "codings": (Coding("http://www.nlm.nih.gov/research/umls/rxnorm", "8640", "prednisone"),),
        "period": when("2025-11-02/"),
    }
    return facts(drug(STEROID, **(given | more)))


def riluzole(period: str, dosage: str | None, number: int = 1, **more: Any) -> Any:
    """An order of riluzole."""
    reference = f"MedicationRequest/{number}"
    return drug("riluzole", period=when(period), dosage=dosage, reference=reference, **more)


HERE = "(since 2025-11-02, MedicationRequest/x)"


@pytest.mark.parametrize(
    ("tree", "found", "reason"),
    [
        (
            YEAR,
            prednisone(),
            f"Treatment with corticosteroid within the last 12 months: prednisone, active {HERE}",
        ),
        (
            YEAR,
            prednisone(status="completed", period=when("2024-01-01/2025-05-30")),
            (
                "Corticosteroid is on record, but not within the 12 months before 2026-06-30: "
                "prednisone, completed (2024-01-01 to 2025-05-30, MedicationRequest/x)"
            ),
        ),
        (
            Drug(concept=STEROID, within=Duration(weeks=2), until=months(1)),
            prednisone(status="completed", period=when("2024-01-01/2025-05-30")),
            (
                "Corticosteroid is on record, but not within the 2 weeks that ended 1 month before 2026-06-30: "
                "prednisone, completed (2024-01-01 to 2025-05-30, MedicationRequest/x)"
            ),
        ),
        (
            YEAR,
            prednisone(status="stopped", period=None),
            (
                "Corticosteroid is on record, but not from when until when it was taken: "
                "prednisone, stopped (no date, MedicationRequest/x)"
            ),
        ),
        (
            Drug(concept=STEROID),
            prednisone(status="stopped"),
            f"Corticosteroid is on record, but not as taken now: prednisone, stopped {HERE}",
        ),
        (
            Drug(concept=STEROID),
            prednisone(status="not-taken", kind="statement"),
            f"Corticosteroid is on record as not taken: prednisone, not-taken {HERE}",
        ),
        (
            Drug(concept=STEROID),
            prednisone(status="completed", kind="administration", period=when("2025-11-02")),
            (
                "Corticosteroid was given, but whether it is still taken is not on record: "
                "prednisone, completed (2025-11-02, MedicationRequest/x)"
            ),
        ),
        (
            Drug(concept=STEROID),
            prednisone(status="on-hold"),
            f"Corticosteroid is on record, on hold: prednisone, on-hold {HERE}",
        ),
        (
            Drug(concept=STEROID),
            prednisone(intent=None),
            f"Corticosteroid is on record, but not whether it was ordered or only planned: prednisone, active {HERE}",
        ),
        (
            Drug(concept=STEROID),
            prednisone(unusable="unknown modifier extension"),
            (
                "Corticosteroid is on record, but the entry cannot be used: "
                f"prednisone, active, not usable: unknown modifier extension {HERE}"
            ),
        ),
        (
            Drug(concept=STEROID, systemic=True),
            prednisone(routes=(Coding("http://snomed.info/sct", "46713006"),)),
            f"Corticosteroid is on record, given by a local route: prednisone, active {HERE}",
        ),
        (
            Drug(concept=STEROID, minus=("local-corticosteroid",)),
            facts(),
            "Nothing on file about corticosteroid (not counting corticosteroid for local use)",
        ),
        (
            STABLE,
            facts(riluzole("2025-01-01/", "50 mg 2 x per 1 d")),
            (
                "Riluzole taken unchanged for at least 2 months: "
                "riluzole, active, 50 mg 2 x per 1 d (since 2025-01-01, MedicationRequest/1)"
            ),
        ),
        (
            STABLE,
            facts(riluzole("2026-06-01/", "50 mg 2 x per 1 d")),
            (
                "Riluzole was begun less than 2 months before 2026-06-30: "
                "riluzole, active, 50 mg 2 x per 1 d (since 2026-06-01, MedicationRequest/1)"
            ),
        ),
        (
            STABLE,
            facts(riluzole("2025-01-01/2026-06-01", "25 mg", status="completed"), riluzole("2026-06-01/", "50 mg", 2)),
            (
                "The dosage of riluzole changed in the 2 months before 2026-06-30: "
                "riluzole, completed, 25 mg (2025-01-01 to 2026-06-01, MedicationRequest/1); "
                "riluzole, active, 50 mg (since 2026-06-01, MedicationRequest/2)"
            ),
        ),
        (
            STABLE,
            facts(riluzole("2025-01-01/", None)),
            "Riluzole is on record, but not in which dosage: riluzole, active (since 2025-01-01, MedicationRequest/1)",
        ),
        (
            STABLE,
            facts(riluzole("2025-01-01/2026-05-10", "50 mg", status="completed"), riluzole("2026-06-01/", "50 mg", 2)),
            (
                "Riluzole is on record, but not for all of the 2 months before 2026-06-30: "
                "riluzole, active, 50 mg (since 2026-06-01, MedicationRequest/2); "
                "riluzole, completed, 50 mg (2025-01-01 to 2026-05-10, MedicationRequest/1)"
            ),
        ),
        (
            TRACHEOSTOMY,
            facts(procedure("tracheostomy", when=when("2020"))),
            "Tracheostomy at any time: tracheostomy, completed (2020, Procedure/tracheostomy)",
        ),
        (
            Procedure(concept="tracheostomy", when="planned"),
            facts(procedure("tracheostomy", status="preparation")),
            "Tracheostomy planned: tracheostomy, preparation (no date, Procedure/tracheostomy)",
        ),
        (
            Procedure(concept="gastrostomy", undone_by="minor-procedure"),
            facts(
                procedure("gastrostomy", when=when("2020")),
                procedure("minor-procedure", when=when("2021")),
            ),
            (
                "Gastrostomy was undone later: gastrostomy, completed (2020, Procedure/gastrostomy); "
                "minor-procedure, completed (2021, Procedure/minor-procedure)"
            ),
        ),
        (
            TRACHEOSTOMY,
            facts(procedure("tracheostomy", status="stopped")),
            "Tracheostomy is on record as broken off: tracheostomy, stopped (no date, Procedure/tracheostomy)",
        ),
        (
            Procedure(concept="tube-feeding"),
            facts(procedure("tube-feeding-of-any-kind")),
            (
                "On record is what may or may not be feeding by gastrostomy or nasogastric tube: "
                "tube-feeding-of-any-kind, completed (no date, Procedure/tube-feeding-of-any-kind)"
            ),
        ),
        (
            TUBE,
            facts(device("nasogastric-tube", status="inactive")),
            (
                "Nasogastric tube is on record, but not as in use: "
                "nasogastric-tube, inactive (no date, Device/nasogastric-tube)"
            ),
        ),
        (
            TUBE,
            facts(device(text="Nasogastric tube", reference="Device/words")),
            "An entry without a known code may be nasogastric tube: “Nasogastric tube”, active (no date, Device/words)",
        ),
        (
            PARENTERAL,
            facts(nutrition("parenteral-nutrition", status="revoked")),
            (
                "Total parenteral nutrition is on record, but not as ordered now: "
                "parenteral-nutrition, revoked (no date, NutritionOrder/parenteral-nutrition)"
            ),
        ),
        (
            Nutrition(concept="feeding-tube-route"),
            facts(nutrition("other-feeding-route", forms=frozenset({"enteral"}))),
            (
                "Nutrition by tube is ordered, but not known to be feeding by gastrostomy or nasogastric tube: "
                "other-feeding-route, active (no date, NutritionOrder/other-feeding-route)"
            ),
        ),
        (
            Recorded(concept="tracheostomy"),
            facts(procedure("tracheostomy")),
            "Tracheostomy is on record: tracheostomy, completed (no date, Procedure/tracheostomy)",
        ),
        (Recorded(concept="tracheostomy"), facts(), "No tracheostomy done on record"),
    ],
)
def test_what_is_on_record_is_said_with_its_state(tree: Node, found: Facts, reason: str) -> None:
    """Which entry, when, its status, and what it was compared with."""
    assert explained(tree, found, number="E01").reason == reason


@pytest.mark.parametrize(
    ("tree", "label", "resource"),
    [
        (YEAR, "corticosteroid", "MedicationDispense"),
        (TRACHEOSTOMY, "tracheostomy", "Procedure"),
        (TUBE, "nasogastric tube", "DeviceUseStatement"),
        (PARENTERAL, "total parenteral nutrition", "NutritionOrder"),
    ],
)
def test_nothing_on_file_is_never_called_an_absence(tree: Node, label: str, resource: str) -> None:
    """Unless the caller closed the world, and then it is said so."""
    assert explained(tree, facts()).reason == f"Nothing on file about {label}"
    absent = explained(tree, facts(), closed_world=True).reason
    assert absent == f"Nothing on file about {label}, taken as absent (closed world)"
    lost = explained(tree, facts(unreadable=frozenset({resource, "Observation"}))).reason
    assert lost == f"Nothing usable on file about {label}, but a {resource} that could not be read"


@pytest.mark.parametrize(
    ("tree", "entry", "reason"),
    [
        (YEAR, drug(text="x"), "No entry recognised as corticosteroid; 1 drug on file has no known code"),
        (
            TRACHEOSTOMY,
            procedure(text="x"),
            "No entry recognised as tracheostomy; 1 procedure on file has no known code",
        ),
        (TUBE, device(text="x"), "No entry recognised as nasogastric tube; 1 device on file has no known code"),
        (
            PARENTERAL,
            nutrition(text="x"),
            "No entry recognised as total parenteral nutrition; 1 order of nutrition on file has no known code",
        ),
    ],
)
def test_entries_of_the_same_kind_that_nobody_understands_are_counted(tree: Node, entry: Any, reason: str) -> None:
    """And not those of another kind."""
    other = condition(text="Falls")
    assert explained(tree, facts(entry, other)).reason == reason
    assert "no known code" not in explained(tree, facts(other)).reason


def test_each_kind_is_counted_once() -> None:
    """However many atoms ask for it."""
    tree = AnyOf(of=(YEAR, Drug(concept="riluzole"), TRACHEOSTOMY))
    found = facts(drug(text="x", reference="M/1"), drug(text="y", reference="M/2"), procedure(text="z"))
    assert explained(tree, found).reason == (
        "No entry recognised as corticosteroid; No entry recognised as riluzole; No entry recognised as tracheostomy; "
        "2 drugs on file have no known code; 1 procedure on file has no known code"
    )


def test_a_question_names_what_is_asked() -> None:
    """With the window; for a dosage also that it, and its changes, are asked for."""
    (need,) = explained(YEAR, facts()).needs
    assert need.concept == STEROID
    assert need.text == ("Confirmation whether this applies: treatment with corticosteroid within the last 12 months")
    (need,) = explained(STABLE, facts()).needs
    assert need.text == (
        "Confirmation whether this applies: riluzole taken unchanged for at least 2 months, "
        "with the dosage and its changes in the last 2 months"
    )


def test_the_evidence_has_the_date_of_taking() -> None:
    """As it is written, and what was taken in which dosage."""
    (one,) = explained(YEAR, prednisone(dosage="5 mg 1 x per 1 d"), number="E01").evidence
    assert (one.reference, one.date, one.value) == (
        "MedicationRequest/x",
        "2025-11-02/",
        "prednisone, active, 5 mg 1 x per 1 d",
    )
