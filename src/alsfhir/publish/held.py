"""What a server holds of ours before we write, and what writing changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from alsfhir.errors import AmbiguousIdentity, ServerRefused, UnreliableAnswer
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.publish.identity import Identity, own_identity
from alsfhir.publish.report import Change, Written
from alsfhir.publish.transaction import Step, transaction
from alsfhir.server.client import FhirServer
from alsfhir.server.transaction import EntryResponse

_AT_ONCE = 20  # identities in one search: its address stays well below the 8 kB that servers take


def held(server: FhirServer, identities: Iterable[Identity], names: Names) -> dict[Identity, Resource]:
    """The resources that the server has under these identities. Raises ServerError, AmbiguousIdentity among them."""
    found: dict[Identity, Resource] = {}
    ordered = sorted(set(identities), key=lambda own: (own.resource_type, own.parameter, own.token))
    for (kind, parameter), group in groupby(ordered, key=lambda own: (own.resource_type, own.parameter)):
        wanted = list(group)
        for start in range(0, len(wanted), _AT_ONCE):
            searched = wanted[start : start + _AT_ONCE]
            values = ",".join(own.token for own in searched)
            for resource in server.search(kind, **{parameter: values}):
                own = own_identity(resource, names)
                if own in found:
                    raise AmbiguousIdentity(server.base, (reference(found[own]), reference(resource)))
                if own in searched:
                    found[own] = _versioned(server, resource)
    return found


def _versioned(server: FhirServer, resource: Resource) -> Resource:
    """The resource, if its version is told: without it what others change meanwhile would be overwritten."""
    if not resource.get("meta", {}).get("versionId"):
        problem = f"does not tell the version of {reference(resource)}; without versions nothing is written over"
        raise UnreliableAnswer(server.base, f"search {resource['resourceType']}", problem)
    return resource


def reference(resource: Resource) -> str:
    """``Type/id`` of a resource that a server returned."""
    return f"{resource['resourceType']}/{resource['id']}"


def write(server: FhirServer, steps: Sequence[Step | Written]) -> tuple[Written, ...]:
    """What one transaction of these steps changed, in their order; what is settled already is not sent.

    Raises ServerError.
    """
    sent = [step for step in steps if isinstance(step, Step)]
    responses = iter(server.transaction(transaction(sent)) if sent else ())
    return tuple(_written(server, step, next(responses)) if isinstance(step, Step) else step for step in steps)


def _written(server: FhirServer, step: Step, response: EntryResponse) -> Written:
    kind, standing = step.entry["resource"]["resourceType"], step.standing
    where = response.reference or (reference(standing) if standing else None)
    if where is None:
        raise UnreliableAnswer(server.base, f"write a {kind}", "did not say where it is")
    if step.entry["request"]["method"] == "POST" and response.status != 201:
        # Its identity was taken between our search and our transaction; the server has kept the other one.
        raise ServerRefused(server.base, f"create a {kind}", 412)
    if standing is None:
        return Written(where, Change.CREATED)
    same = response.version is not None and response.version == standing.get("meta", {}).get("versionId")
    return Written(where, Change.UNCHANGED if same else Change.UPDATED)
