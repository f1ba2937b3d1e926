from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.cql.model import head, version_of, versioned


def test_another_text_is_another_version() -> None:
    """The version of a library is a hash of its text, and stands in it."""
    one, other = versioned("A", head("A")), versioned("A", head("A") + "define X: 1\n")
    assert one.version != other.version
    assert one.text.startswith(f"library A version '{one.version}'\n")


def test_the_same_text_is_the_same_version() -> None:
    """Making a library twice makes the same one."""
    assert versioned("A", head("A")) == versioned("A", head("A"))


def test_an_included_library_is_named_with_its_version() -> None:
    """A library says which version of another one it needs."""
    concepts = versioned("Concepts", head("Concepts"))
    assert f"include Concepts version '{concepts.version}' called C\n" in head("Facts", (concepts, "C"))


@given(st.text())
def test_a_version_is_three_numbers_that_an_engine_can_compare(text: str) -> None:
    """Each fits in 31 bits, and another text has another version."""
    version = version_of(text)
    assert re.fullmatch(r"1(\.\d+){2}", version)
    assert all(int(number) < 2**31 for number in version.split("."))
    assert version_of(f"{text} ") != version
