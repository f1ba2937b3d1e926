"""Tests of concepts as ValueSets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alsfhir.criteria import model
from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.reader import criteria as read_criteria
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.check import checked
from alsfhir.fhir.value_set import UNCLOSED, value_set, value_sets
from alsfhir.fhir.versions import FhirVersion
from alsfhir.terminology import Code, Concept, Terminology, terminology
from alsfhir.units import Units
from trial_samples import criteria, criterion

ICD, SNOMED = "http://hl7.org/fhir/sid/icd-10", "http://snomed.info/sct"
CONCEPTS = {
    "only-words": Concept(name="only-words", label="only words", words=("x",)),
    "leaf": Concept(name="leaf", label="leaf", codes=(Code(system=SNOMED, code="1", display="One", seen="s"),)),
    "chapter": Concept(name="chapter", label="chapter", codes=(Code(system=ICD, first="A00", last="B99", seen="s"),)),
    "stem": Concept(name="stem", label="stem", codes=(Code(system=ICD, code="C50", below=True, seen="s"),)),
    "circle": Concept(name="circle", label="circle", includes=("around",)),
    "around": Concept(name="around", label="around", includes=("circle", "leaf")),
    "all": Concept(name="all", label="all", includes=("around", "chapter", "stem", "leaf")),
}
TERMS = Terminology(CONCEPTS, {}, Units({}, {}))


def _of(name: str) -> Resource:
    return value_set(CONCEPTS[name], TERMS, Names())


def test_a_range_alone_is_neither_composed_nor_expanded() -> None:
    """An empty expansion would say that there is no such code."""
    chapter = _of("chapter")
    assert not {"compose", "expansion"} & set(chapter)
    parts = {
        part["url"]: next(iter(value for key, value in part.items() if key != "url"))
        for part in chapter["extension"][0]["extension"]
    }
    assert parts == {"system": ICD, "first": "A00", "last": "B99"}
    assert f"{ICD} A00 to B99" in chapter["description"]


def test_what_is_recognised_by_words_alone_says_so() -> None:
    """A ValueSet without codes is no mistake."""
    assert "There is none" in _of("only-words")["description"]
    assert "compose" not in _of("only-words")


def test_an_expansion_that_lacks_ranges_is_not_closed() -> None:
    """A code with all below it is listed itself; that there are more is said in FHIR's own extension."""
    stem = _of("stem")
    assert [one["code"] for one in stem["expansion"]["contains"]] == ["C50"]
    assert stem["expansion"]["extension"] == [{"url": UNCLOSED, "valueBoolean": True}]
    assert "extension" not in _of("leaf")["expansion"]


def test_what_a_concept_includes_is_expanded_through_all_levels_once() -> None:
    """HAPI's evaluation of CQL does not follow inclusions; a circle of them ends."""
    every = _of("all")
    assert [(one["system"], one["code"]) for one in every["expansion"]["contains"]] == [(SNOMED, "1"), (ICD, "C50")]
    assert every["expansion"]["total"] == 2
    assert len(every["extension"]) == 2
    assert _of("circle")["expansion"]["contains"][0]["display"] == "One"


def test_every_concept_that_a_criterion_mentions_has_its_value_set() -> None:
    """Those shown, those excluded, results and the trial's condition among them; an unknown name has none."""
    minus = model.Condition(concept="heart-disease", minus=("hypertension",))
    shown = replace(criterion(1, model.Qualitative(concept="hbsag")), show=("bmi",))
    used = criteria(shown, criterion(2, minus), criterion(3, model.Recorded(concept="invented")))
    names = [one["url"].rpartition("/")[2] for one in value_sets([used], terminology(), Names())]
    assert names == ["als", "bmi", "hbsag", "heart-disease", "hypertension", "positive"]


@pytest.mark.parametrize("version", FhirVersion)
def test_the_value_sets_of_all_known_trials_are_valid(version: FhirVersion) -> None:
    """In compose and expansion stand the same codes."""
    known = [read_criteria(mapped_trial(trial)) for trial in known_trials()]
    for one in value_sets(known, terminology(), Names(version=version)):
        checked(one, version)
        composed = [(i["system"], c["code"]) for i in one.get("compose", {}).get("include", []) for c in i["concept"]]
        expanded = [(c["system"], c["code"]) for c in one.get("expansion", {}).get("contains", [])]
        assert sorted(composed) == sorted(expanded)
