"""What holds of the leaves and the combinations of all shipped trees, whatever the record."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import AllOf, AnyOf, Judgement, Node, Not
from alsfhir.eligibility.chart import Chart, chart
from alsfhir.eligibility.logic import UNDECIDED
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.eligibility.plan import Compiler
from eligibility_samples import AS_OF
from record_strategies import asked_records, resources
from records import Resource
from whole_records import TERMS, asked, many, read, shipped, written

Asked = tuple[str, list[Resource]]


@cache
def _leaves(trial: str) -> tuple[Node, ...]:
    every = dict.fromkeys(asked(trial).nodes)
    return tuple(node for node in every if not isinstance(node, AllOf | AnyOf | Not | Judgement))


@cache
def _compiler(trial: str) -> Compiler:
    return Compiler(TERMS, trial, "")


def _chart(record: list[Resource], *, closed: bool = False) -> Chart:
    return chart(read(written(record)), AS_OF, TERMS, closed_world=closed)


def _findings(trial: str, found: Chart) -> list[Finding]:
    return [_decided(trial, leaf, found)[0] for leaf in _leaves(trial)]


def _decided(trial: str, tree: Node, found: Chart) -> tuple[Finding, ...]:
    return _compiler(trial).decide(tree)(found, AS_OF).findings


def _value(trial: str, tree: Node, found: Chart) -> Value:
    return _compiler(trial).decide(tree)(found, AS_OF).value


@many(25)
@given(asked_records())
def test_a_closed_world_changes_a_leaf_only_where_nothing_is_on_file(asked_record: Asked) -> None:
    """Such a leaf becomes not-met, or review where an entry of its kind is not recognised; every other stays."""
    trial, record = asked_record
    closed = _findings(trial, _chart(record, closed=True))
    for opened, found in zip(_findings(trial, _chart(record)), closed, strict=True):
        if found != opened:
            assert (opened.value, opened.basis) == (Value.UNKNOWN, Basis.NO_RECORD)
            assert found.value in (Value.NOT_MET, Value.REVIEW)


@many(30)
@given(asked_records(), st.data(), st.booleans())
def test_a_decided_statement_changes_only_with_a_decided_leaf(
    asked_record: Asked, data: st.DataObject, closed: bool
) -> None:
    """Whatever else is learnt, as long as it only settles what was undecided, no decision is taken back."""
    trial, record = asked_record
    more = data.draw(resources(trial).filter(lambda one: all(one["id"] != other["id"] for other in record)))
    before, after = _chart(record, closed=closed), _chart([*record, more], closed=closed)
    changed = {
        knew.atom
        for knew, knows in zip(_findings(trial, before), _findings(trial, after), strict=True)
        if knew.value not in (knows.value, *UNDECIDED)
    }
    for statement in shipped(trial).criteria:
        value = _value(trial, statement.tree, before)
        if value not in UNDECIDED and changed.isdisjoint(_atoms(statement.tree)):
            assert _value(trial, statement.tree, after) is value, statement.id


def _atoms(tree: Node) -> set[Node]:
    if isinstance(tree, AllOf | AnyOf):
        return {atom for member in tree.of for atom in _atoms(member)}
    inner = tree.of if isinstance(tree, Not) else tree.when if isinstance(tree, Judgement) else None
    return {tree} if inner is None else _atoms(inner)


@cache
def _grown(trial: str) -> st.SearchStrategy[Node]:
    """A shipped tree, a part of one, or several of them put together anew."""

    def larger(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        members = st.lists(below, min_size=2, max_size=3).map(tuple)
        judged = st.builds(Judgement, question=st.just("Is that so?"), when=below)
        return st.one_of(st.builds(AllOf, of=members), st.builds(AnyOf, of=members), st.builds(Not, of=below), judged)

    return st.recursive(st.sampled_from(asked(trial).nodes), larger, max_leaves=4)


@st.composite
def _trees(draw: st.DrawFn) -> tuple[str, list[Resource], Node, Node, Node]:
    trial, record = draw(asked_records())
    tree = _grown(trial)
    return trial, record, draw(tree), draw(tree), draw(tree)


@many(30)
@given(_trees(), st.booleans())
def test_the_laws_of_kleene_hold_of_all_trees(
    drawn: tuple[str, list[Resource], Node, Node, Node], closed: bool
) -> None:
    """Order, grouping and repetition do not matter; negation is its own inverse and exchanges all and any."""
    trial, record, a, b, c = drawn
    found = _chart(record, closed=closed)

    def same(one: Node, other: Node) -> None:
        assert _value(trial, one, found) is _value(trial, other, found)

    same(Not(of=Not(of=a)), a)
    for two in (AllOf, AnyOf):
        dual = AnyOf if two is AllOf else AllOf
        same(two(of=(a, b)), two(of=(b, a)))
        same(two(of=(a, a)), a)
        same(two(of=(a, two(of=(b, c)))), two(of=(two(of=(a, b)), c)))
        same(Not(of=two(of=(a, b))), dual(of=(Not(of=a), Not(of=b))))
        absorbed = two(of=(a, dual(of=(a, b))))
        shared, spread = two(of=(a, dual(of=(b, c)))), dual(of=(two(of=(a, b)), two(of=(a, c))))
        truths = (absorbed, a), (shared, spread)
        for one, other in truths:  # undecided stays undecided, under one of its two names
            assert _truth(_value(trial, one, found)) is _truth(_value(trial, other, found))


def _truth(value: Value) -> bool | None:
    return None if value in UNDECIDED else value is Value.MET
