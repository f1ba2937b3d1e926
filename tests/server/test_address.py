from __future__ import annotations

import httpx
import pytest

from alsfhir.errors import InvalidAddress
from alsfhir.server.address import base_address, same_origin


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("localhost:8080/fhir", "begins with http:// or https://"),
        ("", "begins with http:// or https://"),
        ("ftp://host/fhir", "begins with http:// or https://"),
        ("http://", "begins with http:// or https://"),
        ("http:///fhir", "begins with http:// or https://"),
        ("http://[::1/fhir", "not an address"),
        ("http://host:port/fhir", "not an address"),
        ("http://a..b/fhir", "not an address"),
        ("http://xn--a.example/fhir", "not an address"),
        ("http://host/fhir?a=b", "neither a query"),
        ("http://host/fhir?", "neither a query"),
        ("http://host/fhir#top", "neither a query"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(given: str, problem: str) -> None:
    """Each wrong address is one sentence that says what an address looks like."""
    with pytest.raises(InvalidAddress, match="write it like http://localhost:8080/fhir") as caught:
        base_address(given)
    assert problem in str(caught.value)


@pytest.mark.parametrize("given", ["http://me:pass@host/fhir", "http://host/fhir?token=pass", "me:pass@host"])
def test_a_login_in_an_address_is_refused_and_not_repeated(given: str) -> None:
    """Neither a login nor a query of an address appears in a message."""
    with pytest.raises(InvalidAddress) as caught:
        base_address(given)
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://localhost:8080/fhir", "http://localhost:8080/fhir"),
        (" https://host/fhir// ", "https://host/fhir"),
        ("HTTP://Host/", "http://host"),
        ("http://[::1]:8080/fhir/", "http://[::1]:8080/fhir"),
    ],
)
def test_the_base_has_no_last_slash(given: str, base: str) -> None:
    """Blanks around an address and slashes at its end do not matter."""
    assert base_address(given) == base


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://host:443/elsewhere?page=2", True),
        ("https://HOST/fhir", True),
        ("http://host/fhir", False),
        ("https://host:8443/fhir", False),
        ("https://host.example/fhir", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(other: str, same: bool) -> None:
    """A scheme's own port may be written or not; everything else has to be equal."""
    assert same_origin(httpx.URL("https://host/fhir"), httpx.URL(other)) is same
