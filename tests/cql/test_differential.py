"""Our verdicts and those of a CQL engine on the same records, made by chance.

``ALSFHIR_DIFFERENTIAL`` is how many patients a trial has; ``make differential`` asks for thousands in all.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsfhir.cql.library import definition_name
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.library import library as published_library
from alsfhir.fhir.library import shared_library_resources
from alsfhir.terminology import terminology
from cql_engine import Engine, Translated
from cql_samples import TOGETHER, asking, library, our_values
from eligibility_samples import AS_OF
from random_records import Records

ASKED = "ALSFHIR_DIFFERENTIAL" in os.environ
PATIENTS = int(os.environ.get("ALSFHIR_DIFFERENTIAL", "8"))
EVERY = asking()
OPEN = frozenset({"unknown", "review"})


def _differing(
    engine: Engine,
    asked: Criteria,
    seeds: range,
    *,
    closed_world: bool,
    published: Translated | None = None,
    beyond: bool = False,
) -> list[str]:
    """Where the engine differs; of records ``beyond`` what CQL can read, only where it decides otherwise."""
    records = [Records(asked, AS_OF, terminology(), beyond).bundle(seed) for seed in seeds]
    known = [our_values(asked, record, closed_world=closed_world) for record in records]
    names = [*(f"{definition_name(one)}Verdict" for one in asked.criteria), *TOGETHER]
    found = engine.results(published or library(asked), names, records, AS_OF, closed_world=closed_world)
    return [
        f"seed {seed}, {name}: ours {value}, theirs {values[name]}"
        for seed, ours, values in zip(seeds, known, found, strict=True)
        for name, value in ours.items()
        if values[name] != value and not (beyond and (name in TOGETHER or values[name] in OPEN))
    ]


@pytest.mark.parametrize("closed_world", [False, True])
@pytest.mark.parametrize("trial", known_trials())
def test_the_engine_reaches_our_verdicts_on_every_trial(cql_engine: Engine, trial: str, *, closed_world: bool) -> None:
    """For each statement of each trial, the CQL decides as we do, whatever is on record."""
    asked = read_criteria(mapped_trial(trial))
    seeds = range(closed_world, PATIENTS, 2)
    assert _differing(cql_engine, asked, seeds, closed_world=closed_world) == []


@pytest.mark.parametrize("trial", known_trials())
def test_the_published_elm_reaches_our_verdicts(cql_engine: Engine, trial: str) -> None:
    """An engine that has no translator decides as we do, with the ELM of the Library resources and nothing else."""
    of, names = mapped_trial(trial), Names()
    asked = read_criteria(of)
    own = published_library(of, asked, terminology(), names)
    elm = {each["name"]: _elm(each) for each in (*shared_library_resources(terminology(), names), own)}
    published = Translated(own["name"], elm)
    assert _differing(cql_engine, asked, range(PATIENTS // 2), closed_world=False, published=published) == []


def _elm(resource: Resource) -> dict[str, object]:
    kinds = {content["contentType"]: content["data"] for content in resource["content"]}
    found: dict[str, object] = json.loads(b64decode(kinds["application/elm+json"]))
    return found


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
