"""Of several versions of one resource, the latest counts."""

from __future__ import annotations

from typing import Any

import pytest

from patient_samples import PATIENT, bundle, condition, observation, percent, read, texts


def values(*entries: dict[str, Any], kind: str = "collection") -> list[str]:
    """The values of the observations of a Bundle of the patient and these entries."""
    given = bundle(PATIENT, type=kind)
    given["entry"].extend(entries)
    return [str(fact.quantity.value) for fact in read(given).patients[0].observations if fact.quantity]


def entry(value: int, full_url: str | None = None, **meta: Any) -> dict[str, Any]:
    return {"fullUrl": full_url, "resource": observation(valueQuantity=percent(value), meta=meta)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry(1, lastUpdated="2026-01-01T00:00:00Z"), entry(2, lastUpdated="2026-01-01T00:00:01Z")),
        (entry(1, lastUpdated="2026-01-01T01:00:00+02:00"), entry(2, lastUpdated="2026-01-01T00:00:00Z")),
        (
            entry(1, lastUpdated="2026-01-01T00:00:00Z", versionId="9"),
            entry(2, lastUpdated="2027-01-01T00:00:00Z", versionId="1"),
        ),
        (entry(1, versionId="9"), entry(2, versionId="10")),
        (entry(1, versionId="x"), entry(2, versionId="1")),
        (entry(1), entry(2, lastUpdated="2026-01-01T00:00:00Z")),
        (entry(1, lastUpdated="never"), entry(2, lastUpdated="2026-01-01T00:00:00Z")),
    ],
)
def test_the_latest_version_counts_wherever_it_stands(one: dict[str, Any], other: dict[str, Any]) -> None:
    """By when it was updated, then by version number."""
    assert values(one, other) == values(other, one) == ["2"]


def test_of_equal_versions_the_later_in_the_file_counts() -> None:
    """Without any sign of age the last one counts; in a history, which begins with the newest, the first."""
    assert values(entry(1), entry(2)) == ["2"]
    assert values(entry(1), entry(2), kind="history") == ["1"]


def test_what_is_used_is_said() -> None:
    """That a resource stands in the file several times is listed."""
    found = read(bundle(PATIENT, observation(), observation(), observation()))
    assert texts(found) == ["information Observation/o1: stands 3 times in the file: the latest version is used"]
    assert len(found.patients[0].observations) == 1


def test_the_same_id_on_two_servers_is_two_resources() -> None:
    """Only type, id and server together make a resource; without an id it is the entry's urn."""
    assert values(entry(1, "http://a.org/Observation/o1"), entry(2, "http://b.org/Observation/o1")) == ["1", "2"]
    nameless = [entry(1, "urn:uuid:1"), entry(2, "urn:uuid:1"), entry(3, "urn:uuid:2"), entry(4), entry(5)]
    for each in nameless:
        del each["resource"]["id"]
    assert values(*nameless) == ["2", "3", "4", "5"]


def test_a_patient_that_is_there_twice_is_one() -> None:
    """Two versions of a Patient are one patient, as the later one says."""
    (found,) = read(bundle(PATIENT, condition(), PATIENT | {"gender": "male"})).patients
    assert (found.sex, len(found.conditions)) == ("male", 1)


@pytest.mark.parametrize(("deleted", "left"), [("2026-03-01T00:00:00Z", 0), ("2026-01-01T00:00:00Z", 1)])
def test_what_was_deleted_last_does_not_exist(deleted: str, left: int) -> None:
    """A history's deletion counts like a version: what was made again after it exists."""
    deletion = {"request": {"method": "DELETE", "url": "Condition/c1"}, "response": {"lastModified": deleted}}
    given = bundle(PATIENT, condition(meta={"lastUpdated": "2026-02-01T00:00:00Z"}), type="history")
    given["entry"].insert(0, deletion)
    found = read(given)
    assert len(found.patients[0].conditions) == left
    said = (
        "is deleted, says the history: not used"
        if not left
        else "stands 2 times in the file: the latest version is used"
    )
    assert texts(found) == [f"information Condition/c1: {said}"]


def test_different_contents_of_one_age_are_said() -> None:
    """A person has to look; for a Patient, who may be two people with one id, it is an error."""
    said = "differently, and nothing says which is the latest"
    given = texts(read(bundle(PATIENT, {**PATIENT, "gender": "unknown"}, condition(), condition(code={"text": "x"}))))
    assert [text.split()[0] for text in given if said in text] == ["error", "warning"]
    dated = bundle(PATIENT, {**PATIENT, "gender": "unknown", "meta": {"lastUpdated": "2026-01-01T00:00:00Z"}})
    assert not any(said in text for text in texts(read(dated)))
