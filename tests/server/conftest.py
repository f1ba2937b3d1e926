"""A FHIR server of our own making, for the faults that a real one does not make on request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina
from pytest_httpserver import HTTPServer

from alsfhir.server.client import FhirServer


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Three attempts as always, but without pauses between them."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def server(httpserver: HTTPServer) -> Iterator[FhirServer]:
    """A client whose base is ``/fhir`` of the local HTTP server."""
    with FhirServer(httpserver.url_for("/fhir"), token="s3cret") as client:
        yield client
