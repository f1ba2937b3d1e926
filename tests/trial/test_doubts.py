"""Lost signs and exponents are reported, never repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.doubts import doubts, lost_superscripts
from alsfhir.trial.model import Kind


def found(text: str, kind: Kind = Kind.INCLUSION) -> list[str]:
    """The doubts about a statement."""
    return list(doubts(text, kind))


@pytest.mark.parametrize(
    "text", ["FVC must be 3 60%", "FVC ³ 60%", "FVC £ 60%", "FVC ? 60%", "FVC \ufffd 60%", "BMI is 3 18.5 kg/m2"]
)
def test_a_destroyed_comparison_sign_is_reported(text: str) -> None:
    """The sign for “at least” often arrives as a 3 or a superscript three; nobody knows which it was."""
    (doubt,) = found(text)
    assert "destroyed" in doubt


@pytest.mark.parametrize("text", ["FVC 60%", "Vital capacity of 50 % of predicted", "BMI 18 kg/m2", "Age 18 years"])
def test_a_number_without_a_comparison_sign_is_reported(text: str) -> None:
    """A bare number can be a least or a greatest value."""
    (doubt,) = found(text)
    assert "without a comparison sign" in doubt


@pytest.mark.parametrize(
    "text",
    [
        "FVC ≥ 60%",
        "FVC of at least 60 %",
        "FVC not below 60%",
        "Aged 18-75 years",
        "BMI between 18 and 30 kg/m2",
        "Capacity superior to 55%",
        "Platelets below 100 000 /ml",
        "Dose of 600 mg twice daily",
        "Volume in mm³ 5",
        "Signed consent",
    ],
)
def test_what_is_said_clearly_raises_no_doubt(text: str) -> None:
    """Comparisons in signs or words, ranges, thousands with a blank, and other numbers are left in peace."""
    assert found(text) == []


def test_a_lost_superscript_is_reported_with_its_words() -> None:
    """A power of ten with its exponent on the line is quoted."""
    (doubt,) = lost_superscripts("Each dose has 5\u00d7107 cells, or 5\u00d710^7, 5\u00d710⁷, 2 x 100 mg, 2 x 10 mg.")
    assert "5\u00d7107" in doubt


def test_an_organ_function_without_what_is_wrong_with_it_is_reported() -> None:
    """In an exclusion a bare “liver function” lost a word; in an inclusion, or with one, it did not."""
    assert any("lost" in doubt for doubt in found("Hepatitis or liver function at baseline", Kind.EXCLUSION))
    assert found("Hepatitis or impaired liver function at baseline", Kind.EXCLUSION) == []
    assert found("Normal liver function", Kind.INCLUSION) == []


def test_a_heading_within_a_statement_is_reported() -> None:
    """A list that began unnoticed within a statement would turn exclusions into inclusions."""
    assert "another list" in found("ALS, see the exclusion criteria: below")[0]


@given(st.text(alphabet="0123456789 .,%\u00d7x\u00b3£?<>FVCage-", max_size=200))
def test_any_text_can_be_doubted(text: str) -> None:
    """Whatever the text, each doubt is one non-empty sentence."""
    assert all(doubt and "\n" not in doubt for doubt in found(text, Kind.EXCLUSION))
