"""A HAPI FHIR server for the tests, started by ``deploy/hapi/server``."""

from __future__ import annotations

import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "deploy" / "hapi" / "server"
UNAVAILABLE = 69


class HapiUnavailable(Exception):
    """Java or Maven is missing; the message says which."""


class HapiFailed(Exception):
    """The server did not start; the message ends with its log's last lines."""


@dataclass(frozen=True)
class HapiServer:
    """A running server with a database in memory; its pid file and log are in ``directory``."""

    base: str
    port: int
    directory: Path

    @property
    def log(self) -> str:
        return (self.directory / "log").read_text("utf-8")

    def stop(self) -> None:
        _script("stop", self.port, self.directory)


def start_hapi(directory: Path, port: int | None = None, version: str = "R4") -> HapiServer:
    """A server of that FHIR version that answers, on a free port if none is given."""
    port = port or free_port()
    log = ("--log", str(directory / "log"), "--data", str(directory))
    done = _script("start", port, directory, "--database", "mem", "--fhir-version", version, *log)
    if done.returncode == UNAVAILABLE:
        raise HapiUnavailable(done.stderr.strip().removeprefix("hapi: "))
    if done.returncode:
        raise HapiFailed(done.stderr)
    return HapiServer(done.stdout.strip(), port, directory)


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _script(command: str, port: int, directory: Path, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = [str(SCRIPT), command, "--port", str(port), "--pid", str(directory / "pid"), *more]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)
