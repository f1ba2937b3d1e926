"""A FHIR server in memory: as much of one as publishing needs, answering as HAPI 8.8 was seen to answer.

The rules of publishing are tested against it without Java, and with faults that HAPI does not make on request;
tests/integration runs them against HAPI.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from urllib.parse import parse_qsl

import httpx
import msgspec

from alsfhir.publish.transaction import resolved
from alsfhir.server.answer import encoded
from alsfhir.server.client import FhirServer

Resource = dict[str, Any]
BASE = "http://memory.example.org/fhir"


class _Conflict(Exception):
    """The transaction is refused as a whole with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class MemoryServer(httpx.BaseTransport):
    """Holds resources by type and id.

    ``before_writing`` runs once, ahead of the next transaction that has a resource of that type; ``refuses`` answers
    requests for a type with that status.
    """

    def __init__(self, fhir_version: str = "4.0.1") -> None:
        self.fhir_version = fhir_version
        self.resources: dict[str, Resource] = {}
        self.requests: list[str] = []
        self.before_writing: dict[str, Callable[[], object]] = {}
        self.refuses: dict[str, int] = {}

    def client(self) -> FhirServer:
        """A client of this server."""
        return FhirServer(BASE, transport=self)

    def put(self, resource: Resource, resource_id: str | None = None) -> str:
        """Stores a resource as somebody else would, and returns its reference; what is the same makes no version."""
        name = resource_id or resource.get("id") or f"{len(self.resources) + 1000}"
        where = f"{resource['resourceType']}/{name}"
        standing = self.resources.get(where)
        if standing is None or _content(standing) != _content(resource):
            version = int(standing["meta"]["versionId"]) + 1 if standing else 1
            meta = {**resource.get("meta", {}), "versionId": str(version), "source": f"#{len(self.requests)}"}
            self.resources[where] = deepcopy({**resource, "id": name, "meta": meta})
        return where

    def of_type(self, resource_type: str) -> list[Resource]:
        """All resources of one type, in the order in which they came."""
        return [each for where, each in self.resources.items() if where.startswith(f"{resource_type}/")]

    def versions(self) -> dict[str, str]:
        """The version id of everything."""
        return {where: each["meta"]["versionId"] for where, each in self.resources.items()}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answers metadata, read, search and transaction."""
        path = request.url.path.removeprefix("/fhir").strip("/")
        self.requests.append(f"{request.method} {path}")
        if path.partition("/")[0] in self.refuses:
            return httpx.Response(self.refuses[path.partition("/")[0]])
        if request.method == "POST":
            return self._transaction(msgspec.json.decode(request.content))
        if path == "metadata":
            return _json({"resourceType": "CapabilityStatement", "fhirVersion": self.fhir_version})
        found = self._search(path, request.url.query.decode())
        entries = [{"resource": each, "search": {"mode": "match"}} for each in found]
        return _json({"resourceType": "Bundle", "type": "searchset", "entry": entries})

    def _search(self, resource_type: str, query: str) -> list[Resource]:
        wanted = [(name, _or(value)) for name, value in parse_qsl(query)]
        return [
            each
            for each in self.of_type(resource_type)
            if all(set(values) & _values(each, name) for name, values in wanted)
        ]

    def _transaction(self, bundle: Resource) -> httpx.Response:
        for kind in {entry["resource"]["resourceType"] for entry in bundle["entry"]} & set(self.before_writing):
            self.before_writing.pop(kind)()
        kept = deepcopy(self.resources)
        try:
            targets = [self._target(entry) for entry in bundle["entry"]]
            links = {entry["fullUrl"]: where for entry, (where, _) in zip(bundle["entry"], targets, strict=True)}
            responses = [
                self._carried_out(e, w, new, links) for e, (w, new) in zip(bundle["entry"], targets, strict=True)
            ]
        except _Conflict as conflict:
            self.resources = kept
            return _json({"resourceType": "OperationOutcome", "issue": []}, conflict.status)
        answer = [{"response": response} for response in responses]
        return _json({"resourceType": "Bundle", "type": "transaction-response", "entry": answer})

    def _target(self, entry: dict[str, Any]) -> tuple[str, bool]:
        request, resource = entry["request"], entry["resource"]
        kind, _, query = request["url"].partition("?")
        if "ifMatch" in request:
            standing = self.resources.get(kind, {"meta": {"versionId": "0"}})
            if request["ifMatch"] != f'W/"{standing["meta"]["versionId"]}"':
                raise _Conflict(409)
            return kind, False
        assert "id" not in resource
        found = self._search(kind, query or request["ifNoneExist"])
        if len(found) > 1:
            raise _Conflict(412)
        new = f"{kind}/{len(self.resources) + 1000}"
        if not found:
            self.resources[new] = {"resourceType": kind, "meta": {"versionId": "0"}}
        return (f"{kind}/{found[0]['id']}", False) if found else (new, True)

    def _carried_out(self, entry: dict[str, Any], where: str, new: bool, links: dict[str, str]) -> dict[str, str]:
        if new or entry["request"]["method"] == "PUT":
            resource = resolved(entry["resource"], links)
            if "urn:uuid:" in json.dumps(resource, default=str):
                raise _Conflict(400)
            self.put(resource, where.partition("/")[2])
        version = self.resources[where]["meta"]["versionId"]
        return {
            "status": "201 Created" if new else "200 OK",
            "location": f"{where}/_history/{version}",
            "etag": f'W/"{version}"',
        }


def _content(resource: Resource) -> Resource:
    meta = {name: value for name, value in resource.get("meta", {}).items() if name in ("tag", "profile")}
    return {**resource, "id": None, "meta": meta}


def _values(resource: Resource, parameter: str) -> set[str]:
    """What a search parameter finds the resource by."""
    if parameter == "_tag":
        return {f"{tag['system']}|{tag['code']}" for tag in resource.get("meta", {}).get("tag", [])}
    if parameter == "identifier":
        return {f"{one.get('system', '')}|{one.get('value')}" for one in resource.get("identifier", [])}
    if parameter == "patient":
        return {resource.get("subject", {}).get("reference", "").partition("/")[2]}
    return {str(resource.get(parameter.lstrip("_")))}


def _or(value: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", one) for one in re.split(r"(?<!\\),", value)]


def _json(body: Resource, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=encoded(body), headers={"Content-Type": "application/fhir+json"})
