"""The traps of exclusions 14 to 17 of NCT07118319, of blood, viruses, surgery and puncture, from record to verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    ICD10,
    ICD10CM,
    RXNORM,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    done,
    entry,
    of_family,
    order,
    result,
    statement,
    verdict,
)

CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}
WARFARIN = "11289"
POSITIVE, NEGATIVE = concept(SNOMED, "10828004"), concept(SNOMED, "260385009")
HIV, TREPONEMA, REAGIN, HBSAG, ANTI_HCV = "7917-8", "24110-9", "20507-0", "5196-1", "29893-5"


def found(code: str, value: Resource, on: str = "2026-06-20", **more: Any) -> Resource:
    """A qualitative result."""
    return result(code, None, on, valueCodeableConcept=value, **more)


@pytest.mark.parametrize(
    CASES,
    [
        case("disorder of clotting", "met", entry(SNOMED, "64779008", clinical="active")),
        case("purpura that was", "met", entry(ICD10, "D69.0", clinical="resolved")),
        case("bleeding that was", "met", entry(ICD10, "K92.2", clinical="resolved")),
        case("bleeding under an anticoagulant", "met", entry(ICD10CM, "D68.32")),
        case("a nosebleed", "review", entry(ICD10, "R04.0", clinical="resolved")),
        case("varices with bleeding", "met", entry(ICD10CM, "I85.01")),
        case("varices without bleeding", "unknown", entry(ICD10CM, "I85.00")),
        case("bleeding due to anticoagulants in the blood", "met", entry(ICD10, "D68.3")),
        case("a thrombosis", "review", entry(ICD10, "I26.9", clinical="resolved")),
        case("a history of thrombosis in a closed world", "review", entry(ICD10CM, "Z86.711"), **CLOSED),
        case("an anticoagulant by a status code", "review", entry(ICD10CM, "Z79.01")),
        case("warfarin", "met", order(RXNORM, WARFARIN)),
        case("apixaban by ATC", "met", statement(ATC, "B01AF02", "2026-01-01/")),
        case("warfarin of another time", "unknown", statement(RXNORM, WARFARIN, "2020-01-01/2020-06-30", "completed")),
        case(
            "warfarin of another time in a closed world",
            "not-met",
            statement(RXNORM, WARFARIN, "2020-01-01/2020-06-30", "completed"),
            **CLOSED,
        ),
        case("warfarin stopped", "unknown", order(RXNORM, WARFARIN, status="stopped")),
        case("warfarin on hold", "review", order(RXNORM, WARFARIN, status="on-hold")),
        case("warfarin only planned", "unknown", order(RXNORM, WARFARIN, intent="plan")),
        case("warfarin of later", "unknown", order(RXNORM, WARFARIN, "2026-07-01")),
        case("heparin, as to keep a line open", "review", order(RXNORM, "5224")),
        case("aspirin", "unknown", order(ATC, "B01AC06")),
        case("aspirin in a closed world", "not-met", order(ATC, "B01AC06"), **CLOSED),
        case("a long clotting time", "unknown", result("6301-6", "4 {INR}", high="1.2 {INR}")),
        case("refuted", "unknown", entry(SNOMED, "64779008", verification="refuted")),
        case("provisional", "unknown", entry(SNOMED, "64779008", verification="provisional")),
        case("entered in error", "unknown", entry(ICD10, "K92.2", verification="entered-in-error")),
        case("of the mother", "unknown", of_family(SNOMED, "64779008")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e14(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Clotting or bleeding at any time, or an anticoagulant now; minor bleeding and heparin are put to a person."""
    assert verdict("NCT07118319-E14", *record, **options) == expected


def test_e14_shows_clotting_without_a_limit() -> None:
    """The laboratory's values are evidence, without a part in the verdict; the drug on record is named."""
    shown = criterion("NCT07118319-E14", order(RXNORM, WARFARIN), result("6301-6", "4 {INR}", high="1.2 {INR}"))
    assert "Condition" not in shown.reason
    assert [one.reference for one in shown.evidence] == [
        "MedicationRequest/medicationrequest-11289",
        "Observation/observation-6301-6",
    ]


@pytest.mark.parametrize(
    CASES,
    [
        case("hepatitis B", "met", entry(SNOMED, "66071002", clinical="active")),
        case("hepatitis C", "met", entry(ICD10, "B18.2", clinical="active")),
        case("hepatitis B that was", "unknown", entry(SNOMED, "66071002", clinical="resolved")),
        case("hepatitis B refuted", "unknown", entry(SNOMED, "66071002", verification="refuted")),
        case("hepatitis B provisional", "unknown", entry(SNOMED, "66071002", verification="provisional")),
        case("antibody to HIV", "met", found(HIV, POSITIVE)),
        case("antibody to HIV years ago", "met", found(HIV, POSITIVE, "2015-01-01")),
        case("no antibody to HIV", "unknown", found(HIV, NEGATIVE)),
        case("no antibody to HIV in a closed world", "unknown", found(HIV, NEGATIVE), **CLOSED),
        case("HIV disease", "review", entry(ICD10, "B20")),
        case("antibody to Treponema", "met", found(TREPONEMA, POSITIVE)),
        case(
            "antibody to Treponema after cure",
            "met",
            found(TREPONEMA, POSITIVE, "2010-01-01"),
            entry(SNOMED, "76272004", clinical="resolved"),
        ),
        case("syphilis", "review", entry(SNOMED, "76272004")),
        case("reagin", "unknown", found(REAGIN, POSITIVE)),
        case("surface antigen", "review", found(HBSAG, POSITIVE)),
        case("no surface antigen", "unknown", found(HBSAG, NEGATIVE)),
        case(
            "neither antibody in a closed world", "not-met", found(HIV, NEGATIVE), found(TREPONEMA, NEGATIVE), **CLOSED
        ),
        case(
            "neither antibody, 31 days old",
            "unknown",
            found(HIV, NEGATIVE, "2026-05-30"),
            found(TREPONEMA, NEGATIVE),
            **CLOSED,
        ),
        case("in words", "met", result(HIV, None, valueString="Reactive")),
        case("in words, none", "unknown", result(HIV, None, valueString="Non-reactive")),
        case("in Chinese, none", "unknown", result(HIV, None, valueString="阴性")),
        case("yes", "met", result(HIV, None, valueBoolean=True)),
        case("a finding withdrawn", "unknown", found(HIV, POSITIVE, status="entered-in-error")),
        case("a finding not final", "unknown", found(HIV, POSITIVE, status="preliminary")),
        case("nothing", "unknown"),
    ],
)
def test_e15(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Active hepatitis B or C by diagnosis, the two antibodies however old; other findings are put to a person."""
    assert verdict("NCT07118319-E15", *record, **options) == expected


def test_e15_borrows_no_limit() -> None:
    """Viral DNA beyond another trial's limit is put to a person, with the finding."""
    record = (found(HBSAG, POSITIVE), result("42595-9", "100000 [IU]/mL"))
    shown = criterion("NCT07118319-E15", *record)
    assert (shown.verdict, {one.reference for one in shown.evidence}) == (
        "review",
        {"Observation/observation-5196-1", "Observation/observation-42595-9"},
    )
    assert criterion("NCT07118319-E15").outcome == "missing"


@pytest.mark.parametrize(
    CASES,
    [
        case("an operation of long ago", "review", done("80146002", "1999-01-01")),
        case("an operation without a date", "review", done("80146002")),
        case("an injury that was", "review", entry(ICD10, "S72.0", clinical="resolved")),
        case("a puncture", "unknown", done("277762005", "2026-01-01")),
        case("a puncture in a closed world", "not-met", done("277762005", "2026-01-01"), **CLOSED),
        case("not done", "unknown", done("80146002", "2026-01-01", "not-done")),
        case("in preparation", "unknown", done("80146002", None, "preparation")),
        case("entered in error", "unknown", done("80146002", "2026-01-01", "entered-in-error")),
        case("of later", "unknown", done("80146002", "2026-07-01")),
        case("an injury refuted", "unknown", entry(ICD10, "S72.0", verification="refuted")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e16(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Surgery or trauma of any time is put to a person, and never excludes by itself."""
    assert verdict("NCT07118319-E16", *record, **options) == expected


LUMBAR, THIGH = [concept(SNOMED, "122496007")], [concept(SNOMED, "68367000")]


@pytest.mark.parametrize(
    CASES,
    [
        case("pressure in the skull", "met", entry(ICD10, "G93.2", clinical="active")),
        case("pressure that was", "review", entry(ICD10, "G93.2", clinical="resolved")),
        case("infection at the site", "met", entry(ICD10, "L03.3", bodySite=LUMBAR)),
        case("infection elsewhere", "review", entry(ICD10, "L03.1", bodySite=THIGH)),
        case("infection nowhere", "review", entry(ICD10, "L03.1")),
        case("infection at the site that was", "review", entry(ICD10, "L03.3", bodySite=LUMBAR, clinical="resolved")),
        case("infection at the site refuted", "review", entry(ICD10, "L03.3", bodySite=LUMBAR, verification="refuted")),
        case("warfarin", "review", order(RXNORM, WARFARIN)),
        case("few platelets", "review", result("777-3", "20 10*3/uL")),
        case("nothing", "review"),
        case("nothing in a closed world", "review", **CLOSED),
    ],
)
def test_e17(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The two that are named exclude; any other contraindication is put to a person, whatever is on record."""
    assert verdict("NCT07118319-E17", *record, **options) == expected


def test_e17_shows_what_speaks_against_a_puncture() -> None:
    """Anticoagulants, platelets and clotting are shown to whoever judges."""
    shown = criterion("NCT07118319-E17", order(RXNORM, WARFARIN), result("777-3", "20 10*3/uL"))
    assert {one.reference for one in shown.evidence} == {
        "MedicationRequest/medicationrequest-11289",
        "Observation/observation-777-3",
    }
    assert (shown.outcome, shown.basis) == ("confirm", "judgement")
