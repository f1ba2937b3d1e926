"""Tests of what a schedule orders."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from alsfhir.criteria.schedule import ReadSchedule, Schedule
from alsfhir.fhir.activity_definition import activity_definitions
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.versions import FhirVersion
from schedule_samples import SCHEDULE
from trial_samples import criteria

NAMES = Names("http://base.test/fhir")


def _definitions(schedule: Schedule = SCHEDULE, version: FhirVersion = FhirVersion.R4) -> dict[str, dict[str, Any]]:
    read = replace(criteria(), scheduled=ReadSchedule(schedule, from_document=True))
    built = activity_definitions(read, replace(NAMES, version=version))
    return {one["url"].rpartition("/NCT00000001-")[2]: one for one in built}


def test_without_a_schedule_nothing_is_ordered() -> None:
    """Neither where none is known, nor where its text has changed."""
    for scheduled in (ReadSchedule(), ReadSchedule(warning="changed")):
        assert activity_definitions(replace(criteria(), scheduled=scheduled), NAMES) == ()


def test_it_is_experimental_until_a_clinician_has_reviewed_the_schedule() -> None:
    """A dose that nobody has signed must not pass for one to be given."""
    assert not any(one["experimental"] for one in _definitions().values())
    proposed = msgspec.structs.replace(SCHEDULE, status="proposed", by=None, on=None)
    for one in _definitions(proposed).values():
        assert one["experimental"] is True
        assert "no clinician has reviewed it" in one["description"]
        assert "no clinician has reviewed it" in one["text"]["div"]


@pytest.mark.parametrize("version", FhirVersion)
def test_nothing_is_more_than_a_proposal_in_any_version(version: FhirVersion) -> None:
    """Whoever applies the plan orders nothing by it; each is valid, with the schedule's version and its source."""
    found = _definitions(version=version)
    assert set(found) == {"look", "pouch", "cells", "drug"}
    for one in found.values():
        assert checked(one, version) is one
        assert (one["intent"], one["version"]) == ("proposal", SCHEDULE.version)
        source = {"url": "http://base.test/fhir/StructureDefinition/source", "valueCode": "document"}
        assert one["extension"] == [source]


def test_a_medication_has_its_product_dose_and_route() -> None:
    """As text where no verified code exists, the amount in UCUM with its digits; what is not said is not there."""
    cells, drug = (_definitions()[name] for name in ("cells", "drug"))
    assert (cells["kind"], cells["productCodeableConcept"]) == ("MedicationRequest", {"text": "neural cells"})
    assert cells["dosage"] == [
        {
            "text": "2.0 mL of neural cells; by the pouch; slowly",
            "route": {"text": "by the pouch"},
            "doseAndRate": [
                {
                    "doseQuantity": {
                        "value": SCHEDULE.order[2].dose.value,  # type: ignore[union-attr]
                        "unit": "mL",
                        "system": "http://unitsofmeasure.org",
                        "code": "mL",
                    }
                }
            ],
        }
    ]
    assert drug["dosage"] == [{"text": "some drug"}]


def test_what_is_done_or_examined_is_a_service() -> None:
    """Its items stand in the description."""
    look, pouch = (_definitions()[name] for name in ("look", "pouch"))
    assert (look["kind"], look["code"]) == ("ServiceRequest", {"text": "Look"})
    assert look["description"].startswith("Weight, FVC; sitting. ")
    assert (pouch["name"], pouch["title"]) == ("NCT00000001_pouch", "Pouch (NCT00000001)")
    assert pouch["description"] == "The reading of the schedule has been reviewed by a clinician."
