"""``deploy/hapi/server``, with which people and tests start and stop the server; and what its log keeps."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from hapi import SCRIPT, HapiServer, free_port
from reasoning import Reasoning


def script(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    environment.pop("JAVA_HOME", None)
    return subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, check=False, env=environment)


def tools(directory: Path, *names: str) -> str:
    """A search path with only these programs."""
    for name in names:
        where = shutil.which(name)
        assert where is not None
        (directory / name).symlink_to(where)
    return str(directory)


def as_pid(file: Path, pid: int) -> tuple[str, ...]:
    file.write_text(f"{pid}\n", "utf-8")
    return ("--port", str(free_port()), "--pid", str(file))


@pytest.mark.parametrize(
    "arguments",
    [
        ("begin",),
        ("start", "--port"),
        ("start", "--port", "http"),
        ("start", "--database", "oracle"),
        ("start", "--fhir-version", "STU3"),
        ("stop", "--force", "1"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    """What the script does not understand it does not do: exit status 64 and a word about it."""
    done = script(*arguments)
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr


def test_java_is_missing(tmp_path: Path) -> None:
    """Without Java the script says so, with exit status 69."""
    done = script("build", path=tools(tmp_path, "bash", "dirname"))
    assert (done.returncode, "Java is missing" in done.stderr) == (69, True)


def test_java_is_too_old(tmp_path: Path) -> None:
    """Java 8 is not enough, and the message says what is needed."""
    path = tools(tmp_path, "bash", "dirname", "sed")
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n", "utf-8")
    java.chmod(0o755)
    done = script("build", path=path)
    assert (done.returncode, "Java 17 or newer is needed" in done.stderr) == (69, True)


def test_port_is_taken(tmp_path: Path) -> None:
    """If something else listens on the port, whatever it is, nothing is started."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        done = script("start", "--port", port, "--pid", str(tmp_path / "pid"))
    assert (done.returncode, "taken by another program" in done.stderr) == (1, True)
    assert not (tmp_path / "pid").exists()


def test_stop_spares_other_programs(tmp_path: Path) -> None:
    """A pid file whose number belongs to another program by now is removed, the program left alone."""
    other = subprocess.Popen(["sleep", "60"])
    try:
        where = as_pid(tmp_path / "pid", other.pid)
        assert script("status", *where).returncode == 3
        assert script("stop", *where).returncode == 0
        assert other.poll() is None
        assert not (tmp_path / "pid").exists()
    finally:
        other.kill()
        other.wait()


def test_stop_twice(tmp_path: Path) -> None:
    """Stopping what does not run is no failure."""
    where = as_pid(tmp_path / "pid", 0)
    assert [script("stop", *where).returncode for _ in range(2)] == [0, 0]


def test_start_twice(hapi_server: HapiServer) -> None:
    """A second start finds the first one's server and names the same address."""
    where = ("--port", str(hapi_server.port), "--pid", str(hapi_server.directory / "pid"))
    done = script("start", *where, "--database", "mem")
    assert (done.returncode, done.stdout.strip()) == (0, hapi_server.base)
    assert "already running" in done.stderr
    assert script("status", *where).returncode == 0


def test_start_with_another_database(hapi_server: HapiServer) -> None:
    """A running server is not passed off as one with the database, or the FHIR version, asked for."""
    where = ("--port", str(hapi_server.port), "--pid", str(hapi_server.directory / "pid"))
    for other in (("--database", "file"), ("--database", "mem", "--fhir-version", "R5")):
        done = script("start", *where, *other)
        assert (done.returncode, "another database or FHIR version" in done.stderr) == (1, True)


def test_log_keeps_no_patient(hapi_server: HapiServer) -> None:
    """Neither searches nor bodies nor values get into the log, not even by the errors they cause."""
    named = {"resourceType": "Patient", "id": "not-mine", "name": [{"family": "Geheimrat"}]}
    with httpx.Client(base_url=hapi_server.base, timeout=60) as server:
        server.get("Patient", params={"family": "Geheimrat"})
        server.get("Patient", params={"Geheimrat": "1"})
        server.get("Patient", params={"birthdate": "Geheimrat"})
        server.post("Patient", json=named | {"birthDate": "Geheimrat"})
        server.post("Patient", content='{"name": "Geheimrat"', headers={"Content-Type": "application/fhir+json"})
        server.put("Patient/Geheimrat", json=named)
        server.post("Patient/$validate", json=named | {"Geheimrat": "Geheimrat"})
        server.post("", json={"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": named}]})
        Reasoning(server).put_library("Failing", "Message('Geheimrat', true, '1', 'Error', 'Geheimrat')")
        failed = server.get("Library/Failing/$evaluate", params={"subject": "Patient/Geheimrat"})
    assert "evaluation error" in failed.text
    assert "Started HapiServer" in hapi_server.log
    assert "Geheimrat" not in hapi_server.log
