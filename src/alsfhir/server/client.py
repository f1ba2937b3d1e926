"""A FHIR server's interactions by their FHIR names, https://hl7.org/fhir/R4/http.html. JSON in, JSON out."""

from __future__ import annotations

import logging
import re
from functools import cached_property
from time import monotonic
from types import TracebackType
from typing import Self

import httpx
import stamina

from alsfhir.errors import InvalidSetting, OtherFhirVersion, UnreliableAnswer
from alsfhir.server.address import base_address, same_origin
from alsfhir.server.answer import FHIR_JSON, Answer, Json, encoded
from alsfhir.server.bundle import Bundle, bundle
from alsfhir.server.retry import ATTEMPTS, BUDGET_SECONDS, PASSING, Passing, pause, seconds_asked_for
from alsfhir.server.shape import malformed_at
from alsfhir.server.transaction import EntryResponse, entry_responses
from alsfhir.server.transport import may_pass, unreachable

PAGES = 1000
TIMEOUTS_PER_ANSWER = 10  # a timeout is the wait for the next bytes; a server that drips could hold us forever
_NOT_THERE = "what it names is not there, or no address"
LARGEST_ANSWER_BYTES = 200_000_000

_VERSION = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2}){1,2}(-[A-Za-z0-9.]{1,20})?")

# Both log whole addresses, and those of searches hold identifiers.
for _talkative in ("httpx", "httpcore"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)


class FhirServer:
    """A FHIR server; as a context manager it closes its connections.

    Questions (capabilities, read, search) are asked up to three times if a failure may pass; what writes is sent
    once. No redirection is followed and no link to another host: the token goes to the given address only.
    """

    def __init__(
        self,
        base_url: str,
        token: str | None = None,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base = base_address(base_url)
        self._patience = timeout * TIMEOUTS_PER_ANSWER
        headers = {"Accept": FHIR_JSON, "Accept-Encoding": "gzip", **_authorization(token)}
        try:
            self._http = httpx.Client(
                headers=headers,
                timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
                transport=transport,
                follow_redirects=False,
            )
        except (OSError, ValueError, httpx.InvalidURL):  # httpx reads them from the environment
            raise InvalidSetting(
                "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE or SSL_CERT_DIR", _NOT_THERE
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def capabilities(self, *elements: str) -> Json:
        """The CapabilityStatement, with these elements at least; DSTU2 called it Conformance. Raises ServerError."""
        interaction = "describe itself"
        # HAPI's is 1.5 MB and takes most of a second; with _elements 256 bytes.
        url = self._url("metadata").copy_merge_params({"_elements": ",".join(elements)} if elements else {})
        return self._asked(interaction, url).resource(self.base, interaction, "CapabilityStatement", "Conformance")

    @cached_property
    def fhir_version(self) -> str:
        """The FHIR version it speaks, such as ``4.0.1``; asked once. Raises ServerError."""
        return str(self.capabilities("fhirVersion").get("fhirVersion"))

    def expect_version(self, prefix: str) -> None:
        """Raises OtherFhirVersion unless it speaks FHIR of this version (``4.0``)."""
        if self.fhir_version != prefix and not self.fhir_version.startswith(f"{prefix}."):
            shown = self.fhir_version if _VERSION.fullmatch(self.fhir_version) else "of a version that it does not name"
            raise OtherFhirVersion(self.base, shown, prefix)

    def read(self, resource_type: str, resource_id: str) -> Json | None:
        """The resource, ``None`` if there is none of that id (any more). Raises ServerError."""
        interaction = f"read {resource_type}/{resource_id}"
        answer = self._asked(interaction, self._url(f"{resource_type}/{resource_id}"))
        return None if answer.status in (404, 410) else answer.resource(self.base, interaction, resource_type)

    def search(self, resource_type: str, /, **params: str) -> list[Json]:
        """The resources of that type that match, of all pages; included ones are left out. Raises ServerError.

        Values are FHIR search values: a comma, dollar or bar that belongs to the value is escaped by a backslash.
        """
        interaction = f"search {resource_type}"
        found: list[Json] = []
        visited: set[str] = set()
        page: httpx.URL | None = self._url(resource_type).copy_merge_params(params)
        while page is not None:
            visited.add(str(page))
            answer = self._asked(interaction, page).resource(self.base, interaction, "Bundle")
            answered = bundle(answer, self.base, interaction)
            found += self._well_formed(answered.matches(resource_type), interaction)
            page = self._next(answered, page, visited, interaction)
        return found

    def transaction(self, transaction: Json) -> list[EntryResponse]:
        """What became of each entry, in order: all of them, or none. Raises ServerError.

        https://hl7.org/fhir/R4/http.html#transaction
        """
        interaction = "carry out a transaction"
        try:
            answer = self._sent("POST", httpx.URL(self.base), interaction, encoded(transaction))
        except httpx.RequestError as failure:
            raise unreachable(self.base, failure, writing=True) from None
        answered = bundle(answer.resource(self.base, interaction, "Bundle"), self.base, interaction)
        return entry_responses(answered, len(transaction["entry"]), self.base, interaction)

    def _well_formed(self, resources: list[Json], interaction: str) -> list[Json]:
        for path in filter(None, map(malformed_at, resources)):
            raise UnreliableAnswer(self.base, interaction, f"answered with a resource that is malformed at {path}")
        return resources

    def _next(self, answered: Bundle, page: httpx.URL, visited: set[str], interaction: str) -> httpx.URL | None:
        link = answered.next()
        if link is None:
            return None
        try:
            following = page.join(link)
        except httpx.InvalidURL:
            raise UnreliableAnswer(self.base, interaction, "continues its answer at what is no address") from None
        if not same_origin(following, page):
            problem = f"continues its answer on {following.scheme}://{following.netloc.decode()}, where we do not go"
            raise UnreliableAnswer(self.base, interaction, problem)
        if str(following) in visited or len(visited) >= PAGES:
            raise UnreliableAnswer(self.base, interaction, f"does not end its answer (after {len(visited)} pages)")
        return following

    def _url(self, path: str) -> httpx.URL:
        return httpx.URL(f"{self.base}/{path}")

    def _asked(self, interaction: str, url: httpx.URL) -> Answer:
        """The answer to a question, which may be asked again."""
        try:
            for attempt in stamina.retry_context(on=pause, attempts=ATTEMPTS, timeout=BUDGET_SECONDS, wait_jitter=0.4):
                with attempt:
                    return self._attempted(interaction, url)
        except Passing as failure:
            raise failure.error from None
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _attempted(self, interaction: str, url: httpx.URL) -> Answer:
        try:
            answer = self._sent("GET", url, interaction)
        except httpx.RequestError as failure:
            error = unreachable(self.base, failure, writing=False)
            raise (Passing(error) if may_pass(failure) else error) from None
        if answer.status in PASSING and (refused := answer.error(self.base, interaction)):
            raise Passing(refused, seconds_asked_for(answer))
        return answer

    def _sent(self, method: str, url: httpx.URL, interaction: str, body: bytes | None = None) -> Answer:
        # HAPI answers a search from one up to 60 seconds old unless told not to:
        # https://hapifhir.io/hapi-fhir/docs/server_jpa/search.html
        headers = {"Cache-Control": "no-cache", "Prefer": "handling=strict"} if method == "GET" else {}
        if body is not None:
            headers["Content-Type"] = FHIR_JSON
        with self._http.stream(method, url, content=body, headers=headers) as response:
            known = response.headers
            return Answer(
                response.status_code,
                self._content(response, interaction),
                known.get("content-type", ""),
                known.get("location"),
                known.get("retry-after"),
                known.get("date"),
            )

    def _content(self, response: httpx.Response, interaction: str) -> bytes:
        if "," in response.headers.get("content-encoding", ""):
            # Each layer may hold a thousand times the bytes of the one around it, and is unpacked at once.
            raise UnreliableAnswer(self.base, interaction, "answered with what is compressed more than once")
        content = bytearray()
        until = monotonic() + self._patience
        for piece in response.iter_bytes():
            content += piece
            if len(content) > LARGEST_ANSWER_BYTES:
                problem = f"answered with more than {LARGEST_ANSWER_BYTES // 1_000_000} MB"
                raise UnreliableAnswer(self.base, interaction, problem)
            if monotonic() > until:
                raise httpx.ReadTimeout("the answer does not end", request=response.request)
        return bytes(content)


def _authorization(token: str | None) -> dict[str, str]:
    plain = (token or "").strip()
    if not plain.isascii() or any(character <= " " or character == "\x7f" for character in plain):
        raise InvalidSetting("ALSFHIR_TOKEN", "a token is of visible ASCII characters, without blanks between them")
    return {"Authorization": f"Bearer {plain}"} if plain else {}
