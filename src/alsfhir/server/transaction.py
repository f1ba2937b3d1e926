"""What a server says became of each entry of a transaction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alsfhir.errors import ServerRefused, UnreliableAnswer
from alsfhir.server.answer import issues
from alsfhir.server.bundle import Bundle, Response

_STATUS = re.compile(r"(\d{3})(?!\d)")
_LOCATION = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/([A-Za-z0-9.-]{1,64}))?$")
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')


@dataclass(frozen=True, slots=True)
class EntryResponse:
    """One entry's result: the HTTP status, and ``Type/id`` and version id where the server named them."""

    status: int
    reference: str | None
    version: str | None


def entry_responses(answered: Bundle, sent: int, server: str, interaction: str) -> list[EntryResponse]:
    """One result for each entry sent, all of them successes.

    Raises ServerRefused for an error in an entry, also inside an HTTP 200, and UnreliableAnswer unless there is one
    for each.
    """
    if answered.type != "transaction-response" or len(answered.entry) != sent:
        problem = f"answered for {len(answered.entry)} entries of {sent}: run again, what is written stays as it is"
        raise UnreliableAnswer(server, interaction, problem)
    return [
        _entry_response(entry.response, server, f"{interaction} (entry {number})")
        for number, entry in enumerate(answered.entry)
    ]


def _entry_response(response: Response, server: str, interaction: str) -> EntryResponse:
    written = _STATUS.match(response.status)
    if written is None:
        raise UnreliableAnswer(server, interaction, "did not say whether it was done")
    status = int(written.group())
    if not 200 <= status < 300:
        raise ServerRefused(server, interaction, status, issues(response.outcome))
    location = _LOCATION.search(response.location)
    etag = _ETAG.fullmatch(response.etag)
    version = etag.group(1) if etag else location.group(2) if location else None
    return EntryResponse(status, location.group(1) if location else None, version)
