"""Schedules made by chance: of any shape, and such as have a time for everything."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from alsfhir.criteria.schedule import Activity, Length, Period, Repeat, Schedule, When

_UNITS = ("minutes", "hours", "days", "weeks", "months", "years")
_RELATIONS = ("before-start", "before-end", "after-start", "after-end")


@st.composite
def lengths(draw: st.DrawFn) -> Length:
    """A length, or a range of lengths."""
    value = draw(st.decimals("0.1", 99, places=1))
    more = draw(st.none() | st.decimals("0.1", 9, places=1))
    return Length(
        value=value, unit=draw(st.sampled_from(_UNITS)), up_to=None if more is None else value + Decimal(more)
    )


def _repeats() -> st.SearchStrategy[Repeat]:
    return st.builds(Repeat, times=st.integers(1, 9), every=st.none() | lengths(), over=st.none() | lengths())


@st.composite
def schedules(draw: st.DrawFn, *, in_circles: bool = False) -> Schedule:
    """A schedule of which each step may have its time from any that stands before it or, ``in_circles``, from any."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    names = [[f"p{period}", *(f"p{period}-a{each}" for each in range(size))] for period, size in enumerate(sizes)]
    order = [name for period in names for name in period]

    def fields(name: str) -> dict[str, Any]:
        others = order if in_circles else order[: order.index(name)]
        relation, by = st.sampled_from(_RELATIONS), st.none() | lengths()
        when = st.builds(When, relation=relation, of=st.sampled_from(others), by=by) if others else st.none()
        return {
            "id": name,
            "label": f"Step {name}",
            "when": draw(st.none() | when),
            "lasting": draw(st.none() | lengths()),
        }

    periods = tuple(
        Period(
            **fields(period),
            activity=tuple(Activity(**fields(each), repeat=draw(st.none() | _repeats())) for each in activities),
        )
        for period, *activities in names
    )
    return Schedule(source="description", sha256="0" * 64, status="proposed", period=periods)
