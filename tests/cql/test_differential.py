"""Our verdicts and those of a CQL engine on the same records, made by chance.

``ALSFHIR_DIFFERENTIAL`` is how many patients a trial has; ``make differential`` asks for thousands in all.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.terminology import terminology
from cql_engine import Engine
from cql_samples import asking, ours, theirs
from eligibility_samples import AS_OF
from random_records import Records

ASKED = "ALSFHIR_DIFFERENTIAL" in os.environ
PATIENTS = int(os.environ.get("ALSFHIR_DIFFERENTIAL", "8"))
EVERY = asking()


OPEN = frozenset({"unknown", "review"})


def _differing(engine: Engine, asked: Criteria, seeds: range, *, closed_world: bool, beyond: bool = False) -> list[str]:
    records = [Records(asked, AS_OF, terminology(), beyond).bundle(seed) for seed in seeds]
    found = theirs(engine, asked, records, closed_world=closed_world)
    return [
        f"seed {seed}, {one.id}: ours {ours_}, theirs {theirs_}"
        for seed, record, verdicts in zip(seeds, records, found, strict=True)
        for one, ours_, theirs_ in zip(
            asked.criteria, ours(asked, record, closed_world=closed_world), verdicts, strict=True
        )
        if ours_ != theirs_ and not (beyond and theirs_ in OPEN)
    ]


@pytest.mark.parametrize("closed_world", [False, True])
@pytest.mark.parametrize("trial", known_trials())
def test_the_engine_reaches_our_verdicts_on_every_trial(cql_engine: Engine, trial: str, *, closed_world: bool) -> None:
    """For each statement of each trial, the CQL decides as we do, whatever is on record."""
    asked = read_criteria(mapped_trial(trial))
    seeds = range(closed_world, PATIENTS, 2)
    assert _differing(cql_engine, asked, seeds, closed_world=closed_world) == []


@given(st.integers(0, 10**9), st.booleans())
@settings(  # the same records each time, unless more of them are asked for
    max_examples=max(PATIENTS, 10), derandomize=not ASKED, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_engine_reaches_our_verdicts_on_every_question(cql_engine: Engine, seed: int, closed_world: bool) -> None:
    """For every kind of question and every combination, the CQL decides as we do."""
    assert _differing(cql_engine, EVERY, range(seed, seed + 1), closed_world=closed_world) == []


@pytest.mark.parametrize("closed_world", [False, True])
def test_what_is_beyond_the_cql_is_left_open(cql_engine: Engine, *, closed_world: bool) -> None:
    """Where the CQL cannot see what is on record, as in contained resources, it decides as we do, or not at all."""
    seeds = range(closed_world, PATIENTS, 2)
    assert _differing(cql_engine, EVERY, seeds, closed_world=closed_world, beyond=True) == []
