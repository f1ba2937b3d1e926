"""How a real HAPI server behaves where publishing relies on it, or has to work around it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

Resource = dict[str, Any]

SYSTEM = "http://alsfhir.org/fhir/identifier/test"
TAGS = "http://alsfhir.org/fhir/tag/provenance"
PATIENT, STUDY, GUIDANCE = (f"urn:uuid:{uuid4()}" for _ in range(3))


@pytest.fixture
def server(hapi: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hapi, timeout=60, headers={"Accept": "application/fhir+json"}) as client:
        yield client


@pytest.fixture
def key() -> str:
    """A value no other test uses, so that the server need not be empty."""
    return str(uuid4())


def identified(kind: str, key: str, **elements: Any) -> Resource:
    return {"resourceType": kind, "identifier": [{"system": SYSTEM, "value": key}], **elements}


def study(key: str, **elements: Any) -> Resource:
    return identified("ResearchStudy", key, status="active", **elements)


def entry(resource: Resource, key: str, url: str | None = None, **request: str) -> Resource:
    kind = resource["resourceType"]
    full_url = {"Patient": PATIENT, "ResearchStudy": STUDY, "GuidanceResponse": GUIDANCE}.get(kind)
    where = url or f"{kind}?identifier={SYSTEM}|{key}"
    return {
        "fullUrl": full_url or f"urn:uuid:{uuid4()}",
        "resource": resource,
        "request": {"method": "PUT", "url": where, **request},
    }


def transaction(server: httpx.Client, *entries: Resource) -> httpx.Response:
    return server.post("", json={"resourceType": "Bundle", "type": "transaction", "entry": entries})


def written(answer: httpx.Response) -> list[Resource]:
    assert answer.status_code == 200, answer.text
    return [each["response"] for each in answer.json()["entry"]]


def found(server: httpx.Client, kind: str, **parameters: str) -> list[Resource]:
    answer = server.get(kind, params=parameters, headers={"Cache-Control": "no-cache"})
    assert answer.status_code == 200, answer.text
    return [each["resource"] for each in answer.json().get("entry", [])]


def guidance(key: str) -> Resource:
    evidence = {"name": "evidence", "valueReference": {"reference": PATIENT}}
    elsewhere = {"name": "evidence", "valueReference": {"reference": "Observation/not-here"}}
    part = {"name": "I01", "part": [{"name": "verdict", "valueCode": "met"}, evidence, elsewhere]}
    return identified(
        "GuidanceResponse",
        key,
        contained=[{"resourceType": "Parameters", "id": "verdicts", "parameter": [part]}],
        moduleCanonical="http://alsfhir.org/fhir/PlanDefinition/test|1",
        status="success",
        subject={"reference": PATIENT},
        outputParameters={"reference": "#verdicts"},
    )


def everything(key: str) -> list[Resource]:
    subject = identified(
        "ResearchSubject", key, status="candidate", study={"reference": STUDY}, individual={"reference": PATIENT}
    )
    group = identified("Group", key, type="person", actual=False)
    return [entry(each, key) for each in (subject, guidance(key), group, study(key), identified("Patient", key))]


def test_reached_from_this_machine_only(hapi: str) -> None:
    """The server listens on 127.0.0.1 and on no other address, not even another one of the same machine."""
    address = urlsplit(hapi)
    if address.hostname != "127.0.0.1":
        pytest.skip(f"The server under test is not ours: {hapi}")
    with pytest.raises(OSError):  # noqa: PT011 - refused on Linux, unreachable elsewhere
        socket.create_connection(("127.0.0.2", address.port or 80), timeout=2)


def test_speaks_r4(server: httpx.Client) -> None:
    """The CapabilityStatement names the version of the standard and the conditional update."""
    statement = server.get("metadata").json()
    assert statement["fhirVersion"] == "4.0.1"
    (subjects,) = (each for each in statement["rest"][0]["resource"] if each["type"] == "ResearchSubject")
    assert subjects["conditionalUpdate"]


def test_transaction_joins_what_it_writes(server: httpx.Client, key: str) -> None:
    """Conditional PUTs create, in any order, and urn:uuid references become the ids given, contained ones too."""
    assert {each["status"] for each in written(transaction(server, *everything(key)))} == {"201 Created"}
    (patient,) = found(server, "Patient", identifier=f"{SYSTEM}|{key}")
    (subject,) = found(server, "ResearchSubject", identifier=f"{SYSTEM}|{key}")
    (answer,) = found(server, "GuidanceResponse", identifier=f"{SYSTEM}|{key}")
    assert subject["individual"]["reference"] == f"Patient/{patient['id']}"
    parts = answer["contained"][0]["parameter"][0]["part"]
    assert parts[1]["valueReference"]["reference"] == f"Patient/{patient['id']}"
    assert answer["outputParameters"]["reference"] == "#verdicts"


def test_same_transaction_again_changes_nothing(server: httpx.Client, key: str) -> None:
    """Writing what is there already keeps every version id, and history has one version."""
    first, second = (written(transaction(server, *everything(key))) for _ in range(2))
    assert {each["status"] for each in second} == {"200 OK"}
    assert [each["location"] for each in second] == [each["location"] for each in first]
    resource = first[0]["location"].split("/_history")[0]
    assert server.get(f"{resource}/_history").json()["total"] == 1


@pytest.mark.parametrize("kind", ["Group", "ResearchSubject", "GuidanceResponse", "ResearchStudy"])
def test_found_by_identifier(server: httpx.Client, key: str, kind: str) -> None:
    """Each kind that has an identity of ours is found by it."""
    written(transaction(server, *everything(key)))
    assert [each["resourceType"] for each in found(server, kind, identifier=f"{SYSTEM}|{key}")] == [kind]


def test_wrong_version_is_refused(server: httpx.Client, key: str) -> None:
    """If-Match with another version than the current one is refused; HAPI says 409, where the standard says 412."""
    created = server.post("ResearchStudy", json=study(key)).json()
    where, newer = f"ResearchStudy/{created['id']}", {**created, "title": "newer"}
    assert server.put(where, json=newer, headers={"If-Match": 'W/"1"'}).headers["ETag"] == 'W/"2"'
    refused = server.put(where, json={**created, "title": "lost"}, headers={"If-Match": 'W/"1"'})
    assert refused.status_code == 409
    assert server.get(where).json()["title"] == "newer"


def test_wrong_version_refuses_the_transaction(server: httpx.Client, key: str) -> None:
    """``ifMatch`` of an entry that names the id is heeded, and nothing of the transaction is written."""
    created = server.post("ResearchStudy", json=study(key)).json()
    stale = entry(created | {"title": "lost"}, key, f"ResearchStudy/{created['id']}", ifMatch='W/"7"')
    assert transaction(server, entry(identified("Patient", key), key), stale).status_code == 409
    assert found(server, "Patient", identifier=f"{SYSTEM}|{key}") == []


def test_version_is_not_heeded_in_a_conditional_update(server: httpx.Client, key: str) -> None:
    """With a search instead of an id HAPI ignores ``ifMatch`` silently: what others may change is written by id."""
    server.post("ResearchStudy", json=study(key))
    (answer,) = written(transaction(server, entry(study(key, title="overwritten"), key, ifMatch='W/"7"')))
    assert answer["etag"] == "2"


def test_two_of_one_identity_refuse_a_conditional_update(server: httpx.Client, key: str) -> None:
    """If the search of a conditional update finds several, HAPI answers 412 and writes nothing."""
    for _ in range(2):
        server.post("ResearchStudy", json=study(key))
    assert transaction(server, entry(study(key, title="which?"), key)).status_code == 412


def test_conditional_update_by_tag(server: httpx.Client, key: str) -> None:
    """Provenance, which has no identifier, is created once and then updated by its tag."""
    subject = server.post("ResearchStudy", json=study(key)).json()["id"]
    mark = {"tag": [{"system": TAGS, "code": key}]}
    record = {"resourceType": "Provenance", "meta": mark, "target": [{"reference": f"ResearchStudy/{subject}"}]}
    record |= {"recorded": "2026-06-30T12:00:00Z", "agent": [{"who": {"display": "alsfhir"}}]}
    put = entry(record, key, f"Provenance?_tag={TAGS}|{key}")
    locations = [written(transaction(server, put))[0]["location"] for _ in range(2)]
    assert locations[0] == locations[1]


def test_missing_reference_is_refused(server: httpx.Client, key: str) -> None:
    """A reference to what the server does not hold refuses all; in contained resources it is not looked at."""
    lost = identified("ResearchSubject", key, status="candidate", study={"reference": "ResearchStudy/not-here"})
    lost["individual"] = {"reference": "Patient/not-here"}
    refused = transaction(server, entry(lost, key), entry(study(key), key))
    assert (refused.status_code, "HAPI-1094" in refused.text) == (400, True)
    assert found(server, "ResearchStudy", identifier=f"{SYSTEM}|{key}") == []
    assert transaction(server, entry(guidance(key), key), entry(identified("Patient", key), key)).status_code == 200


def test_decimals_keep_their_digits(server: httpx.Client) -> None:
    """18.50 is returned as 18.50, not as 18.5."""
    head = '"resourceType": "Observation", "status": "final", "code": {"text": "BMI"}'
    text = f'{{{head}, "valueQuantity": {{"value": 18.50}}}}'
    fhir = {"Content-Type": "application/fhir+json"}
    created = server.post("Observation", content=text, headers=fhir).json()
    assert '"value":18.50}' in server.get(f"Observation/{created['id']}").text


def test_unknown_elements_are_lost_without_a_word(server: httpx.Client, key: str) -> None:
    """A 201 is no proof that all was stored: $validate finds such an element, writing drops it."""
    odd = study(key, subjectState="candidate")
    created = server.post("ResearchStudy", json=odd)
    assert (created.status_code, "subjectState" in created.text) == (201, False)
    assert "Unrecognized property 'subjectState'" in server.post("ResearchStudy/$validate", json=odd).text


def test_search_is_answered_from_memory_unless_told_not_to(server: httpx.Client, key: str) -> None:
    """HAPI repeats a search's old result for a minute; Cache-Control: no-cache asks the database."""
    search = {"identifier": f"{SYSTEM}|{key}"}
    assert server.get("ResearchStudy", params=search).json()["total"] == 0
    server.post("ResearchStudy", json=study(key))
    assert server.get("ResearchStudy", params=search).json()["total"] == 0
    assert len(found(server, "ResearchStudy", **search)) == 1
