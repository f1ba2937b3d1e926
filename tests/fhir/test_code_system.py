"""Tests of the project's own codes."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import pytest

from alsfhir.criteria.criterion import Criterion
from alsfhir.eligibility.model import Basis, Outcome, Value
from alsfhir.fhir.code_system import GROUPS, code_system
from alsfhir.terminology import LOCAL_SYSTEM, Code, terminology

CODE_SYSTEM = code_system()


def _codes(concepts: list[dict[str, Any]]) -> list[str]:
    return [code for concept in concepts for code in (concept["code"], *_codes(concept.get("concept", [])))]


def test_no_code_stands_twice() -> None:
    """A code system names each thing once, in whatever group."""
    codes = _codes(CODE_SYSTEM["concept"])
    assert len(codes) == len(set(codes)) == CODE_SYSTEM["count"]


def test_every_code_has_a_name_and_a_meaning() -> None:
    """A code without a meaning is of no use to others."""
    concepts = [*CODE_SYSTEM["concept"], *(one for group in CODE_SYSTEM["concept"] for one in group.get("concept", []))]
    assert all(concept["display"] and concept["definition"] for concept in concepts)
    assert all(f"<td>{code}</td>" in CODE_SYSTEM["text"]["div"] for code in _codes(concepts))


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("verdict", tuple(Value)),
        ("outcome", tuple(Outcome)),
        ("basis", tuple(Basis)),
        ("reading-status", get_args(get_type_hints(Criterion)["reading"])),
        ("computability", get_args(get_type_hints(Criterion)["computability"])),
        ("el-escorial-category", ("definite", "probable", "probable-laboratory-supported", "possible", "suspected")),
        ("onset-site", ("spinal", "bulbar", "respiratory", "generalized")),
    ],
)
def test_each_word_of_the_model_is_a_code_of_its_group(group: str, words: tuple[str, ...]) -> None:
    """What results say, the code system explains."""
    assert set(GROUPS[group][2]) == set(words)


def test_each_local_code_of_the_mappings_is_in_the_code_system() -> None:
    """A record can only use a code of ours that is published."""
    used = {code.code for concept in terminology().concepts.values() for code in concept.codes if _is_local(code)}
    assert len(used) > 5
    assert used <= set(_codes(CODE_SYSTEM["concept"]))


def _is_local(code: Code) -> bool:
    return code.system == LOCAL_SYSTEM


def test_the_url_does_not_depend_on_where_we_publish() -> None:
    """Records carry these codes whoever publishes the trials."""
    assert CODE_SYSTEM["url"] == "http://alsfhir.org/fhir/CodeSystem/als"
    assert {"t90", "norris-bulbar", "norris-spinal"} <= set(_codes(CODE_SYSTEM["concept"]))
