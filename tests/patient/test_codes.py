"""CodeableConcepts become codings in canonical systems."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from alsfhir.patient.codes import codings, concepts_in, status_code, text_of, value_codings
from alsfhir.patient.datatypes import CodeableConcept
from alsfhir.terminology import Coding
from patient_samples import SNOMED, TERMS


def concept(**elements: Any) -> CodeableConcept:
    return msgspec.convert(elements, CodeableConcept)


def test_what_says_nothing_is_left_out() -> None:
    """Missing concepts, nulls, codings without code and display, and codes of another type make no coding."""
    empty = concept(coding=[None, {}, {"system": SNOMED}, {"system": SNOMED, "code": 86044005}, {"code": " "}])
    assert codings(TERMS, None, empty) == ()


def test_systems_are_canonical_and_codes_trimmed() -> None:
    """A coding in a variant of the system, with blanks around its code, is the coding that the concepts know."""
    found = codings(TERMS, concept(coding=[{"system": "urn:oid:2.16.840.1.113883.6.96", "code": " 86044005 "}]))
    assert found == (Coding(SNOMED, "86044005"),)
    assert concepts_in(TERMS, found) == {"als"}


def test_codings_keep_their_order_and_come_once() -> None:
    """Several concepts give their codings in order, none twice; a display alone is one, too."""
    one, two = {"system": SNOMED, "code": "1"}, {"display": "words"}
    found = codings(TERMS, concept(coding=[one, two]), concept(coding=[one]))
    assert found == (Coding(SNOMED, "1"), Coding(None, None, "words"))
    assert concepts_in(TERMS, found) == frozenset()


def test_the_text_of_a_value_is_kept_beside_its_codings() -> None:
    """A text that no display says is a last coding of nothing but a display."""
    coded = {"system": SNOMED, "code": "1", "display": "one"}
    assert value_codings(TERMS, concept(coding=[coded], text="one")) == (Coding(SNOMED, "1", "one"),)
    assert value_codings(TERMS, concept(coding=[coded], text="uno"))[1:] == (Coding(None, None, "uno"),)
    assert value_codings(TERMS, None) == ()


def test_a_text_is_a_string_with_something_in_it() -> None:
    """No concept, no text, a blank one and a number are no text."""
    assert [text_of(each) for each in (None, concept(), concept(text=" "), concept(text=5))] == [None] * 4
    assert text_of(concept(text="ALS")) == "ALS"


@pytest.mark.parametrize(
    ("coding", "code"),
    [
        ({"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "refuted"}, "refuted"),
        ({"system": "http://hl7.org/fhir/condition-ver-status", "code": "refuted"}, "refuted"),
        ({"code": " refuted "}, "refuted"),
        ({"system": "http://example.org/status", "code": "refuted"}, None),
        ({"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status"}, None),
    ],
)
def test_a_status_is_of_the_code_system_that_fhir_binds(coding: dict[str, str], code: str | None) -> None:
    """A status counts in FHIR's own code system, under its older address, or without a system; else it does not."""
    assert (
        status_code(concept(coding=[{"system": "http://x.org", "code": "x"}, coding]), "condition-ver-status") == code
    )
    assert status_code(None, "condition-ver-status") is None
