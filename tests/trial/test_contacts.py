"""Contacts and addresses on one line."""

from __future__ import annotations

import pytest

from alsfhir.trial.contacts import address, contact_details, is_masked
from alsfhir.trial.found import Found, passages
from alsfhir.trial.lines import lines


def details(text: str) -> dict[str, object]:
    """What the line says, by field."""
    (line,) = lines(text)
    found = list(contact_details(line, "c"))
    passages(text, found)
    return {(f.field or str(f.left_out)).removeprefix("c."): f.value for f in found}


@pytest.mark.parametrize("text", ["Phone: •••-•••-•••• Email: •••••@•••••", "Contact Phone: ••• Email: ••"])
def test_masked_details_are_no_contact(text: str) -> None:
    """Bullets in place of letters are left out, whatever labels stand between."""
    assert is_masked(text)
    assert list(details(text)) == ["masked contact details"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact", {"heading": None}),
        ("Jo Example, MD", {"name": "Jo Example, MD"}),
        ("jo@example.org", {"email": "jo@example.org"}),
        ("Phone: +1 555-0100", {"heading": None, "phone": "+1 555-0100"}),
        (
            "Jo Example, jo@example.org, (555) 0100-22",
            {"name": "Jo Example", "email": "jo@example.org", "phone": "(555) 0100-22"},
        ),
        ("Contact Phone: 555-0100 Email: a@b.org", {"heading": None, "phone": "555-0100", "email": "a@b.org"}),
    ],
)
def test_contact_details(text: str, expected: dict[str, object]) -> None:
    """Phone and e-mail are known by their shape, labels are headings, what comes first is the name."""
    assert details(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ulm, Baden, 89081, Germany",
            {"s.city": "Ulm", "s.state": "Baden", "s.postal_code": "89081", "s.country": "Germany"},
        ),
        ("Ulm, Germany", {"s.city": "Ulm", "s.country": "Germany"}),
        ("Toronto, M5G 2A2, Canada", {"s.city": "Toronto", "s.postal_code": "M5G 2A2", "s.country": "Canada"}),
    ],
)
def test_addresses(text: str, expected: dict[str, object]) -> None:
    """The last part is the country, a part with digits the postal code."""
    (line,) = lines(text)
    assert {f.field: f.value for f in address(line, "s")} == expected


def test_a_part_of_an_address_too_many_is_not_swallowed() -> None:
    """What has no place in an address is left out by name."""
    (line,) = lines("A, B, C, D")
    assert [(f.field, f.left_out) for f in address(line, "s")] == [
        ("s.city", None),
        ("s.state", None),
        (None, "not recognised"),
        ("s.country", None),
    ]
    assert isinstance(next(address(line, "s")), Found)
