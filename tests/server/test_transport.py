from __future__ import annotations

import socket
import ssl

import httpx
import pytest

from alsfhir.server.transport import may_pass, unreachable


def _failure(kind: type[httpx.RequestError], cause: Exception | None = None) -> httpx.RequestError:
    failure = kind("GET http://host/fhir/Patient?identifier=4711")
    failure.__cause__ = cause
    return failure


@pytest.mark.parametrize(
    ("failure", "words", "passing"),
    [
        (_failure(httpx.ConnectError, ssl.SSLCertVerificationError("x")), "certificate is not trusted", False),
        (_failure(httpx.ConnectError, ssl.SSLError("x")), "does it speak https", False),
        (_failure(httpx.ConnectError, socket.gaierror(-2, "x")), "host name is not known", False),
        (_failure(httpx.ConnectError, ConnectionRefusedError("x")), "nothing listens there", True),
        (_failure(httpx.ConnectError), "no connection", True),
        (_failure(httpx.ConnectTimeout, TimeoutError("x")), "no answer in time", True),
        (_failure(httpx.ReadTimeout), "no answer in time", True),
        (_failure(httpx.ReadError, ConnectionResetError("x")), "broke off", True),
        (_failure(httpx.RemoteProtocolError), "broke off", True),
        (_failure(httpx.DecodingError), "compressed in a way", False),
    ],
)
def test_each_failure_has_its_words(failure: httpx.RequestError, words: str, passing: bool) -> None:
    """What went wrong is said without the address of the request, and only what may pass is tried again."""
    message = str(unreachable("http://host/fhir", failure, writing=False))
    assert words in message
    assert "4711" not in message
    assert may_pass(failure) is passing


def test_a_write_without_an_answer_may_have_been_done() -> None:
    """After a broken connection nobody knows; a connection that never was has written nothing."""
    unknown = str(unreachable("http://host", _failure(httpx.ReadTimeout), writing=True))
    nothing = str(unreachable("http://host", _failure(httpx.ConnectError), writing=True))
    assert "whether the server carried it out is not known" in unknown
    assert "not known" not in nothing


def test_every_error_of_the_library_has_words() -> None:
    """An error that a later version of the library adds is still one sentence."""
    kinds = [kind for kind in vars(httpx).values() if isinstance(kind, type) and issubclass(kind, httpx.RequestError)]
    assert len(kinds) > 10
    assert all(
        "cannot be reached: " in str(unreachable("http://host", _failure(kind), writing=False)) for kind in kinds
    )
