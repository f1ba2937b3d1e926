"""What we write for a screening, on a real HAPI server: valid, and returned as it was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from alsfhir.eligibility.record import NeedRecord, ScreeningRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.device import device
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.provenance import provenance, same_provenance
from alsfhir.fhir.research_subject import research_subject
from alsfhir.fhir.structure_definition import structure_definitions
from alsfhir.fhir.verdicts import verdicts
from alsfhir.fhir.versions import FhirVersion
from alsfhir.fhir.worklist import WorklistEntry, worklist
from screenings import AGE, CONSENT, DRAFT, FVC_STALE, TRIAL, candidate, criterion, ineligible, potential, screening

KEY = "screened-1"
PATIENT, STUDY = f"Patient/{KEY}", f"ResearchStudy/{KEY}"
pytestmark = pytest.mark.hapi

ENTRY = WorklistEntry(f"ResearchSubject/{KEY}", "potential-candidate", "2026-06-30")


def _potential() -> ScreeningRecord:
    """All kinds of needs, and text that is hard on JSON and XHTML."""
    needs = (
        NeedRecord(concept="birth-date", text="the date of birth"),
        NeedRecord(concept="als", text="since when  there is ALS"),
        NeedRecord(concept="riluzole", text="since when riluzole is taken"),
    )
    hard = "  a < b & “c” > 'd'\u00a0é \U0001f9ec\x07\n\n<script>alert(1)</script> ]]>\t\n"
    odd = criterion("I04", "unknown", "missing", "no-record", needs=needs, text=hard, reason=hard, opens="2026-09-01")
    return screening(AGE, FVC_STALE, CONSENT, DRAFT, odd, status="potential-candidate", issues=potential().issues)


def _list(names: Names, existing: Resource | None = None) -> Resource:
    return worklist(TRIAL, "Cells & <more>", candidate().recruitment, [ENTRY], names, existing=existing)


def _guidance(record: ScreeningRecord, names: Names) -> Resource:
    return guidance_response(record, PATIENT, names, patient_key=KEY, held=frozenset({PATIENT}))


def _provenance(names: Names) -> Resource:
    targets, recorded = [f"ResearchSubject/{KEY}"], "2026-06-30T12:00:00Z"
    return provenance(_potential(), targets, f"Device/{KEY}", names, key=f"{TRIAL}/{KEY}", recorded=recorded)


RESOURCES: dict[str, Callable[[Names], Resource]] = {
    "device": lambda names: device("alsfhir 0.1.0", names),
    "research-subject": lambda names: research_subject(_potential(), PATIENT, STUDY, names, patient_key=KEY),
    "guidance-of-a-potential-candidate": lambda names: _guidance(_potential(), names),
    "guidance-of-a-candidate": lambda names: _guidance(candidate(), names),
    "guidance-of-an-ineligible-patient": lambda names: _guidance(ineligible(), names),
    "list": _list,
    "empty-list": lambda names: worklist(TRIAL, "Cells", candidate().recruitment, [], names),
    "provenance": _provenance,
}
every_resource = pytest.mark.parametrize("made", RESOURCES.values(), ids=RESOURCES.keys())


class Server:
    """The two interactions that these tests need, and the server's answer to each."""

    def __init__(self, client: httpx.Client, names: Names) -> None:
        self._client = client
        self.names = names

    def issues(self, resource: Resource) -> list[str]:
        """What the validator says, without that it knows no LOINC, SNOMED CT or ATC codes."""
        response = self._client.post(f"/{resource['resourceType']}/$validate", content=json.dumps(resource))
        issues: list[dict[str, Any]] = response.json()["issue"]
        said = [f"{one['severity']}: {one['diagnostics']}" for one in issues if one["severity"] != "information"]
        return [one for one in said if not ("code cannot be checked" in one and "is not supported" in one)]

    def stored(self, resource: Resource) -> Resource:
        """The resource as the server returns it after an update under the id of these tests."""
        where = f"/{resource['resourceType']}/{KEY}"
        self._client.put(where, content=json.dumps({**resource, "id": KEY})).raise_for_status()
        returned: Resource = self._client.get(where).raise_for_status().json()
        return returned


@pytest.fixture(scope="module")
def server(hapi_version: tuple[str, str]) -> Iterator[Server]:
    """The server of each FHIR version, with our extensions and with what our references lead to."""
    version, base = hapi_version
    names = Names(version=FhirVersion(version))
    headers = {"Content-Type": "application/fhir+json", "Cache-Control": "no-cache"}
    with httpx.Client(base_url=base, timeout=300, headers=headers) as client:
        for definition in structure_definitions(names):
            query = {"url": definition["url"]}
            client.put("/StructureDefinition", params=query, content=json.dumps(definition)).raise_for_status()
        server = Server(client, names)
        server.stored({"resourceType": "Patient"})
        server.stored({"resourceType": "ResearchStudy", "status": "active"})
        for name in ("device", "research-subject"):
            server.stored(RESOURCES[name](names))
        yield server


def test_the_validator_finds_what_is_wrong(server: Server) -> None:
    """An element that a List does not have is an error, so that no error below means something."""
    assert any(issue.startswith("error") for issue in server.issues({**_list(server.names), "nickname": "x"}))


def test_the_validator_knows_our_extensions(server: Server) -> None:
    """An extension of ours with a value of another type is an error."""
    wrong = {"url": server.names.extension("written-status"), "valueString": "candidate"}
    subject = RESOURCES["research-subject"](server.names)
    assert any(issue.startswith("error") for issue in server.issues({**subject, "extension": [wrong]}))


@every_resource
def test_the_validator_has_nothing_to_say(server: Server, made: Callable[[Names], Resource]) -> None:
    """No error, and no warning but for codes of systems that the server does not have."""
    assert server.issues(made(server.names)) == []


@every_resource
def test_the_server_returns_what_it_was_sent(server: Server, made: Callable[[Names], Resource]) -> None:
    """HAPI drops what it does not know without a word; nothing of ours is dropped or changed."""
    resource = made(server.names)
    returned = server.stored(resource)
    added = {"id": KEY, "meta": {**returned["meta"], **resource.get("meta", {})}}
    assert returned == {**resource, **added}


def test_what_is_read_back_says_nothing_new(server: Server) -> None:
    """A list, a Provenance and verdicts that come from the server are equal to what would be written again."""
    names = server.names
    standing = server.stored(_list(names))
    assert _list(names, existing=standing) == standing
    assert same_provenance(server.stored(_provenance(names)), _provenance(names))
    guidance = _guidance(_potential(), names)
    assert verdicts(server.stored(guidance)) == verdicts(guidance)
