from __future__ import annotations

from dataclasses import replace

import pytest

from alsfhir.criteria.catalogue import mapped_trial
from alsfhir.criteria.criterion import Criterion, Place, ReadingStatus
from alsfhir.criteria.header import carries_age_rule, header_criterion
from alsfhir.criteria.mapping import trial_mapping
from alsfhir.criteria.model import Age, AllOf, Attestation, Judgement, Node
from alsfhir.trial.model import Document, Kind, Passage, Recruitment, Source, Span, Trial

ASKED = Judgement(question="Is it?")
TRIAL = Trial("NCT00000001", "An invented trial", Recruitment("Recruiting", None))


def _criterion(text: str, tree: Node = ASKED, reading: ReadingStatus = "draft") -> Criterion:
    return Criterion("NCT00000001-I01", Kind.INCLUSION, text, text, tree, "person", reading)


def _document(text: str, *limits: str) -> Document:
    places = {limit: text.index(limit) for limit in limits}
    names = ("minimum_age", "maximum_age")
    spans = [Span(start, start + len(limit)) for limit, start in places.items()]
    passages = tuple(Passage(span, name) for span, name in zip(spans, names, strict=False))
    return Document("page.txt", Source.REGISTRY_PAGE, "page", "0" * 64, text, passages)


@pytest.mark.parametrize(
    "text",
    ["Women of childbearing age", "Onset of disease at any age", "18 kg/m2 or more", "Diagnosed for 2 years", ""],
)
def test_a_text_that_does_not_limit_the_age_carries_no_age_rule(text: str) -> None:
    """The word age, or a number of years, is not enough to leave the header's limits out."""
    assert not carries_age_rule(_criterion(text))


@pytest.mark.parametrize("text", ["Aged 18 to 75", "Between 18 and 60 years old", "Age of at least 21"])
def test_an_unread_text_that_limits_the_age_carries_the_age_rule(text: str) -> None:
    """A draft about age is for a person to read, and the header does not repeat it."""
    assert carries_age_rule(_criterion(text))


def test_a_reading_decides_whether_a_statement_carries_the_age_rule() -> None:
    """Once read, the tree counts and not the words."""
    deep = AllOf(of=(Attestation(question="Is it?"), Age(at_least=18)))
    assert carries_age_rule(_criterion("Adults", deep, "proposed"))
    assert not carries_age_rule(_criterion("Aged 18 to 75", ASKED, "proposed"))


def test_a_header_without_limits_makes_no_criterion() -> None:
    """Nothing stated is nothing asked."""
    assert header_criterion(TRIAL, None) is None


@pytest.mark.parametrize(
    ("low", "high", "tree"),
    [(18, 65, Age(at_least=18, at_most=65)), (18, None, Age(at_least=18)), (None, 65, Age(at_most=65))],
)
def test_the_limits_of_an_unknown_trial_are_a_draft_with_both_ends(
    low: int | None, high: int | None, tree: Age
) -> None:
    """Registries include both limits; nobody has looked at this reading, and it says so."""
    criterion = header_criterion(replace(TRIAL, minimum_age=low, maximum_age=high), None)
    assert criterion is not None
    assert (criterion.id, criterion.kind) == ("NCT00000001-H-age", Kind.INCLUSION)
    assert (criterion.tree, criterion.reading, criterion.place) == (tree, "draft", None)
    assert criterion.warnings != ()


def test_limits_that_are_not_the_reviewed_ones_reopen_the_reading() -> None:
    """A page that now says other ages is read afresh, as a draft."""
    known = trial_mapping("NCT03828123")
    trial = replace(mapped_trial("NCT03828123"), maximum_age=70)
    criterion = header_criterion(trial, known)
    assert criterion is not None
    assert (criterion.reading, criterion.tree) == ("draft", Age(at_least=18, at_most=70))


def test_the_known_limits_have_the_reading_of_the_mapping() -> None:
    """The header rule of the one trial that has one is read as its mapping says."""
    known = trial_mapping("NCT03828123")
    criterion = header_criterion(mapped_trial("NCT03828123"), known)
    assert known is not None
    assert criterion is not None
    assert (criterion.reading, criterion.tree) == ("proposed", Age(at_least=18, at_most=65))
    assert criterion.text == criterion.label == known.criterion[0].label


def test_a_rule_in_one_place_is_quoted_with_its_place() -> None:
    """A page that states both limits in one line gives the criterion its text."""
    text = "Ages\n\n18 to 65 years old\n"
    trial = replace(TRIAL, minimum_age=18, maximum_age=65, documents=(_document(text, "18 to 65 years old"),))
    criterion = header_criterion(trial, None)
    assert criterion is not None
    assert criterion.text == "18 to 65 years old"
    assert criterion.place == Place("page.txt", Span(6, 24))


def test_a_rule_in_two_places_is_put_in_our_words() -> None:
    """A record that states the limits apart has no one sentence to quote."""
    text = '{"minimumAge": "18 Years", "maximumAge": "65 Years"}'
    trial = replace(TRIAL, minimum_age=18, maximum_age=65, documents=(_document(text, "18 Years", "65 Years"),))
    criterion = header_criterion(trial, None)
    assert criterion is not None
    assert (criterion.text, criterion.place) == ("18 to 65 years old", None)
