"""The traps of the age, the inclusion criteria without riluzole, and the scores of NCT03828123."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
    ALS,
    HL7,
    ICD10,
    ICD10CM,
    LOCAL,
    SNOMED,
    Resource,
    case,
    category,
    concept,
    consented,
    criterion,
    entry,
    of_family,
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT03828123"
CLOSED = {"closed_world": True}
PERCENT, LITRES, PREDICTED, ALSFRS = "19872-1", "19868-9", "19869-7", "82953-1"
ESCORIAL, BULBAR, SPINAL = "el-escorial-category", "norris-bulbar", "norris-spinal"
DEFINITE = category(ESCORIAL, "definite")
PALSY = "54304004"


@pytest.mark.parametrize(
    CASES,
    [
        case("18 today", "met", patient(birthDate="2008-06-30")),
        case("18 tomorrow", "not-met", patient(birthDate="2008-07-01")),
        case("65 today", "met", patient(birthDate="1961-06-30")),
        case("65 years and 364 days", "met", patient(birthDate="1960-07-01")),
        case("66 today", "not-met", patient(birthDate="1960-06-30")),
        case("65 or 66 by the year", "unknown", patient(birthDate="1960")),
        case("17 or 18 by the year, on the last day", "met", patient(birthDate="2008"), as_of=date(2026, 12, 31)),
        case("17 or 18 by the month", "unknown", patient(birthDate="2008-06"), as_of=date(2026, 6, 29)),
        case("no birth date", "unknown", patient(birthDate=None)),
        case("no birth date in a closed world", "unknown", patient(birthDate=None), **CLOSED),
        case("a man", "met", patient(gender="male")),
    ],
)
def test_h_age(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The limits of the header include 18 and 65, up to the day before the 66th birthday."""
    assert verdict(f"{TRIAL}-H-age", *record, **options) == expected


def test_h_age_says_the_age_and_when_it_turns() -> None:
    """The reason has the age and the limit; too young opens on the 18th birthday, 65 closes on the 66th."""
    old = criterion(f"{TRIAL}-H-age", patient(birthDate="1950-01-01"))
    assert (old.outcome, old.evidence[0].reference) == ("fail", "Patient/p")
    assert all(part in old.reason for part in ("76 years", "2026-06-30", "65"))
    assert criterion(f"{TRIAL}-H-age", patient(birthDate="2008-07-01")).opens == "2026-07-01"
    assert criterion(f"{TRIAL}-H-age", patient(birthDate="1961-06-30")).closes == "2027-06-30"


@pytest.mark.parametrize(
    CASES,
    [
        case("definite", "met", ALS, DEFINITE),
        case("probable", "not-met", ALS, category(ESCORIAL, "probable")),
        case("laboratory-supported", "not-met", ALS, category(ESCORIAL, "probable-laboratory-supported")),
        case("possible", "not-met", ALS, category(ESCORIAL, "possible")),
        case("suspected", "not-met", ALS, category(ESCORIAL, "suspected")),
        case("by the stage of the diagnosis", "met", ALS | {"stage": [{"summary": concept(LOCAL, "definite")}]}),
        case(
            "the latest",
            "not-met",
            ALS,
            category(ESCORIAL, "definite", "2025-01-01", id="a"),
            category(ESCORIAL, "possible"),
        ),
        case("of years ago", "met", ALS, category(ESCORIAL, "definite", "2020-01-01")),
        case("of later", "unknown", ALS, category(ESCORIAL, "definite", "2026-07-01")),
        case("entered in error", "unknown", ALS, DEFINITE | {"status": "entered-in-error"}),
        case("in words", "review", ALS, result(ESCORIAL, None, valueCodeableConcept={"text": "definite"})),
        case("no category", "unknown", ALS),
        case("no category in a closed world", "unknown", ALS, **CLOSED),
        case("a category alone", "unknown", DEFINITE),
        case("another category alone", "not-met", category(ESCORIAL, "probable")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("refuted", "not-met", entry(SNOMED, "86044005", verification="refuted"), DEFINITE),
        case(
            "entered in error, the diagnosis",
            "unknown",
            entry(SNOMED, "86044005", verification="entered-in-error"),
            DEFINITE,
        ),
        case("provisional", "unknown", entry(SNOMED, "86044005", verification="provisional"), DEFINITE),
        case("differential", "unknown", entry(SNOMED, "86044005", verification="differential"), DEFINITE),
        case("motor neuron disease", "unknown", entry(SNOMED, "37340000"), DEFINITE),
        case("G12.2 of the WHO", "unknown", entry(ICD10, "G12.2"), DEFINITE),
        case("G12.21 of ICD-10-CM", "met", entry(ICD10CM, "G12.21"), DEFINITE),
        case("a parent's", "unknown", of_family(SNOMED, "86044005"), DEFINITE),
    ],
)
def test_i01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Only definite counts, and only with a confirmed ALS; no category is never the right one."""
    assert verdict(f"{TRIAL}-I01", *record, **options) == expected


def test_i01_says_which_category() -> None:
    """The reason has the category found and the one asked for; without one it is a datum to get."""
    found = criterion(f"{TRIAL}-I01", ALS, category(ESCORIAL, "probable"))
    assert (found.outcome, [one.reference for one in found.evidence]) == (
        "fail",
        [f"Observation/observation-{ESCORIAL}"],
    )
    assert all(word in found.reason for word in ("probable", "definite", "2026-06-20"))
    lacking = criterion(f"{TRIAL}-I01", ALS)
    assert (lacking.outcome, [need.concept for need in lacking.needs]) == ("missing", [ESCORIAL])


@pytest.mark.parametrize(
    "record",
    [(), (ALS,), (entry(ICD10CM, "Z51.5"),), (entry(SNOMED, "86044005", verification="refuted"),)],
    ids=["nothing", "the disease", "palliative care", "not even the disease"],
)
@pytest.mark.parametrize("closed_world", [False, True])
def test_i03(record: tuple[Resource, ...], closed_world: bool) -> None:
    """How long a patient may live no record decides, not even one of palliative care."""
    found = criterion(f"{TRIAL}-I03", *record, closed_world=closed_world)
    assert (found.verdict, found.outcome, found.basis) == ("review", "confirm", "judgement")


@pytest.mark.parametrize(
    CASES,
    [
        case("nothing", "review"),
        case("nothing in a closed world", "review", **CLOSED),
        case("dementia", "review", entry(SNOMED, "52448006", clinical="active")),
        case("a consent to this very trial", "review", consented(TRIAL)),
        case("a consent to another trial", "review", consented("NCT07118319")),
        case("a consent refused", "review", consented(TRIAL, provision={"type": "deny"})),
        case("a consent withdrawn", "review", consented(TRIAL, status="inactive")),
        case("a consent to treatment", "review", consented(TRIAL, scope=concept(f"{HL7}/consentscope", "treatment"))),
    ],
)
def test_i04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Whether somebody can consent is asked of them; neither a diagnosis nor a refusal decides it."""
    found = criterion(f"{TRIAL}-I04", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "confirm")


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "not-met", result(PERCENT, "70 %")),
        case("just below", "met", result(PERCENT, "69.96 %")),
        case("just above", "not-met", result(PERCENT, "70.01 %")),
        case("below it by a comparator", "met", result(PERCENT, "<70 %")),
        case("at most the bound", "unknown", result(PERCENT, "<=70 %")),
        case("at least the bound", "not-met", result(PERCENT, ">=70 %")),
        case("above less", "unknown", result(PERCENT, ">65 %")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", **CLOSED),
        case("litres alone", "unknown", result(LITRES, "2.1 L")),
        case("litres that would be below 70", "unknown", result(LITRES, "69 L")),
        case("of the predicted litres", "met", result(LITRES, "2500 mL"), result(PREDICTED, "3.6 L")),
        case("no unit", "unknown", result(PERCENT, "65")),
        case("a ratio", "unknown", result(PERCENT, "0.65 {ratio}")),
        case("slow", "unknown", result("98088-8", "65 %")),
        case("one second over all", "unknown", result("19926-5", "65 %")),
        case("a change in percent", "unknown", result("69982-7", "65 %")),
        case("stale by a day", "unknown", result(PERCENT, "65 %", "2026-03-31")),
        case("not stale yet", "met", result(PERCENT, "65 %", "2026-04-01")),
        case("of later", "unknown", result(PERCENT, "65 %", "2026-07-01")),
        case("entered in error", "unknown", result(PERCENT, "65 %", status="entered-in-error")),
        case("the largest of the day", "not-met", result(PERCENT, "65 %", id="a"), result(PERCENT, "71 %")),
    ],
)
def test_e01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Less than 70 % of predicted excludes, 70 does not; only a forced capacity in percent is compared."""
    assert verdict(f"{TRIAL}-E01", *record, **options) == expected


def test_e01_says_what_was_compared() -> None:
    """The reason has the value, the day and the bound; that percent of predicted was assumed comes with it."""
    found = criterion(f"{TRIAL}-E01", result(PERCENT, "69.96 %"))
    assert (found.outcome, found.evidence[0].reference) == ("fail", "Observation/observation-19872-1")
    assert all(part in found.reason for part in ("69.96", "70 %", "2026-06-20"))
    assert any("predicted" in one for one in found.assumptions)
    lacking = criterion(f"{TRIAL}-E01", result("98088-8", "65 %"))
    assert (lacking.outcome, [need.concept for need in lacking.needs]) == ("missing", ["fvc-percent-predicted"])
    assert "Observation/observation-98088-8" in {one.reference for one in lacking.evidence}


def bulbar(score: str, **more: Any) -> Resource:
    """A Norris bulbar score."""
    return result(BULBAR, score, **more)


ONSET = category("onset-site", "bulbar")


@pytest.mark.parametrize(
    CASES,
    [
        case("bulbar onset, 14", "met", ONSET, bulbar("14 {score}")),
        case("bulbar onset, 15", "not-met", ONSET, bulbar("15 {score}")),
        case("bulbar onset, 14.9", "met", ONSET, bulbar("14.9 {score}")),
        case("bulbar palsy, 14", "met", entry(SNOMED, PALSY, clinical="active"), bulbar("14 {score}")),
        case("bulbar palsy of ICD-10-CM, 14", "met", entry(ICD10CM, "G12.22"), bulbar("14 {score}")),
        case("bulbar palsy beside ALS", "met", ALS, entry(SNOMED, PALSY), bulbar("14 {score}")),
        case("bulbar palsy refuted, 14", "unknown", entry(SNOMED, PALSY, verification="refuted"), bulbar("14 {score}")),
        case("spinal onset, 12", "not-met", category("onset-site", "spinal"), bulbar("12 {score}")),
        case("spinal onset, no score", "not-met", category("onset-site", "spinal")),
        case("bulbar onset, no score", "unknown", ONSET),
        case("bulbar onset, no score, in a closed world", "unknown", ONSET, **CLOSED),
        case("no onset, 12", "unknown", bulbar("12 {score}")),
        case("no onset, 20", "not-met", bulbar("20 {score}")),
        case("nothing", "unknown"),
        case("an integer", "met", ONSET, bulbar("14", valueQuantity=None, valueInteger=14)),
        case("without a unit", "met", ONSET, result(BULBAR, None, valueQuantity={"value": 14, "unit": "{score}"})),
        case("in percent", "unknown", ONSET, bulbar("14 %")),
        case("the spinal score instead", "unknown", ONSET, result(SPINAL, "12 {score}")),
        case("the ALSFRS-R instead", "unknown", ONSET, result(ALSFRS, "12 {score}")),
        case("its speech item instead", "unknown", ONSET, result("82940-8", "2 {score}")),
        case("stale", "unknown", ONSET, bulbar("12 {score}", on="2026-03-31")),
        case("entered in error", "unknown", ONSET, bulbar("12 {score}", status="entered-in-error")),
        case("the latest", "not-met", ONSET, bulbar("12 {score}", on="2026-06-01", id="a"), bulbar("16 {score}")),
        case("an onset of no known kind", "unknown", category("onset-site", "elsewhere"), bulbar("12 {score}")),
    ],
)
def test_e02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Fewer than 15 points exclude in the bulbar form alone; 15 do not, whatever the onset."""
    assert verdict(f"{TRIAL}-E02", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("14", "met", result(SPINAL, "14 {score}")),
        case("15", "not-met", result(SPINAL, "15 {score}")),
        case("14.9", "met", result(SPINAL, "14.9 {score}")),
        case("with bulbar onset", "met", ONSET, result(SPINAL, "14 {score}")),
        case("with spinal onset", "met", category("onset-site", "spinal"), result(SPINAL, "14 {score}")),
        case("an integer", "met", result(SPINAL, None, valueInteger=14)),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", **CLOSED),
        case("the ALSFRS-R instead", "unknown", result(ALSFRS, "12 {score}")),
        case("its walking item instead", "unknown", result("82948-1", "1 {score}")),
        case("the bulbar score instead", "unknown", result(BULBAR, "12 {score}")),
        case("stale", "unknown", result(SPINAL, "12 {score}", "2026-03-31")),
        case("preliminary", "unknown", result(SPINAL, "12 {score}", status="preliminary")),
        case("a score nobody can have", "unknown", result(SPINAL, "-3 {score}")),
    ],
)
def test_e03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Fewer than 15 points exclude whatever the onset, and no other scale stands in."""
    assert verdict(f"{TRIAL}-E03", *record, **options) == expected


def test_e02_and_e03_say_which_score() -> None:
    """The reason has the points, the bound and the day; a missing score is a datum to get."""
    for number, name, record in (("E02", BULBAR, [ONSET]), ("E03", SPINAL, [])):
        found = criterion(f"{TRIAL}-{number}", *record, result(name, "14 {score}"))
        assert (found.outcome, f"Observation/observation-{name}" in {one.reference for one in found.evidence}) == (
            "fail",
            True,
        )
        assert all(part in found.reason for part in ("14", "15", "2026-06-20"))
        lacking = criterion(f"{TRIAL}-{number}", *record)
        assert (lacking.outcome, [need.concept for need in lacking.needs]) == ("missing", [name])
