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


def test_the_text_shows_where_to_look_and_what_was_left_alone() -> None:
    """Studies, worklists and what was left alone are listed with their addresses; with ``every``, all; then counts."""
    report = Published(
        (
            Written("ResearchStudy/1", Change.CREATED),
            Written("Group/2", Change.UPDATED),
            Written("ResearchSubject/3", Change.LEFT_ALONE, "a person has set it"),
        )
    )
    study = "created     http://host/fhir/ResearchStudy/1\n"
    group = "updated     http://host/fhir/Group/2\n"
    subject = "left alone  http://host/fhir/ResearchSubject/3  (a person has set it)\n"
    counts = "3 resources: 1 created, 1 updated, 0 unchanged, 1 left alone\n"
    assert report.text("http://host/fhir/") == study + subject + counts
    assert report.text("http://host/fhir", every=True) == study + group + subject + counts
