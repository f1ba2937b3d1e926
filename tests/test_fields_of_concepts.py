"""What concepts say beside their codes: what they include, the words for them, and how their values count."""

from __future__ import annotations

from pathlib import Path

import pytest

from alsfhir.terminology import CONCEPT_FILES, Code, Concept, Terminology, mapping, mappings_folder, terminology
from alsfhir.units import Units

TERMS = terminology()
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
ROUTE = "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"


def _concept(code: str, *includes: str) -> Concept:
    return Concept(label=code, codes=(Code(system="urn:x", code=code, seen="here"),), includes=includes)


def _made(**concepts: Concept) -> Terminology:
    return Terminology(concepts, {}, Units({}, {}))


def test_concepts_that_include_each_other_are_one_and_end() -> None:
    """A circle of inclusions makes every code a code of all of them, and is no endless search."""
    made = _made(a=_concept("1", "b"), b=_concept("2", "c"), c=_concept("3", "a"))
    assert {made.concepts_of(made.coding("urn:x", code)) for code in "123"} == {frozenset("abc")}


def test_what_includes_another_includes_what_that_one_includes() -> None:
    """A code is of the concept that includes its own, and of the one that includes that; not the other way round."""
    made = _made(wide=_concept("1", "middle"), middle=_concept("2", "narrow"), narrow=_concept("3"))
    assert made.concepts_of(made.coding("urn:x", "3")) == {"narrow", "middle", "wide"}
    assert made.concepts_of(made.coding("urn:x", "2")) == {"middle", "wide"}
    assert made.concepts_of(made.coding("urn:x", "1")) == {"wide"}


def test_the_disease_under_study_is_a_neuromuscular_disorder_and_no_other_neurological_disease() -> None:
    """A criterion takes motor neuron disease away from the one, and never finds it in the other."""
    kinds = {"als", "motor-neuron-disease", "primary-lateral-sclerosis", "progressive-bulbar-palsy"}
    codes = [code for name in kinds for code in TERMS.concept(name).codes]
    for code in codes:
        found = TERMS.concepts_of(TERMS.coding(code.system, code.code))
        assert "neuromuscular-disorder" in found
        assert "other-neurological-disease" not in found or "dementia" in found


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Negative", "negative"),
        (" NON-REACTIVE ", "negative"),
        ("not  detected", "negative"),
        ("阴性", "negative"),
        ("Negativo", "negative"),
        ("négatif", "negative"),
        ("nicht nachweisbar", "negative"),
        ("Positive", "positive"),
        ("detected", "positive"),
        ("阳性", "positive"),
        ("Reaktiv", "positive"),
        ("weakly positive", "indeterminate"),
        ("Supine", "supine-position"),
        ("Male", "male-population"),
        ("FEMALE", "female-population"),
        ("Lumbar region", "lumbar-site"),
        ("intranasal", "local-route"),
    ],
)
def test_a_text_means_what_it_says_exactly(text: str, concept: str) -> None:
    """Case and blanks do not matter; the words do."""
    assert TERMS.concepts_of_words(text) == {concept}


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "positive control failed", "not positive", "see comment", "negative?", "pending", "1", "oral"],
)
def test_a_text_that_says_more_or_less_means_nothing(text: str) -> None:
    """No word is looked for inside a text: what surrounds it can turn it round."""
    assert TERMS.concepts_of_words(text) == frozenset()


def test_no_words_mean_two_things() -> None:
    """A text that meant a positive and a negative result at once would decide by chance."""
    words = [text.casefold() for concept in TERMS.concepts.values() for text in concept.words]
    assert sorted({text for text in words if words.count(text) > 1}) == []


@pytest.mark.parametrize("system", [INTERPRETATION, "http://hl7.org/fhir/v2/0078", "urn:oid:2.16.840.1.113883.5.83"])
@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("POS", {"positive"}),
        ("NEG", {"negative"}),
        ("ND", {"negative"}),
        ("IND", {"indeterminate"}),
        ("WR", {"indeterminate"}),
        ("H", {"abnormal-result"}),
        ("LL", {"abnormal-result"}),
        ("N", set()),
        ("S", set()),
    ],
)
def test_an_interpretation_is_read_in_each_edition_of_its_table(system: str, code: str, concepts: set[str]) -> None:
    """Version 2 and version 3 of the table mean the same by a code; what is normal is not abnormal."""
    assert TERMS.concepts_of(TERMS.coding(system, code)) == concepts


@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("IPINHL", {"local-route"}),
        ("IARTINJ", {"local-route"}),
        ("SKIN", {"local-route"}),
        ("PO", set()),
        ("IV", set()),
        ("TRNSDERMD", set()),
        ("ITINJ", set()),
        ("NGT", {"feeding-tube-route", "tube-feeding"}),
        ("GT", {"feeding-tube-route", "tube-feeding"}),
        ("JJTINSTL", {"other-feeding-route"}),
        ("EFT", {"other-feeding-route"}),
    ],
)
def test_a_route_is_local_or_through_a_tube_only_where_it_says_so(code: str, concepts: set[str]) -> None:
    """What goes through the skin into the body is not local, and a tube into the jejunum is no gastrostomy."""
    assert TERMS.concepts_of(TERMS.coding(ROUTE, code)) == concepts
    assert TERMS.concepts_of(TERMS.coding("http://hl7.org/fhir/v3/RouteOfAdministration", code)) == concepts


def test_a_history_is_past_and_nothing_else_is() -> None:
    """Every history says that something was; no disease, status or drug does."""
    histories = {name for name in TERMS.concepts if name.startswith("history-of-")}
    assert {name for name, concept in TERMS.concepts.items() if concept.past} == histories
    assert len(histories) > 5


def test_a_history_is_of_no_disease() -> None:
    """No code is both of a history and of what it is a history of."""
    for name in [name for name in TERMS.concepts if name.startswith("history-of-")]:
        for code in TERMS.concept(name).codes:
            assert name.removeprefix("history-of-") not in TERMS.concepts_of(TERMS.coding(code.system, code.code))


def test_antibodies_that_stay_count_however_old_they_are() -> None:
    """Antibodies against HIV and Treponema do, when positive; no other result."""
    stay = {name for name, concept in TERMS.concepts.items() if concept.never_stale == "positive"}
    assert stay == {"hiv-antibody", "treponemal-antibody"}


def test_a_prothrombin_time_in_percent_is_another_quantity() -> None:
    """Of all measurements it alone is also recorded in a unit that must never be compared."""
    ignoring = {name: concept.ignored_units for name, concept in TERMS.concepts.items() if concept.ignored_units}
    assert ignoring == {"prothrombin-time": ("%",)}


def test_every_measurement_with_a_unit_has_plausible_limits_around_zero_or_more() -> None:
    """A value typed a thousandfold is not believed, whatever is measured."""
    bare = [n for n, c in TERMS.concepts.items() if c.unit is not None and c.plausible is None]
    assert bare == []


@pytest.mark.parametrize("file", CONCEPT_FILES)
def test_the_legend_of_a_file_names_every_field_that_the_file_uses(file: str) -> None:
    """Whoever edits a mapping finds on top of it what each field means."""
    legend = [line.split()[1] for line in _legend(mappings_folder() / f"{file}.toml") if line.startswith("#   ")]
    assert {field for table in mapping(file).values() for field in table} - set(legend) == set()


def _legend(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n\n")[0].splitlines()
