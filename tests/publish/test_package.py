"""Tests of the FHIR package of our conformance resources."""

from __future__ import annotations

import io
import json
import tarfile
from typing import Any

import pytest

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.library import shared_library_resources
from alsfhir.fhir.trial_resources import conformance_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.publish.package import package
from alsfhir.terminology import terminology

BASE = "http://base.test/fhir"


def _files(packed: bytes) -> dict[str, Any]:
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive.getmembers()]
        return {name: json.loads(content.read()) for name, content in members if content is not None}


def test_the_same_resources_make_the_same_bytes() -> None:
    """Nothing says when, or by whom, it was packed."""
    names = Names(BASE)
    first, second = (package(conformance_resources(names), names, "1.2.3") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("version", FhirVersion)
def test_the_package_names_its_version_and_all_its_files(version: FhirVersion) -> None:
    """Manifest and index say what a validator needs in order to load it."""
    names = Names(BASE, version)
    resources = (*conformance_resources(names), *shared_library_resources(terminology(), names))
    files = _files(package(resources, names, "1.2.3"))
    manifest, index = files.pop("package/package.json"), files.pop("package/.index.json")
    assert (manifest["version"], manifest["canonical"]) == ("1.2.3", BASE)
    assert manifest["fhirVersions"] == list(manifest["dependencies"].values()) == [version.number]
    assert {f"package/{one['filename']}" for one in index["files"]} == set(files)
    for one in index["files"]:
        resource = files[f"package/{one['filename']}"]
        assert (one["id"], one["url"]) == (resource["id"], resource["url"])
        assert resource["url"].endswith(f"/{resource['id']}")
        assert all(isinstance(value, str) for value in one.values())
