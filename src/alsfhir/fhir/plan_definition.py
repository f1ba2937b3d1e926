"""The protocol of a trial as PlanDefinition, https://hl7.org/fhir/R4/plandefinition.html.

The first action is the eligibility rule, with one condition per statement. A condition names the definition in the
trial's CQL Library that is true where the patient passes the statement, and says in our extension ``criterion`` which
statement that is, in the document's words; the tree is in the EvidenceVariable, to which ``relatedArtifact`` leads.
One condition before them asks for all of it, with the trial's condition on record and no draft among the statements.

``$apply`` drops an action whose condition is null as it drops one whose condition is false, or fails. So that unknown
does not become no, nor a failure, each of three has its action: who passes, who is undecided, with the statements that
are still to be settled, and who is ineligible. None of the three is there for the dead.

The treatments and the schedule stand under the rule: an action applies only if the one above it does.
"""

from __future__ import annotations

from typing import Any

from alsfhir.cql.library import ALL_PASS, ALL_UNDECIDED, INELIGIBLE, passing_name, undecided_name
from alsfhir.criteria.criterion import Criteria, Criterion
from alsfhir.criteria.schedule import Schedule
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.extension import source
from alsfhir.fhir.narrative import narrative
from alsfhir.fhir.primitives import filled, string
from alsfhir.fhir.publication import nct_identifier, publication_date, recruitment_sentence, related_artifacts, title
from alsfhir.fhir.reading import criterion_extension, readings_sentence, statement_text, unreviewed
from alsfhir.fhir.registry_words import HL7
from alsfhir.fhir.schedule_actions import schedule_actions, schedule_rows
from alsfhir.fhir.target_condition import use_context
from alsfhir.fhir.versions import definition_named, resource_type
from alsfhir.trial.model import Arm, Intervention, Trial

RULE = (
    "A patient passes if every inclusion statement is true and no exclusion statement is, the trial's condition is on "
    "record, and no statement is a draft."
)
OPEN = (
    "Nothing on record speaks against the patient, but the statements listed are not decided yet. If none is listed, "
    "the trial's condition is not confirmed on record, or a statement is a draft that nobody has looked at."
)
RULED_OUT = "On record, an inclusion statement is not true of the patient, or an exclusion statement is."


def plan_definition(trial: Trial, criteria: Criteria, names: Names, library: Resource) -> Resource:
    """The PlanDefinition of a trial; ``version`` is that of its criteria, ``experimental`` until all are reviewed.

    ``library`` is the trial's CQL Library, whose definitions the conditions name.
    """
    plan: Resource = filled(
        {
            "resourceType": "PlanDefinition",
            "text": _text(trial, criteria),
            "extension": [source(names, from_document=criteria.from_document)],
            "url": names.canonical("PlanDefinition", trial.nct_id),
            "identifier": [nct_identifier(trial)],
            "version": criteria.version,
            "name": trial.nct_id,
            "title": title(trial),
            "type": {"coding": [{"system": f"{HL7}/plan-definition-type", "code": "clinical-protocol"}]},
            "status": "active",
            "experimental": unreviewed(criteria) or _is_proposed(criteria.offered.schedule),
            "subjectCodeableConcept": {"coding": [resource_type("Patient", names.version)]},
            "date": publication_date(criteria.recruitment),
            "description": _description(criteria),
            "useContext": use_context(criteria.condition),
            "relatedArtifact": [*related_artifacts(trial, names.version), _criteria_artifact(trial, criteria, names)],
            "library": [f"{library['url']}|{library['version']}"],
            "action": [
                {**_eligibility(criteria, names), "action": _offered(trial, criteria, names)},
                _open(criteria, names),
                _ruled_out(names),
            ],
        }
    )
    return plan


def _is_proposed(schedule: Schedule | None) -> bool:
    return schedule is not None and schedule.status != "reviewed"


def _description(criteria: Criteria) -> str:
    doubt = criteria.offered.warning
    warning = f"Of the schedule: {doubt}." if doubt else None
    return " ".join(filter(None, (RULE, readings_sentence(criteria), warning)))


def _criteria_artifact(trial: Trial, criteria: Criteria, names: Names) -> dict[str, str]:
    variable = f"{names.canonical('EvidenceVariable', trial.nct_id)}|{criteria.version}"
    return {"type": "composed-of", "display": "The eligibility criteria with their logic", "resource": variable}


def _eligibility(criteria: Criteria, names: Names) -> dict[str, Any]:
    return {
        "id": "eligibility",
        "prefix": "1",
        "title": "Eligibility",
        "description": RULE,
        # First the one that is seldom true: engines stop at a condition that is not.
        "condition": [_where(ALL_PASS, names), *(_passing(criterion, names) for criterion in criteria.criteria)],
    }


def _passing(criterion: Criterion, names: Names) -> dict[str, Any]:
    said = {"id": criterion.id, "extension": [criterion_extension(criterion, names)]}
    return {**said, **_where(passing_name(criterion), names)}


def _open(criteria: Criteria, names: Names) -> dict[str, Any]:
    return {
        "id": "undecided",
        "prefix": "2",
        "title": "Still to be settled",
        "description": OPEN,
        "condition": [_where(ALL_UNDECIDED, names)],
        "action": [
            {
                "id": f"{criterion.id}-undecided",
                "title": criterion.id,
                "description": statement_text(criterion),
                "condition": [_where(undecided_name(criterion), names)],
            }
            for criterion in criteria.criteria
        ],
    }


def _ruled_out(names: Names) -> dict[str, Any]:
    return {
        "id": "ineligible",
        "prefix": "3",
        "title": "Ineligible",
        "description": RULED_OUT,
        "condition": [_where(INELIGIBLE, names)],
    }


def _where(definition: str, names: Names) -> dict[str, Any]:
    return {"kind": "applicability", "expression": definition_named(definition, names.version)}


def _offered(trial: Trial, criteria: Criteria, names: Names) -> list[dict[str, Any]]:
    """What a patient who passes is offered; nothing where no statement is known, since nobody has passed one."""
    if not criteria.criteria:
        return []
    return [*_treatments(trial), *schedule_actions(criteria, names)]


def _treatments(trial: Trial) -> list[dict[str, Any]]:
    """One action per arm with one for each of its interventions; without arms, one per intervention."""
    known = {intervention.name: intervention for intervention in trial.interventions}
    if not trial.arms:
        return [_intervention(intervention) for intervention in trial.interventions]
    return [_arm(arm, known) for arm in trial.arms]


def _arm(arm: Arm, known: dict[str, Intervention]) -> dict[str, Any]:
    given = [
        known.get(name.partition(": ")[2]) or known.get(name) or Intervention(None, name) for name in arm.interventions
    ]
    return {
        "title": string(arm.label) or "Arm",
        "description": string(arm.description),
        "action": [_intervention(intervention) for intervention in given],
    }


def _intervention(intervention: Intervention) -> dict[str, Any]:
    kind = string(intervention.type)
    name = string(intervention.name) or "Intervention"
    return {"title": f"{kind}: {name}" if kind else name, "description": string(intervention.description)}


def _text(trial: Trial, criteria: Criteria) -> dict[str, str]:
    rows = [(c.id, c.kind.value, statement_text(c)) for c in criteria.criteria]
    arms = [(arm.label or "Arm", "arm", arm.description or ", ".join(arm.interventions)) for arm in trial.arms]
    return narrative(
        f"{trial.nct_id}: {title(trial)}\n{recruitment_sentence(criteria.recruitment)}\n{RULE}"
        f"\n{_description(criteria).removeprefix(f'{RULE} ')}",
        *rows,
        *arms,
        *schedule_rows(criteria),
        header=("Criterion, arm or activity", "Kind", "Text"),
    )
