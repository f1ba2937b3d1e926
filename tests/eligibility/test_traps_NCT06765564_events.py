"""The traps of surgery, injuries and pregnancy of NCT06765564, from a record to the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
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
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
CLOSED = {"closed_world": True}
APPENDIX, GASTROSTOMY, BLOOD, PUNCTURE = "80146002", "54956002", "82078001", "277762005"
CLASS = concept(SNOMED, "387713003")


def injured(onset: str | None, **more: Any) -> Resource:
    """A broken forearm."""
    return entry(ICD10, "S52.5", onsetDateTime=onset, **more)


@pytest.mark.parametrize(
    CASES,
    [
        case("surgery a month ago", "met", done(APPENDIX, "2026-05-30")),
        case("surgery a month and a day ago", "not-met", done(APPENDIX, "2026-05-29"), **CLOSED),
        case(
            "surgery 31 days ago, of a month of 31 days", "met", done(APPENDIX, "2026-05-30"), as_of=date(2026, 6, 30)
        ),
        case("a month before the end of March", "met", done(APPENDIX, "2026-02-28"), as_of=date(2026, 3, 31)),
        case("surgery today", "met", done(APPENDIX, "2026-06-30")),
        case("surgery tomorrow", "not-met", done(APPENDIX, "2026-07-01"), **CLOSED),
        case("surgery by its class", "met", done("387713003", "2026-06-15")),
        case("gastrostomy", "met", done(GASTROSTOMY, "2026-06-15")),
        case("tracheostomy", "met", done("287439000", "2026-06-15")),
        case("a blood sample", "unknown", done(BLOOD, "2026-06-15")),
        case("a lumbar puncture in the class of surgery", "unknown", done(PUNCTURE, "2026-06-15", category=CLASS)),
        case("another procedure in the class of surgery", "met", done("1", "2026-06-15", category=CLASS)),
        case("a blood sample in a closed world", "not-met", done(BLOOD, "2026-06-15"), **CLOSED),
        case("undated", "unknown", done(APPENDIX), **CLOSED),
        case("of a year that straddles", "unknown", done(APPENDIX, "2026"), **CLOSED),
        case("of a month that straddles", "unknown", done(APPENDIX, "2026-05"), **CLOSED),
        case("of the month that is over today", "met", done(APPENDIX, "2026-06")),
        case("of last year", "not-met", done(APPENDIX, "2025"), **CLOSED),
        case("not done", "not-met", done(APPENDIX, "2026-06-15", "not-done"), **CLOSED),
        case("being prepared", "not-met", done(APPENDIX, "2026-06-15", "preparation"), **CLOSED),
        case("entered in error", "not-met", done(APPENDIX, "2026-06-15", "entered-in-error"), **CLOSED),
        case("broken off", "review", done(APPENDIX, "2026-06-15", "stopped")),
        case(
            "over a period that reaches in",
            "met",
            done(APPENDIX, None, performedPeriod={"start": "2026-05-29", "end": "2026-05-30"}),
        ),
        case("in words", "review", in_words("Appendectomy", done(APPENDIX, "2026-06-15"))),
        case("a fracture a month ago", "met", injured("2026-05-30")),
        case("a fracture a month and a day ago", "not-met", injured("2026-05-29"), **CLOSED),
        case("a fracture of long ago that still heals", "not-met", injured("2026-03-01", clinical="active"), **CLOSED),
        case("a fracture of lately that is healed", "met", injured("2026-06-01", clinical="resolved")),
        case("a fracture, nobody knows when", "unknown", injured(None), **CLOSED),
        case("a fracture entered long ago", "not-met", injured(None, recordedDate="2026-03-01"), **CLOSED),
        case("a fracture entered lately", "unknown", injured(None, recordedDate="2026-06-20"), **CLOSED),
        case("refuted", "not-met", injured("2026-06-15", verification="refuted"), **CLOSED),
        case("provisional", "unknown", injured("2026-06-15", verification="provisional"), **CLOSED),
        case("of the mother", "not-met", of_family(ICD10, "S52.5"), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("an unknown procedure in a closed world", "review", done("1", "2026-06-15"), **CLOSED),
    ],
)
def test_e20(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Surgery done, or an injury that happened, within a calendar month, that day included; small things are none."""
    assert verdict(f"{TRIAL}-E20", *record, **options) == expected


def test_e20_opens_when_the_month_is_over() -> None:
    """The day after the month is over the operation does not count, if nothing else is on record."""
    found = criterion(f"{TRIAL}-E20", done(APPENDIX, "2026-06-15"), **CLOSED)
    assert (found.outcome, found.opens, "2026-06-15" in found.reason) == ("fail", "2026-07-16", True)
    assert [one.reference for one in found.evidence] == [f"Procedure/procedure-{APPENDIX}"]
    assert criterion(f"{TRIAL}-E20", done(APPENDIX)).outcome == "confirm"


MAN = patient(gender="male")
STATUS, TEST = "82810-3", "2106-3"


def said(code: str, value: str, on: str = "2026-06-20", **more: Any) -> Resource:
    """A coded result."""
    return result(code, None, on, valueCodeableConcept=concept(SNOMED, value), **more)


PREGNANT, NOT_PREGNANT, POSITIVE, NEGATIVE = "77386006", "60001007", "10828004", "260385009"


@pytest.mark.parametrize(
    CASES,
    [
        case("a man", "not-met", MAN),
        case("a man, and a pregnancy on record", "review", MAN, entry(SNOMED, PREGNANT, onsetDateTime="2026-05-01")),
        case("a woman, nothing on file", "unknown"),
        case("a woman in a closed world", "not-met", **CLOSED),
        case("no gender", "unknown", patient(gender=None)),
        case("another gender", "unknown", patient(gender="other")),
        case("pregnant", "met", entry(SNOMED, PREGNANT, clinical="active", onsetDateTime="2026-05-01")),
        case("pregnant by status", "met", said(STATUS, PREGNANT)),
        case("pregnant by test", "met", said(TEST, POSITIVE)),
        case("not pregnant by test", "unknown", said(TEST, NEGATIVE)),
        case("not pregnant by test, in a closed world", "not-met", said(TEST, NEGATIVE), **CLOSED),
        case("not pregnant by status, in a closed world", "not-met", said(STATUS, NOT_PREGNANT), **CLOSED),
        case("a test 28 days old", "not-met", said(TEST, NEGATIVE, "2026-06-02"), **CLOSED),
        case("a positive test of years ago", "unknown", said(TEST, POSITIVE, "2020-01-01"), **CLOSED),
        case(
            "a pregnancy that is over",
            "not-met",
            entry(SNOMED, PREGNANT, clinical="resolved", abatementDateTime="2026-06-20"),
            **CLOSED,
        ),
        case(
            "the expected date of delivery has passed",
            "not-met",
            said(STATUS, PREGNANT, "2026-06-05"),
            result("11778-8", None, "2026-01-15", valueDateTime="2026-06-10"),
            **CLOSED,
        ),
        case("a delivery to come", "met", result("11778-8", None, "2026-05-01", valueDateTime="2026-11-20")),
        case("refuted", "unknown", entry(SNOMED, PREGNANT, verification="refuted")),
        case("entered in error", "unknown", entry(SNOMED, PREGNANT, verification="entered-in-error")),
        case("the wife is pregnant", "not-met", MAN, entry(SNOMED, "160884000")),
        case("an amount of the hormone", "unknown", result("19080-1", "5000 m[IU]/mL")),
        case("breastfeeding", "met", entry(SNOMED, "169745008", clinical="active", onsetDateTime="2026-06-10")),
        case(
            "breastfeeding, not pregnant",
            "met",
            said(TEST, NEGATIVE),
            entry(ICD10, "Z39.1", onsetDateTime="2026-06-10"),
        ),
        case(
            "breastfeeding that is over",
            "not-met",
            entry(SNOMED, "169745008", clinical="resolved", abatementDateTime="2026-06-20"),
            **CLOSED,
        ),
        case("a test withdrawn", "unknown", said(TEST, POSITIVE, status="entered-in-error")),
        case("of a day to come", "unknown", said(TEST, POSITIVE, "2026-07-01")),
    ],
)
def test_e21(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Pregnant or breastfeeding by the latest that is on file of 28 days; no man is, unless his record says so."""
    assert verdict(f"{TRIAL}-E21", *record, **options) == expected


def test_e21_says_why_a_man_passes_and_asks_a_woman() -> None:
    """His gender is the evidence; her pregnancy is for a person to confirm."""
    his, hers = criterion(f"{TRIAL}-E21", MAN), criterion(f"{TRIAL}-E21")
    assert (his.outcome, [one.reference for one in his.evidence]) == ("pass", ["Patient/p"])
    assert (hers.outcome, hers.basis) == ("confirm", "no-record")


def test_a_code_of_icd_10_cm_is_none_of_the_who() -> None:
    """What only one edition has is read only under its system."""
    assert verdict(f"{TRIAL}-E21", entry(ICD10CM, "O09.90", onsetDateTime="2026-05-01")) == "met"
    assert verdict(f"{TRIAL}-E21", entry(ICD10, "O09.90", onsetDateTime="2026-05-01")) == "unknown"
