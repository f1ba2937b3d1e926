"""The package as it is installed: it carries its mappings, CQL, ELM and schemas, and works outside a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files in a folder of their own, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_mappings_schemas_types_and_notices(unpacked: Path) -> None:
    """What reviewers, validators, type checkers and lawyers need goes with the code."""
    mappings = {path.relative_to(ROOT / "mappings") for path in ROOT.glob("mappings/**/*.toml")}
    assert {
        path.relative_to(unpacked / "alsfhir/mappings") for path in unpacked.glob("alsfhir/mappings/**/*.toml")
    } == mappings
    assert len(list(unpacked.glob("alsfhir/schemas/*.json"))) == len(list(ROOT.glob("src/alsfhir/schemas/*.json"))) > 0
    facts = {path.name for path in ROOT.glob("src/alsfhir/cql/facts/*.cql")}
    assert {path.name for path in unpacked.glob("alsfhir/cql/facts/*.cql")} == facts != set()
    elm = {path.name for path in ROOT.glob("src/alsfhir/cql/elm/*.json.gz")}
    assert {path.name for path in unpacked.glob("alsfhir/cql/elm/*.json.gz")} == elm != set()
    assert (unpacked / "alsfhir/py.typed").is_file()
    assert {"LICENSE", "NOTICE"} <= {path.name for path in unpacked.glob("*.dist-info/licenses/*")}


def test_the_wheel_works_outside_a_checkout(unpacked: Path, tmp_path: Path) -> None:
    """The known trials are read from the mappings inside the package."""
    code = "import alsfhir\nfrom alsfhir.cli import main\nprint(alsfhir.__file__)\nmain(['trials', 'NCT06765564'])"
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(unpacked))
    assert "NCT06765564-E22" in done.stdout
