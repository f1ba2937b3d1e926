"""Whether what stands in FHIR is what we would write: else it says something that our reading leaves out.

A characteristic of ours says the same thing in FHIR's elements and in our extension, and somebody may change either.
So what is read is written once more, and compared. Left out are what limits nothing, and the words beside a code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_COMMENTS = frozenset({"description", "linkId", "note"})  # of a characteristic
_OURS = tuple(f"/StructureDefinition/{name}" for name in ("concept", "criterion", "criterion-node", "criterion-tree"))


def same(given: Mapping[str, Any], written: Mapping[str, Any]) -> bool:
    """Whether two elements say the same to a program that knows our extensions."""
    return bool(_bare(given) == _bare(written))


def _bare(element: Any) -> Any:
    if isinstance(element, bool):
        return str(element)  # not the number that Python takes it for
    if isinstance(element, list | tuple):
        return [_bare(one) for one in element]
    if not isinstance(element, dict):
        return element
    held = {name: value for name, value in element.items() if name not in _beside(element)}
    if "valueCanonical" in held:
        held["valueCanonical"] = str(held["valueCanonical"]).partition("|")[0]
    held["extension"] = [one for one in held.get("extension", ()) if _counts(one)]
    return {name: _bare(value) for name, value in held.items() if name != "extension" or value}


def _beside(element: Mapping[str, Any]) -> set[str]:
    """What limits nothing: comments, the words that a code makes redundant, an ``exclude`` that excludes nothing."""
    names = {"id", "display"}
    names |= _COMMENTS if any(name.startswith("definition") for name in element) else set()
    names |= {"text"} if element.get("coding") else set()
    names |= {"unit"} if "code" in element else set()
    return names | ({"exclude"} if element.get("exclude") is False else set())


def _counts(extension: Any) -> bool:
    """Others' extensions, which FHIR lets a reader ignore, do not; nor does who stands for the reading."""
    url = str(extension.get("url"))
    return "/" not in url or url.endswith(_OURS)
