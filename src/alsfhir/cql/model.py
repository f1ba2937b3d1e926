"""A CQL library: what a Library resource is made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

PLACE_OF_VERSION = "{{version}}"


@dataclass(frozen=True, slots=True)
class CqlLibrary:
    """One library. ``name`` is its name in CQL, and must be that of the Library resource and the end of its url.

    ``version`` is a hash of the text, as three numbers: another text is another version. ``includes`` are those
    libraries of ours that it needs; FHIRHelpers 4.0.1, which engines bring along, is not among them. ``text`` is the
    CQL.
    """

    name: str
    version: str
    text: str
    includes: tuple[CqlLibrary, ...] = ()


def versioned(name: str, text: str, *includes: CqlLibrary) -> CqlLibrary:
    """The library of a text that says ``{{version}}`` where its own version is to stand."""
    version = version_of(text)
    return CqlLibrary(name, version, text.replace(PLACE_OF_VERSION, version), includes)


def version_of(text: str) -> str:
    """Three numbers, of which the last two are a hash of the text.

    Where a server holds two Libraries of one name and version, under two canonical bases, HAPI's engine compares their
    versions number by number, and fails at what is none, or does not fit in 31 bits.
    """
    digest = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return f"1.{digest >> 33}.{digest & 0x7FFFFFFF}"


def head(name: str, *includes: tuple[CqlLibrary, str]) -> str:
    """The first lines of a library that reads FHIR R4, with each library that it includes and its short name."""
    lines = [
        f"library {name} version '{PLACE_OF_VERSION}'",
        "",
        "using FHIR version '4.0.1'",
        "",
        "include FHIRHelpers version '4.0.1'",
        *(f"include {one.name} version '{one.version}' called {alias}" for one, alias in includes),
        "",
    ]
    return "\n".join(lines)
