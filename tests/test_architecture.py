"""Holds the layer table: what each part of the package may import, and what it may never see."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "alsfhir"
MODELS = {
    "alsfhir.trial.model",
    "alsfhir.criteria.criterion",
    "alsfhir.criteria.model",
    "alsfhir.criteria.schedule",
    "alsfhir.patient.model",
    "alsfhir.patient.values",
    "alsfhir.eligibility.model",
    "alsfhir.eligibility.record",
}
PHRASES = "alsfhir.eligibility.phrases"  # the one place for words that text and FHIR both use
STAGES = {"terminology", "trial", "criteria", "patient", "eligibility", "fhir", "server", "publish", "report"}

# What each layer may import of ours: a layer's name, or one module by its full name. Its own modules it always may.
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "units": set(),
    "terminology": {"errors", "units"},
    "trial": {"errors"},
    "criteria": {"errors", "terminology", "trial"},
    "patient": {"errors", "terminology"},
    "eligibility": {"errors", "terminology", "criteria", "patient"},
    "cql": {"errors", "criteria", "terminology"},
    "fhir": {
        "errors",
        "terminology",
        "cql",
        "alsfhir.eligibility.phrases",
        "alsfhir.criteria.tree",
        "alsfhir.criteria.version",
        "alsfhir.criteria.words",
        "alsfhir.criteria.place",
        "alsfhir.criteria.schedule_words",
        *MODELS,
    },
    "server": {"errors"},
    "report": {
        "errors",
        "terminology",
        "alsfhir.eligibility.explain",
        "alsfhir.eligibility.phrases",
        "alsfhir.criteria.tree",
        "alsfhir.criteria.words",
        "alsfhir.criteria.schedule_words",
        *MODELS,
    },
    "publish": {"errors", "terminology", "fhir", "server", *MODELS},
    "pipeline": {"__init__", "errors", *STAGES},
    "settings": {"errors"},
    "files": {"errors"},
    "options": {"terminology"},
    "exit_codes": {"errors"},
    "terminal": {"files", "alsfhir.patient.model"},
    "asked": {"pipeline", "settings", "files", "terminal", *STAGES},
    "cli": {
        "__init__",
        "errors",
        "pipeline",
        "settings",
        "files",
        "options",
        "exit_codes",
        "terminal",
        "asked",
        *STAGES,
    },
}

# Libraries that only some layers may touch.
ONLY_IN: dict[str, set[str]] = {
    "fhir": {"fhir"},
    "httpx": {"server"},
    "stamina": {"server"},
    "click": {"cli", "options", "terminal", "asked"},
    "rich": {"cli", "report"},
    "pydantic": {"settings", "fhir"},
    "pydantic_settings": {"settings"},
}

CLOCK_AND_TERMINAL = {"date.today", "datetime.now", "datetime.utcnow", "time.time", "print", "input", "sys.exit"}


def _layer(path: Path, package: Path = PACKAGE) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def _imports(source: str) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, "." * node.level + (node.module or "")))
    return found


def _forbidden(layer: str, module: str) -> str | None:
    """Why a layer may not import a module; None if it may."""
    top, _, rest = module.partition(".")
    if module.startswith("."):
        return "modules import each other by full name"
    if top != "alsfhir":
        allowed = ONLY_IN.get(top)
        return None if allowed is None or layer in allowed else f"only {sorted(allowed)} may import {top}"
    target = rest.split(".")[0] or "__init__"
    if target == layer or target in MAY_IMPORT[layer] or module in MAY_IMPORT[layer]:
        return None
    return f"{layer} may not import {module}"


def violations(package: Path) -> list[str]:
    """Every forbidden import below a package folder, with file and line."""
    found = []
    for path in sorted(package.rglob("*.py")):
        layer = _layer(path, package)
        for line, module in _imports(path.read_text("utf-8")):
            if why := _forbidden(layer, module):
                found.append(f"{path.relative_to(package)}:{line}: {why}")
    return found


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("patient/observation.py", "from alsfhir.criteria.model import Age"),
        ("trial/page.py", "import alsfhir.terminology"),
        ("eligibility/evaluate.py", "import httpx"),
        ("eligibility/evaluate.py", "from alsfhir.fhir.group import group"),
        ("criteria/reader.py", "from alsfhir.patient.model import Facts"),
        ("report/text.py", "import click"),
        ("server/client.py", "from alsfhir.trial.model import Trial"),
        ("patient/record.py", "from fhir.resources.bundle import Bundle"),
        ("fhir/group.py", "from ..publish import identity"),
        ("publish/trials.py", "from alsfhir.eligibility.evaluate import screening"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, file: str, statement: str) -> None:
    """The guard below fails when a layer imports what the table forbids."""
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(statement + "\n", "utf-8")
    assert violations(tmp_path)


def test_every_layer_imports_only_what_the_table_allows() -> None:
    """Data flows one way: no module of the package imports against the table."""
    assert violations(PACKAGE) == []


def test_every_module_belongs_to_a_layer_of_the_table() -> None:
    """A new folder or top-level module has to be entered in the table before it can be used."""
    assert {_layer(path) for path in PACKAGE.rglob("*.py")} <= set(MAY_IMPORT)


def _calls(source: str) -> list[tuple[int, str]]:
    return [(node.lineno, ast.unparse(node.func)) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def test_only_the_command_line_sees_the_clock_and_the_terminal() -> None:
    """No module but cli reads the clock, prints, or exits: the as-of date and the output are the caller's."""
    seen = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if _layer(path) != "cli"
        for line, name in _calls(path.read_text("utf-8"))
        if name in CLOCK_AND_TERMINAL or name.endswith((".today", ".utcnow"))
    ]
    assert seen == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    """There is no room for leftovers: no utils, helpers, common, manager."""
    nothing = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
    assert [path for path in PACKAGE.rglob("*.py") if path.stem in nothing] == []


def test_files_and_functions_stay_small() -> None:
    """No file is over 300 lines and no function over 40, so that each can be read at once."""
    large = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        if text.count("\n") > 300:
            large.append(str(path.relative_to(PACKAGE)))
        large += [
            f"{path.relative_to(PACKAGE)}:{node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
        ]
    assert large == []
