"""Whether a device is in use, or ever was."""

from __future__ import annotations

import pytest

from alsfhir.criteria.model import Device as Asked
from eligibility_samples import device, facts, said, when

TUBE = "nasogastric-tube"
NOW, EVER = Asked(concept=TUBE), Asked(concept=TUBE, when="ever")


def test_nothing_on_file_is_not_an_absence() -> None:
    """No entry: unknown; one that could not be read may have been it; a closed world takes it as absent."""
    assert said(NOW, facts()) == ("unknown", "no-record", "no-record")
    for lost in ("Device", "DeviceUseStatement", "DeviceUsage", "DeviceAssociation"):
        assert said(NOW, facts(unreadable=frozenset({lost})), closed_world=True)[2] == "unreadable"
    assert said(NOW, facts(), closed_world=True)[0] == "not-met"


@pytest.mark.parametrize(
    ("status", "now", "ever"),
    [
        ("active", "met", "met"),
        ("implanted", "met", "met"),
        ("attached", "met", "met"),
        ("on-hold", "review", "met"),
        ("completed", "not-met", "met"),
        ("inactive", "not-met", "met"),
        ("stopped", "not-met", "met"),
        ("explanted", "not-met", "met"),
        ("intended", "unknown", "unknown"),
        ("not-done", "unknown", "unknown"),
        ("entered-in-error", "unknown", "unknown"),
        ("unknown", "unknown", "unknown"),
    ],
)
def test_a_status_says_what_is_in_use(status: str, now: str, ever: str) -> None:
    """Now, and at any time."""
    found = facts(device(TUBE, status=status))
    assert (said(NOW, found)[0], said(EVER, found)[0]) == (now, ever)


@pytest.mark.parametrize(
    ("used", "status", "expected"),
    [
        ("2026-01-01/", "active", "on-record"),
        ("2026-01-01", "active", "on-record"),
        ("2026-01-01/2026-06-29", "active", "not-current"),
        ("2026-01-01/2026", "active", "partial-date"),
        ("2026", "active", "partial-date"),
        ("2026-07-01/", "active", "no-record"),
        ("2026-01-01/2026-06-30", "completed", "not-current"),
        ("2026-01-01/2026-07-30", "completed", "contradictory"),
        ("2026-01-01/", "unknown", "no-status"),
        ("2026-01-01/2026-06-29", "on-hold", "not-current"),
    ],
)
def test_a_use_that_is_over_is_not_current(used: str, status: str, expected: str) -> None:
    """By its period and its status, which may be younger than the as-of date."""
    assert said(NOW, facts(device(TUBE, when=when(used), status=status)))[2] == expected


def test_ever_leaves_open_what_may_be_later() -> None:
    """An incomplete date that holds the as-of date."""
    assert said(EVER, facts(device(TUBE, when=when("2026"))))[2] == "partial-date"


def test_what_cannot_be_used_or_understood_stands_in_the_way() -> None:
    """An unusable entry, one in words, and in a closed world one that no concept knows."""
    assert said(NOW, facts(device(TUBE, unusable="no status")))[2] == "unusable"
    assert said(NOW, facts(device(text="Nasogastric tube")))[:3] == ("review", "judgement", "text-only")
    assert said(NOW, facts(device(text="Nasogastric tube", status="intended")))[2] == "no-record"
    assert said(NOW, facts(device(text="Wheelchair")), closed_world=True)[2] == "unrecognised"
