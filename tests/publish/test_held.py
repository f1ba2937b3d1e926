from __future__ import annotations

from typing import Any

import pytest

from alsfhir.errors import AmbiguousIdentity, ServerRefused, UnreliableAnswer
from alsfhir.fhir.canonical import Names
from alsfhir.publish.held import held, write
from alsfhir.publish.identity import Identity, identity
from alsfhir.publish.report import Change, Written
from alsfhir.publish.transaction import change, conditional_update
from alsfhir.server.client import FhirServer
from alsfhir.server.transaction import EntryResponse
from memory_server import MemoryServer

NAMES = Names("http://example.org/fhir")


def _group(key: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Group", "identifier": [NAMES.identifier("Group", key)], **more}


def test_two_of_one_identity_are_an_error_that_names_both(memory: MemoryServer, server: FhirServer) -> None:
    """Nobody can tell which one is ours: a person has to keep one."""
    memory.put(_group("a"), "g1")
    memory.put(_group("a"), "g2")
    with pytest.raises(AmbiguousIdentity, match="Group/g1, Group/g2 under one identity of ours; keep one"):
        held(server, [identity(_group("a"), NAMES)], NAMES)


def test_a_resource_that_appeared_in_between_is_not_reported_as_ours(memory: MemoryServer, server: FhirServer) -> None:
    """A conditional creation that found one is answered 200: what we meant to write is not there."""
    memory.before_writing["Group"] = lambda: memory.put(_group("a", name="theirs"))
    with pytest.raises(ServerRefused, match=r"refused to create a Group: HTTP 412.*run again"):
        write(server, [change(_group("a", name="ours"), None, NAMES)])
    assert [group["name"] for group in memory.of_type("Group")] == ["theirs"]


def test_a_resource_that_changed_in_between_is_refused(memory: MemoryServer, server: FhirServer) -> None:
    """What was read is not what stands there any more: nothing is written, and the advice is to run again."""
    memory.put(_group("a"), "g1")
    own = identity(_group("a"), NAMES)
    standing = held(server, [own], NAMES)[own]
    memory.before_writing["Group"] = lambda: memory.put(_group("a", name="theirs"), "g1")
    with pytest.raises(ServerRefused, match=r"HTTP 409.*changed by someone else meanwhile: run again"):
        write(server, [change({**standing, "name": "ours"}, standing, NAMES)])
    assert memory.resources["Group/g1"]["name"] == "theirs"


def test_a_server_that_does_not_say_where_is_unreliable(server: FhirServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a location nothing could refer to what was written."""
    monkeypatch.setattr(server, "transaction", lambda _: [EntryResponse(201, None, None)])
    with pytest.raises(UnreliableAnswer, match="did not say where it is"):
        write(server, [conditional_update(_group("a"), None, NAMES)])


def test_without_a_version_an_update_counts_as_one(server: FhirServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that names no version may have made one: it is not called unchanged; the id is known from before."""
    monkeypatch.setattr(server, "transaction", lambda _: [EntryResponse(200, None, None)])
    standing = _group("a", id="g1")
    assert write(server, [conditional_update(_group("a"), standing, NAMES)]) == (Written("Group/g1", Change.UPDATED),)


def test_nothing_to_write_is_not_sent(memory: MemoryServer, server: FhirServer) -> None:
    """An empty transaction is no request; what was settled comes back as it was."""
    settled = Written("Group/g1", Change.UNCHANGED)
    assert write(server, [settled]) == (settled,)
    assert memory.requests == []


def test_other_peoples_resources_are_not_ours(memory: MemoryServer, server: FhirServer) -> None:
    """What a server returns beyond what was asked is left out."""
    memory.put(_group("a", identifier=[{"system": "urn:x", "value": "a"}, NAMES.identifier("Group", "b")]), "g1")
    memory.put({"resourceType": "Group", "identifier": [{"system": "urn:x", "value": "a"}]}, "g2")
    assert held(server, [Identity("Group", "identifier", "a", "urn:x")], NAMES) == {}


def test_many_identities_are_asked_for_in_parts(memory: MemoryServer, server: FhirServer) -> None:
    """All are found, by few searches, one type after the other."""
    groups = [_group(f"name, {number}") for number in range(45)]
    plan = {"resourceType": "PlanDefinition", "url": NAMES.canonical("PlanDefinition", "a")}
    for resource in (*groups, plan):
        memory.put(resource)
    found = held(server, [identity(resource, NAMES) for resource in (*groups, plan)], NAMES)
    assert len(found) == 46
    assert memory.requests == ["GET Group"] * 3 + ["GET PlanDefinition"]


def test_each_step_is_told_apart(memory: MemoryServer, server: FhirServer) -> None:
    """Created, updated and unchanged are told by the server's versions, in the order of the steps."""
    memory.put(_group("same"), "g1")
    memory.put(_group("other"), "g2")
    before = held(server, [identity(_group(name), NAMES) for name in ("same", "other")], NAMES)
    built = (_group("same"), _group("other", name="new"), _group("none"))
    steps = [conditional_update(each, before.get(identity(each, NAMES)), NAMES) for each in built]
    assert [(each.reference, each.change) for each in write(server, steps)] == [
        ("Group/g1", Change.UNCHANGED),
        ("Group/g2", Change.UPDATED),
        ("Group/1002", Change.CREATED),
    ]


def test_a_server_without_versions_is_not_written_over(memory: MemoryServer, server: FhirServer) -> None:
    """Whether others have changed it meanwhile could not be noticed."""
    memory.resources["Group/g1"] = {**_group("a"), "id": "g1"}
    with pytest.raises(UnreliableAnswer, match="does not tell the version of Group/g1"):
        held(server, [identity(_group("a"), NAMES)], NAMES)
