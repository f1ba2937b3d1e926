"""Golden files: what a person has reviewed. ``ALSFHIR_REGENERATE=1 pytest`` writes them anew; then review the diff."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str, folder: Path = GOLDEN, command: str = "ALSFHIR_REGENERATE=1 pytest") -> None:
    """Fails unless ``text`` is what stands in the file ``name``; ``command`` is what writes it."""
    path = folder / name
    if os.environ.get("ALSFHIR_REGENERATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"{path} is missing: run {command}, and review it"
    assert text.encode() == path.read_bytes(), (
        f"{path.name} is not what was reviewed: run {command}, and review the diff"
    )
