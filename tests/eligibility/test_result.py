"""What one observation says: positive, negative, or neither."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.result import result
from alsfhir.patient.model import Observation
from alsfhir.terminology import Coding, terminology
from eligibility_samples import observation
from laboratory_samples import NEGATIVE, POSITIVE, coded, words

LOCAL = Coding("http://example.org", "R1", "reactive, to be repeated")


def said(concept: str, value: str | None = None, **more: Any) -> bool | Cause | None:
    """The result of an observation of a concept, or what is wrong with it."""
    found = result(observation(concept, value, **more), concept, terminology())
    return found.positive if found.problem is None else found.problem


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({}, "unusable"),
        ({"unusable": "no value"}, "unusable"),
        ({"unusable": "no value (not-performed)", "interpretation": ("POS",)}, "unusable"),
        ({"unusable": "unknown modifier extension", "coded": (POSITIVE,)}, "unusable"),
        ({"coded": (POSITIVE, NEGATIVE)}, "disagreeing"),
        ({"coded": (POSITIVE, words("negative"))}, "disagreeing"),
        ({"interpretation": ("POS", "NEG")}, "disagreeing"),
        ({"interpretation": ("H",)}, "unusable"),
        ({"coded": (Coding("http://example.org", "R1"),)}, "unknown-code"),
        ({"coded": (LOCAL,)}, "text-only"),
        ({"coded": (words("1:160"),)}, "text-only"),
        ({"string": "see comment"}, "text-only"),
        ({"string": "1:160", "interpretation": ("POS",)}, "text-only"),
        ({"string": "not positive"}, "text-only"),
        ({"coded": (coded("indeterminate"),)}, "indeterminate"),
        ({"coded": (POSITIVE, words("weakly positive"))}, "indeterminate"),
        ({"interpretation": ("POS",), "concepts": frozenset({"hbsag", "indeterminate"})}, "indeterminate"),
    ],
)
def test_what_is_not_one_of_the_two_is_neither(more: dict[str, Any], cause: str) -> None:
    """Both of them, a code that nobody knows, a titre, or words that say more: a person reads what can be read."""
    assert said("hbsag", **more) == cause


@pytest.mark.parametrize(
    ("concept", "value", "cause"),
    [
        ("hbsag", "12.3 {score}", "number-only"),
        ("hbsag", "0", "number-only"),
        ("hcv-rna", "12", "no-unit"),
        ("hcv-rna", "2800 {copies}/mL", "other-unit"),
        ("hcv-rna", "<15 IU/mL", "comparator"),
        ("hcv-rna", "<=0 IU/mL", "comparator"),
        ("hcv-rna", ">=0 IU/mL", "comparator"),
        ("hcv-rna", "-1 IU/mL", "implausible"),
    ],
)
def test_a_number_says_nothing_where_nobody_knows_from_where_on_it_is_positive(
    concept: str, value: str, cause: str
) -> None:
    """An index of an antibody has its laboratory's own limit; below 15 may be nought."""
    assert said(concept, value) == cause


@pytest.mark.parametrize(
    ("more", "positive"),
    [
        ({"coded": (POSITIVE,)}, True),
        ({"coded": (NEGATIVE,)}, False),
        ({"coded": (LOCAL, POSITIVE)}, True),
        ({"coded": (words("Negative"),)}, False),
        ({"coded": (Coding("http://example.org", "N", "negative"),)}, False),
        ({"string": "  POSITIVE "}, True),
        ({"string": "negative"}, False),
        ({"boolean": True}, True),
        ({"boolean": False}, False),
        ({"interpretation": ("POS",)}, True),
        ({"interpretation": ("NEG", "L"), "unusable": "no value"}, False),
        ({"coded": (NEGATIVE,), "interpretation": ("POS",)}, False),
    ],
)
def test_a_result_has_many_forms(more: dict[str, Any], positive: bool) -> None:
    """A code, exact words in whatever case, yes or no; the interpretation only where there is no value."""
    assert said("hbsag", **more) is positive


def test_an_interpretation_that_a_concept_has_is_one_too() -> None:
    """The concepts of an observation are also those of its interpretation."""
    found = observation("hbsag", None, concepts=frozenset({"hbsag", "negative"}), unusable="no value")
    assert result(found, "hbsag", terminology()).positive is False


@pytest.mark.parametrize("value", ["2800 IU/mL", "0.5 IU/mL", ">20 IU/mL", ">=20 IU/mL", ">0 IU/mL", "1 k[IU]/mL"])
def test_any_amount_of_a_virus_is_positive(value: str) -> None:
    """However little it is."""
    assert said("hcv-rna", value) is True


def test_no_virus_at_all_is_negative() -> None:
    """Nought, in whatever unit."""
    for value in ("0 IU/mL", "0.0 k[IU]/mL"):
        found: Observation = observation("hcv-rna", value)
        assert result(found, "hcv-rna", terminology()).positive is False
