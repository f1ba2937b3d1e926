"""Codes as records have them, and the concepts that they are of, and are not of."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from alsfhir.terminology import mapping, terminology
from codes_table import ATC, ICD, ICD_CM, LABELS, NOT


def _concepts(system: str, code: str) -> frozenset[str]:
    uri = mapping("systems")["systems"][system] if "/" not in system else system
    return terminology().concepts_of(terminology().coding(uri, code))


@pytest.mark.parametrize(("system", "code", "concept"), NOT)
def test_a_code_is_not_of_what_it_is_easily_taken_for(system: str, code: str, concept: str) -> None:
    """Benign is not malignant, abstinence is no abuse, a history is no disease, another scale is another value."""
    assert concept in terminology().concepts
    assert concept not in _concepts(system, code)


@pytest.mark.parametrize("system", ["icd-10", "icd-10-cm"])
@pytest.mark.parametrize(("concept", "codes"), ICD.items())
def test_a_disease_is_known_by_its_codes_in_icd_10(concept: str, codes: str, system: str) -> None:
    """Codes of a chapter, a category and a subcategory, as hospitals write them."""
    assert [code for code in codes.split() if concept not in _concepts(system, code)] == []


@pytest.mark.parametrize(("concept", "codes"), ICD_CM.items())
def test_a_disease_is_known_by_what_only_the_american_form_tells_apart(concept: str, codes: str) -> None:
    """Codes of five and more characters, and of categories that the WHO does not have."""
    assert [code for code in codes.split() if concept not in _concepts("icd-10-cm", code)] == []


@pytest.mark.parametrize(("concept", "codes"), ATC.items())
def test_a_drug_is_known_by_the_substances_of_its_group(concept: str, codes: str) -> None:
    """The code of a substance lies below that of its group."""
    assert [code for code in codes.split() if concept not in _concepts("atc", code)] == []


@pytest.mark.parametrize(("label", "concept"), LABELS.items())
def test_every_verified_code_of_a_label_is_of_its_concept(shared: Path, label: str, concept: str) -> None:
    """No code that is known to be used is left out."""
    with (shared / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["where_seen"] not in ("", "rejected")]
    codes = {(row["system"], row["code"]) for row in rows if row["concept"] == label}
    assert codes
    assert {(system, code) for system, code in codes if concept not in _concepts(system, code)} == set()
