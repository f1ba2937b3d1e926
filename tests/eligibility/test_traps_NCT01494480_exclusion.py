"""The traps of the exclusion criteria of NCT01494480, the whole way from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ALS,
    ATC,
    ICD10,
    ICD10CM,
    LOCAL,
    RXNORM,
    SNOMED,
    SUBJECT,
    Resource,
    case,
    concept,
    criterion,
    device,
    done,
    entry,
    fed,
    given,
    in_trial,
    in_words,
    of_family,
    order,
    statement,
    verdict,
)

CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}
TRIAL, OTHER = "NCT01494480", "NCT07118319"
PEG, TUBE, PREDNISONE = "54956002", "17102003", "8640"


@pytest.mark.parametrize(
    CASES,
    [
        case("epilepsy", "review", entry(SNOMED, "84757009", clinical="active")),
        case("multiple sclerosis", "review", entry(ICD10, "G35")),
        case("another atrophy of the spine in a closed world", "review", entry(ICD10, "G12.1"), **CLOSED),
        case("primary lateral sclerosis in a closed world", "not-met", entry(SNOMED, "81211007"), **CLOSED),
        case("depression", "review", entry(ICD10, "F32.9")),
        case("dementia", "review", entry(SNOMED, "52448006")),
        case("ALS with dementia", "review", entry(SNOMED, "230258005")),
        case("ALS alone", "unknown", ALS),
        case("ALS alone in a closed world", "not-met", ALS, **CLOSED),
        case("G12.2 in a closed world", "not-met", entry(ICD10, "G12.2"), **CLOSED),
        case("dysarthria in a closed world", "not-met", ALS, entry(SNOMED, "8011004"), **CLOSED),
        case("dysphagia in a closed world", "not-met", ALS, entry(ICD10, "R13"), **CLOSED),
        case("pseudobulbar affect in a closed world", "not-met", ALS, entry(ICD10CM, "F48.2"), **CLOSED),
        case("epilepsy that was", "unknown", entry(SNOMED, "84757009", clinical="resolved")),
        case("epilepsy in remission", "review", entry(SNOMED, "84757009", clinical="remission")),
        case("refuted", "unknown", entry(SNOMED, "52448006", verification="refuted")),
        case("refuted in a closed world", "not-met", entry(SNOMED, "52448006", verification="refuted"), **CLOSED),
        case("provisional", "unknown", entry(ICD10, "G35", verification="provisional")),
        case("entered in error", "unknown", entry(SNOMED, "52448006", verification="entered-in-error")),
        case("of the mother", "unknown", of_family(SNOMED, "84757009")),
        case("a history of the family", "unknown", entry(SNOMED, "160328009")),
        case("unknown in a closed world", "review", ALS, in_words("Kribbeln", entry(SNOMED, "1")), **CLOSED),
        case("nothing", "unknown"),
    ],
)
def test_e01(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Another neurological or psychiatric disease is put to a person; ALS, its kin and its symptoms are none."""
    assert verdict("NCT01494480-E01", *record, **options) == expected


def worn(status: str) -> Resource:
    """The use of the nasogastric tube, as R4 has it."""
    made = {"resourceType": "DeviceUseStatement", "id": "use", "status": status, "subject": SUBJECT}
    return made | {"device": {"reference": f"Device/device-{TUBE}"}}


def closure(on: str | None) -> Resource:
    """The closure of a gastrostomy."""
    return done("closed", on) | {"code": concept(LOCAL, "gastrostomy-closure")}


@pytest.mark.parametrize(
    CASES,
    [
        case("gastrostomy", "met", done(PEG, "2026-01-01")),
        case("gastrostomy without a date", "met", done(PEG)),
        case("gastrostomy by its status", "met", entry(ICD10CM, "Z93.1")),
        case("gastrostomy tube", "met", device("gastrostomy-tube")),
        case("nasogastric tube", "met", device(TUBE)),
        case("nasogastric tube taken out", "unknown", device(TUBE, "inactive")),
        case("fed by it", "met", fed(concept(SNOMED, "229914003"))),
        case("fed through the skin", "met", fed(concept(SNOMED, "225373002"))),
        case("fed by an unknown way", "review", fed()),
        case("fed by it until lately", "unknown", fed(concept(SNOMED, "229914003"), "completed")),
        case("fed by vein", "met", done("225372007", None, "in-progress", performedPeriod={"start": "2026-06-20"})),
        case("fed by it lately", "unknown", done("229914003", "2026-06-25")),
        case("worn by a statement of its use", "met", device(TUBE, "unknown"), worn("active")),
        case("worn until lately, by a statement of its use", "not-met", device(TUBE), worn("completed"), **CLOSED),
        case("fed by vein once", "unknown", done("225372007", "2026-01-01")),
        case("gastrostomy closed again", "unknown", done(PEG, "2025-01-01"), closure("2026-03-01")),
        case("gastrostomy closed, and made again", "met", done(PEG, "2026-05-01"), closure("2026-03-01")),
        case("gastrostomy and a closure without a date", "review", done(PEG, "2025-01-01"), closure(None)),
        case("gastrostomy planned", "review", done(PEG, None, "preparation")),
        case("gastrostomy not done", "unknown", done(PEG, "2026-01-01", "not-done")),
        case("gastrostomy entered in error", "unknown", done(PEG, "2026-01-01", "entered-in-error")),
        case("gastrostomy of later", "unknown", done(PEG, "2026-07-01")),
        case("a history of gastrostomy", "review", entry(SNOMED, "161689000")),
        case("jejunostomy", "unknown", done("225374008", "2026-01-01")),
        case("drinks by mouth", "unknown", {**fed(), "enteralFormula": None, "oralDiet": {"type": [{"text": "soft"}]}}),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e02(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Gastrostomy, nasogastric tube or parenteral nutrition now; a plan, or a tube of no known way, a person judges."""
    assert verdict("NCT01494480-E02", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("diabetes", "review", entry(ICD10, "E11.9")),
        case("cancer", "review", entry(SNOMED, "254837009")),
        case("kidney disease", "review", entry(ICD10, "N18.3")),
        case("lupus", "review", entry(ICD10, "M32.1")),
        case("obstructive lung disease in a closed world", "review", entry(ICD10, "J44.9"), **CLOSED),
        case("another's kidney in a closed world", "review", entry(ICD10, "Z94.0"), **CLOSED),
        case("restriction due to ALS in a closed world", "not-met", entry(SNOMED, "103851000119100"), **CLOSED),
        case("diabetes that was", "unknown", entry(ICD10, "E11.9", clinical="resolved")),
        case("one refuted", "unknown", entry(ICD10, "E11.9", verification="refuted")),
        case("provisional", "unknown", entry(ICD10, "E11.9", verification="provisional")),
        case("ALS alone", "unknown", ALS),
        case("ALS alone in a closed world", "not-met", ALS, **CLOSED),
        case("unknown in a closed world", "review", ALS, in_words("Kribbeln", entry(SNOMED, "1")), **CLOSED),
        case("of the mother", "unknown", of_family(ICD10, "E11.9")),
        case("nothing", "unknown"),
    ],
)
def test_e03(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Whatever may be a systemic disease is put to a person, and none excludes by itself."""
    found = criterion("NCT01494480-E03", *record, **options)
    assert (found.verdict, found.outcome) == (expected, "pass" if expected == "not-met" else "confirm")


def taken(code: str, period: str, status: str = "completed", system: str = ATC, **more: Any) -> Resource:
    """A statement that a drug was taken over a period."""
    return statement(system, code, period, status, **more)


def by(route: str) -> dict[str, Any]:
    """A dosage by a route of SNOMED CT."""
    return {"dosage": [{"route": concept(SNOMED, route)}]}


@pytest.mark.parametrize(
    CASES,
    [
        case("prednisone now", "met", taken(PREDNISONE, "2026-01-01/", "active", RXNORM)),
        case("a glucocorticoid by ATC", "met", taken("H02AB06", "2026-01-01/2026-02-01")),
        case("ended exactly 12 months ago", "met", taken(PREDNISONE, "2025-01-01/2025-06-30", system=RXNORM)),
        case("ended a day before", "unknown", taken(PREDNISONE, "2025-01-01/2025-06-29", system=RXNORM)),
        case("ended 13 months ago", "not-met", taken(PREDNISONE, "2025-01-01/2025-05-30", system=RXNORM), **CLOSED),
        case("ended in a month that straddles", "unknown", taken(PREDNISONE, "2025-01/2025-06", system=RXNORM)),
        case("a single dose", "met", given(RXNORM, "3264", "2026-03-01")),
        case("a single dose 13 months ago", "unknown", given(RXNORM, "3264", "2025-05-30")),
        case("immunoglobulin", "met", given(ATC, "J06BA02", "2026-03-01")),
        case("immunoglobulin against D", "met", given(ATC, "J06BB01", "2026-03-01")),
        case("azathioprine", "met", taken("1256", "2026-01-01/", "active", RXNORM)),
        case("methotrexate", "met", taken("6851", "2026-01-01/", "active", RXNORM)),
        case("cyclophosphamide", "met", taken("L01AA01", "2026-01-01/2026-01-02")),
        case("rituximab", "met", taken("L01FA01", "2026-01-01/2026-01-02")),
        case("inhaled budesonide", "review", taken("R03BA02", "2026-01-01/", "active")),
        case("budesonide by RxNorm", "review", taken("19831", "2026-01-01/", "active", RXNORM)),
        case("cream", "review", taken("D07AA02", "2026-01-01/", "active")),
        case("inhaled 13 months ago", "unknown", taken("R03BA02", "2025-01-01/2025-05-30")),
        case("into a joint", "review", taken("10759", "2026-02-01/2026-02-01", system=RXNORM, **by("12130007"))),
        case("by mouth", "met", taken("10759", "2026-02-01/2026-02-01", system=RXNORM, **by("26643006"))),
        case(
            "inhaled, and prednisone as well",
            "met",
            taken("R03BA02", "2026-01-01/", "active"),
            taken(PREDNISONE, "2026-01-01/", "active", RXNORM),
        ),
        case("not taken", "unknown", taken(PREDNISONE, "2026-01-01/", "not-taken", RXNORM)),
        case("only planned", "unknown", order(RXNORM, PREDNISONE, intent="plan")),
        case("entered in error", "unknown", taken(PREDNISONE, "2026-01-01/", "entered-in-error", RXNORM)),
        case("of later", "unknown", taken(PREDNISONE, "2026-07-01/", "active", RXNORM)),
        case("in words", "review", in_words("Prednisone 20 mg", taken(PREDNISONE, "2026-01-01/", "active", RXNORM))),
        case("riluzole", "unknown", order(RXNORM, "35623")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
        case("an unknown drug in a closed world", "review", order("http://x", "1"), **CLOSED),
    ],
)
def test_e04(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Any of the three within 12 calendar months, a single dose as well; what is local a person judges."""
    assert verdict("NCT01494480-E04", *record, **options) == expected


def test_e04_names_the_drug_and_when_it_opens() -> None:
    """The reason names the drug and its days; 12 months and a day after its end it does not exclude any more."""
    found = criterion("NCT01494480-E04", taken(PREDNISONE, "2025-07-01/2025-08-15", system=RXNORM), **CLOSED)
    assert (found.outcome, found.opens) == ("fail", "2026-08-16")
    assert [one.reference for one in found.evidence] == ["MedicationStatement/medicationstatement-8640"]
    assert "2025-08-15" in found.reason


@pytest.mark.parametrize(
    CASES,
    [
        case("another, now", "met", in_trial(OTHER, "2026-01-01/")),
        case("another, in follow-up", "met", in_trial(OTHER, "2026-01-01/", "follow-up")),
        case("another, over", "not-met", in_trial(OTHER, "2025-01-01/2026-06-29", "off-study"), **CLOSED),
        case("withdrawn", "not-met", in_trial(OTHER, "2025-01-01/2026-06-29", "withdrawn"), **CLOSED),
        case("this one", "unknown", in_trial(TRIAL, "2026-01-01/")),
        case("this one in a closed world", "not-met", in_trial(TRIAL, "2026-01-01/"), **CLOSED),
        case("only a candidate", "unknown", in_trial(OTHER, "2026-01-01/", "candidate")),
        case("no one knows which", "review", in_trial(None, "2026-01-01/")),
        case("a participant of some trial", "review", entry(SNOMED, "428024001", clinical="active")),
        case("of later", "unknown", in_trial(OTHER, "2026-07-01/")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e05(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """In another trial now; one that is over does not count, nor this trial itself."""
    assert verdict("NCT01494480-E05", *record, **options) == expected


def test_e06_is_for_a_person_with_what_speaks_to_it() -> None:
    """A dementia on record is shown, and decides nothing."""
    for options in ({}, CLOSED):
        found = criterion("NCT01494480-E06", entry(SNOMED, "52448006"), **options)
        assert (found.verdict, found.outcome) == ("review", "confirm")
        assert [one.reference for one in found.evidence] == ["Condition/condition-52448006"]
    assert verdict("NCT01494480-E06") == "review"
