"""The traps of the tumours and organs that NCT06765564 looks at, from a record to the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
    ALS,
    ICD10,
    ICD10CM,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    done,
    entry,
    in_words,
    of_family,
    order,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
CLOSED = {"closed_world": True}
RESPIRATORY = "409622000"
SEVERE, MODERATE = concept(SNOMED, "24484000"), concept(SNOMED, "6736007")


@pytest.mark.parametrize(
    CASES,
    [
        case("malignant", "met", entry(SNOMED, "363346000")),
        case("resolved", "met", entry(SNOMED, "254837009", clinical="resolved", abatementDateTime="2020-01-01")),
        case("in remission", "met", entry(ICD10, "C91.0", clinical="remission")),
        case("of the skin", "met", entry(ICD10, "C44.9")),
        case("neuroendocrine", "met", entry(ICD10CM, "C7A.00")),
        case("a history", "met", entry(ICD10, "Z85.3")),
        case("in situ", "unknown", entry(ICD10, "D05.1")),
        case("in situ in a closed world", "not-met", entry(ICD10, "D05.1"), **CLOSED),
        case("benign in a closed world", "not-met", entry(ICD10, "D17.9"), entry(ICD10CM, "D3A.00"), **CLOSED),
        case("of uncertain behaviour in a closed world", "review", entry(ICD10, "D47.9"), **CLOSED),
        case("of the family", "unknown", entry(ICD10, "Z80.3")),
        case("of the mother", "not-met", of_family(ICD10, "C50.9"), **CLOSED),
        case("refuted", "unknown", entry(ICD10, "C50.9", verification="refuted")),
        case("refuted in a closed world", "not-met", entry(ICD10, "C50.9", verification="refuted"), **CLOSED),
        case("provisional", "unknown", entry(ICD10, "C50.9", verification="provisional"), **CLOSED),
        case("entered in error", "not-met", entry(ICD10, "C50.9", verification="entered-in-error"), **CLOSED),
        case("in words", "review", in_words("malignant tumour", entry(ICD10, "C50.9"))),
        case("of later", "unknown", entry(ICD10, "C50.9", onsetDateTime="2026-07-01")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Any malignant tumour at any time, without exception; in situ, benign, or of a relative is none."""
    assert verdict(f"{TRIAL}-E04", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("now", "met", entry(SNOMED, RESPIRATORY, clinical="active")),
        case("chronic", "met", entry(ICD10, "J96.1")),
        case("acute and resolved", "not-met", entry(ICD10, "J96.0", clinical="resolved")),
        case("over by its date", "not-met", entry(ICD10, "J96.0", abatementDateTime="2026-01-01")),
        case(
            "over in a month that straddles",
            "unknown",
            entry(ICD10, "J96.0", abatementDateTime="2026-06"),
            as_of=date(2026, 6, 15),
        ),
        case("in remission", "review", entry(ICD10, "J96.1", clinical="remission")),
        case(
            "one over, one lasting",
            "met",
            entry(ICD10, "J96.0", clinical="resolved"),
            entry(ICD10, "J96.1", clinical="active"),
        ),
        case("refuted", "not-met", entry(ICD10, "J96.1", verification="refuted")),
        case("provisional", "unknown", entry(ICD10, "J96.1", verification="provisional")),
        case("entered in error", "unknown", entry(ICD10, "J96.1", verification="entered-in-error")),
        case("carbon dioxide alone", "unknown", result("2019-8", "60 mm[Hg]")),
        case("non-invasive ventilation alone", "unknown", done("428311008", "2026-06-01")),
        case("the restriction due to ALS", "unknown", entry(SNOMED, "103851000119100")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e06(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A failure that lasts; an episode that is over does not count, nor do a gas or a mask alone."""
    assert verdict(f"{TRIAL}-E06", *record, **options) == expected


def test_e06_shows_the_gas_and_the_mask() -> None:
    """They are evidence beside an entry, and beside none."""
    found = criterion(f"{TRIAL}-E06", result("2019-8", "60 mm[Hg]"), done("428311008", "2026-06-01"))
    assert {one.reference for one in found.evidence} == {
        "Observation/observation-2019-8",
        "Procedure/procedure-428311008",
    }
    assert found.outcome == "confirm"


RAISED, TUMOUR = entry(ICD10, "G93.2", clinical="active"), entry(ICD10, "C71.9", clinical="active")


@pytest.mark.parametrize(
    CASES,
    [
        case("both", "met", RAISED, TUMOUR),
        case("the pressure alone", "review", RAISED),
        case("the disease alone", "review", TUMOUR),
        case("hydrocephalus", "review", entry(SNOMED, "230745008")),
        case("both, the disease over", "review", RAISED, entry(ICD10, "C71.9", clinical="resolved")),
        case(
            "both over",
            "unknown",
            entry(ICD10, "G93.2", clinical="resolved"),
            entry(ICD10, "C71.9", clinical="resolved"),
        ),
        case("the pressure ruled out", "review", entry(ICD10, "G93.2", verification="refuted"), TUMOUR),
        case("the pressure alone, ruled out", "not-met", entry(ICD10, "G93.2", verification="refuted"), **CLOSED),
        case("the pressure provisional", "review", entry(ICD10, "G93.2", verification="provisional"), TUMOUR),
        case("provisional alone", "unknown", entry(ICD10, "G93.2", verification="provisional"), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e11(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Raised pressure and an organic disease in the skull together; one of the two a person judges."""
    assert verdict(f"{TRIAL}-E11", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("severe, with complications", "met", entry(ICD10, "E11.4", severity=SEVERE)),
        case("with complications", "review", entry(ICD10, "E11.2")),
        case("moderate, with complications", "review", entry(ICD10, "E11.2", severity=MODERATE)),
        case("with unspecified complications", "unknown", entry(ICD10, "E11.8"), **CLOSED),
        case("severe, without complications", "not-met", entry(ICD10, "E11.9", severity=SEVERE), **CLOSED),
        case("an acute derailment", "not-met", entry(ICD10, "E11.1"), **CLOSED),
        case("too little sugar", "not-met", entry(ICD10CM, "E11.649"), **CLOSED),
        case("gout", "review", entry(SNOMED, "90560007")),
        case("gout that is over", "not-met", entry(SNOMED, "90560007", clinical="resolved"), **CLOSED),
        case("rheumatoid arthritis", "review", entry(SNOMED, "69896004")),
        case("osteoarthritis", "review", entry(ICD10, "M17.9")),
        case("severe osteoarthritis", "review", entry(ICD10, "M17.9", severity=SEVERE)),
        case("ALS alone", "unknown", ALS),
        case("ALS alone in a closed world", "not-met", ALS, **CLOSED),
        case("a limp, as ALS brings it", "not-met", ALS, entry(ICD10, "R26.8"), **CLOSED),
        case("refuted", "not-met", entry(ICD10, "E11.4", verification="refuted"), **CLOSED),
        case("provisional", "unknown", entry(SNOMED, "90560007", verification="provisional"), **CLOSED),
        case("of the mother", "not-met", of_family(SNOMED, "90560007"), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e19(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Severe and complicated diabetes decides if both are on record; a disease of joints is put to a person."""
    assert verdict(f"{TRIAL}-E19", *record, **options) == expected


@pytest.mark.parametrize(
    "record", [(), (entry(ICD10, "E11.9"),), (order(SNOMED, "1"),)], ids=["nothing", "a disease", "a drug"]
)
def test_e22(record: tuple[Resource, ...]) -> None:
    """What the investigator holds against taking part no record says."""
    found = criterion(f"{TRIAL}-E22", *record, closed_world=True)
    assert (found.verdict, found.outcome, found.basis) == ("review", "confirm", "judgement")
