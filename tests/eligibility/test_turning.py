"""When time alone changes an outcome."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.criteria.model import Age, AllOf, AnyOf, Condition, Duration, Node, Not, TimeSince
from alsfhir.eligibility.model import Outcome
from alsfhir.eligibility.turning import opens_and_closes
from alsfhir.patient.model import Facts
from alsfhir.patient.values import When
from eligibility_samples import AS_OF, condition, criterion, decided, facts, measured, observation, screened, when

P, F, C = Outcome.PASS, Outcome.FAIL, Outcome.CONFIRM
DAYS = [AS_OF + timedelta(days=n) for n in range(1, 5)]


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([F, F, F, F, F], (None, None)),
        ([P, P, P, P, P], (None, None)),
        ([P, F, P, P, P], (None, 0)),
        ([F, C, P, P, F], (1, 3)),
        ([F, F, P, P, P], (1, None)),
        ([P, P, C, P, F], (None, 1)),
    ],
)
def test_the_first_change_of_each_kind_is_told(
    outcomes: list[Outcome], expected: tuple[int | None, int | None]
) -> None:
    """Opens is the first day of the first pass to come, closes the first day after a pass, now or to come."""
    found = opens_and_closes(outcomes[0], DAYS, lambda day: outcomes[1 + DAYS.index(day)])
    assert found == tuple(None if index is None else DAYS[index] for index in expected)


def test_without_turns_nothing_is_asked() -> None:
    """A criterion that no day can change is not decided twice."""
    assert opens_and_closes(F, [], lambda day: pytest.fail(str(day))) == (None, None)


def test_an_age_opens_on_the_birthday() -> None:
    """Seventeen until 1 August 2026: fails now, passes from that day, until the 76th birthday."""
    decision = decided(Age(at_least=18, at_most=75), facts(birth=when("2008-08-01")))
    assert (decision.outcome, decision.opens, decision.closes) == (F, date(2026, 8, 1), date(2084, 8, 1))


def test_a_partial_birth_date_opens_when_its_last_day_is_reached() -> None:
    """Born in August 2008: unknown during August, a pass only after it."""
    decision = decided(Age(at_least=18), facts(birth=when("2008-08")))
    assert (decision.outcome, decision.opens) == (F, date(2026, 8, 31))


def test_what_time_cannot_settle_never_opens() -> None:
    """An unknown vital capacity keeps the statement undecided, however old the patient grows."""
    tree = AllOf(of=(Age(at_least=18), measured("bmi", "kg/m2", at_least=18)))
    decision = decided(tree, facts(birth=when("2008-08-01")))
    assert (decision.outcome, decision.opens, decision.closes) == (F, None, None)


def test_staleness_is_left_aside() -> None:
    """A vital capacity that will be too old in a week does not close the criterion."""
    tree = AllOf(of=(Age(at_least=18), measured("fvc-percent-predicted", "%", at_least=50)))
    fresh = observation("fvc-percent-predicted", "80 %", str(AS_OF - timedelta(days=85)))
    decision = decided(tree, facts(fresh, birth=when("1980-08-01")))
    assert (decision.outcome, decision.closes) == (P, None)


LENGTHS = st.builds(Duration, years=st.integers(0, 2), months=st.integers(0, 8), weeks=st.integers(0, 3))
YEARS = st.integers(17, 20)
ATOMS: st.SearchStrategy[Node] = st.one_of(
    st.builds(Age, at_least=st.none() | YEARS, more_than=st.none() | YEARS, at_most=st.none() | YEARS),
    st.builds(Age, less_than=YEARS),
    st.builds(
        TimeSince,
        event=st.sampled_from(["onset", "diagnosis"]),
        concept=st.just("als"),
        at_least=st.none() | LENGTHS,
        more_than=st.none() | LENGTHS,
        at_most=st.none() | LENGTHS,
        less_than=st.none() | LENGTHS,
    ),
    st.builds(Condition, concept=st.just("malignancy"), within=LENGTHS),
)
TREES = st.recursive(
    ATOMS,
    lambda below: st.one_of(
        st.builds(AllOf, of=st.tuples(below, below)),
        st.builds(AnyOf, of=st.tuples(below, below)),
        st.builds(Not, of=below),
    ),
    max_leaves=4,
)


def _whens(first: date, last: date) -> st.SearchStrategy[When]:
    return st.builds(
        lambda day, length: When(day, min(day + timedelta(days=length), last), "…"),
        st.dates(first, last),
        st.sampled_from([0, 0, 0, 30, 365]),
    )


PATIENTS = st.builds(
    lambda birth, onset, diagnosed, ended: facts(
        condition("als", onset=onset, diagnosed=diagnosed),
        condition("malignancy", clinical="resolved", abatement=ended),
        birth=birth,
    ),
    st.none() | _whens(date(2005, 1, 1), date(2010, 1, 1)),
    st.none() | _whens(date(2024, 1, 1), AS_OF),
    st.none() | _whens(date(2024, 1, 1), AS_OF),
    st.none() | _whens(date(2024, 1, 1), AS_OF),
)


@given(TREES, PATIENTS, st.sampled_from(["I01", "E01"]), st.data())
def test_opens_and_closes_are_true(tree: Node, found: Facts, number: str, data: st.DataObject) -> None:
    """Screened anew on any later day, the outcome is what opens and closes say of that day."""
    asked = [criterion(tree, number)]
    now = screened(asked, found).decisions[0]
    edges = [day for day in (now.opens, now.closes) if day is not None]
    near = [edge + timedelta(days=n) for edge in edges for n in (-1, 0, 1)]
    anywhere = st.dates(AS_OF + timedelta(days=1), now.closes or date(2035, 1, 1))
    for day in [*near, data.draw(anywhere), data.draw(anywhere)]:
        if day <= AS_OF or (now.closes and day > now.closes):
            continue
        passes = screened(asked, found, day).decisions[0].outcome is Outcome.PASS
        assert passes == _passing(now.outcome is Outcome.PASS, now.opens, now.closes, day), day


def _passing(now: bool, opens: date | None, closes: date | None, day: date) -> bool:
    started = now if opens is None else day >= opens
    return started and (closes is None or day < closes)
