from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.errors import OtherFhirVersion, ServerRefused
from alsfhir.fhir.canonical import NCT_SYSTEM, Names
from alsfhir.patient.model import Issue
from alsfhir.publish.report import Change
from alsfhir.publish.trials import NCT_SYSTEMS, local_studies, publish_trial, study_for_subjects
from alsfhir.server.client import FhirServer
from alsfhir.trial.model import Trial
from memory_server import MemoryServer
from publishing import known_trial, without_pouch
from screenings import TRIAL

NAMES = Names("http://example.org/fhir")


def _study(system: str = NCT_SYSTEM, **more: Any) -> dict[str, Any]:
    return {"resourceType": "ResearchStudy", "identifier": [{"system": system, "value": TRIAL}], **more}


def _ours(memory: MemoryServer, names: Names = NAMES) -> dict[str, Any]:
    own = names.identifier("ResearchStudy", TRIAL)
    return next(study for study in memory.of_type("ResearchStudy") if own in study["identifier"])


def test_nothing_is_written_to_a_server_of_another_version(server: FhirServer, memory: MemoryServer) -> None:
    """What is built is R4: any other server is refused before anything is sent."""
    server.__dict__["fhir_version"] = "5.0.0"
    with pytest.raises(OtherFhirVersion, match=r"speaks FHIR 5\.0\.0, not 4\.0"):
        publish_trial(server, *known_trial(), NAMES)
    assert memory.resources == {}


def test_a_refused_transaction_is_raised(memory: MemoryServer, server: FhirServer) -> None:
    """A trial of which a part was refused is not reported as published."""

    def taken() -> None:
        memory.refuses = {"": 412}

    memory.before_writing["StructureDefinition"] = taken
    with pytest.raises(ServerRefused, match="HTTP 412"):
        publish_trial(server, *known_trial(), NAMES)


def test_a_build_from_the_mapping_never_overwrites_one_from_a_document(
    memory: MemoryServer, server: FhirServer
) -> None:
    """All resources of the trial are left alone, each is named, and it is said why."""
    publish_trial(server, *known_trial(), NAMES)
    before = memory.versions()
    trial, criteria = known_trial(from_document=False, version="0" * 64)
    report = publish_trial(server, replace(trial, title="From the mapping"), criteria, NAMES)
    assert memory.versions() == before
    assert {written.change for written in report.resources} == {Change.LEFT_ALONE}
    assert {written.reference.partition("/")[0] for written in report.resources} == {
        "ResearchStudy",
        "ActivityDefinition",
        "PlanDefinition",
        "EvidenceVariable",
        "Group",
        "Library",
    }
    assert all(written.why for written in report.resources)
    assert [(issue.severity, issue.location) for issue in report.issues] == [("information", TRIAL)]


def test_a_news_page_never_overwrites_criteria_from_a_document(memory: MemoryServer, server: FhirServer) -> None:
    """Where only the study is from a document and the criteria are from the mapping, the whole trial is left alone."""
    publish_trial(server, *known_trial(), NAMES)
    before = memory.versions()
    trial, _ = known_trial()
    _, criteria = known_trial(from_document=False, version="0" * 64)
    report = publish_trial(server, replace(trial, title="From a news page"), criteria, NAMES)
    assert memory.versions() == before
    assert {written.change for written in report.resources} == {Change.LEFT_ALONE}
    (issue,) = report.issues
    assert "from a document (ActivityDefinition, EvidenceVariable, Group, Library, PlanDefinition)" in issue.text


def test_a_mapping_never_overwrites_a_study_whose_criteria_are_from_the_mapping(
    memory: MemoryServer, server: FhirServer
) -> None:
    """One part from a document is enough for the trial to be left alone, also the parts that are of equal source."""
    document, _ = known_trial()
    mapped, criteria = known_trial(from_document=False)
    publish_trial(server, document, criteria, NAMES)
    before = memory.versions()
    report = publish_trial(server, mapped, replace(criteria, version="0" * 64), NAMES)
    assert memory.versions() == before
    (issue,) = report.issues
    assert "from a document (ResearchStudy)" in issue.text


def test_a_news_page_replaces_what_is_from_the_mapping(server: FhirServer) -> None:
    """A study from a document takes the place of one from the mapping; the criteria are of equal source."""
    mapped, criteria = known_trial(from_document=False)
    publish_trial(server, mapped, criteria, NAMES)
    document, _ = known_trial()
    report = publish_trial(server, document, criteria, NAMES)
    changed = {written.reference.partition("/")[0]: written.change for written in report.resources}
    assert changed["ResearchStudy"] == Change.UPDATED
    assert Change.LEFT_ALONE not in changed.values()
    assert report.issues == ()


def test_a_build_from_a_document_replaces_one_from_the_mapping(memory: MemoryServer, server: FhirServer) -> None:
    """The better source takes the place of the poorer one, under the same ids."""
    publish_trial(server, *known_trial(from_document=False), NAMES)
    ids = set(memory.resources)
    report = publish_trial(server, *known_trial(), NAMES)
    assert report.count(Change.UPDATED) >= 1
    assert ids <= set(memory.resources)
    assert len(memory.of_type("ResearchStudy")) == 1
    assert report.issues == ()


@pytest.mark.parametrize("from_document", [True, False])
def test_a_second_run_changes_no_version(memory: MemoryServer, server: FhirServer, from_document: bool) -> None:
    """Everything is found again under its identity and is the same."""
    first = publish_trial(server, *known_trial(from_document=from_document), NAMES)
    before = memory.versions()
    second = publish_trial(server, *known_trial(from_document=from_document), NAMES)
    assert memory.versions() == before
    assert {written.change for written in first.resources} == {Change.CREATED}
    assert {written.change for written in second.resources} == {Change.UNCHANGED}
    assert [each.reference for each in first.resources] == [each.reference for each in second.resources]
    assert {each.reference for each in first.resources} == set(memory.resources)


def test_shared_resources_are_written_first_and_referred_to_by_id(memory: MemoryServer, server: FhirServer) -> None:
    """The study refers to its sponsor and sites as the server named them; no placeholder is left."""
    report = publish_trial(server, *known_trial(), NAMES)
    kinds = [written.reference.partition("/")[0] for written in report.resources]
    assert kinds.index("ResearchStudy") > max(kinds.index("Organization"), kinds.index("Location"))
    assert memory.requests.count("POST ") == 2
    assert _ours(memory)["sponsor"]["reference"] in memory.resources
    assert all(site["reference"] in memory.resources for site in _ours(memory)["site"])


def test_two_libraries_are_shared_and_each_trial_has_its_own(memory: MemoryServer, server: FhirServer) -> None:
    """The shared ones are there before any trial's, once, and another trial leaves them as they are."""
    publish_trial(server, *known_trial(), NAMES)
    first = [library["name"] for library in memory.of_type("Library")]
    assert first == ["AlsfhirConcepts", "AlsfhirFacts", f"Eligibility{TRIAL}"]
    report = publish_trial(server, *known_trial("NCT07654321"), NAMES)
    changes = [written.change for written in report.resources if written.reference.startswith("Library/")]
    assert changes == [Change.UNCHANGED, Change.UNCHANGED, Change.CREATED]
    assert [library["name"] for library in memory.of_type("Library")] == [*first, "EligibilityNCT07654321"]


@pytest.mark.parametrize("system", NCT_SYSTEMS)
def test_the_sites_own_study_is_untouched_and_referred_to(
    memory: MemoryServer, server: FhirServer, system: str
) -> None:
    """A study of the same NCT id that is not ours is never written; ours names it, and subjects are of it."""
    theirs = memory.put(_study(system, status="active", title="Ours since 2025"))
    before = memory.resources[theirs]
    report = publish_trial(server, *known_trial(), NAMES)
    assert memory.resources[theirs] is before
    assert study_for_subjects(_ours(memory), NAMES) == theirs
    assert [(w.reference, w.change) for w in report.resources if w.change is Change.LEFT_ALONE] == [
        (theirs, Change.LEFT_ALONE)
    ]
    assert publish_trial(server, *known_trial(), NAMES).count(Change.UPDATED) == 0


def test_of_several_studies_of_the_site_none_is_referred_to(memory: MemoryServer, server: FhirServer) -> None:
    """Which one is meant a person has to say: a warning names them, and subjects are of ours."""
    theirs = [memory.put(_study(), name) for name in ("a", "b")]
    report = publish_trial(server, *known_trial(), NAMES)
    ours = _ours(memory)
    assert study_for_subjects(ours, NAMES) == f"ResearchStudy/{ours['id']}"
    assert [(issue.severity, issue.location) for issue in report.issues] == [("warning", TRIAL)]
    assert "ResearchStudy/a, ResearchStudy/b" in report.issues[0].text
    assert [written.reference for written in report.resources if written.change is Change.LEFT_ALONE] == theirs


def test_a_reference_to_no_study_is_none(memory: MemoryServer, server: FhirServer) -> None:
    """Somebody has emptied the extension by which ours refers to the site's own: subjects are of ours."""
    publish_trial(server, *known_trial(), NAMES)
    emptied = {**_ours(memory), "extension": [{"url": NAMES.extension("local-study"), "valueReference": {}}]}
    assert study_for_subjects(emptied, NAMES) == f"ResearchStudy/{emptied['id']}"


def test_what_we_published_under_another_base_is_not_the_sites(server: FhirServer) -> None:
    """A publisher who changes the canonical base does not meet the old study as somebody else's."""
    publish_trial(server, *known_trial(), Names("http://former.example.org/fhir"))
    assert local_studies(server, TRIAL) == ()


def _changed(scheduled: ReadSchedule, *, from_document: bool = True) -> tuple[Trial, Criteria]:
    """The trial with another schedule, and so with another version."""
    of, read = known_trial(from_document=from_document, version="1" * 64)
    return of, replace(read, scheduled=scheduled)


def _standing(memory: MemoryServer) -> dict[str, str]:
    """The status of each thing that is ordered, by the last part of its url."""
    return {one["url"].rpartition("-")[2]: one["status"] for one in memory.of_type("ActivityDefinition")}


ACTIVE = dict.fromkeys(("look", "pouch", "cells", "drug"), "active")


@pytest.mark.parametrize(
    ("scheduled", "retired"),
    [
        (ReadSchedule(), set(ACTIVE)),
        (ReadSchedule(warning="another text"), set(ACTIVE)),
        (ReadSchedule(without_pouch(), from_document=True), {"pouch"}),
    ],
)
def test_what_is_ordered_no_more_is_retired(
    memory: MemoryServer, server: FhirServer, scheduled: ReadSchedule, retired: set[str]
) -> None:
    """A dose of a schedule that holds no more must not stand there as active; the second run changes nothing."""
    publish_trial(server, *known_trial(), NAMES)
    stood = {one["url"]: one for one in memory.of_type("ActivityDefinition")}
    report = publish_trial(server, *_changed(scheduled), NAMES)
    assert _standing(memory) == ACTIVE | dict.fromkeys(retired, "retired")
    (issue,) = report.issues
    assert (issue.severity, issue.location) == ("information", TRIAL)
    gone = [one for one in memory.of_type("ActivityDefinition") if one["status"] == "retired"]
    assert all(f"ActivityDefinition/{one['id']}" in issue.text for one in gone)
    for one in gone:
        assert "Retired: " in one["text"]["div"]
        changed = {"meta", "status", "text"}
        assert {name for name in one if one[name] != stood[one["url"]].get(name)} == changed
    before = memory.versions()
    again = publish_trial(server, *_changed(scheduled), NAMES)
    assert (memory.versions(), again.issues) == (before, ())
    assert {each.change for each in again.resources} == {Change.UNCHANGED}


def test_what_was_ordered_already_is_not_asked_for(memory: MemoryServer, server: FhirServer) -> None:
    """Nothing is searched for that the build has, or that is another's."""
    publish_trial(server, *known_trial(), NAMES)
    (plan,) = memory.of_type("PlanDefinition")
    theirs = f"{NAMES.base}/ActivityDefinition/NCT99999999-cells|1"
    memory.put({**plan, "action": [*plan["action"], {"definitionCanonical": theirs}]}, plan["id"])
    memory.put({"resourceType": "ActivityDefinition", "url": theirs.partition("|")[0], "status": "active"})
    memory.requests.clear()
    publish_trial(server, *known_trial(), NAMES)
    assert memory.requests.count("GET ActivityDefinition") == 1
    assert set(_standing(memory).values()) == {"active"}


def test_what_is_ordered_again_is_active_again(memory: MemoryServer, server: FhirServer) -> None:
    """The document is found to have the text after all."""
    publish_trial(server, *known_trial(), NAMES)
    publish_trial(server, *_changed(ReadSchedule()), NAMES)
    publish_trial(server, *known_trial(), NAMES)
    assert _standing(memory) == ACTIVE


@pytest.mark.parametrize("of_the_text", [True, False])
def test_a_build_from_the_mapping_retires_nothing_that_is_from_a_document(
    memory: MemoryServer, server: FhirServer, of_the_text: bool
) -> None:
    """What a document has ordered only a document takes back: by its statements, or by the text of the schedule."""
    of, read = known_trial(from_document=False)
    publish_trial(server, of, replace(read, scheduled=known_trial()[1].scheduled), NAMES)
    before = memory.versions()
    scheduled = ReadSchedule(from_document=of_the_text, warning="another text" if of_the_text else None)
    report = publish_trial(server, *_changed(scheduled, from_document=False), NAMES)
    assert (memory.versions() == before) is not of_the_text
    assert set(_standing(memory).values()) == ({"retired"} if of_the_text else {"active"})
    assert ("from a document (ActivityDefinition)" in report.issues[0].text) is not of_the_text


def test_the_report_says_that_a_trial_was_not_published(server: FhirServer) -> None:
    """The sentence says what the server has and why it stays."""
    publish_trial(server, *known_trial(), NAMES)
    (issue,) = publish_trial(server, *known_trial(from_document=False), NAMES).issues
    assert isinstance(issue, Issue)
    assert issue.text.startswith("not published: the server has it from a document")
