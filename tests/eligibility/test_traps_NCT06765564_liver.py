"""The traps of exclusion 12 of NCT06765564, of the liver, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    HL7,
    ICD10,
    LOINC,
    Resource,
    case,
    concept,
    criterion,
    entry,
    patient,
    quantity,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
BILIRUBIN, AST, ALT = "1975-2", "1920-8", "1742-6"
MAN = patient(gender="male")


def liver(
    bilirubin: str | None = "0.8 mg/dL", ast: str | None = "30 U/L", alt: str | None = "30 U/L"
) -> tuple[Resource, ...]:
    """The three tests with the upper limits 1.2 mg/dL and twice 40 U/L; without those that are ``None``."""
    tests = ((BILIRUBIN, bilirubin, "1.2 mg/dL"), (AST, ast, "40 U/L"), (ALT, alt, "40 U/L"))
    return tuple(result(code, value, high=high) for code, value, high in tests if value)


def alt_of(value: str, *ranges: Resource, **more: Any) -> tuple[Resource, ...]:
    """The three tests, the last with these reference ranges."""
    return (*liver(alt=None), result(ALT, value, referenceRange=list(ranges) or None, **more))


def up_to(high: str, **more: Any) -> Resource:
    """A reference range."""
    return {"high": quantity(high)} | more


def of_sex(name: str, high: str) -> Resource:
    """A reference range of one administrative gender."""
    return up_to(high, appliesTo=[concept("http://hl7.org/fhir/administrative-gender", name)])


def of_age(limit: str, **ages: str) -> Resource:
    """A reference range of an age."""
    return up_to(limit, age={end: quantity(age) for end, age in ages.items()})


@pytest.mark.parametrize(
    CASES,
    [
        case("all fine", "not-met", *liver()),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", closed_world=True),
        case("ALT exactly threefold", "not-met", *liver(alt="120 U/L")),
        case("ALT just above", "met", *liver(alt="120.01 U/L")),
        case("AST exactly threefold", "not-met", *liver(ast="120 U/L")),
        case("AST just above", "met", *liver(ast="120.01 U/L")),
        case("AST twofold", "not-met", *liver(ast="80 U/L")),
        case("bilirubin exactly 1.5-fold", "not-met", *liver(bilirubin="1.8 mg/dL")),
        case("bilirubin just above", "met", *liver(bilirubin="1.801 mg/dL")),
        case("bilirubin twofold", "met", *liver(bilirubin="2.4 mg/dL")),
        case("one high, the others missing", "met", *liver(None, None, "121 U/L")),
        case("one missing", "unknown", *liver(bilirubin=None)),
        case("two missing", "unknown", *liver(None, None)),
        case("below what is measurable", "not-met", *liver(alt="<5 U/L")),
        case("above what is measurable", "met", *liver(alt=">1000 U/L")),
        case("above something below", "unknown", *liver(alt=">100 U/L")),
        case("micromoles, and a limit in milligrams", "not-met", *liver("30 umol/L")),
        case("micromoles just above", "met", *liver("30.79 umol/L")),
        case("a limit in grams", "met", *liver(None), result(BILIRUBIN, "1.81 mg/dL", high="0.0012 g/dL")),
        case("the code of micromoles", "met", *liver(None), result("14631-6", "40 umol/L", high="21 umol/L")),
        case("direct bilirubin", "unknown", *liver(None), result("1968-7", "5 mg/dL", high="0.3 mg/dL")),
        case("a unit per millilitre", "met", *liver(alt="0.121 U/mL")),
        case("microkatal", "unknown", *alt_of("2.1 ukat/L", up_to("40 mg/dL"))),
        case("no unit", "unknown", *liver(alt="121")),
        case("31 days old", "unknown", *liver(alt=None), result(ALT, "30 U/L", "2026-05-30", high="40 U/L")),
        case("30 days old", "not-met", *liver(alt=None), result(ALT, "30 U/L", "2026-05-31", high="40 U/L")),
        case(
            "longer wanted",
            "not-met",
            *liver(alt=None),
            result(ALT, "30 U/L", "2026-05-30", high="40 U/L"),
            max_age={"alt": 31},
        ),
        case("high but old", "unknown", *liver(alt=None), result(ALT, "500 U/L", "2026-05-01", high="40 U/L")),
        case("high, then fine", "not-met", *liver(), result(ALT, "500 U/L", "2026-06-19", id="a", high="40 U/L")),
        case("fine, then high", "met", *liver(), result(ALT, "500 U/L", "2026-06-21", id="a", high="40 U/L")),
        case("high on a day to come", "not-met", *liver(), result(ALT, "500 U/L", "2026-07-01", id="a", high="40 U/L")),
        case("two of a day", "unknown", *liver(), result(ALT, "500 U/L", id="a", high="40 U/L")),
        case(
            "the last issued of a day",
            "not-met",
            *liver(alt=None),
            result(ALT, "500 U/L", id="a", high="40 U/L", issued="2026-06-20T08:00:00Z"),
            result(ALT, "30 U/L", high="40 U/L", issued="2026-06-20T18:00:00Z"),
        ),
        case(
            "withdrawn", "unknown", *liver(alt=None), result(ALT, "500 U/L", high="40 U/L", status="entered-in-error")
        ),
        case("preliminary", "unknown", *liver(alt=None), result(ALT, "30 U/L", high="40 U/L", status="preliminary")),
        case("corrected", "met", *liver(alt=None), result(ALT, "500 U/L", high="40 U/L", status="corrected")),
        case("some day of this month", "unknown", *liver(alt=None), result(ALT, "30 U/L", "2026-05", high="40 U/L")),
        case("undated", "unknown", *liver(alt=None), result(ALT, "30 U/L", None, high="40 U/L")),
        case(
            "no value",
            "unknown",
            *liver(alt=None),
            result(ALT, None, high="40 U/L", dataAbsentReason=concept(f"{HL7}/data-absent-reason", "error")),
        ),
        case("negative", "unknown", *liver(alt="-5 U/L")),
        case("a disease of the liver", "unknown", entry(ICD10, "K70.3")),
    ],
)
def test_e12(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Bilirubin above 1.5 times its limit, or one enzyme above three times; three fine ones are fine."""
    assert verdict(f"{TRIAL}-E12", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("none", "unknown", *alt_of("121 U/L")),
        case("none, and a low value", "unknown", *alt_of("1 U/L")),
        case("a limit of nought", "unknown", *alt_of("121 U/L", {"low": quantity("0 U/L"), "high": quantity("0 U/L")})),
        case("a low end alone", "unknown", *alt_of("121 U/L", {"low": quantity("5 U/L")})),
        case("upside down", "unknown", *alt_of("121 U/L", {"low": quantity("50 U/L"), "high": quantity("40 U/L")})),
        case("in words", "met", *alt_of("124 U/L", {"text": "<41"})),
        case("in words, and not above it", "not-met", *alt_of("123 U/L", {"text": "<41"})),
        case("in words with a unit", "met", *alt_of("121 U/L", {"text": "0 - 40 U/L"})),
        case("in other words", "unknown", *alt_of("121 U/L", {"text": "see the comment, 40"})),
        case(
            "of critical values",
            "unknown",
            *alt_of("121 U/L", up_to("40 U/L", type=concept(f"{HL7}/referencerange-meaning", "treatment"))),
        ),
        case(
            "said to be normal",
            "met",
            *alt_of("121 U/L", up_to("40 U/L", type=concept(f"{HL7}/referencerange-meaning", "normal"))),
        ),
        case("of women", "met", *alt_of("121 U/L", of_sex("female", "40 U/L"), of_sex("male", "50 U/L"))),
        case("of men", "not-met", MAN, *alt_of("121 U/L", of_sex("female", "40 U/L"), of_sex("male", "50 U/L"))),
        case("of the other sex alone", "unknown", MAN, *alt_of("121 U/L", of_sex("female", "40 U/L"))),
        case(
            "of a sex, and of nobody in particular",
            "not-met",
            MAN,
            *alt_of("121 U/L", up_to("40 U/L"), of_sex("male", "50 U/L")),
        ),
        case(
            "of both sexes, and no gender",
            "unknown",
            patient(gender=None),
            *alt_of("121 U/L", of_sex("female", "40 U/L"), of_sex("male", "50 U/L")),
        ),
        case("of the age", "met", *alt_of("121 U/L", of_age("40 U/L", low="18 a"), of_age("60 U/L", high="17 a"))),
        case("of another age", "unknown", *alt_of("121 U/L", of_age("40 U/L", high="17 a"))),
        case("two that disagree", "unknown", *alt_of("121 U/L", up_to("40 U/L"), up_to("50 U/L"))),
        case("the same twice", "met", *alt_of("121 U/L", up_to("40 U/L"), up_to("0.04 U/mL"))),
        case("in grams", "unknown", *alt_of("121 U/L", up_to("40 g/L"))),
        case(
            "of another result",
            "unknown",
            *alt_of("121 U/L"),
            result(ALT, "30 U/L", "2026-06-10", id="older", high="40 U/L"),
        ),
    ],
)
def test_e12_of_reference_ranges(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The limit is the result's own, for the patient's sex and age, or there is none."""
    assert verdict(f"{TRIAL}-E12", *record, **options) == expected


def test_e12_says_what_was_compared_with_what() -> None:
    """The reason has the value, its day, the multiple and the limit; other liver tests are shown and decide nothing."""
    other = result("6768-6", "900 U/L", high="120 U/L")
    found = criterion(f"{TRIAL}-E12", *liver(alt="121 U/L"), other)
    assert all(part in found.reason for part in ("121 U/L", "2026-06-20", "40 U/L", "3"))
    assert found.evidence[0].reference == f"Observation/observation-{ALT}"
    assert found.evidence[-1].reference == "Observation/observation-6768-6"
    fine = criterion(f"{TRIAL}-E12", *liver(), other)
    assert (fine.verdict, fine.evidence[-1].reference) == ("not-met", "Observation/observation-6768-6")


def test_e12_asks_for_the_tests_that_are_missing() -> None:
    """Each test that is lacking is needed; one without a limit is of no use."""
    found = criterion(f"{TRIAL}-E12", *liver(bilirubin=None))
    assert (found.outcome, found.basis, [need.concept for need in found.needs]) == (
        "missing",
        "no-record",
        ["total-bilirubin"],
    )
    unranged = criterion(f"{TRIAL}-E12", *alt_of("121 U/L"))
    assert (unranged.basis, [need.concept for need in unranged.needs]) == ("unusable", ["alt"])


def test_e12_knows_the_standard_code_among_several() -> None:
    """A hospital's own coding beside that of LOINC changes nothing; a name alone is no test that is known."""
    both = {"coding": [{"system": "http://hospital.example", "code": "GPT"}, *concept(LOINC, ALT)["coding"]]}
    high = result(ALT, "121 U/L", high="40 U/L")
    assert verdict(f"{TRIAL}-E12", high | {"code": both}) == "met"
    assert verdict(f"{TRIAL}-E12", high | {"code": {"text": "ALT"}}) == "unknown"


def test_e12_says_that_the_limit_has_no_unit() -> None:
    """A limit without a unit is not guessed to be in that of the value, and the reason shows it."""
    found = criterion(f"{TRIAL}-E12", *alt_of("121 U/L", {"high": {"value": 40}}))
    assert (found.verdict, "its upper limit of normal, 40, cannot be compared" in found.reason) == ("unknown", True)
