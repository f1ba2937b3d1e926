"""Random drugs, procedures, devices and nutrition about a few concepts, and atoms that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from hypothesis import strategies as st

from alsfhir.criteria import model
from alsfhir.criteria.model import Duration, Node
from alsfhir.patient.model import Device, Drug, Facts, Nutrition, Procedure
from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from eligibility_samples import device, drug, facts, months, nutrition, procedure, when
from eligibility_strategies import coarser

Treatment: TypeAlias = Drug | Procedure | Device | Nutrition

DATES = [
    "2026-06-30",
    "2026-06-29",
    "2026-06",
    "2026-05-31",
    "2026-04-30",
    "2026-04-29",
    "2026-03",
    "2026",
    "2025-12-31",
    "2025-06-30",
    "2025-06-29",
    "2025",
    "2020-02-29",
]
PERIODS = [
    "2020-02-29/",
    "2025/",
    "2026-04-30/",
    "2026-05-01/2026-07-15",
    "2025-01-01/2026-06-30",
    "2025-01-01/2026-04-29",
    "2025-06/2025-07",
    "2020/2025-06-29",
    "2024-01-01/2025-06-30",
    "2026-06-01/2026-06-01",
    "2026/2027",
    "2020/2020",
]
AFTER = ["2026-07-01", "2026-07", "2027-01-01T00:00:00Z", "2026-07-01/2026-08-01"]
ROUTES = ["46713006", "26643006"]  # nasal, which is local, and by mouth
STATUSES = ["active", "active", "on-hold", "stopped", "completed", "in-progress", "not-taken", "draft", "unknown"]

_dates = st.sampled_from(DATES).map(when)
_times = st.sampled_from([*DATES, *PERIODS]).map(when)
_after = st.sampled_from(AFTER).map(when)
_unusable = st.sampled_from([None] * 9 + ["unknown modifier extension"])


def drugs(times: st.SearchStrategy[When | None] | None = None) -> st.SearchStrategy[Drug]:
    """An entry of riluzole or of something else, of any kind and in any state."""
    return st.builds(
        _drug,
        st.sampled_from([("riluzole",), ("riluzole",), ("riluzole",), ("corticosteroid",), ()]),
        st.integers(0, 10**9),
        kind=st.sampled_from(["request", "request", "statement", "administration", "dispense"]),
        status=st.sampled_from(STATUSES),
        intent=st.sampled_from(["order", "order", "order", "plan", None]),
        period=times if times is not None else st.none() | _times,
        authored=times if times is not None else st.none() | _dates,
        dosage=st.sampled_from(["50 mg 2 x per 1 d", "50 mg 2 x per 1 d", "25 mg 2 x per 1 d", None]),
        routes=st.sampled_from([(), *((Coding("http://snomed.info/sct", code),) for code in ROUTES)]),
        unusable=_unusable,
    )


def _drug(concepts: tuple[str, ...], number: int, **more: Any) -> Drug:
    return drug(*concepts, reference=f"MedicationRequest/{number}", **more)


def procedures(times: st.SearchStrategy[When | None] | None = None) -> st.SearchStrategy[Procedure]:
    """A tracheostomy, what may undo one, or something else."""
    return st.builds(
        lambda concepts, number, **more: procedure(*concepts, reference=f"Procedure/{number}", **more),
        st.sampled_from([("tracheostomy",), ("tracheostomy",), ("surgery",), ("tracheostomy", "surgery"), ()]),
        st.integers(0, 10**9),
        status=st.sampled_from(
            ["completed", "completed", "in-progress", "on-hold", "stopped", "preparation", "not-done", "unknown"]
        ),
        when=times if times is not None else st.none() | _times,
        unusable=_unusable,
    )


def devices(times: st.SearchStrategy[When | None] | None = None) -> st.SearchStrategy[Device]:
    """A nasogastric tube, or something else."""
    return st.builds(
        lambda concepts, number, **more: device(*concepts, reference=f"Device/{number}", **more),
        st.sampled_from([("nasogastric-tube",), ("surgery",), ()]),
        st.integers(0, 10**9),
        status=st.sampled_from(["active", "inactive", "completed", "on-hold", "intended", "unknown"]),
        when=times if times is not None else st.none() | _times,
        unusable=_unusable,
    )


def orders(times: st.SearchStrategy[When | None] | None = None) -> st.SearchStrategy[Nutrition]:
    """An order of nutrition by one tube, by another, by mouth, or by a way that is not said."""
    return st.builds(
        lambda concepts, number, **more: nutrition(*concepts, reference=f"NutritionOrder/{number}", **more),
        st.sampled_from([("feeding-tube-route",), ("other-feeding-route",), ("parenteral-nutrition",), ()]),
        st.integers(0, 10**9),
        status=st.sampled_from(["active", "active", "on-hold", "completed", "revoked", "draft", "unknown"]),
        intent=st.sampled_from(["order", "order", "plan", None]),
        forms=st.sampled_from([frozenset({"enteral"}), frozenset({"oral"}), frozenset()]),
        when=times if times is not None else st.none() | _dates,
        unusable=_unusable,
    )


def treatments(times: st.SearchStrategy[When | None] | None = None) -> st.SearchStrategy[Treatment]:
    """One of them."""
    return st.one_of(drugs(times), drugs(times), procedures(times), devices(times), orders(times))


def later() -> st.SearchStrategy[Treatment]:
    """Treatments of after the as-of date."""
    return treatments(_after)


def treated() -> st.SearchStrategy[Facts]:
    """A patient with some of each."""
    lists = st.lists(treatments(), max_size=5, unique_by=lambda one: one.reference)
    return lists.map(lambda found: facts(*found))


ATOMS: list[Node] = [
    model.Drug(concept="riluzole"),
    model.Drug(concept="riluzole", when="ever"),
    model.Drug(concept="riluzole", within=months(12)),
    model.Drug(concept="riluzole", within=Duration(weeks=2)),
    model.Drug(concept="riluzole", within=Duration(weeks=2), until=Duration(weeks=6)),
    model.Drug(concept="riluzole", within=months(12), systemic=True),
    model.Drug(concept="riluzole", unchanged_for=months(2)),
    model.Drug(concept="riluzole", unchanged_for=Duration(days=1)),
    model.Procedure(concept="tracheostomy"),
    model.Procedure(concept="tracheostomy", when="current"),
    model.Procedure(concept="tracheostomy", when="planned"),
    model.Procedure(concept="tracheostomy", within=months(1)),
    model.Procedure(concept="tracheostomy", undone_by="surgery"),
    model.Procedure(concept="tracheostomy", within=months(12), minus=("surgery",)),
    model.Device(concept="nasogastric-tube"),
    model.Device(concept="nasogastric-tube", when="ever"),
    model.Nutrition(concept="feeding-tube-route"),
    model.Nutrition(concept="parenteral-nutrition"),
]


def blanked(one: Treatment) -> Iterator[Treatment]:
    """The treatment with a status, a dosage, or a part of a date blanked."""
    yield replace(one, status="unknown")
    if isinstance(one, Drug):
        yield replace(one, dosage=None)
        yield from (replace(one, period=less) for less in _coarser(one.period))
        yield from (replace(one, authored=less) for less in _coarser(one.authored))
    else:
        yield from (replace(one, when=less) for less in _coarser(one.when))


def _coarser(written: When | None) -> Iterator[When]:
    """The same time with a part of a date blanked, of a period the start or the end."""
    if written is None:
        return
    start, _, end = written.written.partition("/")
    if "/" not in written.written:
        yield from coarser(written)
        return
    yield from (when(f"{less.written}/{end}") for less in coarser(when(start)))
    if end:
        yield from (when(f"{start}/{less.written}") for less in coarser(when(end)))
