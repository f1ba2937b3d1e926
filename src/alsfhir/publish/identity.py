"""Under which identity each of our resources is written: what a server is asked for, so that none is written twice.

===================================================== =============== =====================================
resource                                              search by       value
===================================================== =============== =====================================
ActivityDefinition, CodeSystem, EvidenceVariable,     ``url``         its canonical url
Library, PlanDefinition, StructureDefinition,
ValueSet
Device, Group, GuidanceResponse, List, Location,      ``identifier``  ours, ``<base>/identifier/<type>``
Organization, ResearchStudy, ResearchSubject
Provenance                                            ``_tag``        ours, ``<base>/tag/provenance``; it
                                                                      has no identifier, and ``target``
                                                                      finds other people's
===================================================== =============== =====================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from alsfhir.errors import ResourceError
from alsfhir.fhir.canonical import Names, Resource, full_url

BY_URL = frozenset(
    {
        "ActivityDefinition",
        "CodeSystem",
        "EvidenceVariable",
        "Library",
        "PlanDefinition",
        "StructureDefinition",
        "ValueSet",
    }
)
BY_IDENTIFIER = frozenset(
    {
        "Device",
        "Group",
        "GuidanceResponse",
        "List",
        "Location",
        "Organization",
        "ResearchStudy",
        "ResearchSubject",
    }
)
_SEPARATORS = re.compile(r"([\\,$|])")


@dataclass(frozen=True, slots=True)
class Identity:
    """A resource type, the search parameter that finds the resource, and its value."""

    resource_type: str
    parameter: str
    value: str
    system: str | None = None

    @property
    def token(self) -> str:
        """The value to search for: ``system|value``, or the url."""
        return escaped(self.value) if self.system is None else token(self.system, self.value)

    @property
    def query(self) -> str:
        """``identifier=…``, percent-encoded."""
        return f"{self.parameter}={quote(self.token, safe='')}"

    @property
    def conditional_url(self) -> str:
        """``<type>?identifier=…``, as https://hl7.org/fhir/R4/http.html#cond-update has it."""
        return f"{self.resource_type}?{self.query}"

    @property
    def full_url(self) -> str:
        """The ``urn:uuid:`` by which the other entries of a transaction refer to it."""
        return full_url(self.resource_type, self.value)


def identity(resource: Resource, names: Names) -> Identity:
    """What makes a resource ours. Raises ResourceError if nothing does."""
    found = own_identity(resource, names)
    if found is None:
        raise ResourceError(str(resource["resourceType"]), "identifier", "the resource has no identity of ours")
    return found


def own_identity(resource: Resource, names: Names) -> Identity | None:
    """What makes a resource ours; ``None`` for other people's."""
    kind = str(resource["resourceType"])
    if kind in BY_URL:
        return Identity(kind, "url", resource["url"]) if "url" in resource else None
    if kind in BY_IDENTIFIER:
        system = names.identifier(kind, "")["system"]
        values = [i.get("value") for i in resource.get("identifier", []) if i.get("system") == system]
        return Identity(kind, "identifier", values[0], system) if values and values[0] else None
    system = names.tag("provenance", "")["system"]
    codes = [tag.get("code") for tag in resource.get("meta", {}).get("tag", []) if tag.get("system") == system]
    return Identity(kind, "_tag", codes[0], system) if kind == "Provenance" and codes and codes[0] else None


def conditional_url(resource: Resource, names: Names) -> str:
    """``<type>?<parameter>=<value>`` of one of our resources. Raises ResourceError if it is not ours."""
    return identity(resource, names).conditional_url


def distinct(resources: Iterable[Resource], names: Names) -> tuple[Resource, ...]:
    """The resources, none twice. Raises ResourceError if two differ under one identity.

    Of two conditional updates of one identity in a transaction HAPI writes one and is silent about the other
    (https://github.com/hapifhir/hapi-fhir/issues/8183).
    """
    found: dict[Identity, Resource] = {}
    for resource in resources:
        own = identity(resource, names)
        if found.setdefault(own, resource) != resource:
            raise ResourceError(own.full_url, own.parameter, f"two {own.resource_type} resources have one identity")
    return tuple(found.values())


def token(system: str | None, value: str) -> str:
    """A token to search for; without a system, only what has none: https://hl7.org/fhir/R4/search.html#token."""
    return f"{escaped(system or '')}|{escaped(value)}"


def escaped(value: str) -> str:
    """A value in which ``, $ |`` and the backslash stand for themselves in a search."""
    return _SEPARATORS.sub(r"\\\1", value)
