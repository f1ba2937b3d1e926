"""The traps of exclusions 17 and 18 of NCT06765564, of clotting and pressure, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    HL7,
    ICD10,
    ICD10CM,
    LOINC,
    RXNORM,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    entry,
    given,
    in_words,
    order,
    patient,
    quantity,
    result,
    screenings,
    statement,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
CLOSED = {"closed_world": True}
PT, INR, APTT, WARFARIN, HEPARIN = "5902-2", "6301-6", "14979-9", "11289", "5224"


def clotting(pt: str | None = "12 s", inr: str | None = "1.0 {INR}", aptt: str | None = "30 s") -> tuple[Resource, ...]:
    """The three tests with the upper limits 13 s, 1.2 and 40 s; without those that are ``None``."""
    tests = ((PT, pt, "13 s"), (INR, inr, "1.2 {INR}"), (APTT, aptt, "40 s"))
    return tuple(result(code, value, high=high) for code, value, high in tests if value)


@pytest.mark.parametrize(
    CASES,
    [
        case("all fine", "unknown", *clotting()),
        case("all fine in a closed world", "not-met", *clotting(), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", **CLOSED),
        case("PT at the bound", "not-met", *clotting(pt="19.5 s"), **CLOSED),
        case("PT just above", "met", *clotting(pt="19.501 s")),
        case("PT in milliseconds", "met", *clotting(pt="19501 ms")),
        case("INR at the bound", "not-met", *clotting(inr="1.8 {INR}"), **CLOSED),
        case("INR just above", "met", *clotting(inr="1.81 {INR}")),
        case("aPTT at the bound", "not-met", *clotting(aptt="60 s"), **CLOSED),
        case("aPTT just above", "met", *clotting(aptt="60.01 s")),
        case("INR without a limit", "unknown", *clotting(inr=None), result(INR, "2.5 {INR}"), **CLOSED),
        case("INR without a limit, fine", "unknown", *clotting(inr=None), result(INR, "1.0 {INR}"), **CLOSED),
        case("INR without a unit", "unknown", *clotting(inr=None), result(INR, "2.5", high="1.2"), **CLOSED),
        case("PT in percent", "unknown", *clotting(pt=None), result(PT, "55 %", high="130 %"), **CLOSED),
        case("PT in percent, very high", "unknown", *clotting(pt=None), result(PT, "250 %", high="130 %"), **CLOSED),
        case(
            "PT in percent beside seconds",
            "not-met",
            *clotting(),
            result(PT, "55 %", "2026-06-21", id="quick"),
            **CLOSED,
        ),
        case("PT missing, INR fine", "unknown", *clotting(pt=None), **CLOSED),
        case(
            "stale", "unknown", *clotting(inr=None), result(INR, "2.5 {INR}", "2026-05-30", high="1.2 {INR}"), **CLOSED
        ),
        case("clotting fine, warfarin", "met", *clotting(), order(RXNORM, WARFARIN)),
        case("a disorder of coagulation", "unknown", entry(ICD10, "D68.9"), *clotting()),
    ],
)
def test_e17_of_the_laboratory(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Above 1.5 times the result's own limit, strictly; PT in percent is another measurement, no limit is assumed."""
    assert verdict(f"{TRIAL}-E17", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("warfarin", "met", order(RXNORM, WARFARIN)),
        case("apixaban by ATC", "met", order(ATC, "B01AF02")),
        case("enoxaparin stated", "met", statement(ATC, "B01AB05", "2026-06-01/")),
        case("heparin by ATC", "review", order(ATC, "B01AB01")),
        case("heparin as an ingredient", "review", order(RXNORM, HEPARIN)),
        case(
            "heparin of last year",
            "not-met",
            *clotting(),
            order(RXNORM, HEPARIN, "2025-01-10", status="completed"),
            **CLOSED,
        ),
        case("an antiplatelet drug", "unknown", order(ATC, "B01AC06")),
        case("an antiplatelet drug, all fine", "not-met", *clotting(), order(ATC, "B01AC06"), **CLOSED),
        case("completed", "not-met", *clotting(), order(RXNORM, WARFARIN, status="completed"), **CLOSED),
        case("stopped", "not-met", *clotting(), order(RXNORM, WARFARIN, status="stopped"), **CLOSED),
        case("on hold", "review", *clotting(), order(RXNORM, WARFARIN, status="on-hold"), **CLOSED),
        case("proposed", "not-met", *clotting(), order(RXNORM, WARFARIN, intent="proposal"), **CLOSED),
        case("planned", "not-met", *clotting(), order(RXNORM, WARFARIN, intent="plan"), **CLOSED),
        case("no intent", "unknown", *clotting(), order(RXNORM, WARFARIN, intent=None), **CLOSED),
        case("a draft", "not-met", *clotting(), order(RXNORM, WARFARIN, status="draft"), **CLOSED),
        case("entered in error", "not-met", *clotting(), order(RXNORM, WARFARIN, status="entered-in-error"), **CLOSED),
        case("from tomorrow", "not-met", *clotting(), order(RXNORM, WARFARIN, "2026-07-01"), **CLOSED),
        case(
            "until yesterday",
            "not-met",
            *clotting(),
            statement(RXNORM, WARFARIN, "2026-01-01/2026-06-29", "completed"),
            **CLOSED,
        ),
        case("until today", "met", statement(RXNORM, WARFARIN, "2026-01-01/2026-06-30")),
        case("not taken", "not-met", *clotting(), statement(RXNORM, WARFARIN, "2026-01-01/", "not-taken"), **CLOSED),
        case("a dose yesterday", "unknown", given(ATC, "B01AB05", "2026-06-29")),
        case("not given", "not-met", *clotting(), given(ATC, "B01AB05", "2026-06-29", "not-done"), **CLOSED),
        case("in words", "review", in_words("warfarin 5 mg", order(RXNORM, WARFARIN))),
        case("not allowed", "not-met", *clotting(), order(RXNORM, WARFARIN, doNotPerform=True), **CLOSED),
        case("long-term use, a status", "review", entry(ICD10CM, "Z79.01")),
        case(
            "long-term use, refuted", "not-met", *clotting(), entry(ICD10CM, "Z79.01", verification="refuted"), **CLOSED
        ),
        case(
            "an allergy to warfarin",
            "not-met",
            *clotting(),
            {
                "resourceType": "AllergyIntolerance",
                "id": "a",
                "patient": {"reference": "Patient/p"},
                "code": concept(RXNORM, WARFARIN),
            },
            **CLOSED,
        ),
        case("an unknown drug in a closed world", "review", *clotting(), order("http://x", "1"), **CLOSED),
    ],
)
def test_e17_of_anticoagulants(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """One that is taken now excludes; planned, over or never taken it does not, nor one against platelets."""
    assert verdict(f"{TRIAL}-E17", *record, **options) == expected


def test_e17_fires_twice_and_is_reported_once() -> None:
    """Warfarin and its INR are both cited under the one criterion."""
    record = (order(RXNORM, WARFARIN), *clotting(inr="2.5 {INR}"))
    found = criterion(f"{TRIAL}-E17", *record)
    cited = {one.reference for one in found.evidence}
    assert cited == {f"MedicationRequest/medicationrequest-{WARFARIN}", f"Observation/observation-{INR}"}
    assert all(part in found.reason for part in ("2.5", "1.2", "1.5", "2026-06-20"))
    (screening,) = [one for one in screenings(*record) if one.trial == TRIAL]
    assert screening.blocking == (f"{TRIAL}-E17",)


def test_e17_says_that_the_time_in_percent_was_left_out() -> None:
    """The prothrombin time that is an activity is named, and one in seconds is what is needed."""
    found = criterion(f"{TRIAL}-E17", *clotting(pt=None), result(PT, "55 %"), **CLOSED)
    assert ("55 %" in found.reason, [need.concept for need in found.needs]) == (True, ["prothrombin-time"])
    assert (found.outcome, criterion(f"{TRIAL}-E17", *clotting()).outcome) == ("missing", "confirm")


HYPERTENSION = entry(SNOMED, "38341003", clinical="active")
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"


def component(code: str, value: str | None) -> Resource:
    """A part of a panel; without a value, the reason why there is none."""
    absent = {"dataAbsentReason": concept(f"{HL7}/data-absent-reason", "not-performed")}
    return {"code": concept(LOINC, code)} | ({"valueQuantity": quantity(value)} if value else absent)


def panel(systolic: str | None, diastolic: str | None, on: str | None = "2026-06-20", **more: Any) -> Resource:
    """A blood pressure with its two components, in millimetres unless said otherwise."""
    parts = [component(SYSTOLIC, systolic), component(DIASTOLIC, diastolic)]
    return result("85354-9", None, on, component=parts, **({"id": f"panel-{on}"} | more))


def pressure(systolic: int, diastolic: int, on: str = "2026-06-20", **more: Any) -> Resource:
    """A blood pressure in millimetres of mercury."""
    return panel(f"{systolic} mm[Hg]", f"{diastolic} mm[Hg]", on, **more)


@pytest.mark.parametrize(
    CASES,
    [
        case("both at the bounds", "not-met", HYPERTENSION, pressure(160, 100)),
        case("systolic above", "met", HYPERTENSION, pressure(161, 90)),
        case("diastolic above", "met", HYPERTENSION, pressure(150, 101)),
        case("by a tenth", "met", HYPERTENSION, panel("160.1 mm[Hg]", "90 mm[Hg]")),
        case("both above", "met", HYPERTENSION, pressure(190, 110)),
        case("treated, without a diagnosis", "met", order(ATC, "C09AA02"), pressure(190, 110)),
        case("treated once", "review", order(ATC, "C09AA02", status="completed"), pressure(190, 110), **CLOSED),
        case("neither", "review", pressure(190, 110)),
        case("neither in a closed world", "review", pressure(190, 110), **CLOSED),
        case("neither, and low", "not-met", pressure(120, 80)),
        case(
            "hypertension refuted, high",
            "review",
            entry(ICD10, "I10", verification="refuted"),
            pressure(190, 110),
            **CLOSED,
        ),
        case(
            "hypertension provisional, high",
            "review",
            entry(ICD10, "I10", verification="provisional"),
            pressure(190, 110),
        ),
        case(
            "hypertension entered in error, high",
            "review",
            entry(ICD10, "I10", verification="entered-in-error"),
            pressure(190, 110),
        ),
        case("hypertension, no pressure", "unknown", HYPERTENSION),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", **CLOSED),
        case("one component absent, the other fine", "unknown", HYPERTENSION, panel("150 mm[Hg]", None)),
        case("one component absent, the other high", "met", HYPERTENSION, panel(None, "101 mm[Hg]")),
        case("standing alone", "met", HYPERTENSION, result(SYSTOLIC, "161 mm[Hg]")),
        case(
            "standing alone, both fine",
            "not-met",
            HYPERTENSION,
            result(SYSTOLIC, "150 mm[Hg]"),
            result(DIASTOLIC, "90 mm[Hg]"),
        ),
        case("kilopascals just below", "not-met", HYPERTENSION, panel("21.33 kPa", "13.33 kPa")),
        case("kilopascals above", "met", HYPERTENSION, panel("21.34 kPa", "12 kPa")),
        case("written as most do", "met", HYPERTENSION, panel("161 mmHg", "90 mmHg")),
        case("no unit", "unknown", HYPERTENSION, panel("190", "110")),
        case("the latest counts", "not-met", HYPERTENSION, pressure(190, 110, "2026-06-19"), pressure(150, 90)),
        case("the latest counts, high", "met", HYPERTENSION, pressure(150, 90, "2026-06-19"), pressure(190, 110)),
        case("two of a day", "unknown", HYPERTENSION, pressure(150, 90), pressure(190, 110, id="b")),
        case(
            "two of a day by the hour",
            "not-met",
            HYPERTENSION,
            pressure(190, 110, "2026-06-20T08:00:00Z"),
            pressure(150, 90, "2026-06-20T18:00:00Z"),
        ),
        case("stale", "unknown", HYPERTENSION, pressure(190, 110, "2026-03-31")),
        case("of a day to come", "unknown", HYPERTENSION, pressure(190, 110, "2026-07-01")),
        case("withdrawn", "unknown", HYPERTENSION, pressure(190, 110, status="entered-in-error")),
        case("impossible", "unknown", HYPERTENSION, pressure(1900, 1100)),
        case("a low diagnosis", "not-met", HYPERTENSION, pressure(120, 80), **CLOSED),
        case("of the lungs", "review", entry(ICD10, "I27.0"), pressure(190, 110)),
        case("too young to be recorded", "unknown", patient(birthDate=None), HYPERTENSION),
    ],
)
def test_e18(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Above 160 or 100 with hypertension or a treatment; at the bounds controlled, and with neither a question."""
    assert verdict(f"{TRIAL}-E18", *record, **options) == expected


def test_e18_says_which_pressure_and_of_whom() -> None:
    """The panel is cited with value and bound, beside the hypertension; without a pressure it is what is missing."""
    found = criterion(f"{TRIAL}-E18", HYPERTENSION, pressure(161, 90))
    assert all(part in found.reason for part in ("161", "160", "2026-06-20"))
    assert {one.reference for one in found.evidence} == {"Condition/condition-38341003", "Observation/panel-2026-06-20"}
    lacking = criterion(f"{TRIAL}-E18", HYPERTENSION)
    assert lacking.outcome == "missing"
    assert {need.concept for need in lacking.needs} == {"systolic-blood-pressure", "diastolic-blood-pressure"}
