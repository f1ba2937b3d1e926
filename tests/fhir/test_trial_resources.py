"""Tests of everything that is published for a trial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.errors import ResourceError
from alsfhir.fhir import trial_resources as module
from alsfhir.fhir.canonical import Names, Resource, entry_url
from alsfhir.fhir.trial_resources import conformance_resources, trial_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.trial.document import read_trial
from alsfhir.trial.merge import merged
from alsfhir.trial.model import Organization, Trial
from golden import assert_golden
from registry_pages import with_section
from schedule_samples import SCHEDULE
from trial_samples import bare_criteria, bare_trial, criteria, hostile_criteria, hostile_trial, trial

EXAMPLE = Path(__file__).parents[2] / "examples" / "trials" / "NCT99000001.txt"
ACTIVITY = "ActivityDefinition"
ENCODER = msgspec.json.Encoder(decimal_format="number")

SAMPLES = [
    pytest.param(bare_trial(), bare_criteria(), id="bare"),
    pytest.param(hostile_trial(), hostile_criteria(), id="hostile"),
    pytest.param(trial(), criteria(), id="full"),
]


def _members(named: str, element: Any) -> Iterator[str]:
    """The texts of all members of that name, at any depth."""
    if isinstance(element, dict):
        yield from (value for name, value in element.items() if name == named and isinstance(value, str))
        for value in element.values():
            yield from _members(named, value)
    elif isinstance(element, list):
        for member in element:
            yield from _members(named, member)


def _empty(element: Any) -> Iterator[Any]:
    if isinstance(element, dict | list):
        for member in element.values() if isinstance(element, dict) else element:
            yield from _empty(member)
        if not element:
            yield element
    elif element in (None, "") or (isinstance(element, str) and element != element.strip()):
        yield element


def _without_cql(resource: Resource) -> Resource:
    """The resource without what the tests of the CQL look at; a Library's version is a hash of it."""
    shown = [{**content, "data": "…"} for content in resource.get("content", [])]
    return {**resource, "content": shown} if shown else resource


def test_what_is_not_valid_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of ours stops the publication, and names the place."""

    def broken(*_: object) -> Resource:
        return {"resourceType": "Group", "identifier": [Names().identifier("Group", "x")], "type": "person"}

    monkeypatch.setattr(module, "group", broken)
    with pytest.raises(ResourceError, match="Group"):
        trial_resources(trial(), criteria(), Names())


@pytest.mark.parametrize(("of", "read"), SAMPLES)
def test_nothing_refers_to_what_comes_later_or_not_at_all(of: Trial, read: Criteria) -> None:
    """All but the study's own protocol can be written in this order, one by one."""
    known: set[str] = set()
    for resource in trial_resources(of, read, Names()):
        assert set(_members("reference", resource)) <= known
        known.add(entry_url(resource))


@pytest.mark.parametrize(("of", "read"), SAMPLES)
def test_no_element_is_empty_and_no_resource_has_an_id(of: Trial, read: Criteria) -> None:
    """FHIR has no empty elements; ids are the server's; every resource can be read by a person."""
    for resource in trial_resources(of, read, Names()):
        assert list(_empty(resource)) == []
        assert "id" not in resource
        assert "meta" not in resource
        assert resource["text"]["div"]


@pytest.mark.parametrize(("of", "read"), SAMPLES)
def test_the_same_input_gives_the_same_bytes(of: Trial, read: Criteria) -> None:
    """A second publication changes nothing."""
    first, second = (ENCODER.encode(trial_resources(of, read, Names())) for _ in range(2))
    assert first == second


def test_the_same_files_from_another_folder_give_the_same_bytes() -> None:
    """Where somebody keeps the documents is in no resource: not in notes, nor where statements stand."""
    page = with_section("Enrollment", "Something nobody reads").encode()
    news = (
        b"Other\n\nNCT ID NCT99000009\n\nLast updated Jul 3, 2026\n\nSummary\n\nText.\n\nActive substance\n\nCells\n\n"
        b"Conditions\n\nFatigue\n\nLocations\n\n  * A\n\n    Ulm, Germany\n"
    )

    def published(folder: str) -> bytes:
        (read,) = merged([read_trial(f"{folder}page.txt", page), read_trial(f"{folder}news.txt", news)])
        assert read.conflicts
        assert any("not recognised" in warning for warning in read.warnings)
        return ENCODER.encode(trial_resources(read, read_criteria(read), Names()))

    plain = published("")
    assert published("/home/somebody/") == published("C:\\somebody\\") == plain
    assert b"(page.txt) is used" in plain


@pytest.mark.parametrize("version", FhirVersion)
@pytest.mark.parametrize(("of", "read"), SAMPLES)
def test_every_version_is_valid_for_whatever_a_document_says(of: Trial, read: Criteria, version: FhirVersion) -> None:
    """Each resource passes its version's models, has no empty element, and the same identity in all versions."""
    resources = trial_resources(of, read, Names(version=version))
    assert list(_empty(list(resources))) == []
    in_r4 = {entry_url(resource) for resource in trial_resources(of, read, Names())}
    ours = {entry_url(resource) for resource in resources if resource["resourceType"] != "StructureDefinition"}
    assert ours <= in_r4


@pytest.mark.parametrize("version", FhirVersion)
def test_the_libraries_come_before_what_needs_them(version: FhirVersion) -> None:
    """Each needs only what stands before it in the very version; the plan needs the trial's own."""
    known: set[str] = set()
    for resource in trial_resources(trial(), criteria(), Names(version=version)):
        needed = {one["resource"] for one in resource.get("relatedArtifact", []) if one["type"] == "depends-on"}
        assert needed | set(resource.get("library", [])) <= known
        known |= {f"{resource['url']}|{resource['version']}"} if resource["resourceType"] == "Library" else set()
    assert len(known) == 3


@pytest.mark.parametrize("version", FhirVersion)
def test_what_is_ordered_comes_before_the_plan_that_names_it(version: FhirVersion) -> None:
    """Each action names an ActivityDefinition that stands before the plan, in the very version."""
    resources = trial_resources(trial(), criteria(), Names(version=version))
    place = next(at for at, one in enumerate(resources) if one["resourceType"] == "PlanDefinition")
    ordered = {f"{one['url']}|{one['version']}" for one in resources[:place] if one["resourceType"] == ACTIVITY}
    assert ordered == set(_members("definitionCanonical", resources[place]))


@pytest.mark.parametrize("version", [FhirVersion.R4, FhirVersion.R5])
def test_the_schedule_of_a_known_trial_is_what_was_reviewed(version: FhirVersion) -> None:
    """The actions of its plan, and what they order, for the eye."""
    known = mapped_trial("NCT06765564")
    resources = trial_resources(known, read_criteria(known), Names(version=version))
    (plan,) = (one for one in resources if one["resourceType"] == "PlanDefinition")
    shown = [one for one in resources if one["resourceType"] == ACTIVITY] + plan["action"][0]["action"]
    text = msgspec.json.format(ENCODER.encode(shown), indent=2).decode() + "\n"
    assert_golden(f"fhir/NCT06765564.schedule.{version}.json", text)


def test_no_resource_stands_twice() -> None:
    """An organization with two roles, or two sites at one place, is one resource."""
    twice = replace(
        trial(), organizations=(Organization("X", "lead-sponsor"), Organization("X", "funder")), sites=trial().sites * 2
    )
    urls = [entry_url(resource) for resource in trial_resources(twice, criteria(), Names())]
    assert len(urls) == len(set(urls))


def test_shared_resources_come_first_and_the_study_last() -> None:
    """Another trial's publication finds the shared ones there already."""
    types = [resource["resourceType"] for resource in trial_resources(trial(), criteria(), Names())]
    assert types[0] == "CodeSystem"
    ordered = ["ActivityDefinition"] * len(SCHEDULE.order)
    assert types[-9:] == ["Group", "EvidenceVariable", "Library", *ordered, "PlanDefinition", "ResearchStudy"]
    assert set(types[1:-9]) == {"StructureDefinition", "ValueSet", "Library", "Organization", "Location"}


def test_everything_but_the_local_codes_hangs_on_the_base() -> None:
    """A site may publish under its own name; the codes in records stay the same."""
    code_system, *definitions = conformance_resources(Names("http://site.test/fhir"))
    assert code_system["url"] == "http://alsfhir.org/fhir/CodeSystem/als"
    assert all(one["url"].startswith("http://site.test/fhir/StructureDefinition/") for one in definitions)


@pytest.mark.parametrize(("of", "read"), SAMPLES)
def test_a_build_says_whether_it_is_from_a_document(of: Trial, read: Criteria) -> None:
    """Each of a trial's own resources does: one from the mapping never overwrites one from a document."""
    said = {
        resource["resourceType"]: extension["valueCode"]
        for resource in trial_resources(of, read, Names())
        for extension in resource.get("extension", [])
        if extension["url"] == Names().extension("source")
    }
    expected = "document" if of.documents else "mapping"
    ordered = ("ActivityDefinition",) if read.scheduled.schedule else ()
    own = ("Group", "EvidenceVariable", "Library", *ordered, "PlanDefinition", "ResearchStudy")
    assert said == dict.fromkeys(own, expected)


@pytest.mark.parametrize("version", [FhirVersion.R4, FhirVersion.R5])
def test_an_example_document_becomes_what_was_reviewed(version: FhirVersion) -> None:
    """The whole way from a page to FHIR, for the eye."""
    read, names = read_trial(EXAMPLE.name, EXAMPLE.read_bytes()), Names(version=version)
    resources = trial_resources(read, read_criteria(read), names)[len(conformance_resources(names)) :]
    shown = [_without_cql(resource) for resource in resources]
    text = msgspec.json.format(ENCODER.encode(shown), indent=2).decode() + "\n"
    for library in resources:
        if library["resourceType"] == "Library":
            text = text.replace(library["version"], "…")
    assert_golden(f"fhir/NCT99000001.{version}.json", text)


@pytest.mark.parametrize("version", [FhirVersion.R4, FhirVersion.R5])
def test_our_definitions_are_what_was_reviewed(version: FhirVersion) -> None:
    """Others rely on them: a change is a change of contract."""
    resources = conformance_resources(Names(version=version))
    assert_golden(
        f"fhir/conformance.{version}.json", msgspec.json.format(ENCODER.encode(resources), indent=2).decode() + "\n"
    )
