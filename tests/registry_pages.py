"""Pages in the registry's layout, made of sections in our own words."""

from __future__ import annotations

from collections.abc import Mapping

TOP = "Trials.Example\n\nMenu\n\nAn Invented Trial\n\nI\n\nExample Institute\n\n"
SECTIONS: Mapping[str, str] = {
    "Status and phase": "Completed\nPhase 2\nPhase 1",
    "Conditions": "Paralysis, Bulbar\nAtaxia",
    "Treatments": "Biological: Cells in 1.5 ml\nVitamins",
    "Study type": "Interventional",
    "Funder types": "Industry\nOther",
    "Identifiers": "NCT99000009\nINV-9",
    "Details and patient eligibility": "",
    "About": "First paragraph.\n\nSecond paragraph.",
    "Full description": "Each dose holds 5\u00d7107 cells.",
    "Enrollment": "40 estimated patients",
    "Sex": "All",
    "Ages": "22 to 66 years old",
    "Volunteers": "No Healthy Volunteers",
    "Inclusion criteria": "  1. ALS\n  2. Over 22 and below 66 years old",
    "Exclusion criteria": "  • Gastrostomy\n  • FVC must be 3 60%",
    "Trial design": "",
    "Primary purpose": "Treatment",
    "Allocation": "N/A",
    "Interventional model": "Single Group Assignment",
    "Masking": "None (Open label)",
    "40 participants in 1 patient group": (
        "Cells\nExperimental group\nDescription:\nFour infusions\nTreatment:\nBiological: Cells in 1.5 ml"
    ),
    "Trial contacts and locations": "1\n\nLoading...",
    "Data sourced from clinicaltrials.gov": "Clinical trials\n\nFind trials\n© Copyright 2026 Example Systems",
}


def registry_page(sections: Mapping[str, str] = SECTIONS, top: str = TOP) -> str:
    """The page with these sections, in their order."""
    return top + "\n\n".join(f"{heading}\n\n{body}" for heading, body in sections.items()) + "\n"


def with_section(heading: str, body: str) -> str:
    """The page with one section said otherwise."""
    return registry_page({**SECTIONS, heading: body})
