"""The traps of what NCT06765564 measures in those it includes, the whole way from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    LOCAL,
    LOINC,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    done,
    entry,
    order,
    patient,
    result,
    screenings,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
PERCENT, LITRES, PREDICTED, BMI, WEIGHT, HEIGHT = "19872-1", "19868-9", "19869-7", "39156-5", "29463-7", "8302-2"


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "met", result(PERCENT, "50 %")),
        case("just below", "not-met", result(PERCENT, "49.96 %")),
        case("just above", "met", result(PERCENT, "50.0001 %")),
        case("below the bound by a comparator", "not-met", result(PERCENT, "<50 %")),
        case("at most the bound", "unknown", result(PERCENT, "<=50 %")),
        case("above something below", "unknown", result(PERCENT, ">40 %")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", closed_world=True),
        case("litres alone", "unknown", result(LITRES, "3.1 L")),
        case("half of the predicted litres", "met", result(LITRES, "1.8 L"), result(PREDICTED, "3.6 L")),
        case("less than half of them", "not-met", result(LITRES, "1799 mL"), result(PREDICTED, "3.6 L")),
        case("a volume in percent", "met", result(LITRES, "82 %")),
        case("one second over all", "unknown", result("19926-5", "67.7 %")),
        case("slow", "unknown", result("98088-8", "82 %")),
        case("no unit", "unknown", result(PERCENT, "82")),
        case("a ratio", "unknown", result(PERCENT, "0.82 {ratio}")),
        case("the largest of the day", "met", result(PERCENT, "45 %", id="a"), result(PERCENT, "51 %")),
        case("the latest day", "not-met", result(PERCENT, "80 %", "2026-06-19", id="a"), result(PERCENT, "45 %")),
        case("of later", "unknown", result(PERCENT, "80 %", "2026-07-01")),
        case("stale", "unknown", result(PERCENT, "80 %", "2026-03-31")),
        case("cancelled", "unknown", result(PERCENT, "80 %", status="cancelled")),
        case("preliminary", "unknown", result(PERCENT, "80 %", status="preliminary")),
        case("amended", "met", result(PERCENT, "80 %", status="amended")),
    ],
)
def test_i05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """50 % of predicted is enough, and only a forced vital capacity in percent is compared with it."""
    assert verdict(f"{TRIAL}-I05", *record, **options) == expected


def test_i05_says_what_was_compared_and_what_was_assumed() -> None:
    """The reason names value, day and bound; percent of predicted is an assumption; a slow capacity is only shown."""
    found = criterion(f"{TRIAL}-I05", result(PERCENT, "49.96 %"), result("98088-8", "82 %"))
    assert all(part in found.reason for part in ("49.96 %", "2026-06-20", "50 %"))
    assert "percent of predicted" in found.assumptions[0]
    assert [one.reference for one in found.evidence] == [
        f"Observation/observation-{PERCENT}",
        "Observation/observation-98088-8",
    ]


def night(value: str, on: str | None = "2026-06-20", **more: Any) -> Resource:
    """How much of a night was spent below the saturation of 90 %."""
    return result("t90", value, on, **({"id": f"night-{on}"} | more))


@pytest.mark.parametrize(
    CASES,
    [
        case("exactly 2.0", "met", night("2.0 %")),
        case("just above 2", "not-met", night("2.01 %")),
        case("one bad night of two", "not-met", night("1.5 %"), night("2.4 %", "2026-06-19")),
        case("an older bad night", "not-met", night("0 %"), night("5 %", "2026-04-02")),
        case("a bad night before the period", "met", night("0 %"), night("5 %", "2026-03-31")),
        case("an old night alone", "unknown", night("1 %", "2026-03-31")),
        case("a bad night to come", "met", night("0 %"), night("5 %", "2026-07-01")),
        case("no night", "unknown"),
        case("no night in a closed world", "unknown", closed_world=True),
        case("a spot measurement", "unknown", result("59408-5", "97 %")),
        case("a low spot measurement", "unknown", result("59408-5", "85 %")),
        case("minutes", "unknown", night("12 min")),
        case("a good night and one in minutes", "unknown", night("1 %"), night("12 min", "2026-06-19")),
        case("a bad night and one in minutes", "not-met", night("3 %"), night("12 min", "2026-06-19")),
        case("a good night and one undated", "unknown", night("1 %"), night("5 %", None)),
        case("less than 2", "met", night("<2 %")),
        case("more than 1", "unknown", night(">1 %")),
        case("more than 2", "not-met", night(">2 %")),
        case("withdrawn", "met", night("1 %"), night("5 %", "2026-06-19", status="entered-in-error")),
        case("over a period", "met", night("1 %", None, effectivePeriod={"start": "2026-06-20", "end": "2026-06-21"})),
    ],
)
def test_i06(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """No night of the screening period may exceed 2 %, and there must be one."""
    assert verdict(f"{TRIAL}-I06", *record, **options) == expected


def test_i06_names_the_bad_night() -> None:
    """The night that exceeds is cited with its share, and not the good one; none is a datum to get."""
    found = criterion(f"{TRIAL}-I06", night("1.5 %"), night("2.4 %", "2026-06-19"))
    assert ([one.reference for one in found.evidence], "2.4 %" in found.reason) == (
        ["Observation/night-2026-06-19"],
        True,
    )
    assert criterion(f"{TRIAL}-I06").outcome == "missing"


@pytest.mark.parametrize(
    CASES,
    [
        case("at the bound", "review", result(BMI, "18.5 kg/m2")),
        case("just below", "not-met", result(BMI, "18.49 kg/m2")),
        case("another glyph", "not-met", result(BMI, "18.49 kg/m²")),
        case("by weight and height", "not-met", result(WEIGHT, "50 kg"), result(HEIGHT, "165 cm")),
        case("by pounds and inches", "review", result(WEIGHT, "150 [lb_av]"), result(HEIGHT, "65 [in_i]")),
        case("weight alone", "review", result(WEIGHT, "50 kg")),
        case("no unit", "review", result(BMI, "15")),
        case("stale", "review", result(BMI, "15 kg/m2", "2026-03-31")),
        case("nothing", "review"),
        case("a gastrostomy", "review", done("54956002", "2026-01-01"), result(BMI, "22 kg/m2")),
    ],
)
def test_i07(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A low index decides alone; a sufficient one leaves the nutritional status to a person."""
    found = criterion(f"{TRIAL}-I07", *record, **options)
    assert found.verdict == expected


def test_i07_asks_for_the_index_before_the_person() -> None:
    """Without an index it is missing; with one a person is left to ask, and is shown the weight and the gastrostomy."""
    assert criterion(f"{TRIAL}-I07").outcome == "missing"
    found = criterion(f"{TRIAL}-I07", result(BMI, "22 kg/m2"), result(WEIGHT, "60 kg"), done("54956002", "2026-01-01"))
    assert found.outcome == "confirm"
    assert {one.reference for one in found.evidence} >= {
        "Observation/observation-29463-7",
        "Procedure/procedure-54956002",
    }


@pytest.mark.parametrize("number", ["I08", "I09"])
@pytest.mark.parametrize("gender", ["male", "female"])
def test_i08_and_i09(number: str, gender: str) -> None:
    """What is promised for a year after the treatment began, and cooperation, no record answers, of men or women."""
    for record in ((), (entry(SNOMED, "52448006"),), (order(ATC, "G03AA07"),), (done("287664005", "2020-01-01"),)):
        found = criterion(f"{TRIAL}-{number}", patient(gender=gender), *record, closed_world=True)
        assert (found.verdict, found.outcome) == ("review", "confirm")


def test_the_best_that_a_record_reaches() -> None:
    """With ALS, an age, vital capacity, a night and an index on file nothing that is measured is missing."""
    (found,) = [
        one
        for one in screenings(
            ALS | {"recordedDate": "2025-06-01"}, result(PERCENT, "80 %"), night("1 %"), result(BMI, "22 kg/m2")
        )
        if one.trial == TRIAL
    ]
    assert [one for one in found.missing if "-I" in one] == []
    assert [one for one in found.confirm if "-I" in one] == [f"{TRIAL}-I{number:02}" for number in (1, 4, 7, 8, 9)]


def test_the_local_codes_are_not_those_of_loinc() -> None:
    """The share of a night is recognised under our own system alone."""
    assert verdict(f"{TRIAL}-I06", night("5 %") | {"code": concept(LOINC, "t90")}) == "unknown"
    assert verdict(f"{TRIAL}-I06", night("5 %") | {"code": concept(LOCAL, "t90")}) == "not-met"
