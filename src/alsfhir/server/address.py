"""The address of a FHIR server as people write it, and whether a link stays on that server."""

from __future__ import annotations

import httpx

from alsfhir.errors import InvalidAddress

_PORTS = {"http": 80, "https": 443}


def base_address(given: str) -> str:
    """The FHIR base without its last slash. Raises InvalidAddress, repeating nothing that may be a login."""
    shown = "the server's address" if "@" in given or "?" in given else repr(given)
    try:
        url = httpx.URL(given.strip())
        url.host.encode("idna")  # what the name server will be asked for
    except (httpx.InvalidURL, ValueError):
        raise InvalidAddress(shown, "this is not an address") from None
    if url.scheme not in _PORTS or not url.host:
        raise InvalidAddress(shown, "an address begins with http:// or https:// and names a host")
    if url.userinfo:
        raise InvalidAddress(shown, "a login does not belong into an address; set ALSFHIR_TOKEN")
    if url.query or url.fragment or given.rstrip().endswith(("?", "#")):
        raise InvalidAddress(shown, "an address has neither a query (?) nor a fragment (#)")
    return str(url).rstrip("/")


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Are scheme, host and port the same? A port that is not written is the scheme's own."""
    return _origin(one) == _origin(other)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme)
