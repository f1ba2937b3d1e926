"""Mass and amount of substance, which are one thing only of the analyte whose mole is known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir import terminology as module
from alsfhir.errors import MappingError
from alsfhir.terminology import mapping, terminology

UNITS = terminology().units
TABLE: dict[str, Any] = mapping("units")
MASSES = ["mg/dL", *TABLE["factors"]["mg/dL"]]
AMOUNTS = ["umol/L", *TABLE["factors"]["umol/L"]]
FACTORS = {"m": {"cm": "1/100"}, "s": {}}


@pytest.mark.parametrize(
    ("analyte", "says"),
    [
        ({"mass": "cm", "substance": "s", "factor": "2", "source": "x"}, r"name no dimension: \['cm'\]"),
        ({"mass": "m", "substance": "furlong", "factor": "2", "source": "x"}, "furlong"),
        ({"mass": "m", "substance": "s", "factor": "two", "source": "x"}, "two"),
        ({"mass": "m", "substance": "s", "factor": "0", "source": "x"}, r"units\.toml"),
        ({"mass": "m", "substance": "s", "factor": "2"}, "source"),
    ],
)
def test_an_analyte_that_cannot_be_converted_is_an_error(analyte: dict[str, str], says: str) -> None:
    """Its units are those of dimensions, its factor is a number, and it says where that is from."""
    with pytest.raises(MappingError, match=says):
        module._units({"factors": FACTORS, "aliases": {}, "analytes": {"a": analyte}})


@pytest.mark.parametrize("concept", [None, "glucose", "alt", "hcg"])
def test_mass_is_no_amount_of_any_other_thing(concept: str | None) -> None:
    """Without the analyte, mg/dL and umol/L do not measure the same thing."""
    assert UNITS.converted(Decimal(1), "mg/dL", "umol/L", concept) is None
    assert UNITS.converted(Decimal(1), "umol/L", "mg/dL", concept) is None


@pytest.mark.parametrize(
    ("unit", "to"), [("%", "mg/dL"), ("U/L", "umol/L"), ("{copies}/mL", "mg/dL"), ("umol/L", "%"), (None, "mg/dL")]
)
@pytest.mark.parametrize("concept", ["total-bilirubin", "creatinine"])
def test_an_analyte_is_converted_between_its_mass_and_its_amount_only(unit: str | None, to: str, concept: str) -> None:
    """Percentages, enzyme units, copies and missing units stay what they are."""
    assert UNITS.converted(Decimal(1), unit, to, concept) is None


@pytest.mark.parametrize(
    ("value", "unit", "to", "concept", "converted"),
    [
        ("1", "mg/dL", "umol/L", "total-bilirubin", Fraction("17.1")),
        ("1", "mg/dL", "umol/L", "creatinine", Fraction("88.42")),
        ("30", "umol/L", "mg/dL", "total-bilirubin", Fraction(30) / Fraction("17.1")),
        ("0.030", "mmol/L", "mg/dl", "total-bilirubin", Fraction(30) / Fraction("17.1")),
        ("12", "mg/L", "µmol/l", "total-bilirubin", Fraction("1.2") * Fraction("17.1")),
        ("132.63", "umol/L", "mg/dL", "creatinine", Fraction("1.5")),
        ("1.5", "mg/dL", "g/L", "creatinine", Fraction("0.015")),
    ],
)
def test_an_analyte_is_converted_exactly(value: str, unit: str, to: str, concept: str, converted: Fraction) -> None:
    """One mg/dL is 17.1 umol/L of bilirubin and 88.42 of creatinine, whatever the prefixes and the spelling."""
    assert UNITS.converted(Decimal(value), unit, to, concept) == converted


def test_a_bound_between_two_units_is_on_its_side() -> None:
    """132 umol/L of creatinine are less than 1.5 mg/dL, and 30 umol/L of bilirubin less than 1.5 times 1.2 mg/dL."""
    creatinine = UNITS.converted(Decimal(132), "umol/L", "mg/dL", "creatinine")
    bilirubin = UNITS.converted(Decimal(30), "umol/L", "mg/dL", "total-bilirubin")
    assert creatinine is not None
    assert bilirubin is not None
    assert Fraction("1.49") < creatinine < Fraction("1.5")
    assert Fraction("1.75") < bilirubin < Fraction("1.8")


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10_000, places=4),
    st.sampled_from(MASSES),
    st.sampled_from(AMOUNTS),
    st.sampled_from(["total-bilirubin", "creatinine"]),
)
def test_from_mass_to_amount_and_back_is_the_same_number(value: Decimal, mass: str, amount: str, concept: str) -> None:
    """Nothing is lost on the way, through all prefixes and in both directions."""
    there = UNITS.converted(value, mass, amount, concept)
    back = UNITS.converted(Decimal(1), amount, mass, concept)
    assert there is not None
    assert back is not None
    assert there * back == Fraction(value)


@pytest.mark.parametrize("concept", TABLE["analytes"])
def test_an_analyte_is_a_measurement_compared_in_one_of_its_units(concept: str) -> None:
    """A conversion that no concept uses would be a slip of its name."""
    analyte = TABLE["analytes"][concept]
    assert terminology().concept(concept).unit in (analyte["mass"], analyte["substance"])
