"""The leaves of a JSON text are where `json` finds their values."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.trial.json_leaves import Step, decoded, leaves

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def values(data: Any, path: tuple[Step, ...] = ()) -> dict[tuple[Step, ...], Any]:
    """The leaves of parsed JSON, by path."""
    if isinstance(data, dict):
        return {p: v for key, inner in data.items() for p, v in values(inner, (*path, key)).items()}
    if isinstance(data, list):
        return {p: v for n, inner in enumerate(data) for p, v in values(inner, (*path, n)).items()}
    return {path: data}


@given(JSON, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_leaves_are_those_that_json_finds(data: Any, ascii_only: bool, indent: int | str | None) -> None:
    """Paths and values agree with `json`, and a leaf's place holds its value."""
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    found = list(leaves(text))
    assert {leaf.path: leaf.value for leaf in found} == values(data)
    for leaf in found:
        raw = text[leaf.start : leaf.end]
        assert json.loads(f'"{raw}"' if isinstance(leaf.value, str) else raw) == leaf.value


@given(st.text(), st.booleans())
def test_decoded_text_knows_where_its_characters_stood(text: str, ascii_only: bool) -> None:
    """Each character's place in the escaped text holds that character, and the last place is the end."""
    raw = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    plain, places = decoded(raw)
    assert plain == text
    assert len(places) == len(text) + 1
    assert [json.loads(f'"{raw[a:b]}"') for a, b in pairwise(places)] == list(text)


def test_patterns_name_keys_and_lists() -> None:
    """A path is written with dots and brackets."""
    assert [leaf.pattern for leaf in leaves('{"a": [{"b": 1}, [2]], "c": null}')] == ["a[].b", "a[][]", "c"]
