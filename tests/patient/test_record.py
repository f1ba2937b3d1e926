"""Whole files: the examples and real records."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from alsfhir.errors import UnsupportedRecord
from alsfhir.patient.model import Facts
from alsfhir.patient.record import Records, read_records
from alsfhir.terminology import terminology
from golden import assert_golden
from patient_samples import TERMS, observation, read

EXAMPLES = Path(__file__).parents[2] / "examples" / "patients"
NAMES = sorted(path.name for path in EXAMPLES.glob("*.json"))


def written(value: Any) -> Any:
    """Facts as JSON to be read by a person: codings and times in one line each, nothing that is empty."""
    if isinstance(value, list | tuple):
        return [written(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"system", "code", "display"}:
        return " ".join(str(part) for part in (value["system"], value["code"], value["display"]) if part)
    if value.keys() == {"first", "last", "written", "instant"}:
        days = value["first"] if value["first"] == value["last"] else f"{value['first']} to {value['last']}"
        return ", ".join(dict.fromkeys(part for part in (days, value["written"], value["instant"]) if part))
    if value.keys() == {"severity", "location", "text"}:
        return f"{value['severity']} {value['location']}: {value['text']}"
    return {key: kept for key, each in value.items() if (kept := written(each)) not in (None, [], {}, False)}


def as_json(found: Records) -> Any:
    return written(msgspec.to_builtins(found, order="deterministic"))


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([], "holds no FHIR resource: give a Bundle with a Patient"),
        ([5], "holds no FHIR resource"),
        ({"resourceType": "Bundle"}, "holds no FHIR resource"),
        ({"resourceType": "CapabilityStatement"}, "is one CapabilityStatement, not a patient's record"),
        ({"resourceType": "OperationOutcome"}, "is one OperationOutcome, not a patient's record"),
        ({"resourceType": "Observation"}, "is one Observation, not a patient's record"),
        (
            [{"resourceType": "Claim"}, {"resourceType": "Encounter"}],
            "holds no Patient, and nothing on record that refers",
        ),
        ([observation(subject={"reference": "Group/g"})] * 2, "is one Observation, not a patient's record"),
    ],
)
def test_a_file_of_no_patient_is_refused_in_one_sentence(value: Any, sentence: str) -> None:
    """FHIR that is about nobody is named."""
    with pytest.raises(UnsupportedRecord) as refused:
        read(value)
    assert str(refused.value).startswith(f"test.json: {sentence}")


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_the_examples_are_as_reviewed(name: str) -> None:
    """Each example gives the facts that a person has read through."""
    found = as_json(read_records(name, (EXAMPLES / name).read_bytes(), terminology()))
    assert_golden(f"patients/{name}", json.dumps(found, indent=1, ensure_ascii=False) + "\n")


COUNTS = {
    "r4_cqf_provisional.json": {"Patient/Patient1": (1, 1, 0, 1)},
    "r4_ecqm_dementia_refuted_assembled.json": {"Patient/69e641df-d0f6-47b7-82e3-7fd6251554d4": (0, 1, 0, 0)},
    "r4_mii_excluded_conditions_assembled.json": {"Patient/patient-sma-001": (0, 0, 0, 0)},
    "r4_ms_uscore_compliant.json": {
        "Patient/PatientC": (16, 2, 1, 1),
        "Patient/PatientA": (16, 2, 1, 1),
        "Patient/PatientB": (16, 2, 1, 1),
    },
    "r4_synthea_copd_fev1fvc.json": {"Patient/34a17aef-dd20-4eda-bf6c-f121e454616d": (75, 2, 9, 2)},
    "r4_synthea_full_labs.json": {"Patient/da2c7b0a-791a-4b8f-9a30-dc3d8cf1ec75": (131, 4, 7, 1)},
}
REFUSED = {
    "dstu2_custom_hca_pat_67.json": "DSTU2 (Condition.patient",
    "stu3_smart_8888802_spirometry.json": "STU3 (Observation.context",
    "stu3_synthea_small.json": "STU3 (Condition.assertedDate",
}


def counts(facts: Facts) -> tuple[int, int, int, int]:
    return len(facts.observations), len(facts.conditions), len(facts.procedures), len(facts.drugs)


def test_every_real_record_is_read_or_refused_by_name(shared: Path) -> None:
    """The tables of this test have every file of real records; a new one has to be looked at."""
    found = {path.name for path in (shared / "data" / "bundles").glob("*.json")}
    assert found == COUNTS.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", COUNTS)
def test_real_records_give_their_facts(name: str, shared: Path) -> None:
    """A panel counts as its components; nothing in these files is unreadable."""
    found = read_records(name, (shared / "data" / "bundles" / name).read_bytes(), TERMS)
    assert {facts.patient: counts(facts) for facts in found.patients} == COUNTS[name]
    assert not any(facts.unreadable for facts in found.patients)
    assert [issue for issue in found.issues if issue.severity == "error"] == []


@pytest.mark.parametrize("name", REFUSED)
def test_real_records_of_older_versions_are_refused(name: str, shared: Path) -> None:
    """The sentence says which version, and by which sign."""
    with pytest.raises(UnsupportedRecord) as refused:
        read_records(name, (shared / "data" / "bundles" / name).read_bytes(), TERMS)
    assert f"is FHIR {REFUSED[name]}" in str(refused.value)


def test_resources_of_other_subjects_are_nobodys(shared: Path) -> None:
    """The assembled file is about other subjects than its Patient: each is listed, none becomes the patient's."""
    name = "r4_mii_excluded_conditions_assembled.json"
    found = read_records(name, (shared / "data" / "bundles" / name).read_bytes(), TERMS)
    assert [(issue.location, issue.text) for issue in found.issues] == [
        ("Patient/example", "is not a patient in the file: 3 Condition of it not used"),
        ("Patient/example-patient", "is not a patient in the file: 1 Condition, 1 Observation of it not used"),
    ]


def test_real_patients_keep_what_was_said_of_them(shared: Path) -> None:
    """A refuted dementia stays refuted, a provisional stroke provisional, and the dead are dead."""
    bundles = shared / "data" / "bundles"

    def the_patient(name: str) -> Facts:
        return read_records(name, (bundles / name).read_bytes(), TERMS).patients[0]

    assert the_patient("r4_ecqm_dementia_refuted_assembled.json").conditions[0].verification == "refuted"
    assert the_patient("r4_cqf_provisional.json").conditions[0].verification == "provisional"
    assert the_patient("r4_synthea_copd_fev1fvc.json").deceased
    assert not the_patient("r4_synthea_full_labs.json").deceased


@pytest.mark.parametrize("name", ["r4_synthea_full_labs.json", "r4_ms_uscore_compliant.json"])
def test_every_number_of_a_real_record_is_as_written(name: str, shared: Path) -> None:
    """The digits of all quantities are those of the file, none lost and none added."""
    text = (shared / "data" / "bundles" / name).read_text("utf-8")
    resources = [entry["resource"] for entry in json.loads(text, parse_float=str, parse_int=str)["entry"]]
    observations = [resource for resource in resources if resource["resourceType"] == "Observation"]
    parts = [part for each in observations for part in (each, *each.get("component", []))]
    given = Counter(part["valueQuantity"]["value"] for part in parts if "valueQuantity" in part)
    found = read_records(name, text.encode(), TERMS)
    facts = [fact for patient in found.patients for fact in patient.observations if "both" not in (fact.unusable or "")]
    skipped = Counter(
        part["valueQuantity"]["value"] for part in parts if {"valueQuantity", "dataAbsentReason"} <= part.keys()
    )
    assert Counter(str(fact.quantity.value) for fact in facts if fact.quantity) == given - skipped
