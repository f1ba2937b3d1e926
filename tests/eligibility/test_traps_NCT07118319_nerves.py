"""The traps of exclusions 1 to 6 of NCT07118319, of nerves, mind, weight and joints, from a record to the verdict."""

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
    category,
    concept,
    criterion,
    done,
    entry,
    in_words,
    of_family,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
CATEGORY, BMI, WEIGHT, HEIGHT = "el-escorial-category", "39156-5", "29463-7", "8302-2"
OPEN = {"closed_world": False}
CLOSED = {"closed_world": True}
MYASTHENIA = "91637004"


def als(verification: str) -> Resource:
    """ALS, as sure as the verification status has it."""
    return entry(SNOMED, "86044005", clinical="active", verification=verification)


@pytest.mark.parametrize(
    CASES,
    [
        case("definite ALS", "not-met", ALS, category(CATEGORY, "definite")),
        case("probable ALS", "not-met", ALS, category(CATEGORY, "probable")),
        case("laboratory-supported ALS", "review", ALS, category(CATEGORY, "probable-laboratory-supported")),
        case("only possible ALS", "review", ALS, category(CATEGORY, "possible")),
        case("ALS without a category", "review", ALS),
        case("nothing", "review"),
        case("provisional ALS", "review", als("provisional"), category(CATEGORY, "definite")),
        case("refuted ALS", "review", als("refuted"), category(CATEGORY, "definite")),
        case("nothing in a closed world", "review", **CLOSED),
    ],
)
def test_e01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Certain ALS rules it out; whatever else is on record, a person judges, and the record never triggers it."""
    assert verdict("NCT07118319-E01", *record, **options) == expected


def test_e01_shows_a_differential_diagnosis() -> None:
    """What else is thought of is evidence to judge by."""
    other = entry(SNOMED, MYASTHENIA, verification="differential")
    found = criterion("NCT07118319-E01", ALS, category(CATEGORY, "possible"), other)
    assert "Condition/condition-91637004" in {one.reference for one in found.evidence}


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "not-met", result(BMI, "18.5 kg/m2")),
        case("just below", "met", result(BMI, "18.49 kg/m2")),
        case("below a value at the bound", "met", result(BMI, "<18.5 kg/m2")),
        case("below a value above the bound", "unknown", result(BMI, "<19 kg/m2")),
        case("at least the bound", "not-met", result(BMI, ">=18.5 kg/m2")),
        case("the unit in print", "met", result(BMI, None, valueQuantity={"value": 18.4, "unit": "kg/m²"})),
        case("no unit", "unknown", result(BMI, "17")),
        case("nothing", "unknown"),
        case("90 days old", "met", result(BMI, "17 kg/m2", "2026-04-01")),
        case("91 days old", "unknown", result(BMI, "17 kg/m2", "2026-03-31")),
        case("entered in error", "unknown", result(BMI, "17 kg/m2", status="entered-in-error")),
        case("kilograms and metres", "not-met", result(WEIGHT, "74 kg"), result(HEIGHT, "2 m")),
        case("just too light", "met", result(WEIGHT, "73.9 kg"), result(HEIGHT, "200 cm")),
        case("grams and centimetres measured", "met", result(WEIGHT, "73900 g"), result(HEIGHT, "200 cm")),
        case("pounds and inches", "met", result(WEIGHT, "110 [lb_av]"), result(HEIGHT, "70 [in_i]")),
        case("height of years ago", "met", result(WEIGHT, "45 kg"), result(HEIGHT, "170 cm", "2015-01-01")),
        case("weight of 91 days ago", "unknown", result(WEIGHT, "45 kg", "2026-03-31"), result(HEIGHT, "170 cm")),
        case("no height", "unknown", result(WEIGHT, "45 kg")),
        case(
            "measured before derived",
            "not-met",
            result(BMI, "19 kg/m2"),
            result(WEIGHT, "45 kg"),
            result(HEIGHT, "170 cm"),
        ),
        case("Z68.1, up to 19.9", "unknown", entry(ICD10CM, "Z68.1")),
        case("R63.6, underweight", "unknown", entry(ICD10CM, "R63.6")),
        case("with a gastrostomy", "met", result(BMI, "18.4 kg/m2"), done("54956002", "2026-01-01")),
        case("a closed world adds nothing", "unknown", **CLOSED),
    ],
)
def test_e02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Below 18.5 kg/m², measured or of weight and height in any unit; a diagnosis code does not decide."""
    assert verdict("NCT07118319-E02", *record, **options) == expected


def test_e02_says_how_it_was_found() -> None:
    """A derived index names weight and height, and says if they were measured more than a year apart."""
    found = criterion("NCT07118319-E02", result(WEIGHT, "45 kg"), result(HEIGHT, "170 cm", "2015-01-01"))
    assert found.outcome == "fail"
    assert {one.reference for one in found.evidence} == {
        "Observation/observation-29463-7",
        "Observation/observation-8302-2",
    }
    assert any("year" in said for said in found.assumptions)
    assert criterion("NCT07118319-E02").outcome == "missing"


@pytest.mark.parametrize(
    CASES,
    [
        case("alone", "met", entry(SNOMED, "81211007")),
        case("of ICD-10-CM", "met", entry(ICD10CM, "G12.23")),
        case("not active any more", "met", entry(SNOMED, "81211007", clinical="inactive")),
        case("beside ALS", "review", entry(SNOMED, "81211007"), ALS),
        case(
            "ALS and it in one entry",
            "review",
            entry(ICD10CM, "G12.23")
            | {"code": {"coding": [*concept(ICD10CM, "G12.23")["coding"], *concept(SNOMED, "86044005")["coding"]]}},
        ),
        case("beside refuted ALS", "met", entry(SNOMED, "81211007"), als("refuted")),
        case("beside ALS entered in error", "met", entry(SNOMED, "81211007"), als("entered-in-error")),
        case("beside ALS of later", "met", entry(SNOMED, "81211007"), ALS | {"onsetDateTime": "2026-07-01"}),
        case("beside ALS of the mother", "met", entry(SNOMED, "81211007"), of_family(SNOMED, "86044005")),
        case("refuted", "not-met", entry(SNOMED, "81211007", verification="refuted")),
        case("provisional", "unknown", entry(SNOMED, "81211007", verification="provisional")),
        case("G12.2 of the WHO", "unknown", entry(ICD10, "G12.2")),
        case("ALS alone", "unknown", ALS),
        case("nothing", "unknown"),
        case("ALS alone in a closed world", "not-met", ALS, **CLOSED),
        case("G12.2 in a closed world", "unknown", entry(ICD10, "G12.2"), **CLOSED),
        case("in words", "review", in_words("Primary lateral sclerosis", entry(SNOMED, "1"))),
    ],
)
def test_e03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """It excludes unless ALS is on record as well, and the WHO's code cannot tell the one from the other."""
    assert verdict("NCT07118319-E03", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("schizophrenia", "review", entry(SNOMED, "58214004")),
        case("depression", "review", entry(ICD10, "F32.9")),
        case("in remission", "review", entry(ICD10, "F32.9", clinical="remission")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("one refuted", "unknown", entry(SNOMED, "58214004", verification="refuted")),
        case("entered in error", "unknown", entry(SNOMED, "58214004", verification="entered-in-error")),
        case("provisional", "unknown", entry(SNOMED, "58214004", verification="provisional")),
        case("of the family", "unknown", of_family(SNOMED, "58214004")),
        case("a history of the family", "unknown", entry(SNOMED, "160328009")),
        case("a history of the family in a closed world", "review", entry(SNOMED, "160328009"), **CLOSED),
        case("ALS in a closed world", "not-met", ALS, **CLOSED),
    ],
)
def test_e04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A psychiatric diagnosis is put to a person, and never excludes by itself."""
    assert verdict("NCT07118319-E04", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("myasthenia", "met", entry(SNOMED, MYASTHENIA, clinical="active")),
        case("myasthenia of ICD-10", "met", entry(ICD10, "G70.0")),
        case("mitochondrial myopathy", "met", entry(ICD10CM, "G71.3")),
        case("glycogen storage disease", "met", entry(ICD10CM, "E74.02")),
        case("myasthenia beside ALS", "met", ALS, entry(SNOMED, MYASTHENIA)),
        case("myasthenia refuted", "not-met", entry(SNOMED, MYASTHENIA, verification="refuted"), **CLOSED),
        case("myasthenia refuted, of the rest nothing", "unknown", entry(SNOMED, MYASTHENIA, verification="refuted")),
        case("myasthenia entered in error", "unknown", entry(SNOMED, MYASTHENIA, verification="entered-in-error")),
        case(
            "myasthenia as a differential diagnosis", "unknown", entry(SNOMED, MYASTHENIA, verification="differential")
        ),
        case("myasthenia in remission", "review", entry(SNOMED, MYASTHENIA, clinical="remission")),
        case("neuropathy", "review", entry(SNOMED, "385006")),
        case("Guillain-Barré", "review", entry(ICD10, "G61.0")),
        case("ALS alone", "unknown", ALS),
        case("ALS alone in a closed world", "not-met", ALS, **CLOSED),
        case("G12.21 in a closed world", "not-met", entry(ICD10CM, "G12.21"), **CLOSED),
        case("G12.2 in a closed world", "not-met", entry(ICD10, "G12.2"), **CLOSED),
        case("another atrophy of the spine", "review", entry(ICD10CM, "G12.1")),
        case("nothing", "unknown"),
    ],
)
def test_e05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """The two named exclude, others are put to a person, and ALS itself is none of them."""
    assert verdict("NCT07118319-E05", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("rheumatoid arthritis", "review", entry(SNOMED, "69896004")),
        case("severe rheumatoid arthritis", "review", entry(SNOMED, "69896004", severity=concept(SNOMED, "24484000"))),
        case("lupus", "review", entry(ICD10, "M32.1")),
        case("one that is over", "unknown", entry(SNOMED, "69896004", clinical="resolved")),
        case("lameness alone", "unknown", entry(ICD10CM, "R26.89")),
        case("arthrosis", "unknown", entry(ICD10, "M17.1")),
        case("one refuted", "unknown", entry(SNOMED, "69896004", verification="refuted")),
        case("provisional", "unknown", entry(SNOMED, "69896004", verification="provisional")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e06(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """An autoimmune disease is put to a person, who weighs the rest; limping alone is none."""
    assert verdict("NCT07118319-E06", *record, **options) == expected


@pytest.mark.parametrize("number", ["E04", "E06"])
def test_what_is_put_to_a_person_names_the_entry(number: str) -> None:
    """The question is asked, with the entry it is about."""
    asked = entry(ICD10, "F20.0" if number == "E04" else "M05.8", clinical="active")
    found = criterion(f"NCT07118319-{number}", asked)
    assert (found.outcome, found.basis) == ("confirm", "judgement")
    assert [one.reference for one in found.evidence] == [f"Condition/{asked['id']}"]
    assert found.needs[0].text.endswith("?")
