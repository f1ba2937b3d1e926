"""Which of several observations is the latest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.latest import definite, latest
from alsfhir.patient.model import Observation
from eligibility_samples import AS_OF, observation, when


@dataclass(frozen=True)
class Found:
    """The least that can be asked which is the latest."""

    source: Observation


def names(*found: Observation) -> set[str]:
    """The ids of the latest of these."""
    return {one.source.reference.removeprefix("Observation/") for one in latest([Found(o) for o in found], AS_OF)}


def at(name: str, on: str | None, **more: datetime) -> Observation:
    """An observation of that id and time."""
    return observation("t90", "1 %", on, reference=f"Observation/{name}", **more)


def test_an_undated_one_may_always_be_the_latest() -> None:
    """Nobody can say that it is older than another."""
    assert names(at("undated", None), at("new", "2026-06-20"), at("old", "2026-01-01")) == {"undated", "new"}


def test_an_undated_one_hides_no_order_among_the_others() -> None:
    """Which of two on one day was issued last is still known."""
    early, late = datetime(2026, 6, 20, 8, tzinfo=UTC), datetime(2026, 6, 20, 9, tzinfo=UTC)
    dated = at("a", "2026-06-20", issued=early), at("b", "2026-06-20", issued=late)
    assert names(at("undated", None), *dated) == {"undated", "b"}


def test_a_partial_date_leaves_the_order_open_where_it_overlaps() -> None:
    """June 2026 may be before or after the 20th; May is before."""
    assert names(at("june", "2026-06"), at("day", "2026-06-20"), at("may", "2026-05")) == {"june", "day"}


def test_a_partial_date_across_the_as_of_date_beats_nothing() -> None:
    """What may be of the future may not exist, so that what it would hide may be the latest."""
    assert names(at("year", "2026"), at("day", "2025-12-31")) == {"year", "day"}


def test_the_later_instant_counts_whatever_the_written_days() -> None:
    """23:30 in New York on the second is later than 00:30 in Helsinki on the third."""
    assert names(at("new-york", "2026-06-02T23:30:00-05:00"), at("helsinki", "2026-06-03T00:30:00+03:00")) == {
        "new-york"
    }


def test_on_one_day_the_last_issued_counts_then_the_last_updated() -> None:
    """Without two instants, what was reported last is taken to be of the last sample."""
    early, late = datetime(2026, 6, 20, 8, tzinfo=UTC), datetime(2026, 6, 20, 9, tzinfo=UTC)
    assert names(at("a", "2026-06-20", issued=early), at("b", "2026-06-20", issued=late)) == {"b"}
    first = at("a", "2026-06-20", issued=early, last_updated=late)
    second = at("b", "2026-06-20", issued=early, last_updated=early)
    assert names(first, second) == {"a"}
    assert names(at("a", "2026-06-20", issued=early), at("b", "2026-06-20", last_updated=late)) == {"a", "b"}


def test_a_time_on_the_day_does_not_beat_the_day() -> None:
    """A value at noon is not known to be later than one of some time on the same day."""
    assert names(at("noon", "2026-06-20T12:00:00Z"), at("day", "2026-06-20")) == {"noon", "day"}


def test_of_two_nights_in_a_row_the_second_is_the_latest() -> None:
    """A period is dated by its first day, where that is known; a period of months is not."""
    assert names(at("first", "2026-06-15/2026-06-16"), at("second", "2026-06-16/2026-06-17")) == {"second"}
    nights = at("a", "2026-06-15T22:00:00Z/2026-06-16T06:00:00Z"), at("b", "2026-06-14T22:00:00Z/2026-06-15T06:00:00Z")
    assert names(*nights) == {"a"}
    assert names(at("spring", "2026-03/2026-05"), at("may", "2026-05-02")) == {"spring", "may"}


def test_nothing_has_no_latest() -> None:
    """Of no observation there is none."""
    assert latest([], AS_OF) == ()


@pytest.mark.parametrize(("written", "sure"), [("2026-06-30", True), ("2026-06", True), ("2026", False)])
def test_a_date_is_definite_if_all_of_it_is_past(written: str, sure: bool) -> None:
    """The as-of date itself counts as past."""
    assert definite(when(written), AS_OF) is sure
    assert not definite(None, AS_OF)


DATES = st.sampled_from(
    [
        "2026-06-20/2026-06-21",
        "2026-06/2026-06-21",
        None,
        "2026",
        "2026-06",
        "2026-06-20",
        "2026-06-20T08:00:00Z",
        "2026-06-20T23:00:00-11:00",
        "2026-06-21",
        "2025",
    ]
)


@given(st.lists(DATES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_the_record_does_not_matter(dates: list[str | None], random: Random) -> None:
    """Whatever order they come in, the same ones are the latest, and of some there is always one."""
    found = [at(str(number), on) for number, on in enumerate(dates)]
    shuffled = list(found)
    random.shuffle(shuffled)
    assert names(*found) == names(*shuffled)
    assert bool(names(*found)) == bool(found)
