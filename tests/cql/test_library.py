from __future__ import annotations

import re

import pytest

from alsfhir.cql.library import definition_name, library_name, trial_library
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Age, Recorded
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.errors import MappingError
from alsfhir.terminology import terminology
from cql_samples import asking, library
from eligibility_samples import criteria, criterion
from golden import assert_golden

ADULT = Age(at_least=18)


def test_a_concept_that_there_is_not_is_refused() -> None:
    """A tree that asks for an unknown concept makes no library."""
    with pytest.raises(MappingError, match="no concept is named 'nonesuch'"):
        trial_library(criteria(criterion(Recorded(concept="nonesuch"))), terminology())


def test_the_library_of_a_trial_reads_as_it_was_reviewed() -> None:
    """Every kind of question is written as in the reviewed file."""
    text = re.sub(r"version '[0-9a-f]{16}'", "version '…'", library(asking()).text)
    assert_golden("cql/every-question.cql", text)


@pytest.mark.parametrize("trial", known_trials())
def test_each_statement_has_its_definitions(trial: str) -> None:
    """Each statement of a trial has a verdict, a truth and a review, named as a program can without quotes."""
    found = read_criteria(mapped_trial(trial))
    text = trial_library(found, terminology()).text
    for one in found.criteria:
        name = definition_name(one)
        assert name.isalnum()
        assert all(text.count(f"\ndefine {name}{part}:") == 1 for part in ("", "Verdict", "Review"))


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
