"""Our extensions as StructureDefinitions, https://hl7.org/fhir/R4/structuredefinition.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension_definitions import EXTENSIONS, ExtensionDefinition, Part
from alsfhir.fhir.narrative import narrative


def structure_definitions(names: Names) -> tuple[Resource, ...]:
    """One StructureDefinition for each extension that we emit in this version: a differential, without snapshot."""
    used = (definition for definition in EXTENSIONS if definition.contexts_in(names.version))
    return tuple(_structure_definition(definition, names) for definition in used)


def _structure_definition(definition: ExtensionDefinition, names: Names) -> Resource:
    url = names.extension(definition.name)
    return {
        "resourceType": "StructureDefinition",
        "text": _text(definition),
        "url": url,
        "name": definition.name.title().replace("-", ""),
        "title": definition.title,
        "status": "active",
        "experimental": False,
        "description": definition.what,
        "fhirVersion": names.version.number,
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": context} for context in definition.contexts_in(names.version)],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": list(_elements(definition, url))},
    }


def _text(definition: ExtensionDefinition) -> dict[str, str]:
    rows = [row for part in definition.parts for row in _rows(part)]
    return narrative(
        f"{definition.title}\n{definition.what}",
        *(rows or [("", "1..1", " or ".join(definition.types), definition.title)]),
        header=("Part", "How often", "Type", "What it is"),
    )


def _rows(part: Part, above: str = "") -> Iterator[tuple[str, ...]]:
    name = f"{above}{part.name}"
    yield name, f"{part.least}..{part.most}", " or ".join(part.types) or "parts", part.what
    for below in part.parts:
        yield from _rows(below, f"{name}.")


def _elements(definition: ExtensionDefinition, url: str) -> Iterator[dict[str, Any]]:
    yield {"id": "Extension", "path": "Extension", "short": definition.title, "definition": definition.what}
    yield from _content("Extension", "Extension", url, definition.types, definition.parts)


def _content(
    within: str, path: str, url: str, types: tuple[str, ...], parts: tuple[Part, ...]
) -> Iterator[dict[str, Any]]:
    """The elements of an extension or a part: a slice for each of its own parts, the url, and the value if any."""
    if types:
        yield {"id": f"{within}.extension", "path": f"{path}.extension", "max": "0"}
    for part in parts:
        sliced, below = f"{within}.extension:{part.name}", f"{path}.extension"
        often = {"min": part.least, "max": part.most}
        yield {"id": sliced, "path": below, "sliceName": part.name, "short": part.what, **often}
        yield from _content(sliced, below, part.name, part.types, part.parts)
    yield {"id": f"{within}.url", "path": f"{path}.url", "fixedUri": url}
    valued = {"min": 1, "type": [{"code": kind} for kind in types]} if types else {"max": "0"}
    yield {"id": f"{within}.value[x]", "path": f"{path}.value[x]", **valued}
