"""The forms in which records say one thing, tried on NCT06765564: R5, several codings, versions, foreign URIs."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ATC,
    HL7,
    ICD10,
    ICD10CM,
    LOINC,
    RXNORM,
    SNOMED,
    SUBJECT,
    Resource,
    case,
    concept,
    done,
    entry,
    in_trial,
    order,
    patient,
    quantity,
    result,
    statement,
    verdict,
)

CASES = ("expected", "record", "options")
TRIAL, OTHER = "NCT06765564", "NCT07118319"
CLOSED = {"closed_world": True}
WARFARIN, ALT, APPENDIX, KIDNEY = "11289", "1742-6", "80146002", "70536003"


def without(resource: Resource, *names: str, **more: Any) -> Resource:
    """The resource without these elements, and with others."""
    return {name: value for name, value in resource.items() if name not in names} | more


def version(number: int, verification: str) -> Resource:
    """A version of one entry of dementia."""
    meta = {"versionId": str(number), "lastUpdated": f"2026-0{number}-01T00:00:00Z"}
    return entry(ICD10, "F03", verification=verification, id="versioned", meta=meta)


IN_R5 = {"medication": {"concept": concept(RXNORM, WARFARIN)}}
STATED = without(statement(RXNORM, WARFARIN, "2026-06-01/"), "medicationCodeableConcept", **IN_R5)
MEDICATION = {"resourceType": "Medication", "id": "m", "code": concept(RXNORM, WARFARIN)}


@pytest.mark.parametrize(
    CASES,
    [
        case("E17 an order in R5", "met", without(order(RXNORM, WARFARIN), "medicationCodeableConcept", **IN_R5)),
        case("E17 a statement recorded in R5", "unknown", STATED | {"status": "recorded"}),
        case(
            "E17 a statement recorded in R5, taking",
            "met",
            STATED
            | {"status": "recorded", "adherence": {"code": concept(f"{HL7}/medication-statement-adherence", "taking")}},
        ),
        case(
            "E17 a statement recorded in R5, not taken",
            "unknown",
            STATED
            | {
                "status": "recorded",
                "adherence": {"code": concept(f"{HL7}/medication-statement-adherence", "not-taking")},
            },
        ),
        case(
            "E17 a medication beside it",
            "met",
            MEDICATION,
            without(
                order(RXNORM, WARFARIN), "medicationCodeableConcept", medicationReference={"reference": "Medication/m"}
            ),
        ),
        case(
            "E17 a medication beside it, in R5",
            "met",
            MEDICATION,
            without(
                order(RXNORM, WARFARIN),
                "medicationCodeableConcept",
                medication={"reference": {"reference": "Medication/m"}},
            ),
        ),
        case(
            "E17 a medication inside it",
            "met",
            without(
                order(RXNORM, WARFARIN),
                "medicationCodeableConcept",
                contained=[MEDICATION],
                medicationReference={"reference": "#m"},
            ),
        ),
        case(
            "E17 the second of two codings",
            "met",
            order(
                RXNORM,
                WARFARIN,
                medicationCodeableConcept={
                    "coding": [{"system": "http://hospital.example", "code": "W"}, *concept(ATC, "B01AA03")["coding"]]
                },
            ),
        ),
        case("E17 by the number of the system", "met", order("urn:oid:2.16.840.1.113883.6.88", WARFARIN)),
        case("E20 in R5", "met", without(done(APPENDIX), "performedDateTime", occurrenceDateTime="2026-06-15")),
        case(
            "E20 a period in R5",
            "met",
            without(done(APPENDIX), occurrencePeriod={"start": "2026-06-14", "end": "2026-06-15"}),
        ),
        case(
            "E08 in R5",
            "met",
            without(
                in_trial(OTHER, "2026-01-01/"),
                "individual",
                subject=SUBJECT,
                status="active",
                progress=[{"subjectState": concept(f"{HL7}/research-subject-state", "on-study")}],
            ),
        ),
        case("E02 of a system with a slash", "met", entry("http://snomed.info/sct/", "52448006")),
        case("E02 of a system in https", "met", entry("https://snomed.info/sct", "52448006")),
        case("E02 a code of the wrong system", "unknown", entry(ICD10, "52448006")),
        case(
            "E02 a code without a system", "unknown", entry(SNOMED, "x") | {"code": {"coding": [{"code": "52448006"}]}}
        ),
        case(
            "E02 a name without a code",
            "review",
            entry(SNOMED, "x") | {"code": {"coding": [{"code": "52448006", "display": "Dementia"}]}},
        ),
        case("E02 of a status that is none", "unknown", entry(ICD10, "F03", verification="perhaps")),
        case("E02 about nobody", "unknown", entry(ICD10, "F03", subject=None)),
        case("E02 the same twice", "met", entry(ICD10, "F03"), entry(ICD10, "F03")),
        case("E02 two versions, the later refuted", "unknown", version(1, "confirmed"), version(2, "refuted")),
        case("E02 two versions, the later confirmed", "met", version(2, "confirmed"), version(1, "refuted")),
        case("E04 a code without its dot", "met", entry(ICD10, "C509")),
        case("E04 a code of ICD-10-CM without its dot", "met", entry(ICD10CM, "C50911")),
        case(
            "E06 that ended in the year of placeholders", "met", entry(ICD10, "J96.1", abatementDateTime="9999-12-31")
        ),
        case("E12 the same twice", "met", *[result(ALT, "121 U/L", high="40 U/L")] * 2),
        case("E12 microkatal", "met", result(ALT, "2.1 ukat/L", high="41 U/L")),
        case(
            "E12 a number in words",
            "unknown",
            result(ALT, None, valueString="121 U/L", referenceRange=[{"text": "<40"}]),
        ),
        case(
            "E12 the name of the unit alone",
            "met",
            result(
                ALT,
                None,
                valueQuantity={"value": 121, "unit": "U/L"},
                referenceRange=[{"high": {"value": 40, "unit": "U/L"}}],
            ),
        ),
        case(
            "E13 over two days",
            "met",
            result("2160-0", "1.6 mg/dL", None, effectivePeriod={"start": "2026-06-19", "end": "2026-06-20"}),
        ),
        case("E13 in the glyphs of the laboratory", "met", result("2160-0", "133 µmol/L")),
        case(
            "E18 a panel that says why it has no value",
            "met",
            entry(ICD10, "I10"),
            result(
                "85354-9",
                None,
                dataAbsentReason=concept(f"{HL7}/data-absent-reason", "error"),
                component=[{"code": concept(LOINC, "8480-6"), "valueQuantity": quantity("190 mm[Hg]")}],
            ),
        ),
        case(
            "E07 a modifier that nobody knows",
            "unknown",
            done(KIDNEY, "2005", modifierExtension=[{"url": "http://x", "valueBoolean": True}]),
        ),
        case(
            "E06 about another patient",
            "unknown",
            entry(ICD10, "J96.1", subject={"reference": "Patient/other"}),
            patient(),
        ),
    ],
)
def test_forms(
    request: pytest.FixtureRequest, expected: str, record: tuple[Resource, ...], options: dict[str, Any]
) -> None:
    """What R4 and R5, one coding and several, and each form of a system's name say, is the same fact."""
    number = request.node.callspec.id[:3]
    assert verdict(f"{TRIAL}-{number}", *record, **options) == expected
