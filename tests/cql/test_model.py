from __future__ import annotations

from alsfhir.cql.model import head, versioned


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
