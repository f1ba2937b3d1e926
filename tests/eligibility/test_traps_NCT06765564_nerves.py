"""The traps of the diseases of nerves and mind that NCT06765564 excludes, from a record to the verdict."""

from __future__ import annotations

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
    entry,
    in_words,
    of_family,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
CLOSED = {"closed_world": True}
DEMENTIA, DEPRESSION = "52448006", "310497006"


def als(verification: str) -> Resource:
    """ALS, as sure as the verification status has it."""
    return entry(SNOMED, "86044005", clinical="active", verification=verification)


@pytest.mark.parametrize(
    CASES,
    [
        case("ALS confirmed", "not-met", ALS),
        case("ALS without a status", "not-met", entry(SNOMED, "86044005")),
        case("nothing", "review"),
        case("nothing in a closed world", "review", **CLOSED),
        case("provisional", "review", als("provisional")),
        case("differential", "review", als("differential")),
        case("refuted", "review", als("refuted")),
        case("entered in error", "review", als("entered-in-error")),
        case("motor neuron disease alone", "review", entry(ICD10, "G12.2")),
        case("of the father", "review", of_family(SNOMED, "86044005")),
        case("confirmed beside a differential", "not-met", ALS, entry(SNOMED, "91637004", verification="differential")),
    ],
)
def test_e01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A confirmed ALS answers the double negation; anything less is for a person, with the entry shown."""
    found = criterion(f"{TRIAL}-E01", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "not-met" else "confirm")


def test_e01_shows_the_doubtful_diagnosis() -> None:
    """The entry that is only a differential diagnosis is what a person looks at."""
    found = criterion(f"{TRIAL}-E01", als("differential"))
    assert [one.reference for one in found.evidence] == ["Condition/condition-86044005"]


@pytest.mark.parametrize(
    CASES,
    [
        case("dementia", "met", entry(SNOMED, DEMENTIA, clinical="active", verification="confirmed")),
        case("dementia of ICD-10", "met", entry(ICD10, "F03")),
        case("ALS with dementia", "met", entry(SNOMED, "230258005", clinical="active")),
        case("ALS with frontotemporal dementia", "met", entry(SNOMED, "1259124000", clinical="active")),
        case("schizophrenia", "met", entry(SNOMED, "58214004")),
        case("bipolar", "met", entry(ICD10, "F31.3")),
        case("bipolar in full remission", "review", entry(SNOMED, "41836007")),
        case("severe depression", "met", entry(SNOMED, DEPRESSION)),
        case("severe depression of ICD-10", "met", entry(ICD10, "F33.2")),
        case("severe depression that is over", "review", entry(SNOMED, DEPRESSION, clinical="resolved")),
        case("severe depression in remission", "review", entry(SNOMED, DEPRESSION, clinical="remission")),
        case("dementia that is over", "review", entry(SNOMED, DEMENTIA, clinical="resolved")),
        case("unspecified depression", "unknown", entry(ICD10, "F32.9")),
        case("unspecified depression in a closed world", "not-met", entry(ICD10, "F32.9"), **CLOSED),
        case("mild depression in a closed world", "not-met", entry(ICD10, "F32.0"), **CLOSED),
        case("anxiety in a closed world", "not-met", entry(SNOMED, "197480006"), **CLOSED),
        case("schizoaffective", "review", entry(ICD10, "F25.0")),
        case("psychosis", "review", entry(SNOMED, "69322001")),
        case("mania", "review", entry(ICD10, "F30.1")),
        case("refuted", "unknown", entry(SNOMED, DEMENTIA, verification="refuted")),
        case("refuted in a closed world", "not-met", entry(SNOMED, DEMENTIA, verification="refuted"), **CLOSED),
        case("entered in error", "unknown", entry(SNOMED, DEMENTIA, verification="entered-in-error")),
        case("provisional", "unknown", entry(SNOMED, DEMENTIA, verification="provisional"), **CLOSED),
        case("differential", "unknown", entry(SNOMED, DEMENTIA, verification="differential"), **CLOSED),
        case(
            "refuted, and confirmed elsewhere",
            "met",
            entry(SNOMED, DEMENTIA, verification="refuted"),
            entry(ICD10, "F03", verification="confirmed"),
        ),
        case("of the mother", "not-met", of_family(SNOMED, DEMENTIA), **CLOSED),
        case("in words", "review", in_words("Dementia", entry(SNOMED, DEMENTIA))),
        case("of later", "unknown", entry(SNOMED, DEMENTIA, onsetDateTime="2026-07-01")),
        case("over by now", "review", entry(SNOMED, DEPRESSION, abatementDateTime="2026-06-01")),
        case(
            "active, but ended", "review", entry(SNOMED, DEPRESSION, clinical="active", abatementDateTime="2026-06-01")
        ),
        case("low scores", "unknown", result("72106-8", "10 {score}"), result("72172-0", "9 {score}")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The four that are named while they last; others of weight, or over, a person judges; mild ones do not fire."""
    assert verdict(f"{TRIAL}-E02", *record, **options) == expected


def test_e02_shows_the_scores_and_names_the_diagnosis() -> None:
    """Scores are evidence without a limit; the diagnosis is cited; nothing on file is for a person to confirm."""
    found = criterion(
        f"{TRIAL}-E02", entry(ICD10, "F03"), result("72106-8", "28 {score}"), result("72172-0", "27 {score}")
    )
    assert [one.reference for one in found.evidence] == [
        "Condition/condition-F03",
        "Observation/observation-72106-8",
        "Observation/observation-72172-0",
    ]
    assert ("F03" in found.reason, criterion(f"{TRIAL}-E02").outcome) == (True, "confirm")


@pytest.mark.parametrize(
    CASES,
    [
        case("ALS alone", "unknown", ALS),
        case("ALS alone in a closed world", "not-met", ALS, **CLOSED),
        case("ALS of ICD-10-CM in a closed world", "not-met", entry(ICD10CM, "G12.21"), **CLOSED),
        case("motor neuron disease in a closed world", "not-met", entry(ICD10, "G12.2"), **CLOSED),
        case("neuropathy", "met", ALS, entry(ICD10, "G62.9")),
        case("diabetic neuropathy", "met", ALS, entry(ICD10, "E11.4")),
        case("diabetic neuropathy of ICD-10-CM", "met", ALS, entry(ICD10CM, "E11.42")),
        case("metabolic myopathy", "met", entry(SNOMED, "766715000")),
        case("myopathy", "met", entry(ICD10, "G72.9")),
        case("myasthenia", "review", entry(SNOMED, "91637004")),
        case("spinal atrophy", "review", entry(ICD10, "G12.1")),
        case("glycogen storage", "review", entry(ICD10, "E74.0")),
        case("neuropathy that is over", "not-met", entry(ICD10, "G61.0", clinical="resolved"), **CLOSED),
        case("neuropathy in remission", "review", entry(ICD10, "G61.8", clinical="remission")),
        case("refuted", "not-met", entry(SNOMED, "91637004", verification="refuted"), **CLOSED),
        case("provisional", "unknown", entry(ICD10, "G62.9", verification="provisional"), **CLOSED),
        case("entered in error", "not-met", entry(ICD10, "G62.9", verification="entered-in-error"), **CLOSED),
        case("in words", "review", in_words("Peripheral neuropathy", entry(ICD10, "G62.9"))),
        case("nothing", "unknown"),
    ],
)
def test_e03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """ALS and its kin are taken out; neuropathies and myopathies decide, what else there is a person judges."""
    assert verdict(f"{TRIAL}-E03", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("now", "met", entry(SNOMED, "3006004")),
        case("coma", "met", entry(ICD10, "R40.2", clinical="active")),
        case("over", "not-met", entry(SNOMED, "371632003", clinical="resolved")),
        case("no loss of it after an injury", "unknown", entry(SNOMED, "62106007")),
        case(
            "no loss of it, by a name that sounds alike",
            "unknown",
            entry(SNOMED, "62106007")
            | {"code": concept(SNOMED, "62106007", "Concussion with no loss of consciousness")},
        ),
        case("no loss of it in a closed world", "not-met", entry(SNOMED, "62106007"), **CLOSED),
        case("refuted", "not-met", entry(SNOMED, "3006004", verification="refuted")),
        case("provisional", "unknown", entry(SNOMED, "3006004", verification="provisional")),
        case("a coma score alone", "unknown", result("9269-2", "8 {score}")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e16(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """An impairment that is diagnosed and lasts; an injury without it is none, and a score alone proves nothing."""
    assert verdict(f"{TRIAL}-E16", *record, **options) == expected


def test_e16_shows_the_coma_score() -> None:
    """The score is evidence, with its points."""
    (shown,) = criterion(f"{TRIAL}-E16", result("9269-2", "8 {score}")).evidence
    assert (shown.reference, "8" in (shown.value or "")) == ("Observation/observation-9269-2", True)
