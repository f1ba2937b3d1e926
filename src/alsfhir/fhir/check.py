"""A second opinion on what we built, before it leaves."""

from __future__ import annotations

from typing import Any

from alsfhir.errors import ResourceError
from alsfhir.fhir.canonical import Resource
from alsfhir.fhir.versions import FhirVersion

# fhir.resources has no R4. Compared element by element (cardinality, types, targets, required bindings), the R4 and R4B
# definitions of these are equal, but for what R4B has more of and we never write: a canonical as the subject of an
# ActivityDefinition, a PlanDefinition or its action; an Ingredient as the product of an ActivityDefinition; a
# RelatedPerson as the member of a Group. EvidenceVariable is another resource in R4B; HAPI's validator checks it in the
# tests.
SAME_IN_R4B = frozenset(
    {
        "ActivityDefinition",
        "CodeSystem",
        "Device",
        "Group",
        "GuidanceResponse",
        "Library",
        "List",
        "Location",
        "Organization",
        "PlanDefinition",
        "Provenance",
        "ResearchStudy",
        "ResearchSubject",
        "StructureDefinition",
        "ValueSet",
    }
)


def checked(resource: Resource, version: FhirVersion) -> Resource:
    """The resource, unchanged. Raises ResourceError, with the FHIRPath, if that version of FHIR has it otherwise."""
    if version is FhirVersion.R4 and resource["resourceType"] not in SAME_IN_R4B:
        return resource
    from pydantic import ValidationError  # noqa: PLC0415 - as below

    try:
        _model(resource["resourceType"], version).model_validate(resource)
    except ValidationError as error:
        # Messages without the input: it may be a patient's.
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise ResourceError(_name(resource), _fhir_path(resource, first["loc"]), first["msg"]) from None
    return resource


def _model(resource_type: str, version: FhirVersion) -> Any:
    # Imported here: this takes longer than all the rest, and `--help` must not wait for it.
    if version is FhirVersion.R5:
        from fhir.resources import get_fhir_model_class  # noqa: PLC0415
    else:
        from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415
    return get_fhir_model_class(resource_type)


def _name(resource: Resource) -> str:
    named = f"{resource['resourceType']}/{resource['id']}" if "id" in resource else resource.get("url")
    return str(named or resource["resourceType"])


def _fhir_path(resource: Resource, location: tuple[Any, ...]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return f"{resource['resourceType']}{''.join(steps)}"
