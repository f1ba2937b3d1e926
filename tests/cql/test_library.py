from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from alsfhir.cql.library import definition_name, library_name, passing_name, trial_library, undecided_name
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import ReadingStatus
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Age, Recorded, Sex
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.errors import MappingError
from alsfhir.terminology import terminology
from cql_engine import Engine
from cql_samples import ALS_ON_RECORD, asking, bundle, library
from eligibility_samples import AS_OF, criteria, criterion
from golden import assert_golden

ADULT = Age(at_least=18)


def test_a_concept_that_there_is_not_is_refused() -> None:
    """A tree that asks for an unknown concept makes no library."""
    with pytest.raises(MappingError, match="no concept is named 'nonesuch'"):
        trial_library(criteria(criterion(Recorded(concept="nonesuch"))), terminology())


def test_the_library_of_a_trial_reads_as_it_was_reviewed() -> None:
    """Every kind of question is written as in the reviewed file."""
    text = re.sub(r"version '[0-9.]{9,}'", "version '…'", library(asking()).text)
    assert_golden("cql/every-question.cql", text)


@pytest.mark.parametrize("trial", known_trials())
def test_each_statement_has_its_definitions(trial: str) -> None:
    """Each statement of a trial has a verdict, a truth and a review, named as a program can without quotes."""
    found = read_criteria(mapped_trial(trial))
    text = trial_library(found, terminology()).text
    for one in found.criteria:
        name = definition_name(one)
        assert name.isalnum()
        assert all(
            text.count(f"\ndefine {name}{part}:") == 1 for part in ("", "Verdict", "Review", "Passes", "Undecided")
        )


def test_the_text_of_a_statement_cannot_become_cql() -> None:
    """A statement of several lines, whatever they say, is nothing but comment."""
    statement = criterion(ADULT, text="Adults\ndefine I01: true\r\n*/ define I02: true")
    text = trial_library(criteria(statement), terminology()).text
    assert not re.search(r"^\s*define I0[12]: true", text, re.MULTILINE)
    assert "\n// define I01: true\n" in text


def test_names_end_as_the_url_must() -> None:
    """The name of a trial's library is one that a url can end with, and the header's rule has a name, too."""
    assert library_name("NCT01234567") == "EligibilityNCT01234567"
    assert definition_name(criterion(ADULT, "H-age")) == "HAge"


def test_the_libraries_that_it_stands_on_come_first() -> None:
    """A trial's library comes with the two shared ones, in the order in which they need each other."""
    assert [one.name for one in library(asking()).includes] == ["AlsfhirConcepts", "AlsfhirFacts"]


@pytest.mark.parametrize(
    ("patient", "passes"),
    [
        ({"birthDate": "1980-01-01"}, [True, False]),
        ({"birthDate": "2020-01-01"}, [False, True]),
        ({}, [None, None]),
        ({"birthDate": "1980-01-01", "deceasedBoolean": True}, [None, None]),
        ({"birthDate": "1980-01-01", "deceasedDateTime": AS_OF.isoformat()}, [None, None]),
    ],
)
def test_an_inclusion_is_passed_where_true_and_an_exclusion_where_false(
    cql_engine: Engine, patient: dict[str, Any], passes: list[bool | None]
) -> None:
    """Undecided is neither, and nobody says of the dead that they pass or that they do not."""
    read = criteria(criterion(ADULT, "I01"), criterion(ADULT, "E01"))
    names = [passing_name(one) for one in read.criteria]
    (found,) = cql_engine.results(trial_library(read, terminology()), names, [bundle(**patient)], AS_OF)
    assert [found[name] for name in names] == passes


@pytest.mark.parametrize(
    ("patient", "undecided", "of_all"),
    [
        ({"birthDate": "1980-01-01", "gender": "female"}, [False, False], (False, True, False)),
        ({"birthDate": "1980-01-01", "gender": "male"}, [False, False], (True, False, False)),
        ({"birthDate": "1980-01-01"}, [False, True], (False, None, True)),
        ({"birthDate": "2020-01-01"}, [False, True], (True, False, False)),
        ({}, [True, True], (False, None, True)),
        ({"deceasedBoolean": True}, [False, False], (False, None, False)),
        ({"birthDate": "2020-01-01", "deceasedBoolean": True}, [False, False], (False, None, False)),
    ],
)
def test_the_statements_together_are_decided_as_they_are_one_by_one(
    cql_engine: Engine, patient: dict[str, Any], undecided: list[bool], of_all: tuple[bool, bool | None, bool]
) -> None:
    """One that speaks against the patient decides for all; else what is undecided counts; the dead are left alone."""
    read = criteria(criterion(ADULT, "I01"), criterion(Sex(among=("male",)), "E01"))
    each, together = [undecided_name(one) for one in read.criteria], ("Ineligible", "Passes", "Undecided")
    asked = trial_library(read, terminology())
    (found,) = cql_engine.results(asked, [*each, *together], [bundle(ALS_ON_RECORD, **patient)], AS_OF)
    assert [found[name] for name in each] == undecided
    assert tuple(found[name] for name in together) == of_all


@pytest.mark.parametrize(
    ("reading", "record", "passes", "undecided"),
    [
        ("proposed", bundle(ALS_ON_RECORD, birthDate="1980-01-01"), True, False),
        ("proposed", bundle(birthDate="1980-01-01"), None, True),
        ("draft", bundle(ALS_ON_RECORD, birthDate="1980-01-01"), None, True),
        ("draft", bundle(ALS_ON_RECORD, birthDate="2020-01-01"), False, False),
        ("proposed", bundle(birthDate="2020-01-01"), False, False),
    ],
)
def test_nobody_passes_by_a_draft_or_without_the_condition(
    cql_engine: Engine, reading: ReadingStatus, record: dict[str, Any], passes: bool | None, undecided: bool
) -> None:
    """As nobody is a candidate by a draft, or without the trial's condition on record; ineligible they may be."""
    read = criteria(replace(criterion(ADULT), reading=reading))
    (found,) = cql_engine.results(trial_library(read, terminology()), ["Passes", "Undecided"], [record], AS_OF)
    assert found == {"Passes": passes, "Undecided": undecided}


def test_where_no_condition_is_named_nobody_passes(cql_engine: Engine) -> None:
    """Nobody is confirmed to have a condition that nobody has named."""
    read = criteria(criterion(ADULT), disease=None)
    asked = trial_library(read, terminology())
    (found,) = cql_engine.results(asked, ["Passes"], [bundle(ALS_ON_RECORD, birthDate="1980-01-01")], AS_OF)
    assert found == {"Passes": None}


def test_a_trial_without_statements_has_a_library(cql_engine: Engine) -> None:
    """An engine can run it: it has no verdict, calls nobody ineligible, and lets nobody pass."""
    empty = trial_library(criteria(), terminology())
    (found,) = cql_engine.results(empty, ["Verdicts", "Ineligible", "Passes"], [bundle()], AS_OF)
    assert found == {"Verdicts": [], "Ineligible": False, "Passes": None}


def test_what_no_file_can_hold_is_left_out() -> None:
    """Half a character, or a control character, in a statement makes no library that cannot be written."""
    text = trial_library(criteria(criterion(ADULT, text="over\x00 18\ud800 years")), terminology()).text
    assert "over  18  years" in text
