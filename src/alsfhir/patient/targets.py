"""What resources of a file refer to: medications, devices, studies and consents, by what references call them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from alsfhir.patient.bundle import Entry
from alsfhir.patient.decoded import decoded, decoding_problem
from alsfhir.patient.device import DeviceResource
from alsfhir.patient.medication import Medication
from alsfhir.patient.model import Issue
from alsfhir.patient.people import written_subject
from alsfhir.patient.reference import Index
from alsfhir.patient.study import StudyResource

T = TypeVar("T")

_MEDICATION = msgspec.json.Decoder(Medication)
_DEVICE = msgspec.json.Decoder(DeviceResource)
_STUDY = msgspec.json.Decoder(StudyResource)


@dataclass(frozen=True, slots=True)
class Targets:
    """The resources of the file that others refer to; devices and consents by the reference they have as facts."""

    medications: Index[Medication] = field(default_factory=lambda: Index(()))
    devices: Index[tuple[str, DeviceResource]] = field(default_factory=lambda: Index(()))
    studies: Index[StudyResource] = field(default_factory=lambda: Index(()))
    consents: Index[str] = field(default_factory=lambda: Index(()))


def targets(entries: tuple[Entry, ...], issues: list[Issue]) -> Targets:
    """What is referred to. What cannot be read is added to the issues, unless it is a fact of its own as well."""
    return Targets(
        medications=_index(entries, "Medication", lambda entry: _MEDICATION.decode(entry.data), issues),
        devices=_index(entries, "Device", _device, issues),
        studies=_index(entries, "ResearchStudy", _study, issues),
        consents=_index(entries, "Consent", lambda entry: entry.reference, issues),
    )


def _device(entry: Entry) -> tuple[str, DeviceResource]:
    return entry.reference, decoded(_DEVICE, entry.data, frozenset({"type"}))[0]


def _study(entry: Entry) -> StudyResource:
    return decoded(_STUDY, entry.data, frozenset({"identifier"}))[0]


def _index(entries: tuple[Entry, ...], kind: str, target: Callable[[Entry], T], issues: list[Issue]) -> Index[T]:
    found = []
    for entry in entries:
        if entry.type == kind:
            try:
                found.append((target(entry), entry.full_url, entry.type, entry.id))
            except msgspec.DecodeError as error:
                if written_subject(entry) is None:  # else it is read, and listed, as the patient's
                    issues.append(Issue("error", entry.reference, decoding_problem(kind, error)))
    return Index(found)
