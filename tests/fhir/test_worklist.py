"""Tests of a trial's worklist."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.record import RecruitmentRecord
from alsfhir.fhir.canonical import Names, Resource
from alsfhir.fhir.versions import SUBJECT_STATUS
from alsfhir.fhir.worklist import WorklistEntry, worklist

RECRUITING = RecruitmentRecord(status="recruiting", as_of="2026-06-27")
THEIRS: dict[str, Any] = {"item": {"reference": "ResearchSubject/900"}, "flag": {"text": "called on Monday"}}


def _entry(number: int, status: str = "candidate", as_of: str = "2026-06-30") -> WorklistEntry:
    return WorklistEntry(f"ResearchSubject/{number}", status, as_of)


def _list(*entries: WorklistEntry, existing: Resource | None = None) -> Resource:
    return worklist("NCT01234567", "A trial", RECRUITING, entries, Names(), existing=existing)


def _flagged(code: str, text: str, number: int = 1, date: str = "2026-06-30") -> dict[str, Any]:
    return {
        "flag": {"coding": [{"system": SUBJECT_STATUS, "code": code}], "text": text},
        "date": date,
        "item": {"reference": f"ResearchSubject/{number}"},
    }


def test_a_list_without_entries_has_none() -> None:
    """FHIR has no empty arrays."""
    assert "entry" not in _list()


def test_entries_of_others_stay_where_they_are() -> None:
    """What people put into the list is neither changed nor moved, and neither are the list's own elements."""
    existing = {**_list(_entry(1)), "id": "5", "title": "Mine", "note": [{"text": "ask Tuesday"}]}
    existing["entry"] = [THEIRS, *existing["entry"], {**THEIRS, "flag": {"text": "no answer"}}]
    merged = _list(_entry(1, "ineligible"), _entry(2), existing=deepcopy(existing))
    assert merged["entry"][0] == existing["entry"][0]
    assert merged["entry"][2] == existing["entry"][2]
    assert {name: merged[name] for name in ("id", "title", "note")} == {
        "id": "5",
        "title": "Mine",
        "note": [{"text": "ask Tuesday"}],
    }


def test_a_patient_who_became_ineligible_is_flagged_and_not_removed() -> None:
    """The entry stays in its place with the new status and the date of the screening that found it."""
    existing = _list(_entry(1), _entry(2))
    merged = _list(_entry(1, "ineligible", "2026-07-05"), existing=existing)
    expected = [_flagged("ineligible", "Ineligible", date="2026-07-05"), _flagged("candidate", "Candidate", 2)]
    assert merged["entry"] == expected


def test_a_later_screening_with_the_same_status_changes_nothing() -> None:
    """The date of an entry is that of the screening which gave it its flag; the list keeps its version."""
    existing = _list(_entry(1))
    assert _list(_entry(1, as_of="2026-07-05"), existing=existing) == existing


def test_what_a_person_added_to_our_flag_is_kept() -> None:
    """A code of another system and a remark survive a new status of ours."""
    theirs = {"system": "http://example.org/flag", "code": "phoned"}
    existing = _list(_entry(1))
    existing["entry"][0]["flag"] = {"coding": [*existing["entry"][0]["flag"]["coding"], theirs], "text": "phone her"}
    (entry,) = _list(_entry(1, "ineligible"), existing=existing)["entry"]
    ours = {"system": SUBJECT_STATUS, "code": "ineligible"}
    assert entry["flag"] == {"coding": [ours, theirs], "text": "phone her"}


def test_a_reference_to_a_version_of_our_subject_is_ours() -> None:
    """An entry that names a version of the subject is updated in place, its reference kept."""
    existing = _list(_entry(1))
    existing["entry"][0]["item"]["reference"] = "ResearchSubject/1/_history/3"
    (entry,) = _list(_entry(1, "ineligible"), existing=existing)["entry"]
    assert entry["item"] == {"reference": "ResearchSubject/1/_history/3"}
    assert entry["flag"]["text"] == "Ineligible"


def test_a_status_of_a_person_is_flagged_in_its_own_words() -> None:
    """A subject whom a person put on study is shown as that."""
    (entry,) = _list(_entry(1, "on-study"))["entry"]
    assert entry["flag"]["text"] == "On study"


def test_an_empty_list_gives_up_its_reason_for_being_empty() -> None:
    """A list with entries may not say why it is empty (lst-1); without entries the reason stays."""
    existing = {**_list(), "emptyReason": {"text": "nobody yet"}}
    assert "emptyReason" not in _list(_entry(1), existing=existing)
    assert _list(existing=existing) == existing


def test_the_list_is_ours_by_the_trial() -> None:
    """The NCT id makes the identity; the list is in work and says first whether the trial recruits."""
    resource = _list(_entry(1))
    assert resource["identifier"] == [{"system": "http://alsfhir.org/fhir/identifier/List", "value": "NCT01234567"}]
    assert (resource["status"], resource["mode"]) == ("current", "working")
    assert "This trial recruits" in resource["text"]["div"]


STATUSES = st.sampled_from(["candidate", "potential-candidate", "ineligible"])
RUNS = st.lists(st.dictionaries(st.integers(1, 6), STATUSES, max_size=4), max_size=5)


@given(runs=RUNS, where=st.integers(0, 5))
def test_merging_loses_nobody_and_repeats_nothing(runs: list[dict[int, str]], where: int) -> None:
    """After any runs every subject stands in the list once, with its last status; a repeated run changes nothing."""
    merged: Resource | None = None
    last: dict[int, str] = {}
    for run in runs:
        entries = [_entry(number, status) for number, status in run.items()]
        merged = _list(*entries, existing=merged)
        assert _list(*entries, existing=merged) == merged
        last |= run
        if where == len(last):
            merged = {**merged, "entry": [THEIRS, *merged.get("entry", [])]}
    standing = [entry for entry in (merged or {}).get("entry", []) if entry != THEIRS]
    shown = {entry["item"]["reference"]: entry["flag"]["coding"][0]["code"] for entry in standing}
    assert len(standing) == len(last)
    assert shown == {f"ResearchSubject/{number}": status for number, status in last.items()}
