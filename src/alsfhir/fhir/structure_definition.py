"""Our extensions as StructureDefinitions, https://hl7.org/fhir/R4/structuredefinition.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension_definitions import EXTENSIONS, ExtensionDefinition, Part
from alsfhir.fhir.narrative import narrative

FHIR_VERSION = "4.0.1"


def structure_definitions(names: Names) -> tuple[Resource, ...]:
    """One StructureDefinition for each extension we emit; differentials, from which validators make snapshots."""
    return tuple(_structure_definition(definition, names) for definition in EXTENSIONS)


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
        "fhirVersion": FHIR_VERSION,
        "kind": "complex-type",
        "abstract": False,
        "context": [
            *({"type": "element", "expression": context} for context in definition.contexts),
            *([{"type": "extension", "expression": url}] if definition.nested else []),
        ],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": list(_elements(definition, url))},
    }


def _text(definition: ExtensionDefinition) -> dict[str, str]:
    return narrative(
        f"{definition.title}\n{definition.what}",
        *((part.name, f"{part.least}..{part.most}", " or ".join(part.types), part.what) for part in definition.parts),
        *(("", "1..1", kind, definition.title) for kind in definition.types),
        header=("Part", "How often", "Type", "What it is"),
    )


def _elements(definition: ExtensionDefinition, url: str) -> Iterator[dict[str, Any]]:
    yield {"id": "Extension", "path": "Extension", "short": definition.title, "definition": definition.what}
    if definition.types:
        yield {"id": "Extension.extension", "path": "Extension.extension", "max": "0"}
    for part in definition.parts:
        yield from _part(part)
    if definition.nested:
        yield from _itself(definition.name, url)
    yield {"id": "Extension.url", "path": "Extension.url", "fixedUri": url}
    yield {"id": "Extension.value[x]", "path": "Extension.value[x]", **_valued(definition.types)}


def _part(part: Part) -> Iterator[dict[str, Any]]:
    base, path = f"Extension.extension:{part.name}", "Extension.extension"
    yield {
        "id": base,
        "path": path,
        "sliceName": part.name,
        "short": part.what,
        "min": part.least,
        "max": part.most,
    }
    yield {"id": f"{base}.extension", "path": f"{path}.extension", "max": "0"}
    yield {"id": f"{base}.url", "path": f"{path}.url", "fixedUri": part.name}
    yield {"id": f"{base}.value[x]", "path": f"{path}.value[x]", **_valued(part.types)}


def _itself(name: str, url: str) -> Iterator[dict[str, Any]]:
    """The slice for the same extension again; by its url, since HAPI makes no snapshot of one that profiles itself."""
    base, path = f"Extension.extension:{name}", "Extension.extension"
    yield {"id": base, "path": path, "sliceName": name, "short": "A node below this one", "min": 0, "max": "*"}
    yield {"id": f"{base}.url", "path": f"{path}.url", "fixedUri": url}


def _valued(types: tuple[str, ...]) -> dict[str, Any]:
    return {"min": 1, "type": [{"code": kind} for kind in types]} if types else {"max": "0"}
