"""Device, DeviceUseStatement (R5 DeviceUsage) and DeviceAssociation → facts.

https://hl7.org/fhir/R4/device.html, https://hl7.org/fhir/R4/deviceusestatement.html,
https://hl7.org/fhir/R5/deviceusage.html and https://hl7.org/fhir/R5/deviceassociation.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from alsfhir.patient.codes import codings, concepts_in, joined, status_code, text_of
from alsfhir.patient.datatypes import CodeableConcept, Element, PeriodElement, ReferenceElement, string
from alsfhir.patient.device import DeviceResource, device_meant, device_named
from alsfhir.patient.model import Device
from alsfhir.patient.reading import ENTERED_IN_ERROR, UNKNOWN_MODIFIER, Reading, Source
from alsfhir.patient.values import When
from alsfhir.patient.when import occurred, period
from alsfhir.terminology import Coding

NO_DEVICE = "its device is not in the file"


class UsedDevice(Element, frozen=True, gc=False):
    """A Reference in R4, a CodeableReference in R5, whose ``reference`` is an object."""

    concept: CodeableConcept | None = None
    reference: ReferenceElement | str | None = None
    display: Any = None


class DeviceUseResource(Element, frozen=True, gc=False):
    """The elements of DeviceUseStatement, and of DeviceUsage, that are read."""

    contained: list[msgspec.Raw] | None = None
    status: Any = None
    device: UsedDevice | None = None
    timing_date_time: Any = None
    timing_period: PeriodElement | None = None
    timing_timing: Any = None


class DeviceAssociationResource(Element, frozen=True, gc=False):
    """The elements of DeviceAssociation that are read."""

    contained: list[msgspec.Raw] | None = None
    status: CodeableConcept | None = None
    device: UsedDevice | None = None
    period: PeriodElement | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """Which device is used: its codings, its name, the reference of the Device in the file, and what is wrong."""

    codings: tuple[Coding, ...] = ()
    text: str | None = None
    reference: str | None = None
    problem: str | None = None


def device(resource: DeviceResource, source: Source) -> Reading:
    """The fact of a Device that is the patient's (R4)."""
    if resource.status == "entered-in-error":
        return ENTERED_IN_ERROR
    found, text = device_named(resource, source.terminology)
    fact = Device(
        reference=source.reference,
        concepts=concepts_in(source.terminology, found),
        codings=found,
        text=text,
        status=string(resource.status) or "unknown",
        unusable=None if found or text else "no code",
    )
    return Reading((fact,))


def device_use(resource: DeviceUseResource, source: Source) -> Reading:
    """The fact of the use of a device. A time that cannot be read is a problem, and leaves it undated."""
    at = resource
    when, problem = occurred("timing", at.timing_date_time, at.timing_period, at.timing_timing)
    used = _used(resource, source)
    return _reading(used, string(resource.status), when, problem, source)


def device_association(resource: DeviceAssociationResource, source: Source) -> Reading:
    """The fact that a device is, or was, in or on the patient (R5)."""
    when, late = period(resource.period)
    problem = late and f"its period {late}"
    status = status_code(resource.status, "deviceassociation-status")
    return _reading(_used(resource, source), status, when, problem, source)


def _reading(used: Used, status: str | None, when: When | None, problem: str | None, source: Source) -> Reading:
    if status == "entered-in-error":
        return ENTERED_IN_ERROR
    fact = Device(
        reference=source.reference,
        concepts=concepts_in(source.terminology, used.codings),
        codings=used.codings,
        text=used.text,
        status=status or "unknown",
        when=when,
        unusable=used.problem or source.misshapen("status") or (None if status else "no status"),
    )
    problems = (f"{problem}: taken as undated",) if problem else ()
    return Reading((fact,), problems, concerns=(used.reference,) if used.reference else ())


def _used(resource: DeviceUseResource | DeviceAssociationResource, source: Source) -> Used:
    written, terms = resource.device, source.terminology
    if written is None:
        return Used(problem="no device is named")
    concept = written.concept
    found, text = codings(terms, concept), text_of(concept)
    reference = written.reference
    if not isinstance(reference, ReferenceElement):
        reference = ReferenceElement(reference=reference, display=written.display)
    target = device_meant(reference, resource.contained, source.targets.devices, source.base)
    text = joined((text, string(reference.display)))
    if target is None:
        return Used(found, text, problem=None if found or text else NO_DEVICE)
    known, meant = target
    types, name = device_named(meant, terms)
    found, text = tuple(dict.fromkeys((*found, *types))), joined((text, name))
    return Used(found, text, known, _doubt(meant) or (None if found or text else "no code"))


def _doubt(device: DeviceResource) -> str | None:
    if device.status == "entered-in-error":
        return "its device was entered in error"
    return UNKNOWN_MODIFIER if device.modifier_extension else None
