"""Each resource is of the patient that its subject names, or of none."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.patient.record import Records
from patient_samples import PATIENT, bundle, condition, facts, observation, read, texts

SERVER = "http://hospital.example.org/fhir"
URN = "urn:uuid:6f1c2a54-0b1e-4f0a-9a37-2d4f7f0b1001"
MRN = {"system": "http://hospital.example.org/mrn", "value": "4711"}
KNOWN = PATIENT | {"identifier": [MRN]}
OTHER = PATIENT | {"id": "p2", "identifier": [MRN | {"value": "4712"}]}


def entries(*pairs: tuple[str | None, dict[str, Any]]) -> dict[str, Any]:
    return bundle(entry=[{"fullUrl": full_url, "resource": resource} for full_url, resource in pairs])


def counts(found: Records) -> dict[str, int]:
    """How many conditions each patient has."""
    return {patient.patient: len(patient.conditions) for patient in found.patients}


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ({"reference": "Patient/p3"}, "Patient/p3"),
        ({"reference": "http://other.example.org/Patient/p3?name=Example"}, "another subject"),
        ({"reference": "Group/p1"}, "Group/p1"),
        ({"reference": URN}, "another subject"),
        ({"reference": "Patient?identifier=http://hospital.example.org/mrn|4713"}, "another subject"),
        ({"reference": "Patient?identifier=4711"}, "another subject"),
        ({"reference": "#p1"}, "another subject"),
        ({"identifier": {"system": "http://hospital.example.org/mrn", "value": "4713"}}, "another subject"),
        ({"identifier": {"value": "4711"}}, "another subject"),
    ],
)
def test_what_is_of_another_subject_is_nobodys(subject: dict[str, Any], name: str) -> None:
    """A resource of a subject that is not in the file is given to no patient, and listed without an identifier."""
    found = read(bundle(KNOWN, OTHER, condition(subject=subject), observation(subject=subject)))
    assert counts(found) == {"Patient/p1": 0, "Patient/p2": 0}
    assert texts(found) == [
        f"warning {name}: is not a patient in the file: 1 Condition, 1 Observation of it not used",
    ]
    assert [patient.unreadable for patient in found.patients] == [frozenset(), frozenset()]


@pytest.mark.parametrize("reference", ["p1", "4711", "Patient", "2026-02-30"])
def test_a_reference_that_names_nobody_does_not_say_whom_it_is_about(reference: str) -> None:
    """It may be the one patient of the file, or any of several: then nothing is taken as absent."""
    entry = condition(subject={"reference": reference})
    (one,) = read(bundle(KNOWN, entry)).patients
    assert [fact.unusable for fact in one.conditions] == ["it does not say whom it is about"]
    several = read(bundle(KNOWN, OTHER, entry)).patients
    assert [patient.unreadable for patient in several] == [{"Condition"}, {"Condition"}]


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/p1"},
        {"reference": "Patient/p1/_history/2"},
        {"reference": f"{SERVER}/Patient/p1"},
        {"reference": "urn:uuid:p1"},
        {"reference": "Patient?identifier=http://hospital.example.org/mrn|4711"},
        {"reference": "Patient?identifier=http%3A%2F%2Fhospital.example.org%2Fmrn|4711"},
        {"identifier": MRN},
        {"reference": "Patient/elsewhere", "identifier": MRN},
        {"reference": "#me"},
    ],
)
def test_the_subject_is_found_by_each_form_of_reference(subject: dict[str, Any]) -> None:
    """Relative, absolute, versioned, urn, conditional, logical and contained references name the patient."""
    contained = [{"resourceType": "Patient", "id": "me", "identifier": [MRN]}]
    assert counts(read(bundle(KNOWN, OTHER, condition(subject=subject, contained=contained)))) == {
        "Patient/p1": 1,
        "Patient/p2": 0,
    }


def test_the_urn_of_an_entry_names_its_patient() -> None:
    """In a transaction resources refer to each other by the urns of their entries."""
    given = entries((URN, PATIENT), (None, OTHER), ("urn:uuid:1", condition(subject={"reference": URN})))
    assert counts(read(given)) == {"Patient/p1": 1, "Patient/p2": 0}


def test_patients_of_one_id_on_two_servers_are_two() -> None:
    """Two servers' patients of the same id are told apart, and so are their resources."""
    one, other = f"{SERVER}/Patient/p1", "http://other.example.org/Patient/p1"
    found = read(
        entries(
            (one, PATIENT),
            (other, PATIENT),
            (f"{SERVER}/Condition/c1", condition()),
            (f"{SERVER}/Condition/c2", condition(id="c2")),
            (None, condition(id="c3", subject={"reference": other})),
            (None, condition(id="c4")),
        )
    )
    assert counts(found) == {one: 2, other: 1}
    assert texts(found) == ["warning Patient/p1: is not a patient in the file: 1 Condition of it not used"]


def test_an_identifier_of_two_patients_names_neither() -> None:
    """Where two patients have the same identifier it does not tell them apart."""
    twin = OTHER | {"identifier": [MRN]}
    assert counts(read(bundle(KNOWN, twin, condition(subject={"identifier": MRN})))) == {
        "Patient/p1": 0,
        "Patient/p2": 0,
    }


@pytest.mark.parametrize("subject", [None, {}, {"display": "Example, Anna"}, {"reference": " "}, "Patient/p1", []])
def test_without_a_subject_it_is_kept_but_decides_nothing(subject: Any) -> None:
    """In a file of one patient a resource that does not say whom it is about is theirs to be judged, and unusable."""
    found = facts(condition(subject=subject))
    assert [entry.unusable for entry in found.conditions] == ["it does not say whom it is about"]
    assert texts(found) == ["warning Condition/c1: it does not say whom it is about: not used"]


def test_without_a_subject_it_may_be_anybodys_in_a_file_of_several() -> None:
    """In a file of several patients it is nobody's, and for each of them something that could not be read."""
    found = read(bundle(PATIENT, OTHER, condition(subject=None)))
    assert counts(found) == {"Patient/p1": 0, "Patient/p2": 0}
    assert [patient.unreadable for patient in found.patients] == [{"Condition"}, {"Condition"}]
    assert texts(found) == ["warning Condition/c1: it does not say whom it is about: not used"]


def test_without_patient_resources_those_referred_to_are_the_patients() -> None:
    """Observations alone make facts for whom they are about, of unknown age and sex."""
    found = read([observation(), observation(id="o2", subject={"reference": "Patient/p2"}), condition()])
    assert [(p.patient, len(p.observations), len(p.conditions)) for p in found.patients] == [
        ("Patient/p1", 1, 1),
        ("Patient/p2", 1, 0),
    ]
    assert [(p.birth, p.sex) for p in found.patients] == [(None, None), (None, None)]
    assert texts(found.patients[1]) == [
        "warning Patient/p2: there is no Patient resource in the file: birth date and sex are not known"
    ]


def test_without_patient_resources_two_servers_patients_stay_two() -> None:
    """The same relative reference on two servers is two patients."""
    given = entries((f"{SERVER}/Condition/c1", condition()), ("http://other.example.org/Condition/c1", condition()))
    assert counts(read(given)) == {"Patient/p1": 1, "http://other.example.org/Patient/p1": 1}
