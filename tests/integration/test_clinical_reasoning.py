"""What we publish, evaluated by HAPI's own CQL engine: ``Library/$evaluate``, and ``PlanDefinition/$apply``.

``ALSFHIR_DIFFERENTIAL`` is how many patients a trial has, as in the differential with the other engine; 200 at most.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.model import Age, Sex
from alsfhir.fhir.activity_definition import activity_definitions
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.library import library, shared_library_resources
from alsfhir.fhir.plan_definition import plan_definition
from alsfhir.pipeline import criteria_of, known
from alsfhir.publish.trials import publish_trial
from alsfhir.server.client import FhirServer
from alsfhir.terminology import terminology
from cql_samples import ALS_ON_RECORD, bundle, ours
from eligibility_samples import AS_OF
from random_records import Records
from reasoning import Reasoning
from trial_samples import criteria, criterion, trial

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "deploy"))
load_patients = import_module("load_patients")

PATIENTS = min(int(os.environ.get("ALSFHIR_DIFFERENTIAL", "6")), 200)
TRIALS = known()
ASKED = dict(zip((one.nct_id for one in TRIALS), criteria_of(TRIALS), strict=True))
EXAMPLES = ROOT / "examples" / "patients"
BROKEN = (EXAMPLES / "broken-resources.json").read_text("utf-8")
LATE = "example-late"
DEAD = {"resourceType": "Patient", "id": LATE, "birthDate": "1980-01-01", "deceasedBoolean": True}
APPLIED = ("example-anna", "example-ines", "example-karl", LATE)
"""A candidate, one of whom little is known, one who is ineligible, and the dead: ``$apply`` takes a second and more."""
UNTOLD = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]}
ADULT_MAN = criteria(criterion(1, Age(at_least=18)), criterion(2, Sex(among=("female",))))


def _admitted(server: httpx.Client) -> list[str]:
    """The example patients, put on the server with all that it takes; and one who is dead."""
    files = [load_patients.resources(file.read_text("utf-8")) for file in sorted(EXAMPLES.glob("*.json"))]
    stored = [*(one for resources in files for one in resources), DEAD]
    for one in stored:
        answer = server.put(f"{one['resourceType']}/{one['id']}", json=one)
        assert answer.is_success or one["id"] in BROKEN, answer.text
    return sorted(one["id"] for one in stored if one["resourceType"] == "Patient")


@pytest.fixture(scope="module")
def reasoning(hapi: str) -> Iterator[Reasoning]:
    """A server that holds the trials."""
    headers = {"Content-Type": "application/fhir+json", "Cache-Control": "no-cache"}
    with FhirServer(hapi) as server:
        for one in TRIALS:
            publish_trial(server, one, ASKED[one.nct_id], Names())
    with httpx.Client(base_url=hapi, timeout=120, headers=headers) as client:
        yield Reasoning(client)


@pytest.fixture(scope="module")
def admitted(reasoning: Reasoning) -> dict[str, dict[str, Any]]:
    """The hospital's patients: what the server holds of each, by id."""
    found = {}
    for name in _admitted(reasoning.server):
        answer = reasoning.server.get(f"Patient/{name}/$everything", params={"_count": "500"})
        found[name] = answer.raise_for_status().json()
    return found


def _decided(asked: Criteria, record: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """The ids of the statements that the patient passes, fails, and that are undecided."""
    passed: list[str] = []
    failed: list[str] = []
    undecided: list[str] = []
    for one, verdict in zip(asked.criteria, ours(asked, record)):  # noqa: B905 - none on the dead
        if verdict in ("unknown", "review"):
            undecided.append(one.id)
        else:
            (passed if (verdict == "met") == (one.kind == "inclusion") else failed).append(one.id)
    return passed, failed, undecided


@pytest.mark.parametrize("closed_world", [False, True])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_evaluate_reaches_our_verdicts_on_records_made_by_chance(
    reasoning: Reasoning, asked: Criteria, *, closed_world: bool
) -> None:
    """The published Library decides each statement as we do, on records that come with the question."""
    for seed in range(closed_world, PATIENTS, 2):
        record = Records(asked, AS_OF, terminology()).bundle(seed)
        found = reasoning.verdicts(asked, "Patient/p1", AS_OF, closed_world=closed_world, record=record)
        assert found == ours(asked, record, closed_world=closed_world), f"seed {seed}"


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_evaluate_reaches_our_verdicts_on_the_patients_of_the_server(
    reasoning: Reasoning, admitted: dict[str, dict[str, Any]], asked: Criteria
) -> None:
    """The same holds for what the server itself has of a patient."""
    living = [name for name in admitted if name != LATE]
    found = {name: reasoning.verdicts(asked, f"Patient/{name}", AS_OF) for name in living}
    assert found == {name: ours(asked, admitted[name]) for name in living}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_apply_tells_the_undecided_from_the_ineligible(
    reasoning: Reasoning, admitted: dict[str, dict[str, Any]], asked: Criteria
) -> None:
    """Nobody passes, as some statements only a person can judge; the open ones are listed, unless one is failed."""
    for name in APPLIED:
        actions = reasoning.actions(asked.trial, f"Patient/{name}", AS_OF)
        listed = {action: [one["title"] for one in inner] for action, inner in actions.items()}
        _, failed, undecided = _decided(asked, admitted[name])
        assert undecided or failed or name == LATE
        assert listed == ({"ineligible": []} if failed else {"undecided": undecided} if undecided else {}), name


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_each_condition_is_true_where_its_statement_is_passed(
    reasoning: Reasoning, admitted: dict[str, dict[str, Any]], asked: Criteria
) -> None:
    """Each condition of the published rule, as the one condition of an action, applies to those who pass it."""
    url = Names().canonical("PlanDefinition", asked.trial)
    (plan,) = (
        entry["resource"] for entry in reasoning.server.get("PlanDefinition", params={"url": url}).json()["entry"]
    )
    name = f"each-{asked.trial}"
    (rule, *_) = plan["action"]
    apart = [{"id": one["id"], "title": one["id"], "condition": [one]} for one in rule["condition"][1:]]
    reasoning.put({**plan, "id": name, "url": Names().canonical("PlanDefinition", name), "name": name, "action": apart})
    for patient in APPLIED:
        passed, _, _ = _decided(asked, admitted[patient])
        assert list(reasoning.actions(name, f"Patient/{patient}", AS_OF)) == passed, patient


@pytest.mark.parametrize(
    ("record", "actions"),
    [
        (bundle(ALS_ON_RECORD, gender="male", birthDate="1980-01-01"), {"eligibility"}),
        (bundle(gender="male", birthDate="1980-01-01"), {"undecided"}),  # without the trial's condition
        (bundle(ALS_ON_RECORD, gender="female", birthDate="1980-01-01"), {"ineligible"}),
        (bundle(ALS_ON_RECORD, gender="male", birthDate="2020-01-01"), {"ineligible"}),
        (bundle(ALS_ON_RECORD, gender="male"), {"undecided"}),
        (bundle(ALS_ON_RECORD, gender="female"), {"ineligible"}),
        (bundle(ALS_ON_RECORD, gender="male", birthDate="1980-01-01", deceasedBoolean=True), set()),
        (bundle(ALS_ON_RECORD, gender="female", birthDate="1980-01-01", _deceasedBoolean=UNTOLD), {"ineligible"}),
        (bundle(ALS_ON_RECORD, gender="male", birthDate="1980-01-01", _deceasedDateTime=UNTOLD), set()),
    ],
)
def test_apply_gives_the_treatments_to_those_who_pass_all(
    reasoning: Reasoning, record: dict[str, Any], actions: set[str]
) -> None:
    """A trial without judgements: of who passes, fails, or is undecided, each has what is for them and nothing else."""
    plan = _published(reasoning, replace(ADULT_MAN, trial="NCT00000077"))
    found = reasoning.actions("NCT00000077", "Patient/p1", AS_OF, record=record)
    assert set(found) == actions
    offered = [one["title"] for one in plan["action"][0]["action"]]
    assert [one["title"] for one in found.get("eligibility", [])] == (offered if "eligibility" in actions else [])


def test_apply_gives_no_treatment_by_a_draft(reasoning: Reasoning) -> None:
    """Whoever passes a statement that nobody has looked at is undecided."""
    drafts = tuple(replace(one, reading="draft") for one in ADULT_MAN.criteria)
    _published(reasoning, replace(ADULT_MAN, trial="NCT00000078", criteria=drafts))
    record = bundle(ALS_ON_RECORD, gender="male", birthDate="1980-01-01")
    assert reasoning.actions("NCT00000078", "Patient/p1", AS_OF, record=record) == {"undecided": []}


def _published(reasoning: Reasoning, asked: Criteria) -> dict[str, Any]:
    """The plan of an invented trial, put on the server with all that it names."""
    names, invented = Names(), replace(trial(), nct_id=asked.trial)
    computed = library(invented, asked, terminology(), names)
    plan = plan_definition(invented, asked, names, computed)
    for number, resource in enumerate((computed, *activity_definitions(asked, names), plan)):
        reasoning.put({**resource, "id": f"{asked.trial}-{number}"})
    return plan


def test_a_library_that_is_written_anew_is_evaluated_anew(reasoning: Reasoning) -> None:
    """HAPI's engine keeps what it has translated; our server lets it forget at each write."""
    for value in ("1", "2"):
        reasoning.put_library("WrittenAnew", value)
        assert reasoning.values("WrittenAnew", "Patient/p1", AS_OF, record=bundle())["Found"] == int(value)


def test_the_same_libraries_under_another_canonical_base_do_no_harm(
    reasoning: Reasoning, admitted: dict[str, dict[str, Any]]
) -> None:
    """HAPI's engine finds two of one name and version, and takes either."""
    other, asked = Names("http://other.test/fhir"), next(iter(ASKED.values()))
    own = library(TRIALS[0], asked, terminology(), other)
    for number, resource in enumerate((*shared_library_resources(terminology(), other), own)):
        reasoning.put({**resource, "id": f"other-base-{number}"})
    found = reasoning.verdicts(asked, "Patient/example-anna", AS_OF)
    assert found == ours(asked, admitted["example-anna"])


def test_a_patient_who_is_not_there_is_no_error(reasoning: Reasoning) -> None:
    """To the engine nothing is on record of somebody unknown, so whoever asks must ask for the Patient first."""
    found = reasoning.verdicts(next(iter(ASKED.values())), "Patient/nobody-of-that-id", AS_OF)
    assert set(found) <= {"unknown", "review"}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        # null: a string is no concept. It is taken for one that has the string as code.
        ("exists (First([Observation]).value as FHIR.CodeableConcept).coding", True),
        ("First([Observation]).value is FHIR.CodeableConcept", False),
    ],
)
def test_the_engine_still_answers_wrongly(reasoning: Reasoning, expression: str, found: bool) -> None:
    """What the library goes round is still as it is in HAPI's engine: else the library can be simpler."""
    record = bundle({"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "valueString": "word"})
    reasoning.put_library("Defect", expression)
    assert reasoning.values("Defect", "Patient/p1", AS_OF, record=record)["Found"] is found


@pytest.mark.parametrize(
    "expression",
    [
        "@9999-12-31 + 1 day",  # null in CQL
        "@2026-06-30 + System.Quantity { value: null as Decimal, unit: 'day' }",  # null
    ],
)
def test_the_engine_still_fails(reasoning: Reasoning, expression: str) -> None:
    """What CQL answers, and HAPI's engine fails at, the library does not ask: one failure fails every definition."""
    reasoning.put_library("Defect", expression)
    with pytest.raises(AssertionError, match="evaluation error"):
        reasoning.values("Defect", "Patient/p1", AS_OF, record=bundle())


def test_a_resource_without_a_patient_costs_the_engine_the_record(reasoning: Reasoning) -> None:
    """Here an entry whose subject says nothing costs itself alone; the engine fails at it, and says so."""
    asked = next(iter(ASKED.values()))
    stray = {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "subject": {}}
    record = bundle(stray, birthDate="1980-01-01")
    assert "met" in ours(asked, record)
    with pytest.raises(AssertionError, match="evaluation error"):
        reasoning.verdicts(asked, "Patient/p1", AS_OF, record=record)
    with pytest.raises(AssertionError, match="OperationOutcome"):
        reasoning.actions(asked.trial, "Patient/p1", AS_OF, record=record)
