"""The traps of exclusions 18 to 21 of NCT07118319, of cancer, trials and pregnancy, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    ICD10,
    ICD10CM,
    RXNORM,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    done,
    entry,
    in_trial,
    in_words,
    of_family,
    order,
    patient,
    result,
    statement,
    verdict,
)

CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}
TRIAL, OTHER = "NCT07118319", "NCT01494480"
BREAST, RADIATION = "254837009", "108290001"


def cancer(onset: str | None, end: str | None = None, **more: Any) -> Resource:
    """Breast cancer that began and ended on those days."""
    clinical = more.pop("clinical", "resolved" if end else None)
    return entry(SNOMED, BREAST, clinical=clinical, onsetDateTime=onset, abatementDateTime=end, **more)


@pytest.mark.parametrize(
    CASES,
    [
        case("now", "met", cancer("2026-01-01", clinical="active")),
        case("of 8 years, without an end", "met", cancer("2018-06-30")),
        case("of 8 years, over for 4", "met", cancer("2018-06-30", "2022-06-30")),
        case("over for exactly 5 years", "met", cancer("2018-06-30", "2021-06-30")),
        case("over for 5 years and a day", "unknown", cancer("2018-06-30", "2021-06-29")),
        case("over for 6 years", "not-met", cancer("2018-06-30", "2020-06-30"), **CLOSED),
        case("over in a year that straddles", "unknown", cancer("2018", "2021"), **CLOSED),
        case("over in a month that straddles", "unknown", cancer("2018", "2021-06"), **CLOSED),
        case("over in a month within", "met", cancer("2018", "2021-07")),
        case("resolved, no one knows when", "unknown", cancer("2018", clinical="resolved"), **CLOSED),
        case("active, and over for 14 years", "review", cancer("2010", "2012", clinical="active")),
        case("over before it began", "unknown", cancer("2024-01-01", "2012-01-01")),
        case("in remission", "review", cancer("2018", clinical="remission")),
        case("a history without a date", "unknown", entry(ICD10CM, "Z85.3"), **CLOSED),
        case("a history that ended within", "met", entry(ICD10CM, "Z85.3", abatementDateTime="2024-01-01")),
        case("a history in the family", "unknown", entry(ICD10CM, "Z80.3")),
        case("of the mother", "unknown", of_family(SNOMED, BREAST)),
        case("in situ", "unknown", entry(ICD10, "D05.1")),
        case("benign", "unknown", entry(ICD10, "D24")),
        case("in situ in a closed world", "not-met", entry(ICD10, "D05.1"), **CLOSED),
        case("in words", "review", in_words("Malignant neoplasm of breast", entry(SNOMED, BREAST))),
        case("refuted", "not-met", cancer("2026-01-01", verification="refuted"), **CLOSED),
        case("provisional", "unknown", cancer("2026-01-01", verification="provisional")),
        case("entered in error", "unknown", cancer("2026-01-01", verification="entered-in-error")),
        case("a drug against it", "met", statement(ATC, "L01CD01", "2026-06-01/")),
        case("a hormone against it", "met", statement(ATC, "L02BA01", "2026-06-01/")),
        case("a drug against it, ended", "unknown", statement(ATC, "L01CD01", "2026-01-01/2026-02-01", "completed")),
        case("a drug against it, planned", "unknown", order(ATC, "L01CD01", intent="plan")),
        case("methotrexate", "review", statement(RXNORM, "6851", "2026-01-01/")),
        case("cyclophosphamide", "review", statement(ATC, "L01AA01", "2026-01-01/")),
        case("rituximab", "review", statement(ATC, "L01FA01", "2026-01-01/")),
        case(
            "radiation going on", "met", done(RADIATION, None, "in-progress", performedPeriod={"start": "2026-06-01"})
        ),
        case("radiation done", "unknown", done(RADIATION, "2026-06-01")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e18(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A tumour of the last 5 years, or treated now; what is given for other diseases as well a person judges."""
    assert verdict("NCT07118319-E18", *record, **options) == expected


def test_e18_says_when_it_opens() -> None:
    """A tumour that is over leaves the window the day after it is 5 years past."""
    found = criterion("NCT07118319-E18", cancer("2018-06-30", "2022-06-30"), **CLOSED)
    assert (found.outcome, found.opens) == ("fail", "2027-07-01")
    assert "2022-06-30" in found.reason


@pytest.mark.parametrize(
    CASES,
    [
        case("another, now", "met", in_trial(OTHER, "2026-01-01/")),
        case("another, over within", "met", in_trial(OTHER, "2025-01-01/2026-03-30", "off-study")),
        case("another, over before", "not-met", in_trial(OTHER, "2025-01-01/2026-03-29", "off-study"), **CLOSED),
        case("another, over in a month that straddles", "unknown", in_trial(OTHER, "2025-01-01/2026-03", "off-study")),
        case("this one", "unknown", in_trial(TRIAL, "2026-01-01/")),
        case("this one in a closed world", "not-met", in_trial(TRIAL, "2026-01-01/"), **CLOSED),
        case("only screened", "unknown", in_trial(OTHER, "2026-01-01/", "screening")),
        case("only a candidate", "unknown", in_trial(OTHER, "2026-01-01/", "potential-candidate")),
        case("no one knows which", "review", in_trial(None, "2026-01-01/")),
        case("over, no one knows when", "unknown", in_trial(OTHER, None, "off-study")),
        case("of later", "unknown", in_trial(OTHER, "2026-07-01/")),
        case("a visit of a research programme", "review", entry(ICD10CM, "Z00.6", onsetDateTime="2026-06-01")),
        case("a procedure of a trial", "review", done("110465008", "2026-06-01")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e19(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Another trial that reaches into the last 3 calendar months; this trial itself is not counted."""
    assert verdict("NCT07118319-E19", *record, **options) == expected


STATUS, TEST = "82810-3", "2106-3"


def status(code: str, on: str = "2026-06-20") -> Resource:
    """What is said of pregnancy on a day."""
    return result(STATUS, None, on, valueCodeableConcept=concept(SNOMED, code))


def due(day: str, on: str = "2026-01-15") -> Resource:
    """An expected date of delivery, estimated on a day."""
    return result("11778-8", None, on, valueDateTime=day)


@pytest.mark.parametrize(
    CASES,
    [
        case("a man", "not-met", patient(gender="male")),
        case("a man whose wife is pregnant", "not-met", patient(gender="male"), entry(SNOMED, "160884000")),
        case("a man on record as pregnant", "review", patient(gender="male"), entry(SNOMED, "77386006")),
        case("another gender", "unknown", patient(gender="other")),
        case("pregnant", "met", entry(SNOMED, "77386006", clinical="active", onsetDateTime="2026-05-01")),
        case("pregnant by status", "met", status("77386006")),
        case("pregnant by a stale status", "unknown", status("77386006", "2026-06-01")),
        case("not pregnant, and of breastfeeding nothing", "unknown", status("60001007")),
        case("not pregnant in a closed world", "not-met", status("60001007"), **CLOSED),
        case("not pregnant, 29 days ago", "unknown", status("60001007", "2026-06-01")),
        case(
            "pregnancy over",
            "not-met",
            entry(SNOMED, "77386006", clinical="resolved", onsetDateTime="2025-06-01", abatementDateTime="2026-02-01"),
            **CLOSED,
        ),
        case(
            "pregnant for longer than can be",
            "unknown",
            entry(SNOMED, "77386006", clinical="active", onsetDateTime="2025-01-01"),
        ),
        case(
            "pregnant until an expected date of delivery that has passed",
            "not-met",
            entry(SNOMED, "77386006", clinical="active", onsetDateTime="2025-10-01"),
            due("2026-06-10"),
            **CLOSED,
        ),
        case("a delivery that has passed, and of breastfeeding nothing", "unknown", due("2026-06-10")),
        case("pregnant after an expected date of delivery", "met", due("2026-06-10"), status("77386006")),
        case("a delivery to come", "met", due("2026-11-20")),
        case("a delivery some day of this month", "unknown", due("2026-06"), **CLOSED),
        case("a date of delivery that is none", "unknown", due("soon"), **CLOSED),
        case("pregnancy refuted", "unknown", entry(SNOMED, "77386006", verification="refuted")),
        case("wife pregnant", "unknown", entry(SNOMED, "160884000")),
        case("breastfeeding", "met", entry(SNOMED, "866041003", clinical="active", onsetDateTime="2026-06-20")),
        case(
            "breastfeeding that ended",
            "unknown",
            entry(SNOMED, "866041003", clinical="resolved", abatementDateTime="2026-06-20"),
        ),
        case("a test", "met", result(TEST, None, valueString="positive")),
        case("an amount of hCG", "unknown", result("21198-7", "5000 m[IU]/mL")),
        case("of the sister", "unknown", of_family(SNOMED, "77386006")),
        case("nothing", "unknown"),
    ],
)
def test_e20(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Pregnancy or breastfeeding now; no man is unless the record says so, and of a woman nothing is assumed."""
    assert verdict("NCT07118319-E20", *record, **options) == expected


def test_e20_names_what_rules_it_out() -> None:
    """A man is ruled out by the gender on record, a woman without data by nothing."""
    man = criterion("NCT07118319-E20", patient(gender="male"))
    assert (man.outcome, man.evidence[0].reference, man.evidence[0].value) == ("pass", "Patient/p", "male")
    assert criterion("NCT07118319-E20").outcome == "confirm"


def test_e21_is_for_a_person_whatever_is_on_record() -> None:
    """Nothing decides it, in a closed world neither."""
    for options in ({}, CLOSED):
        found = criterion("NCT07118319-E21", entry(ICD10, "I50.0"), **options)
        assert (found.verdict, found.outcome, found.basis) == ("review", "confirm", "judgement")
