"""Transaction Bundles and the steps they are made of, https://hl7.org/fhir/R4/http.html#transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.publish.identity import distinct, identity

_SERVERS_OWN = {"versionId", "lastUpdated", "source"}


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of a transaction, and the resource that stands on the server in its place, if one does."""

    entry: dict[str, Any]
    standing: Resource | None = None


def transaction_bundle(resources: Iterable[Resource], names: Names) -> Resource:
    """One transaction that writes these resources under our identities, none twice. Raises ResourceError."""
    return transaction(conditional_update(resource, None, names) for resource in distinct(resources, names))


def transaction(steps: Iterable[Step]) -> Resource:
    """The transaction of these steps."""
    return {"resourceType": "Bundle", "type": "transaction", "entry": [step.entry for step in steps]}


def conditional_update(resource: Resource, standing: Resource | None, names: Names) -> Step:
    """Writes a resource under its identity, whether or not the server has it; the body has no id.

    HAPI 8.8 ignores ``ifMatch`` in such an entry: what others may change is written by ``change``.
    """
    own = identity(resource, names)
    return Step(_entry(own.full_url, resource, method="PUT", url=own.conditional_url), standing)


def change(resource: Resource, standing: Resource | None, names: Names) -> Step:
    """Writes a resource only if nobody else has written since we read: as a new version of what stands, or anew.

    Against a change in between HAPI 8.8 answers 409, other servers 412; where a resource of that identity has
    appeared in between, the entry's status is 200 and not 201.
    """
    own = identity(resource, names)
    if standing is None:
        return Step(_entry(own.full_url, resource, method="POST", url=own.resource_type, ifNoneExist=own.query))
    meta = {name: value for name, value in resource.get("meta", {}).items() if name not in _SERVERS_OWN}
    body = {**resource, "id": standing["id"], "meta": meta}
    body = body if meta else {name: value for name, value in body.items() if name != "meta"}
    where = f"{own.resource_type}/{standing['id']}"
    version = f'W/"{standing["meta"]["versionId"]}"'
    return Step(_entry(own.full_url, body, method="PUT", url=where, ifMatch=version), standing)


def resolved(element: Any, references: Mapping[str, str]) -> Any:
    """The resource with each reference that is a key replaced by its value, at any depth."""
    if isinstance(element, dict):
        return {
            name: references.get(value, value)
            if name == "reference" and isinstance(value, str)
            else resolved(value, references)
            for name, value in element.items()
        }
    return [resolved(one, references) for one in element] if isinstance(element, list) else element


def _entry(full_url: str, resource: Resource, **request: str) -> dict[str, Any]:
    return {"fullUrl": full_url, "resource": resource, "request": request}
