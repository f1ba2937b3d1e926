"""Tests of texts and dates as FHIR primitives."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.fhir.primitives import LONGEST_STRING, fhir_date, filled, string, uri


@given(st.text())
def test_a_string_is_never_blank_and_has_no_forbidden_characters(text: str) -> None:
    """FHIR: a string is not empty and has no characters below U+0020 but tab, line feed and carriage return."""
    clean = string(text)
    assert clean is None or (
        clean.strip() == clean and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", clean)
    )


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"), exclude_characters="\ufffe\uffff"), min_size=1))
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    """Nothing of a document's words is lost."""
    assert string(text) == text


def test_a_string_beyond_the_limit_is_cut_and_says_so() -> None:
    """A server refuses more than a mebicharacter; what is cut is not cut silently."""
    cut = string("x" * (LONGEST_STRING + 1))
    assert cut is not None
    assert len(cut) == LONGEST_STRING
    assert cut.endswith("x … [cut: 1048577 characters in the document]")
    assert string("x" * LONGEST_STRING) == "x" * LONGEST_STRING


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "0000",
        "26-06-27",
        "2026-13",
        "2026-02-30",
        "2026-6-27",
        "2026-06-27T10:00",
        "20260627",
        "2026-",
        "\uff12\uff10\uff12\uff16",
    ],
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    """Only a calendar date, whole or partial, goes into a date element."""
    assert fhir_date(text) is None


@pytest.mark.parametrize("text", ["2026", "2026-06", "2026-06-27", "2024-02-29"])
def test_a_date_keeps_its_precision(text: str) -> None:
    """A month stays a month."""
    assert fhir_date(text) == text


@pytest.mark.parametrize(
    "text", [None, "", "org study id", "http://a b", "http:", "http://[", "javascript:alert(1)", "x:y"]
)
def test_a_word_is_no_system(text: str | None) -> None:
    """What a registry calls an id is not taken for a URI."""
    assert uri(text) is None


@pytest.mark.parametrize("text", ["http://registry.test/ids", "urn:oid:1.2.3"])
def test_an_absolute_uri_is_a_system(text: str) -> None:
    """A URI stays as it is."""
    assert uri(text) == text


@pytest.mark.parametrize(
    ("element", "left"),
    [
        ({"a": None, "b": "", "c": [], "d": {}}, {}),
        ({"a": [{"b": None}, {"c": {"d": []}}]}, {}),
        ({"a": False, "b": 0, "c": ("x", None)}, {"a": False, "b": 0, "c": ["x"]}),
    ],
)
def test_empty_elements_are_left_out_and_false_and_zero_are_not_empty(element: Any, left: Any) -> None:
    """FHIR has no empty elements; false and zero say something."""
    assert filled(element) == left
