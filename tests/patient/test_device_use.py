"""Devices and their uses, by the names of R4 and of R5."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from patient_samples import P1, PATIENT, SNOMED, TUBE, bundle, device, device_use, facts, one_device, read, texts

CODE = Coding(SNOMED, "17102003")
NOT_THERE = "its device is not in the file"
DAY = When(date(2026, 5, 4), date(2026, 5, 4), "2026-05-04")


def association(**elements: Any) -> dict[str, Any]:
    """That Device/d1 is implanted in the patient; R5 only."""
    status = {"coding": [{"system": "http://hl7.org/fhir/deviceassociation-status", "code": "implanted"}]}
    base = {"resourceType": "DeviceAssociation", "id": "b1", "status": status, "subject": P1}
    return base | {"device": {"reference": "Device/d1"}} | elements


@pytest.mark.parametrize(
    ("resource", "unusable"),
    [
        (device(type=None), "no code"),
        (device(modifierExtension=[{"url": "x"}]), "a modifierExtension that is not known may change its meaning"),
        (device_use(device=None), "no device is named"),
        (device_use(device={}), NOT_THERE),
        (device_use(status=None, device={"display": "tube"}), "no status"),
        (device_use(), NOT_THERE),
        (device_use(device={"reference": "#x"}, contained=[5, {"id": "y"}]), NOT_THERE),
        (device_use(device={"reference": "#x"}, contained=[{"id": "x"}]), "no code"),
        (
            device_use("DeviceUsage", device={"reference": {"identifier": {"value": "7"}}}),
            "its device is not in the file",
        ),
        (association(status={"text": "in"}, device={"reference": "Device/d1", "display": "tube"}), "no status"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_says_why(resource: dict[str, Any], unusable: str) -> None:
    """A device of which nothing is known, or a use that does not say of what or how, counts for nothing."""
    found = facts(resource)
    assert [fact.unusable for fact in found.devices] == [unusable]
    assert texts(found) == [f"warning {resource['resourceType']}/{resource['id']}: {unusable}: not used"]


@pytest.mark.parametrize(
    ("elements", "unusable"),
    [
        ({"status": "entered-in-error"}, "its device was entered in error"),
        ({"modifierExtension": [{"url": "x"}]}, "a modifierExtension that is not known may change its meaning"),
    ],
)
def test_a_doubt_about_the_device_is_one_about_its_use(elements: dict[str, Any], unusable: str) -> None:
    """The use of a device that was entered in error, or that may be something else, cannot be used."""
    assert one_device(device(**elements), device_use()).unusable == unusable


@pytest.mark.parametrize(
    "resource",
    [
        device(status="entered-in-error"),
        device_use(status="entered-in-error"),
        association(status={"coding": [{"code": "entered-in-error"}]}),
    ],
)
def test_what_was_entered_in_error_is_no_fact(resource: dict[str, Any]) -> None:
    """A device, or a use, entered in error does not exist."""
    found = facts(resource)
    assert (found.devices, texts(found)) == (
        (),
        [f"information {resource['resourceType']}: 1 not used: entered in error"],
    )


def test_a_time_that_is_none_leaves_it_undated() -> None:
    """That it is used stays on record, without a date, and the problem is listed."""
    for resource in (device_use(timingTiming={}), device_use(timingDateTime="9999"), association(period={})):
        found = facts(device(patient=None), resource)
        assert [(fact.when, fact.unusable) for fact in found.devices] == [(None, None)]
        (text,) = texts(found)
        assert text.endswith(": taken as undated")


def test_a_device_of_nobody_is_known_by_its_uses() -> None:
    """R5 devices do not say whose they are: without a use one is no fact and no issue."""
    assert facts(device(patient=None)) == facts()
    assert one_device(device(patient=None), device_use("DeviceUsage")).concepts == {"nasogastric-tube"}


def test_a_device_of_somebody_unreadable_is_listed() -> None:
    """A Device whose patient cannot be read is not taken for one of nobody."""
    found = facts(device(patient=5))
    assert [fact.unusable for fact in found.devices] == ["it does not say whom it is about"]


def test_a_broken_device_of_nobody_is_listed() -> None:
    """What a use refers to and cannot be read is said."""
    found = facts(device(patient=None, type=5), device_use())
    assert [issue.text for issue in found.issues if issue.severity == "error"] == [
        "Device.type: Expected `object | array | null`, got `int`: not read"
    ]


def test_a_device_of_the_patient_is_a_fact() -> None:
    """In R4 a Device says whose it is."""
    found = one_device(device(deviceName=[{"name": "tube"}]))
    assert (found.reference, found.codings, found.text, found.status) == ("Device/d1", (CODE,), "tube", "active")
    assert one_device(device(status=None)).status == "unknown"


@pytest.mark.parametrize(
    ("elements", "text"),
    [
        ({"type": [TUBE, {"text": "a tube"}]}, "a tube"),
        ({"type": [TUBE], "name": [{"value": "tube"}]}, "tube"),
        ({"type": [TUBE], "displayName": "the tube"}, "the tube"),
    ],
)
def test_r5_devices_have_several_types_and_other_names(elements: dict[str, Any], text: str) -> None:
    """The types of R5, and the element that names it, give the same fact."""
    found = one_device(device(patient=None, **elements), device_use("DeviceUsage"))
    assert (found.codings, found.text) == ((CODE,), text)


@pytest.mark.parametrize("kind", ["DeviceUseStatement", "DeviceUsage"])
def test_a_use_takes_the_place_of_its_device(kind: str) -> None:
    """A Device and its use by the same patient are one fact, that of the use."""
    found = one_device(device(), device_use(kind, status="completed", timingDateTime="2026-05-04"))
    assert (found.reference, found.status, found.when) == (f"{kind}/u1", "completed", DAY)
    assert found.concepts == {"nasogastric-tube"}


def test_a_use_that_does_not_exist_leaves_the_device() -> None:
    """A use entered in error takes no device away."""
    assert one_device(device(), device_use(status="entered-in-error")).reference == "Device/d1"


def test_the_use_by_another_leaves_the_device() -> None:
    """One patient's use of a device is not another's."""
    other = PATIENT | {"id": "p2"}
    found = read(bundle(PATIENT, other, device(), device_use(subject={"reference": "Patient/p2"})))
    assert [[fact.reference for fact in each.devices] for each in found.patients] == [
        ["Device/d1"],
        ["DeviceUseStatement/u1"],
    ]


@pytest.mark.parametrize(
    "resource",
    [
        device_use(device={"reference": "#x"}, contained=[{"resourceType": "Device", "id": "x", "type": TUBE}]),
        device_use("DeviceUsage", device={"concept": TUBE}),
        association(device={"reference": "#x"}, contained=[{"resourceType": "Device", "id": "x", "type": [TUBE]}]),
    ],
)
def test_a_device_may_be_written_in_its_use(resource: dict[str, Any]) -> None:
    """A contained device, and R5's concept, are as good as one in the file."""
    found = one_device(resource)
    assert (found.concepts, found.codings, found.unusable) == (frozenset({"nasogastric-tube"}), (CODE,), None)


def test_a_device_in_words_is_kept() -> None:
    """A reference that is only shown is a device in words."""
    assert one_device(device_use(device={"display": "PEG"})).text == "PEG"
    assert one_device(device_use("DeviceUsage", device={"reference": {"display": "PEG"}})).text == "PEG"


def test_no_word_of_a_device_is_lost() -> None:
    """What its use calls a device, its type and its names are all kept, none twice."""
    names = [{"name": "Trilogy"}, {"name": "ventilator"}]
    meant = device(patient=None, type={"text": "ventilator"}, deviceName=names)
    used = device_use(device={"reference": "Device/d1", "display": "at night"})
    assert one_device(meant, used).text == "at night; ventilator; Trilogy"


def test_an_association_is_a_use() -> None:
    """R5's DeviceAssociation says since when a device is in the patient."""
    found = one_device(device(patient=None), association(period={"start": "2026-05-04"}))
    assert (found.status, found.when) == ("implanted", When(date(2026, 5, 4), date.max, "2026-05-04/.."))
