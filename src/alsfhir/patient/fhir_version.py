"""Records in DSTU2 and STU3, refused by name: their negations (notDone, notGiven, taken) are other elements than R4's.

A file in which nothing tells STU3 from R4 is read as R4. One that shows signs of both is read as R4, without the
resources that are in the older form.
"""

from __future__ import annotations

import re

import msgspec

from alsfhir.errors import UnsupportedRecord
from alsfhir.patient.bundle import Entry

DSTU2, STU3, EITHER = "DSTU2", "STU3", "DSTU2 or STU3"
TYPES = {
    "MedicationOrder": DSTU2,
    "DiagnosticOrder": DSTU2,
    "ReferralRequest": EITHER,
    "ProcedureRequest": EITHER,
    "EligibilityRequest": EITHER,
    "BodySite": EITHER,
}
"""Types that R4 no longer has."""

ELEMENTS = {
    "AllergyIntolerance": {"substance": DSTU2, "assertedDate": STU3},
    "Condition": {"dateRecorded": DSTU2, "patient": DSTU2, "assertedDate": STU3, "context": STU3},
    "Observation": {"comments": DSTU2, "comment": STU3, "context": STU3, "related": EITHER},
    "Procedure": {"notPerformed": DSTU2, "notDone": STU3, "context": STU3},
    "DeviceUseStatement": {"whenUsed": EITHER},
    "MedicationRequest": {"context": STU3},
    "MedicationStatement": {"wasNotTaken": DSTU2, "patient": DSTU2, "taken": STU3},
    "MedicationAdministration": {"wasNotGiven": DSTU2, "patient": DSTU2, "notGiven": STU3},
    "MedicationDispense": {"patient": DSTU2, "notDoneCodeableConcept": STU3, "notDoneReference": STU3},
}
"""Elements that R4 no longer has, by type."""

SHAPES = {
    "AllergyIntolerance": {"clinicalStatus": b'"', "verificationStatus": b'"'},
    "Condition": {"clinicalStatus": b'"', "verificationStatus": b'"'},
    "Observation": {"interpretation": b"{"},
}
"""Elements that had another type before R4, and how that type begins in JSON: a string, an object."""

_PROFILE = re.compile(r"http://hl7\.org/fhir/(?:(\d)\.\d+/)?StructureDefinition/[^/|]+(?:\|(\d)\..*)?")
_OF_PROFILE = {"1": DSTU2, "3": STU3}
_NEWER = b"http://terminology.hl7.org/CodeSystem/"  # the home of FHIR's own code systems since R4
_SHALLOW = msgspec.json.Decoder(dict[str, msgspec.Raw])


def refuse_older(name: str, entries: tuple[Entry, ...]) -> dict[str, str]:
    """The resources in the form of an older version, by location, each with the sign by which it is known.

    Raises UnsupportedRecord if there are such resources and nothing in the file is of a newer version.
    """
    found = {entry.location: form for entry in entries if (form := _older(entry))}
    if found and not any(map(_is_newer, entries)):
        location, (version, sign) = min(found.items(), key=lambda item: item[1][0] == EITHER)
        problem = f"is FHIR {version} ({sign} at {location}); R4, R4B and R5 are read: have it exported in one of these"
        raise UnsupportedRecord(name, problem)
    return {location: f"{sign} is of FHIR {version}: not read" for location, (version, sign) in found.items()}


def _older(entry: Entry) -> tuple[str, str] | None:
    if entry.type in TYPES:
        return TYPES[entry.type], entry.type
    profile = next((_OF_PROFILE[major] for major in _profile_majors(entry) if major in _OF_PROFILE), None)
    if profile:
        return profile, f"{entry.type}.meta.profile"
    if entry.type not in ELEMENTS or entry.deleted:
        return None
    elements = _SHALLOW.decode(entry.data)
    for element, version in ELEMENTS[entry.type].items():
        if element in elements:
            return version, f"{entry.type}.{element}"
    for element, start in SHAPES.get(entry.type, {}).items():
        if bytes(elements.get(element, b"")).startswith(start):
            return EITHER, f"{entry.type}.{element}"
    return None


def _is_newer(entry: Entry) -> bool:
    return _NEWER in entry.data or any(major not in _OF_PROFILE for major in _profile_majors(entry))


def _profile_majors(entry: Entry) -> list[str]:
    """The major versions that the names of FHIR's own profiles carry; those of other guides have their own versions."""
    meta = entry.header.meta if isinstance(entry.header.meta, dict) else {}
    profiles = meta.get("profile") if isinstance(meta.get("profile"), list) else []
    matches = [_PROFILE.fullmatch(profile) for profile in profiles or () if isinstance(profile, str)]
    return [match[1] or match[2] for match in matches if match and (match[1] or match[2])]
