"""Device: the software that screened, https://hl7.org/fhir/R4/device.html."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.versions import device_name


def device(software: str, names: Names) -> Resource:
    """The Device that stands for one version of the software, given as its name, a blank and its version."""
    name, _, version = software.rpartition(" ")
    return {
        "resourceType": "Device",
        "text": narrative(f"{software}: screens patient records against the eligibility criteria of trials"),
        "identifier": [names.identifier("Device", f"{name}/{version}")],
        "status": "active",
        **device_name(name, "Decision support software", names.version),
        "version": [{"value": version}],
    }
