from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.errors import NotFhir, ServerError, ServerRefused, UnreliableAnswer
from alsfhir.server.answer import Answer, decoded, encoded, issues

OUTCOME = b"""{"resourceType": "OperationOutcome", "issue": [
  {"severity": "error", "code": "processing", "diagnostics": "HAPI-1094: Resource Patient/4711 of Jane Doe not found",
   "expression": ["Bundle.entry[2].resource", "Patient.identifier.where(value='4711')"]},
  {"severity": "warning", "code": "informational", "details": {"text": "Jane Doe"}}]}"""


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[]", b"{}", b'{"resourceType": 5}', b"\xff", b"[" * 100_000, b'{"a": NaN}', b'{"a": 1', b"null"],
)
def test_what_is_no_resource_is_none(content: bytes) -> None:
    """Pages, truncated or bottomless JSON and foreign bytes are not FHIR, and break nothing."""
    assert decoded(content) is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 501, 503])
def test_an_error_status_is_refused_with_the_status_whatever_the_body(status: int) -> None:
    """A proxy's error page is no less an error than an OperationOutcome."""
    with pytest.raises(ServerRefused, match=f"HTTP {status}") as caught:
        Answer(status, b"<html>", "text/html").resource("http://host/fhir", "read Patient/a", "Patient")
    assert caught.value.status == status


def test_a_redirection_is_an_error_that_names_where_to() -> None:
    """No redirection is followed; the person decides, and a query in it is not repeated."""
    answer = Answer(302, b"", location="https://login.example.org/start?state=s3cret")
    with pytest.raises(UnreliableAnswer, match=r"redirects to https://login\.example\.org/start; ") as caught:
        answer.resource("http://host/fhir", "describe itself", "CapabilityStatement")
    assert "s3cret" not in str(caught.value)


def test_a_page_instead_of_fhir_is_named_by_its_type() -> None:
    """A login form with HTTP 200 is recognised, and the message asks about the address."""
    with pytest.raises(NotFhir, match=r"text/html, not with FHIR JSON.*is the address the FHIR base"):
        Answer(200, b"<html>", "text/html; charset=utf-8").resource("http://host", "search Patient", "Bundle")


def test_another_resource_than_expected_is_unreliable() -> None:
    """An OperationOutcome with HTTP 200 is not the answer that was asked for."""
    with pytest.raises(UnreliableAnswer, match="other than a Bundle"):
        Answer(200, OUTCOME).resource("http://host", "search Patient", "Bundle")


def test_of_an_outcome_only_codes_paths_and_numbers_are_repeated() -> None:
    """An OperationOutcome's texts and quoted paths may hold the record: nothing of them is in the message."""
    with pytest.raises(ServerRefused) as caught:
        Answer(400, OUTCOME).resource("http://host", "carry out a transaction", "Bundle")
    assert caught.value.issues == ("processing HAPI-1094 Bundle.entry[2].resource",)
    assert not any(secret in str(caught.value) for secret in ("4711", "Jane", "Doe"))


@pytest.mark.parametrize(
    "outcome",
    [
        None,
        {},
        {"resourceType": "Patient", "issue": [{"code": "invalid"}]},
        {"resourceType": "OperationOutcome"},
        {"resourceType": "OperationOutcome", "issue": "x"},
        {"resourceType": "OperationOutcome", "issue": ["x"]},
    ],
)
def test_a_malformed_outcome_has_no_issues(outcome: object) -> None:
    """What cannot be read of an OperationOutcome is left away."""
    assert issues(outcome) == ()


def test_a_code_that_is_none_is_unknown() -> None:
    """Free text where a code should stand is not repeated."""
    outcome = {"resourceType": "OperationOutcome", "issue": [{"code": "Jane Doe", "expression": ["a b", 7]}]}
    assert issues(outcome) == ("unknown",)


@given(status=st.integers(200, 599), content=st.binary(max_size=60))
def test_every_answer_that_is_no_resource_is_an_error_of_ours(status: int, content: bytes) -> None:
    """Whatever a server sends, nothing but a ServerError comes of it."""
    with pytest.raises(ServerError, match=r"^http://host"):
        Answer(status, content).resource("http://host", "read X/1", "X")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_keep_every_digit(value: Decimal) -> None:
    """A decimal is written and read digit for digit, trailing zeros included."""
    body = {"resourceType": "Observation", "valueQuantity": {"value": value}}
    read = decoded(encoded(body))
    assert read is not None
    assert Decimal(read["valueQuantity"]["value"]).as_tuple() == value.as_tuple()


def test_a_decimal_is_written_as_it_was_read() -> None:
    """0.10 stays 0.10, https://hl7.org/fhir/R4/datatypes.html#decimal."""
    assert encoded(decoded(b'{"resourceType":"X","a":0.10,"b":18.50,"c":3}') or {}) == (
        b'{"resourceType":"X","a":0.10,"b":18.50,"c":3}'
    )
