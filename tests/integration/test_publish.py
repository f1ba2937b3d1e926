"""Publishing to a real HAPI server. Each test has a canonical base, an NCT id and patients of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from alsfhir.criteria.reader import criteria
from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.eligibility.record import ScreeningRecord
from alsfhir.errors import AmbiguousIdentity, ServerRefused
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.pipeline import known
from alsfhir.publish.held import held, write
from alsfhir.publish.identity import identity
from alsfhir.publish.report import Change, Published
from alsfhir.publish.screenings import publish_screenings
from alsfhir.publish.transaction import change, resolved
from alsfhir.publish.trials import publish_trial
from alsfhir.server.answer import FHIR_JSON, encoded
from alsfhir.server.client import FhirServer
from publishing import SYSTEM, about, known_trial, patient, without_pouch
from screenings import candidate, deceased, ineligible, potential


@dataclass
class Interference(httpx.BaseTransport):
    """The network, on which somebody else writes just before a transaction that has a resource of a type."""

    before_writing: dict[str, Callable[[], object]] = field(default_factory=dict)
    network: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            entries = msgspec.json.decode(request.read())["entry"]
            for kind in {entry["resource"]["resourceType"] for entry in entries} & set(self.before_writing):
                self.before_writing.pop(kind)()
        return self.network.handle_request(request)

    def close(self) -> None:
        self.network.close()


@dataclass
class Site:
    """A hospital with its FHIR server, its own trial and its patients."""

    server: FhirServer
    network: Interference
    names: Names
    nct_id: str
    key: str
    minutes: int = 0

    def put(self, resource: Resource) -> str:
        """Somebody at the site stores a resource, with or without an id; returns its reference."""
        named = "id" in resource
        where = f"{resource['resourceType']}/{resource['id']}" if named else resource["resourceType"]
        request = {"method": "PUT" if named else "POST", "url": where}
        entry = {"fullUrl": f"urn:uuid:{uuid4()}", "resource": resource, "request": request}
        (done,) = self.server.transaction({"resourceType": "Bundle", "type": "transaction", "entry": [entry]})
        assert done.reference is not None
        return done.reference

    def admit(self) -> str:
        """A patient comes; returns the id, which is the identifier as well."""
        name = f"p-{uuid4()}"
        self.put(patient(name, name))
        return name

    def publish_trial(self, *, from_document: bool = True) -> Published:
        return publish_trial(self.server, *known_trial(self.nct_id, from_document=from_document), self.names)

    def publish(self, *records: ScreeningRecord) -> Published:
        """Publishes screenings, a minute later each time."""
        self.minutes += 1
        now = datetime(2026, 7, 1, 12, self.minutes, tzinfo=UTC)
        return publish_screenings(self.server, records, self.names, now=now)

    def screening(self, record: ScreeningRecord, patient_id: str, as_of: str = "2026-06-30") -> ScreeningRecord:
        return about(record, self.nct_id, patient_id, patient_id, as_of=as_of)

    def ours(self, resource_type: str, value: str) -> Resource:
        """Our resource of this type and identifier value."""
        system = self.names.identifier(resource_type, value)["system"]
        (found,) = self.server.search(resource_type, identifier=f"{system}|{value}")
        return found

    def read(self, reference: str) -> Resource:
        found = self.server.read(*reference.split("/"))
        assert found is not None
        return found

    def versions(self, report: Published) -> dict[str, str]:
        """The version ids of everything in a report."""
        return {each.reference: self.read(each.reference)["meta"]["versionId"] for each in report.resources}


@pytest.fixture
def site(hapi: str) -> Iterator[Site]:
    key = uuid4()
    network = Interference()
    with FhirServer(hapi, transport=network) as server:
        names = Names(f"http://test-{key}.example.org/fhir")
        yield Site(server, network, names, f"NCT{key.int % 10**8:08}", str(key))


def _kinds(report: Published, changed: Change) -> list[str]:
    return [each.reference.partition("/")[0] for each in report.resources if each.change is changed]


def test_a_patient_who_is_not_there_or_there_twice_is_listed(site: Site) -> None:
    """Neither is published; the message has ids of the record and the server, and no identifier."""
    site.publish_trial()
    missing, double = f"m-{uuid4()}", f"d-{uuid4()}"
    both = sorted(site.put(patient(double)) for _ in range(2))
    report = site.publish(site.screening(candidate(), missing), site.screening(candidate(), double))
    assert report.resources == ()
    assert [(issue.severity, issue.location) for issue in report.issues] == [
        ("error", f"Patient/{missing}"),
        ("error", f"Patient/{double}"),
    ]
    assert report.issues[0].text.endswith("no patient on the server has the record's identifiers")
    assert report.issues[1].text.endswith(f"({both[0]}, {both[1]})")


def test_a_trial_that_is_not_there_has_to_be_published_first(site: Site) -> None:
    """A screening is of no study that nobody has published."""
    report = site.publish(site.screening(candidate(), site.admit()))
    assert report.resources == ()
    assert "publish it first (alsfhir export" in report.issues[0].text


def test_the_deceased_are_listed(site: Site) -> None:
    """A patient who has died gets no ResearchSubject."""
    site.publish_trial()
    name = site.admit()
    report = site.publish(site.screening(deceased(), name))
    assert [(issue.severity, issue.location) for issue in report.issues] == [("information", f"Patient/{name}")]
    assert site.server.search("ResearchSubject", individual=f"Patient/{name}") == []


def test_a_list_that_changes_meanwhile_is_refused_with_advice(site: Site) -> None:
    """HAPI answers a stale version in a transaction with 409; the other's change is there, ours is listed."""
    site.publish_trial()
    first, second = site.admit(), site.admit()
    site.publish(site.screening(candidate(), first))
    worklist = site.ours("List", site.nct_id)
    site.network.before_writing["List"] = lambda: site.put({**worklist, "note": [{"text": "theirs"}]})
    report = site.publish(site.screening(candidate(), second))
    assert [(issue.severity, issue.location) for issue in report.issues] == [("error", f"worklist of {site.nct_id}")]
    assert "changed by someone else meanwhile: run again" in report.issues[0].text
    after = site.ours("List", site.nct_id)
    assert (after["note"], len(after["entry"])) == ([{"text": "theirs"}], 1)
    assert site.publish(site.screening(candidate(), second)).issues == ()
    assert len(site.ours("List", site.nct_id)["entry"]) == 2


@pytest.mark.parametrize("present", [True, False])
def test_a_concurrent_change_is_refused_and_nothing_of_the_transaction_is_written(site: Site, present: bool) -> None:
    """Of what was read, or was not there, only that very state is overwritten."""
    group: dict[str, Any] = {
        "resourceType": "Group",
        "identifier": [site.names.identifier("Group", site.key)],
        "type": "person",
        "actual": False,
    }
    where = site.put(group) if present else ""
    own = identity(group, site.names)
    standing = held(site.server, [own], site.names).get(own)
    assert (standing is not None) is present
    theirs = {**group, "name": "theirs"} | ({"id": where.partition("/")[2]} if present else {})
    site.network.before_writing["Group"] = lambda: site.put(theirs)
    with pytest.raises(ServerRefused, match="changed by someone else meanwhile: run again"):
        write(site.server, [change({**group, "name": "ours"}, standing, site.names)])
    assert site.ours("Group", site.key)["name"] == "theirs"


def test_two_of_one_identity_are_an_error_that_names_both(site: Site) -> None:
    """Somebody has copied our study: which is ours a person has to say."""
    site.publish_trial()
    ours = site.ours("ResearchStudy", site.nct_id)
    copy = site.put({name: value for name, value in ours.items() if name not in ("id", "meta")})
    with pytest.raises(AmbiguousIdentity) as caught:
        site.publish_trial()
    assert {*caught.value.references} == {f"ResearchStudy/{ours['id']}", copy}


def test_all_known_trials_twice_change_no_version(site: Site) -> None:
    """The trials of the mappings are published; the second run finds all of it again and the same."""
    for trial in known():
        report = publish_trial(site.server, trial, criteria(trial), site.names)
        before = site.versions(report)
        again = publish_trial(site.server, trial, criteria(trial), site.names)
        assert {each.change for each in again.resources} == {Change.UNCHANGED}
        assert [each.reference for each in again.resources] == [each.reference for each in report.resources]
        assert site.versions(again) == before


def test_the_server_has_what_was_sent(site: Site) -> None:
    """HAPI drops what it does not know without a word: what it has is compared, element by element."""
    trial, read = known_trial(site.nct_id)
    report = publish_trial(site.server, trial, read, site.names)
    sent = {identity(each, site.names): each for each in trial_resources(trial, read, site.names)}
    stored = held(site.server, sent, site.names)
    links = {own.full_url: f"{own.resource_type}/{each['id']}" for own, each in stored.items()}
    assert len(report.resources) == len(sent)
    for own, resource in sent.items():
        kept = {name: value for name, value in stored[own].items() if name not in ("id", "meta")}
        assert kept == resolved(resource, links)


def test_what_is_published_is_valid(site: Site, hapi: str) -> None:
    """HAPI's validator finds no error in anything of a trial and its screenings."""
    reports = [site.publish_trial()]
    reports += [
        site.publish(site.screening(record, site.admit())) for record in (candidate(), potential(), ineligible())
    ]
    found = []
    for where in {each.reference for report in reports for each in report.resources}:
        resource = site.read(where)
        kind = where.partition("/")[0]
        headers = {"Content-Type": FHIR_JSON}
        answer = httpx.post(f"{hapi}/{kind}/$validate", content=encoded(resource), headers=headers, timeout=60)
        issues = answer.json()["issue"]
        found += [(where, issue["diagnostics"]) for issue in issues if issue["severity"] in ("error", "fatal")]
    assert found == []


def test_a_build_from_the_mapping_never_overwrites_one_from_a_document(site: Site) -> None:
    """The better source stays, all of it, and that is said; the other way round it takes its place."""
    site.publish_trial(from_document=False)
    better = site.publish_trial()
    before = site.versions(better)
    report = site.publish_trial(from_document=False)
    assert site.versions(better) == before
    assert {each.change for each in report.resources} == {Change.LEFT_ALONE}
    assert [issue.severity for issue in report.issues] == ["information"]


def test_what_is_ordered_no_more_is_retired(site: Site) -> None:
    """One order goes, the others stay; then all do: retired, still there, and once only."""
    site.publish_trial()
    trial, read = known_trial(site.nct_id, version="1" * 64)
    url = site.names.canonical("ActivityDefinition", f"{site.nct_id}-")
    for scheduled, retired in ((ReadSchedule(without_pouch(), True), {"pouch"}), (ReadSchedule(), set())):
        changed = replace(read, scheduled=scheduled)
        report = publish_trial(site.server, trial, changed, site.names)
        ours = [f"{url}{name}" for name in ("look", "pouch", "cells", "drug")]
        found = {
            one["url"].removeprefix(url): one["status"]
            for one in site.server.search("ActivityDefinition", url=",".join(ours))
        }
        assert {name for name, status in found.items() if status == "retired"} == (retired or set(found))
        assert set(found) == {"look", "pouch", "cells", "drug"}
        assert [issue.severity for issue in report.issues] == ["information"]
        again = publish_trial(site.server, trial, changed, site.names)
        assert {each.change for each in again.resources} == {Change.UNCHANGED}
        assert again.issues == ()


def test_the_sites_own_study_is_untouched_and_subjects_are_of_it(site: Site) -> None:
    """A study of the same NCT id that is not ours is never written: ours refers to it, and so do the subjects."""
    nct = {"system": "http://clinicaltrials.gov/", "value": site.nct_id}
    theirs = site.put({"resourceType": "ResearchStudy", "status": "active", "identifier": [nct], "title": "Theirs"})
    before = site.read(theirs)
    report = site.publish_trial()
    name = site.admit()
    site.publish(site.screening(candidate(), name))
    site.publish_trial()
    assert site.read(theirs) == before
    assert [each.reference for each in report.resources if each.change is Change.LEFT_ALONE] == [theirs]
    assert site.ours("ResearchSubject", f"{site.nct_id}/{name}")["study"] == {"reference": theirs}


def test_screenings_twice_change_no_version(site: Site) -> None:
    """Device, subjects, guidance, provenance and List are found again and the same, at another hour."""
    site.publish_trial()
    records = [site.screening(record, site.admit()) for record in (candidate(), potential(), ineligible())]
    first = site.publish(*records)
    before = site.versions(first)
    second = site.publish(*records)
    assert _kinds(first, Change.CREATED)[-10:] == [*["ResearchSubject", "GuidanceResponse", "Provenance"] * 3, "List"]
    assert {each.change for each in second.resources} == {Change.UNCHANGED}
    assert site.versions(first) == before
    assert first.issues == second.issues == ()


def test_a_new_verdict_is_a_new_guidance_and_the_old_one_stays(site: Site) -> None:
    """The history of a patient's screenings stays on the server; subject and List say the latest."""
    site.publish_trial()
    name = site.admit()
    site.publish(site.screening(candidate(), name))
    old = site.ours("GuidanceResponse", f"{site.nct_id}/{name}/2026-06-30")
    report = site.publish(site.screening(ineligible(), name, "2026-09-30"))
    assert _kinds(report, Change.CREATED) == ["GuidanceResponse", "Provenance"]
    assert _kinds(report, Change.UPDATED) == ["ResearchSubject", "List"]
    assert site.ours("GuidanceResponse", f"{site.nct_id}/{name}/2026-06-30") == old
    assert len(site.server.search("GuidanceResponse", patient=name)) == 2
    assert site.ours("ResearchSubject", f"{site.nct_id}/{name}")["status"] == "ineligible"
    (entry,) = site.ours("List", site.nct_id)["entry"]
    assert (entry["flag"]["coding"][0]["code"], entry["date"]) == ("ineligible", "2026-09-30")


def test_a_status_that_a_person_set_stays(site: Site) -> None:
    """What a person decided about a patient is not ours to change, however often we screen; it is said."""
    site.publish_trial()
    name = site.admit()
    site.publish(site.screening(candidate(), name))
    subject = site.ours("ResearchSubject", f"{site.nct_id}/{name}")
    site.put({**subject, "status": "on-study", "period": {"start": "2026-07-02"}})
    decided = site.ours("ResearchSubject", f"{site.nct_id}/{name}")
    report = site.publish(site.screening(ineligible(), name, "2026-09-30"))
    assert site.ours("ResearchSubject", f"{site.nct_id}/{name}") == decided
    (left,) = [each for each in report.resources if each.change is Change.LEFT_ALONE]
    assert left.why == "a person has set the status to on-study; the screening says ineligible"
    assert _kinds(report, Change.CREATED) == ["GuidanceResponse", "Provenance"]


def test_other_peoples_entries_in_the_list_stay(site: Site) -> None:
    """What others put into the worklist is there after ours have changed, in its place."""
    site.publish_trial()
    name, other = site.admit(), site.admit()
    site.publish(site.screening(candidate(), name))
    worklist = site.ours("List", site.nct_id)
    theirs = {"flag": {"text": "call back"}, "item": {"reference": f"Patient/{other}", "display": "by telephone"}}
    site.put({**worklist, "entry": [theirs, *worklist["entry"]], "note": [{"text": "Tuesdays"}]})
    site.publish(site.screening(ineligible(), name, "2026-09-30"), site.screening(potential(), other))
    after = site.ours("List", site.nct_id)
    assert after["entry"][0] == theirs
    assert after["note"] == [{"text": "Tuesdays"}]
    flags = [entry["flag"]["coding"][0]["code"] for entry in after["entry"][1:]]
    assert flags == ["ineligible", "potential-candidate"]


def test_evidence_is_referred_to_only_if_the_server_has_it_of_that_patient(site: Site) -> None:
    """HAPI refuses a Provenance that refers to what it does not have: only what is there is referred to."""
    site.publish_trial()
    here, elsewhere = site.admit(), site.admit()
    lung = {"resourceType": "Observation", "status": "final", "code": {"text": "FVC"}}
    held_there = site.put({**lung, "id": f"o-{uuid4()}", "subject": {"reference": f"Patient/{here}"}})
    for name in (here, elsewhere):
        written = msgspec.json.encode(site.screening(ineligible(), name)).decode()
        moved = msgspec.json.decode(written.replace("Observation/obs-7", held_there), type=ScreeningRecord)
        report = site.publish(moved)
        assert report.issues == ()
        (provenance,) = [site.read(each.reference) for each in report.resources if "Provenance" in each.reference]
        referred = {source["what"].get("reference") for source in provenance["entity"]}
        assert (held_there in referred) is (name == here)


def test_identifiers_with_separators_find_their_patient(site: Site) -> None:
    """A comma, a bar, a dollar or a backslash in an identifier is part of it."""
    site.publish_trial()
    name, value = f"s-{uuid4()}", f"{site.key},1|2$3\\4"
    site.put({"resourceType": "Patient", "id": name, "identifier": [{"system": SYSTEM, "value": value}]})
    site.put(patient(f"{site.key}"))
    report = site.publish(about(candidate(), site.nct_id, name, value))
    assert report.issues == ()
    assert site.ours("ResearchSubject", f"{site.nct_id}/{name}")["individual"] == {"reference": f"Patient/{name}"}
