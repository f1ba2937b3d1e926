"""The traps of the inclusion criteria of NCT07118319, the whole way from a record to the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    HL7,
    ICD10,
    ICD10CM,
    LOCAL,
    LOINC,
    SNOMED,
    Resource,
    case,
    category,
    concept,
    consented,
    criterion,
    done,
    entry,
    of_family,
    order,
    patient,
    quantity,
    result,
    screenings,
    verdict,
)

CASES = ("expected", "record", "options")
CATEGORY, PERCENT, LITRES, PREDICTED = "el-escorial-category", "19872-1", "19868-9", "19869-7"
DEFINITE = category(CATEGORY, "definite")
TRIAL = "NCT07118319"


def als(verification: str) -> Resource:
    """ALS, as sure as the verification status has it."""
    return entry(SNOMED, "86044005", clinical="active", verification=verification)


@pytest.mark.parametrize(
    CASES,
    [
        case("18 today", "met", patient(birthDate="2008-06-30")),
        case("18 tomorrow", "not-met", patient(birthDate="2008-07-01")),
        case("75 today", "met", patient(birthDate="1951-06-30")),
        case("75 years and 364 days", "met", patient(birthDate="1950-07-01")),
        case("76 today", "not-met", patient(birthDate="1950-06-30")),
        case("74 or 75 by the year", "met", patient(birthDate="1951")),
        case("75 or 76 by the year", "unknown", patient(birthDate="1950")),
        case("17 or 18 by the year", "unknown", patient(birthDate="2008")),
        case("76 whatever the day of the month", "not-met", patient(birthDate="1950-06")),
        case("75 whatever the day of the month", "met", patient(birthDate="1950-07")),
        case("born on a leap day", "met", patient(birthDate="2008-02-29"), as_of=date(2026, 2, 28)),
        case("no birth date", "unknown", patient(birthDate=None)),
        case("no such day", "unknown", patient(birthDate="1980-02-30")),
        case("born after the as-of date", "unknown", patient(birthDate="2027-01-01")),
        case("a man", "met", patient(gender="male")),
        case("another gender", "met", patient(gender="other")),
        case("no gender", "met", patient(gender=None)),
    ],
)
def test_i01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """18 and 75 are both within, up to the day before the 76th birthday, whatever the gender."""
    assert verdict("NCT07118319-I01", *record, **options) == expected


def test_i01_says_what_is_missing_and_when_it_opens() -> None:
    """Without a birth date it is a datum to get; a year too young, it opens on the birthday."""
    assert criterion("NCT07118319-I01", patient(birthDate=None)).outcome == "missing"
    young = criterion("NCT07118319-I01", patient(birthDate="2008-07-01"))
    assert (young.outcome, young.opens) == ("fail", "2026-07-01")
    assert criterion("NCT07118319-I01", patient(birthDate="1950-07-01")).closes == "2026-07-01"


def test_i01_is_not_asked_of_the_dead() -> None:
    """Who is deceased is not screened, and it is said so."""
    found = screenings(patient(deceasedBoolean=True), ALS)
    assert {(one.status, one.not_screened, one.criteria) for one in found} == {(None, "deceased", ())}


@pytest.mark.parametrize(
    CASES,
    [
        case("definite", "met", ALS, DEFINITE),
        case("probable", "met", ALS, category(CATEGORY, "probable")),
        case("laboratory-supported", "review", ALS, category(CATEGORY, "probable-laboratory-supported")),
        case("possible", "not-met", ALS, category(CATEGORY, "possible")),
        case("suspected", "not-met", ALS, category(CATEGORY, "suspected")),
        case("nothing", "unknown"),
        case("no category", "unknown", ALS),
        case("category without a diagnosis", "unknown", DEFINITE),
        case("refuted", "not-met", als("refuted"), DEFINITE),
        case("refuted without a category", "not-met", als("refuted")),
        case("provisional", "unknown", als("provisional"), DEFINITE),
        case("differential", "unknown", als("differential"), DEFINITE),
        case("provisional but only possible", "not-met", als("provisional"), category(CATEGORY, "possible")),
        case("entered in error", "unknown", als("entered-in-error"), DEFINITE),
        case("motor neuron disease", "unknown", entry(SNOMED, "37340000"), DEFINITE),
        case("G12.2 of the WHO", "unknown", entry(ICD10, "G12.2"), DEFINITE),
        case("G12.21 of ICD-10-CM", "met", entry(ICD10CM, "G12.21"), DEFINITE),
        case("G12.21 is no code of the WHO", "unknown", entry(ICD10, "G12.21"), DEFINITE),
        case("G12.20 of ICD-10-CM", "unknown", entry(ICD10CM, "G12.20"), DEFINITE),
        case("the mother's", "unknown", of_family(SNOMED, "86044005"), DEFINITE),
        case("a history in the family", "unknown", entry(SNOMED, "160344000"), DEFINITE),
        case("category withdrawn", "unknown", ALS, DEFINITE | {"status": "entered-in-error"}),
        case("category not final", "unknown", ALS, DEFINITE | {"status": "preliminary"}),
        case("category of later", "unknown", ALS, category(CATEGORY, "definite", "2026-07-01")),
        case("category years old", "met", ALS, category(CATEGORY, "definite", "2020-01-01")),
        case("the later category", "met", ALS, category(CATEGORY, "possible", "2025-01-01", id="old"), DEFINITE),
        case("two of a day", "unknown", ALS, DEFINITE, category(CATEGORY, "possible", id="other")),
        case("a code of another system", "review", ALS, DEFINITE | {"valueCodeableConcept": concept("http://x", "a")}),
    ],
)
def test_i02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """It needs confirmed ALS and a category of definite or probable; ALS alone never satisfies it."""
    assert verdict("NCT07118319-I02", *record, **options) == expected


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (concept(LOCAL, "definite"), "met"),
        (concept(LOCAL, "possible"), "not-met"),
        ({"text": "definite ALS, revised El Escorial criteria"}, "review"),
        ({"text": "probable ALS (revised EI Escorial criteria)"}, "review"),
        ({"text": "ALS by the Gold Coast criteria"}, "unknown"),
        ({"text": "Awaji criteria fulfilled"}, "unknown"),
    ],
)
def test_i02_of_a_stage(stage: Resource, expected: str) -> None:
    """A coded stage of the diagnosis is the category; in words a person reads it; other criteria do not map."""
    assert verdict("NCT07118319-I02", ALS | {"stage": [{"summary": stage}]}) == expected


def test_i02_asks_for_the_category() -> None:
    """With ALS alone the category is what is missing, and no mere question."""
    found = criterion("NCT07118319-I02", ALS)
    assert (found.outcome, [need.concept for need in found.needs]) == ("missing", [CATEGORY])
    assert criterion("NCT07118319-I02", als("refuted"), DEFINITE).outcome == "fail"


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "met", result(PERCENT, "70.0 %")),
        case("just below", "not-met", result(PERCENT, "69.96 %")),
        case("below a value at the bound", "not-met", result(PERCENT, "<70 %")),
        case("above a value below the bound", "unknown", result(PERCENT, ">65 %")),
        case("above the bound", "met", result(PERCENT, ">=70 %")),
        case("at most the bound", "unknown", result(PERCENT, "<=70 %")),
        case("nothing", "unknown"),
        case("litres", "unknown", result(LITRES, "82 L")),
        case("litres over predicted litres", "met", result(LITRES, "3.1 L"), result(PREDICTED, "3.6 L")),
        case("millilitres over predicted litres", "not-met", result(LITRES, "2484 mL"), result(PREDICTED, "3.6 L")),
        case("a volume in percent", "met", result(LITRES, "82 %")),
        case("by SNOMED CT", "met", result(PERCENT, "82 %") | {"code": concept(SNOMED, "445210000")}),
        case("by the other code of LOINC", "met", result("19871-3", "82 %")),
        case(
            "a part of its volume",
            "met",
            result(LITRES, "3.1 L", component=[{"code": concept(LOINC, PERCENT), "valueQuantity": quantity("82 %")}]),
        ),
        case("one second over all", "unknown", result("19926-5", "82 %")),
        case("a change in percent", "unknown", result("69982-7", "82 %")),
        case("a ratio", "unknown", result(PERCENT, "0.82 {ratio}")),
        case("no unit", "unknown", result(PERCENT, "82")),
        case("a slow vital capacity", "unknown", result("98088-8", "82 %")),
        case("no value", "unknown", result(PERCENT, None, dataAbsentReason=concept(f"{HL7}/data-absent-reason", "x"))),
        case("entered in error", "unknown", result(PERCENT, "82 %", status="entered-in-error")),
        case("cancelled", "unknown", result(PERCENT, "82 %", status="cancelled")),
        case("registered", "unknown", result(PERCENT, "82 %", status="registered")),
        case("of later", "unknown", result(PERCENT, "82 %", "2026-07-01")),
        case("90 days old", "met", result(PERCENT, "82 %", "2026-04-01")),
        case("91 days old", "unknown", result(PERCENT, "82 %", "2026-03-31")),
        case("longer wanted", "met", result(PERCENT, "82 %", "2026-03-31"), max_age={"fvc-percent-predicted": 91}),
        case("undated", "unknown", result(PERCENT, "82 %", None)),
        case("a month that reaches beyond", "unknown", result(PERCENT, "82 %", "2026")),
        case("the latest", "not-met", result(PERCENT, "90 %", "2026-06-19", id="a"), result(PERCENT, "60 %")),
        case("the largest of a day", "met", result(PERCENT, "60 %", id="a"), result(PERCENT, "71 %")),
    ],
)
def test_i03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """70 % of predicted is enough, as measured, final, not too old, and never compared with anything else."""
    assert verdict("NCT07118319-I03", *record, **options) == expected


def test_i03_says_what_was_compared() -> None:
    """The reason names the value, its day and the bound; the evidence its resource; a slow one is only shown."""
    found = criterion("NCT07118319-I03", result(PERCENT, "69.96 %"), result("98088-8", "82 %"))
    assert all(part in found.reason for part in ("69.96 %", "2026-06-20", "70 %"))
    assert [one.reference for one in found.evidence] == [
        "Observation/observation-19872-1",
        "Observation/observation-98088-8",
    ]
    stale = criterion("NCT07118319-I03", result(PERCENT, "82 %", "2026-03-31"))
    assert (stale.basis, stale.outcome, stale.needs[0].max_age_days) == ("stale", "missing", 90)
    assert criterion("NCT07118319-I03", result(LITRES, "3.1 L")).basis == "unusable"


def test_i03_measured_lying_down() -> None:
    """A value of a patient who lay on the back counts, and is marked as one."""
    supine = criterion("NCT07118319-I03", result(PERCENT, "82 %", method=concept(SNOMED, "40199007")))
    assert (supine.verdict, "measured lying down" in supine.assumptions[-1]) == ("met", True)


@pytest.mark.parametrize(
    CASES,
    [
        case("a woman", "review"),
        case("a man", "review", patient(gender="male")),
        case("a contraceptive drug", "review", order(ATC, "G03AA07")),
        case("after the menopause", "met", entry(SNOMED, "307429007")),
        case("not after the menopause", "review", entry(SNOMED, "307429007", verification="refuted")),
        case("tubes tied", "met", done("287664005", "2020-01-01")),
        case("a vasectomy", "met", patient(gender="male"), done("22523008", "2020-01-01")),
        case("no womb", "met", done("236886002")),
        case("not done", "review", done("236886002", "2020-01-01", "not-done")),
        case("only planned", "review", done("287664005", None, "preparation")),
        case("after the as-of date", "review", done("287664005", "2026-07-01")),
    ],
)
def test_i04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A promise of men and women, which no drug on record stands for; needless where no child can be had."""
    assert verdict("NCT07118319-I04", *record, **options) == expected


def test_i04_shows_an_answer_on_file_without_deciding() -> None:
    """What the patient answered is shown; nothing on record fails it, in a closed world neither."""
    answer = {
        "resourceType": "QuestionnaireResponse",
        "id": "form",
        "status": "completed",
        "subject": {"reference": "Patient/p"},
        "item": [{"linkId": "NCT07118319-I04", "answer": [{"valueBoolean": False}]}],
    }
    found = criterion("NCT07118319-I04", answer, closed_world=True)
    assert (found.verdict, found.outcome, found.basis) == ("review", "confirm", "attestation")
    assert [one.reference for one in found.evidence] == ["QuestionnaireResponse/form"]


@pytest.mark.parametrize(
    CASES,
    [
        case("nothing", "review"),
        case("given", "met", consented(TRIAL)),
        case("to another trial", "review", consented("NCT01494480")),
        case("to no trial", "review", consented(None)),
        case("withdrawn", "review", consented(TRIAL, status="inactive")),
        case("only drafted", "review", consented(TRIAL, status="draft")),
        case("entered in error", "review", consented(TRIAL, status="entered-in-error")),
        case("refused", "review", consented(TRIAL, provision={"type": "deny"})),
        case("of later", "review", consented(TRIAL, dateTime="2026-07-01")),
        case("to treatment", "review", consented(TRIAL, scope=concept(f"{HL7}/consentscope", "treatment"))),
        case(
            "in R5",
            "met",
            consented(
                TRIAL,
                scope=None,
                dateTime=None,
                date="2026-06-01",
                policy=None,
                decision="permit",
                category=[concept(f"{HL7}/consentcategorycodes", "research")],
                policyBasis={"url": "https://clinicaltrials.gov/study/NCT07118319"},
            ),
        ),
    ],
)
def test_i05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Only an active consent to research in this trial satisfies it; without one it stays to be asked."""
    found = criterion("NCT07118319-I05", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "met" else "confirm")
