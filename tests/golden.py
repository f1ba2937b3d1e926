"""Golden files: what a person has reviewed. ``ALSFHIR_REGENERATE=1 pytest`` writes them anew; then review the diff."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Fails unless ``text`` is what stands in ``tests/golden/<name>``."""
    path = GOLDEN / name
    if os.environ.get("ALSFHIR_REGENERATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"{path} is missing: run ALSFHIR_REGENERATE=1 pytest, and review it"
    assert text.encode() == path.read_bytes(), (
        "not what was reviewed: run ALSFHIR_REGENERATE=1 pytest, and review the diff"
    )
