"""The traps of exclusions 4 to 8 of NCT03828123: pregnancy, clotting, skin, gastrostomy, and what endangers."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    ICD10,
    ICD10CM,
    LOCAL,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    device,
    done,
    entry,
    fed,
    in_words,
    of_family,
    order,
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT03828123"
CLOSED = {"closed_world": True}
MAN = patient(gender="male")
PREGNANT, LACTATING, CLOTTING = "77386006", "866041003", "64779008"


def now(system: str, code: str, **more: Any) -> Resource:
    """An active and confirmed Condition, unless said otherwise."""
    return entry(system, code, **({"clinical": "active", "verification": "confirmed"} | more))


@pytest.mark.parametrize(
    CASES,
    [
        case("pregnant", "met", now(SNOMED, PREGNANT, recordedDate="2026-06-20")),
        case("breastfeeding", "met", now(SNOMED, LACTATING, recordedDate="2026-06-20")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("a man", "not-met", MAN),
        case("a man with a pregnancy on record", "review", MAN, now(SNOMED, PREGNANT, recordedDate="2026-06-20")),
        case("a man whose wife is pregnant", "not-met", MAN, now(SNOMED, "160884000")),
        case(
            "the pregnancy is over",
            "unknown",
            entry(SNOMED, PREGNANT, clinical="resolved", abatementDateTime="2026-01-01"),
        ),
        case(
            "the expected date of delivery has passed",
            "not-met",
            now(SNOMED, PREGNANT, onsetDateTime="2025-10-01"),
            result("11778-8", None, "2026-01-15", valueDateTime="2026-06-10"),
            **CLOSED,
        ),
        case("a delivery to come", "met", result("11778-8", None, "2026-05-01", valueDateTime="2026-11-20")),
        case("refuted", "unknown", now(SNOMED, PREGNANT, verification="refuted")),
        case("provisional", "unknown", now(SNOMED, PREGNANT, verification="provisional", recordedDate="2026-06-20")),
        case("entered in error", "unknown", now(SNOMED, PREGNANT, verification="entered-in-error")),
        case("a sister's", "unknown", of_family(SNOMED, PREGNANT)),
        case("a gender nobody knows", "unknown", patient(gender="unknown")),
    ],
)
def test_e04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Either of the two excludes; of a woman without data nothing is known, and a man is neither."""
    assert verdict(f"{TRIAL}-E04", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("a clotting disorder", "met", now(SNOMED, CLOTTING)),
        case("without statuses", "met", entry(SNOMED, CLOTTING)),
        case("acquired", "met", now(SNOMED, "234466008")),
        case("D65 of the WHO", "met", now(ICD10, "D65")),
        case("D66 of ICD-10-CM", "met", now(ICD10CM, "D66")),
        case("D69.6 of the WHO", "met", now(ICD10, "D69.6")),
        case("the range ends before D70", "unknown", now(ICD10, "D70")),
        case("the range begins after D64.9", "unknown", now(ICD10, "D64.9")),
        case("bleeding due to anticoagulants in the blood", "unknown", now(ICD10, "D68.3"), **CLOSED),
        case("bleeding under an anticoagulant", "unknown", now(ICD10CM, "D68.32")),
        case("bleeding under an anticoagulant, in a closed world", "not-met", now(ICD10CM, "D68.32"), **CLOSED),
        case("warfarin", "unknown", order(ATC, "B01AA03")),
        case("warfarin in a closed world", "not-met", order(ATC, "B01AA03"), **CLOSED),
        case("long on an anticoagulant", "unknown", now(ICD10CM, "Z79.01")),
        case("a high INR", "unknown", result("6301-6", "3.5 {INR}", high="1.2 {INR}")),
        case("few platelets", "unknown", result("777-3", "20 10*3/uL")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("refuted", "not-met", now(SNOMED, CLOTTING, verification="refuted")),
        case("provisional", "unknown", now(SNOMED, CLOTTING, verification="provisional")),
        case("entered in error", "unknown", now(SNOMED, CLOTTING, verification="entered-in-error")),
        case("in remission", "review", now(SNOMED, CLOTTING, clinical="remission")),
        case("in words", "review", in_words("Coagulation disorder", now(SNOMED, CLOTTING))),
        case("a brother's", "unknown", of_family(SNOMED, CLOTTING)),
    ],
)
def test_e05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A diagnosis of the clotting itself excludes; a treatment against it, or a laboratory value, does not."""
    assert verdict(f"{TRIAL}-E05", *record, **options) == expected


def test_e05_shows_the_laboratory() -> None:
    """Values of clotting are shown beside the open question, and a diagnosis is named."""
    shown = criterion(f"{TRIAL}-E05", result("6301-6", "3.5 {INR}"), result("777-3", "20 10*3/uL"))
    assert {one.reference for one in shown.evidence} == {
        "Observation/observation-6301-6",
        "Observation/observation-777-3",
    }
    assert shown.outcome == "confirm"
    found = criterion(f"{TRIAL}-E05", entry(SNOMED, CLOTTING, recordedDate="2026-05-01"))
    assert (found.outcome, found.evidence[0].reference) == ("fail", f"Condition/condition-{CLOTTING}")
    assert "2026-05-01" in found.reason


@pytest.mark.parametrize(
    CASES,
    [
        case("without a site", "review", now(ICD10CM, "L08.9")),
        case("cellulitis of the back", "review", now(ICD10, "L03.3", bodySite=[{"text": "lumbar region"}])),
        case("at the hip bone", "review", now(ICD10, "L02.2", bodySite=[{"text": "iliac crest"}])),
        case("at the toe", "review", now(ICD10, "L03.0", bodySite=[{"text": "toe"}])),
        case("an erysipelas", "review", now(ICD10, "A46")),
        case("healed", "not-met", entry(ICD10, "L03.3", clinical="resolved", abatementDateTime="2026-05-01")),
        case("an eczema", "unknown", now(ICD10, "L20.9")),
        case("pneumonia", "unknown", now(ICD10, "J18.9")),
        case("refuted", "not-met", now(ICD10CM, "L08.9", verification="refuted")),
        case("provisional", "unknown", now(ICD10CM, "L08.9", verification="provisional")),
        case("entered in error", "unknown", now(ICD10CM, "L08.9", verification="entered-in-error")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e06(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Where an infection of the skin is, a person looks; none is on file without one."""
    found = criterion(f"{TRIAL}-E06", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "not-met" else "confirm")
    if expected == "review":
        assert found.evidence[0].reference.startswith("Condition/condition-")


def closed(on: str | None, **more: Any) -> Resource:
    """The closure of a gastrostomy, under our own code."""
    made = done("gastrostomy-closure", on, **more)
    return made | {"code": concept(LOCAL, "gastrostomy-closure")}


PEG = "54956002"


@pytest.mark.parametrize(
    CASES,
    [
        case("done", "met", done(PEG, "2026-01-10")),
        case("done without a day", "met", done(PEG)),
        case("under another code", "met", done("265367004", "2020-01-01")),
        case("permanent", "met", done("60465006", "2020-01-01")),
        case("its status", "met", now(ICD10, "Z93.1")),
        case("its status of ICD-10-CM", "met", now(ICD10CM, "Z93.1")),
        case("a tube", "met", device("126064005")),
        case("planned", "unknown", done(PEG, "2026-07-20", "preparation")),
        case("planned, in a closed world", "not-met", done(PEG, None, "preparation"), **CLOSED),
        case("not done", "unknown", done(PEG, "2026-01-10", "not-done")),
        case("entered in error", "unknown", done(PEG, "2026-01-10", "entered-in-error")),
        case("done after the day", "unknown", done(PEG, "2026-07-01")),
        case("broken off", "review", done(PEG, "2026-01-10", "stopped")),
        case("closed later", "unknown", done(PEG, "2025-01-10"), closed("2026-01-10")),
        case("closed later, in a closed world", "not-met", done(PEG, "2025-01-10"), closed("2026-01-10"), **CLOSED),
        case("closed before", "met", done(PEG, "2025-01-10"), closed("2024-01-10")),
        case(
            "closed, and made anew",
            "met",
            done(PEG, "2025-01-10"),
            closed("2025-06-10"),
            done(PEG, "2026-01-10", id="b"),
        ),
        case("closed on a day nobody knows", "review", done(PEG, "2025-01-10"), closed(None)),
        case("closed in the same year", "review", done(PEG, "2025"), closed("2025-06-10")),
        case("the closure is planned", "met", done(PEG, "2025-01-10"), closed(None, status="preparation")),
        case("the closure is to come", "met", done(PEG, "2025-01-10"), closed("2026-07-10")),
        case(
            "the closure entered in error",
            "met",
            done(PEG, "2025-01-10"),
            closed("2026-01-10", status="entered-in-error"),
        ),
        case("as history", "review", entry(SNOMED, "161689000")),
        case("as history, in a closed world", "review", entry(SNOMED, "161689000"), **CLOSED),
        case("as history, refuted", "unknown", entry(SNOMED, "161689000", verification="refuted")),
        case("its status provisional", "unknown", now(ICD10, "Z93.1", verification="provisional")),
        case("another opening", "unknown", now(ICD10CM, "Z93.4")),
        case("a tracheostomy", "unknown", now(ICD10CM, "Z93.0")),
        case("a jejunostomy", "unknown", in_words("Jejunostomy", done(PEG, "2026-01-10"))),
        case("in words", "review", in_words("Gastrostomy", done(PEG, "2026-01-10"))),
        case("a nasogastric tube", "unknown", device("17102003")),
        case("fed by a tube", "unknown", fed()),
        case("cuts food with a gastrostomy, by the ALSFRS-R", "unknown", result("82944-0", "2 {score}")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e07(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A gastrostomy that is there excludes, whoever recorded it how; one planned, closed or elsewhere does not."""
    assert verdict(f"{TRIAL}-E07", *record, **options) == expected


def test_e07_names_what_it_found() -> None:
    """The operation and its day; and with a closure, that too."""
    found = criterion(f"{TRIAL}-E07", done(PEG, "2026-01-10"))
    assert (found.outcome, [one.reference for one in found.evidence]) == ("fail", [f"Procedure/procedure-{PEG}"])
    assert "2026-01-10" in found.reason
    undone = criterion(f"{TRIAL}-E07", done(PEG, "2025-01-10"), closed("2026-01-10"), **CLOSED)
    assert {one.reference for one in undone.evidence} == {
        f"Procedure/procedure-{PEG}",
        "Procedure/procedure-gastrostomy-closure",
    }
    assert undone.outcome == "pass"


CLOT, INFARCTION = "429098002", "22298006"


@pytest.mark.parametrize(
    CASES,
    [
        case("an infarction", "review", now(SNOMED, INFARCTION)),
        case(
            "an infarction of years ago",
            "review",
            entry(ICD10, "I21.9", clinical="resolved", onsetDateTime="2010-01-01"),
        ),
        case("heart failure", "review", now(ICD10, "I50.0")),
        case("kidney failure", "review", now(SNOMED, "42399005")),
        case("kidney disease of stage 3", "unknown", now(ICD10, "N18.3")),
        case("liver failure", "review", now(ICD10, "K72.9")),
        case("cancer", "review", now(ICD10, "C50.9")),
        case("cancer of the past alone", "unknown", entry(ICD10, "C50.9", clinical="resolved")),
        case("a benign tumour", "unknown", now(ICD10, "D24")),
        case("sepsis", "review", now(ICD10, "A41.9")),
        case("a cold", "unknown", now(ICD10, "J00")),
        case("heart failure that is over", "unknown", entry(ICD10, "I50.0", clinical="resolved")),
        case("one thrombosis", "unknown", now(SNOMED, CLOT, onsetDateTime="2020-01-01")),
        case(
            "two thromboses",
            "review",
            now(SNOMED, CLOT, onsetDateTime="2020-01-01"),
            now(ICD10, "I26.9", onsetDateTime="2024-01-01"),
        ),
        case(
            "one thrombosis entered twice",
            "unknown",
            now(SNOMED, CLOT, onsetDateTime="2020-01-01"),
            now(SNOMED, CLOT, onsetDateTime="2020-01-01", id="again"),
        ),
        case("refuted", "unknown", now(SNOMED, INFARCTION, verification="refuted")),
        case("provisional", "unknown", now(SNOMED, INFARCTION, verification="provisional")),
        case("entered in error", "unknown", now(SNOMED, INFARCTION, verification="entered-in-error")),
        case("a father's", "unknown", of_family(SNOMED, INFARCTION)),
        case("the disease itself", "unknown", ALS),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("something nobody knows, in a closed world", "review", now("http://example.org", "X"), **CLOSED),
    ],
)
def test_e08(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A condition of the list is put to a person, and never decides that safety is compromised."""
    found = criterion(f"{TRIAL}-E08", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "not-met" else "confirm")


def test_e08_shows_what_it_asks_about() -> None:
    """The question names the entry with its dates."""
    found = criterion(f"{TRIAL}-E08", now(SNOMED, INFARCTION, onsetDateTime="2026-05-01"))
    assert (found.basis, found.evidence[0].reference) == ("judgement", f"Condition/condition-{INFARCTION}")
    assert "2026-05-01" in found.reason
