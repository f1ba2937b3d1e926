"""The condition a trial is meant for, as a code that other programs know."""

from __future__ import annotations

import re
from typing import Any

ALS = {"system": "http://snomed.info/sct", "code": "86044005", "display": "Amyotrophic lateral sclerosis"}

_ALS_IN_WORDS = re.compile(r"amyotrophic lateral sclerosis|\bALS\b", re.IGNORECASE)


def condition(text: str) -> dict[str, Any]:
    """The CodeableConcept of a condition in the registry's words; with its SNOMED CT code where it names ALS."""
    return {"coding": [ALS] if _ALS_IN_WORDS.search(text) else [], "text": text}


def use_context(concept: str | None) -> list[dict[str, Any]]:
    """The UsageContext of criteria for that concept; empty if it is not ALS or not known."""
    focus = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "focus"}
    return [{"code": focus, "valueCodeableConcept": {"coding": [ALS]}}] if concept == "als" else []
