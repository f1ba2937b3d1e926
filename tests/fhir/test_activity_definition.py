"""Tests of what a schedule orders."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.criteria.schedule import ReadSchedule, Schedule
from alsfhir.fhir.activity_definition import activity_definitions
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.check import checked
from alsfhir.fhir.versions import FhirVersion
from schedule_samples import SCHEDULE
from trial_samples import bare_criteria, criteria

NAMES = Names("http://base.test/fhir")


def _definitions(schedule: Schedule = SCHEDULE, version: FhirVersion = FhirVersion.R4) -> dict[str, dict[str, Any]]:
    read = replace(criteria(), scheduled=ReadSchedule(schedule, from_document=True))
    built = activity_definitions(read, replace(NAMES, version=version))
    return {one["url"].rpartition("/NCT00000001-")[2]: one for one in built}


def test_without_a_schedule_nothing_is_ordered() -> None:
    """Neither where none is known, nor where its text has changed."""
    for scheduled in (ReadSchedule(), ReadSchedule(warning="changed")):
        assert activity_definitions(replace(criteria(), scheduled=scheduled), NAMES) == ()


def test_without_a_statement_nothing_is_ordered() -> None:
    """Nobody has passed one, and so the plan offers nothing."""
    assert activity_definitions(replace(bare_criteria(), scheduled=criteria().scheduled), NAMES) == ()


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
    """Whoever applies the plan orders nothing by it; each is valid."""
    found = _definitions(version=version)
    assert set(found) == {"look", "pouch", "cells", "drug"}
    for one in found.values():
        assert checked(one, version) is one
        assert one["intent"] == "proposal"


def test_each_says_its_source_who_stands_for_it_and_what_is_assumed() -> None:
    """A dose is met apart from its plan: what was guessed of it stands beside it, for programs and for people."""
    extension = "http://base.test/fhir/StructureDefinition"
    for one in _definitions().values():
        source, reading, *assumptions = one["extension"]
        assert source == {"url": f"{extension}/source", "valueCode": "document"}
        assert (reading["url"], reading["extension"][0]) == (
            f"{extension}/reading",
            {"url": "status", "valueCode": "reviewed"},
        )
        assert assumptions == [{"url": f"{extension}/assumption", "valueString": SCHEDULE.assumptions[0]}]
        assert f"<td>Assumed</td><td>{SCHEDULE.assumptions[0]}</td>" in one["text"]["div"]


def test_no_two_of_one_url_and_version_differ() -> None:
    """Another source, date, condition, schedule or FHIR version is another version; the same build is the same."""
    read = criteria()
    other = msgspec.structs.replace
    builds = [
        read,
        replace(read, scheduled=ReadSchedule(SCHEDULE, from_document=not read.scheduled.from_document)),
        replace(read, recruitment=replace(read.recruitment, as_of="2025-01-01")),
        replace(read, condition=None),
        replace(read, scheduled=replace(read.scheduled, schedule=other(SCHEDULE, assumptions=()))),
        replace(read, scheduled=replace(read.scheduled, schedule=other(SCHEDULE, on="2026-02-01"))),
    ]
    made = [activity_definitions(each, NAMES)[2] for each in builds]
    made.append(activity_definitions(read, replace(NAMES, version=FhirVersion.R5))[2])
    assert len({one["url"] for one in made}) == 1
    assert len({one["version"] for one in made}) == len(made)
    assert activity_definitions(criteria(), NAMES) == activity_definitions(read, NAMES)


def test_a_number_that_the_page_has_lost_is_given_with_its_doubt() -> None:
    """Where the page has no superscript, the dose in words says what it has beside what is taken to be meant."""
    built = activity_definitions(read_criteria(mapped_trial("NCT06765564")), NAMES)
    (cells,) = (one for one in built if one["url"].endswith("-cells"))
    for said in (cells["description"], cells["dosage"][0]["text"]):
        assert "5\u00d7107" in said
        assert "5 \u00d7 10⁷ cells" in said


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
