"""Tests of what the registry says and R4 has no element for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alsfhir.fhir.canonical import Names
from alsfhir.fhir.registry_items import registry_items, study_extensions
from trial_samples import bare_trial, trial

NAMES = Names()


def _named(extensions: list[Any], name: str) -> list[dict[str, Any]]:
    url = NAMES.extension(name)
    return [
        {part["url"]: next(v for k, v in part.items() if k != "url") for part in extension["extension"]}
        for extension in extensions
        if extension and extension["url"] == url and "extension" in extension
    ]


def test_a_trial_of_which_nothing_is_known_has_only_its_source() -> None:
    """What is not known is not there, not empty."""
    assert [extension for extension in study_extensions(bare_trial(), NAMES) if extension] == [
        {"url": NAMES.extension("source"), "valueCode": "mapping"}
    ]


def test_none_of_several_equal_items_is_lost() -> None:
    """Two funder types are two extensions."""
    items = registry_items(NAMES, [("funder-type", "Industry"), ("funder-type", None), ("funder-type", "Other")])
    assert [item["text"] for item in _named(items, "registry-item")] == ["Industry", "Other"]


def test_zero_participants_and_no_healthy_volunteers_are_said() -> None:
    """Zero is a number, no is an answer, and what is not stated is neither."""
    said = replace(trial(), enrollment=0, minimum_age=0, healthy_volunteers=True)
    items = {item["name"]: item["text"] for item in _named(study_extensions(said, NAMES), "registry-item")}
    assert (items["enrollment"], items["minimum-age"], items["healthy-volunteers"]) == ("0", "0 years", "yes")


def test_ages_have_their_unit_and_counts_their_name() -> None:
    """A number alone would not say of what."""
    said = replace(trial(), minimum_age=1, maximum_age=70, patient_groups="2 patient groups", site_count=0)
    items = {item["name"]: item["text"] for item in _named(study_extensions(said, NAMES), "registry-item")}
    assert (items["minimum-age"], items["maximum-age"]) == ("1 year", "70 years")
    assert (items["patient-groups"], items["site-count"]) == ("2 patient groups", "0")


def test_the_registrys_own_word_stands_with_its_date() -> None:
    """The status code alone would hide that a study is of unknown status."""
    assert _named(study_extensions(trial(), NAMES), "registry-status") == [
        {"status": "Recruiting", "as-of": "2026-06-27"}
    ]


def test_every_party_stands_with_its_role() -> None:
    """Organizations refer to their resource, persons are contact details."""
    parties = _named(study_extensions(trial(), NAMES), "associated-party")
    assert [party["role"] for party in parties] == [
        "lead-sponsor",
        "collaborator",
        "PRINCIPAL_INVESTIGATOR",
        "STUDY_CHAIR",
    ]
    assert parties[0]["classifier"] == "Industry"
    assert parties[0]["party"]["display"] == "Sponsor Institute"
    assert parties[2]["contact"]["name"] == "A. Leader"
