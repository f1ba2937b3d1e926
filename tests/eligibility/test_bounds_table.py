"""Every bound of the trees that ship, at it and on either side of it, against a table written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from alsfhir.criteria.mapping import known_trials, trial_mapping
from alsfhir.criteria.model import Age, Condition, Drug, Duration, Node, OtherTrial, Procedure, TimeSince
from alsfhir.criteria.tree import nodes
from alsfhir.patient.model import Fact, Facts
from bounds_table import AGES, COUNTS, FVC, MEASURED, TIMES, WINDOWS, Counted, Dated, Measured
from eligibility_samples import (
    AS_OF,
    condition,
    drug,
    facts,
    observation,
    participation,
    procedure,
    quantity,
    up_to,
    verdict,
    when,
)

DECEMBER = date(2026, 12, 31)
# Whether the leaf is true the day before the bounding day, on it, and the day after.
TRUE_ON = {
    "at-least": (True, True, False),
    "more-than": (True, False, False),
    "at-most": (False, True, True),
    "less-than": (False, False, True),
    "within": (False, True, True),
    "began-within": (False, True, True),
    "until": (True, True, False),
    "unchanged-for": (True, True, False),
}
# An age is in completed years: the day of birth that lies on the bound belongs to the older.
TRUE_OF_AGE = {
    "at-least": (True, True, False),
    "more-than": (True, True, False),
    "at-most": (False, False, True),
    "less-than": (False, False, True),
}
# Whether the leaf is true of a value below the bound, at it, and above it.
TRUE_AT = {
    "at-least": (False, True, True),
    "more-than": (False, False, True),
    "at-most": (True, True, False),
    "less-than": (True, False, False),
}


def _what(node: Node) -> str:
    if isinstance(node, Age | OtherTrial):
        return "age" if isinstance(node, Age) else "other-trial"
    concept = str(getattr(node, "concept", ""))
    return f"{node.event} of {concept}" if isinstance(node, TimeSince) else concept


def _plain(bound: Any) -> str:
    """A bound as the table writes it: years as months, weeks as days."""
    if isinstance(bound, Duration):
        months, days = bound.years * 12 + bound.months, bound.weeks * 7 + bound.days
        return " ".join(f"{n} {unit}" for n, unit in ((months, "months"), (days, "days")) if n)
    return str(bound)


def _length(written: str) -> str:
    number, _, unit = written.partition(" ")
    unit = f"{unit.removesuffix('s')}s"
    return _plain(Duration(**{unit: int(number)})) if unit != "s" else written


def _bounds(node: Node) -> Iterator[tuple[str, str]]:
    """Every number and length of time that a node states, by the name of its field."""
    for field in msgspec.structs.fields(node):
        value = getattr(node, field.name)
        number = isinstance(value, int | Decimal | Duration) and not isinstance(value, bool)
        if number and value != field.default:
            yield field.encode_name, _plain(value)


def _trees() -> Iterator[tuple[str, Node]]:
    for nct_id in known_trials():
        mapped = trial_mapping(nct_id)
        yield from ((one.id, one.tree) for one in (mapped.criterion if mapped else ()))


def _leaves(statement: str, what: str, field: str) -> list[Node]:
    """The leaves of a shipped tree that set a bound of that kind on it."""
    tree = dict(_trees())[statement]
    found = [n for n in nodes(tree) if _what(n) == what and any(_field(name) == field for name, _ in _bounds(n))]
    assert found, f"{statement} sets no such bound on {what}"
    return list(dict.fromkeys(found))


def _field(side: str) -> str:
    """The side in general: a bound that is changed from closed to open is found all the same, and tested."""
    sides = {"at-least": "lower", "more-than": "lower", "at-most": "upper", "less-than": "upper"}
    return sides.get(side, side.removeprefix("began-"))


def _values_of(leaves: list[Node], found: Facts, as_of: date = AS_OF) -> set[str]:
    return {str(verdict(leaf, found, as_of).value) for leaf in leaves}


def _value(truth: bool) -> str:
    return "met" if truth else "not-met"


def test_every_bound_of_the_shipped_trees_is_in_the_table_and_no_other() -> None:
    """A bound that is added to a tree, or changed in it, is to be added to the table, from the statement."""
    shipped = {(id_, _what(node), *bound) for id_, tree in _trees() for node in nodes(tree) for bound in _bounds(node)}
    table: set[tuple[str, ...]] = {(one.statement, one.what, one.side, one.bound) for one in MEASURED}
    dated = (*AGES, *TIMES, *WINDOWS)
    table |= {(d.statement, d.what, d.side.removeprefix("began-"), _length(d.bound)) for d in dated}
    table |= {(one.statement, one.what, "at-least", str(one.number)) for one in COUNTS}
    assert shipped - table == set()
    assert table - shipped == set()


def _observed(concept: str, unit: str, value: str) -> tuple[Fact, ...]:
    """The observations that say this value, in a unit as the table writes it."""
    plain, _, limit = unit.partition(", normal to ")
    volume, _, predicted = plain.partition(" of ")
    if predicted:
        assert concept == FVC
        return observation("fvc-volume", f"{value} {volume}"), observation("fvc-predicted-volume", predicted)
    return (observation(concept, None, quantity=quantity(f"{value} {plain}"), ranges=up_to(limit) if limit else ()),)


@pytest.mark.parametrize("units", ["one", "other"])
@pytest.mark.parametrize("row", MEASURED, ids=lambda row: f"{row.statement}-{row.what}")
def test_a_measured_value_at_its_bound_and_on_either_side(row: Measured, units: str) -> None:
    """Closed bounds include the value that is equal, open ones do not, whatever the unit."""
    unit, *values = getattr(row, units)
    leaves = _leaves(row.statement, row.what, _field(row.side))
    found = [_values_of(leaves, facts(*_observed(row.what, unit, value))) for value in values]
    assert found == [{_value(truth)} for truth in TRUE_AT[row.side]]


@pytest.mark.parametrize("row", [row for row in MEASURED if "normal" in row.one[0]], ids=lambda row: row.what)
def test_a_multiple_of_the_upper_limit_needs_the_observations_own_range(row: Measured) -> None:
    """Without a range nothing is decided, and twice the range makes of a high value a normal one."""
    unit, *_, above = row.one
    leaves = _leaves(row.statement, row.what, _field(row.side))
    plain, _, limit = unit.partition(", normal to ")
    number, _, limit_unit = limit.partition(" ")
    wide = up_to(f"{2 * Decimal(number)} {limit_unit}")
    assert _values_of(leaves, facts(*_observed(row.what, plain, above))) == {"unknown"}
    assert _values_of(leaves, facts(observation(row.what, f"{above} {plain}", ranges=wide))) == {"not-met"}


def _around(row: Dated, as_of: date) -> list[str]:
    day = date.fromisoformat(row.june if as_of == AS_OF else row.december)
    return [(day + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)]


@pytest.mark.parametrize("as_of", [AS_OF, DECEMBER], ids=str)
@pytest.mark.parametrize("row", AGES, ids=lambda row: f"{row.statement}-{row.side}")
def test_an_age_on_the_birthday_and_on_the_days_beside_it(row: Dated, as_of: date) -> None:
    """A year is completed on the birthday, and not a day earlier."""
    leaves = _leaves(row.statement, row.what, _field(row.side))
    found = [_values_of(leaves, facts(birth=when(day)), as_of) for day in _around(row, as_of)]
    assert found == [{_value(truth)} for truth in TRUE_OF_AGE[row.side]]


@pytest.mark.parametrize("as_of", [AS_OF, DECEMBER], ids=str)
@pytest.mark.parametrize("row", TIMES, ids=lambda row: f"{row.statement}-{row.side}")
def test_a_time_since_an_event_on_its_last_day_and_on_the_days_beside_it(row: Dated, as_of: date) -> None:
    """Months are calendar months back from the as-of date, the day clipped to the month's end."""
    leaves = _leaves(row.statement, row.what, _field(row.side))
    dates = {"diagnosis of als": "diagnosed", "onset of als": "onset"}
    entries = [condition("als", **{dates[row.what]: when(day)}) for day in _around(row, as_of)]
    found = [_values_of(leaves, facts(entry), as_of) for entry in entries]
    assert found == [{_value(truth)} for truth in TRUE_ON[row.side]]


def _of(row: Dated) -> tuple[str, str, str]:
    return row.statement, row.what, row.side


def _happened(row: Dated, leaf: Node, day: str) -> Fact:
    """What lasted from long ago until that day; what began on it, where it is the beginning that is asked about."""
    lasted = when(f"{day}/2026-12-30" if row.side == "until" else f"2015-01-01/{day}")
    match leaf:
        case Condition(began=True):
            return condition(row.what, onset=when(day), clinical="resolved", abatement=when("2026-12-30"))
        case Condition():
            first, last = lasted.written.split("/")
            return condition(row.what, onset=when(first), abatement=when(last), clinical="resolved")
        case Drug() if row.side == "unchanged-for":
            return drug(row.what, period=when(f"{day}/"), dosage="50 mg twice a day")
        case Drug():
            return drug(row.what, period=lasted, status="completed")
        case Procedure():
            return procedure(row.what, when=when(day))
        case OtherTrial():
            return participation("NCT99999999", when=lasted, status="off-study")
    raise TypeError(f"{type(leaf).__name__} has no window")


@pytest.mark.parametrize("as_of", [AS_OF, DECEMBER], ids=str)
@pytest.mark.parametrize("row", WINDOWS, ids=lambda row: f"{row.statement}-{row.what}-{row.side}-{row.bound}")
def test_a_window_on_its_first_or_last_day_and_on_the_days_beside_it(row: Dated, as_of: date) -> None:
    """Both ends belong to it: what lasted until its first day, or began on its last, counts."""
    leaves = _leaves(row.statement, row.what, _field(row.side))
    if row.nth is not None:
        assert len(leaves) == sum((one.statement, one.what, one.side) == _of(row) for one in WINDOWS)
        leaves = [leaves[row.nth]]
    assert all(isinstance(leaf, Condition) and leaf.began for leaf in leaves) == row.side.startswith("began")
    found = [
        {str(verdict(leaf, facts(_happened(row, leaf, day)), as_of).value) for leaf in leaves}
        for day in _around(row, as_of)
    ]
    assert found == [{_value(truth)} for truth in TRUE_ON[row.side]]


@pytest.mark.parametrize("row", COUNTS, ids=lambda row: f"{row.statement}-{row.what}")
def test_so_many_entries_count_and_one_less_does_not(row: Counted) -> None:
    """What recurs is on record at different times."""
    leaves = _leaves(row.statement, row.what, "lower")
    entries = [
        condition(row.what, reference=f"Condition/c{n}", onset=when(f"202{n}-03-01"), clinical="active")
        for n in range(row.number + 1)
    ]
    enough = [_values_of(leaves, facts(*entries[:number])) for number in range(1, row.number + 2)]
    assert enough == [{"unknown"}] * (row.number - 1) + [{"met"}] * 2


def test_the_two_units_of_the_table_are_two() -> None:
    """A unit is converted in one of them, unless the quantity has no second one."""
    assert {row.what for row in MEASURED if row.one[0] == row.other[0]} == {"norris-bulbar", "norris-spinal"}
