"""The registry's words for status, phase, purpose and outcome, in FHIR R4's codes.

https://hl7.org/fhir/R4/valueset-research-study-status.html and the CodeSystems named below. A word without a code
stays as text; the registry's word for the recruitment is kept in an extension whatever its code.
"""

from __future__ import annotations

import re
from typing import Any

from alsfhir.fhir.primitives import string

HL7 = "http://terminology.hl7.org/CodeSystem"

# "Unknown" is what the registry says of a study that nobody has confirmed for two years: it is not known to be closed.
STATUS = {
    "recruiting": "active",
    "enrolling": "active",
    "enrolling by invitation": "active",
    "available": "active",
    "unknown": "active",
    "unknown status": "active",
    "not yet recruiting": "approved",
    "active not recruiting": "closed-to-accrual",
    "suspended": "temporarily-closed-to-accrual",
    "temporarily not available": "temporarily-closed-to-accrual",
    "completed": "completed",
    "approved for marketing": "completed",
    "no longer available": "completed",
    "terminated": "administratively-completed",
    "withdrawn": "withdrawn",
}

RESEARCH_STUDY_STATUS = "http://hl7.org/fhir/research-study-status"
# Where R5 tells apart what R4's codes do not; the other codes are the same.
PROGRESS = {
    "recruiting": "recruiting",
    "enrolling": "recruiting",
    "enrolling by invitation": "enrolling-by-invitation",
    "not yet recruiting": "not-yet-recruiting",
    "active not recruiting": "active-but-not-recruiting",
    "terminated": "terminated",
}

PHASE = {
    ("early phase 1",): ("early-phase-1", "Early Phase 1"),
    ("phase 1",): ("phase-1", "Phase 1"),
    ("phase 1", "phase 2"): ("phase-1-phase-2", "Phase 1/Phase 2"),
    ("phase 2",): ("phase-2", "Phase 2"),
    ("phase 2", "phase 3"): ("phase-2-phase-3", "Phase 2/Phase 3"),
    ("phase 3",): ("phase-3", "Phase 3"),
    ("phase 4",): ("phase-4", "Phase 4"),
}

PURPOSE = {
    "treatment": "Treatment",
    "prevention": "Prevention",
    "diagnostic": "Diagnostic",
    "supportive-care": "Supportive Care",
    "screening": "Screening",
    "health-services-research": "Health Services Research",
    "basic-science": "Basic Science",
    "device-feasibility": "Device Feasibility",
}

OBJECTIVE = {
    "primary": ("primary", "Primary"),
    "secondary": ("secondary", "Secondary"),
    "other": ("exploratory", "Exploratory"),
}


def plain(word: str) -> str:
    """The word in small letters with single blanks: ``ACTIVE_NOT_RECRUITING`` and ``Active, not recruiting`` alike."""
    return " ".join(re.findall(r"[a-z0-9]+", word.casefold()))


def study_status(word: str) -> str:
    """The ResearchStudy.status code for the registry's word; ``active`` where the word says nothing of an end."""
    return STATUS.get(plain(word), "active")


def study_progress(word: str) -> dict[str, Any]:
    """R5's ResearchStudy.progressStatus.state, with the registry's word where it has one."""
    code = PROGRESS.get(plain(word), study_status(word))
    return {"coding": [{"system": RESEARCH_STUDY_STATUS, "code": code}], "text": string(word)}


def phase(phases: tuple[str, ...]) -> dict[str, Any] | None:
    """The CodeableConcept of the phases, two neighbours being one; ``None`` if there are none."""
    text = " / ".join(filter(None, map(string, phases))) or None
    code = PHASE.get(tuple(sorted(map(plain, phases))))
    return coded("research-study-phase", code, text) if text else None


def purpose(word: str | None) -> dict[str, Any] | None:
    """The CodeableConcept of a primary purpose; ``None`` if there is none."""
    code = plain(word or "").replace(" ", "-")
    coding = (code, PURPOSE[code]) if code in PURPOSE else None
    return coded("research-study-prim-purp-type", coding, string(word))


def objective_type(rank: str) -> dict[str, Any] | None:
    """The CodeableConcept of an outcome's rank; other outcomes are exploratory objectives."""
    return coded("research-study-objective-type", OBJECTIVE.get(plain(rank)), string(rank))


def coded(system: str, code: tuple[str, str] | None, text: str | None) -> dict[str, Any] | None:
    """A CodeableConcept with an HL7 code, where there is one, and the registry's words; ``None`` without either."""
    coding = [{"system": f"{HL7}/{system}", "code": code[0], "display": code[1]}] if code else []
    return {"coding": coding, "text": text} if coding or text else None
