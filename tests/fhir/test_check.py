"""Tests of the second opinion on what we built."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import ResourceError
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.group import group
from alsfhir.fhir.versions import FhirVersion
from trial_samples import criteria, trial


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"nickname": "x"}, "Group.nickname"),
        ({"actual": "Jane Doe"}, "Group.actual"),
        (
            {"characteristic": [{"code": {"text": "x"}, "valueBoolean": True, "exclude": False, "note": "x"}]},
            "Group.characteristic[0].note",
        ),
        ({"identifier": [*group(trial(), criteria(), Names())["identifier"], "x"]}, "Group.identifier[2]"),
        ({"name": ""}, "Group.name"),
    ],
)
def test_what_is_not_fhir_is_refused_with_its_path_and_not_with_its_content(more: dict[str, Any], path: str) -> None:
    """The message is for our log, where no patient may be."""
    with pytest.raises(ResourceError) as caught:
        checked({**group(trial(), criteria(), Names()), **more}, FhirVersion.R4)
    assert caught.value.path == path
    assert str(caught.value).startswith(f"Group: {path}: ")
    assert "Jane" not in str(caught.value)


def test_a_resource_is_named_by_its_id_or_url() -> None:
    """Either leads to the resource."""
    with pytest.raises(ResourceError, match=r"^Group/7: "):
        checked({**group(trial(), criteria(), Names()), "id": "7", "active": "maybe"}, FhirVersion.R4)
    with pytest.raises(ResourceError, match=r"^http://a\.test/plan: "):
        checked({"resourceType": "PlanDefinition", "url": "http://a.test/plan"}, FhirVersion.R4)


def test_a_missing_mandatory_element_is_refused() -> None:
    """Group.type is mandatory."""
    with pytest.raises(ResourceError, match="type"):
        checked(
            {name: value for name, value in group(trial(), criteria(), Names()).items() if name != "type"},
            FhirVersion.R4,
        )


def test_a_valid_resource_comes_back_as_it_is() -> None:
    """The check changes nothing, not even a digit."""
    resource = group(trial(), criteria(), Names())
    assert checked(resource, FhirVersion.R4) is resource


def test_what_is_another_resource_in_r4b_is_not_held_to_r4b() -> None:
    """R4's EvidenceVariable has a type, R4B's has none."""
    variable = {"resourceType": "EvidenceVariable", "status": "active", "type": "dichotomous"}
    assert checked(variable, FhirVersion.R4) is variable
