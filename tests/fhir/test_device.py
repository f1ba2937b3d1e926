"""Tests of the Device that stands for the software."""

from __future__ import annotations

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.device import device


def test_each_version_of_the_software_is_a_device_of_its_own() -> None:
    """Software and version make the identity, so that an old screening keeps the software it was made with."""
    one, other = device("alsfhir 0.1.0", Names()), device("alsfhir 0.2.0", Names())
    assert one["identifier"] == [{"system": "http://alsfhir.org/fhir/identifier/Device", "value": "alsfhir/0.1.0"}]
    assert one["identifier"] != other["identifier"]


def test_a_device_names_the_software_and_its_version() -> None:
    """The name and the version stand in the elements that FHIR has for them."""
    resource = device("alsfhir 0.1.0", Names())
    assert resource["deviceName"] == [{"name": "alsfhir", "type": "model-name"}]
    assert resource["version"] == [{"value": "0.1.0"}]
