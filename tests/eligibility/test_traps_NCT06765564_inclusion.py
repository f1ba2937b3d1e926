"""The traps of the inclusion criteria of NCT06765564, the whole way from a record to the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    HL7,
    ICD10,
    ICD10CM,
    SNOMED,
    Resource,
    case,
    category,
    concept,
    consented,
    criterion,
    entry,
    of_family,
    order,
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"


def als(asserted: str | None = None, **more: Any) -> Resource:
    """Confirmed ALS, diagnosed on a day if one is given."""
    dated = {"extension": [{"url": ASSERTED, "valueDateTime": asserted}]} if asserted else {}
    return ALS | dated | more


@pytest.mark.parametrize(
    CASES,
    [
        case("nothing", "review"),
        case("nothing in a closed world", "review", closed_world=True),
        case("signed", "met", consented(TRIAL)),
        case("to another trial", "review", consented("NCT07118319")),
        case("to no trial", "review", consented(None)),
        case("withdrawn", "review", consented(TRIAL, status="inactive")),
        case("entered in error", "review", consented(TRIAL, status="entered-in-error")),
        case("refused", "review", consented(TRIAL, provision={"type": "deny"})),
        case("to surgery", "review", consented(TRIAL, scope=concept(f"{HL7}/consentscope", "treatment"))),
        case("by the guardian", "met", consented(TRIAL, performer=[{"reference": "RelatedPerson/guardian"}])),
        case("of later", "review", consented(TRIAL, dateTime="2026-07-01")),
    ],
)
def test_i01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Only a consent to this very trial is the signed form, whoever signed; no record is a refusal."""
    found = criterion(f"{TRIAL}-I01", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "met" else "confirm")


@pytest.mark.parametrize(
    CASES,
    [
        case("18 today", "met", patient(birthDate="2008-06-30")),
        case("18 tomorrow", "not-met", patient(birthDate="2008-07-01")),
        case("60 today", "met", patient(birthDate="1966-06-30")),
        case("60 years and 364 days", "met", patient(birthDate="1965-07-01")),
        case("61 today", "not-met", patient(birthDate="1965-06-30")),
        case("60 or 61 by the year", "unknown", patient(birthDate="1965")),
        case("59 or 60 by the year", "met", patient(birthDate="1966")),
        case("60 or 61 by the month", "unknown", patient(birthDate="1965-06"), as_of=date(2026, 6, 15)),
        case("17 or 18 by the month", "met", patient(birthDate="2008-06")),
        case("18 on 28 February", "met", patient(birthDate="2008-02-29"), as_of=date(2026, 2, 28)),
        case("no birth date", "unknown", patient(birthDate=None)),
        case("no birth date in a closed world", "unknown", patient(birthDate=None), closed_world=True),
        case("no such day", "unknown", patient(birthDate="1980-02-30")),
        case("of another gender", "met", patient(gender="other")),
    ],
)
def test_i02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """18 and 60 are both within, up to the day before the 61st birthday, whatever the gender."""
    assert verdict(f"{TRIAL}-I02", *record, **options) == expected


def test_i02_tells_when_the_age_turns() -> None:
    """Too young opens on a birthday, 60 closes on the next one, and no birth date is a datum to get."""
    assert criterion(f"{TRIAL}-I02", patient(birthDate="2008-07-01")).opens == "2026-07-01"
    sixty = criterion(f"{TRIAL}-I02", patient(birthDate="1965-07-01"))
    assert (sixty.closes, "60" in sixty.reason) == ("2026-07-01", True)
    lacking = criterion(f"{TRIAL}-I02", patient(birthDate=None))
    assert (lacking.outcome, [need.concept for need in lacking.needs]) == ("missing", ["birth-date"])


@pytest.mark.parametrize(
    CASES,
    [
        case("exactly 6 months", "met", als("2025-12-30")),
        case("a day short of 6 months", "not-met", als("2025-12-31")),
        case("exactly 24 months", "met", als("2024-06-30")),
        case("a day more than 24 months", "not-met", als("2024-06-29")),
        case("a month's end", "met", als("2026-02-28"), as_of=date(2026, 8, 31)),
        case("after a month's end", "not-met", als("2026-03-01"), as_of=date(2026, 8, 31)),
        case("within by the year", "met", als("2025-01")),
        case("by a year that straddles 24 months", "unknown", als("2024")),
        case("by a year that straddles 6 months", "unknown", als("2025")),
        case("by a month that straddles 6 months", "unknown", als("2025-12")),
        case("by the day of entry", "met", als(recordedDate="2025-06-01")),
        case("asserted before it was entered", "not-met", als("2023-01-01", recordedDate="2025-06-01")),
        case("the onset alone", "unknown", als(onsetDateTime="2025-06-01")),
        case("onset long before the diagnosis", "met", als("2025-06-01", onsetDateTime="2022-01-01")),
        case("no date", "unknown", ALS),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", closed_world=True),
        case("the first of two diagnoses", "not-met", als("2025-06-01"), als("2023-06-01", id="first")),
        case("refuted", "not-met", als("2025-06-01", **entry(SNOMED, "86044005", verification="refuted"))),
        case("provisional", "unknown", als("2025-06-01", **entry(SNOMED, "86044005", verification="provisional"))),
        case(
            "entered in error",
            "unknown",
            als("2025-06-01", **entry(SNOMED, "86044005", verification="entered-in-error")),
        ),
        case("motor neuron disease", "unknown", entry(SNOMED, "37340000", recordedDate="2025-06-01")),
        case("G12.2 of the WHO", "unknown", entry(ICD10, "G12.2", recordedDate="2025-06-01")),
        case("G12.21 of ICD-10-CM", "met", entry(ICD10CM, "G12.21", recordedDate="2025-06-01")),
        case("with dementia", "met", entry(SNOMED, "230258005", recordedDate="2025-06-01")),
        case("a parent's", "unknown", of_family(SNOMED, "86044005")),
        case("suspected by category", "met", als("2025-06-01"), category("el-escorial-category", "suspected")),
        case("a day that is to come", "unknown", als("2026-08-01")),
    ],
)
def test_i03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Six and 24 calendar months since the first diagnosis are within; an onset is none, and no category is asked."""
    assert verdict(f"{TRIAL}-I03", *record, **options) == expected


def test_i03_says_what_it_took_for_the_diagnosis() -> None:
    """A day of entry is marked as one; without any date a date is missing; later both bounds turn the verdict."""
    entered = criterion(f"{TRIAL}-I03", als(recordedDate="2025-06-01"))
    asserted = criterion(f"{TRIAL}-I03", als("2025-06-01"))
    assert set(entered.assumptions) > set(asserted.assumptions)
    assert "2025-06-01" in asserted.reason
    assert "Condition/condition-86044005" in {one.reference for one in asserted.evidence}
    assert asserted.closes == "2027-06-02"
    assert criterion(f"{TRIAL}-I03", als("2026-03-01")).opens == "2026-09-01"
    lacking = criterion(f"{TRIAL}-I03", als(onsetDateTime="2025-06-01"))
    assert (lacking.outcome, [need.unit for need in lacking.needs]) == ("missing", [None])


@pytest.mark.parametrize(
    "record",
    [(), (order(ATC, "N07XX02"),), (result("82953-1", "20 {score}"),)],
    ids=["nothing", "riluzole", "a score"],
)
@pytest.mark.parametrize("closed_world", [False, True])
def test_i04(record: tuple[Resource, ...], closed_world: bool) -> None:
    """What was standard, and whether it helped, a person says; the drug and the score are evidence."""
    found = criterion(f"{TRIAL}-I04", *record, closed_world=closed_world)
    assert (found.verdict, found.outcome, found.basis) == ("review", "confirm", "judgement")
    shown = [f"{one['resourceType']}/{one['id']}" for one in record]
    assert [one.reference for one in found.evidence] == shown
