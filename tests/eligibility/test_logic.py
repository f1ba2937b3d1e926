"""Strong Kleene logic: complete truth tables, and its laws on random trees."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import Attestation
from alsfhir.eligibility.logic import UNDECIDED, all_of, any_of, negation, none_of, value_of, verdict
from alsfhir.eligibility.model import Basis, Finding, Value, Verdict
from eligibility_samples import observation

M, N, U, R = Value.MET, Value.NOT_MET, Value.UNKNOWN, Value.REVIEW

AND = {
    (M, M): M, (M, N): N, (M, U): U, (M, R): R,
    (N, M): N, (N, N): N, (N, U): N, (N, R): N,
    (U, M): U, (U, N): N, (U, U): U, (U, R): R,
    (R, M): R, (R, N): N, (R, U): R, (R, R): R,
}  # fmt: skip
OR = {
    (M, M): M, (M, N): M, (M, U): M, (M, R): M,
    (N, M): M, (N, N): N, (N, U): U, (N, R): R,
    (U, M): M, (U, N): U, (U, U): U, (U, R): R,
    (R, M): M, (R, N): R, (R, U): R, (R, R): R,
}  # fmt: skip
PAIRS = list(product(Value, repeat=2))
NOT = {M: N, N: M, U: U, R: R}


def leaf(value: Value, basis: Basis = Basis.EVIDENCE) -> Verdict:
    """The verdict of one atom."""
    return verdict(Finding(Attestation(question=f"{value} {basis}"), value, basis, "question"))


VERDICTS = st.builds(leaf, st.sampled_from(list(Value)), st.sampled_from(list(Basis)))


@pytest.mark.parametrize("pair", PAIRS)
def test_conjunction_has_kleenes_truth_table(pair: tuple[Value, Value]) -> None:
    """All of two is false if one is, true if both are, else undecided, and then a review if one is."""
    assert all_of([leaf(value) for value in pair]).value is AND[pair]


@pytest.mark.parametrize("pair", PAIRS)
def test_disjunction_has_kleenes_truth_table(pair: tuple[Value, Value]) -> None:
    """Any of two is true if one is, false if neither is, else undecided, and then a review if one is."""
    assert any_of([leaf(value) for value in pair]).value is OR[pair]


@pytest.mark.parametrize("value", Value)
def test_negation_leaves_the_undecided_undecided(value: Value) -> None:
    """Not exchanges true and false; unknown and review stay what they are."""
    assert negation(value) is NOT[value]
    assert none_of(leaf(value)).value is NOT[value]


@pytest.mark.parametrize(("truth", "value"), [(True, M), (False, N), (None, U)])
def test_what_cannot_be_told_is_unknown(truth: bool | None, value: Value) -> None:
    """A truth that is not known becomes unknown, never not met."""
    assert value_of(truth) is value


def test_nothing_is_all_true_and_not_any() -> None:
    """The empty combinations are the identities of theirs."""
    assert all_of([]).value is M
    assert any_of([]).value is N


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ([Basis.NO_RECORD, Basis.UNUSABLE], Basis.UNUSABLE),
        ([Basis.NO_RECORD, Basis.STALE, Basis.JUDGEMENT], Basis.STALE),
        ([Basis.ATTESTATION, Basis.JUDGEMENT], Basis.JUDGEMENT),
        ([Basis.NO_RECORD, Basis.ATTESTATION], Basis.ATTESTATION),
        ([Basis.NO_RECORD], Basis.NO_RECORD),
    ],
)
def test_the_basis_of_the_undecided_is_the_first_in_order(bases: list[Basis], expected: Basis) -> None:
    """Unusable before stale before judgement before attestation before nothing on file."""
    members = [leaf(U, basis) for basis in bases]
    assert all_of([leaf(M), *members]).basis is expected
    assert any_of([*reversed(members), leaf(N)]).basis is expected


def test_the_basis_of_the_decided_is_that_of_the_deciding_leaf() -> None:
    """What is stale or missing elsewhere in the tree does not colour a decision."""
    decided = all_of([leaf(U, Basis.UNUSABLE), leaf(N, Basis.EVIDENCE), leaf(N, Basis.NO_RECORD)])
    assert (decided.value, decided.basis) == (N, Basis.EVIDENCE)


def test_what_needs_all_its_leaves_rests_on_the_weakest() -> None:
    """A conjunction that is true only because nothing was on file (closed world) says so."""
    assert all_of([leaf(M), leaf(M, Basis.NO_RECORD)]).basis is Basis.NO_RECORD


def test_only_deciding_or_undecided_findings_are_kept() -> None:
    """Decided: those that decide. Undecided: all that are undecided, and no other."""
    false, true, unknown, review = leaf(N), leaf(M), leaf(U), leaf(R)
    assert all_of([true, false, unknown]).findings == false.findings
    assert all_of([true, unknown, review]).findings == (*unknown.findings, *review.findings)
    assert any_of([false, true, unknown]).findings == true.findings


@given(st.lists(VERDICTS, max_size=5))
def test_de_morgan(members: list[Verdict]) -> None:
    """Not all is any not, and not any is all not, with the same findings and the same basis."""
    assert none_of(all_of(members)) == any_of([none_of(member) for member in members])
    assert none_of(any_of(members)) == all_of([none_of(member) for member in members])


@given(VERDICTS)
def test_double_negation(member: Verdict) -> None:
    """Not not x is x."""
    assert none_of(none_of(member)) == member


@given(st.lists(VERDICTS, max_size=5), st.randoms(use_true_random=False))
def test_order_does_not_matter(members: list[Verdict], random: Random) -> None:
    """The members of a combination can stand in any order."""
    shuffled = list(members)
    random.shuffle(shuffled)
    for combined in (all_of, any_of):
        one, other = combined(members), combined(shuffled)
        assert (one.value, one.basis, set(one.findings)) == (other.value, other.basis, set(other.findings))


@given(VERDICTS, VERDICTS, VERDICTS)
def test_combinations_associate_and_distribute(a: Verdict, b: Verdict, c: Verdict) -> None:
    """A tree can be regrouped, and a conjunction drawn into a disjunction."""
    assert all_of([a, all_of([b, c])]).value is all_of([all_of([a, b]), c]).value
    assert any_of([a, any_of([b, c])]).value is any_of([any_of([a, b]), c]).value
    left, right = all_of([a, any_of([b, c])]).value, any_of([all_of([a, b]), all_of([a, c])]).value
    assert left is right or (left in UNDECIDED and right in UNDECIDED)


@given(st.lists(VERDICTS, min_size=1, max_size=5), st.sampled_from(list(Value)))
def test_learning_more_never_takes_a_decision_back(members: list[Verdict], learned: Value) -> None:
    """A decided combination stays decided, and the same, when one of its undecided members is decided."""
    undecided = [index for index, member in enumerate(members) if member.value in UNDECIDED]
    for combined in (all_of, any_of):
        before = combined(members).value
        for index in undecided:
            after = combined([leaf(learned) if at == index else member for at, member in enumerate(members)]).value
            assert before in UNDECIDED or after is before


def test_what_is_decided_of_an_undecided_tree_is_kept() -> None:
    """Where it has facts to show, through every level; not in a tree that is decided."""
    shown = verdict(
        Finding(Attestation(question="x"), M, Basis.EVIDENCE, "question", (observation("bmi", "22 kg/m2"),))
    )
    undecided = all_of([shown, leaf(M), leaf(R)])
    assert undecided.settled == shown.findings
    assert none_of(any_of([undecided, leaf(N)])).settled == shown.findings
    assert all_of([undecided, leaf(N)]).settled == ()
    assert all_of([shown, leaf(M)]).settled == ()
