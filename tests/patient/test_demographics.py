"""The patient: identifiers, birth, sex, death; nothing of it is quoted in a message."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.model import Facts
from alsfhir.patient.values import Identifier, When
from patient_samples import PATIENT, bundle, read, texts, without_none

DAY = date(1980, 1, 31)


def patient(**elements: Any) -> Facts:
    (found,) = read(bundle(without_none(PATIENT | elements))).patients
    return found


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ({"birthDate": "1980-02-31"}, "birthDate is not a date: not used"),
        ({"birthDate": 1980}, "birthDate is not a string: not used"),
        ({"gender": "F"}, "gender is none of FHIR's codes: not used"),
        ({"gender": ["female"]}, "gender is none of FHIR's codes: not used"),
        ({"deceasedDateTime": "1980-02-31"}, "deceasedDateTime is not a date: taken as deceased, on a day not known"),
        ({"_deceasedDateTime": {}}, "deceasedDateTime has no value: taken as deceased, on a day not known"),
        ({"deceasedBoolean": "true"}, "deceasedBoolean is no boolean: taken as deceased"),
        ({"deceasedBoolean": "false"}, "deceasedBoolean is no boolean: taken as alive"),
        (
            {"link": [{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]},
            "this Patient is replaced by another one (Patient.link): what is on record there is not counted here",
        ),
    ],
)
def test_what_cannot_be_used_is_listed_without_its_value(elements: dict[str, Any], text: str) -> None:
    """Problems name the element, and never quote it."""
    found = patient(**elements)
    assert texts(found) == [f"warning Patient/p1: {text}"]
    assert "1980" not in texts(found)[0]


@pytest.mark.parametrize(
    ("elements", "unreadable"),
    [
        ({"birthDate": "1961-13"}, {"Patient.birthDate"}),
        ({"birthDate": ["1961"]}, {"Patient.birthDate"}),
        ({"birthDate": ""}, {"Patient.birthDate"}),
        ({"gender": 1}, {"Patient.gender"}),
        ({"birthDate": 1961, "gender": "F"}, {"Patient.birthDate", "Patient.gender"}),
        ({"birthDate": None, "gender": None}, set()),
        ({}, set()),
    ],
)
def test_what_is_there_but_unreadable_is_not_taken_for_missing(elements: dict[str, Any], unreadable: set[str]) -> None:
    """A birth date or gender that is no such thing is named; one that is not there is not."""
    assert patient(**elements).unreadable == unreadable


@pytest.mark.parametrize("element", ["modifierExtension", "implicitRules"])
def test_a_modifier_leaves_only_who_it_is(element: str) -> None:
    """What an unknown modifier may change is not used; the identifiers are."""
    found = patient(
        **{element: [{"url": "x"}]}, identifier=[{"system": "urn:x", "value": "4711"}], deceasedBoolean=True
    )
    assert (found.birth, found.sex, found.deceased) == (None, None, False)
    assert found.unreadable == {"Patient"}
    assert found.identifiers == (Identifier("urn:x", "4711"),)
    assert len(found.issues) == 1


def test_a_patient_that_cannot_be_read_is_still_there() -> None:
    """A Patient resource in which too much is broken costs what it says, not the patient."""
    found = patient(identifier=[4711] * 30)
    assert (found.patient, found.birth, found.unreadable) == ("Patient/p1", None, frozenset({"Patient"}))
    assert texts(found) == ["error Patient/p1: Patient.identifier[20]: Expected `object | null`, got `int`: not read"]


def test_a_broken_identifier_costs_no_birth_date() -> None:
    """An element of the wrong type is listed as an error; what stands beside it is read."""
    found = patient(identifier="4711")
    assert (found.birth, found.sex, found.unreadable) == (When(DAY, DAY, "1980-01-31"), "female", frozenset())
    assert texts(found) == ["error Patient/p1: Patient.identifier: Expected `array | null`, got `str`: not read"]


def test_what_is_missing_is_not_known() -> None:
    """Without birth date, gender and death there are none, and nothing to list."""
    found = patient(birthDate=None, gender=None)
    assert (found.birth, found.sex, found.deceased, found.died, found.issues) == (None, None, False, None, ())


@pytest.mark.parametrize("sex", ["female", "male", "other", "unknown"])
def test_gender_is_kept(sex: str) -> None:
    """Each of FHIR's four codes is kept."""
    assert patient(gender=sex).sex == sex


def test_a_partial_birth_date_is_all_its_days() -> None:
    """A year of birth is any day of it."""
    assert patient(birthDate="1980").birth == When(date(1980, 1, 1), date(1980, 12, 31), "1980")


@pytest.mark.parametrize(
    ("elements", "deceased", "died"),
    [
        ({"deceasedBoolean": False}, False, None),
        ({"deceasedBoolean": True}, True, None),
        ({"deceasedDateTime": "2026-01"}, True, When(date(2026, 1, 1), date(2026, 1, 31), "2026-01")),
    ],
)
def test_death_is_known_with_and_without_a_day(elements: dict[str, Any], deceased: bool, died: When | None) -> None:
    """Either form says that the patient is dead; a date says since when."""
    found = patient(**elements)
    assert (found.deceased, found.died, found.issues) == (deceased, died, ())


def test_identifiers_are_those_with_a_value() -> None:
    """Identifiers keep system and value as written; those without value are none."""
    written = [{"system": "urn:x", "value": "4711"}, {"value": "12"}, {"system": "urn:y"}, None, {"value": 5}]
    assert patient(identifier=written).identifiers == (Identifier("urn:x", "4711"), Identifier(None, "12"))
