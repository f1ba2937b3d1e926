"""The example documents, read: what is in ``tests/golden/trials`` was looked at line by line."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from alsfhir.criteria.ledger import ledger, ledger_tsv
from alsfhir.trial.document import read_trial

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "trials"
EXAMPLES = sorted((ROOT / "examples" / "trials").iterdir())


def same_as(golden: Path, content: bytes) -> None:
    """Holds the content to the golden file, or writes it where ``ALSFHIR_REGENERATE`` asks for it."""
    if os.environ.get("ALSFHIR_REGENERATE"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(content)
    assert golden.read_bytes() == content


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_document_gives_its_trial(path: Path) -> None:
    """Every field of the Trial is as reviewed."""
    trial = read_trial(path.name, path.read_bytes())
    documents = tuple(replace(document, text="", passages=()) for document in trial.documents)
    plain = msgspec.json.encode(replace(trial, documents=documents))
    same_as(GOLDEN / path.stem / "trial.json", msgspec.json.format(plain, indent=1) + b"\n")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_document_gives_its_ledger(path: Path) -> None:
    """Every passage is carried or left out as reviewed."""
    trial = read_trial(path.name, path.read_bytes())
    same_as(GOLDEN / path.stem / "ledger.tsv", ledger_tsv(ledger(trial)).encode())
