"""Criteria that ask every kind of question, and verdicts of ours and of a CQL engine on a record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from alsfhir.cql.library import definition_name, trial_library
from alsfhir.cql.model import CqlLibrary
from alsfhir.criteria import model
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.model import Node
from alsfhir.eligibility.evaluate import screening
from alsfhir.eligibility.model import Outcome, Screening, Status
from alsfhir.patient.record import read_records
from alsfhir.terminology import terminology
from cql_engine import Engine
from eligibility_samples import AS_OF, criteria, criterion, measured, months

ALS = model.Condition(concept="als", when="ever")
ALS_ON_RECORD = {
    "resourceType": "Condition",
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "86044005"}]},
}
TOGETHER = ("Deceased", "Ineligible", "Passes", "Undecided")
"""The definitions of a trial's library that follow from all its statements."""
EVERY_QUESTION: tuple[Node, ...] = (
    model.Age(at_least=18, at_most=60),
    model.Sex(among=("female",)),
    measured("bmi", "kg/m2", at_least="18.5"),
    measured("fvc-percent-predicted", "%", at_least=50, less_than=80),
    measured("t90", "%", at_most=2, which="every"),
    measured("alt", times_upper_limit=True, more_than=3),
    measured("creatinine-clearance", "mL/min", less_than=60),
    model.Qualitative(concept="hiv-antibody"),
    model.Category(concept="el-escorial-category", among=("definite", "probable"), review=("possible",)),
    ALS,
    model.Condition(concept="als", minus=("primary-lateral-sclerosis",)),
    model.Condition(concept="dementia", within=months(6), severity="moderate"),
    model.Condition(concept="dementia", within=months(6), until=months(3)),
    model.Condition(concept="venous-thromboembolism", when="ever", at_least=2),
    model.Condition(concept="injury", within=months(6), began=True),
    model.TimeSince(event="diagnosis", concept="als", at_least=months(6), at_most=months(24)),
    model.TimeSince(event="onset", concept="als", more_than=months(6), less_than=months(24)),
    model.Recorded(concept="als"),
    model.Procedure(concept="gastrostomy", undone_by="gastrostomy-closure"),
    model.Procedure(concept="surgery", within=months(3)),
    model.Procedure(concept="gastrostomy", when="planned"),
    model.Procedure(concept="invasive-ventilation", when="current"),
    model.Device(concept="ventilator"),
    model.Device(concept="ventilator", when="ever"),
    model.Drug(concept="corticosteroid"),
    model.Drug(concept="corticosteroid", when="ever"),
    model.Drug(concept="corticosteroid", systemic=True, within=months(3), until=months(1)),
    model.Drug(concept="riluzole", unchanged_for=months(1)),
    model.Condition(concept="dementia", overlapping="riluzole"),
    model.Nutrition(concept="tube-feeding"),
    model.Allergy(conditions=("anaphylaxis",)),
    model.OtherTrial(),
    model.OtherTrial(within=months(3)),
    model.Pregnancy(),
    model.Breastfeeding(),
    model.Attestation(question="Do you agree?", consent=True),
    model.Attestation(question="Do you agree?"),
    model.Judgement(question="Is it so?", when=ALS),
    model.AllOf(of=(ALS, model.Not(of=model.Pregnancy()))),
    model.AnyOf(of=(model.Sex(among=("male",)), model.Judgement(question="Is it so?"))),
)


def asking(trees: Sequence[Node] = EVERY_QUESTION) -> Criteria:
    """An invented trial whose inclusion statements are these trees."""
    return criteria(*(criterion(tree, f"I{number:02}") for number, tree in enumerate(trees, 1)))


@cache
def library(asked: Criteria) -> CqlLibrary:
    """The library of these criteria."""
    return trial_library(asked, terminology())


def bundle(*resources: dict[str, Any], **patient: Any) -> dict[str, Any]:
    """A record of one patient; the resources' subject is added."""
    who = {"resourceType": "Patient", "id": "p1", **patient}
    owned = [{"id": f"r{n}", "subject": {"reference": "Patient/p1"}} | one for n, one in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in (who, *owned)]}


def screened(asked: Criteria, record: dict[str, Any], *, closed_world: bool = False) -> Screening:
    """Our screening of a record."""
    (facts,) = read_records("record.json", json.dumps(record).encode(), terminology()).patients
    return screening(asked, facts, AS_OF, terminology(), closed_world=closed_world)


def ours(asked: Criteria, record: dict[str, Any], *, closed_world: bool = False) -> list[str]:
    """Our verdict on each of the criteria; none on the dead."""
    return [str(one.verdict.value) for one in screened(asked, record, closed_world=closed_world).decisions]


def our_values(asked: Criteria, record: dict[str, Any], *, closed_world: bool = False) -> dict[str, Any]:
    """What the definitions of the trial's library are by our screening: the verdicts, and what follows from all."""
    found = screened(asked, record, closed_world=closed_world)
    passes = None if found.status is None or not _is_decided(found) else found.status is not Status.INELIGIBLE
    together = {
        "Deceased": found.status is None,
        "Ineligible": found.status is Status.INELIGIBLE,
        "Passes": passes,
        "Undecided": found.status is not None and passes is None,
    }
    verdicts = {f"{definition_name(one.criterion)}Verdict": str(one.verdict.value) for one in found.decisions}
    return verdicts | together


def _is_decided(found: Screening) -> bool:
    """Whether it is known if the patient passes: not where only a person can say, so that a candidate may not."""
    if found.status is Status.INELIGIBLE:
        return True
    return found.status is Status.CANDIDATE and {one.outcome for one in found.decisions} == {Outcome.PASS}


def theirs(
    engine: Engine,
    asked: Criteria,
    records: Sequence[dict[str, Any]],
    *,
    closed_world: bool = False,
) -> list[list[str]]:
    """The engine's verdict on each of the criteria, for each record."""
    names = [f"{definition_name(one)}Verdict" for one in asked.criteria]
    found = engine.results(library(asked), names, records, AS_OF, closed_world=closed_world)
    return [[values[name] for name in names] for values in found]
