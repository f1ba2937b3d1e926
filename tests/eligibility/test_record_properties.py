"""What holds of every whole record and every shipped tree, however the record is written."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from record_changes import UNKNOWN, in_other_units, irrelevant, renamed
from record_elements import later_times
from record_strategies import asked_records, resources
from records import Resource
from whole_records import encoded, many, read, verdicts, written

Asked = tuple[str, list[Resource]]

RANDOMS = st.randoms(use_true_random=False)


def _unchanged(trial: str, record: list[Resource], other: bytes, **options: Any) -> None:
    assert verdicts(trial, read(other), **options) == verdicts(trial, read(written(record)), **options)


@many(40)
@given(asked_records(), st.data(), st.booleans())
def test_what_is_not_asked_for_does_not_matter(asked: Asked, data: st.DataObject, closed: bool) -> None:
    """Coded resources of concepts that no tree of the trial mentions change no verdict, in whatever world."""
    trial, record = asked
    more = data.draw(st.lists(st.sampled_from(irrelevant(trial)), max_size=4, unique_by=id))
    _unchanged(trial, record, written([*record, *more]), closed_world=closed)


@many(40)
@given(asked_records())
def test_what_no_concept_knows_does_not_matter_in_an_open_world(asked: Asked) -> None:
    """Resources under codes that no concept has, which look like nothing that is asked for, change no verdict."""
    trial, record = asked
    _unchanged(trial, record, written([*record, *UNKNOWN]))


@many(40)
@given(asked_records(), RANDOMS, st.booleans())
def test_the_order_and_the_names_of_the_resources_do_not_matter(asked: Asked, random: Random, closed: bool) -> None:
    """Shuffled, and under other ids, the same resources make the same verdicts."""
    trial, record = asked
    other = renamed(record, random)
    random.shuffle(other)
    _unchanged(trial, record, written(other), closed_world=closed)


@many(40)
@given(asked_records(), RANDOMS)
def test_the_form_of_the_file_does_not_matter(asked: Asked, random: Random) -> None:
    """A list, NDJSON, and Bundles of whatever order or within a Bundle make the same verdicts as one Bundle."""
    trial, record = asked
    other = random.sample(record, len(record))
    bundles = [{"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one}]} for one in other]
    forms = [encoded(other), b"\n".join(map(encoded, other)), b"\n".join(map(encoded, bundles)), written(bundles)]
    _unchanged(trial, record, random.choice(forms))


@many(40)
@given(asked_records(), RANDOMS)
def test_the_units_in_which_values_are_written_do_not_matter(asked: Asked, random: Random) -> None:
    """The same values and limits in other units, by mass or by amount of substance, make the same verdicts."""
    trial, record = asked
    _unchanged(trial, record, written(in_other_units(record, random)))


@many(40)
@given(asked_records(), st.data(), st.booleans())
def test_the_future_does_not_exist(asked: Asked, data: st.DataObject, closed: bool) -> None:
    """What has its clinical date after the as-of date changes no verdict."""
    trial, record = asked
    taken = {one["id"] for one in record}
    later = st.lists(resources(trial, later_times()), max_size=3, unique_by=lambda one: str(one["id"]))
    more = [one for one in data.draw(later) if one["id"] not in taken and _is_clinically_later(one)]
    _unchanged(trial, record, written([*record, *more]), closed_world=closed)


def _is_clinically_later(resource: Resource) -> bool:
    """Whether its clinical date, not only that of its entry, is later: without one it is history, or has no date.

    One that ends may end before it begins, and then has no date that could be used.
    """
    if "abatementDateTime" in resource or "abatementPeriod" in resource:
        return False
    dosage = (resource.get("dosageInstruction") or [{}])[0]
    period = dosage.get("timing", {}).get("repeat", {}).get("boundsPeriod")
    dates = [resource.get(name) for name in ("onsetDateTime", "performedDateTime", "effectiveDateTime", "dateTime")]
    dates += [resource.get(name) for name in ("whenHandedOver", "extension")] + [
        not period and resource.get("authoredOn")
    ]
    spans = [resource.get(name, {}) for name in ("onsetPeriod", "performedPeriod", "effectivePeriod", "period")]
    return any(dates) or any("start" in span for span in (*spans, period or {}))
