"""The traps of the inclusion criteria of NCT01494480, the whole way from a record to the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
    ALS,
    HL7,
    ICD10,
    ICD10CM,
    SNOMED,
    UCUM,
    Resource,
    case,
    category,
    concept,
    consented,
    criterion,
    entry,
    in_words,
    of_family,
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}
TRIAL, PERCENT, SITE = "NCT01494480", "19872-1", "onset-site"
ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"


BOTH = {"coding": [{"system": f"{HL7}/condition-ver-status", "code": code} for code in ("confirmed", "refuted")]}


def als(verification: str, **more: Any) -> Resource:
    """ALS, as sure as the verification status has it."""
    return entry(SNOMED, "86044005", clinical="active", verification=verification, **more)


def since(onset: str | None, **more: Any) -> Resource:
    """Confirmed ALS that began on a day."""
    return als("confirmed", onsetDateTime=onset, **more)


def asserted(day: str) -> dict[str, Any]:
    """The extension with the day of the diagnosis."""
    return {"extension": [{"url": ASSERTED, "valueDateTime": day}]}


def years(age: int) -> Resource:
    """An Age."""
    return {"value": age, "unit": "a", "system": UCUM, "code": "a"}


@pytest.mark.parametrize(
    CASES,
    [
        case("confirmed", "met", ALS),
        case("without statuses", "met", entry(SNOMED, "86044005")),
        case("only possible", "met", ALS, category("el-escorial-category", "possible")),
        case("with dementia", "met", entry(SNOMED, "230258005")),
        case("of ICD-10-CM", "met", entry(ICD10CM, "G12.21")),
        case("in remission, which ALS never is", "met", entry(SNOMED, "86044005", clinical="remission")),
        case("G12.2 of the WHO", "unknown", entry(ICD10, "G12.2")),
        case("motor neuron disease", "unknown", entry(SNOMED, "37340000")),
        case("motor neuron disease in a closed world", "unknown", entry(SNOMED, "37340000"), **CLOSED),
        case("progressive bulbar palsy", "unknown", entry(SNOMED, "54304004")),
        case("refuted", "not-met", als("refuted")),
        case("refuted here and confirmed there", "met", als("refuted"), ALS | {"id": "other"}),
        case("provisional", "unknown", als("provisional")),
        case("differential", "unknown", als("differential")),
        case("unconfirmed", "unknown", als("unconfirmed")),
        case("entered in error", "unknown", als("entered-in-error")),
        case("confirmed and refuted at once", "unknown", ALS | {"verificationStatus": BOTH}),
        case("of later", "unknown", since("2026-07-01")),
        case("of the mother", "unknown", of_family(SNOMED, "86044005")),
        case("a history of the family", "unknown", entry(SNOMED, "160344000")),
        case("in words", "review", in_words("Amyotrophic lateral sclerosis", ALS)),
        case("abbreviated", "review", in_words("ALS", ALS)),
        case("a German conjunction", "unknown", in_words("Schmerzen, stärker als gestern", ALS)),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_i01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Confirmed ALS of any certainty satisfies it, with what was assumed said; a broader diagnosis does not."""
    found = criterion("NCT01494480-I01", *record, **options)
    assert (found.verdict, "category of certainty" in found.assumptions[0]) == (expected, True)


@pytest.mark.parametrize(
    CASES,
    [
        case("6 months and a day", "met", since("2025-12-29")),
        case("exactly 6 months", "not-met", since("2025-12-30")),
        case("6 months at the end of a month", "not-met", since("2025-12-31")),
        case("36 months less a day", "met", since("2023-07-01")),
        case("exactly 36 months", "not-met", since("2023-06-30")),
        case("at the end of February", "not-met", since("2025-08-31"), as_of=date(2026, 2, 28)),
        case("in a year within", "met", since("2024")),
        case("in a year that straddles", "unknown", since("2023")),
        case("in a month that straddles", "unknown", since("2025-12")),
        case("at an age within", "met", since(None, onsetAge=years(38))),
        case("at an age that straddles", "unknown", since(None, onsetAge=years(37))),
        case("at an age long ago", "not-met", since(None, onsetAge=years(30))),
        case("at an age, of no birth date", "unknown", patient(birthDate=None), since(None, onsetAge=years(38))),
        case("in a period within", "met", since(None, onsetPeriod={"start": "2024-01-01", "end": "2024-03-01"})),
        case("in words", "unknown", since(None, onsetString="spring of 2025")),
        case("after its end", "unknown", since("2025-01-01", abatementDateTime="2024-01-01")),
        case("recorded only", "unknown", since(None, recordedDate="2025-01-01")),
        case("diagnosed only", "unknown", since(None, **asserted("2025-01-01"))),
        case("diagnosed 36 months ago", "not-met", since(None, **asserted("2023-06-30"))),
        case("diagnosed in between, begun before", "not-met", since("2023-01-01", **asserted("2024-01-01"))),
        case("provisional", "unknown", als("provisional", onsetDateTime="2025-01-01")),
        case("refuted", "unknown", als("refuted", onsetDateTime="2025-01-01")),
        case("motor neuron disease", "unknown", entry(SNOMED, "37340000", onsetDateTime="2025-01-01")),
        case("of the mother", "unknown", of_family(SNOMED, "86044005")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", **CLOSED),
    ],
)
def test_i02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """More than 6 and less than 36 calendar months since the first symptoms; a diagnosis only proves too long."""
    assert verdict("NCT01494480-I02", *record, **options) == expected


def test_i02_says_when_it_opens_and_closes() -> None:
    """The day after 6 months it opens, at 36 months it closes; what is missing is the onset."""
    early, late = criterion("NCT01494480-I02", since("2026-01-15")), criterion("NCT01494480-I02", since("2024-01-15"))
    assert (early.outcome, early.opens, late.closes) == ("fail", "2026-07-16", "2027-01-15")
    assert "2026-01-15" in early.reason
    missing = criterion("NCT01494480-I02", ALS)
    assert (missing.outcome, missing.needs[0].event) == ("missing", "onset")


BULBAR_PALSY = entry(SNOMED, "54304004")


@pytest.mark.parametrize(
    CASES,
    [
        case("spinal", "met", category(SITE, "spinal")),
        case("bulbar", "not-met", category(SITE, "bulbar")),
        case("respiratory", "not-met", category(SITE, "respiratory")),
        case("generalized", "not-met", category(SITE, "generalized")),
        case("nothing", "unknown"),
        case("ALS alone", "unknown", ALS),
        case("bulbar palsy alone", "review", BULBAR_PALSY),
        case("spinal, and bulbar palsy", "review", category(SITE, "spinal"), BULBAR_PALSY),
        case(
            "spinal, and bulbar palsy refuted",
            "met",
            category(SITE, "spinal"),
            entry(SNOMED, "54304004", verification="refuted"),
        ),
        case("bulbar, and bulbar palsy", "not-met", category(SITE, "bulbar"), BULBAR_PALSY),
        case("in words", "review", result(SITE, None, valueCodeableConcept={"text": "lower limb"})),
        case("withdrawn", "unknown", category(SITE, "spinal", status="entered-in-error")),
        case("spinal and bulbar of a day", "unknown", category(SITE, "spinal"), category(SITE, "bulbar", id="b")),
    ],
)
def test_i03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The onset was spinal, as recorded; a bulbar palsy is for a person to look at."""
    assert verdict("NCT01494480-I03", *record, **options) == expected


def test_i03_says_that_the_word_is_to_be_confirmed() -> None:
    """What medullar means is an assumption, printed with a met verdict as well; without a site it is missing."""
    found = criterion("NCT01494480-I03", category(SITE, "spinal"))
    assert (found.verdict, "confirm" in found.assumptions[0]) == ("met", True)
    assert criterion("NCT01494480-I03", ALS).outcome == "missing"


@pytest.mark.parametrize(
    CASES,
    [
        case("21 today", "met", patient(birthDate="2005-06-30")),
        case("20 and almost 21", "not-met", patient(birthDate="2005-07-01")),
        case("20 and a half", "not-met", patient(birthDate="2005-12-30")),
        case("20 today", "not-met", patient(birthDate="2006-06-30")),
        case("64 until tomorrow", "met", patient(birthDate="1961-07-01")),
        case("65 today", "not-met", patient(birthDate="1961-06-30")),
        case("64 or 65 by the year", "unknown", patient(birthDate="1961")),
        case("63 or 64 by the year", "met", patient(birthDate="1962")),
        case("no birth date", "unknown", patient(birthDate=None)),
    ],
)
def test_i04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """21 to 64 completed years: neither end of the text is included, whatever the page's header says."""
    found = criterion("NCT01494480-I04", *record, **options)
    assert (found.verdict, any("header" in said for said in found.assumptions)) == (expected, True)


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "met", result(PERCENT, "50.0 %")),
        case("just below", "not-met", result(PERCENT, "49.96 %")),
        case("below a value at the bound", "not-met", result(PERCENT, "<50 %")),
        case("above a value below the bound", "unknown", result(PERCENT, ">45 %")),
        case("litres", "unknown", result("19868-9", "50 L")),
        case("litres over predicted litres", "met", result("19868-9", "1.8 L"), result("19869-7", "3.6 L")),
        case("no unit", "unknown", result(PERCENT, "82")),
        case("a slow vital capacity", "unknown", result("98088-8", "82 %")),
        case("91 days old", "unknown", result(PERCENT, "82 %", "2026-03-31")),
        case("entered in error", "unknown", result(PERCENT, "82 %", status="entered-in-error")),
        case("nothing", "unknown"),
    ],
)
def test_i05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """50 % is enough, and taken as percent of predicted, which is said."""
    found = criterion("NCT01494480-I05", *record, **options)
    assert (found.verdict, "predicted" in found.assumptions[0]) == (expected, True)


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "not-met", result("t90", "2.0 %")),
        case("just below", "met", result("t90", "1.99 %")),
        case("the latest night", "met", result("t90", "5 %", "2026-06-01", id="a"), result("t90", "1 %")),
        case(
            "the latest night, a bad one", "not-met", result("t90", "1 %", "2026-06-01", id="a"), result("t90", "5 %")
        ),
        case("two nights of a date", "unknown", result("t90", "1 %", id="a"), result("t90", "5 %")),
        case("at most the bound", "unknown", result("t90", "<=2 %")),
        case("below the bound", "met", result("t90", "<2 %")),
        case("minutes", "unknown", result("t90", "5 min")),
        case("saturation of the day", "unknown", result("59408-5", "97 %")),
        case("91 days old", "unknown", result("t90", "1 %", "2026-03-31")),
        case("nothing", "unknown"),
    ],
)
def test_i06(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Less than 2 % of the night below 90 %: 2 itself is not, and a saturation of one moment says nothing."""
    found = criterion("NCT01494480-I06", *record, **options)
    assert (found.verdict, found.outcome == "missing") == (expected, expected == "unknown")


@pytest.mark.parametrize(
    CASES,
    [
        case("nothing", "review"),
        case("given", "met", consented(TRIAL)),
        case("to another trial", "review", consented("NCT07118319")),
        case("withdrawn", "review", consented(TRIAL, status="inactive")),
        case("refused", "review", consented(TRIAL, provision={"type": "deny"})),
        case("of later", "review", consented(TRIAL, dateTime="2026-07-01")),
        case("to treatment", "review", consented(TRIAL, scope=concept(f"{HL7}/consentscope", "treatment"))),
        case("nothing in a closed world", "review", **CLOSED),
    ],
)
def test_i07(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """An active consent to research in this trial is the signed form; without one it is to be asked."""
    assert verdict("NCT01494480-I07", *record, **options) == expected
