"""What we publish for a trial, on a real HAPI server: valid, and returned as it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import msgspec
import pytest

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.fhir.canonical import Names, Resource, entry_url
from alsfhir.fhir.criteria_reading import criteria_of
from alsfhir.fhir.trial_resources import conformance_resources, trial_resources
from alsfhir.fhir.versions import FhirVersion
from alsfhir.publish.criteria import held_criteria
from alsfhir.publish.report import Change
from alsfhir.publish.transaction import resolved, transaction_bundle
from alsfhir.publish.trials import publish_trial
from alsfhir.server.client import FhirServer
from alsfhir.terminology import terminology
from alsfhir.trial.document import read_trial
from alsfhir.trial.merge import merged
from alsfhir.trial.model import Trial
from trial_samples import bare_criteria, bare_trial, criteria, hostile_criteria, hostile_trial, trial

pytestmark = pytest.mark.hapi

# A base of our own: what these tests leave on the server is nobody else's.
BASE = "http://validated.alsfhir.test/fhir"
# The warnings that we know of, each with the reason why what we publish stays as it is. In docs/fhir.md too.
KNOWN_WARNINGS = {
    "a code should be provided from the value set": "where FHIR has no code for the registry's word, the word is kept",
    "human readable annotations": "UCUM has no other unit for a score",
    "embedded HTML tag": "a document's text is published as it is; our narratives escape it",
    "which has status 'not-present'": "the validator has no SNOMED CT, LOINC or ICD; our codes are from public sources",
}
ENCODER = msgspec.json.Encoder(decimal_format="number")


def _known(nct_id: str) -> tuple[Trial, Criteria]:
    known = mapped_trial(nct_id)
    return known, read_criteria(known)


SAMPLES = {
    "full": (trial(), criteria()),
    "hostile": (hostile_trial(), hostile_criteria()),
    "bare": (bare_trial(), bare_criteria()),
    **{nct_id: _known(nct_id) for nct_id in known_trials()},
}
every_trial = pytest.mark.parametrize(("of", "read"), SAMPLES.values(), ids=SAMPLES.keys())


class Server:
    """The interactions that these tests need; what is read keeps the digits of its numbers."""

    def __init__(self, client: httpx.Client, names: Names) -> None:
        self._client = client
        self._valid: set[bytes] = set()
        self.names = names

    def issues(self, resource: Resource) -> list[str]:
        """What the validator calls an error, or a warning that we do not know; the same is not asked twice."""
        body = ENCODER.encode(resource)
        if body in self._valid:
            return []
        self._valid.add(body)
        answer = self._sent("POST", f"/{resource['resourceType']}/$validate", resource)
        told = [(one["severity"], one["diagnostics"]) for one in answer["issue"] if one["severity"] != "information"]
        return [
            f"{severity}: {text}"
            for severity, text in told
            if severity != "warning" or not any(known in text for known in KNOWN_WARNINGS)
        ]

    def written(self, resources: tuple[Resource, ...]) -> dict[str, str]:
        """One transaction; where each of its ``urn:uuid:`` is now."""
        answer = self._sent("POST", "", transaction_bundle(resources, self.names))
        places = (entry["response"]["location"].partition("/_history")[0] for entry in answer["entry"])
        return {entry_url(resource): place for resource, place in zip(resources, places, strict=True)}

    def read(self, place: str) -> Resource:
        """A resource without what the server adds."""
        resource = self._sent("GET", f"/{place}")
        return {name: value for name, value in resource.items() if name not in {"id", "meta"}}

    def _sent(self, method: str, path: str, body: Resource | None = None) -> Resource:
        content = None if body is None else ENCODER.encode(body)
        response = self._client.request(method, path, content=content)
        assert response.is_success, response.text
        return _decoded(response.text)


@pytest.fixture(scope="module")
def server(hapi_version: tuple[str, str]) -> Iterator[Server]:
    """The server of each FHIR version, with our conformance resources on it."""
    version, base = hapi_version
    headers = {"Content-Type": "application/fhir+json"}
    with httpx.Client(base_url=base, headers=headers, timeout=300) as client:
        server = Server(client, Names(BASE, FhirVersion(version)))
        server.written(conformance_resources(server.names))
        yield server


def _decoded(text: str | bytes) -> Resource:
    resource: Resource = json.loads(text, parse_float=Decimal)
    return resource


def _digits(resource: Resource) -> str:
    """The resource as text, in which 70.0 is not 70.00."""
    return json.dumps(resource, sort_keys=True, default=lambda number: f"decimal {number}")


def test_the_validator_finds_what_is_wrong(server: Server) -> None:
    """A validator that finds nothing would prove nothing; our extensions are held to their definitions."""
    names = server.names
    variable = next(r for r in trial_resources(trial(), criteria(), names) if r["resourceType"] == "EvidenceVariable")
    mood = {"url": "mood", "valueCode": "good"}
    reading = {"url": names.extension("reading"), "extension": [mood]}
    logic = {"url": names.extension("criterion-tree"), "extension": [{"url": "node", "extension": [mood]}]}
    assert server.issues({**variable, "nickname": "lively"})
    for extension in (reading, logic):
        first = {**variable["characteristic"][0], "extension": [extension]}
        assert server.issues({**variable, "characteristic": [first]})
    assert server.issues({**variable, "extension": [reading]})


@every_trial
def test_the_validator_has_nothing_against_what_we_publish(server: Server, of: Trial, read: Criteria) -> None:
    """For the known trials, and for whatever a document may say."""
    for resource in trial_resources(of, read, server.names):
        assert server.issues(resource) == []


def test_the_validator_has_nothing_against_the_real_documents(server: Server, shared: Path) -> None:
    """What people in fact write, in all its disorder."""
    ours = conformance_resources(server.names)
    for read in merged(read_trial(page.name, page.read_bytes()) for page in sorted((shared / "seeds").iterdir())):
        resources = trial_resources(read, read_criteria(read), server.names)
        assert [issue for resource in resources if resource not in ours for issue in server.issues(resource)] == []


@every_trial
def test_the_server_returns_what_it_was_sent(server: Server, of: Trial, read: Criteria) -> None:
    """HAPI drops elements that it does not know without a word; nothing of ours is among them."""
    resources = trial_resources(of, read, server.names)
    places = server.written(resources)
    for resource in resources:
        returned = server.read(places[entry_url(resource)])
        sent = resolved(_decoded(ENCODER.encode(resource)), places)
        assert returned == sent
        assert _digits(returned) == _digits(sent)


def test_the_trees_of_a_returned_resource_are_those_that_decide(server: Server) -> None:
    """The way through JSON, the server's database and back costs no digit."""
    known, decided = SAMPLES["NCT06765564"]
    resources = trial_resources(known, decided, server.names)
    places = server.written(resources)
    for kind in ("EvidenceVariable", "Group") if server.names.version is FhirVersion.R5 else ("EvidenceVariable",):
        published = next(resource for resource in resources if resource["resourceType"] == kind)
        (read,) = criteria_of("server", server.read(places[entry_url(published)]), terminology())
        assert [str(one) for one in read.criteria] == [str(one) for one in decided.criteria]


def test_a_second_publication_changes_nothing(hapi_version: tuple[str, str]) -> None:
    """In each version the server is asked for what it has, and keeps every version id."""
    version, base = hapi_version
    names = Names("http://published.alsfhir.test/fhir", FhirVersion(version))
    known, read = SAMPLES["NCT03828123"]
    with FhirServer(base, timeout=300) as server:
        publish_trial(server, known, read, names)
        again = publish_trial(server, known, read, names)
        assert {written.change for written in again.resources} == {Change.UNCHANGED}
        assert held_criteria(server, "NCT03828123", terminology(), names) == read
