"""The traps of transplants, trials, ventilation and allergies of NCT06765564, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    HL7,
    ICD10,
    ICD10CM,
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
    in_trial,
    in_words,
    of_family,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL, OTHER = "NCT06765564", "NCT07118319"
CLOSED = {"closed_world": True}
KIDNEY, AUTOLOGOUS, ANY_CELLS, DONOR_CELLS = "70536003", "709115004", "234336002", "58390007"


@pytest.mark.parametrize(
    CASES,
    [
        case("a kidney in 2005", "met", done(KIDNEY, "2005")),
        case("a kidney, nobody knows when", "met", done(KIDNEY)),
        case("a donor's marrow", "met", done(DONOR_CELLS, "2010-01-01")),
        case("one's own cells", "unknown", done(AUTOLOGOUS, "2020-01-01")),
        case("one's own cells in a closed world", "not-met", done(AUTOLOGOUS, "2020-01-01"), **CLOSED),
        case("one's own marrow in a closed world", "not-met", done("58776007", "2020-01-01"), **CLOSED),
        case("cells of nobody knows whom", "review", done(ANY_CELLS, "2020-01-01")),
        case(
            "cells that two codes call one's own",
            "not-met",
            done(ANY_CELLS, "2020-01-01")
            | {"code": {"coding": [*concept(SNOMED, ANY_CELLS)["coding"], *concept(SNOMED, AUTOLOGOUS)["coding"]]}},
            **CLOSED,
        ),
        case("own cells, and a kidney", "met", done(AUTOLOGOUS, "2020-01-01"), done(KIDNEY, "2005")),
        case("kidney status", "met", entry(ICD10, "Z94.0")),
        case("kidney status, whatever its state", "met", entry(ICD10, "Z94.0", clinical="inactive")),
        case("a history of a kidney transplant", "met", entry(SNOMED, "161665007")),
        case("cornea", "review", entry(ICD10, "Z94.7")),
        case("stem cell status", "review", entry(ICD10CM, "Z94.84")),
        case("status refuted", "not-met", entry(ICD10, "Z94.0", verification="refuted"), **CLOSED),
        case("not done", "unknown", done(KIDNEY, "2005", "not-done")),
        case("not done in a closed world", "not-met", done(KIDNEY, "2005", "not-done"), **CLOSED),
        case("entered in error", "not-met", done(KIDNEY, "2005", "entered-in-error"), **CLOSED),
        case("being prepared", "not-met", done(KIDNEY, None, "preparation"), **CLOSED),
        case("broken off", "review", done(KIDNEY, "2005", "stopped")),
        case("of later", "not-met", done(KIDNEY, "2026-07-01"), **CLOSED),
        case("in words", "review", in_words("Transplant of kidney", done(KIDNEY, "2005"))),
        case("of the mother", "not-met", of_family(ICD10, "Z94.0"), **CLOSED),
        case("an unknown procedure in a closed world", "review", done("1", "2005"), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e07(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """An organ, or a donor's cells, at any time; one's own do not count, whose they were a person may have to say."""
    assert verdict(f"{TRIAL}-E07", *record, **options) == expected


@pytest.mark.parametrize(
    CASES,
    [
        case("now", "met", in_trial(OTHER, "2026-01-01/")),
        case("left exactly 3 months ago", "met", in_trial(OTHER, "2025-01-01/2026-03-30", "off-study")),
        case("left a day earlier", "unknown", in_trial(OTHER, "2025-01-01/2026-03-29", "off-study")),
        case(
            "left a day earlier, in a closed world",
            "not-met",
            in_trial(OTHER, "2025-01-01/2026-03-29", "off-study"),
            **CLOSED,
        ),
        case("left in a month that straddles", "unknown", in_trial(OTHER, "2025-01-01/2026-03", "off-study")),
        case("left, nobody knows when", "unknown", in_trial(OTHER, "2025-01-01/", "off-study")),
        case("withdrawn lately", "met", in_trial(OTHER, "2025-01-01/2026-06-01", "withdrawn")),
        case("in follow-up", "met", in_trial(OTHER, "2025-01-01/", "follow-up")),
        case("this trial", "unknown", in_trial(TRIAL, "2026-01-01/")),
        case("this trial in a closed world", "not-met", in_trial(TRIAL, "2026-01-01/"), **CLOSED),
        case("a trial of unknown name", "review", in_trial(None, "2026-01-01/")),
        case("a candidate", "not-met", in_trial(OTHER, "2026-06-01/", "candidate"), **CLOSED),
        case("being screened", "not-met", in_trial(OTHER, "2026-06-01/", "screening"), **CLOSED),
        case("from tomorrow", "not-met", in_trial(OTHER, "2026-07-01/"), **CLOSED),
        case(
            "a diagnosis of taking part", "review", entry(ICD10, "Z00.6", clinical="active", onsetDateTime="2026-05-01")
        ),
        case("a procedure for a trial", "review", done("110465008", "2026-05-01")),
        case("a procedure for a trial of last year", "not-met", done("110465008", "2025-05-01"), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e08(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Another trial at any time of the last three calendar months, that day included; never this one."""
    assert verdict(f"{TRIAL}-E08", *record, **options) == expected


def test_e08_opens_when_the_months_are_over() -> None:
    """Who left another trial may join three months and a day later, if nothing changes."""
    found = criterion(f"{TRIAL}-E08", in_trial(OTHER, "2025-01-01/2026-06-01", "off-study"), **CLOSED)
    assert (found.outcome, found.opens) == ("fail", "2026-09-02")
    assert found.evidence[0].reference == "ResearchSubject/subject"


TRACHEOSTOMY, INVASIVE, MASK = "287439000", "1258985005", "428311008"
GOING_ON: Resource = {"performedDateTime": None, "performedPeriod": {"start": "2026-06-01"}}


@pytest.mark.parametrize(
    CASES,
    [
        case("tracheostomy years ago", "met", done(TRACHEOSTOMY, "2010-01-01")),
        case("tracheostomy, nobody knows when", "met", done("21619009")),
        case("tracheostomy status", "met", entry(ICD10, "Z93.0")),
        case("a history", "met", entry(SNOMED, "161685006")),
        case("a history, marked inactive", "met", entry(SNOMED, "161685006", clinical="inactive")),
        case("a tube", "met", device("129121000")),
        case("planned", "unknown", done("40462002", None, "preparation")),
        case("planned in a closed world", "not-met", done("40462002", None, "preparation"), **CLOSED),
        case("being prepared", "not-met", done(TRACHEOSTOMY, None, "preparation"), **CLOSED),
        case("not done", "not-met", done(TRACHEOSTOMY, "2010-01-01", "not-done"), **CLOSED),
        case("entered in error", "not-met", done(TRACHEOSTOMY, "2010-01-01", "entered-in-error"), **CLOSED),
        case("history refuted", "not-met", entry(SNOMED, "161685006", verification="refuted"), **CLOSED),
        case("ventilated now", "met", done(INVASIVE, status="in-progress", **GOING_ON)),
        case("ventilated last year", "not-met", done(INVASIVE, "2025-01-01"), **CLOSED),
        case("ventilated last year, open world", "unknown", done(INVASIVE, "2025-01-01")),
        case("dependent on a ventilator", "met", entry(ICD10CM, "Z99.11", clinical="active")),
        case("no longer dependent", "not-met", entry(ICD10CM, "Z99.11", clinical="resolved"), **CLOSED),
        case("a mask now", "review", done(MASK, status="in-progress", **GOING_ON)),
        case("a mask, done once", "review", done(MASK, "2026-06-01")),
        case("dependent on a mask", "review", entry(SNOMED, "713655003")),
        case("pressure for apnoea", "review", done("229306004", "2026-06-01")),
        case("a ventilator of some kind", "review", device("706172005")),
        case("a mask not used", "not-met", done(MASK, "2026-06-01", "not-done"), **CLOSED),
        case("a tracheostomy in words", "review", in_words("Tracheostomy", done(TRACHEOSTOMY, "2010-01-01"))),
        case("of the mother", "not-met", of_family(ICD10, "Z93.0"), **CLOSED),
        case("of later", "not-met", done(TRACHEOSTOMY, "2026-07-01"), **CLOSED),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e09(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A tracheostomy whenever it was, ventilation through a tube now; a mask is put to a person, a plan is nothing."""
    assert verdict(f"{TRIAL}-E09", *record, **options) == expected


def test_e09_names_the_tracheostomy() -> None:
    """The reason has the procedure and its day, and the evidence its resource."""
    found = criterion(f"{TRIAL}-E09", done(TRACHEOSTOMY, "2010-01-01"))
    assert (found.outcome, "2010-01-01" in found.reason) == ("fail", True)
    assert [one.reference for one in found.evidence] == [f"Procedure/procedure-{TRACHEOSTOMY}"]


def allergy(
    code: Resource | None = None, severity: str | None = None, verification: str | None = None, **more: Any
) -> Resource:
    """An AllergyIntolerance, to penicillin unless said otherwise, with a reaction of that severity if one is given."""
    made: Resource = {"resourceType": "AllergyIntolerance", "id": "allergy", "patient": SUBJECT}
    made["code"] = code or concept(RXNORM, "70618")
    if severity:
        made["reaction"] = [{"manifestation": [{"text": "a reaction"}], "severity": severity}]
    if verification:
        made["verificationStatus"] = concept(f"{HL7}/allergyintolerance-verification", verification)
    return made | more


NONE_KNOWN = allergy(concept(SNOMED, "716186003"), id="none")


@pytest.mark.parametrize(
    CASES,
    [
        case("severe, to a drug", "met", allergy(severity="severe")),
        case("severe, to a food", "met", allergy(concept(SNOMED, "91935009"), "severe")),
        case("severe, to what is only in words", "met", allergy({"text": "propofol"}, "severe")),
        case("severe, confirmed", "met", allergy(severity="severe", verification="confirmed")),
        case(
            "severe, inactive by now",
            "met",
            allergy(severity="severe", clinicalStatus=concept(f"{HL7}/allergyintolerance-clinical", "inactive")),
        ),
        case("anaphylaxis", "met", entry(ICD10, "T78.2")),
        case("anaphylaxis to an anaesthetic", "met", entry(ICD10, "T88.6")),
        case("anaphylaxis that is over", "met", entry(SNOMED, "39579001", clinical="resolved")),
        case("a history of anaphylaxis", "met", entry(ICD10CM, "Z87.892")),
        case(
            "anaphylaxis as the reaction", "met", allergy(reaction=[{"manifestation": [concept(SNOMED, "39579001")]}])
        ),
        case("moderate", "unknown", allergy(severity="moderate")),
        case("mild, to what no concept knows, in a closed world", "review", allergy(severity="mild"), **CLOSED),
        case("how severe is not said", "unknown", allergy(), **CLOSED),
        case("high risk", "review", allergy(criticality="high")),
        case("high risk, with a mild reaction", "review", allergy(severity="mild", criticality="high")),
        case("refuted", "unknown", allergy(severity="severe", verification="refuted")),
        case("refuted in a closed world", "not-met", allergy(severity="severe", verification="refuted"), **CLOSED),
        case("entered in error", "not-met", allergy(severity="severe", verification="entered-in-error"), **CLOSED),
        case("unconfirmed", "unknown", allergy(severity="severe", verification="unconfirmed"), **CLOSED),
        case("none known", "not-met", NONE_KNOWN),
        case("none known in a closed world", "not-met", NONE_KNOWN, **CLOSED),
        case("none known, and a severe one", "met", NONE_KNOWN, allergy(severity="severe")),
        case("anaesthetics by a status", "review", entry(ICD10, "Z88.4")),
        case("of the mother", "not-met", of_family(ICD10, "T78.2"), **CLOSED),
        case("anaphylaxis refuted", "not-met", entry(ICD10, "T78.2", verification="refuted"), **CLOSED),
        case("anaphylaxis provisional", "unknown", entry(ICD10, "T78.2", verification="provisional"), **CLOSED),
        case(
            "a reaction to come",
            "unknown",
            allergy(reaction=[{"manifestation": [{"text": "x"}], "severity": "severe", "onset": "2026-07-01"}]),
            **CLOSED,
        ),
        case("nothing", "unknown"),
        case("nothing in a closed world", "not-met", **CLOSED),
    ],
)
def test_e10(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """A severe reaction to anything that is documented; a high risk is none yet, and what was ruled out is none."""
    assert verdict(f"{TRIAL}-E10", *record, **options) == expected
