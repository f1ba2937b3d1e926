"""What holds of every record and every tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alsfhir.criteria.model import AllOf, Node
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Condition, Facts, Observation
from alsfhir.patient.values import Quantity
from eligibility_samples import condition, criterion, decided, observation, recorded, verdict, when
from eligibility_strategies import MEASURED, RECORDED, TREES, coarser, later, measured_records, records

MANY = settings(max_examples=120, deadline=None)


def _with(found: Facts, *more: Observation | Condition) -> Facts:
    return replace(
        found,
        observations=(*found.observations, *(fact for fact in more if isinstance(fact, Observation))),
        conditions=(*found.conditions, *(fact for fact in more if isinstance(fact, Condition))),
    )


def _without(found: Facts, one: Observation | Condition) -> Facts:
    return replace(
        found,
        observations=tuple(fact for fact in found.observations if fact is not one),
        conditions=tuple(fact for fact in found.conditions if fact is not one),
    )


def _blanked_observation(one: Observation) -> Iterator[Observation]:
    nothing: dict[str, Any] = {"quantity": None, "coded": (), "boolean": None, "string": None, "interpretation": ()}
    yield replace(one, unusable="no value", **nothing)
    if one.quantity:
        yield replace(one, quantity=Quantity(one.quantity.value, None, one.quantity.comparator))
    yield replace(one, ranges=())
    for number, range_ in enumerate(one.ranges):
        for high in (None, range_.high and Quantity(range_.high.value, None)):
            less = replace(range_, high=high)
            yield replace(one, ranges=(*one.ranges[:number], less, *one.ranges[number + 1 :]))
    if one.when:
        yield replace(one, when=None)
        yield from (replace(one, when=date) for date in coarser(one.when))


def _blanked_condition(one: Condition) -> Iterator[Condition]:
    for name in ("onset", "abatement", "diagnosed", "recorded"):
        written = getattr(one, name)
        if written:
            for less in coarser(written):
                given: dict[str, Any] = {name: less}
                yield replace(one, **given)


def _blanked(found: Facts) -> list[Facts]:
    """The record with one value, unit, range or part of a date blanked inside a resource that stays."""
    every: list[Facts] = []
    for one in found.observations:
        every += [_with(_without(found, one), less) for less in _blanked_observation(one)]
    for entry in found.conditions:
        every += [_with(_without(found, entry), less) for less in _blanked_condition(entry)]
    if found.birth:
        every += [replace(found, birth=less) for less in coarser(found.birth)]
    return every


def _contradictory(found: Facts) -> bool:
    onsets = [entry.onset.first for entry in found.conditions if entry.onset]
    diagnoses = [entry.diagnosed.last for entry in found.conditions if entry.diagnosed]
    return bool(onsets and diagnoses) and max(onsets) > min(diagnoses)


@MANY
@given(TREES, records(), st.booleans(), st.data())
def test_knowing_less_never_decides(tree: Node, found: Facts, closed: bool, data: st.DataObject) -> None:
    """Blanking something inside a resource that stays turns no undecided verdict into a decision.

    But where an onset is dated after a diagnosis, blanking the one lets the other be believed.
    """
    assume(not _contradictory(found))
    if verdict(tree, found, closed_world=closed).value in UNDECIDED and (less := _blanked(found)):
        blanked = data.draw(st.sampled_from(less))
        assert verdict(tree, blanked, closed_world=closed).value in UNDECIDED


@MANY
@given(measured_records(), st.data())
def test_knowing_less_of_a_value_never_decides(asked: tuple[Node, Facts], data: st.DataObject) -> None:
    """The same of records that hold nothing but what the atom asks for, and the parts it is derived from."""
    atom, found = asked
    if verdict(atom, found).value in UNDECIDED and (less := _blanked(found)):
        assert verdict(atom, data.draw(st.sampled_from(less))).value in UNDECIDED


@MANY
@given(measured_records())
def test_the_unit_in_which_a_part_is_written_does_not_matter(asked: tuple[Node, Facts]) -> None:
    """The same values in other units make the same verdict, number and cause, also of what is derived from them."""
    atom, found = asked
    other = replace(found, observations=tuple(_in_other_units(one) for one in found.observations))
    one, two = verdict(atom, found).findings[0], verdict(atom, other).findings[0]
    assert (one.value, one.number, one.cause) == (two.value, two.number, two.cause)


@MANY
@given(TREES, records(), st.lists(later(), max_size=3), st.booleans())
def test_the_future_does_not_exist(tree: Node, found: Facts, more: list[Observation | Condition], closed: bool) -> None:
    """Facts of after the as-of date change neither the verdict nor what it rests on."""
    assert verdict(tree, found, closed_world=closed) == verdict(tree, _with(found, *more), closed_world=closed)


def _shuffled(found: Facts, random: Random) -> Facts:
    observations, conditions = list(found.observations), list(found.conditions)
    random.shuffle(observations)
    random.shuffle(conditions)
    return replace(found, observations=tuple(observations), conditions=tuple(conditions))


@MANY
@given(TREES, records(), st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(tree: Node, found: Facts, random: Random) -> None:
    """The same facts in another order make the same record, byte for byte."""
    asked = [criterion(AllOf(of=(tree, RECORDED)))]
    one, other = recorded(asked, found), recorded(asked, _shuffled(found, random))
    assert msgspec.json.encode(one) == msgspec.json.encode(other)


IRRELEVANT: tuple[Observation | Condition, ...] = (
    observation("mmse", "28 {score}"),
    observation("fev1-fvc-ratio", "67.7 %"),
    observation("slow-vital-capacity-percent", "99 %"),
    observation("oxygen-saturation", "97"),
    condition("gout"),
    condition("hypertension", verification="refuted"),
    condition("diabetes", onset=when("2026")),
)


@MANY
@given(TREES, records(), st.lists(st.sampled_from(IRRELEVANT), unique_by=id), st.booleans())
def test_what_is_not_asked_for_does_not_matter(
    tree: Node, found: Facts, more: list[Observation | Condition], closed: bool
) -> None:
    """Facts of other concepts change neither the verdict nor what it rests on, in an open or a closed world."""
    assert verdict(tree, found, closed_world=closed) == verdict(tree, _with(found, *more), closed_world=closed)


OTHER_UNITS = {
    "%": ("percent", Decimal(1)),
    "kg": ("g", Decimal(1000)),
    "L": ("mL", Decimal(1000)),
    "cm": ("mm", Decimal(10)),
    "kg/m2": ("kg/m²", Decimal(1)),
    "mg/dL": ("umol/L", Decimal("88.42")),  # of creatinine, the only concept in this unit here
    "mL/min": ("L/min", Decimal("0.001")),
    "s": ("ms", Decimal(1000)),
    "IU/mL": ("k[IU]/L", Decimal(1)),
}


def _in_other_units(one: Observation) -> Observation:
    found = one.quantity
    if found is None or found.unit not in OTHER_UNITS:
        return one
    unit, factor = OTHER_UNITS[found.unit]
    return replace(one, quantity=Quantity(found.value * factor, unit, found.comparator))


@MANY
@given(TREES, records())
def test_the_unit_in_which_a_value_is_written_does_not_matter(tree: Node, found: Facts) -> None:
    """The same values in other units make the same verdict."""
    other = replace(found, observations=tuple(_in_other_units(one) for one in found.observations))
    one, two = verdict(tree, found), verdict(tree, other)
    assert (one.value, one.basis) == (two.value, two.basis)


@MANY
@given(st.sampled_from(MEASURED), records())
def test_what_can_be_measured_is_missing_whatever_stands_in_the_way(tree: Node, found: Facts) -> None:
    """Ages, values, categories and dates of the disease are data to get, never questions to confirm."""
    assert decided(tree, found).outcome is not Outcome.CONFIRM


@MANY
@given(TREES, records())
def test_a_closed_world_only_adds_absences(tree: Node, found: Facts) -> None:
    """What is decided in an open world is decided the same in a closed one."""
    opened = verdict(tree, found)
    assert opened.value in UNDECIDED or verdict(tree, found, closed_world=True).value is opened.value
