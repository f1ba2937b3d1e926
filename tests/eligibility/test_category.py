"""The El Escorial category and the site of onset."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Category
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Condition
from alsfhir.terminology import LOCAL_SYSTEM, Coding
from eligibility_samples import category, condition, decided, facts, finding, observation, said

PROBABLE = Category(
    concept="el-escorial-category", among=("definite", "probable"), review=("probable-laboratory-supported",)
)
SPINAL = Category(concept="onset-site", among=("spinal",))


def staged(
    *codes: str, text: tuple[str, ...] = (), system: str = LOCAL_SYSTEM, disease: str = "als", **more: Any
) -> Condition:
    """ALS, or another disease, with these stages."""
    return condition(disease, stages=tuple(Coding(system, code) for code in codes), stage_text=text, **more)


def test_nothing_on_file_is_unknown_and_can_be_documented() -> None:
    """ALS without a category is never definite or probable; the category is asked for."""
    decision = decided(PROBABLE, facts(condition("als")))
    assert said(PROBABLE, facts(condition("als"))) == ("unknown", "no-record", "no-record")
    assert decision.outcome is Outcome.MISSING


@pytest.mark.parametrize("lost", ["Observation", "Condition"])
def test_an_unreadable_resource_may_have_held_the_category(lost: str) -> None:
    """Both kinds of resource can."""
    assert said(PROBABLE, facts(unreadable=frozenset({lost}))) == ("unknown", "unusable", "unreadable")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"coded": (), "string": "definite"}, ("review", "judgement", "text-only")),
        ({"coded": (Coding("http://snomed.info/sct", "1"),)}, ("review", "judgement", "text-only")),
        ({"coded": (Coding(None, None, "definite"),)}, ("review", "judgement", "text-only")),
        ({"coded": (Coding(LOCAL_SYSTEM, "certain"),)}, ("unknown", "unusable", "unknown-code")),
        (
            {"coded": (Coding(LOCAL_SYSTEM, "definite"), Coding(LOCAL_SYSTEM, "possible"))},
            ("unknown", "unusable", "unknown-code"),
        ),
        ({"coded": ()}, ("unknown", "unusable", "unusable")),
        ({"unusable": "no value"}, ("unknown", "unusable", "unusable")),
        ({"when": None}, ("unknown", "unusable", "undated")),
    ],
)
def test_a_value_without_a_code_of_ours_does_not_decide(given: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Words are for a person; a code that nobody knows, two codes, or none are unusable."""
    assert said(PROBABLE, facts(category("definite", **given))) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("definite", ("met", "evidence", "compared")),
        ("probable", ("met", "evidence", "compared")),
        ("probable-laboratory-supported", ("review", "judgement", "for-review")),
        ("possible", ("not-met", "evidence", "compared")),
        ("suspected", ("not-met", "evidence", "compared")),
    ],
)
def test_the_code_decides(code: str, expected: tuple[str, str, str]) -> None:
    """Among those asked, or not; laboratory-supported is for a person. Observed or staged is the same."""
    assert said(PROBABLE, facts(category(code))) == expected
    assert said(PROBABLE, facts(staged(code))) == expected


def test_the_latest_category_counts() -> None:
    """A disease that was possible has become definite; of tomorrow nothing is known."""
    found = facts(
        category("possible", "2025-01-01", reference="Observation/1"),
        category("definite", "2026-01-01", reference="Observation/2"),
        category("suspected", "2026-07-01", reference="Observation/3"),
    )
    assert said(PROBABLE, found)[0] == "met"
    both = facts(category("possible"), category("definite", reference="Observation/2"))
    assert said(PROBABLE, both) == ("unknown", "unusable", "disagreeing")


def test_a_category_has_no_age_unless_the_caller_says_so() -> None:
    """A category of 2015 still counts, except under a window for it."""
    found = facts(category("definite", "2015-01-01"))
    assert said(PROBABLE, found)[0] == "met"
    assert said(PROBABLE, found, max_age={"el-escorial-category": 90}) == ("unknown", "stale", "stale")


def test_an_observation_and_a_stage_must_agree() -> None:
    """Definite as observed and possible as staged is unknown; twice definite is definite."""
    assert said(PROBABLE, facts(category("definite"), staged("possible"))) == ("unknown", "unusable", "disagreeing")
    one = finding(PROBABLE, facts(category("definite"), staged("definite")))
    assert len(one.facts) == 2
    assert one.value == "met"


@pytest.mark.parametrize(
    "entry",
    [
        staged("definite", verification="provisional"),
        staged("definite", verification="refuted"),
        staged("definite", system="http://example.org"),
        staged("definite", disease="multiple-sclerosis"),
        staged("definite", disease="primary-lateral-sclerosis"),
        staged("definite", disease="motor-neuron-disease"),
        staged("spinal"),
        staged(text=("IIIb",)),
    ],
)
def test_other_stages_are_no_category(entry: Condition) -> None:
    """The stage of a suspected or another disease, of another system, of another category, or in other words."""
    assert said(PROBABLE, facts(entry)) == ("unknown", "no-record", "no-record")
    assert said(PROBABLE, facts(entry, category("possible"))) == ("not-met", "evidence", "compared")


def test_a_stage_in_words_is_for_a_person() -> None:
    """It is shown where its words are of this category, and not for another."""
    entry = staged(text=("Definite ALS (El Escorial)",))
    assert said(PROBABLE, facts(entry)) == ("review", "judgement", "text-only")
    assert said(SPINAL, facts(entry))[2] == "no-record"


@pytest.mark.parametrize("text", ["possible ALS", "Possible, formerly probable", "probable, laboratory-supported"])
def test_a_stage_in_words_that_differs_from_the_code_is_for_a_person(text: str) -> None:
    """Whether the code is observed or staged, and both are shown."""
    for found in (facts(category("probable"), staged(text=(text,))), facts(staged("probable", text=(text,)))):
        assert said(PROBABLE, found) == ("review", "judgement", "words-differ")
    assert len(finding(PROBABLE, facts(category("probable"), staged(text=(text,)))).facts) == 2


@pytest.mark.parametrize("text", ["Probable ALS", "probable ALS (El Escorial)", "El Escorial, revised", "IIIb"])
def test_a_stage_in_words_that_says_the_same_or_nothing_does_not_matter(text: str) -> None:
    """Only the name of another value speaks against the code."""
    assert said(PROBABLE, facts(category("probable"), staged(text=(text,)))) == ("met", "evidence", "compared")
    other = staged(text=("possible ALS",), verification="refuted")
    assert said(PROBABLE, facts(category("probable"), other))[0] == "met"


def test_a_category_that_is_not_final_does_not_count() -> None:
    """Alone it is shown."""
    assert said(PROBABLE, facts(category("definite", status="preliminary")))[2] == "preliminary"


def test_the_site_of_onset_is_a_category_too() -> None:
    """Bulbar is not spinal."""
    assert said(SPINAL, facts(category("spinal", concept="onset-site")))[0] == "met"
    assert said(SPINAL, facts(category("bulbar", concept="onset-site")))[0] == "not-met"
    assert said(SPINAL, facts(observation("onset-site", None, string="arm")))[0] == "review"
