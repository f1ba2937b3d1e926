"""A concept of the mappings as a CodeableConcept: what it is called, its codes, and the ValueSet of all of them."""

from __future__ import annotations

from typing import Any

from alsfhir.fhir.canonical import Names
from alsfhir.terminology import terminology

CONCEPT = "concept"
ADMINISTRATIVE_GENDER = "http://hl7.org/fhir/administrative-gender"

# https://terminology.hl7.org/ValueSet-v3-LOINCObservationActContextAgeDefinitionCode.html
AGE_CODING = {"system": "http://loinc.org", "code": "30525-0", "display": "Age"}
AGE: dict[str, Any] = {"coding": [AGE_CODING], "text": "Age in completed years"}

_CODES_SHOWN = 12


def concept(name: str, names: Names) -> dict[str, Any]:
    """The CodeableConcept of a concept. Our extension leads to its ValueSet, which says what all of it is.

    Codes are given if they are few and are the whole of it: a reader of codes alone would take some for all.
    """
    known = terminology().concepts.get(name)
    listed = {"url": names.extension(CONCEPT), "valueCanonical": names.canonical("ValueSet", name)}
    if known is None:
        return {"extension": [listed], "text": name}
    whole = not known.includes and all(code.code is not None and not code.below for code in known.codes)
    codes = known.codes if whole and len(known.codes) <= _CODES_SHOWN else ()
    codings = [
        {"system": code.system, "code": code.code, **({"display": code.display} if code.display else {})}
        for code in codes
    ]
    return {"extension": [listed], **({"coding": codings} if codings else {}), "text": known.label}


def concept_name(codeable_concept: dict[str, Any]) -> str | None:
    """The name of the concept that a CodeableConcept of ours stands for, under whatever base; ``None`` otherwise."""
    for extension in codeable_concept.get("extension", ()):
        if str(extension.get("url")).endswith(f"/StructureDefinition/{CONCEPT}"):
            return str(extension.get("valueCanonical")).partition("|")[0].rpartition("/ValueSet/")[2] or None
    return None
