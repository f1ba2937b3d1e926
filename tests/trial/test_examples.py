"""The example documents, read: what is in ``tests/golden/trials`` was looked at line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from alsfhir.criteria.ledger import ledger, ledger_tsv
from alsfhir.criteria.reader import criteria
from alsfhir.trial.document import read_trial
from golden import assert_golden

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "trials").iterdir())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_document_gives_its_trial(path: Path) -> None:
    """Every field of the Trial is as reviewed."""
    trial = read_trial(path.name, path.read_bytes())
    documents = tuple(replace(document, text="", passages=()) for document in trial.documents)
    plain = msgspec.json.encode(replace(trial, documents=documents))
    assert_golden(f"trials/{path.stem}/trial.json", msgspec.json.format(plain, indent=1).decode() + "\n")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_document_gives_its_ledger(path: Path) -> None:
    """Every passage is carried or left out as reviewed."""
    trial = read_trial(path.name, path.read_bytes())
    assert_golden(f"trials/{path.stem}/ledger.tsv", ledger_tsv(ledger(trial, criteria(trial))))
