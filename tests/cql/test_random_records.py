"""Records made by chance: they are worth nothing to the differential where they leave a statement open always."""

from __future__ import annotations

import pytest

from alsfhir.criteria import model
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criterion
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Node
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.terminology import terminology
from cql_samples import asking, ours
from eligibility_samples import AS_OF, criteria
from random_records import Records

MOST = 1500
DECIDED = frozenset({"met", "not-met"})
MEASURED = (model.Age, model.Sex, model.Measurement, model.TimeSince)
TRIALS = [read_criteria(mapped_trial(trial)) for trial in known_trials()]


def possible(tree: Node) -> frozenset[str]:
    """The verdicts that a tree can reach."""
    match tree:
        case model.AllOf() | model.AnyOf():
            members = [possible(member) for member in tree.of]
            needed = "met" if isinstance(tree, model.AllOf) else "not-met"
            found = frozenset[str]().union(*members)
            found -= frozenset() if all(needed in member for member in members) else {needed}
            return found if all(member & {needed, "unknown"} for member in members) else found - {"unknown"}
        case model.Not():
            swapped = {"met": "not-met", "not-met": "met"}
            return frozenset(swapped.get(verdict, verdict) for verdict in possible(tree.of))
        case model.Judgement():
            return frozenset({"review"}) | (possible(tree.when) - {"met"} if tree.when else frozenset())
        case model.Attestation():
            return frozenset({"met", "review"} if tree.consent else {"review"})
        case model.Recorded():
            return DECIDED
        case _:
            return DECIDED | {"unknown"} | (frozenset() if isinstance(tree, MEASURED) else {"review"})


@pytest.mark.parametrize(
    "statement", [one for asked in (asking(), *TRIALS) for one in asked.criteria], ids=lambda one: one.id
)
def test_every_verdict_that_a_statement_can_reach_is_reached(statement: Criterion) -> None:
    """The records that are made for a statement decide it both ways, and leave it open, as far as it can be."""
    missing = set(possible(statement.tree))
    alone = criteria(statement)
    records = Records(alone, AS_OF, terminology())
    for seed in range(MOST):
        missing -= set(ours(alone, records.bundle(seed), closed_world=bool(seed % 2)))
        if not missing:
            return
    raise AssertionError(sorted(missing))
