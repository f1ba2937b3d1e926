from __future__ import annotations

from typing import Any

import pytest

from alsfhir.server.shape import malformed_at


@pytest.mark.parametrize(
    ("elements", "path"),
    [
        ({"id": 5}, "Patient.id"),
        ({"id": ".."}, "Patient.id"),
        ({"id": "../Jane"}, "Patient.id"),
        ({"id": "a\x1b[31m"}, "Patient.id"),
        ({"id": "a\n"}, "Patient.id"),
        ({"meta": "Jane"}, "Patient.meta"),
        ({"meta": {"versionId": 7}}, "Patient.meta.versionId"),
        ({"meta": {"tag": ["Jane"]}}, "Patient.meta.tag[0]"),
        ({"identifier": None}, "Patient.identifier"),
        ({"identifier": {"value": "Jane"}}, "Patient.identifier"),
        ({"identifier": ["Jane"]}, "Patient.identifier[0]"),
        ({"identifier": [{"value": 4711}]}, "Patient.identifier[0].value"),
        ({"extension": [{"valueCode": "x"}]}, "Patient.extension[0]"),
        ({"extension": [{"url": "x", "valueReference": "Jane"}]}, "Patient.extension[0].valueReference"),
        (
            {"contained": [{"id": "a", "parameter": [{"name": "x", "part": 5}]}]},
            "Patient.contained[0].parameter[0].part",
        ),
        ({"subject": "Jane"}, "Patient.subject"),
        ({"status": {}}, "Patient.status"),
        ({"resourceType": "List", "entry": ["Jane"]}, "List.entry[0]"),
        ({"resourceType": "List", "entry": [{"item": 5}]}, "List.entry[0].item"),
        ({"resourceType": "List", "entry": [{"flag": {"coding": {}}}]}, "List.entry[0].flag.coding"),
    ],
)
def test_what_is_not_as_fhir_has_it_is_named_by_its_path(elements: dict[str, Any], path: str) -> None:
    """Whatever stands in an element that is read, the answer is the element's path, and not its content."""
    assert malformed_at({"resourceType": "Patient", "id": "a", **elements}) == path


def test_a_resource_without_an_id_is_malformed() -> None:
    """Nothing could refer to it."""
    assert malformed_at({"resourceType": "Patient"}) == "Patient"


@pytest.mark.parametrize(
    "resource",
    [
        {"resourceType": "Patient", "id": "a-1.b"},
        {"resourceType": "QuestionnaireResponse", "id": "a", "identifier": {"value": "1"}},
        {"resourceType": "Bundle", "id": "a", "entry": [{"resource": {}}], "identifier": {"value": "1"}},
        {"resourceType": "List", "id": "a", "entry": [{"item": {"display": "x"}, "date": "2026"}], "_title": {}},
        {"resourceType": "Observation", "id": "a", "subject": {"identifier": {"value": "1"}}, "unheard": [None]},
    ],
)
def test_what_is_as_fhir_has_it_passes(resource: dict[str, Any]) -> None:
    """Whatever else it holds: a server may have what we do not know."""
    assert malformed_at(resource) is None
