"""The FHIR versions we write, and in what their resources differ.

What is not listed here is the same in all three. R4B is R4 with another EvidenceVariable.

==================  ==============================  ================================  ================================
resource            R4                              R4B                               R5
==================  ==============================  ================================  ================================
EvidenceVariable    logic in ``criterion-tree``;    the same; ``characteristic-       logic in its own elements, what
                    has a ``type``                  Combination``, no ``type``        they lack in ``criterion-node``
Group               ``actual``                      ``actual``                        ``membership``; ``criterion-tree``
PlanDefinition      ``text/cql``                    ``text/cql-identifier``           ``text/cql-identifier``; subject
                                                                                      in another code system;
                    ``relatedAction.actionId``      as R4                             ``relatedAction.targetId``
Library             ``dataRequirement``             as R4                             none: it does not have all of
                                                                                      R4's types of resources
ResearchStudy       recruitment in ``status``       as R4                             in ``progressStatus``; parties,
                                                                                      arms, outcomes in other elements
ResearchSubject     ``status``, ``individual``      as R4                             ``progress``, ``subject``
GuidanceResponse    ``reasonCode``                  as R4                             ``reason``
Device              ``deviceName``, one ``type``    as R4                             ``name``, a list of them
List                flags in the codes of status    as R4                             flags in the codes of progress
StructureDefinition ``fhirVersion`` and contexts are those of the version
relatedArtifact     ``url``                         as R4                             ``document``
==================  ==============================  ================================  ================================

The small differences are the functions below; the large ones are ``characteristic`` and ``research_study_r5``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Elements = dict[str, Any]

SUBJECT_STATUS = "http://hl7.org/fhir/research-subject-status"
SUBJECT_STATE = "http://terminology.hl7.org/CodeSystem/research-subject-state"


class FhirVersion(StrEnum):
    """A published version of FHIR, https://hl7.org/fhir/directory.html."""

    R4 = "R4"
    R4B = "R4B"
    R5 = "R5"

    @property
    def number(self) -> str:
        """The number by which StructureDefinitions and servers call it, such as ``4.0.1``."""
        return _NUMBERS[self]

    @property
    def series(self) -> str:
        """The number without its last part: corrections of a version change no resource."""
        return self.number.rpartition(".")[0]


_NUMBERS = {FhirVersion.R4: "4.0.1", FhirVersion.R4B: "4.3.0", FhirVersion.R5: "5.0.0"}


def definitional(version: FhirVersion) -> Elements:
    """Of a Group: that it says who would be in it, and lists nobody."""
    return {"membership": "definitional"} if version is FhirVersion.R5 else {"actual": False}


def resource_type(name: str, version: FhirVersion) -> Elements:
    """The Coding of a type of resource."""
    system = "fhir-types" if version is FhirVersion.R5 else "resource-types"
    return {"system": f"http://hl7.org/fhir/{system}", "code": name, "display": name}


def device_name(name: str, kind: str, version: FhirVersion) -> Elements:
    """Of a Device: its name and, in words, what it is."""
    if version is FhirVersion.R5:
        return {"name": [{"value": name, "type": "user-friendly-name"}], "type": [{"text": kind}]}
    return {"deviceName": [{"name": name, "type": "model-name"}], "type": {"text": kind}}


def guidance_reason(text: str, version: FhirVersion) -> Elements:
    """Of a GuidanceResponse: why it was made."""
    return {"reason": [{"concept": {"text": text}}]} if version is FhirVersion.R5 else {"reasonCode": [{"text": text}]}


def web_page(address: str, version: FhirVersion) -> Elements:
    """Of a relatedArtifact: the page it is."""
    return {"document": {"contentType": "text/html", "url": address}} if version is FhirVersion.R5 else {"url": address}


def standing(status: str, version: FhirVersion) -> Elements:
    """Of a ResearchSubject: where the patient stands with the trial. The codes are the same in all versions."""
    if version is FhirVersion.R5:
        return {
            "status": "active",
            "progress": [{"subjectState": {"coding": [{"system": SUBJECT_STATE, "code": status}]}}],
        }
    return {"status": status}


def subject_status_system(version: FhirVersion) -> str:
    """The code system of a ResearchSubject's status; the codes are the same in all."""
    return SUBJECT_STATE if version is FhirVersion.R5 else SUBJECT_STATUS


def stands(research_subject: Mapping[str, Any], version: FhirVersion) -> str | None:
    """Where a ResearchSubject says that the patient stands, in R5 by the last progress; ``None`` if it does not say."""
    if version is not FhirVersion.R5:
        return research_subject.get("status")
    progress = research_subject.get("progress") or [{}]
    codings = progress[-1].get("subjectState", {}).get("coding", [])
    return next((coding.get("code") for coding in codings if coding.get("system") == SUBJECT_STATE), None)


def patient_of(reference: str, version: FhirVersion) -> Elements:
    """Of a ResearchSubject: who it is."""
    return {"subject" if version is FhirVersion.R5 else "individual": {"reference": reference}}


def related_action(action: str, version: FhirVersion) -> Elements:
    """Of a relatedAction: the id of the action that it relates to."""
    return {"targetId" if version is FhirVersion.R5 else "actionId": action}


def definition_named(name: str, version: FhirVersion) -> Elements:
    """The Expression that names a definition of the CQL library beside it.

    R4's validator calls ``text/cql-identifier`` an error; HAPI's clinical reasoning takes a bare name as ``text/cql``.
    """
    return {"language": "text/cql" if version is FhirVersion.R4 else "text/cql-identifier", "expression": name}
