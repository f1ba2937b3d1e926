"""Strategies of whole records about what a shipped trial asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from hypothesis import strategies as st

from alsfhir.criteria import model
from record_elements import Times, one, times
from record_findings import allergies, conditions, observations, pressures
from record_treatments import consents, devices, drugs, orders, participations, procedures
from records import Resource
from whole_records import TRIALS, asked, statements, without_nothing

Drawn: TypeAlias = Callable[[str, Times], st.SearchStrategy[Resource]]

_KINDS: dict[str, tuple[Drawn, ...]] = {
    "observations": (observations, observations, pressures),
    "conditions": (conditions, conditions, conditions),
    "medications": (drugs, drugs, drugs),
    "procedures": (procedures, procedures, devices, orders),
}
_ATOMS: dict[type[model.Node], Drawn] = {
    model.Allergy: allergies,
    model.OtherTrial: participations,
    model.Attestation: consents,
}
_BIRTHS = (
    "1950",
    "1951",
    "1950-07-01",
    "1961-06-30",
    "1961-07-01",
    "1966-07",
    "1986-01-31",
    "2006-06-30",
    "2008-07-01",
)


@cache
def patients() -> st.SearchStrategy[Resource]:
    """A Patient at a bound of age, or of whom little is known."""
    genders = one(None, "female", "female", "male", "male", "other")
    return st.builds(
        lambda sex, birth: without_nothing({"resourceType": "Patient", "id": "p", "gender": sex, "birthDate": birth}),
        genders,
        one(None, *_BIRTHS),
    )


@cache
def resources(about: str, dates: Times | None = None) -> st.SearchStrategy[Resource]:
    """A resource about what a trial, or one statement of it, asks."""
    found, days = asked(about), dates if dates is not None else times(about)
    kinds = [kind for file in _KINDS if file in found.concepts for kind in _KINDS[file]]
    kinds += [kind for atom, kind in _ATOMS.items() if any(isinstance(node, atom) for node in found.nodes)]
    return st.one_of(*(kind(about, days) for kind in kinds))


@cache
def _several(about: str, dates: Times | None) -> st.SearchStrategy[list[Resource]]:
    near, far = resources(about, dates), resources(about[: len("NCT00000000")], dates)
    return st.lists(st.one_of(near, near, near, far), min_size=1, max_size=7, unique_by=lambda each: str(each["id"]))


@cache
@st.composite
def records(draw: st.DrawFn, about: str, dates: Times | None = None) -> list[Resource]:
    """A Patient and what is on record, each with an id of its own; most of it about one statement, or the trial."""
    return [draw(patients()), *draw(_several(about, dates))]


STATEMENTS: tuple[str, ...] = tuple(each for trial in TRIALS for each in statements(trial))


@cache
def asked_records(dates: Times | None = None) -> st.SearchStrategy[tuple[str, list[Resource]]]:
    """A trial, and a record with what matters to one of its statements."""
    return st.sampled_from(STATEMENTS).flatmap(
        lambda about: st.tuples(st.just(about[: len("NCT00000000")]), records(about, dates))
    )
