"""Records in DSTU2 and STU3 are refused by name; signs of them in a newer record cost only their resource."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import UnsupportedRecord
from patient_samples import (
    ALS,
    HL7,
    PATIENT,
    allergy,
    bundle,
    condition,
    device_use,
    drug,
    observation,
    procedure,
    read,
    texts,
)

CORE = "http://hl7.org/fhir/StructureDefinition/Observation"
STU3_CORE = "http://hl7.org/fhir/3.0/StructureDefinition/Observation"
NEWER = {"coding": [{"system": HL7 + "condition-clinical", "code": "active"}]}


def with_profile(profile: Any) -> dict[str, Any]:
    return observation(meta={"profile": [profile]})


@pytest.mark.parametrize(
    ("resource", "sign"),
    [
        ({"resourceType": "MedicationOrder"}, "DSTU2 (MedicationOrder at"),
        ({"resourceType": "ReferralRequest"}, "DSTU2 or STU3 (ReferralRequest at"),
        (condition(patient={"reference": "Patient/p1"}), "DSTU2 (Condition.patient at"),
        (condition(dateRecorded="2026"), "DSTU2 (Condition.dateRecorded at"),
        (condition(assertedDate="2026"), "STU3 (Condition.assertedDate at"),
        (condition(clinicalStatus="active"), "DSTU2 or STU3 (Condition.clinicalStatus at"),
        (condition(verificationStatus="refuted"), "DSTU2 or STU3 (Condition.verificationStatus at"),
        (observation(context={}), "STU3 (Observation.context at"),
        (observation(comments="x"), "DSTU2 (Observation.comments at"),
        (observation(interpretation={"text": "low"}), "DSTU2 or STU3 (Observation.interpretation at"),
        (procedure(notDone=True), "STU3 (Procedure.notDone at"),
        (procedure(notPerformed=True), "DSTU2 (Procedure.notPerformed at"),
        (drug("MedicationStatement", taken="n"), "STU3 (MedicationStatement.taken at"),
        (drug("MedicationStatement", wasNotTaken=True), "DSTU2 (MedicationStatement.wasNotTaken at"),
        (drug("MedicationAdministration", notGiven=True), "STU3 (MedicationAdministration.notGiven at"),
        (drug("MedicationDispense", notDoneReference={}), "STU3 (MedicationDispense.notDoneReference at"),
        (allergy(assertedDate="2026"), "STU3 (AllergyIntolerance.assertedDate at"),
        (allergy(substance={}), "DSTU2 (AllergyIntolerance.substance at"),
        (allergy(verificationStatus="refuted"), "DSTU2 or STU3 (AllergyIntolerance.verificationStatus at"),
        (device_use(whenUsed={}), "DSTU2 or STU3 (DeviceUseStatement.whenUsed at"),
        (drug(context={}), "STU3 (MedicationRequest.context at"),
        (with_profile(f"{CORE}|3.0.2"), "STU3 (Observation.meta.profile at"),
        (with_profile(f"{CORE}|1.0.2"), "DSTU2 (Observation.meta.profile at"),
        (with_profile(STU3_CORE), "STU3 (Observation.meta.profile at"),
    ],
)
def test_an_older_record_is_refused_by_name(resource: dict[str, Any], sign: str) -> None:
    """The sentence says which version it is, by which sign and where."""
    with pytest.raises(UnsupportedRecord) as refused:
        read(bundle(PATIENT, resource))
    assert str(refused.value) == (
        f"test.json: is FHIR {sign} Bundle.entry[1]); R4, R4B and R5 are read: have it exported in one of these"
    )


def test_the_clearest_sign_names_the_version() -> None:
    """A sign of one version goes before one of either."""
    with pytest.raises(UnsupportedRecord, match=r"is FHIR STU3 \(Observation.context at Bundle.entry\[2\]"):
        read(bundle(PATIENT, condition(clinicalStatus="active"), observation(context={})))


@pytest.mark.parametrize("newer", [condition(id="c2", clinicalStatus=NEWER), with_profile(f"{CORE}|4.0.1")])
def test_in_a_newer_record_an_older_form_costs_its_resource(newer: dict[str, Any]) -> None:
    """One resource that a server writes in the older form is not read, and not read wrongly; the patient stays."""
    found = read(bundle(PATIENT, condition(verificationStatus="refuted"), newer))
    (patient,) = found.patients
    assert [entry.reference for entry in patient.conditions] in ([], ["Condition/c2"])
    assert patient.unreadable == {"Condition"}
    assert texts(patient) == ["error Condition/c1: Condition.verificationStatus is of FHIR DSTU2 or STU3: not read"]


@pytest.mark.parametrize(
    "profile",
    [
        CORE,
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation|3.1.1",
        "http://example.org/StructureDefinition/Observation|1.0.0",
        5,
    ],
)
def test_profiles_of_other_guides_say_nothing_of_the_version(profile: Any) -> None:
    """The version of a guide is not that of FHIR."""
    assert len(read(bundle(PATIENT, with_profile(profile))).patients[0].observations) == 1


@pytest.mark.parametrize("meta", [5, [], {"profile": CORE}, {"profile": None}])
def test_meta_of_whatever_shape_is_no_obstacle(meta: Any) -> None:
    """A meta that is none says nothing."""
    assert len(read(bundle(PATIENT, observation(meta=meta))).patients[0].observations) == 1


def test_the_elements_that_r4_kept_are_no_signs() -> None:
    """Contexts of statements, and a text-only status, are in R4 as well."""
    resources = [drug("MedicationStatement", context={}), condition(code=ALS, clinicalStatus={"text": "active"})]
    assert len(read(bundle(PATIENT, *resources)).patients[0].drugs) == 1
