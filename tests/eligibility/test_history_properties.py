"""What holds of every history: conditions, allergies, pregnancies, other trials, consents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from alsfhir.criteria.model import Node
from alsfhir.eligibility.chart import Chart, chart
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Value, Verdict
from alsfhir.eligibility.plan import Rule, plan
from alsfhir.patient.model import Facts
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, allergy, condition, criteria, criterion, drug, facts, observation, recorded
from history_strategies import ATOMS, Entry, blanked, entries_of, histories, later

MANY = settings(max_examples=150, deadline=None)


def _rule(tree: Node) -> Rule:
    (rule,) = plan(criteria(criterion(tree)), terminology()).rules
    return rule


RULES = st.sampled_from([_rule(tree) for tree in ATOMS])


def _chart(found: Facts, *, closed: bool = False) -> Chart:
    return chart(found, AS_OF, terminology(), closed_world=closed)


def _verdict(rule: Rule, found: Facts, *, closed: bool = False) -> Verdict:
    return rule.decide(_chart(found, closed=closed), AS_OF)


def _with(found: Facts, *entries: Entry) -> Facts:
    return facts(*entries, sex=found.sex, unreadable=found.unreadable)


@MANY
@given(RULES, histories())
def test_an_answer_changes_on_no_day_but_its_turns(rule: Rule, found: Facts) -> None:
    """From one turn to the day before the next, and long after the last, time alone changes nothing."""
    made = _chart(found)
    turns = [AS_OF, *sorted({day for day in rule.turns(made) if day > AS_OF}), date(2033, 12, 31)]
    for first, following in pairwise(turns):
        answer = rule.decide(made, first)
        days = {first + (following - first) * part // 7 for part in range(8)} - {following}
        for day in {*days, following - timedelta(days=1)}:
            assert day < first or rule.decide(made, day) == answer


@MANY
@given(RULES, histories(), st.lists(later(), max_size=3), st.booleans())
def test_the_future_does_not_exist(rule: Rule, found: Facts, more: list[Entry], closed: bool) -> None:
    """Entries of after the as-of date change neither the verdict nor what it rests on."""
    grown = _with(found, *entries_of(found), *more)
    assert _verdict(rule, found, closed=closed) == _verdict(rule, grown, closed=closed)


@MANY
@given(RULES, histories(), st.booleans(), st.data())
def test_knowing_less_never_decides(rule: Rule, found: Facts, closed: bool, data: st.DataObject) -> None:
    """Blanking a value, a severity, a site or a part of a date turns no undecided verdict into a decision."""
    entries = entries_of(found)
    if not entries or _verdict(rule, found, closed=closed).value not in UNDECIDED:
        return
    one = data.draw(st.sampled_from(entries))
    less = data.draw(st.sampled_from(list(blanked(one))))
    others = [other for other in entries if other is not one]
    assert _verdict(rule, _with(found, *others, less), closed=closed).value in UNDECIDED


@MANY
@given(st.sampled_from(ATOMS), histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(tree: Node, found: Facts, random: Random) -> None:
    """The same entries in another order make the same record, byte for byte."""
    entries = entries_of(found)
    random.shuffle(entries)
    one, other = (recorded([criterion(tree)], each) for each in (found, _with(found, *entries)))
    assert msgspec.json.encode(one) == msgspec.json.encode(other)


@MANY
@given(RULES, histories(), st.booleans())
def test_the_names_of_the_resources_do_not_matter(rule: Rule, found: Facts, closed: bool) -> None:
    """Other ids, in another order of the alphabet, make the same verdict."""
    renamed = [replace(one, reference=f"{one.reference[::-1]}x") for one in entries_of(found)]
    one, other = _verdict(rule, found, closed=closed), _verdict(rule, _with(found, *renamed), closed=closed)
    assert (one.value, one.basis) == (other.value, other.basis)


IRRELEVANT: tuple[Entry, ...] = (
    condition("gout", clinical="active"),
    condition("hypertension", verification="refuted"),
    drug("anticoagulant"),
    observation("hcg", "30 m[IU]/mL"),
    allergy("gout", reactions=(), verification="refuted"),
)


@MANY
@given(RULES, histories(), st.lists(st.sampled_from(IRRELEVANT), unique_by=id), st.booleans())
def test_what_is_not_asked_for_does_not_matter(rule: Rule, found: Facts, more: list[Entry], closed: bool) -> None:
    """Entries of other concepts change neither the verdict nor what it rests on, in an open or a closed world."""
    grown = _with(found, *entries_of(found), *more)
    assert _verdict(rule, found, closed=closed) == _verdict(rule, grown, closed=closed)


@MANY
@given(RULES, histories())
def test_a_closed_world_only_adds_absences(rule: Rule, found: Facts) -> None:
    """What is decided in an open world is decided the same in a closed one, which decides nothing but absences."""
    opened, closed = _verdict(rule, found).value, _verdict(rule, found, closed=True).value
    assert closed is opened or (opened in UNDECIDED and closed in (Value.NOT_MET, *UNDECIDED))
