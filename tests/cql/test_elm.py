"""Tests of the ELM that is shipped with the CQL."""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.cql.elm import FOLDER, elm
from alsfhir.cql.library import trial_library
from alsfhir.cql.model import CqlLibrary
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criteria
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Not
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.terminology import Terminology, terminology
from cql_engine import Engine
from cql_samples import asking, library
from shipped_elm import known_libraries, regenerated, written
from trial_samples import HOSTILE


def _known(trial: str = "NCT06765564") -> Criteria:
    return read_criteria(mapped_trial(trial))


def _in_other_words(asked: Criteria, text: str) -> CqlLibrary:
    """The library of a document of that trial: the same readings, and words of its own."""
    reworded = tuple(replace(one, text=text) for one in asked.criteria)
    return trial_library(replace(asked, criteria=reworded), terminology())


def test_a_trial_that_is_not_known_has_none() -> None:
    """Nobody has made any."""
    assert elm(library(asking())) is None


def test_a_statement_that_is_read_otherwise_has_none() -> None:
    """ELM of the old reading would decide otherwise than the text beside it; so would that without a statement."""
    asked = _known()
    first, *others = asked.criteria
    for criteria in ((replace(first, tree=Not(of=first.tree)), *others), others):
        assert elm(trial_library(replace(asked, criteria=tuple(criteria)), terminology())) is None


def test_another_terminology_has_none() -> None:
    """Where one code is another, neither the concepts nor anything that stands on them has ELM."""
    ours = terminology()
    fewer = msgspec.structs.replace(ours.concept("als"), codes=ours.concept("als").codes[1:])
    own = trial_library(_known(), Terminology({**ours.concepts, "als": fewer}, ours.systems, ours.units))
    assert [elm(one) for one in (*own.includes, own)] == [None, None, None]


def test_the_elm_of_one_trial_is_not_that_of_another() -> None:
    """A library under the name of another has none."""
    *_, first, second = known_libraries()
    assert elm(replace(first, name=second.name)) is None


@pytest.mark.parametrize("name", [one.name for one in known_libraries()])
def test_the_shipped_elm_is_of_the_text_as_it_is(name: str) -> None:
    """Whoever changes a mapping or the CQL makes the ELM anew, or it would no longer be published."""
    (one,) = (each for each in known_libraries() if each.name == name)
    found = elm(one)
    assert found is not None, f"{name}.json.gz is of another text: run make elm"
    assert json.loads(found)["library"]["identifier"] == {"id": name, "version": one.version}


def test_only_what_is_used_is_shipped() -> None:
    """There is a file for each library of ours, and no other."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{one.name}.json.gz" for one in known_libraries())


@given(st.text(), st.sampled_from(known_trials()))
def test_whatever_a_document_says_its_elm_is_that_of_the_same_readings(text: str, trial: str) -> None:
    """The words of a statement decide nothing; the ELM goes under the version of the text that holds them."""
    own = _in_other_words(_known(trial), text)
    found = elm(own)
    assert found is not None
    assert json.loads(found)["library"]["identifier"]["version"] == own.version


def test_there_is_nothing_in_it_that_no_engine_needs() -> None:
    """It says which translator made it; not where in the text things stand, nor what that was warned of."""
    for one in known_libraries():
        found = elm(one) or ""
        (made_by,) = json.loads(found)["library"]["annotation"]
        assert made_by["type"] == "CqlToElmInfo"
        assert not [word for word in ('"localId"', '"locator"', '"annotation":[]', '"signature":[]') if word in found]


def test_translating_anew_gives_what_is_shipped(cql_engine: Engine) -> None:
    """Byte for byte, whatever else was translated before. ``make elm`` writes it anew."""
    trials = [one for one in known_libraries() if len(one.includes) == 2]
    translated = {name: made for one in trials for name, made in cql_engine.elm(one).items()}
    regenerated(translated)
    different = [one.name for one in known_libraries() if elm(one) != written(translated[one.name])]
    assert different == [], "run make elm"


def test_translating_the_words_of_a_document_gives_what_is_shipped(cql_engine: Engine) -> None:
    """Nothing of a comment is in ELM, whatever it says."""
    own = _in_other_words(_known(), f"{HOSTILE}\n*/ define I01: true")
    assert elm(own) == written(cql_engine.elm(own)[own.name])
