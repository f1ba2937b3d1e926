"""The CQL engine of the tests: cql-execution, the official JavaScript one, in a Node process for many questions."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from alsfhir.cql.model import CqlLibrary

FOLDER = Path(__file__).parent / "cql" / "engine"
NO_ENGINE = (
    "Node 18 or newer is not installed"
    if shutil.which("node") is None
    else "its packages are not installed: npm ci in tests/cql/engine"
    if not (FOLDER / "node_modules").is_dir()
    else None
)
"""Why CQL cannot be evaluated here; ``None`` if it can."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A library by its name, with the ELM of it and of those that it includes, but FHIRHelpers, by their names."""

    name: str
    elm: Mapping[str, Any]


class Engine:
    """A running engine. A library that cannot be translated, or evaluated, is an error of the test."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def elm(self, library: CqlLibrary) -> dict[str, Any]:
        """The ELM of a library and of those that it includes, by name, translated anew."""
        found: dict[str, Any] = self._answer({**_asked(library), "anew": True})["elm"]
        return found

    def results(
        self,
        library: CqlLibrary | Translated,
        expressions: Sequence[str],
        bundles: Sequence[dict[str, Any]],
        as_of: date,
        *,
        closed_world: bool = False,
    ) -> list[dict[str, Any]]:
        """The values of a library's definitions for each of the bundles, which hold one patient each."""
        asked = {
            **_asked(library),
            "parameters": {"AsOf": as_of.isoformat(), "ClosedWorld": closed_world},
            "expressions": list(expressions),
            "bundles": list(bundles),
        }
        found: list[dict[str, Any]] = self._answer(asked)["results"]
        return found

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("{"):  # the translator greets on standard output
                answer: dict[str, Any] = json.loads(line)
                assert "failed" not in answer, answer["failed"]
                assert answer["problems"] == []
                return answer
        raise AssertionError("the engine has ended")


def _asked(library: CqlLibrary | Translated) -> dict[str, Any]:
    if isinstance(library, Translated):
        return {"main": library.name, "elm": library.elm}
    texts = [{"name": one.name, "version": one.version, "text": one.text} for one in (*library.includes, library)]
    return {"main": library.name, "libraries": texts}


@contextmanager
def engine() -> Iterator[Engine]:
    """A running engine, ended at the end."""
    command = ["node", "run.mjs"]
    with subprocess.Popen(command, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Engine(process)
        finally:
            process.kill()
