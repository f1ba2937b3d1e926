"""Holds the excerpts of docs/fhir.md to what the code writes."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.guidance_response import guidance_response
from alsfhir.fhir.research_subject import research_subject
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.pipeline import Question, answer, criteria_of, json_line, known

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "fhir.md"
TRIAL, CRITERION, CONCEPT = "NCT06765564", "NCT06765564-I05", "malignancy"
PATIENT = ROOT / "examples" / "patients" / "stale-fvc.json"
LEFT_OUT = "…"
_EXCERPT = re.compile(r"<!-- excerpt: ([^>]+) -->\n(?:```(?:json|cql)\n.*?```\n)?", re.DOTALL)


def _resource(version: FhirVersion, resource_type: str, name: str = "") -> dict[str, Any]:
    (trial,) = known([TRIAL])
    (read,) = criteria_of([trial])
    resources = trial_resources(trial, read, Names(version=version))
    return next(one for one in resources if one["resourceType"] == resource_type and name in one.get("url", ""))


def _criterion(version: FhirVersion) -> Any:
    variable = _resource(version, "EvidenceVariable")
    (found,) = (one for one in variable["characteristic"] if one.get("id") == CRITERION)
    shown = [one for one in found["extension"] if "criterion-" in one["url"]]
    return {"characteristic": [LEFT_OUT, {**found, "extension": [*shown, LEFT_OUT]}, LEFT_OUT]}


def _recruitment(version: FhirVersion) -> Any:
    study = _resource(version, "ResearchStudy")
    named = ("resourceType", "identifier", "status", "progressStatus", "phase")
    status = [one for one in study["extension"] if one["url"].endswith("registry-status")]
    return {**{name: study[name] for name in named if name in study}, "extension": [*status, LEFT_OUT]}


def _value_set() -> Any:
    found = _resource(FhirVersion.R4, "ValueSet", f"/{CONCEPT}")
    expansion = {**found["expansion"], "contains": [*found["expansion"]["contains"][:1], LEFT_OUT]}
    include = [*found["compose"]["include"][:1], LEFT_OUT]
    ranges = [*found["extension"][:1], LEFT_OUT]
    named = {name: found[name] for name in ("resourceType", "url", "title", "description")}
    return {**named, "extension": ranges, "compose": {"include": include}, "expansion": expansion}


def _screening() -> Any:
    (trial,) = known([TRIAL])
    question = Question(criteria_of([trial]), date(2026, 6, 30))
    return answer(PATIENT.name, PATIENT.read_bytes(), question).records[0]


def _subject(version: FhirVersion) -> Any:
    names = Names(version=version)
    subject = research_subject(_screening(), "Patient/17", "ResearchStudy/4", names, patient_key="17")
    return {name: value for name, value in subject.items() if name != "text"}


def _verdict() -> Any:
    response = guidance_response(_screening(), "Patient/17", Names(), patient_key="17")
    parameters = response["contained"][0]["parameter"]
    return {"parameter": [LEFT_OUT, next(one for one in parameters if one["name"] == CRITERION), LEFT_OUT]}


def _cql() -> str:
    text = b64decode(_resource(FhirVersion.R4, "Library", TRIAL)["content"][0]["data"]).decode()
    return text[text.index(f"// {CRITERION} ") :].partition("\n\n")[0]


def _condition() -> Any:
    (rule, *_) = _resource(FhirVersion.R4, "PlanDefinition")["action"]
    (found,) = (one for one in rule["condition"] if one.get("id") == CRITERION)
    return {"condition": [LEFT_OUT, {**found, "extension": [LEFT_OUT]}, LEFT_OUT]}


def _schedule() -> Any:
    (rule, *_) = _resource(FhirVersion.R4, "PlanDefinition")["action"]
    schedule = rule["action"][-1]
    treatment = next(one for one in schedule["action"] if one["id"] == "schedule-treatment")
    chosen = [one for one in treatment["action"] if one["id"] in {"schedule-dose-2", "schedule-dose-2-assessment"}]
    shown = [
        {**one, "definitionCanonical": one["definitionCanonical"].partition("|")[0] + "|" + LEFT_OUT} for one in chosen
    ]
    period = {**treatment, "action": [LEFT_OUT, *shown, LEFT_OUT]}
    return {"id": schedule["id"], "title": schedule["title"], "action": [LEFT_OUT, period, LEFT_OUT]}


def _activity() -> Any:
    found = _resource(FhirVersion.R4, "ActivityDefinition", f"{TRIAL}-cells")
    named = ("resourceType", "url", "title", "experimental", "intent", "kind", "productCodeableConcept", "dosage")
    return {name: found[name] for name in named}


EXCERPTS: dict[str, Callable[[], Any]] = {
    "criterion R5": lambda: _criterion(FhirVersion.R5),
    "criterion R4": lambda: _criterion(FhirVersion.R4),
    "criterion CQL": _cql,
    "condition R4": _condition,
    "schedule R4": _schedule,
    "activity R4": _activity,
    "recruitment R4": lambda: _recruitment(FhirVersion.R4),
    "recruitment R5": lambda: _recruitment(FhirVersion.R5),
    "value set": _value_set,
    "subject R4": lambda: _subject(FhirVersion.R4),
    "subject R5": lambda: _subject(FhirVersion.R5),
    "verdict": _verdict,
}


def _excerpt(match: re.Match[str]) -> str:
    made = EXCERPTS[match[1]]()
    if isinstance(made, str):
        return f"<!-- excerpt: {match[1]} -->\n```cql\n{made}\n```\n"
    shown = msgspec.json.format(json_line(made), indent=1).decode().strip()
    plain = re.sub(rf'"({LEFT_OUT})"', r"\1", shown)
    return f"<!-- excerpt: {match[1]} -->\n```json\n{plain}\n```\n"


def test_every_excerpt_is_what_the_code_writes() -> None:
    """``ALSFHIR_REGENERATE=1 pytest`` writes them anew; then review the diff."""
    text = DOCUMENT.read_text("utf-8")
    assert set(_EXCERPT.findall(text)) == set(EXCERPTS)
    made = _EXCERPT.sub(_excerpt, text)
    if os.environ.get("ALSFHIR_REGENERATE"):
        DOCUMENT.write_text(made, "utf-8")
    assert made == DOCUMENT.read_text("utf-8"), "an excerpt is not what the code writes: regenerate, and review"
