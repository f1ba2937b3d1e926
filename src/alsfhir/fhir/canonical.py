"""The names under which we publish: canonical URLs, identifier systems, extension URLs, and references before ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

Resource: TypeAlias = dict[str, Any]

BASE = "http://alsfhir.org/fhir"
NCT_SYSTEM = "https://clinicaltrials.gov"


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that hangs on the canonical base, which a publisher may set to their own."""

    base: str = BASE

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
