"""The traps of exclusions 7 to 13 of NCT07118319, of infections and organs, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    ICD10,
    ICD10CM,
    RXNORM,
    SNOMED,
    Resource,
    case,
    criterion,
    done,
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
CLOSED = {"closed_world": True}
PNEUMONIA, CIPROFLOXACIN, ACICLOVIR = "233604007", "J01MA02", "J05AB01"
TUBERCULOSIS, RIFAMPICIN, ISONIAZID = "154283005", "J04AB02", "J04AC01"


def infection(**more: Any) -> Resource:
    """Pneumonia, active unless said otherwise."""
    return entry(SNOMED, PNEUMONIA, **({"clinical": "active"} | more))


def course(period: str, status: str = "active", **more: Any) -> Resource:
    """A statement that an antibiotic is, or was, taken."""
    return statement(ATC, CIPROFLOXACIN, period, status, **more)


NOW = course("2026-06-25/")


@pytest.mark.parametrize(
    CASES,
    [
        case("both now", "met", infection(onsetDateTime="2026-06-24"), NOW),
        case("an order of the day", "met", infection(), order(ATC, CIPROFLOXACIN, "2026-06-30")),
        case("an antiviral", "met", infection(), statement(ATC, ACICLOVIR, "2026-06-25/")),
        case("an antifungal", "met", infection(), statement(ATC, "J02AC01", "2026-06-25/")),
        case("an infection alone", "review", infection()),
        case("a drug alone, as to prevent", "review", NOW),
        case("a suppressive antiviral for years", "review", statement(ATC, ACICLOVIR, "2020-01-01/")),
        case("course ended", "review", infection(), course("2026-06-10/2026-06-20", "completed")),
        case(
            "both over within two weeks",
            "review",
            infection(clinical="resolved", abatementDateTime="2026-06-20"),
            course("2026-06-10/2026-06-20", "completed"),
        ),
        case("over 14 days ago", "review", infection(clinical="resolved", abatementDateTime="2026-06-16")),
        case(
            "over 15 days ago",
            "not-met",
            infection(clinical="resolved", abatementDateTime="2026-06-15"),
            course("2026-06-01/2026-06-15", "completed"),
        ),
        case("a dose 14 days ago", "review", given(ATC, CIPROFLOXACIN, "2026-06-16")),
        case("a dose 15 days ago", "not-met", given(ATC, CIPROFLOXACIN, "2026-06-15"), **CLOSED),
        case("on hold", "review", infection(), course("2026-06-25/", "on-hold")),
        case("only planned", "review", infection(), order(ATC, CIPROFLOXACIN, "2026-06-25", intent="plan")),
        case("planned, and no infection", "unknown", order(ATC, CIPROFLOXACIN, "2026-06-25", intent="plan")),
        case("never taken", "unknown", order(ATC, CIPROFLOXACIN, "2026-06-25", status="cancelled")),
        case("refuted", "review", infection(verification="refuted"), NOW),
        case("entered in error", "unknown", infection(verification="entered-in-error")),
        case("provisional", "unknown", infection(verification="provisional")),
        case("over in a month that straddles", "unknown", infection(clinical="resolved", abatementDateTime="2026-06")),
        case("of later", "unknown", infection(onsetDateTime="2026-07-01")),
        case("a drug against nothing of the kind", "unknown", order(ATC, "N07XX02")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("an unknown drug in a closed world", "review", order("http://x", "1"), **CLOSED),
    ],
)
def test_e07(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """An infection that lasts under treatment excludes; one without the other, or what ended, a person judges."""
    assert verdict("NCT07118319-E07", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("active", "met", entry(SNOMED, TUBERCULOSIS, clinical="active")),
        case("of ICD-10", "met", entry(ICD10, "A16.2")),
        case("treated years ago", "met", statement(ATC, RIFAMPICIN, "1999-01-01/1999-06-30", "completed")),
        case("treated with a combination", "met", statement(ATC, "J04AM02", "1999-01-01/1999-06-30", "completed")),
        case("isoniazid alone", "review", statement(ATC, ISONIAZID, "2019-01-01/2019-06-30", "completed")),
        case("isoniazid by RxNorm", "review", statement(RXNORM, "6038", "2019-01-01/2019-06-30", "completed")),
        case(
            "isoniazid and rifampicin",
            "met",
            statement(ATC, ISONIAZID, "2019/2020"),
            statement(ATC, RIFAMPICIN, "2019/2020"),
        ),
        case("treatment only planned", "unknown", order(ATC, RIFAMPICIN, intent="plan")),
        case("not taken", "unknown", statement(ATC, RIFAMPICIN, None, "not-taken")),
        case("cured", "review", entry(SNOMED, TUBERCULOSIS, clinical="resolved")),
        case("a history", "review", entry(SNOMED, "161414005")),
        case("of another organ", "review", entry(ICD10, "A18.0")),
        case("of no organ", "review", entry(SNOMED, "56717001")),
        case("refuted", "unknown", entry(SNOMED, TUBERCULOSIS, verification="refuted")),
        case("refuted in a closed world", "not-met", entry(SNOMED, TUBERCULOSIS, verification="refuted"), **CLOSED),
        case("provisional", "unknown", entry(SNOMED, TUBERCULOSIS, verification="provisional")),
        case("entered in error", "unknown", entry(SNOMED, TUBERCULOSIS, verification="entered-in-error")),
        case("a history of the family", "unknown", entry(SNOMED, "160280002")),
        case("of the mother", "unknown", of_family(SNOMED, TUBERCULOSIS)),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e08(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Active in the lung, or ever treated; what may have been prevention, or is a history, a person judges."""
    assert verdict("NCT07118319-E08", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("obstructive", "review", entry(ICD10, "J44.9")),
        case("interstitial", "review", entry(ICD10CM, "J84.10")),
        case("severe", "review", entry(SNOMED, "13645005", clinical="active")),
        case("pneumonia", "review", entry(ICD10, "J18.9", clinical="active")),
        case("embolism in a closed world", "review", entry(ICD10, "I26.9"), **CLOSED),
        case("failure to breathe", "unknown", entry(ICD10, "J96.1")),
        case("restriction due to ALS", "unknown", entry(SNOMED, "103851000119100")),
        case("restriction due to ALS in a closed world", "not-met", entry(SNOMED, "103851000119100"), **CLOSED),
        case("one that is over", "unknown", entry(ICD10, "J44.9", clinical="resolved")),
        case("one refuted", "unknown", entry(ICD10, "J44.9", verification="refuted")),
        case("one refuted, closed world", "not-met", entry(ICD10, "J44.9", verification="refuted"), **CLOSED),
        case("provisional", "unknown", entry(ICD10, "J44.9", verification="provisional")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e09(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A lung disease is put to a person; the restriction that ALS brings is no other disease."""
    assert verdict("NCT07118319-E09", *record, **options) == expected


HIGH = (result("8480-6", "190 mm[Hg]"), result("8462-4", "110 mm[Hg]"))


@pytest.mark.parametrize(
    CASES,
    [
        case("hypertension", "review", entry(SNOMED, "38341003", clinical="active")),
        case("hypertension and a high pressure", "review", entry(ICD10, "I10"), *HIGH),
        case("hypertension and a low pressure", "review", entry(ICD10, "I10"), result("8480-6", "110 mm[Hg]")),
        case("a high pressure alone", "unknown", *HIGH),
        case("refuted", "not-met", entry(ICD10, "I10", verification="refuted")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e10(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """How well a hypertension is controlled is put to a person: no limit is stated, and no pressure decides."""
    assert verdict("NCT07118319-E10", *record, **options) == expected


def test_e10_shows_the_pressure() -> None:
    """Beside the hypertension, the latest pressures are evidence to judge by."""
    found = criterion("NCT07118319-E10", entry(ICD10, "I10"), *HIGH)
    assert [one.value for one in found.evidence][1:] == [
        "systolic blood pressure: 190 mmHg",
        "diastolic blood pressure: 110 mmHg",
    ]


@pytest.mark.parametrize(
    CASES,
    [
        case("heart failure", "review", entry(ICD10, "I50.0", clinical="active")),
        case("a rhythm that was", "review", entry(SNOMED, "49436004", clinical="resolved")),
        case("an old infarction", "review", entry(ICD10, "I25.2")),
        case("a history of infarction", "review", entry(SNOMED, "399211009")),
        case("a history of infarction in a closed world", "review", entry(SNOMED, "399211009"), **CLOSED),
        case("a bypass", "review", done("232717009", "2015-01-01")),
        case("a bypass in a closed world", "review", done("232717009", "2015-01-01"), **CLOSED),
        case("a bypass not done", "not-met", done("232717009", "2015-01-01", "not-done"), **CLOSED),
        case("from birth", "review", entry(ICD10, "Q21.0")),
        case("hypertension", "unknown", entry(ICD10, "I10")),
        case("refuted", "not-met", entry(ICD10, "I50.0", verification="refuted"), **CLOSED),
        case("entered in error", "unknown", entry(ICD10, "I50.0", verification="entered-in-error")),
        case("provisional", "unknown", entry(ICD10, "I50.0", verification="provisional")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e11(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Any abnormality of the heart at any time is put to a person, and none excludes by itself."""
    assert verdict("NCT07118319-E11", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("cirrhosis", "met", entry(SNOMED, "19943007")),
        case("cirrhosis of K74", "met", entry(ICD10, "K74.6")),
        case("chronic hepatitis that was", "met", entry(ICD10, "B18.2", clinical="resolved")),
        case("chronic hepatitis of no virus", "met", entry(ICD10, "K73.2")),
        case("fibrosis of K74", "review", entry(ICD10, "K74.0")),
        case("K74 alone", "review", entry(ICD10, "K74")),
        case("acute hepatitis", "review", entry(ICD10, "B16.9")),
        case("refuted", "review", entry(SNOMED, "19943007", verification="refuted")),
        case("provisional", "review", entry(SNOMED, "19943007", verification="provisional")),
        case("high enzymes", "review", result("1742-6", "500 U/L", high="40 U/L")),
        case("nothing", "review"),
        case("nothing in a closed world", "review", **CLOSED),
    ],
)
def test_e12(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Cirrhosis or chronic hepatitis at any time; what is left of the sentence on the liver is put to a person."""
    assert verdict("NCT07118319-E12", *record, **options) == expected


def test_e12_shows_the_laboratory_and_says_that_the_text_is_incomplete() -> None:
    """The liver's values are evidence without a limit, and the reading says what is wrong with the sentence."""
    found = criterion("NCT07118319-E12", result("1742-6", "500 U/L", high="40 U/L"), entry(ICD10, "K74.0"))
    assert {one.reference for one in found.evidence} == {"Observation/observation-1742-6", "Condition/condition-K74.0"}
    assert (found.outcome, "lost a word" in found.assumptions[0]) == ("confirm", True)


@pytest.mark.parametrize(
    CASES,
    [
        case("a stage", "met", entry(SNOMED, "433144002", clinical="active")),
        case("of ICD-10", "met", entry(ICD10, "N18.3")),
        case("resolved", "met", entry(SNOMED, "709044004", clinical="resolved")),
        case("of hypertension", "met", entry(ICD10CM, "I12.9")),
        case("acute injury", "unknown", entry(ICD10, "N17.9")),
        case("failure, acute or chronic, in a closed world", "unknown", entry(ICD10, "N19"), **CLOSED),
        case(
            "failure, acute or chronic, ruled out, in a closed world",
            "not-met",
            entry(ICD10, "N19", verification="refuted"),
            **CLOSED,
        ),
        case("of hypertension, by the WHO", "unknown", entry(ICD10, "I12.0"), **CLOSED),
        case("of diabetes, by the WHO", "unknown", entry(ICD10, "E11.2"), **CLOSED),
        case("acute injury in a closed world", "not-met", entry(ICD10, "N17.9"), **CLOSED),
        case(
            "low filtration twice",
            "unknown",
            result("33914-3", "40 mL/min/{1.73_m2}", "2026-01-01", id="a"),
            result("33914-3", "41 mL/min/{1.73_m2}"),
        ),
        case("refuted", "not-met", entry(ICD10, "N18.3", verification="refuted")),
        case("provisional", "unknown", entry(ICD10, "N18.3", verification="provisional")),
        case("entered in error", "unknown", entry(ICD10, "N18.3", verification="entered-in-error")),
        case("confirmed and refuted", "met", entry(ICD10, "N18.3"), entry(ICD10, "N18.4", verification="refuted")),
        case("of the mother", "unknown", of_family(ICD10, "N18.3")),
        case("in words", "review", in_words("chronic kidney disease", entry(ICD10, "N18.3"))),
        case("known in part, in words, in a closed world", "review", in_words("weak kidneys", ALS), **CLOSED),
        case("nothing", "unknown"),
    ],
)
def test_e13(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A diagnosis at any time; neither an acute injury nor laboratory values make one."""
    assert verdict("NCT07118319-E13", *record, **options) == expected


def test_e13_shows_the_filtration() -> None:
    """The rate of filtration is evidence, without a part in the verdict."""
    found = criterion("NCT07118319-E13", result("33914-3", "40 mL/min/{1.73_m2}"), entry(ICD10, "N18.3"))
    assert "Observation/observation-33914-3" in {one.reference for one in found.evidence}
