"""The traps of exclusions 13 and 14 of NCT06765564, of the kidney and of other values, from a record to the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    HL7,
    ICD10,
    SNOMED,
    Resource,
    case,
    concept,
    criterion,
    entry,
    order,
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL = "NCT06765564"
ALT, CREATININE, CLEARANCE, WEIGHT = "1742-6", "2160-0", "35591-7", "29463-7"
MAN = patient(gender="male")


def kidney(creatinine: str, weight: str | None = "60 kg", **more: Any) -> tuple[Resource, ...]:
    """A creatinine, and a weight."""
    return (result(CREATININE, creatinine, **more), *([result(WEIGHT, weight)] if weight else []))


HIGH = "1.51 mg/dL"


@pytest.mark.parametrize(
    CASES,
    [
        case("both fine", "not-met", *kidney("0.8 mg/dL")),
        case("nothing", "unknown"),
        case("nothing in a closed world", "unknown", closed_world=True),
        case("creatinine at the bound", "not-met", MAN, *kidney("1.5 mg/dL", "100 kg")),
        case("creatinine just above", "met", MAN, *kidney("1.501 mg/dL", "100 kg")),
        case("micromoles just below", "not-met", MAN, *kidney("132.63 umol/L", "100 kg")),
        case("micromoles just above", "met", MAN, *kidney("132.64 umol/L", "100 kg")),
        case("the code of micromoles", "met", result("14682-9", "140 umol/L")),
        case("high creatinine alone", "met", result(CREATININE, HIGH)),
        case("fine creatinine, no weight", "unknown", *kidney("0.8 mg/dL", None)),
        case(
            "fine creatinine, a weight of long ago",
            "unknown",
            *kidney("0.8 mg/dL", None),
            result(WEIGHT, "60 kg", "2026-03-31"),
        ),
        case("fine creatinine, no birth date", "unknown", patient(birthDate=None), *kidney("0.8 mg/dL")),
        case("high creatinine, no birth date", "met", patient(birthDate=None), *kidney(HIGH)),
        case("clearance of a man at the bound", "not-met", MAN, *kidney("1 mg/dL", "43.2 kg")),
        case("clearance of a man just below", "met", MAN, *kidney("1 mg/dL", "43.19 kg")),
        case("clearance of a woman of that weight", "met", *kidney("1 mg/dL", "43.2 kg")),
        case("in pounds", "met", MAN, *kidney("1 mg/dL", "95 [lb_av]")),
        case("of a woman of 60", "met", patient(birthDate="1966-01-01"), *kidney("132 umol/L", "45 kg")),
        case("another gender, both fine", "not-met", patient(gender="other"), *kidney("1 mg/dL")),
        case("another gender, both low", "met", patient(gender="other"), *kidney("1 mg/dL", "40 kg")),
        case("another gender, between", "unknown", patient(gender="other"), *kidney("1 mg/dL", "45 kg")),
        case("no gender, between", "unknown", patient(gender=None), *kidney("1 mg/dL", "45 kg")),
        case("year of birth, all of it fine", "not-met", patient(birthDate="1986"), *kidney("0.8 mg/dL")),
        case(
            "year of birth, between", "unknown", patient(birthDate="1986", gender="male"), *kidney("1 mg/dL", "43.0 kg")
        ),
        case("recorded clearance at the bound", "not-met", *kidney("0.8 mg/dL"), result(CLEARANCE, "60 mL/min")),
        case("recorded clearance just below", "met", *kidney("0.8 mg/dL"), result(CLEARANCE, "59.99 mL/min")),
        case("recorded clearance alone, low", "met", result(CLEARANCE, "59.99 mL/min")),
        case("recorded clearance alone, fine", "unknown", result(CLEARANCE, "90 mL/min")),
        case(
            "clearance per body surface",
            "unknown",
            result(CREATININE, "0.8 mg/dL"),
            result(CLEARANCE, "40 mL/min/{1.73_m2}"),
        ),
        case("a filtration rate", "unknown", result("33914-3", "40 mL/min/{1.73_m2}")),
        case(
            "a filtration rate beside fine ones",
            "not-met",
            *kidney("0.8 mg/dL"),
            result("33914-3", "40 mL/min/{1.73_m2}"),
        ),
        case("creatinine of the urine", "unknown", result("2161-8", "100 mg/dL")),
        case("no unit", "unknown", *kidney("2")),
        case("stale", "unknown", *kidney("2 mg/dL", on="2026-05-30")),
        case(
            "a bad one of later", "not-met", *kidney("0.8 mg/dL"), result(CREATININE, "3 mg/dL", "2026-07-01", id="b")
        ),
        case("a disease of the kidney", "unknown", entry(ICD10, "N18.3")),
    ],
)
def test_e13(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """Creatinine above 1.5 mg/dL or a clearance below 60 mL/min; both must be known to be fine."""
    assert verdict(f"{TRIAL}-E13", *record, **options) == expected


def test_e13_says_from_what_the_clearance_is() -> None:
    """Creatinine and weight are cited; a missing weight is what is needed; the filtration rate is only shown."""
    found = criterion(f"{TRIAL}-E13", *kidney("1 mg/dL", "43.2 kg"), result("33914-3", "40 mL/min/{1.73_m2}"))
    cited = [one.reference for one in found.evidence]
    assert {f"Observation/observation-{code}" for code in (CREATININE, WEIGHT)} <= set(cited)
    assert cited[-1] == "Observation/observation-33914-3"
    assert ("51 mL/min" in found.reason, "60 mL/min" in found.reason) == (True, True)
    lacking = criterion(f"{TRIAL}-E13", *kidney("0.8 mg/dL", None))
    assert (lacking.outcome, "body weight" in lacking.needs[0].text) == ("missing", True)


def flagged(code: str, flag: str, on: str = "2026-06-20", **more: Any) -> Resource:
    """A result that the laboratory has marked."""
    return result(code, "5 mmol/L", on, interpretation=[concept(f"{HL7}/v3-ObservationInterpretation", flag)], **more)


def test_e14_lists_what_the_laboratory_marked() -> None:
    """Abnormal results of the period, of any test, are shown to a person; normal, old and withdrawn ones are not."""
    marked = [flagged(code, flag) for code, flag in (("2345-7", "H"), ("2951-2", "LL"), ("777-3", "A"), (ALT, "HH"))]
    others = [
        flagged("2823-3", "N"),
        flagged("2075-0", "H", "2026-05-30"),
        flagged("718-7", "L", status="entered-in-error"),
        flagged("789-8", "L", "2026-07-01"),
    ]
    found = criterion(f"{TRIAL}-E14", *marked, *others, closed_world=True)
    assert (found.verdict, found.outcome, found.basis) == ("review", "confirm", "judgement")
    assert {one.reference for one in found.evidence} == {f"Observation/{one['id']}" for one in marked}


@pytest.mark.parametrize(
    "record", [(), (flagged("2823-3", "N"),), (order(SNOMED, "1"),)], ids=["nothing", "normal", "a drug"]
)
def test_e14_stays_a_question(record: tuple[Resource, ...]) -> None:
    """What is clinically significant no record says."""
    found = criterion(f"{TRIAL}-E14", *record, closed_world=True)
    assert (found.verdict, found.evidence) == ("review", ())
