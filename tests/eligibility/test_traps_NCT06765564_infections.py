"""The traps of exclusions 5 and 15 of NCT06765564, of infections and viruses, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    HL7,
    ICD10,
    ICD10CM,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    entry,
    given,
    in_words,
    of_family,
    order,
    result,
    statement,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
CLOSED = {"closed_world": True}
PNEUMONIA, CIPROFLOXACIN = "233604007", "J01MA02"


def infection(onset: str | None = None, end: str | None = None, **more: Any) -> Resource:
    """Pneumonia, from a day to a day as far as they are given."""
    return entry(SNOMED, PNEUMONIA, **({"onsetDateTime": onset, "abatementDateTime": end} | more))


def course(period: str, code: str = CIPROFLOXACIN, **more: Any) -> Resource:
    """A statement that an anti-infective is, or was, taken."""
    return statement(ATC, code, period, **({"status": "active" if period.endswith("/") else "completed"} | more))


LASTING = (infection("2026-05-01", clinical="active"), course("2026-05-10/"))


@pytest.mark.parametrize(
    CASES,
    [
        case("both through both windows", "review", *LASTING),
        case(
            "both from the last day of the earlier window",
            "review",
            infection("2026-05-31", clinical="active"),
            course("2026-05-31/"),
        ),
        case("both from a day later", "review", infection("2026-06-01", clinical="active"), course("2026-06-01/")),
        case("both now only", "review", infection("2026-06-25", clinical="active"), course("2026-06-25/")),
        case(
            "both in the earlier window only",
            "review",
            infection("2026-05-20", "2026-05-30"),
            course("2026-05-20/2026-05-30"),
        ),
        case(
            "both ended on its first day",
            "review",
            infection("2026-05-01", "2026-05-17"),
            course("2026-05-01/2026-05-17"),
        ),
        case(
            "both ended a day before it",
            "not-met",
            infection("2026-05-01", "2026-05-16"),
            course("2026-05-01/2026-05-16"),
        ),
        case("infection alone", "review", infection("2026-05-01", clinical="active")),
        case("drug alone", "review", course("2026-05-10/")),
        case(
            "drug through, infection now only",
            "review",
            infection("2026-06-25", clinical="active"),
            course("2026-05-10/"),
        ),
        case(
            "infection through, drug in the earlier window only",
            "review",
            infection("2026-05-01", clinical="active"),
            course("2026-05-10/2026-05-20"),
        ),
        case("an antiviral", "review", LASTING[0], course("2026-05-10/", "J05AB01")),
        case("an antifungal", "review", LASTING[0], course("2026-05-10/", "J02AC01")),
        case("an antibiotic of the skin", "review", LASTING[0], course("2026-05-10/", "D06AX01")),
        case("one dose", "review", LASTING[0], given(ATC, CIPROFLOXACIN, "2026-06-20")),
        case("a dose 44 days ago", "review", given(ATC, CIPROFLOXACIN, "2026-05-17")),
        case("a dose 45 days ago", "not-met", given(ATC, CIPROFLOXACIN, "2026-05-16"), **CLOSED),
        case("only planned", "review", LASTING[0], order(ATC, CIPROFLOXACIN, "2026-05-10", intent="plan")),
        case("only planned, and no infection", "unknown", order(ATC, CIPROFLOXACIN, "2026-05-10", intent="plan")),
        case("never given", "unknown", given(ATC, CIPROFLOXACIN, "2026-05-20", "not-done")),
        case("not taken", "unknown", statement(ATC, CIPROFLOXACIN, "2026-05-20/", "not-taken")),
        case("refuted", "review", infection(verification="refuted"), course("2026-05-10/")),
        case("refuted, no drug", "not-met", infection(verification="refuted"), **CLOSED),
        case("provisional", "unknown", infection("2026-05-01", clinical="active", verification="provisional")),
        case("entered in error", "unknown", infection("2026-05-01", verification="entered-in-error")),
        case("of a child", "unknown", of_family(SNOMED, PNEUMONIA)),
        case("over in a month that straddles", "unknown", infection("2026-04", "2026-05")),
        case("over in a month inside", "review", infection("2026-05-20", "2026-06")),
        case("a chronic one", "unknown", entry(ICD10, "B18.2", clinical="active")),
        case("in words", "review", in_words("Pneumonia", infection("2026-05-01"))),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("an unknown drug in a closed world", "review", order("http://x", "1"), **CLOSED),
    ],
)
def test_e05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """What lies in 44 days is a question: when the screening period began, the record does not say."""
    assert verdict(f"{TRIAL}-E05", *record, **options) == expected


def test_e05_cites_infection_and_drug() -> None:
    """Both are named, with their days; nothing on file is for a person to ask, not a datum to get."""
    found = criterion(f"{TRIAL}-E05", *LASTING)
    assert (found.outcome, {one.reference for one in found.evidence}) == (
        "confirm",
        {f"Condition/condition-{PNEUMONIA}", f"MedicationStatement/medicationstatement-{CIPROFLOXACIN}"},
    )
    assert "2026-05-10" in found.reason
    assert criterion(f"{TRIAL}-E05").outcome == "confirm"


HBSAG, DNA, ANTI_HCV, RNA, HIV, TREPONEMAL = "5196-1", "42595-9", "16128-1", "11011-4", "7917-8", "24110-9"
SAYS = {"positive": "10828004", "negative": "260385009", "indeterminate": "82334004"}


def said(code: str, value: str, on: str = "2026-06-20", **more: Any) -> Resource:
    """A result in SNOMED CT's words."""
    return result(code, None, on, valueCodeableConcept=concept(SNOMED, SAYS[value]), **more)


CLEAR = (said(HBSAG, "negative"), said(ANTI_HCV, "negative"), said(HIV, "negative"), said(TREPONEMAL, "negative"))
SURFACE, REST = said(HBSAG, "positive"), CLEAR[1:]


@pytest.mark.parametrize(
    CASES,
    [
        case("all negative", "unknown", *CLEAR),
        case("all negative in a closed world", "not-met", *CLEAR, **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", **CLOSED),
        case("B at the bound", "met", SURFACE, result(DNA, "500 [IU]/mL")),
        case("B above in other units", "met", SURFACE, result(DNA, "0.5 k[IU]/mL")),
        case("B written as laboratories do", "met", SURFACE, result(DNA, "500 IU/mL")),
        case("B below", "not-met", SURFACE, result(DNA, "499 [IU]/mL"), *REST, **CLOSED),
        case("B without DNA", "unknown", SURFACE, *REST, **CLOSED),
        case("B below what is measurable", "not-met", SURFACE, result(DNA, "<20 [IU]/mL"), *REST, **CLOSED),
        case("B below a thousand", "unknown", SURFACE, result(DNA, "<1000 [IU]/mL"), *REST, **CLOSED),
        case("B above the measurable", "met", SURFACE, result(DNA, ">170000000 [IU]/mL")),
        case("B in copies", "unknown", SURFACE, result(DNA, "2800 {copies}/mL"), *REST, **CLOSED),
        case("DNA alone", "unknown", result(DNA, "5000 [IU]/mL"), *REST, **CLOSED),
        case("antigen negative whatever the DNA", "not-met", *CLEAR, result(DNA, "5000 [IU]/mL"), **CLOSED),
        case("DNA of two months ago", "unknown", SURFACE, result(DNA, "5000 [IU]/mL", "2026-05-01"), *REST, **CLOSED),
        case(
            "antigen of two months ago",
            "unknown",
            said(HBSAG, "positive", "2026-05-01"),
            result(DNA, "5000 [IU]/mL"),
            *REST,
            **CLOSED,
        ),
        case(
            "antigen indeterminate",
            "review",
            said(HBSAG, "indeterminate"),
            result(DNA, "5000 [IU]/mL"),
            *REST,
            **CLOSED,
        ),
        case("B as a diagnosis", "unknown", entry(ICD10, "B18.1", clinical="active")),
        case("B as a diagnosis, antigen negative", "not-met", entry(ICD10, "B18.1"), *CLEAR, **CLOSED),
        case("C with virus", "met", said(ANTI_HCV, "positive"), said(RNA, "positive")),
        case("C cured", "not-met", *CLEAR[:1], said(ANTI_HCV, "positive"), said(RNA, "negative"), *CLEAR[2:], **CLOSED),
        case("C without RNA", "unknown", *CLEAR[:1], said(ANTI_HCV, "positive"), *CLEAR[2:], **CLOSED),
        case("C by the amount of virus", "met", said(ANTI_HCV, "positive"), result(RNA, "15 [IU]/mL")),
        case("C without antibody", "not-met", *CLEAR, said(RNA, "positive"), **CLOSED),
        case("C as a diagnosis", "unknown", entry(ICD10, "B18.2", clinical="active")),
        case("HIV", "met", said(HIV, "positive")),
        case("HIV of years ago", "met", said(HIV, "positive", "2010-01-01")),
        case(
            "HIV negative of years ago", "unknown", *CLEAR[:2], said(HIV, "negative", "2010-01-01"), CLEAR[3], **CLOSED
        ),
        case("HIV as a diagnosis", "review", entry(ICD10, "B24")),
        case("HIV as a diagnosis beside negative tests", "review", *CLEAR, entry(ICD10CM, "B20"), **CLOSED),
        case("HIV of the mother", "unknown", of_family(ICD10, "B24")),
        case("treponemal", "met", said(TREPONEMAL, "positive")),
        case(
            "treponemal after a cure",
            "met",
            said(TREPONEMAL, "positive", "1999-01-01"),
            entry(ICD10, "A53.9", clinical="resolved"),
        ),
        case("reagin", "unknown", said("20507-0", "positive")),
        case("reagin beside negative tests", "not-met", *CLEAR, said("20507-0", "positive"), **CLOSED),
        case("syphilis as a diagnosis", "review", entry(SNOMED, "76272004")),
        case("A", "met", entry(ICD10, "B15.9", clinical="active")),
        case("A that is over", "not-met", *CLEAR, entry(ICD10, "B15.9", clinical="resolved"), **CLOSED),
        case("A refuted", "not-met", *CLEAR, entry(ICD10, "B15.9", verification="refuted"), **CLOSED),
        case("A provisional", "unknown", *CLEAR, entry(ICD10, "B15.9", verification="provisional"), **CLOSED),
        case("A entered in error", "not-met", *CLEAR, entry(ICD10, "B15.9", verification="entered-in-error"), **CLOSED),
        case("immune to A", "unknown", said("20575-1", "positive")),
        case("immune to A, in a closed world", "not-met", *CLEAR, said("20575-1", "positive"), **CLOSED),
        case("E", "met", entry(SNOMED, "235867002", clinical="active")),
        case("chronic E", "met", entry(SNOMED, "450880008")),
        case("due to a drug", "unknown", entry(ICD10, "K71.2", clinical="active")),
        case("withdrawn", "unknown", said(HIV, "positive", status="entered-in-error")),
        case("preliminary", "unknown", said(HIV, "positive", status="preliminary")),
        case("of a day to come", "unknown", said(HIV, "positive", "2026-07-01")),
    ],
)
def test_e15(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """B by antigen and enough DNA, C by antibody and RNA, A and E by diagnosis, HIV and syphilis by antibody."""
    assert verdict(f"{TRIAL}-E15", *record, **options) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueCodeableConcept": {"text": "Negative"}}, "not-met"),
        ({"valueCodeableConcept": {"text": "Non-reactive"}}, "not-met"),
        ({"valueString": "阴性"}, "not-met"),
        ({"valueString": "阳性"}, "met"),
        ({"valueString": "  POSITIVE "}, "met"),
        ({"valueBoolean": False}, "not-met"),
        ({"valueBoolean": True}, "met"),
        ({"valueCodeableConcept": concept("http://loinc.org", "LA6577-6")}, "not-met"),
        ({"interpretation": [concept(f"{HL7}/v3-ObservationInterpretation", "POS")]}, "met"),
        ({"valueString": "see the report"}, "review"),
        ({"valueString": "weakly positive"}, "review"),
        ({"valueQuantity": {"value": 0.2, "unit": "S/CO"}}, "unknown"),
        ({"valueCodeableConcept": concept("http://x", "7")}, "unknown"),
        ({"dataAbsentReason": concept(f"{HL7}/data-absent-reason", "unknown")}, "unknown"),
    ],
)
def test_e15_in_all_the_forms_of_a_result(value: Resource, expected: str) -> None:
    """Coded, in words, in Chinese, as a truth value or a flag; what cannot be read is not taken for negative."""
    assert verdict(f"{TRIAL}-E15", *CLEAR[:2], result(HIV, None, **value), CLEAR[3], **CLOSED) == expected


def test_e15_says_what_is_missing_and_shows_what_does_not_decide() -> None:
    """Missing tests are named; diagnoses of B, and a test for A, are shown; the DNA is compared with 500."""
    found = criterion(f"{TRIAL}-E15", SURFACE, *REST, entry(ICD10, "B18.1"), entry(SNOMED, "165997004"), **CLOSED)
    assert (found.outcome, [need.concept for need in found.needs]) == ("missing", ["hbv-dna"])
    assert {one.reference for one in found.evidence} >= {"Condition/condition-B18.1", "Condition/condition-165997004"}
    active = criterion(f"{TRIAL}-E15", SURFACE, result(DNA, "500 [IU]/mL"))
    assert all(part in active.reason for part in ("500 IU/mL", "2026-06-20"))
    assert {one.reference for one in active.evidence} == {f"Observation/observation-{code}" for code in (HBSAG, DNA)}
    assert criterion(f"{TRIAL}-E15", *CLEAR).outcome == "confirm"
