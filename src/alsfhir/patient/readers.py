"""The resource types that make facts, and the function that reads each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, TypeVar

import msgspec

from alsfhir.patient.allergy import AllergyResource, allergy
from alsfhir.patient.answer import QuestionnaireResponseResource, answers
from alsfhir.patient.condition import ConditionResource, condition
from alsfhir.patient.consent import ConsentResource, consent
from alsfhir.patient.datatypes import Element
from alsfhir.patient.decoded import decoded
from alsfhir.patient.device import DeviceResource
from alsfhir.patient.device_use import (
    DeviceAssociationResource,
    DeviceUseResource,
    device,
    device_association,
    device_use,
)
from alsfhir.patient.drug import (
    MedicationAdministration,
    MedicationDispense,
    MedicationRequest,
    MedicationStatement,
    medication_administration,
    medication_dispense,
    medication_request,
    medication_statement,
)
from alsfhir.patient.nutrition import NutritionOrderResource, nutrition
from alsfhir.patient.observation import ObservationResource, observation
from alsfhir.patient.participation import ResearchSubjectResource, participation
from alsfhir.patient.procedure import ProcedureResource, procedure
from alsfhir.patient.reading import Reading, Source

R = TypeVar("R", bound=Element)
Reader: TypeAlias = Callable[[bytes, Source], Reading]

_ESSENTIAL = """
code contained device enteralFormula medication medicationCodeableConcept medicationReference oralDiet study supplement
type
"""
ESSENTIAL = frozenset(_ESSENTIAL.split())
"""The elements that say what a resource is about: it is not read if one of them has the wrong type."""


def _reader(structure: type[R], read: Callable[[R, Source], Reading]) -> Reader:
    decoder = msgspec.json.Decoder(structure)

    def reader(data: bytes, source: Source) -> Reading:
        resource, broken = decoded(decoder, data, ESSENTIAL)
        if not broken:
            return read(resource, source)
        return replace(read(resource, replace(source, broken=broken)), broken=broken)

    return reader


READERS: dict[str, Reader] = {
    "AllergyIntolerance": _reader(AllergyResource, allergy),
    "Condition": _reader(ConditionResource, condition),
    "Consent": _reader(ConsentResource, consent),
    "Device": _reader(DeviceResource, device),
    "DeviceAssociation": _reader(DeviceAssociationResource, device_association),
    "DeviceUsage": _reader(DeviceUseResource, device_use),
    "DeviceUseStatement": _reader(DeviceUseResource, device_use),
    "MedicationAdministration": _reader(MedicationAdministration, medication_administration),
    "MedicationDispense": _reader(MedicationDispense, medication_dispense),
    "MedicationRequest": _reader(MedicationRequest, medication_request),
    "MedicationStatement": _reader(MedicationStatement, medication_statement),
    "NutritionOrder": _reader(NutritionOrderResource, nutrition),
    "Observation": _reader(ObservationResource, observation),
    "Procedure": _reader(ProcedureResource, procedure),
    "QuestionnaireResponse": _reader(QuestionnaireResponseResource, answers),
    "ResearchSubject": _reader(ResearchSubjectResource, participation),
}
"""The resource types that make facts."""
