"""The traps of riluzole in NCT03828123-I02: changes, renewals, doses and supplies, and where the drug is named."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    LOCAL,
    RXNORM,
    Resource,
    case,
    criterion,
    given,
    handed_over,
    order,
    verdict,
)
from riluzole_records import ONCE, RILUZOLE, TABLET, TWICE, during, ordered, taken

ASKED = "NCT03828123-I02"
CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}


@pytest.mark.parametrize(
    CASES,
    [
        case("5 weeks ago", "not-met", during("2025-01-01/2026-05-25", times=1), during("2026-05-26/")),
        case("exactly 2 months ago", "met", during("2025-01-01/2026-04-29", times=1), during("2026-04-30/")),
        case(
            "a day less than 2 months ago", "not-met", during("2025-01-01/2026-04-30", times=1), during("2026-05-01/")
        ),
        case("of the strength", "not-met", during("2025-01-01/2026-05-25", "25 mg"), during("2026-05-26/")),
        case(
            "and back again",
            "not-met",
            during("2025-01-01/2026-05-09"),
            during("2026-05-10/2026-05-19", times=1),
            during("2026-05-20/"),
        ),
        case("long ago", "met", during("2020-01-01/2024-12-31", times=1), during("2025-01-01/")),
        case("only of the words", "met", during("2025-01-01/2026-05-25", id="a"), during("2026-05-26/", "50.0 mg")),
        case("of the unit", "met", during("2025-01-01/2026-05-25"), during("2026-05-26/", "0.05 g")),
        case("in a planned order", "met", during("2025-01-01/"), during("2026-06-01/", times=1, intent="plan")),
        case("of later", "met", during("2025-01-01/"), during("2026-07-10/", times=1)),
        case("two at a time for long", "review", during("2025-01-01/"), during("2025-01-01/", times=1, id="b")),
        case(
            "coded beside in words",
            "review",
            during("2025-01-01/2026-05-25"),
            ordered("2026-05-26", {"text": "50 mg twice daily"}),
        ),
    ],
)
def test_i02_changes_of_the_dosage(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Another dosage within the two months is a change; the same one written differently is none."""
    assert verdict(ASKED, *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("the next day", "met", during("2025-01-01/2026-05-09"), during("2026-05-10/")),
        case("overlapping", "met", during("2025-01-01/2026-05-20"), during("2026-05-10/")),
        case(
            "month by month",
            "met",
            during("2026-03-15/2026-04-14"),
            during("2026-04-15/2026-05-14"),
            during("2026-05-15/2026-06-14"),
            during("2026-06-15/2026-07-14", status="active"),
        ),
        case("a gap", "unknown", during("2025-01-01/2026-05-09"), during("2026-05-20/")),
        case("a gap long ago", "met", during("2025-01-01/2026-02-09"), during("2026-03-20/")),
        case("after a break of months", "not-met", during("2025-01-01/2026-02-09"), during("2026-05-20/")),
        case("one without an end", "unknown", ordered("2026-01-10", status="completed"), during("2026-05-10/")),
        case("an order and a statement", "met", taken("2025-01-01/2026-05-09", "completed"), during("2026-05-10/")),
        case("one without a dosage", "unknown", ordered("2026-05-10", None, id="b"), during("2026-01-01/")),
    ],
)
def test_i02_renewals(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The same dosage ordered again is no change; a gap between two orders leaves it open what was taken."""
    assert verdict(ASKED, *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("a dose alone", "unknown", given(RXNORM, RILUZOLE, "2026-06-29")),
        case("a dose of years ago", "unknown", given(RXNORM, RILUZOLE, "2020-01-01")),
        case("a dose, in a closed world", "unknown", given(RXNORM, RILUZOLE, "2026-06-29"), **CLOSED),
        case("a dose beside the order", "met", given(RXNORM, RILUZOLE, "2026-06-29"), during("2026-01-01/")),
        case("a supply alone", "unknown", handed_over(RXNORM, RILUZOLE, "2026-06-10", 30)),
        case(
            "a supply beside the order",
            "met",
            handed_over(RXNORM, RILUZOLE, "2026-06-10", 30, dosageInstruction=[TWICE]),
            during("2026-01-01/"),
        ),
        case(
            "a supply of another dosage",
            "not-met",
            handed_over(RXNORM, RILUZOLE, "2026-06-10", 30, dosageInstruction=[ONCE]),
            during("2026-01-01/"),
        ),
        case(
            "a dose beside a statement that it is stopped",
            "not-met",
            given(RXNORM, RILUZOLE, "2026-05-01"),
            taken("2025-01-01/2026-06-01", "stopped"),
        ),
    ],
)
def test_i02_doses_and_supplies(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """What was given or handed over shows that it was taken, and not how it is taken now."""
    assert verdict(ASKED, *record, **options) == expected


MEDICATION = {"resourceType": "Medication", "id": "m", "code": {"coding": [{"system": RXNORM, "code": TABLET}]}}
UUID = "urn:uuid:5b2d6c6e-0d0e-4c53-9b3e-0c6a3a1f2a11"


def referring(to: str, **more: Any) -> Resource:
    """An order of what another resource names."""
    made = ordered("2026-01-10", medicationCodeableConcept=None, medicationReference={"reference": to})
    return made | {"id": "referring"} | more


@pytest.mark.parametrize(
    CASES,
    [
        case("contained", "met", referring("#m", contained=[MEDICATION])),
        case("of the file", "met", referring("Medication/m"), MEDICATION),
        case("by a UUID", "met", referring(UUID), MEDICATION | {"id": UUID}),
        case("not in the file", "unknown", referring("Medication/m")),
        case("not in the file, in a closed world", "review", referring("Medication/m"), **CLOSED),
        case(
            "its name in the reference",
            "review",
            referring("Medication/m", medicationReference={"reference": "Medication/m", "display": "Riluzole"}),
        ),
        case(
            "an ingredient",
            "met",
            referring(
                "#m",
                contained=[
                    {
                        "resourceType": "Medication",
                        "id": "m",
                        "ingredient": [{"itemCodeableConcept": MEDICATION["code"]}],
                    }
                ],
            ),
        ),
        case(
            "another drug",
            "unknown",
            referring("#m", contained=[MEDICATION | {"code": {"coding": [{"system": ATC, "code": "N07XX14"}]}}]),
        ),
        case("under our own system", "unknown", order(LOCAL, RILUZOLE, "2026-01-10", dosageInstruction=[TWICE])),
    ],
)
def test_i02_where_the_medication_is_named(
    expected: str, record: tuple[Resource, ...], options: dict[str, Any]
) -> None:
    """A Medication is looked up wherever it is; one that is not in the file may be riluzole."""
    assert verdict(ASKED, *record, **options) == expected


def test_i02_says_what_was_compared_and_when_it_opens() -> None:
    """The reason names the resource and its dosage; a recent start opens two calendar months later."""
    stable = criterion(ASKED, ordered("2026-01-10"))
    assert (stable.outcome, stable.basis, stable.opens, stable.closes) == ("pass", "evidence", None, None)
    assert [one.reference for one in stable.evidence] == [f"MedicationRequest/medicationrequest-{RILUZOLE}"]
    assert "50 mg 2 x per 1 d" in stable.reason
    assert "2 months" in stable.reason
    recent = criterion(ASKED, ordered("2026-06-15"))
    assert (recent.outcome, recent.opens) == ("fail", "2026-08-15")
    assert "2026-06-15" in recent.reason
    changed = criterion(ASKED, during("2025-01-01/2026-05-25", times=1), during("2026-05-26/"))
    assert (changed.outcome, changed.opens) == ("fail", "2026-07-26")
    assert {one.reference for one in changed.evidence} == {
        "MedicationRequest/order-2025-01-01-to-2026-05-25",
        "MedicationRequest/order-2026-05-26-to-",
    }
    assert (criterion(ASKED).outcome, criterion(ASKED, ordered("2026-01-10", None)).outcome) == ("confirm", "confirm")


def test_i02_a_closed_world_is_said() -> None:
    """Never taken is assumed there, and the record of it says so."""
    assert criterion(ASKED, **CLOSED).basis == "no-record"
