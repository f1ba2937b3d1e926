"""Requests, statements, administrations and dispenses of drugs, their status, period and dosage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from alsfhir.terminology import UCUM, Coding
from patient_samples import RILUZOLE, SNOMED, drug, facts, one_drug, texts

MAY_4 = When(date(2026, 5, 4), date(2026, 5, 4), "2026-05-04")
SINCE_MAY = When(date(2026, 5, 4), date.max, "2026-05-04/..")
KINDS = ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"]


def dosage(amount: int = 50, start: str | None = "2026-05-04", **repeat: Any) -> dict[str, Any]:
    bounds = {"boundsPeriod": {"start": start}} if start else {}
    dose = {"value": amount, "unit": "mg", "system": UCUM, "code": "mg"}
    timing = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"} | bounds | repeat}
    return {"text": "as always", "timing": timing, "doseAndRate": [{"doseQuantity": dose}]}


@pytest.mark.parametrize(
    ("kind", "elements", "unusable"),
    [
        ("MedicationRequest", {"status": None}, "no status"),
        ("MedicationRequest", {"authoredOn": "2026-02-30"}, "the date it was written is not a date"),
        (
            "MedicationRequest",
            {"dosageInstruction": [dosage(start="soon")]},
            "timing.repeat.boundsPeriod start is not a date",
        ),
        ("MedicationRequest", {"doNotPerform": "no"}, "doNotPerform is neither true nor false"),
        ("MedicationStatement", {"effectivePeriod": {}}, "effectivePeriod has neither start nor end"),
        ("MedicationStatement", {"effectiveTiming": {}}, "effective[x] is not given as a time"),
        ("MedicationAdministration", {"effectiveDateTime": 5}, "effectiveDateTime is not a string"),
        ("MedicationAdministration", {"occurenceTiming": {}}, "occurence[x] is not given as a time"),
        ("MedicationDispense", {"whenHandedOver": "May"}, "is not a date"),
    ],
)
def test_what_cannot_be_placed_in_time_is_unusable(kind: str, elements: dict[str, Any], unusable: str) -> None:
    """A drug whose period cannot be read is kept with the reason: no other date may stand in for it."""
    found = facts(drug(kind, **elements))
    assert [fact.unusable for fact in found.drugs] == [unusable]
    assert texts(found) == [f"warning {kind}/m1: {unusable}: not used"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_entered_in_error_is_no_fact(kind: str) -> None:
    """A drug entered in error was not taken; that there was one is said."""
    found = facts(drug(kind, status="entered-in-error"))
    assert (found.drugs, texts(found)) == ((), [f"information {kind}: 1 not used: entered in error"])


def test_a_request_not_to_give_is_no_drug() -> None:
    """The element doNotPerform turns a request into its contrary."""
    found = facts(drug(doNotPerform=True))
    assert (found.drugs, texts(found)) == (
        (),
        ["information MedicationRequest: 1 not used: a request not to give the drug"],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_status_and_medication_are_read_of_each_kind(kind: str) -> None:
    """All four say which drug, in which status; only a request has an intent."""
    found = one_drug(kind, status="on-hold", intent="order")
    assert (found.status, found.concepts, found.reference) == ("on-hold", frozenset({"riluzole"}), f"{kind}/m1")
    assert found.intent == ("order" if kind == "MedicationRequest" else None)


def test_a_request_is_for_the_period_of_its_dosage() -> None:
    """The bounds of all dosages, first to last; when it was written is another date."""
    steps = [dosage(50, "2026-05-04"), dosage(100, boundsPeriod={"start": "2026-06-01", "end": "2026-06-30"})]
    steps[0]["timing"]["repeat"]["boundsPeriod"]["end"] = "2026-05-31"
    found = one_drug(authoredOn="2026-05-04", doNotPerform=False, dosageInstruction=steps)
    assert found.period == When(date(2026, 5, 4), date(2026, 6, 30), "2026-05-04/2026-06-30")
    assert found.authored == MAY_4
    assert found.dosage == "50 mg 2 x per 1 d; 100 mg 2 x per 1 d"


def test_a_dosage_without_bounds_gives_no_period() -> None:
    """One dosage that is not bounded leaves the period open to the date of the request."""
    assert one_drug(dosageInstruction=[dosage(), dosage(start=None)]).period is None
    assert one_drug().period is None


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ({}, None),
        ({"text": "one a day"}, "one a day"),
        (dosage() | {"doseAndRate": None}, "as always"),
        ({"doseAndRate": dosage()["doseAndRate"]}, "50 mg"),
        ({"timing": {"code": {"coding": [{"code": "BID"}]}}}, "BID"),
        ({"timing": {"code": {"text": "at night"}}}, "at night"),
        (dosage(frequency="two"), "50 mg 1 x per 1 d"),
        (dosage(period="one"), "as always"),
    ],
)
def test_dosage_is_in_coded_words_or_as_written(instruction: dict[str, Any], words: str | None) -> None:
    """Dose and rhythm if both are coded, else the text, else whichever is there."""
    assert one_drug(dosageInstruction=[instruction, None]).dosage == words


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("taking", "active"),
        ("taking-not-as-directed", "active"),
        ("not-taking", "not-taken"),
        ("on-hold-as-directed", "on-hold"),
        ("stopped", "stopped"),
        ("unknown", "unknown"),
    ],
)
def test_a_statement_in_r5_says_in_adherence_what_r4_says_in_status(code: str, status: str) -> None:
    """R5 statements are put in R4's words, so that both decide alike."""
    system = "http://hl7.org/fhir/CodeSystem/medication-statement-adherence"
    adherence = {"code": {"coding": [{"system": system, "code": code}]}}
    assert one_drug("MedicationStatement", status="recorded", adherence=adherence).status == status


def test_a_statement_without_adherence_does_not_say_whether_it_is_taken() -> None:
    """Recorded alone is unknown; R4's statuses stay."""
    assert one_drug("MedicationStatement", status="recorded").status == "unknown"
    assert one_drug("MedicationStatement", status="not-taken").status == "not-taken"


def test_a_statement_is_for_its_effective_time() -> None:
    """The period of taking, the day of the statement and the dosage as written."""
    found = one_drug(
        "MedicationStatement",
        effectivePeriod={"start": "2026-05-04"},
        dateAsserted="2026-05-04",
        dosage=[{"text": "50 mg twice a day"}],
    )
    assert (found.period, found.authored, found.dosage) == (SINCE_MAY, MAY_4, "50 mg twice a day")


@pytest.mark.parametrize("element", ["effective", "occurence"])
def test_an_administration_is_at_its_time(element: str) -> None:
    """R4's effective[x] and R5's occurence[x], spelt as R5 spells it; the dose is in words."""
    dose = {"dose": {"value": 50, "unit": "mg"}, "text": "one tablet"}
    found = one_drug("MedicationAdministration", **{f"{element}DateTime": "2026-05-04"}, dosage=dose)
    assert (found.period, found.authored, found.dosage) == (MAY_4, None, "50 mg")
    found = one_drug(
        "MedicationAdministration", **{f"{element}Period": {"start": "2026-05-04"}}, dosage={"text": "one"}
    )
    assert (found.period, found.dosage) == (SINCE_MAY, "one")


@pytest.mark.parametrize(
    ("supply", "last"),
    [
        (None, date(2026, 5, 4)),
        ({"value": 28, "unit": "d"}, date(2026, 5, 31)),
        ({"value": 1, "unit": "days"}, date(2026, 5, 4)),
        ({"value": 28}, date(2026, 5, 4)),
        ({"value": 28, "unit": "tablets"}, date(2026, 5, 4)),
        ({"value": 100000, "unit": "d"}, date(2026, 5, 4)),
    ],
)
def test_a_dispense_lasts_for_its_supply(supply: dict[str, Any] | None, last: date) -> None:
    """From the day it was handed over, for the days supplied if they are days."""
    found = one_drug("MedicationDispense", status="completed", whenHandedOver="2026-05-04", daysSupply=supply)
    assert found.period is not None
    assert (found.period.first, found.period.last) == (date(2026, 5, 4), last)
    assert found.authored == MAY_4


@pytest.mark.parametrize("kind", KINDS)
def test_kind_and_routes_are_read_of_each_kind(kind: str) -> None:
    """All four say by which route, in codes or in words; the routes of all dosages are kept, none twice."""
    oral = {"coding": [{"system": SNOMED, "code": "26643006"}]}
    dosages = [{"route": oral}, {"route": {"text": "inhaled"}}, {"route": oral}, {}]
    element = "dosageInstruction" if kind in {"MedicationRequest", "MedicationDispense"} else "dosage"
    one = kind == "MedicationAdministration"
    found = one_drug(kind, **{element: dosages[0] if one else dosages})
    expected = (Coding(SNOMED, "26643006"), Coding(None, None, "inhaled"))
    assert found.routes == (expected[:1] if one else expected)
    assert f"Medication{found.kind.capitalize()}" == kind


def test_a_request_that_ended_in_r5_is_completed() -> None:
    """R5's word is put in R4's."""
    assert one_drug(status="ended").status == "completed"


def test_r5_bounds_a_request_as_a_whole() -> None:
    """The period of a request is that of its dosages, and else the one that R5 has for it."""
    dose_period = {"start": "2026-05-04"}
    assert one_drug(effectiveDosePeriod=dose_period).period == SINCE_MAY
    bounded = [dosage(50, "2026-06-01")]
    found = one_drug(effectiveDosePeriod=dose_period, dosageInstruction=bounded).period
    assert found is not None
    assert found.first == date(2026, 6, 1)
    assert one_drug(effectiveDosePeriod={}).unusable == "effectiveDosePeriod has neither start nor end"


def test_the_form_of_a_medication_in_r5_gives_the_same_drug() -> None:
    """R4's medicationCodeableConcept and R5's medication.concept differ in nothing but the name."""
    r5 = one_drug(medicationCodeableConcept=None, medication={"concept": RILUZOLE})
    assert r5 == one_drug()
