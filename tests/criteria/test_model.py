from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given

from alsfhir.criteria.model import Age, Measurement, Node
from criterion_trees import TREES


@pytest.mark.parametrize(
    "table",
    [
        {"is": "wish"},
        {"at-least": 18},
        {"is": "age", "at-leest": 18},
        {"is": "age", "at-least": 18.5},
        {"is": "condition"},
        {"is": "condition", "concept": "als", "when": "soon"},
        {"is": "not", "of": [{"is": "pregnancy"}]},
        {"is": "all-of", "of": {"is": "pregnancy"}},
        {"is": "sex", "among": ["man"]},
    ],
)
def test_what_is_not_a_node_is_refused(table: dict[str, object]) -> None:
    """A misspelt type, field or value is an error, never a field that is silently ignored."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(table, Node)


@given(TREES)
def test_a_tree_survives_json(tree: Node) -> None:
    """A tree written as JSON and read again is the same tree, to the last digit."""
    assert msgspec.json.decode(msgspec.json.encode(tree), type=Node) == tree


@given(TREES)
def test_a_tree_survives_json_with_decimals_as_numbers(tree: Node) -> None:
    """Bounds may be written as JSON numbers as well as text; neither loses a digit."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    assert msgspec.json.decode(encoder.encode(tree), type=Node) == tree


def test_a_bound_in_toml_is_exact() -> None:
    """A number of a mapping file is the decimal that was written there."""
    node = msgspec.convert({"is": "measurement", "concept": "bmi", "unit": "kg/m2", "less-than": Decimal("18.5")}, Node)
    assert node == Measurement(concept="bmi", unit="kg/m2", less_than=Decimal("18.5"))
    assert msgspec.convert({"is": "age", "at-least": 18}, Node) == Age(at_least=18)
