"""What ``$validate`` of a real HAPI server says about what we publish, before and after it knows our definitions.

Seen besides: codes of SNOMED CT are not looked at; those of LOINC, RxNorm, ICD-10 and ATC get a warning; UCUM is
checked; a resource without narrative gets a warning (dom-6).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

Resource = dict[str, Any]

BASE = "http://alsfhir.org/fhir"
NARRATIVE = {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">test</div>'}


@pytest.fixture
def server(hapi: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hapi, timeout=60, headers={"Accept": "application/fhir+json"}) as client:
        yield client


@pytest.fixture
def name() -> str:
    """A name no other test uses: what is unknown must not have been loaded before."""
    return f"test-{uuid4()}"


def definition(resource_type: str, name: str, **elements: Any) -> Resource:
    url = f"{BASE}/{resource_type}/{name}"
    head = {"resourceType": resource_type, "text": NARRATIVE, "url": url, "version": "1"}
    return {**head, "name": "Test", "status": "draft", **elements}


def extension_definition(name: str, value: Resource) -> Resource:
    """The extension ``name`` of ResearchStudy, with a value of the given type and binding."""
    url = f"{BASE}/StructureDefinition/{name}"
    elements = [
        {"id": "Extension", "path": "Extension", "min": 0, "max": "1"},
        {"id": "Extension.url", "path": "Extension.url", "fixedUri": url},
        {"id": "Extension.value[x]", "path": "Extension.value[x]", "min": 1, **value},
    ]
    return definition(
        "StructureDefinition",
        name,
        fhirVersion="4.0.1",
        kind="complex-type",
        abstract=False,
        context=[{"type": "element", "expression": "ResearchStudy"}],
        type="Extension",
        baseDefinition="http://hl7.org/fhir/StructureDefinition/Extension",
        derivation="constraint",
        differential={"element": elements},
    )


def code_system(name: str, *codes: str) -> Resource:
    concepts = [{"code": code, "display": code.title()} for code in codes]
    return definition("CodeSystem", name, content="complete", caseSensitive=True, concept=concepts)


def value_set(name: str, *codes: str) -> Resource:
    concepts = [{"code": code} for code in codes]
    return definition("ValueSet", name, compose={"include": [{"system": system(name), "concept": concepts}]})


def system(name: str) -> str:
    return f"{BASE}/CodeSystem/{name}"


def study(name: str, **value: Any) -> Resource:
    extension = {"url": f"{BASE}/StructureDefinition/{name}", **value}
    return {"resourceType": "ResearchStudy", "text": NARRATIVE, "status": "active", "extension": [extension]}


def observation(system: str, code: str) -> Resource:
    return {
        "resourceType": "Observation",
        "text": NARRATIVE,
        "status": "final",
        "code": {"coding": [{"system": system, "code": code}]},
        "subject": {"display": "patient"},
        "performer": [{"display": "physician"}],
        "effectiveDateTime": "2026-06-20",
        "valueString": "value",
    }


def put(server: httpx.Client, resource: Resource) -> None:
    kind = resource["resourceType"]
    assert server.put(kind, params={"url": resource["url"]}, json=resource).status_code in {200, 201}


def issues(server: httpx.Client, resource: Resource) -> list[tuple[str, str]]:
    """The severity and text of what is not in order."""
    answer = server.post(f"{resource['resourceType']}/$validate", json=resource)
    assert answer.json()["resourceType"] == "OperationOutcome"
    found = ((issue["severity"], issue["diagnostics"]) for issue in answer.json()["issue"])
    return [each for each in found if "No issues detected" not in each[1]]


def worst(server: httpx.Client, resource: Resource) -> str | None:
    severities = {severity for severity, _ in issues(server, resource)}
    return next((each for each in ("error", "warning", "information") if each in severities), None)


def test_unknown_extension_is_only_mentioned(server: httpx.Client, name: str) -> None:
    """An extension without its StructureDefinition is neither error nor warning."""
    assert worst(server, study(name, valueCode="recruiting")) == "information"


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_extension_is_known_as_soon_as_defined(server: httpx.Client, name: str, method: str) -> None:
    """A StructureDefinition counts from the next request on, though the lookup before it found nothing."""
    issues(server, study(name, valueCode="recruiting"))
    defined = extension_definition(name, {"type": [{"code": "code"}]})
    server.request(method, "StructureDefinition", params={"url": defined["url"]}, json=defined).raise_for_status()
    assert worst(server, study(name, valueCode="recruiting")) is None
    assert worst(server, study(name, valueString="recruiting")) == "error"


def test_definition_of_an_extension_is_valid(server: httpx.Client, name: str) -> None:
    """The definition itself passes; as HAPI comes, without internet, its context alone would be an error."""
    assert issues(server, extension_definition(name, {"type": [{"code": "code"}]})) == []


def test_codes_of_ours_are_checked_once_the_code_system_is_there(server: httpx.Client, name: str) -> None:
    """An unknown system, or an unknown code of a known one, is a warning where no binding is required."""
    assert worst(server, observation(system(name), "definite")) == "warning"
    put(server, code_system(name, "definite"))
    assert worst(server, observation(system(name), "definite")) is None
    assert worst(server, observation(system(name), "possible")) == "warning"
    put(server, code_system(name, "definite", "possible"))
    assert worst(server, observation(system(name), "possible")) is None


def test_required_binding_needs_the_code_system(server: httpx.Client, name: str) -> None:
    """Bound with ``required``, a code is an error until its CodeSystem is there too, so that is written first."""
    binding = {"strength": "required", "valueSet": f"{BASE}/ValueSet/{name}"}
    put(server, extension_definition(name, {"type": [{"code": "Coding"}], "binding": binding}))
    coded = study(name, valueCoding={"system": system(name), "code": "definite"})
    assert worst(server, coded) == "warning"
    put(server, value_set(name, "definite"))
    assert worst(server, coded) == "error"
    put(server, code_system(name, "definite", "possible"))
    assert worst(server, coded) is None
    assert worst(server, study(name, valueCoding={"system": system(name), "code": "possible"})) == "error"


def test_value_set_expands_at_once(server: httpx.Client, name: str) -> None:
    """A ValueSet with codes of a stored CodeSystem is expanded at once."""
    put(server, code_system(name, "definite", "possible"))
    put(server, value_set(name, "definite"))
    expanded = server.get("ValueSet/$expand", params={"url": f"{BASE}/ValueSet/{name}"}).json()
    assert [each["code"] for each in expanded["expansion"]["contains"]] == ["definite"]


@pytest.mark.parametrize(
    ("url", "code", "severity"),
    [
        ("http://loinc.org", "19868-9", "warning"),
        ("http://loinc.org", "no-such-code", "warning"),
        ("http://snomed.info/sct", "86044005", None),
        ("http://snomed.info/sct", "no-such-code", None),
    ],
)
def test_codes_of_others_are_not_known(server: httpx.Client, url: str, code: str, severity: str | None) -> None:
    """Right or wrong, LOINC codes get a warning and SNOMED CT codes nothing: no error, and no assurance either."""
    assert worst(server, observation(url, code)) == severity


def test_undefined_profile_is_an_error(server: httpx.Client, name: str) -> None:
    """``meta.profile`` may only name what the server holds."""
    profiled = study(name) | {"meta": {"profile": [f"{BASE}/StructureDefinition/{name}"]}, "extension": []}
    assert worst(server, profiled) == "error"


def test_nonsense_is_an_error(server: httpx.Client) -> None:
    """A missing element and an unknown property are errors, so that silence means something."""
    found = issues(server, {"resourceType": "ResearchStudy", "text": NARRATIVE, "bogus": True})
    assert {severity for severity, _ in found} == {"error"}
    assert len(found) == 2


def test_code_of_a_closed_list_is_refused_in_reading(server: httpx.Client) -> None:
    """A wrong code of a closed list is refused by the parser: status 400, an OperationOutcome all the same."""
    answer = server.post("Patient/$validate", json={"resourceType": "Patient", "gender": "mal"})
    assert (answer.status_code, answer.json()["resourceType"]) == (400, "OperationOutcome")
