"""JSON documents → the resources in them, each with its place, https://hl7.org/fhir/R4/bundle.html."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from alsfhir.errors import UnsupportedRecord
from alsfhir.patient.datatypes import Element, string
from alsfhir.patient.document import Document
from alsfhir.patient.model import Issue
from alsfhir.patient.reference import base, relative
from alsfhir.patient.when import instant

_ID = re.compile(r"[^\s/?#|]{1,128}")
_NOTHING = (b"", b"null")


class Header(Element, frozen=True, gc=False):
    """What is asked of any resource. The three references are its subject, by the names of different types."""

    resource_type: Any = None
    id: Any = None
    meta: Any = None
    implicit_rules: Any = None
    modifier_extension: Any = None
    contained: msgspec.Raw = msgspec.Raw(b"")
    subject: msgspec.Raw = msgspec.Raw(b"")
    patient: msgspec.Raw = msgspec.Raw(b"")
    individual: msgspec.Raw = msgspec.Raw(b"")


class BundleElement(Element, frozen=True, gc=False):
    type: Any = None
    link: Any = None
    entry: list[msgspec.Raw] | None = None


class EntryElement(Element, frozen=True, gc=False):
    full_url: Any = None
    resource: msgspec.Raw = msgspec.Raw(b"")
    request: Any = None
    response: Any = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource of the file, or in a history the deletion of one (``deleted``).

    ``location`` is where it stands; ``order`` grows from older to newer as far as the place in the file tells.
    """

    location: str
    type: str
    id: str | None
    full_url: str | None
    header: Header
    data: bytes
    order: int
    updated: datetime | None = None
    version: str | None = None
    deleted: bool = False

    @property
    def base(self) -> str | None:
        """The server that the entry is from, if its fullUrl tells."""
        return base(self.full_url)

    @property
    def reference(self) -> str:
        """``Type/id``, or the urn of the entry, or its place in the file."""
        if self.id:
            return f"{self.type}/{self.id}"
        return self.full_url if self.full_url and self.full_url.startswith("urn:uuid:") else self.location


Item: TypeAlias = Entry | Issue

_HEADER = msgspec.json.Decoder(Header)
_BUNDLE = msgspec.json.Decoder(BundleElement)
_ENTRY = msgspec.json.Decoder(EntryElement)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def resources(name: str, documents: tuple[Document, ...]) -> tuple[tuple[Entry, ...], tuple[Issue, ...]]:
    """All resources of Bundles (also nested ones), lists and single resources, and what could not be read of them.

    Raises UnsupportedRecord if the file is one JSON value that is no FHIR resource and no list.
    """
    if len(documents) == 1 and not documents[0].line:
        _refuse_foreign(name, documents[0].data)
    items = [item for document in documents for item in _document(document)]
    return (
        tuple(item for item in items if isinstance(item, Entry)),
        tuple(item for item in items if isinstance(item, Issue)),
    )


def _refuse_foreign(name: str, data: bytes) -> None:
    if data.lstrip().startswith(b"["):
        return
    value = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    if "protocolSection" in value:
        raise UnsupportedRecord(name, "is a ClinicalTrials.gov record, not a patient's: `alsfhir convert` reads it")
    kind = bytes(value.get("resourceType", b""))
    if not kind.startswith(b'"'):
        raise UnsupportedRecord(name, "is JSON, but no FHIR, which has a resourceType: give a Bundle")
    if kind == b'"Bundle"':
        try:
            _BUNDLE.decode(data)
        except msgspec.DecodeError:
            raise UnsupportedRecord(name, "is a Bundle whose `entry` is no list") from None


def _document(document: Document) -> Iterator[Item]:
    place = f"line {document.line}" if document.line else ""
    if not document.data.lstrip().startswith(b"["):
        yield from _resource(document.data, place, None, document.line, place or "Bundle")
        return
    for number, raw in enumerate(_LIST.decode(document.data)):
        of_list = f"{place}[{number}]" if place else f"list[{number}]"
        yield from _resource(bytes(raw), of_list, None, number, of_list)


def _resource(data: bytes, place: str, full_url: str | None, order: int, inside: str) -> Iterator[Item]:
    try:
        header = _HEADER.decode(data)
    except msgspec.DecodeError:
        yield Issue("error", place or "file", "is not a resource: not read")
        return
    kind = string(header.resource_type)
    if kind is None:
        yield Issue("error", place or "file", "has no resourceType: not read")
    elif kind == "Bundle":
        yield from _bundle(data, inside)
    else:
        id_ = string(header.id)
        known = id_ if id_ and _ID.fullmatch(id_) else None
        meta = header.meta if isinstance(header.meta, dict) else {}
        updated, version = instant(meta.get("lastUpdated")), string(meta.get("versionId"))
        yield Entry(place or kind, kind, known, full_url, header, data, order, updated, version)


def _bundle(data: bytes, place: str) -> Iterator[Item]:
    try:
        bundle = _BUNDLE.decode(data)
    except msgspec.DecodeError:
        yield Issue("error", place, "is a Bundle whose `entry` is no list: not read")
        return
    if _has_next(bundle.link):
        yield Issue("warning", place, "is one page of several: what stands on the next page is not in the file")
    in_history = bundle.type == "history"
    for number, raw in enumerate(bundle.entry or ()):
        # A history is sorted with the newest version first, https://hl7.org/fhir/R4/http.html#history.
        yield from _bundle_entry(raw, f"{place}.entry[{number}]", -number if in_history else number, in_history)


def _bundle_entry(raw: msgspec.Raw, place: str, order: int, in_history: bool) -> Iterator[Item]:
    try:
        entry = _ENTRY.decode(raw)
    except msgspec.DecodeError:
        yield Issue("error", place, "is not an entry: not read")
        return
    response = entry.response if isinstance(entry.response, dict) else {}
    request = entry.request if isinstance(entry.request, dict) else {}
    if bytes(entry.resource) not in _NOTHING:
        yield from _resource(bytes(entry.resource), place, string(entry.full_url), order, f"{place}.resource")
    elif in_history and request.get("method") == "DELETE":
        yield from _deletion(string(request.get("url")), place, string(entry.full_url), order, response)
    elif (string(response.get("status")) or "2")[0] not in "23":
        yield Issue("warning", place, "the server did not answer this part of the request: it is missing here")


def _deletion(
    url: str | None, place: str, full_url: str | None, order: int, response: dict[str, Any]
) -> Iterator[Entry]:
    target = relative(url or "") or relative(full_url or "")
    if target:
        kind, _, id_ = target.partition("/")
        at = instant(response.get("lastModified"))
        yield Entry(place, kind, id_, full_url, Header(), b"", order, at, deleted=True)


def _has_next(link: Any) -> bool:
    links = link if isinstance(link, list) else []
    return any(isinstance(each, dict) and each.get("relation") == "next" for each in links)
