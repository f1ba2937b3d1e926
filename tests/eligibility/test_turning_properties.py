"""The days on which time alone changes an outcome: what a screening on each of them says of the same record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria import model
from alsfhir.eligibility.model import Decision, Outcome
from alsfhir.patient.model import Facts
from eligibility_samples import AS_OF
from record_strategies import STATEMENTS, records
from records import Resource
from whole_records import TERMS, asked, encoded, many, read, screened, written

_LONG = dict.fromkeys(TERMS.concepts, 100_000)  # nothing goes stale
_END = date(2036, 12, 31)
_DAY = timedelta(days=1)


_TIMED = (model.Age, model.TimeSince, model.Condition, model.Procedure, model.Drug, model.OtherTrial)


def _in_time(atom: model.Node) -> bool:
    lengths = [getattr(atom, name, None) for name in ("within", "unchanged_for")]
    return isinstance(atom, model.Age | model.TimeSince | model.OtherTrial) or any(lengths)


@cache
def _past_times(about: str) -> st.SearchStrategy[str]:
    """A day on or before the as-of date, or a month or a year that was over by it."""
    days = [day for day in asked(about).days if day <= AS_OF]
    months = [f"{day:%Y-%m}" for day in days]
    years = [f"{day:%Y}" for day in days if day.year < AS_OF.year]
    return st.sampled_from([*map(str, days), *map(str, days), *map(str, days), *months, *years])


_TURNING = tuple(
    about for about in STATEMENTS if any(isinstance(node, _TIMED) and _in_time(node) for node in asked(about).nodes)
)
RECORDS = st.sampled_from(_TURNING).flatmap(lambda about: st.tuples(st.just(about), records(about, _past_times(about))))


@many(40)
@given(RECORDS, st.data())
def test_an_outcome_changes_on_the_days_that_are_named_and_on_no_other(
    asked_record: tuple[str, list[Resource]], data: st.DataObject
) -> None:
    """The day before it opens it is no pass, on the day itself one; until it closes; and nowhere between."""
    about, record = asked_record
    found = read(written([one for one in record if not _is_open(one)]))
    now = _decision(about, found, AS_OF)
    days = sorted({*_around(now), *data.draw(st.lists(st.dates(AS_OF, _END), max_size=4))})
    for day in days:
        if now.closes is None or day <= now.closes:  # whether it opens again is not said
            assert (_decision(about, found, day).outcome is Outcome.PASS) == _expected(now, day), day


def _is_open(resource: Resource) -> bool:
    """Whether it ended, or began, by the as-of date without saying when: read on a later day, it says less."""
    spans = [resource.get(name, {"end": ""}) for name in ("onsetPeriod", "abatementPeriod", "period")]
    over = resource.get("status") in ("completed", "stopped", "off-study", "withdrawn")
    return any("end" not in span for span in spans) or (over and '"end"' not in encoded(resource).decode())


def _decision(about: str, found: Facts, day: date) -> Decision:
    decisions = screened(about[: len("NCT00000000")], found, day, max_age=_LONG).decisions
    return next(each for each in decisions if each.criterion.id == about)


def _around(now: Decision) -> Iterator[date]:
    for day in (now.opens, now.closes):
        if day is not None:
            yield from (each for each in (day - _DAY, day, day + _DAY) if each >= AS_OF)


def _expected(now: Decision, day: date) -> bool:
    if day == now.closes:
        return False
    return now.outcome is Outcome.PASS if now.opens is None or day < now.opens else True
