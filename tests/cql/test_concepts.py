from __future__ import annotations

from alsfhir.cql.concepts import codes_of, concepts_library
from alsfhir.terminology import Code, Concept, Terminology, terminology
from alsfhir.units import Units

ICD, SNOMED = "http://hl7.org/fhir/sid/icd-10", "http://snomed.info/sct"


def _terms() -> Terminology:
    concepts = {
        "wide": Concept(label="wide", includes=("narrow",), words=("Wide  One",)),
        "narrow": Concept(
            label="narrow\n// not the end",
            words=("NARROW",),
            codes=(
                Code(system=SNOMED, code="1", display="It's one", seen="a test"),
                Code(system=ICD, code="C5", below=True, seen="a test"),
                Code(system=ICD, first="A00", last="A09", seen="a test"),
            ),
        ),
    }
    return Terminology(concepts, {"urn:oid:1.2": SNOMED}, Units({"kg": {"g": "1/1000"}}, {"KG": "kg"}))


def test_what_a_concept_includes_is_its_own() -> None:
    """The codes and the words of an included concept are those of the one that includes it."""
    assert codes_of("wide", _terms()) == codes_of("narrow", _terms())
    assert "words: { 'narrow', 'wide one' }" in concepts_library(_terms()).text


def test_a_code_is_written_by_what_counts_with_it() -> None:
    """A code alone, a code with all below it, and a range are told apart; a label of several lines is one comment."""
    text = concepts_library(_terms()).text
    assert '// narrow // not the end\ndefine "narrow":' in text
    assert "'1' // It's one" in text
    assert f"below: {{ Tuple {{ system: '{ICD}', codes: {{\n" in text
    assert f"Tuple {{ system: '{ICD}', first: 'A00', last: 'A09' }}" in text


def test_systems_and_units_have_all_their_names() -> None:
    """Every URI of a code system leads to the one, and every way to write a unit to its dimension and its factor."""
    text = concepts_library(_terms()).text
    assert f"when 'urn:oid:1.2' then '{SNOMED}'" in text
    assert "when 'g' then Tuple { code: 'g', dimension: 'kg', numerator: 1.0, denominator: 1000.0 }" in text
    assert "when 'KG' then Tuple { code: 'kg', dimension: 'kg', numerator: 1.0, denominator: 1.0 }" in text


def test_every_concept_of_the_mappings_is_there() -> None:
    """The shipped library has a definition for each concept."""
    text = concepts_library(terminology()).text
    assert all(f'\ndefine "{name}":\n' in text for name in terminology().concepts)
