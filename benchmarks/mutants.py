"""Does a test fail whenever one thing in a reading is changed? Prints every change that no test noticed.

    .venv/bin/python benchmarks/mutants.py [NCT06765564-E12 ...]

One change at a time is made to the trees of ``mappings/trials/`` (``mutations.py``), and to a sample of the codes of
the concepts that they ask for; each is tried on the tests of verdicts that name its statement. Tests that only notice
that a file has changed (golden files, the completeness of the table of bounds) do not take part.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import msgspec
import pytest
from mutations import mutations

import alsfhir.criteria.mapping
import alsfhir.terminology
from alsfhir.criteria.tree import concepts, nodes

ROOT = Path(__file__).parents[1]
# What must notice a change of a verdict; tests of a table of bounds say nothing of concepts.
VERDICTS = ("test_shipped_*.py", "test_hard_cases*.py", "test_traps*.py", "test_bounds_table.py")
CODES = ("test_terminology*.py", "test_concepts*.py", "test_codes*.py")
NOT_VERDICTS = ("in_the_table", "ucum")  # whether a table is complete; and what needs a slow library
SAMPLE, SEED = 150, 87
CACHED: type[Any] = type(cache(len))


@dataclass(frozen=True)
class Mutant:
    """One change: where (a statement, or a concept), what, and how it is made in the running process."""

    where: str
    kind: str
    what: str
    make: Callable[[], None]


def tree_mutants(asked: Sequence[str]) -> Iterator[Mutant]:
    """Every single change to the tree of a statement; of those asked for, if any are."""
    terms = alsfhir.terminology.terminology()
    for nct_id in alsfhir.criteria.mapping.known_trials():
        trial = alsfhir.criteria.mapping.trial_mapping(nct_id)
        for at, reading in enumerate(trial.criterion if trial else ()):
            if trial is None or (asked and not reading.id.startswith(tuple(asked))):
                continue
            for one in mutations(reading.tree, terms):
                changed = msgspec.structs.replace(reading, tree=one.tree)
                every = (*trial.criterion[:at], changed, *trial.criterion[at + 1 :])
                mutated = msgspec.structs.replace(trial, criterion=every)
                yield Mutant(reading.id, one.kind, one.what, partial(_read_as, mutated))


def code_mutants() -> Iterator[Mutant]:
    """A sample, always the same, of the codes of all concepts that a tree asks for: each code left out."""
    terms = alsfhir.terminology.terminology()
    trials = filter(None, map(alsfhir.criteria.mapping.trial_mapping, alsfhir.criteria.mapping.known_trials()))
    trees = [reading.tree for trial in trials for reading in trial.criterion]
    waiting = sorted({name for tree in trees for node in nodes(tree) for name in concepts(node)})
    names: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in names:
            names[name] = None
            waiting += terms.concept(name).includes
    codes = [(name, at) for name in sorted(names) for at in range(len(terms.concept(name).codes))]
    for name, at in random.Random(SEED).sample(codes, min(SAMPLE, len(codes))):
        concept = terms.concept(name)
        code = concept.codes[at]
        said = f"{code.system} {code.code or f'{code.first} to {code.last}'} left out"
        yield Mutant(name, "code", said, partial(_without_code, concept.file, name, at))


def _read_as(mutated: Any) -> None:
    checked = alsfhir.criteria.mapping.checked_mapping

    def changed(file: str, table: dict[str, object]) -> Any:
        return mutated if file == f"trials/{mutated.nct_id}.toml" else checked(file, table)

    alsfhir.criteria.mapping.checked_mapping = changed


def _without_code(file: str, concept: str, at: int) -> None:
    mapping = alsfhir.terminology.mapping
    code = mapping(file)[concept]["codes"][at]

    def changed(name: str) -> dict[str, Any]:
        table = mapping(name)
        if name == file and code in table.get(concept, {}).get("codes", ()):
            table[concept]["codes"].remove(code)
        return table

    alsfhir.terminology.mapping = changed


class Killers:
    """A pytest plugin that collects the tests, and then runs them on each mutant instead of once."""

    def __init__(self, asked: Sequence[str]) -> None:
        self.mutants = [*tree_mutants(asked), *(() if asked else code_mutants())]
        self.items: list[pytest.Item] = []
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remembers that a test failed."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs all mutants, and prints what survived."""
        self.items = [item for item in session.items if not any(name in item.nodeid for name in NOT_VERDICTS)]
        taking_part = {id(item) for mutant in self.mutants for item in self.suited(mutant)}
        self.items = [item for item in self.items if id(item) in taking_part]
        print(f"{len(self.items)} tests, {len(self.mutants)} mutants", flush=True)
        broken = [item for item in self.items if self.fails(item)]
        self.items = [item for item in self.items if item not in broken]
        for item in broken:
            print(f"fails without any change: {item.nodeid}")
        with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
            report(self.mutants, _awaited(pool.imap(_killer, range(len(self.mutants)))))
        return True

    def fails(self, item: pytest.Item) -> bool:
        """Whether the test fails."""
        self.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return self.failed

    def suited(self, mutant: Mutant) -> list[pytest.Item]:
        """The tests that could notice this change: those that name its statement; of a code, it or its concept."""
        if mutant.kind == "code":
            ours = [item for item in self.items if any(item.path.match(pattern) for pattern in CODES)]
            named = [item for item in ours if mutant.where in _said(item)]
            return named + [item for item in self.items if mutant.what.split()[1] in _said(item) and item not in named]
        found = [item for item in self.items if _names(item, mutant.where)]
        if mutant.kind == "concept":
            found = [item for item in found if "bounds_table" not in item.nodeid]
        return found


def _names(item: pytest.Item, where: str) -> bool:
    """Whether a test names a concept, or a statement: in one piece, or as that of a trial it also names."""
    trial, number = where[:11], where[11:]
    return where in _said(item) or (trial.startswith("NCT") and trial in _said(item) and number in _said(item))


@cache
def _said(item: Any) -> str:
    """All that a test, its parameters, and what it uses of its own module say."""
    return f"{item.nodeid} {getattr(item, 'callspec', None) and item.callspec.params} {_written(item.function)}"


@cache
def _written(function: Any) -> str:
    pieces: list[str] = []
    waiting: list[CodeType] = [function.__code__]
    seen: set[str] = set()
    while waiting:
        code = waiting.pop()
        pieces.append(str(code.co_consts))
        waiting += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
        for name in set(code.co_names) - seen:
            seen.add(name)
            value = function.__globals__.get(name)
            if getattr(value, "__module__", None) == function.__module__ and hasattr(value, "__code__"):
                waiting.append(value.__code__)
            elif isinstance(value, str | tuple | dict | list):
                pieces.append(repr(value))
    return " ".join(pieces)


def _awaited(killers: Iterable[str | None]) -> list[str | None]:
    """All of them, with a word to whoever waits after every hundred."""
    found = []
    for number, killer in enumerate(killers, 1):
        found.append(killer)
        if number % 100 == 0:
            print(f"{number} tried, {found.count(None)} survived", file=sys.stderr, flush=True)
    return found


def _killer(number: int) -> str | None:
    """The first test that fails on a mutant, which is made in this process, and unmade again."""
    killers = KILLERS[0]
    mutant = killers.mutants[number]
    before = alsfhir.criteria.mapping.checked_mapping, alsfhir.terminology.mapping
    mutant.make()
    _forget(mutant.kind == "code")
    try:
        return next((item.nodeid for item in killers.suited(mutant) if killers.fails(item)), None)
    finally:
        alsfhir.criteria.mapping.checked_mapping, alsfhir.terminology.mapping = before
        _forget(mutant.kind == "code")


def _forget(terms: bool) -> None:
    """Empties every cache of what was read of the mappings; that of the terminology only where it is changed."""
    for cached in _caches():
        if terms or cached is not alsfhir.terminology.terminology:
            cached.cache_clear()


@cache
def _caches() -> list[Any]:
    ours = [m for m in sys.modules.values() if Path(getattr(m, "__file__", None) or "/").is_relative_to(ROOT)]
    found = {id(value): value for module in ours for value in vars(module).values() if isinstance(value, CACHED)}
    return [value for value in found.values() if value.__module__ != __name__ and ".venv" not in _file(value)]


def _file(function: Any) -> str:
    return str(getattr(getattr(function.__wrapped__, "__code__", None), "co_filename", ".venv"))


def report(mutants: Sequence[Mutant], killed: Sequence[str | None]) -> None:
    """Prints the score of each kind of change, and the survivors by statement."""
    every = Counter(mutant.kind for mutant in mutants)
    dead = Counter(mutant.kind for mutant, killer in zip(mutants, killed, strict=True) if killer)
    for kind, number in sorted(every.items()):
        print(f"{kind:10} {dead[kind]:4} of {number:4} killed  {dead[kind] / number:6.1%}")
    for where in dict.fromkeys(mutant.where for mutant in mutants):
        alive = [m for m, killer in zip(mutants, killed, strict=True) if m.where == where and killer is None]
        if alive:
            print(f"{where}: {len(alive)} survived")
        for mutant in alive:
            print(f"    {mutant.kind:10} {mutant.what}")


KILLERS: list[Killers] = []


def main() -> None:
    """Collect the tests once, and try them on every mutant."""
    start = time.perf_counter()
    KILLERS.append(Killers(sys.argv[1:]))
    files = sorted({str(path) for pattern in (*VERDICTS, *CODES) for path in (ROOT / "tests").rglob(pattern)})
    quiet = ("-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:logging", "--rootdir", str(ROOT))
    pytest.main([*quiet, *files], plugins=KILLERS)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
