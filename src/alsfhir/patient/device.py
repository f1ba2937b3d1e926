"""What a Device is: its codings and its name, in R4 and in R5, https://hl7.org/fhir/R4/device.html."""

from __future__ import annotations

from typing import Any

import msgspec

from alsfhir.patient.codes import codings, joined, text_of
from alsfhir.patient.contained import contained
from alsfhir.patient.datatypes import CodeableConcept, Element, ReferenceElement, listed, present, string
from alsfhir.patient.reference import Index
from alsfhir.terminology import Coding, Terminology


class DeviceName(Element, frozen=True, gc=False):
    """Device.deviceName, R5 Device.name: the name is ``name`` in R4 and ``value`` in R5."""

    name: Any = None
    value: Any = None


class DeviceResource(Element, frozen=True, gc=False):
    """The elements of Device that are read; ``type`` is one in R4 and several in R5."""

    id: Any = None
    modifier_extension: Any = None
    status: Any = None
    type: CodeableConcept | list[CodeableConcept | None] | None = None
    device_name: list[DeviceName | None] | None = None
    name: list[DeviceName | None] | None = None
    display_name: Any = None


_CONTAINED = msgspec.json.Decoder(DeviceResource)


def device_named(device: DeviceResource, terminology: Terminology) -> tuple[tuple[Coding, ...], str | None]:
    """The codings of the device's types, and all that it is called."""
    types = listed(device.type)
    names = [string(name.name) or string(name.value) for name in (*present(device.device_name), *present(device.name))]
    return codings(terminology, *types), joined((*map(text_of, types), string(device.display_name), *names))


def device_meant(
    reference: ReferenceElement,
    inside: list[msgspec.Raw] | None,
    devices: Index[tuple[str, DeviceResource]],
    on: str | None,
) -> tuple[str | None, DeviceResource] | None:
    """The Device that a reference means, with the reference that it has in the file; ``inside`` are the contained."""
    target = string(reference.reference)
    if target is None:
        return None
    if target.startswith("#"):
        found = contained(inside, target, _CONTAINED)
        return (None, found) if found else None
    return devices.find(target, on)
