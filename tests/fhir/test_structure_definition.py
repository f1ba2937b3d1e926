"""Tests of our extensions as StructureDefinitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from alsfhir.criteria import model
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension_definitions import EXTENSIONS, ExtensionDefinition, Part
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.research_subject import research_subject
from alsfhir.fhir.structure_definition import structure_definitions
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.publish.trials import LOCAL_STUDY
from screenings import potential
from trial_samples import criteria, trial

NAMES = Names("http://base.test/fhir")
BASE = NAMES.extension("")


def _emitted(version: FhirVersion) -> tuple[Resource, ...]:
    names = Names(NAMES.base, version)
    screened = (
        guidance_response(potential(), "Patient/p", names, patient_key="p"),
        research_subject(potential(), "Patient/p", "ResearchStudy/s", names, patient_key="p"),
    )
    return (
        *(r for r in trial_resources(trial(), criteria(), names) if r["resourceType"] != "StructureDefinition"),
        *screened,
    )


def _extensions(element: Any) -> Iterator[dict[str, Any]]:
    if isinstance(element, dict):
        yield from (one for one in element.get("extension", []) if one["url"].startswith(BASE))
        for value in element.values():
            yield from _extensions(value)
    elif isinstance(element, list):
        for member in element:
            yield from _extensions(member)


def _held(extension: dict[str, Any], definition: ExtensionDefinition | Part) -> None:
    """Fail unless the extension, or a part of one, is as it is defined."""
    (held,) = (key for key in extension if key != "url")
    if definition.types:
        assert held.removeprefix("value").casefold() in {kind.casefold() for kind in definition.types}
        return
    assert held == "extension"
    defined = {part.name: part for part in definition.parts}
    for part in extension["extension"]:
        _held(part, defined[part["url"]])
    names = [part["url"] for part in extension["extension"]]
    assert all(names.count(part.name) >= part.least for part in defined.values())
    assert all(names.count(part.name) <= 1 for part in defined.values() if part.most == "1")


@pytest.mark.parametrize("version", FhirVersion)
def test_whatever_we_emit_is_defined_and_as_defined(version: FhirVersion) -> None:
    """A validator that loads our definitions finds nothing unknown; and no definition is left over."""
    defined = {definition.name: definition for definition in EXTENSIONS if definition.contexts_in(version)}
    emitted = list(_extensions(list(_emitted(version))))
    for extension in emitted:
        _held(extension, defined[extension["url"].removeprefix(BASE)])
    assert {extension["url"].removeprefix(BASE) for extension in emitted} == defined.keys() - {LOCAL_STUDY}


def test_every_field_of_every_node_is_a_part_of_the_tree() -> None:
    """A field that the extension cannot hold would be lost on the way."""
    (node,) = next(definition for definition in EXTENSIONS if definition.name == "criterion-tree").parts
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model._Node)]
    fields = {name for kind in kinds for name in kind.__struct_encode_fields__}
    assert len(kinds) > 20
    assert fields - {"of"} == {part.name for part in node.parts} - {"is", "link-id"}


@pytest.mark.parametrize("definition", structure_definitions(NAMES), ids=lambda definition: definition["name"])
def test_a_definition_can_be_found_and_read(definition: Resource) -> None:
    """Its url is that of the extension, its name one that programs can use (sdf-0), its narrative has each part."""
    assert definition["url"].startswith(BASE)
    assert re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", definition["name"])
    ids = [element["id"] for element in definition["differential"]["element"]]
    assert len(ids) == len(set(ids))
    slices = [element["id"] for element in definition["differential"]["element"] if "sliceName" in element]
    names = [sliced.replace(".extension:", "|").partition("|")[2].replace("|", ".") for sliced in slices]
    assert all(f"<td>{name}</td>" in definition["text"]["div"] for name in names)


@pytest.mark.parametrize("version", FhirVersion)
def test_a_definition_is_of_the_version_that_has_it(version: FhirVersion) -> None:
    """A validator of another version would look for elements that it does not have."""
    definitions = structure_definitions(Names(version=version))
    assert {definition["fhirVersion"] for definition in definitions} == {version.number}
    names = {definition["url"].rpartition("/")[2] for definition in definitions}
    assert ("criterion-node" in names) == (version is FhirVersion.R5)
    contexts = {one["expression"] for definition in definitions for one in definition["context"]}
    assert ("ResearchStudy.arm" in contexts) == (version is not FhirVersion.R5)


def test_a_simple_extension_has_a_value_and_a_complex_one_has_none() -> None:
    """FHIR: an extension has one or the other (ext-1)."""
    used = [definition for definition in EXTENSIONS if definition.contexts_in(FhirVersion.R4)]
    for definition, resource in zip(used, structure_definitions(NAMES), strict=True):
        last = resource["differential"]["element"][-1]
        assert last["path"] == "Extension.value[x]"
        assert last.get("max") == (None if definition.types else "0")
        assert bool(definition.types) != bool(definition.parts)
