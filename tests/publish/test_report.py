from __future__ import annotations

from alsfhir.patient.model import Issue
from alsfhir.publish.report import Change, Published, Written


def test_reports_add_up_in_order() -> None:
    """Nothing of two reports is lost in their sum, and each change is counted."""
    one = Published((Written("List/1", Change.CREATED),), (Issue("error", "Patient/a", "x"),))
    two = Published((Written("List/2", Change.UNCHANGED), Written("List/3", Change.CREATED)))
    assert [written.reference for written in (one + two).resources] == ["List/1", "List/2", "List/3"]
    assert (one + two).issues == one.issues
    assert [(one + two).count(change) for change in Change] == [2, 0, 1, 0]


def test_what_several_trials_share_is_listed_once() -> None:
    """What one trial has created is not unchanged for the next; what changed again is listed again."""
    first = Published((Written("Organization/1", Change.CREATED), Written("List/1", Change.CREATED)))
    second = Published((Written("Organization/1", Change.UNCHANGED), Written("List/1", Change.UPDATED)))
    assert (first + second).resources == (*first.resources, Written("List/1", Change.UPDATED))
