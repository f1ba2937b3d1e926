"""Holds what the documents claim to what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import alsfhir

ROOT = Path(__file__).parents[1]
TESTS = set(
    re.findall(r"^def (test_\w+)", "\n".join(p.read_text("utf-8") for p in ROOT.glob("tests/**/*.py")), re.MULTILINE)
)
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/hazards.md", "docs/fhir.md")


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "docs/hazards.md"])
def test_every_test_that_a_document_names_exists(document: str) -> None:
    """An invariant or a hazard without its test is a wish."""
    named = set(re.findall(r"`(test_\w+)`", (ROOT / document).read_text("utf-8")))
    assert named
    assert named - TESTS == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_between_documents_leads_somewhere(document: str) -> None:
    """No relative link is broken."""
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_example_is_in_the_readme() -> None:
    """Each example patient and trial document is shown to the user."""
    readme = (ROOT / "README.md").read_text("utf-8")
    examples = [path.name for path in sorted(ROOT.glob("examples/*/*"))]
    assert examples
    assert [name for name in examples if name not in readme] == []


def test_the_changelog_begins_with_the_version() -> None:
    """The package's version is the first one in the changelog."""
    assert f"\n## {alsfhir.__version__} " in (ROOT / "CHANGELOG.md").read_text("utf-8").partition("### ")[0]


def test_every_dependency_has_its_reason() -> None:
    """One line of reason for each dependency."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lists = re.findall(r"(?:^dependencies|^dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in lists for line in block.splitlines()]
    assert len(lines) > 10
    assert [line for line in lines if not re.search(r'",\s+# \w', line)] == []


def test_the_lock_names_no_place() -> None:
    """The lock serves whichever package index a machine is set up with."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert all(line.startswith((" ", "    --hash")) or "==" in line for line in lock.splitlines())
