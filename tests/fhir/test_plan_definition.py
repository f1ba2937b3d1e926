"""Tests of a trial's protocol as PlanDefinition."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import msgspec
import pytest

from alsfhir.criteria.model import Age
from alsfhir.criteria.schedule import ReadSchedule
from alsfhir.fhir.canonical import Names
from alsfhir.fhir.library import library
from alsfhir.fhir.plan_definition import plan_definition
from alsfhir.fhir.versions import FhirVersion
from alsfhir.terminology import terminology
from alsfhir.trial.model import Arm, Intervention
from schedule_samples import SCHEDULE
from trial_samples import bare_criteria, bare_trial, criteria, criterion, trial

NAMES = Names("http://base.test/fhir")
LIBRARY = library(trial(), criteria(), terminology(), NAMES)
PLAN = plan_definition(trial(), criteria(), NAMES, LIBRARY)


def test_a_rule_without_statements_is_experimental() -> None:
    """A rule that nobody fails must not pass for a reviewed one, nor apply to anybody."""
    plan = plan_definition(bare_trial(), bare_criteria(), NAMES, LIBRARY)
    assert plan["experimental"] is True
    assert [one["expression"]["expression"] for one in plan["action"][0]["condition"]] == ["Passes"]


def test_a_plan_is_experimental_until_every_reading_is_reviewed() -> None:
    """A clinician's signature is what makes it fit for use."""
    assert PLAN["experimental"] is False
    mixed = criteria(criterion(1, Age(at_least=18)), criterion(2, Age(at_least=18), bare=True))
    assert plan_definition(trial(), mixed, NAMES, LIBRARY)["experimental"] is True


@pytest.mark.parametrize("version", FhirVersion)
def test_each_condition_names_the_definition_of_a_pass(version: FhirVersion) -> None:
    """A condition names a definition that is in the library, and says which statement it is, and if it excludes."""
    (rule, *_) = plan_definition(trial(), criteria(), replace(NAMES, version=version), LIBRARY)["action"]
    conditions = rule["condition"]
    language = "text/cql" if version is FhirVersion.R4 else "text/cql-identifier"
    assert conditions[2] == {
        "id": "NCT00000001-E02",
        "kind": "applicability",
        "expression": {"language": language, "expression": "E02Passes"},
        "extension": [
            {
                "url": "http://base.test/fhir/StructureDefinition/criterion",
                "extension": [
                    {"url": "id", "valueString": "NCT00000001-E02"},
                    {"url": "exclude", "valueBoolean": True},
                    {"url": "text", "valueString": "What the statement says"},
                ],
            }
        ],
    }
    assert [one.get("id") for one in conditions] == [None, *(one.id for one in criteria().criteria)]
    assert conditions[0]["expression"]["expression"] == "Passes"
    cql = b64decode(LIBRARY["content"][0]["data"]).decode()
    assert all(f"\ndefine {one['expression']['expression']}:" in cql for one in conditions)


@pytest.mark.parametrize("version", FhirVersion)
def test_what_is_undecided_has_an_action_of_its_own(version: FhirVersion) -> None:
    """An engine drops what is null as what is false; so it is told of the undecided apart, statement by statement."""
    action = plan_definition(trial(), criteria(), replace(NAMES, version=version), LIBRARY)["action"][1]
    asked = [action, *action["action"]]
    named = [one["expression"]["expression"] for each in asked for one in each["condition"]]
    assert named[:3] == ["Undecided", "I01Undecided", "E02Undecided"]
    assert [one["title"] for one in action["action"]] == [one.id for one in criteria().criteria]
    cql = b64decode(LIBRARY["content"][0]["data"]).decode()
    assert all(f"\ndefine {name}:" in cql for name in named)


def test_who_is_ineligible_is_told_so() -> None:
    """A no is said, and not to be inferred from silence: an engine that fails is silent, too."""
    *_, action = PLAN["action"]
    assert (action["id"], "action" in action) == ("ineligible", False)
    assert [one["expression"]["expression"] for one in action["condition"]] == ["Ineligible"]


def test_the_plan_leads_to_the_library_in_its_version() -> None:
    """Another text is another library."""
    assert PLAN["library"] == [f"http://base.test/fhir/Library/EligibilityNCT00000001|{LIBRARY['version']}"]


def test_the_plan_leads_to_the_logic_in_the_same_version() -> None:
    """The version is that of the criteria, as in a GuidanceResponse's moduleCanonical."""
    assert PLAN["version"] == "ab" * 32
    assert PLAN["url"] == "http://base.test/fhir/PlanDefinition/NCT00000001"
    assert PLAN["relatedArtifact"][-1]["resource"] == f"http://base.test/fhir/EvidenceVariable/NCT00000001|{'ab' * 32}"


def test_each_arm_is_an_action_with_its_interventions() -> None:
    """An intervention is found under its name with or without its type; one that is not described keeps its name."""
    arms = (
        Arm("A", description="first", interventions=("Drug: Compound A", "Rest")),
        Arm(" ", interventions=("Compound A",)),
    )
    rule, *_ = plan_definition(replace(trial(), arms=arms), criteria(), NAMES, LIBRARY)["action"]
    first, second, _ = rule["action"]
    assert (first["title"], first["description"]) == ("A", "first")
    assert first["action"] == [{"title": "Drug: Compound A", "description": "Given twice"}, {"title": "Rest"}]
    assert (second["title"], second["action"][0]["title"]) == ("Arm", "Drug: Compound A")


def test_without_arms_each_intervention_is_an_action() -> None:
    """A page that lists treatments alone still says what is given."""
    plan = plan_definition(
        replace(trial(), arms=(), interventions=(Intervention(None, "Rest"),)), criteria(), NAMES, LIBRARY
    )
    assert plan["action"][0]["action"][:-1] == [{"title": "Rest"}]


def test_the_treatments_and_the_schedule_apply_only_to_who_passes() -> None:
    """They stand under the rule, since an action applies only if the one above it does."""
    rule, *_ = PLAN["action"]
    assert [action.get("id") for action in rule["action"]][-1] == "schedule"
    assert len(rule["action"]) == len(trial().arms) + 1


def test_nobody_is_offered_anything_without_a_statement_to_pass() -> None:
    """A rule without conditions applies to everybody: nothing stands under it."""
    plan = plan_definition(trial(), replace(bare_criteria(), scheduled=criteria().scheduled), NAMES, LIBRARY)
    assert "action" not in plan["action"][0]


def test_a_schedule_that_was_not_read_afresh_is_said_to_be_missing() -> None:
    """Whoever looks for it in the plan sees why it is not there."""
    plan = plan_definition(trial(), replace(criteria(), scheduled=ReadSchedule(warning="changed")), NAMES, LIBRARY)
    assert plan["description"].endswith("Of the schedule: changed.")
    assert "Of the schedule: changed." in plan["text"]["div"]
    assert [action.get("id") for action in plan["action"][0]["action"]] == [None] * len(trial().arms)


def test_a_plan_is_experimental_until_its_schedule_is_reviewed() -> None:
    """A clinician has to sign for the doses, too."""
    proposed = msgspec.structs.replace(SCHEDULE, status="proposed", by=None, on=None)
    plan = plan_definition(trial(), replace(criteria(), scheduled=ReadSchedule(proposed)), NAMES, LIBRARY)
    assert plan["experimental"] is True


def test_the_narrative_tells_the_rule_every_statement_the_arms_and_the_schedule() -> None:
    """A person who reads no FHIR can read the protocol."""
    div = PLAN["text"]["div"]
    assert "Recruiting, as of 2026-06-27" in div
    assert "<td>NCT00000001-I01</td><td>inclusion</td><td>What the statement says</td>" in div
    assert "<td>Arm one</td><td>arm</td><td>Arm description</td>" in div
    assert "<td>Second dose</td><td>activity</td><td>0.5 months after the start of “First dose”</td>" in div
