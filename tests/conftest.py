"""What all tests share: a real HAPI server for those that ask for it, and a list of those that could not run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from cql_engine import NO_ENGINE, Engine, engine
from hapi import HapiServer, HapiUnavailable, start_hapi

# Nothing is timed in tests, and what is tried in CI is the same each time: a change is to blame, or nothing.
settings.register_profile("alsfhir", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("alsfhir")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout, no part of the project; without it a test is skipped."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real documents is not here")
    return folder


@pytest.fixture(scope="session")
def hapi_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HapiServer]:
    """A HAPI server with an empty database in memory, started when the first test asks for it."""
    try:
        server = start_hapi(tmp_path_factory.mktemp("hapi"))
    except HapiUnavailable as reason:
        _cannot_run(f"Not tested on a real FHIR server: {reason}.")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def hapi(request: pytest.FixtureRequest) -> str:
    """The base URL of a HAPI server; of one that runs already, if ALSFHIR_TEST_HAPI names it."""
    running = os.environ.get("ALSFHIR_TEST_HAPI")
    if running:
        return running.rstrip("/")
    server: HapiServer = request.getfixturevalue("hapi_server")
    return server.base


@pytest.fixture(scope="session", params=["R4", "R4B", "R5"])
def hapi_version(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A FHIR version and the base URL of a HAPI server of it; ``ALSFHIR_TEST_HAPI_R5`` may name one that runs already.

    All tests of one version run before those of the next, whose server starts when the one before has ended.
    """
    version = str(request.param)
    running = os.environ.get(f"ALSFHIR_TEST_HAPI_{version}")
    if running or version == "R4":
        yield version, running.rstrip("/") if running else request.getfixturevalue("hapi")
        return
    try:
        server = start_hapi(tmp_path_factory.mktemp("hapi"), version=version)
    except HapiUnavailable as reason:
        _cannot_run(f"Not tested on a real FHIR server: {reason}.")
    yield version, server.base
    server.stop()


@pytest.fixture(scope="session")
def cql_engine() -> Iterator[Engine]:
    """A running CQL engine, started when the first test asks for it."""
    if NO_ENGINE:
        _cannot_run(f"Not tested with a CQL engine: {NO_ENGINE}.")
    with engine() as running:
        yield running


def _cannot_run(why: str) -> NoReturn:
    """Skips, but fails in CI, where everything needed is to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


@pytest.hookimpl(tryfirst=True)  # before `-m "not hapi"` selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need the server."""
    for item in items:
        if {"hapi", "hapi_server", "hapi_version"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("hapi")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Ends the run with the tests that could not run, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("could not run")
    for report in skipped:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"{report.nodeid}: {str(why).removeprefix('Skipped: ')}")
