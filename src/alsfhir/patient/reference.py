"""Which resource a FHIR reference means, https://hl7.org/fhir/R4/references.html and bundle.html#references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

_RESTFUL = re.compile(r"(?:(?P<base>https?://.+)/)?(?P<type>[A-Za-z]+)/(?P<id>[^\s/?#|]+)")
_HISTORY = re.compile(r"/_history/[^/]*$")


def base(full_url: str | None) -> str | None:
    """The server in an entry's fullUrl, against which its relative references are resolved, or ``None``."""
    match = _RESTFUL.fullmatch(_plain(full_url)) if full_url else None
    return match["base"] if match else None


def resolved(reference: str, on: str | None) -> str:
    """The reference without its version, in full if it is relative and the server ``on`` which it stands is known."""
    plain = _plain(reference)
    match = _RESTFUL.fullmatch(plain)
    return f"{on}/{plain}" if match and match["base"] is None and on else plain


def relative(reference: str) -> str | None:
    """``Type/id`` of a literal reference, or ``None`` if it is of another form."""
    match = _RESTFUL.fullmatch(_plain(reference))
    return f"{match['type']}/{match['id']}" if match else None


def _plain(reference: str) -> str:
    plain = _HISTORY.sub("", reference.strip()).strip("/")
    return plain.lower() if plain.lower().startswith("urn:") else plain


class Index(Generic[T]):
    """Resources by what references may call them."""

    def __init__(self, items: Iterable[tuple[T, str | None, str, str | None]]) -> None:
        """``items`` are each a resource with its fullUrl, type and id."""
        self._exact: dict[str, T] = {}
        self._relative: dict[str, list[tuple[T, str | None]]] = {}
        for item, full_url, type_, id_ in items:
            if full_url:
                self._exact[_plain(full_url)] = item
            if id_:
                on = base(full_url)
                self._exact.setdefault(resolved(f"{type_}/{id_}", on) if on else f"urn:uuid:{id_.lower()}", item)
                self._relative.setdefault(f"{type_}/{id_}", []).append((item, on))

    def find(self, reference: str, on: str | None) -> T | None:
        """The resource meant by a reference that stands in an entry of the server ``on``, or ``None``.

        Where the server of the one or of the other is not known, type and id are enough if only one resource has them.
        """
        key = resolved(reference, on)
        if key in self._exact:
            return self._exact[key]
        of_same_id = self._relative.get(relative(key) or "", [])
        possible = [item for item, server in of_same_id if server is None or base(key) is None]
        return possible[0] if len(possible) == 1 else None
