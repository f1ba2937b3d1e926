from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError

from alsfhir.criteria.mapping import known_trials
from alsfhir.criteria.model import Age, Measurement, Node
from alsfhir.criteria.schema import schema_text, schemas
from alsfhir.terminology import mapping
from criterion_trees import TREES

NAMES = ("criteria-1.json", "mapping-1.json")


def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((files("alsfhir") / "schemas" / name).read_bytes()))


TREE, MAPPING = (_validator(name) for name in NAMES)


def _as_json(table: Any) -> Any:
    """What a TOML file holds, as JSON holds it: decimals as numbers."""
    return json.loads(json.dumps(table, default=lambda number: float(Decimal(number))))


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"is": "age", "at-least": "18"},
        {"is": "age", "at-leest": 18},
        {"is": "measurement", "concept": "bmi", "unit": "kg/m2", "less-than": "low"},
        {"is": "wish"},
        {"is": "all-of", "of": [{"is": "age", "at-least": 18}, {"is": "wish"}]},
        {"is": "judgement"},
    ],
)
def test_what_is_no_tree_does_not_conform(table: dict[str, Any]) -> None:
    """The schema refuses what the reader refuses."""
    with pytest.raises(ValidationError):
        TREE.validate(table)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(table, Node)


@pytest.mark.parametrize("field", ["nct-id", "title", "status", "condition", "criterion"])
def test_a_mapping_without_a_required_field_does_not_conform(field: str) -> None:
    """Each field that the reader needs is required by the schema."""
    table = _as_json(mapping(f"trials/{known_trials()[0]}"))
    del table[field]
    with pytest.raises(ValidationError, match=field):
        MAPPING.validate(table)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_schemas_are_those_of_the_model(name: str) -> None:
    """The file is what the types make of themselves; write it anew with `schema_text` when they change."""
    assert (files("alsfhir") / "schemas" / name).read_bytes() == schema_text(schemas()[name])


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_one_and_says_its_name(name: str) -> None:
    """A schema conforms to its dialect, and is found under its published address."""
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"http://alsfhir.org/schema/{name}"


@pytest.mark.parametrize("trial", known_trials())
def test_every_mapping_file_conforms(trial: str) -> None:
    """The files as they are, and each tree in them, conform to the schemas that are shipped."""
    table = _as_json(mapping(f"trials/{trial}"))
    MAPPING.validate(table)
    for criterion in table["criterion"]:
        TREE.validate(criterion["tree"])


@given(TREES)
def test_every_tree_conforms(tree: Node) -> None:
    """Whatever the model can hold, written with decimals as text or as numbers, conforms."""
    TREE.validate(json.loads(msgspec.json.encode(tree)))
    TREE.validate(json.loads(msgspec.json.Encoder(decimal_format="number").encode(tree)))


def test_descriptions_are_one_line_each() -> None:
    """What the schema says of a type is its documentation, without the line breaks of a source file."""
    described = schemas()["criteria-1.json"]["$defs"]
    assert described[Age.__name__]["description"].startswith("Age in completed years")
    assert "\n" not in described[Measurement.__name__]["description"]
