"""What the two trials decide of a record whatever its form: R5, several codings, copies, references and bad input."""

from __future__ import annotations

from typing import Any

import pytest

from records import (
    ALS,
    HL7,
    ICD10CM,
    RXNORM,
    SNOMED,
    SUBJECT,
    Resource,
    case,
    category,
    concept,
    criterion,
    device,
    done,
    entry,
    handed_over,
    order,
    patient,
    result,
    verdict,
)

CASES = ("expected", "record", "options")
CLOSED = {"closed_world": True}
OID = "urn:oid:2.16.840.1.113883.6.96"
STATES = f"{HL7}/research-subject-state"


def without(resource: Resource, *names: str) -> Resource:
    """The resource without these elements."""
    return {name: value for name, value in resource.items() if name not in names}


def coded(*codings: tuple[str, str]) -> Resource:
    """A Condition with several codings."""
    return entry(SNOMED, "coded") | {"code": {"coding": [{"system": system, "code": code} for system, code in codings]}}


@pytest.mark.parametrize(
    CASES,
    [
        case("beside a hospital's own code", "met", coded(("http://hospital.example", "77"), (SNOMED, "86044005"))),
        case(
            "beside the broader code", "met", coded(("http://hl7.org/fhir/sid/icd-10", "G12.2"), (SNOMED, "86044005"))
        ),
        case("by an OID", "met", entry(OID, "86044005")),
        case("under a system with a slash", "met", entry(SNOMED + "/", "86044005")),
        case("without a system", "unknown", ALS | {"code": {"coding": [{"code": "86044005"}]}}),
        case("under another system", "unknown", entry(ICD10CM, "86044005")),
        case(
            "a hospital's code with its name",
            "review",
            ALS
            | {"code": {"coding": [{"system": "http://x", "code": "7", "display": "Amyotrophic lateral sclerosis"}]}},
        ),
        case("with a modifier that is not known", "unknown", ALS | {"modifierExtension": [{"url": "http://x"}]}),
        case("of another patient", "unknown", ALS | {"subject": {"reference": "Patient/another"}}),
        case("of nobody", "unknown", without(ALS, "subject")),
        case("without a code", "unknown", without(ALS, "code")),
        case(
            "with a status of another system", "unknown", ALS | {"verificationStatus": concept("http://x", "confirmed")}
        ),
        case("twice", "met", ALS, ALS),
        case(
            "two versions, ruled out by the later",
            "not-met",
            ALS | {"meta": {"lastUpdated": "2026-01-01T00:00:00Z"}},
            entry(SNOMED, "86044005", verification="refuted", meta={"lastUpdated": "2026-02-01T00:00:00Z"}),
        ),
    ],
)
def test_als_in_other_forms(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """NCT01494480-I01: one known coding of several suffices; what is not understood is neither yes nor no."""
    assert verdict("NCT01494480-I01", *record, **options) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            {
                "medicationReference": {"reference": "#m"},
                "contained": [{"resourceType": "Medication", "id": "m", "code": concept(RXNORM, "8640")}],
            },
            "met",
        ),
        ({"medication": {"concept": concept(RXNORM, "8640")}}, "met"),
        (
            {
                "medication": {"reference": {"reference": "#m"}},
                "contained": [{"resourceType": "Medication", "id": "m", "code": concept(RXNORM, "8640")}],
            },
            "met",
        ),
        ({"medicationReference": {"reference": "Medication/lost"}}, "unknown"),
        ({"medicationReference": {"reference": "Medication/lost", "display": "Prednisone"}}, "review"),
        ({"medicationCodeableConcept": concept(RXNORM, "8640"), "doNotPerform": True}, "unknown"),
    ],
)
def test_prednisone_in_other_forms(written: Resource, expected: str) -> None:
    """NCT01494480-E04: contained, referenced, as R5 has it; one that cannot be found is not known."""
    drug = without(order(RXNORM, "8640"), "medicationCodeableConcept") | written
    assert verdict("NCT01494480-E04", drug) == expected


def test_a_supply_is_taken_for_as_long_as_it_lasts() -> None:
    """NCT01494480-E04: what was handed over more than 12 months ago may reach into them."""
    assert verdict("NCT01494480-E04", handed_over(RXNORM, "8640", "2025-06-20", 30)) == "met"
    assert verdict("NCT01494480-E04", handed_over(RXNORM, "8640", "2025-05-01", 30), **CLOSED) == "not-met"


@pytest.mark.parametrize(
    ("state", "expected"),
    [("on-study", "met"), ("follow-up", "met"), ("screening", "unknown"), ("off-study", "not-met")],
)
def test_another_trial_as_r5_has_it(state: str, expected: str) -> None:
    """NCT01494480-E05: the state stands in the progress, and the status is that of the resource."""
    subject = {
        "resourceType": "ResearchSubject",
        "id": "r5",
        "status": "active",
        "subject": SUBJECT,
        "period": {"start": "2026-01-01", "end": "2026-06-01"} if state == "off-study" else {"start": "2026-01-01"},
        "study": {"reference": "ResearchStudy/s", "display": "NCT07118319"},
        "progress": [{"subjectState": concept(STATES, "candidate")}, {"subjectState": concept(STATES, state)}],
    }
    closed = {"closed_world": expected == "not-met"}
    assert verdict("NCT01494480-E05", subject, **closed) == expected


def test_a_procedure_as_r5_has_it() -> None:
    """NCT01494480-E02, NCT07118319-E16: ``occurrence`` is when it was done."""
    later = without(done("54956002"), "performedDateTime") | {"occurrenceDateTime": "2026-07-01"}
    assert verdict("NCT01494480-E02", later) == "unknown"
    assert verdict("NCT07118319-E16", later | {"occurrenceDateTime": "2026-06-01"}) == "review"


@pytest.mark.parametrize(
    CASES,
    [
        case("a number as text", "unknown", result("19872-1", None, valueString="82 %")),
        case("a range", "unknown", result("19872-1", None, valueRange={"low": {"value": 80, "unit": "%"}})),
        case("not plausible", "unknown", result("19872-1", "820 %")),
        case("below nought", "unknown", result("19872-1", "-82 %")),
        case("not a number", "unknown", result("19872-1", None, valueQuantity={"value": "82", "unit": "%"})),
        case("in the year 0000", "unknown", result("19872-1", "82 %", "0000-06-20")),
        case("in the year 9999", "unknown", result("19872-1", "82 %", "9999-06-20")),
        case("on no day", "unknown", result("19872-1", "82 %", "2026-06-31")),
        case("amended", "met", result("19872-1", "82 %", status="amended")),
        case(
            "by the instant, not by the text",
            "not-met",
            result("19872-1", "60 %", "2026-06-20T23:00:00-05:00", id="a"),
            result("19872-1", "82 %", "2026-06-21T01:00:00+02:00"),
        ),
        case(
            "a later version",
            "not-met",
            result("19872-1", "82 %", meta={"lastUpdated": "2026-06-20T00:00:00Z"}),
            result("19872-1", "60 %", meta={"lastUpdated": "2026-06-21T00:00:00Z"}),
        ),
    ],
)
def test_a_vital_capacity_in_other_forms(expected: str, record: tuple[Resource, ...], options: dict[str, Any]) -> None:
    """NCT07118319-I03: what cannot be compared, or is of no day, is unknown and never a no."""
    assert verdict("NCT07118319-I03", *record, **options) == expected


@pytest.mark.parametrize("gender", ["M", "MALE", 1, None])
def test_a_gender_that_is_none_is_not_known(gender: Any) -> None:
    """NCT07118319-E20: only FHIR's own code for a man rules pregnancy out."""
    assert verdict("NCT07118319-E20", patient(gender=gender)) == "unknown"


def test_a_record_that_could_not_be_read_is_no_absence() -> None:
    """In a closed world a drug, a diagnosis and a device that could not be read may be the very one."""
    broken: list[Resource] = [
        {"resourceType": kind, "id": "b", "subject": 5, "code": []} for kind in ("Condition", "Procedure")
    ]
    for number in ("NCT07118319-E13", "NCT01494480-E02"):
        assert verdict(number, *broken, **CLOSED) != "not-met"


def test_the_reason_names_the_resource() -> None:
    """NCT01494480-E02: whoever looks it up finds the device, its status and the place."""
    found = criterion("NCT01494480-E02", device("17102003"), category("onset-site", "spinal"))
    assert [one.reference for one in found.evidence] == ["Device/device-17102003"]
    assert "Device/device-17102003" in found.reason
