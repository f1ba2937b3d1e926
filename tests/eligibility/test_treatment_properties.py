"""What holds of every record of drugs, procedures, devices and nutrition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from alsfhir.criteria.model import Device, Node, Nutrition
from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.plan import Rule, plan
from alsfhir.patient.model import Facts
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, criteria, criterion, device, drug, facts, nutrition, procedure, verdict, when
from treatment_strategies import ATOMS, Treatment, blanked, later, treated

MANY = settings(max_examples=120, deadline=None)
ASKED = st.sampled_from(ATOMS)


def _rule(tree: Node) -> Rule:
    (rule,) = plan(criteria(criterion(tree)), terminology()).rules
    return rule


RULES = [_rule(tree) for tree in ATOMS]


def _treatments(found: Facts) -> list[Treatment]:
    return [*found.drugs, *found.procedures, *found.devices, *found.nutrition]


@MANY
@given(st.sampled_from(RULES), treated())
def test_an_answer_changes_on_no_day_but_its_turns(rule: Rule, found: Facts) -> None:
    """From one turn to the day before the next, and long after the last, time alone changes nothing."""
    made = chart(found, AS_OF, terminology())
    turns = [AS_OF, *sorted({day for day in rule.turns(made) if day > AS_OF}), date(2029, 12, 31)]
    for first, following in pairwise(turns):
        answer = rule.decide(made, first)
        days = {first + (following - first) * part // 7 for part in range(8)} - {following}
        for day in {*days, following - timedelta(days=1)}:
            assert day < first or rule.decide(made, day) == answer


@MANY
@given(ASKED, treated(), st.lists(later(), max_size=3), st.booleans())
def test_the_future_does_not_exist(tree: Node, found: Facts, more: list[Treatment], closed: bool) -> None:
    """Treatments of after the as-of date change neither the verdict nor what it rests on."""
    grown = facts(*_treatments(found), *more)
    assert verdict(tree, found, closed_world=closed) == verdict(tree, grown, closed_world=closed)


@MANY
@given(ASKED, treated(), st.booleans(), st.data())
def test_knowing_less_never_decides(tree: Node, found: Facts, closed: bool, data: st.DataObject) -> None:
    """Blanking a status, a dosage or a part of a date turns no undecided verdict into a decision."""
    if verdict(tree, found, closed_world=closed).value not in UNDECIDED or not _treatments(found):
        return
    one = data.draw(st.sampled_from(_treatments(found)))
    less = data.draw(st.sampled_from(list(blanked(one))))
    others = [other for other in _treatments(found) if other is not one]
    assert verdict(tree, facts(*others, less), closed_world=closed).value in UNDECIDED


IRRELEVANT: tuple[Treatment, ...] = (
    drug("anticoagulant", status="stopped"),
    drug("anti-infective", period=when("2026-06-01/")),
    procedure("gastrostomy"),
    device("tracheostomy-tube"),
    nutrition("minor-procedure", forms=frozenset({"oral"})),
)


@MANY
@given(ASKED, treated(), st.lists(st.sampled_from(IRRELEVANT), unique_by=id), st.booleans())
def test_what_is_not_asked_for_does_not_matter(tree: Node, found: Facts, more: list[Treatment], closed: bool) -> None:
    """Treatments of other concepts change neither the verdict nor what it rests on."""
    grown = facts(*_treatments(found), *more)
    assert verdict(tree, found, closed_world=closed) == verdict(tree, grown, closed_world=closed)


@MANY
@given(ASKED, treated())
def test_an_unknown_entry_only_keeps_the_world_open(tree: Node, found: Facts) -> None:
    """An entry that no concept knows changes nothing, but that its kind is not taken as complete."""
    unknown = (drug(text="x", reference="MedicationRequest/x"), procedure(text="x", reference="Procedure/x"))
    grown = facts(*_treatments(found), *unknown)
    assert verdict(tree, found) == verdict(tree, grown)
    opened, closed = verdict(tree, grown), verdict(tree, grown, closed_world=True)
    assert opened.value not in UNDECIDED or isinstance(tree, Device | Nutrition) or closed.value in UNDECIDED


@MANY
@given(ASKED, treated())
def test_a_closed_world_only_adds_absences(tree: Node, found: Facts) -> None:
    """What is decided in an open world is decided the same in a closed one."""
    opened = verdict(tree, found)
    assert opened.value in UNDECIDED or verdict(tree, found, closed_world=True).value is opened.value


@MANY
@given(ASKED, treated())
def test_the_words_of_a_dosage_do_not_depend_on_capitals(tree: Node, found: Facts) -> None:
    """Dosages that differ in capitals and blanks alone are the same."""
    louder = tuple(
        replace(one, dosage=one.dosage and f" {one.dosage.upper()}") if index % 2 else one
        for index, one in enumerate(found.drugs)
    )
    assert verdict(tree, replace(found, drugs=louder)).value is verdict(tree, found).value
