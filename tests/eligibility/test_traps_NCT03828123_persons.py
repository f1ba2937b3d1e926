"""The traps of exclusions 9 to 12 of NCT03828123: abuse, cancer, and contraception."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    ICD10,
    ICD10CM,
    SNOMED,
    Resource,
    case,
    criterion,
    device,
    done,
    entry,
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
ALCOHOL, DRUGS, CANCER = "15167005", "26416006", "363346000"


def now(system: str, code: str, **more: Any) -> Resource:
    """An active and confirmed Condition, unless said otherwise."""
    return entry(system, code, **({"clinical": "active", "verification": "confirmed"} | more))


@pytest.mark.parametrize(
    CASES,
    [
        case("alcohol", "met", now(SNOMED, ALCOHOL)),
        case("alcoholism", "met", now(SNOMED, "7200002")),
        case("drugs", "met", now(SNOMED, DRUGS)),
        case("harmful use of alcohol", "met", now(ICD10, "F10.1")),
        case("dependence on alcohol", "met", now(ICD10CM, "F10.20")),
        case("abuse of opioids", "met", now(ICD10CM, "F11.10")),
        case("dependence on several drugs", "met", now(ICD10, "F19.2")),
        case("without statuses", "met", entry(SNOMED, ALCOHOL)),
        case("smoking", "unknown", now(ICD10, "F17.2")),
        case("smoking, in ICD-10-CM", "unknown", now(ICD10CM, "F17.210")),
        case("smoking, a code of no concept, in a closed world", "review", now(ICD10, "F17.2"), **CLOSED),
        case("smoking status", "unknown", result("72166-2", None, valueString="daily")),
        case("opioids by prescription", "unknown", order(ATC, "N02AA01")),
        case("opioids by prescription, in a closed world", "not-met", order(ATC, "N02AA01"), **CLOSED),
        case("use of opioids that is no abuse", "unknown", now(ICD10CM, "F11.90")),
        case("long on opioids", "unknown", now(ICD10CM, "Z79.891")),
        case("in remission", "review", entry(SNOMED, ALCOHOL, clinical="remission")),
        case("in remission by its code", "review", now(ICD10CM, "F10.21")),
        case("drugs in remission by their code", "review", now(ICD10CM, "F11.21")),
        case("drugs in remission by their code, in a closed world", "review", now(ICD10CM, "F19.11"), **CLOSED),
        case("over", "review", entry(SNOMED, DRUGS, clinical="resolved")),
        case("history", "review", entry(SNOMED, "371434005")),
        case("history in a closed world", "review", entry(SNOMED, "371434005"), **CLOSED),
        case("history refuted", "unknown", entry(SNOMED, "371434005", verification="refuted")),
        case("refuted", "unknown", now(SNOMED, ALCOHOL, verification="refuted")),
        case(
            "both refuted",
            "unknown",
            now(SNOMED, ALCOHOL, verification="refuted"),
            now(SNOMED, DRUGS, verification="refuted"),
        ),
        case("refuted, in a closed world", "not-met", now(SNOMED, ALCOHOL, verification="refuted"), **CLOSED),
        case("provisional", "unknown", now(SNOMED, ALCOHOL, verification="provisional")),
        case("entered in error", "unknown", now(SNOMED, ALCOHOL, verification="entered-in-error")),
        case("in words", "review", in_words("Alcohol abuse", now(SNOMED, ALCOHOL))),
        case("a father's", "unknown", of_family(SNOMED, ALCOHOL)),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e09(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Abuse or dependence now excludes, what is past is for a person; smoking and a prescription are neither."""
    assert verdict(f"{TRIAL}-E09", *record, **options) == expected


def test_e09_names_the_entry() -> None:
    """Now or in the past, with the entry it rests on."""
    found = criterion(f"{TRIAL}-E09", now(ICD10CM, "F11.10", onsetDateTime="2025-03-01"))
    assert (found.outcome, found.evidence[0].reference) == ("fail", "Condition/condition-F11.10")
    assert "2025-03-01" in found.reason
    past = criterion(f"{TRIAL}-E09", now(ICD10CM, "F11.21"))
    assert (past.outcome, past.evidence[0].reference) == ("confirm", "Condition/condition-F11.21")


@pytest.mark.parametrize(
    CASES,
    [
        case("now", "met", now(SNOMED, CANCER)),
        case("without statuses", "met", entry(SNOMED, CANCER)),
        case("the first code of the chapter", "met", now(ICD10, "C00.0")),
        case("the last code of the chapter", "met", now(ICD10, "C97")),
        case("recurrent", "met", now(ICD10CM, "C50.911", clinical="recurrence")),
        case("in situ", "unknown", now(ICD10, "D05.1")),
        case("benign", "unknown", now(ICD10, "D36.9")),
        case("of unknown behaviour", "unknown", now(ICD10, "D48.9")),
        case("in situ, in a closed world", "not-met", now(ICD10, "D05.1"), **CLOSED),
        case(
            "resolved 6 years ago",
            "review",
            entry(SNOMED, "254837009", clinical="resolved", abatementDateTime="2020-06-30"),
        ),
        case("in remission", "review", entry(ICD10, "C81.9", clinical="remission")),
        case("history", "review", entry(ICD10CM, "Z85.3")),
        case("history in a closed world", "review", entry(ICD10, "Z85.3"), **CLOSED),
        case("in the family", "unknown", entry(ICD10, "Z80.3")),
        case("a mother's", "unknown", of_family(ICD10, "C50.9")),
        case("refuted", "unknown", now(SNOMED, CANCER, verification="refuted")),
        case("refuted, in a closed world", "not-met", now(SNOMED, CANCER, verification="refuted"), **CLOSED),
        case("provisional", "unknown", now(SNOMED, CANCER, verification="provisional")),
        case("entered in error", "unknown", now(SNOMED, CANCER, verification="entered-in-error")),
        case("of later", "unknown", now(SNOMED, CANCER, onsetDateTime="2026-07-01")),
        case("in words", "review", in_words("Malignant tumour", now(SNOMED, CANCER))),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e10(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Cancer now excludes, a cured one is for a person; in situ, benign and of the family are none."""
    assert verdict(f"{TRIAL}-E10", *record, **options) == expected


def test_e10_decides_what_e08_only_asks() -> None:
    """The same entry excludes by E10 and is a question in E08; a screening is failed by the one that decides."""
    record = now(SNOMED, CANCER, recordedDate="2026-05-01")
    found, asked = criterion(f"{TRIAL}-E10", record), criterion(f"{TRIAL}-E08", record)
    assert (found.outcome, asked.outcome) == ("fail", "confirm")
    assert found.evidence[0].reference == asked.evidence[0].reference == f"Condition/condition-{CANCER}"
    assert "2026-05-01" in found.reason


PILL, COIL, LIGATION, VASECTOMY, HYSTERECTOMY = "G03AA07", "16680005", "287664005", "22523008", "236886002"


@pytest.mark.parametrize(
    CASES,
    [
        case("a woman", "review"),
        case("a woman, in a closed world", "review", **CLOSED),
        case("with the pill", "review", order(ATC, PILL)),
        case("with a coil", "review", device(COIL)),
        case("with tied tubes", "not-met", done(LIGATION, "2015-01-01")),
        case("with tied tubes, by a status", "not-met", entry(ICD10CM, "Z98.51")),
        case("tied tubes that are planned", "review", done(LIGATION, None, "preparation")),
        case("tied tubes entered in error", "review", done(LIGATION, "2015-01-01", "entered-in-error")),
        case("without a womb", "not-met", done(HYSTERECTOMY, "2015-01-01")),
        case("without a womb after the day", "review", done(HYSTERECTOMY, "2026-07-01")),
        case("after menopause", "not-met", entry(SNOMED, "307429007")),
        case("after menopause, refuted", "review", entry(SNOMED, "307429007", verification="refuted")),
        case("a mother after menopause", "review", of_family(SNOMED, "307429007")),
        case("of 70 years", "review", patient(birthDate="1956-01-01")),
        case("a man", "not-met", MAN),
        case("a man on record as pregnant", "review", MAN, now(SNOMED, "77386006", recordedDate="2026-06-20")),
        case("another gender", "review", patient(gender="other")),
        case("a gender nobody knows", "review", patient(gender=None)),
    ],
)
def test_e11(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Whether a woman uses none is asked of her; men, and those who can bear no child, are not meant."""
    found = criterion(f"{TRIAL}-E11", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "not-met" else "confirm")


@pytest.mark.parametrize(
    CASES,
    [
        case("a man", "review", MAN),
        case("a man, in a closed world", "review", MAN, **CLOSED),
        case("after a vasectomy, which the text does not list", "review", MAN, done(VASECTOMY, "2015-01-01")),
        case("after a vasectomy, by a status", "review", MAN, entry(ICD10CM, "Z98.52")),
        case("a woman", "not-met"),
        case("another gender", "review", patient(gender="other")),
        case("a gender nobody knows", "review", patient(gender=None)),
    ],
)
def test_e12(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Whether a man uses none is asked of him, vasectomy or not; women are not meant."""
    found = criterion(f"{TRIAL}-E12", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "not-met" else "confirm")


def test_e11_and_e12_ask_the_patient() -> None:
    """They are attestations; who is not meant is so by a named resource."""
    asked = criterion(f"{TRIAL}-E11")
    assert (asked.basis, "contraception" in asked.reason) == ("attestation", True)
    assert criterion(f"{TRIAL}-E12", MAN).basis == "attestation"
    assert criterion(f"{TRIAL}-E11", MAN).evidence[0].reference == "Patient/p"
    assert criterion(f"{TRIAL}-E12").evidence[0].reference == "Patient/p"
    tied = criterion(f"{TRIAL}-E11", done(LIGATION, "2015-01-01"))
    assert f"Procedure/procedure-{LIGATION}" in {one.reference for one in tied.evidence}
