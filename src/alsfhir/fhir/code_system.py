"""The project's own codes as CodeSystem, https://hl7.org/fhir/R4/codesystem.html.

What is clinical here has no code in LOINC or SNOMED CT that we have seen in use. The rest are the words in which a
screening is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alsfhir.fhir.canonical import Resource
from alsfhir.fhir.narrative import narrative
from alsfhir.terminology import LOCAL_SYSTEM

_Codes = dict[str, tuple[str, str]]

CLINICAL: _Codes = {
    "t90": ("T90", "Percent of the night with an oxygen saturation below 90 %"),
    "norris-bulbar": ("Norris scale, bulbar", "Score of the bulbar part of the Norris scale"),
    "norris-spinal": ("Norris scale, spinal", "Score of the limb part of the Norris scale"),
    "gastrostomy-closure": ("Closure of a gastrostomy", "A gastrostomy was closed"),
    "gastrostomy-tube": ("Gastrostomy tube", "The tube of a gastrostomy, as a device"),
    "non-invasive-ventilator": ("Non-invasive ventilator", "A device that ventilates through a mask"),
}

GROUPS: dict[str, tuple[str, str, _Codes]] = {
    "el-escorial-category": (
        "El Escorial category",
        "Diagnostic certainty of ALS by the criteria of the World Federation of Neurology, revised or not",
        {
            "definite": ("Definite ALS", "Upper and lower motor neuron signs in three regions"),
            "probable": ("Probable ALS", "Clinically probable"),
            "probable-laboratory-supported": (
                "Probable ALS, laboratory-supported",
                "Probable by electrophysiology; a category of its own in the revised criteria",
            ),
            "possible": ("Possible ALS", "Clinically possible"),
            "suspected": ("Suspected ALS", "A category of the first version of the criteria"),
        },
    ),
    "onset-site": (
        "Site of onset",
        "Region in which ALS began",
        {
            "spinal": ("Spinal onset", "In the limbs"),
            "bulbar": ("Bulbar onset", "In speech or swallowing"),
            "respiratory": ("Respiratory onset", "In breathing"),
            "generalized": ("Generalized onset", "In several regions at once"),
        },
    ),
    "verdict": (
        "Verdict",
        "Whether a statement is true of a patient",
        {
            "met": ("Met", "The statement is true"),
            "not-met": ("Not met", "The statement is false"),
            "unknown": ("Unknown", "The record does not say"),
            "review": ("Review", "The record shows something that a person has to judge, or only a person can answer"),
        },
    ),
    "outcome": (
        "Outcome",
        "What a verdict means for the trial",
        {
            "pass": ("Pass", "Does not stand in the way"),
            "fail": ("Fail", "Blocks the patient from the trial"),
            "missing": ("Missing", "A datum is missing that can be measured or documented"),
            "confirm": ("Confirm", "A person has to be asked"),
        },
    ),
    "basis": (
        "Basis",
        "What a verdict rests on",
        {
            "evidence": ("Evidence", "Resources of the record, which are cited"),
            "no-record": ("No record", "Nothing is on file about it"),
            "stale": ("Stale", "What is on file is too old"),
            "unusable": ("Unusable", "What is on file cannot be compared: its unit, range, comparator or date"),
            "judgement": ("Judgement", "A person judges"),
            "attestation": ("Attestation", "Only the patient, or enrolment itself, answers"),
        },
    ),
    "reading-status": (
        "Status of a reading",
        "Who stands for the reading of a statement",
        {
            "proposed": ("Proposed", "By the authors of this software; no clinician has signed"),
            "reviewed": ("Reviewed", "By a clinician"),
            "draft": ("Draft", "By nobody yet"),
        },
    ),
    "computability": (
        "Computability",
        "How far a record can decide a statement",
        {
            "computable": ("Computable", "Wholly"),
            "partial": ("Partial", "In part, or in one direction"),
            "person": ("Person", "Not at all: a person answers"),
        },
    ),
}


def code_system() -> Resource:
    """The CodeSystem of all local codes; its url is the same under whatever base we publish."""
    concepts = [_concept(code, named) for code, named in CLINICAL.items()]
    concepts += [
        {**_concept(code, (display, what)), "concept": [_concept(*one) for one in codes.items()]}
        for code, (display, what, codes) in GROUPS.items()
    ]
    return {
        "resourceType": "CodeSystem",
        "text": narrative("Codes for ALS trials and their screening", *_rows(), header=("Code", "Name", "Meaning")),
        "url": LOCAL_SYSTEM,
        "name": "AlsTrialCodes",
        "title": "Codes for ALS trials and their screening",
        "status": "active",
        "experimental": False,
        "description": "Codes for what no public code was found for, and for the results of a screening.",
        "caseSensitive": True,
        "hierarchyMeaning": "grouped-by",
        "content": "complete",
        "count": len(list(_rows())),
        "concept": concepts,
    }


def _concept(code: str, named: tuple[str, str]) -> dict[str, Any]:
    display, what = named
    return {"code": code, "display": display, "definition": what}


def _rows() -> Iterator[tuple[str, str, str]]:
    for code, (display, what) in CLINICAL.items():
        yield code, display, what
    for group, (display, what, codes) in GROUPS.items():
        yield group, display, what
        for code, (name, meaning) in codes.items():
            yield code, name, meaning
