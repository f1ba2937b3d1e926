"""The JSON Schemas of a criterion tree and of a mapping file, made from the types that read them."""

from __future__ import annotations

from typing import Any

import msgspec

from alsfhir.criteria.mapping import TrialMapping
from alsfhir.criteria.model import Node

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BASE = "http://alsfhir.org/schema"
_DECIMAL = {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by the name of the file that ships them, in ``alsfhir/schemas``."""
    return {
        "criteria-1.json": _schema(Node, "criteria-1.json", "Criterion tree"),
        "mapping-1.json": _schema(TrialMapping, "mapping-1.json", "What is known of a trial"),
    }


def schema_text(schema: dict[str, Any]) -> bytes:
    """A schema as its file has it: two blanks of indentation, a line feed at the end."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _schema(described: Any, file: str, title: str) -> dict[str, Any]:
    (root,), components = msgspec.json.schema_components((described,), ref_template="#/$defs/{name}")
    head = {"$schema": _DIALECT, "$id": f"{_BASE}/{file}", "title": title}
    made: dict[str, Any] = _plain({**head, **root, "$defs": components})
    return made


def _plain(schema: Any) -> Any:
    """The schema with each description on one line, and decimals as numbers, or as text, which is as exact."""
    if isinstance(schema, list):
        return [_plain(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {**_DECIMAL, **{key: value for key, value in schema.items() if key not in ("type", "format")}}
    return {
        key: " ".join(value.split()) if key == "description" and isinstance(value, str) else _plain(value)
        for key, value in schema.items()
    }
