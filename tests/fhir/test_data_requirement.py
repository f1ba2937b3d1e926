"""Tests of the data requirements of a screening."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.eligibility.record import NeedRecord
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.data_requirement import data_requirements
from alsfhir.terminology import Code, Concept, Terminology
from alsfhir.units import Units
from screenings import FVC_STALE, candidate, criterion, potential, screening

LOINC, ICD = "http://loinc.org", "http://hl7.org/fhir/sid/icd-10"


def _terms() -> Terminology:
    concepts = {
        "fvc-percent-predicted": Concept(
            label="FVC",
            codes=(Code(system=LOINC, seen="a test", code="19872-1"),),
            unit="%",
            max_age_days=90,
            measured=True,
        ),
        "malignancy": Concept(
            label="cancer", file="conditions", codes=(Code(system=ICD, seen="a test", first="C00", last="C97"),)
        ),
        "riluzole": Concept(
            label="riluzole", file="medications", codes=(Code(system=ICD, seen="a test", code="N07", below=True),)
        ),
    }
    return Terminology(concepts, {}, Units({"%": {}}, {}))


def _missing(*needs: NeedRecord) -> list[dict[str, object]]:
    record = screening(criterion("I01", "unknown", "missing", "no-record", needs=needs), status="potential-candidate")
    return data_requirements(record, _terms(), Names())


def test_a_candidate_requires_no_data() -> None:
    """Where nothing is missing, nothing is asked for."""
    assert data_requirements(candidate(), _terms(), Names()) == []


def test_what_only_a_person_can_confirm_is_no_data_requirement() -> None:
    """The needs of a criterion that a person confirms are not asked of a data source."""
    need = NeedRecord(concept="malignancy", text="is there any cancer?")
    record = screening(criterion("E01", "unknown", "confirm", "no-record", needs=(need,)), status="potential-candidate")
    assert data_requirements(record, _terms(), Names()) == []


def test_a_question_to_a_person_is_no_data_requirement() -> None:
    """A criterion that lacks a value may also need a judgement; only the value is asked of a data source."""
    assert _missing(NeedRecord(concept="judgement", text="is it stable?")) == []


def test_a_datum_of_the_patient_is_asked_for_by_its_element() -> None:
    """The birth date is in no list of codes; it is an element of the Patient."""
    assert _missing(NeedRecord(concept="birth-date", text="the date of birth")) == [
        {
            "extension": [
                {
                    "url": "http://alsfhir.org/fhir/StructureDefinition/requirement-text",
                    "valueString": "the date of birth",
                }
            ],
            "type": "Patient",
            "mustSupport": ["birthDate"],
        }
    ]


def test_a_concept_of_code_ranges_has_no_code_filter() -> None:
    """A range of codes cannot be listed, so the filter is left out rather than narrowed to its ends."""
    (requirement,) = _missing(NeedRecord(concept="malignancy", text="since when"))
    assert requirement["type"] == "Condition"
    assert "codeFilter" not in requirement


def test_a_drug_is_looked_for_where_drugs_are_named() -> None:
    """MedicationRequest holds its code in `medication`, not in `code`."""
    (requirement,) = _missing(NeedRecord(concept="riluzole", text="since when"))
    assert requirement["codeFilter"] == [{"path": "medication", "code": [{"system": ICD, "code": "N07"}]}]


@pytest.mark.parametrize(
    ("event", "path"),
    [
        ("onset", "onset"),
        ("diagnosis", "extension('http://hl7.org/fhir/StructureDefinition/condition-assertedDate').value"),
    ],
)
def test_a_date_of_a_condition_is_asked_for_by_its_element(event: Any, path: str) -> None:
    """The onset has an element, the day of diagnosis an extension of HL7's; a mere confirmation asks for neither."""
    (requirement,) = _missing(NeedRecord(concept="malignancy", event=event, text="since when"))
    assert (requirement["type"], requirement["mustSupport"]) == ("Condition", [path])
    (requirement,) = _missing(NeedRecord(concept="malignancy", text="is there any?"))
    assert "mustSupport" not in requirement


def test_a_condition_that_is_not_confirmed_is_asked_for_last() -> None:
    """Beside what is missing for criteria; what no mapping knows is not asked for."""
    for concept, types in (("malignancy", ["Observation", "Condition"]), ("nothing", ["Observation"])):
        need = NeedRecord(concept=concept, text="Confirmed diagnosis")
        record = screening(FVC_STALE, status="potential-candidate", unconfirmed=need)
        assert [each["type"] for each in data_requirements(record, _terms(), Names())] == types


def test_a_stale_value_is_asked_for_with_its_codes_and_its_greatest_age() -> None:
    """The requirement for a measurement says which codes mean it and how old it may be."""
    (requirement,) = data_requirements(potential(), _terms(), Names())
    days = {"value": 90, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}
    assert requirement["type"] == "Observation"
    assert requirement["codeFilter"] == [{"path": "code", "code": [{"system": LOINC, "code": "19872-1"}]}]
    assert requirement["dateFilter"] == [{"path": "effective", "valueDuration": days}]


def test_a_datum_that_two_criteria_lack_is_asked_for_once() -> None:
    """Two criteria over the same measurement make one requirement."""
    again = criterion("E09", "unknown", "missing", "stale", needs=FVC_STALE.needs)
    record = screening(FVC_STALE, again, status="potential-candidate")
    assert len(data_requirements(record, _terms(), Names())) == 1
