from __future__ import annotations

import gzip
import json
import logging
from decimal import Decimal
from typing import Any

import httpx
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

import alsfhir.server.client as client_module
from alsfhir.errors import (
    InvalidSetting,
    NotFhir,
    OtherFhirVersion,
    ServerError,
    ServerRefused,
    ServerUnreachable,
    UnreliableAnswer,
)
from alsfhir.server.client import FhirServer

R4 = {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"}
TRANSACTION: dict[str, Any] = {"resourceType": "Bundle", "type": "transaction", "entry": [{}]}
DONE = {
    "resourceType": "Bundle",
    "type": "transaction-response",
    "entry": [{"response": {"status": "201 Created", "location": "Patient/1/_history/1"}}],
}


def _searchset(*ids: str, following: str | None = None) -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "link": [{"relation": "next", "url": following}] if following else [],
        "entry": [{"resource": {"resourceType": "Patient", "id": name}} for name in ids],
    }


@pytest.mark.parametrize("token", ["s3 cret", "s3\ncret", "s3cr\x7fet", "s3crét"])
def test_what_is_no_token_is_refused_and_not_repeated(token: str) -> None:
    """A token that no header can hold is named by its variable."""
    with pytest.raises(InvalidSetting, match="ALSFHIR_TOKEN") as caught:
        FhirServer("http://host/fhir", token=token)
    assert "s3" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value"), [("HTTP_PROXY", "zz://jane:s3cret@host"), ("SSL_CERT_FILE", "/s3cret/nowhere.pem")]
)
def test_an_environment_that_names_what_is_not_there_is_one_sentence(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy or certificates that cannot be used are named by the variable, and their value is not repeated."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(InvalidSetting, match=variable) as caught:
        FhirServer("http://host/fhir")
    assert "s3cret" not in str(caught.value)


def test_what_is_compressed_more_than_once_is_refused_before_it_is_unpacked(
    httpserver: HTTPServer, server: FhirServer
) -> None:
    """Some hundred bytes in three layers would fill the memory."""
    bomb = gzip.compress(gzip.compress(gzip.compress(b" " * 1_000_000)))
    httpserver.expect_request("/fhir/metadata").respond_with_data(
        bomb, headers={"Content-Encoding": "gzip, gzip, gzip"}
    )
    with pytest.raises(UnreliableAnswer, match="compressed more than once"):
        server.capabilities()


def test_an_answer_that_never_ends_is_given_up(
    httpserver: HTTPServer, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte now and then would satisfy each wait, and hold us for ever."""
    httpserver.expect_request("/fhir/metadata").respond_with_json(R4)
    hours = iter(range(0, 1_000_000, 3600))
    monkeypatch.setattr(client_module, "monotonic", lambda: next(hours))
    with pytest.raises(ServerUnreachable, match="no answer in time"):
        server.capabilities()


@pytest.mark.parametrize("version", ["9" * 1000, "\x1b[31m", ["Jane"], None])
def test_a_version_that_is_none_is_not_repeated(httpserver: HTTPServer, server: FhirServer, version: object) -> None:
    """What stands there may be anything."""
    httpserver.expect_request("/fhir/metadata").respond_with_json({**R4, "fhirVersion": version})
    with pytest.raises(OtherFhirVersion, match="of a version that it does not name"):
        server.expect_version("4.0")


def test_a_malformed_resource_is_named_by_its_path(httpserver: HTTPServer, server: FhirServer) -> None:
    """Others wrote it: it is one sentence, and not a crash where it is read."""
    answer = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "identifier": "Jane"}}]}
    httpserver.expect_request("/fhir/Patient").respond_with_json(answer)
    with pytest.raises(UnreliableAnswer, match="malformed at Patient") as caught:
        server.search("Patient")
    assert "Jane" not in str(caught.value)


@pytest.mark.parametrize("token", [None, "", " "])
def test_without_a_token_none_is_sent(httpserver: HTTPServer, token: str | None) -> None:
    """An empty setting is none."""
    httpserver.expect_request("/fhir/metadata").respond_with_json(R4)
    with FhirServer(httpserver.url_for("/fhir"), token=token) as server:
        server.capabilities()
    assert "Authorization" not in httpserver.log[0][0].headers


def test_nothing_listening_is_one_sentence() -> None:
    """A refused connection says so, and names the server."""
    with (
        FhirServer("http://127.0.0.1:1/fhir") as nobody,
        pytest.raises(ServerUnreachable, match="nothing listens there"),
    ):
        nobody.capabilities()


def test_an_unknown_host_is_one_sentence() -> None:
    """A name that does not resolve says so."""
    with FhirServer("http://no-such-host.invalid/fhir") as nobody, pytest.raises(ServerUnreachable, match="not known"):
        nobody.capabilities()


def test_https_where_http_is_spoken_is_one_sentence(httpserver: HTTPServer) -> None:
    """A failed handshake asks whether the port speaks https."""
    with (
        FhirServer(f"https://{httpserver.host}:{httpserver.port}/fhir") as server,
        pytest.raises(ServerUnreachable, match="does it speak https"),
    ):
        server.capabilities()


def test_a_page_is_not_fhir(server: FhirServer, httpserver: HTTPServer) -> None:
    """HTML with HTTP 200, such as a portal's, is not taken for an answer."""
    httpserver.expect_request("/fhir/metadata").respond_with_data("<html>", content_type="text/html")
    with pytest.raises(NotFhir, match="text/html"):
        server.capabilities()


@pytest.mark.parametrize(("status", "advice"), [(401, "ALSFHIR_TOKEN"), (403, "may not"), (404, "FHIR base")])
def test_a_refusal_is_one_sentence_with_advice_and_asked_once(
    server: FhirServer, httpserver: HTTPServer, status: int, advice: str
) -> None:
    """What another attempt would not change is not tried again."""
    httpserver.expect_request("/fhir/metadata").respond_with_data("<html>", status=status)
    with pytest.raises(ServerRefused, match=advice):
        server.capabilities()
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_three_times(server: FhirServer, httpserver: HTTPServer, status: int) -> None:
    """A server that stays unwell is reported with its status after the third attempt."""
    httpserver.expect_request("/fhir/Patient").respond_with_data("", status=status)
    with pytest.raises(ServerRefused, match=f"HTTP {status}"):
        server.search("Patient")
    assert len(httpserver.log) == 3


def test_a_server_that_recovers_answers(server: FhirServer, httpserver: HTTPServer) -> None:
    """The attempts after a passing failure count as if nothing had been."""
    httpserver.expect_ordered_request("/fhir/Patient").respond_with_data("", status=503, headers={"Retry-After": "0"})
    httpserver.expect_ordered_request("/fhir/Patient").respond_with_json(_searchset("a"))
    assert [patient["id"] for patient in server.search("Patient")] == ["a"]


def test_a_server_that_asks_for_hours_is_not_asked_again(server: FhirServer, httpserver: HTTPServer) -> None:
    """A longer wait than ours ends the attempts at once."""
    httpserver.expect_request("/fhir/Patient").respond_with_data("", status=429, headers={"Retry-After": "7200"})
    with pytest.raises(ServerRefused, match="it is busy"):
        server.search("Patient")
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("status", [409, 412, 429, 500, 503])
def test_a_transaction_is_never_sent_twice(server: FhirServer, httpserver: HTTPServer, status: int) -> None:
    """What writes is sent once, whatever the failure."""
    httpserver.expect_request("/fhir", method="POST").respond_with_data("", status=status)
    with pytest.raises(ServerRefused, match=f"refused to carry out a transaction: HTTP {status}"):
        server.transaction(TRANSACTION)
    assert len(httpserver.log) == 1


def test_a_transaction_without_an_answer_may_have_been_carried_out() -> None:
    """After a timeout nobody knows: the message says so and what to do."""

    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("", request=request)

    with (
        FhirServer("http://host/fhir", transport=httpx.MockTransport(silent)) as server,
        pytest.raises(ServerUnreachable, match=r"no answer in time.*not known: run again"),
    ):
        server.transaction(TRANSACTION)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirection_is_followed(server: FhirServer, httpserver: HTTPServer, status: int) -> None:
    """Neither the token nor a search goes to an address that the person has not given."""
    elsewhere = httpserver.url_for("/elsewhere")
    httpserver.expect_request("/fhir/Patient").respond_with_data("", status=status, headers={"Location": elsewhere})
    with pytest.raises(UnreliableAnswer, match=f"redirects to {elsewhere}; if that is right, give its address"):
        server.search("Patient", identifier="x|4711")
    assert [request.path for request, _ in httpserver.log] == ["/fhir/Patient"]


def test_a_next_page_elsewhere_is_not_fetched(server: FhirServer, httpserver: HTTPServer) -> None:
    """A link to another host would take the token there."""
    page = _searchset("a", following="http://other.example.org/fhir?page=2")
    httpserver.expect_request("/fhir/Patient").respond_with_json(page)
    with pytest.raises(UnreliableAnswer, match=r"continues its answer on http://other\.example\.org, where"):
        server.search("Patient")


def test_a_next_page_that_is_no_address_is_an_error(server: FhirServer, httpserver: HTTPServer) -> None:
    """A broken link would otherwise leave the rest out silently."""
    httpserver.expect_request("/fhir/Patient").respond_with_json(_searchset("a", following="http://[::1/x"))
    with pytest.raises(UnreliableAnswer, match="no address"):
        server.search("Patient")


def test_pages_in_a_circle_end(server: FhirServer, httpserver: HTTPServer) -> None:
    """A page that was seen before ends the search with an error, not with half an answer."""
    page = _searchset("a", following=httpserver.url_for("/fhir/Patient"))
    httpserver.expect_request("/fhir/Patient").respond_with_json(page)
    with pytest.raises(UnreliableAnswer, match="does not end its answer"):
        server.search("Patient")
    assert len(httpserver.log) <= 2


def test_pages_without_end_end(server: FhirServer, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that always has another page is stopped."""
    monkeypatch.setattr(client_module, "PAGES", 3)

    def another(request: Request) -> Response:
        number = int(request.args.get("page", "1"))
        page = _searchset(f"p{number}", following=f"?page={number + 1}")
        return Response(json.dumps(page), content_type="application/fhir+json")

    httpserver.expect_request("/fhir/Patient").respond_with_handler(another)
    with pytest.raises(UnreliableAnswer, match="after 3 pages"):
        server.search("Patient")


def test_too_large_an_answer_is_not_read_to_its_end(
    server: FhirServer, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit counts what comes out of the compression, not what goes in."""
    monkeypatch.setattr(client_module, "LARGEST_ANSWER_BYTES", 1_000_000)
    packed = gzip.compress(b" " * 5_000_000)
    httpserver.expect_request("/fhir/metadata").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    with pytest.raises(UnreliableAnswer, match="more than 1 MB"):
        server.capabilities()


def test_a_broken_compression_is_one_sentence(server: FhirServer, httpserver: HTTPServer) -> None:
    """Bytes that do not unpack are an error of the server, asked once."""
    httpserver.expect_request("/fhir/metadata").respond_with_data(b"no gzip", headers={"Content-Encoding": "gzip"})
    with pytest.raises(ServerUnreachable, match="compressed"):
        server.capabilities()
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    "capabilities",
    [
        {"resourceType": "Conformance", "fhirVersion": "1.0.2"},
        {"resourceType": "CapabilityStatement", "fhirVersion": "3.0.2"},
        {"resourceType": "CapabilityStatement", "fhirVersion": "4.3.0"},
        {"resourceType": "CapabilityStatement", "fhirVersion": "4.01.0"},
        {"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"},
    ],
)
def test_another_version_of_fhir_is_one_sentence(
    server: FhirServer, httpserver: HTTPServer, capabilities: dict[str, str]
) -> None:
    """What is not R4 is refused by the version it says."""
    httpserver.expect_request("/fhir/metadata").respond_with_json(capabilities)
    with pytest.raises(OtherFhirVersion, match=f"speaks FHIR {capabilities['fhirVersion']}, not 4.0"):
        server.expect_version("4.0")


def test_the_version_is_asked_once_and_alone(server: FhirServer, httpserver: HTTPServer) -> None:
    """The CapabilityStatement is large: one element of it is fetched, and for the first question only."""
    query = {"_elements": "fhirVersion"}
    httpserver.expect_oneshot_request("/fhir/metadata", query_string=query).respond_with_json(R4)
    server.expect_version("4.0")
    server.expect_version("4.0")
    assert len(httpserver.log) == 1


def test_a_server_describes_itself_whole(server: FhirServer, httpserver: HTTPServer) -> None:
    """Without naming elements the CapabilityStatement is asked for as it is."""
    httpserver.expect_request("/fhir/metadata", query_string="").respond_with_json(R4)
    assert server.capabilities() == R4


@pytest.mark.parametrize("status", [404, 410])
def test_a_resource_that_is_not_there_is_none(server: FhirServer, httpserver: HTTPServer, status: int) -> None:
    """Never there, or deleted: there is nothing to read."""
    httpserver.expect_request("/fhir/Patient/a").respond_with_data("", status=status)
    assert server.read("Patient", "a") is None


def test_a_resource_is_read_with_every_digit(server: FhirServer, httpserver: HTTPServer) -> None:
    """Decimals come back exactly as the server wrote them."""
    body = '{"resourceType": "Observation", "valueQuantity": {"value": 18.50}}'
    httpserver.expect_request("/fhir/Observation/a").respond_with_data(body)
    observation = server.read("Observation", "a")
    assert observation is not None
    assert str(observation["valueQuantity"]["value"]) == "18.50"


def test_a_search_follows_all_pages_and_asks_for_no_cached_answer(server: FhirServer, httpserver: HTTPServer) -> None:
    """Pages may be relative; each request carries the token and asks for a fresh and strict answer."""
    headers = {"Authorization": "Bearer s3cret", "Cache-Control": "no-cache", "Prefer": "handling=strict"}
    pages = {
        "identifier=http://x|a b,c|d": _searchset("a", "b", following="?_getpages=2"),
        "_getpages=2": _searchset("c"),
    }
    for query, page in pages.items():
        name, _, value = query.partition("=")
        httpserver.expect_request("/fhir/Patient", headers=headers, query_string={name: value}).respond_with_json(page)
    assert [found["id"] for found in server.search("Patient", identifier="http://x|a b,c|d")] == ["a", "b", "c"]


def test_a_transaction_is_sent_as_fhir_and_its_results_come_in_order(
    server: FhirServer, httpserver: HTTPServer
) -> None:
    """The body is FHIR JSON with exact decimals, the answer one result an entry."""
    entry = {"resource": {"resourceType": "Observation", "valueQuantity": {"value": Decimal("0.10")}}}
    httpserver.expect_request("/fhir", method="POST").respond_with_json(DONE)
    (result,) = server.transaction({**TRANSACTION, "entry": [entry]})
    sent = httpserver.log[0][0]
    assert (result.status, result.reference, result.version) == (201, "Patient/1", "1")
    assert sent.content_type == "application/fhir+json"
    assert b'"value":0.10' in sent.get_data()


def test_nothing_secret_is_logged_or_shown(
    server: FhirServer, httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the token nor a search value is in any log record, message or representation."""
    httpserver.expect_request("/fhir/Patient").respond_with_data("Jane 4711", status=503)
    with caplog.at_level(logging.DEBUG), pytest.raises(ServerError) as caught:
        server.search("Patient", identifier="http://x|4711")
    mine = [str(vars(record)) for record in caplog.records if record.name != "werkzeug"]  # the test's own server
    seen = " ".join([str(caught.value), repr(caught.value), repr(server), *mine])
    assert not any(secret in seen for secret in ("4711", "s3cret", "Jane"))
