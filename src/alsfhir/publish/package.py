"""Our conformance resources as a FHIR NPM package, so that others can validate against them.

https://hl7.org/fhir/packages.html: a gzipped tar of one folder ``package`` with a manifest, an index and the
resources. The same resources give the same bytes: nothing in it says when or by whom it was packed.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable
from typing import Any

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.server.answer import encoded

NAME = "alsfhir.als"
_CORE = {"R4": "hl7.fhir.r4.core", "R4B": "hl7.fhir.r4b.core", "R5": "hl7.fhir.r5.core"}
_INDEXED = ("url", "version", "kind", "type")


def package(resources: Iterable[Resource], names: Names, version: str) -> bytes:
    """The package of these resources; each gets the last part of its ``url`` as its id, by which its file is named."""
    identified = [{**resource, "id": resource["url"].rpartition("/")[2]} for resource in resources]
    files = {f"{resource['resourceType']}-{resource['id']}.json": resource for resource in identified}
    held = {"package.json": _manifest(names, version), ".index.json": _index(files), **files}
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, content in held.items():
            written = encoded(content)
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(written)
            archive.addfile(entry, io.BytesIO(written))
    return packed.getvalue()


def _manifest(names: Names, version: str) -> dict[str, Any]:
    return {
        "name": NAME,
        "version": version,
        "type": "Conformance",
        "canonical": names.base,
        "title": "Eligibility criteria of ALS trials",
        "description": "The codes, value sets, extensions and CQL in which alsfhir publishes trials and screenings.",
        "author": "alsfhir",
        "license": "Apache-2.0",
        "fhirVersions": [names.version.number],
        "dependencies": {_CORE[names.version]: names.version.number},
    }


def _index(files: dict[str, Resource]) -> dict[str, Any]:
    return {
        "index-version": 2,
        "files": [
            {
                "filename": name,
                "resourceType": resource["resourceType"],
                "id": resource["id"],
                # What is text: the type of a Library is a concept, that of a StructureDefinition a code.
                **{element: resource[element] for element in _INDEXED if isinstance(resource.get(element), str)},
            }
            for name, resource in files.items()
        ],
    }
