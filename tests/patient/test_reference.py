"""Which resource a reference means."""

from __future__ import annotations

import pytest

from alsfhir.patient.reference import Index, base, relative, resolved

SERVER = "http://hospital.example.org/fhir"


@pytest.mark.parametrize(
    ("full_url", "server"),
    [
        (None, None),
        ("urn:uuid:6f1c2a54-0b1e-4f0a-9a37-2d4f7f0b1001", None),
        ("/Patient/p1", None),
        ("Patient/p1", None),
        (f"{SERVER}/Patient/p1", SERVER),
        (f"{SERVER}/Patient/p1/_history/3", SERVER),
        ("https://a.example.org/b/c/Observation/o.1-2", "https://a.example.org/b/c"),
    ],
)
def test_the_server_is_what_comes_before_type_and_id(full_url: str | None, server: str | None) -> None:
    """A fullUrl tells the server if it is a web address of a resource."""
    assert base(full_url) == server


@pytest.mark.parametrize(
    ("reference", "on", "full"),
    [
        ("Patient/p1", SERVER, f"{SERVER}/Patient/p1"),
        ("Patient/p1/_history/2", SERVER, f"{SERVER}/Patient/p1"),
        ("Patient/p1", None, "Patient/p1"),
        (" /Patient/p1/ ", None, "Patient/p1"),
        ("http://other.example.org/Patient/p1", SERVER, "http://other.example.org/Patient/p1"),
        ("urn:uuid:6F1C", SERVER, "urn:uuid:6f1c"),
        ("#p1", SERVER, "#p1"),
    ],
)
def test_relative_references_are_resolved_where_they_stand(reference: str, on: str | None, full: str) -> None:
    """Only relative references take the server of their entry; versions and the case of urns do not matter."""
    assert resolved(reference, on) == full


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("Patient/p1", "Patient/p1"),
        (f"{SERVER}/Patient/p1/_history/2", "Patient/p1"),
        ("urn:uuid:6f1c", None),
        ("#p1", None),
        ("Patient?identifier=http://x.org|4711", None),
        ("Patient", None),
        ("Patient/p 1", None),
    ],
)
def test_type_and_id_are_taken_only_from_literal_references(reference: str, name: str | None) -> None:
    """A search, a urn and a contained reference have no type and id, and are never shown as if they had."""
    assert relative(reference) == name


def index(*full_urls: str | None) -> Index[int]:
    return Index((number, full_url, "Patient", "p1") for number, full_url in enumerate(full_urls))


@pytest.mark.parametrize(
    ("reference", "on"),
    [
        ("Patient/p2", None),
        ("Patient/p1", "http://other.example.org"),
        ("http://other.example.org/Patient/p1", None),
        ("Group/p1", SERVER),
        ("#p1", SERVER),
        ("urn:uuid:6f1c", None),
        ("", None),
    ],
)
def test_what_is_another_resource_is_not_found(reference: str, on: str | None) -> None:
    """The same id on another server, or of another type, is another resource."""
    assert index(f"{SERVER}/Patient/p1").find(reference, on) is None


@pytest.mark.parametrize(
    ("full_url", "reference", "on"),
    [
        (f"{SERVER}/Patient/p1", f"{SERVER}/Patient/p1/_history/7", None),
        (f"{SERVER}/Patient/p1", "Patient/p1", SERVER),
        (f"{SERVER}/Patient/p1", "Patient/p1", None),
        (None, "Patient/p1", SERVER),
        (None, f"{SERVER}/Patient/p1", None),
        (None, "urn:uuid:P1", None),
        ("urn:uuid:6F1C", "urn:uuid:6f1c", SERVER),
        ("urn:uuid:6F1C", "Patient/p1", SERVER),
        ("/Patient/p1", "Patient/p1", None),
    ],
)
def test_a_resource_is_found_by_each_of_its_names(full_url: str | None, reference: str, on: str | None) -> None:
    """fullUrl, type and id on its server, type and id where no server is known, and a bare uuid all mean it."""
    assert index(full_url).find(reference, on) == 0


def test_of_two_with_one_id_only_the_server_tells() -> None:
    """Two servers' patients of one id are told apart by the server, and without it neither is chosen."""
    both = index(f"{SERVER}/Patient/p1", "http://other.example.org/Patient/p1")
    assert both.find("Patient/p1", "http://other.example.org") == 1
    assert both.find(f"{SERVER}/Patient/p1", "http://other.example.org") == 0
    assert both.find("Patient/p1", None) is None
