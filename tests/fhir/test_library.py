"""Tests of the CQL of a trial as Library."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from alsfhir.cql.library import trial_library
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Age, Recorded
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.errors import MappingError
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.check import checked
from alsfhir.fhir.library import is_of_all_trials, library, shared_library_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.terminology import terminology
from cql_engine import Engine
from trial_samples import bare_criteria, bare_trial, criteria, criterion, hostile_criteria, hostile_trial, trial

BASE = "http://base.test/fhir"
SAMPLES = {
    "full": (trial(), criteria()),
    "hostile": (hostile_trial(), hostile_criteria()),
    "bare": (bare_trial(), bare_criteria()),
}
CQL = trial_library(criteria(), terminology())


def _made(version: FhirVersion = FhirVersion.R4) -> tuple[Resource, ...]:
    names = Names(BASE, version)
    return (*shared_library_resources(terminology(), names), library(trial(), criteria(), terminology(), names))


def test_a_concept_that_there_is_not_is_refused() -> None:
    """A Library whose CQL nobody can run is not made."""
    with pytest.raises(MappingError, match="nonesuch"):
        library(trial(), criteria(criterion(1, Recorded(concept="nonesuch"))), terminology(), Names())


def test_what_was_never_translated_has_no_elm_and_says_so() -> None:
    """An engine takes ELM without a look at the CQL beside it: that of another reading would decide otherwise."""
    own = library(trial(), criteria(), terminology(), Names())
    assert [one["contentType"] for one in own["content"]] == ["text/cql"]
    assert "It has no ELM" in own["description"]


@pytest.mark.parametrize("version", FhirVersion)
def test_the_text_comes_back_as_it_was(version: FhirVersion) -> None:
    """The first content is the CQL, character by character, in each version the same."""
    for resource, cql in zip(_made(version), (*CQL.includes, CQL), strict=True):
        content = resource["content"][0]
        assert content["contentType"] == "text/cql"
        assert b64decode(content["data"]).decode() == cql.text
        assert checked(resource, version) == resource


@pytest.mark.parametrize("version", FhirVersion)
@pytest.mark.parametrize("nct_id", known_trials())
def test_known_criteria_are_there_as_elm_too(nct_id: str, version: FhirVersion) -> None:
    """After the CQL comes what a translator made of it, of the trial and of all that it stands on."""
    of, names = mapped_trial(nct_id), Names(BASE, version)
    own = library(of, read_criteria(of), terminology(), names)
    for resource in (*shared_library_resources(terminology(), names), own):
        _, translated = resource["content"]
        assert translated["contentType"] == "application/elm+json"
        made_of = json.loads(b64decode(translated["data"]))["library"]["identifier"]
        assert made_of == {"id": resource["name"], "version": resource["version"]}
        assert "no ELM" not in resource["description"]
        assert checked(resource, version) == resource


@pytest.mark.parametrize("version", FhirVersion)
def test_engines_find_it_by_each_of_its_names(version: FhirVersion) -> None:
    """Name, version and the end of the url are those that the CQL gives itself."""
    for resource in _made(version):
        cql = b64decode(resource["content"][0]["data"]).decode()
        assert cql.startswith(f"library {resource['name']} version '{resource['version']}'\n")
        assert resource["url"] == f"{BASE}/Library/{resource['name']}"


def test_what_the_cql_includes_is_what_it_depends_on() -> None:
    """An engine that follows the canonicals gets the very texts; FHIRHelpers, which it has, is only told of."""
    concepts, facts, own = _made()
    needed = [[one["resource"] for one in each.get("relatedArtifact", [])] for each in (concepts, facts, own)]
    named = [f"{each['url']}|{each['version']}" for each in (concepts, facts)]
    assert needed == [[], named[:1], named]
    assert all("FHIRHelpers 4.0.1" in each["description"] for each in (concepts, facts, own))


@pytest.mark.parametrize("version", FhirVersion)
def test_the_parameters_are_those_of_the_cql(version: FhirVersion) -> None:
    """Both can be left out, and have the types that the CQL says."""
    *_, own = _made(version)
    assert [(one["name"], one["type"], one["min"]) for one in own["parameter"]] == [
        ("AsOf", "date", 0),
        ("ClosedWorld", "boolean", 0),
    ]
    assert "\nparameter AsOf Date default" in CQL.text
    assert "\nparameter ClosedWorld Boolean default" in CQL.text


def test_it_says_what_it_reads() -> None:
    """The types of resources that a caller must have at hand; R5 has not all of them, so it says none."""
    _, facts, _ = _made()
    read = [one["type"] for one in facts["dataRequirement"]]
    assert read[0] == "Patient"
    assert {"Observation", "Condition", "DeviceUseStatement", "ResearchSubject"} <= set(read)
    assert "dataRequirement" not in _made(FhirVersion.R5)[1]


def test_it_is_experimental_until_every_reading_is_reviewed() -> None:
    """A clinician's signature is what makes it fit for use; what all trials stand on has no reading."""
    assert [each["experimental"] for each in _made()] == [False, False, False]
    draft = criteria(criterion(1, Age(at_least=18), bare=True))
    assert library(trial(), draft, terminology(), Names())["experimental"] is True


def test_only_two_are_of_all_trials() -> None:
    """The trial's own is not, nor is any other resource of the same name."""
    assert [is_of_all_trials(each) for each in _made()] == [True, True, False]
    assert not is_of_all_trials({"resourceType": "ValueSet", "name": "AlsfhirFacts"})


def test_a_person_can_read_which_definition_is_which_statement() -> None:
    """The narrative has a row for each."""
    *_, own = _made()
    assert "<td>E02</td><td>exclusion</td><td>What the statement says</td>" in own["text"]["div"]


@pytest.mark.parametrize("name", SAMPLES)
def test_an_engine_reads_what_is_published(cql_engine: Engine, name: str) -> None:
    """Whatever a document says, what is in the Library can be translated, to a library of that name and version."""
    of, read = SAMPLES[name]
    resource = library(of, read, terminology(), Names(BASE))
    elm = cql_engine.elm(trial_library(read, terminology()))
    made = {"id": resource["name"], "version": resource["version"]}
    assert elm[resource["name"]]["library"]["identifier"] == made
    checked(resource, FhirVersion.R4)
