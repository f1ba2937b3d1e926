"""The example patients are valid, invented, and fit to be loaded into a server."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "patients"
BUNDLES = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.json"))}
VALID = [name for name in BUNDLES if name != "broken-resources.json"]


def resources(name: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in BUNDLES[name]["entry"])
    return [resource for resource in found if isinstance(resource, dict)]


@pytest.mark.parametrize("name", VALID)
def test_examples_are_valid(name: str) -> None:
    """The model of R4B, whose resources of these types are R4's, takes each resource as it is."""
    for resource in resources(name):
        module = import_module(f"fhir.resources.R4B.{resource['resourceType'].lower()}")
        model = getattr(module, resource["resourceType"]).model_validate(resource)
        assert json.loads(model.model_dump_json()) == resource


@pytest.mark.parametrize("name", VALID)
def test_examples_can_be_posted_to_a_server(name: str) -> None:
    """Each is a transaction that puts every resource under its own id, so that a second time changes nothing."""
    assert BUNDLES[name]["type"] == "transaction"
    for entry in BUNDLES[name]["entry"]:
        reference = f"{entry['resource']['resourceType']}/{entry['resource']['id']}"
        assert entry["request"] == {"method": "PUT", "url": reference}


def test_no_two_resources_share_an_id() -> None:
    """All examples can be on one server together."""
    ids = [(each["resourceType"], each["id"]) for name in BUNDLES for each in resources(name)]
    assert len(ids) == len(set(ids))


def test_patients_are_invented() -> None:
    """Names and identifiers say that nobody is meant."""
    patients = [each for name in BUNDLES for each in resources(name) if each["resourceType"] == "Patient"]
    assert len(patients) == 9
    assert {each["name"][0]["family"] for each in patients} == {"Example"}
    assert {each["identifier"][0]["system"] for each in patients} == {"http://hospital.example.org/mrn"}
    assert len({each["identifier"][0]["value"] for each in patients}) == 9
