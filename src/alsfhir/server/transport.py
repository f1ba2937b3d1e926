"""Why no answer came, in words for the person who waits for it."""

from __future__ import annotations

import socket
import ssl

import httpx

from alsfhir.errors import ServerUnreachable

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted here"),
    (ssl.SSLError, "no secure connection; does it speak https on this port?"),
    (socket.gaierror, "the host name is not known"),
    (ConnectionRefusedError, "nothing listens there"),
    (httpx.TimeoutException, "no answer in time (ALSFHIR_TIMEOUT sets how many seconds to wait)"),
    (httpx.DecodingError, "its answer is compressed in a way that cannot be read"),
    (httpx.ConnectError, "no connection"),
)


def unreachable(server: str, failure: httpx.RequestError, *, writing: bool) -> ServerUnreachable:
    """The error for a request that got no answer; ``writing`` adds that nobody knows whether it was carried out."""
    problem = _problem(failure)
    if writing and not isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout):
        problem += "; whether the server carried it out is not known: run again, what is written already stays as it is"
    return ServerUnreachable(server, problem)


def may_pass(failure: httpx.RequestError) -> bool:
    """Is it worth another attempt? Not if the name is unknown or the certificate is not trusted."""
    return isinstance(failure, httpx.TransportError) and not isinstance(_cause(failure), ssl.SSLError | socket.gaierror)


def _problem(failure: httpx.RequestError) -> str:
    causes = (_cause(failure), failure)
    known = (words for kind, words in _WORDS if any(isinstance(cause, kind) for cause in causes))
    return next(known, "the connection broke off")


def _cause(failure: BaseException) -> BaseException | None:
    """The operating system's own error beneath those of the libraries."""
    seen: BaseException | None = failure
    while seen is not None and not isinstance(seen, OSError):
        seen = seen.__cause__ or seen.__context__
    return seen
