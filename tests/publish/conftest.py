"""A FHIR server in memory, and a client of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alsfhir.server.client import FhirServer
from memory_server import MemoryServer


@pytest.fixture
def memory() -> MemoryServer:
    """An empty server."""
    return MemoryServer()


@pytest.fixture
def server(memory: MemoryServer) -> Iterator[FhirServer]:
    """A client of the server in memory."""
    with memory.client() as client:
        yield client
