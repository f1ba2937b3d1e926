"""Strategies of the elements that the resources of a record are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from hypothesis import strategies as st

from records import HL7, UCUM, Resource, concept
from whole_records import TERMS, asked, codes_of, in_unit, units_of, unknown_code, values_of, without_nothing

Times: TypeAlias = st.SearchStrategy[str]

IDS = st.integers(0, 10**6)


@cache
def coded(name: str) -> st.SearchStrategy[Resource]:
    """A CodeableConcept that means a concept, now and then with a second code, or in nothing but words."""
    codings = st.sampled_from(codes_of(name)).map(lambda code: {"system": code[0], "code": code[1]})
    words = st.sampled_from([TERMS.concept(name).label, *TERMS.concept(name).words])
    one, two = codings.map(lambda each: {"coding": [each]}), st.tuples(codings, codings).map(lambda c: {"coding": [*c]})
    return st.one_of(one, one, one, two, words.map(lambda text: {"text": text}))


def one(*choices: Any) -> st.SearchStrategy[Any]:
    try:
        return _hashed(*choices)
    except TypeError:
        return st.sampled_from(choices)


@cache
def _hashed(*choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


@cache
def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@cache
def coded_among(about: str, file: str) -> st.SearchStrategy[Resource]:
    known = st.sampled_from(asked(about).concepts[file]).flatmap(coded)
    return st.one_of(known, known, known, known, known, st.builds(unknown_code))


@cache
def times(about: str) -> st.SearchStrategy[str]:
    """A date at the bounds of the windows that are asked about, part of one, or an instant."""
    days = st.sampled_from(asked(about).days)
    return st.one_of(
        days.map(date.isoformat),
        days.map(date.isoformat),
        days.map(date.isoformat),
        days.map(lambda day: f"{day:%Y-%m}"),
        days.map(lambda day: f"{day:%Y}"),
        days.map(lambda day: f"{day}T08:00:00Z"),
        days.map(lambda day: f"{day}T23:30:00-08:00"),
    )


@cache
def later_times() -> st.SearchStrategy[str]:
    """A date of after the as-of date."""
    return st.sampled_from(["2026-07-01", "2026-07", "2027", "2026-07-15T08:00:00Z"])


_SLIPS = st.sampled_from([*["right"] * 5, None, "L", "%"])
_COMPARATORS = st.sampled_from([*[None] * 5, "<", ">", "<=", ">="])


@cache
def _units(unit: str, name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([unit, unit, *units_of(unit, name)])


@cache
def _values(name: str) -> st.SearchStrategy[Decimal]:
    return st.sampled_from(values_of(name))


@cache
@st.composite
def quantities(draw: st.DrawFn, name: str) -> Resource:
    """A value of a concept, in its unit or in another, without a unit, in a wrong one, or with a comparator."""
    unit, value = TERMS.concept(name).unit, draw(_values(name))
    if unit is not None:
        to = draw(_units(unit, name))
        other = in_unit(value, unit, to, name)
        value, unit = (value, unit) if other is None else (other, to)
    slip = draw(_SLIPS)
    written = unit if slip == "right" else slip
    comparator = draw(_COMPARATORS)
    made: Resource = {"value": value, "comparator": comparator}
    made |= {"unit": written, "system": UCUM, "code": written} if written else {}
    return {element: part for element, part in made.items() if part is not None}


@cache
def status(kind: str, *codes: str | None) -> st.SearchStrategy[Resource | None]:
    return one(*codes).map(lambda code: concept(f"{HL7}/{kind}", code) if code else None)


@cache
@st.composite
def periods(draw: st.DrawFn, dates: Times) -> Resource:
    """A Period from one date to a later one, or without an end, or without a start."""
    start, end = sorted((draw(dates), draw(dates)))
    return draw(one({"start": start, "end": end}, {"start": start, "end": end}, {"start": start}, {"end": end}))


@cache
def timed(name: str, dates: Times) -> st.SearchStrategy[Resource]:
    """``name`` with a dateTime or a Period, or nothing of it."""
    moment = dates.map(lambda day: {f"{name}DateTime": day})
    return st.one_of(moment, moment, periods(dates).map(lambda span: {f"{name}Period": span}), st.just({}))


def made(kind: str, number: int, elements: Resource) -> Resource:
    return without_nothing({"resourceType": kind, "id": f"{kind[0].lower()}{number}", **elements})


def concept_names(code: Resource) -> frozenset[str]:
    """The concepts that the codings of a CodeableConcept belong to."""
    codings = (TERMS.coding(each.get("system"), each.get("code")) for each in code.get("coding", ()))
    return frozenset().union(*(TERMS.concepts_of(coding) for coding in codings))
