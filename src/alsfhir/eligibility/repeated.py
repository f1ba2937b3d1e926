"""Several entries of one condition: how many times it happened, at least and at most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alsfhir.criteria.model import Condition as ConditionAtom
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.history import onset_days
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.weighing import Standing
from alsfhir.patient.model import Condition


def repeated(standings: Sequence[Standing], atom: ConditionAtom, chart: Chart) -> list[Standing]:
    """The standings for an atom that asks for several: a resource that repeats another does not count.

    Entries count apart where their onsets are certainly of different days, and are one where the onset is of the same
    day and the codings are the same. Whether others are one or several is unknown.
    """
    met = [one for one in standings if one.value is Value.MET]
    if atom.at_least == 1 or len(met) < atom.at_least or _apart(met, chart) >= atom.at_least:
        return list(standings)
    once = _each_once(met, chart)
    others = [one for one in standings if one.value is not Value.MET]
    if len(once) < atom.at_least:
        return [*once, *others]
    return [*(Standing(one.entry, Value.UNKNOWN, Cause.SAME_EVENT, one.beside) for one in once), *others]


def _apart(met: Sequence[Standing], chart: Chart) -> int:
    last, count = date.min, 0
    for first, end in sorted(filter(None, (_onset(one, chart) for one in met)), key=lambda days: days[1]):
        if count == 0 or first > last:
            last, count = end, count + 1
    return max(count, 1)


def _each_once(met: Sequence[Standing], chart: Chart) -> list[Standing]:
    kept: dict[object, Standing] = {}
    for one in met:
        days = _onset(one, chart)
        dated = days is not None and days[0] == days[1]
        codings = frozenset((coding.system, coding.code) for coding in one.entry.codings)
        kept.setdefault((days, codings) if dated else one.entry.reference, one)
    return list(kept.values())


def _onset(one: Standing, chart: Chart) -> tuple[date, date] | None:
    return onset_days(one.entry, chart.facts) if isinstance(one.entry, Condition) else None
