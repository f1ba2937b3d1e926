"""The parts of a Bundle that we read, https://hl7.org/fhir/R4/bundle.html."""

from __future__ import annotations

from typing import Any

import msgspec

from alsfhir.errors import UnreliableAnswer


class Link(msgspec.Struct, frozen=True):
    """A link to another page of a search."""

    relation: str
    url: str


class Search(msgspec.Struct, frozen=True):
    """Why a resource is in a search's answer: ``match``, ``include`` or ``outcome``."""

    mode: str = "match"


class Response(msgspec.Struct, frozen=True):
    """What became of an entry of a transaction."""

    status: str = ""
    location: str = ""
    etag: str = ""
    outcome: dict[str, Any] | None = None


class Entry(msgspec.Struct, frozen=True):
    """A resource of a search's answer, or the response to an entry of a transaction."""

    resource: dict[str, Any] | None = None
    search: Search = Search()
    response: Response = Response()


class Bundle(msgspec.Struct, frozen=True):
    """A page of a search, or the answer to a transaction."""

    type: str = ""
    link: tuple[Link, ...] = ()
    entry: tuple[Entry, ...] = ()

    def matches(self, resource_type: str) -> list[dict[str, Any]]:
        """The resources of that type that a search was for."""
        found = (entry.resource for entry in self.entry if entry.search.mode == "match")
        return [resource for resource in found if resource and resource.get("resourceType") == resource_type]

    def next(self) -> str | None:
        """The address of the next page, if there is one."""
        return next((link.url for link in self.link if link.relation == "next"), None)


def bundle(resource: dict[str, Any], server: str, interaction: str) -> Bundle:
    """The Bundle that a server answered. Raises UnreliableAnswer, with the path of what is not as FHIR has it."""
    try:
        return msgspec.convert(resource, Bundle)
    except msgspec.ValidationError as error:
        path = str(error).rpartition(" - at ")[2].strip("`")
        raise UnreliableAnswer(server, interaction, f"answered with a Bundle that is malformed at {path}") from None
