"""How we publish: the FHIR version, canonical and extension URLs, identifier systems, and references before ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from alsfhir.errors import ResourceError
from alsfhir.fhir.versions import FhirVersion

Resource: TypeAlias = dict[str, Any]

BASE = "http://alsfhir.org/fhir"
NCT_SYSTEM = "https://clinicaltrials.gov"


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that hangs on the canonical base, which a publisher may set to their own, and the FHIR version."""

    base: str = BASE
    version: FhirVersion = FhirVersion.R4

    def canonical(self, resource_type: str, name: str) -> str:
        """The ``url`` of a canonical resource, such as ``<base>/PlanDefinition/NCT06765564``."""
        return f"{self.base}/{resource_type}/{name}"

    def extension(self, name: str) -> str:
        """The ``url`` of one of our extensions."""
        return f"{self.base}/StructureDefinition/{name}"

    def identifier(self, resource_type: str, value: str) -> dict[str, str]:
        """The identifier that makes a resource ours: ``<base>/identifier/<type>`` and a value."""
        return {"system": f"{self.base}/identifier/{resource_type}", "value": value}

    def tag(self, name: str, code: str) -> dict[str, str]:
        """A ``meta.tag`` in one of our tag systems."""
        return {"system": f"{self.base}/tag/{name}", "code": code}


def full_url(resource_type: str, key: str) -> str:
    """The ``urn:uuid:`` by which the entries of one transaction refer to a resource that may have no id yet.

    ``key`` is what identifies the resource among ours: its canonical url, or its identifier's value. The same
    resource has the same URN in every run, so that the same input gives the same bytes.
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{resource_type}|{key}')}"


def entry_url(resource: Resource) -> str:
    """The ``full_url`` of one of our resources, by its canonical url or by the value of our own identifier.

    Raises ResourceError if it has neither.
    """
    resource_type = str(resource["resourceType"])
    if "url" in resource:
        return full_url(resource_type, resource["url"])
    ours = f"/identifier/{resource_type}"
    identified = [i for i in resource.get("identifier", []) if i.get("system", "").endswith(ours)]
    if not identified:
        raise ResourceError(resource_type, "identifier", "the resource has no identity of ours")
    return full_url(resource_type, identified[0]["value"])


def reference_to(resource: Resource, display: str | None = None) -> dict[str, str]:
    """A Reference to one of our resources within the same transaction, displayed under its title or name."""
    shown = display or resource.get("title") or resource.get("name")
    return {"reference": entry_url(resource)} | ({"display": shown} if shown else {})


def key(*parts: str | None) -> str:
    """The identifier value of what has only a name and a place: readable, and another one wherever they differ.

    It depends on every character: two resources of one identity must not differ, or each would overwrite the other.
    """
    named = " ".join(part for part in parts if part)
    ascii_only = unicodedata.normalize("NFKD", named).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:48].rstrip("-")
    digest = hashlib.sha256(ascii([part or "" for part in parts]).encode()).hexdigest()[:12]
    return f"{words}-{digest}".strip("-")
