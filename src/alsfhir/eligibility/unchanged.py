"""Whether a drug that is taken now has been taken in one dosage, without a break, for so long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from alsfhir.criteria.model import Duration
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.course import LASTS, Course, Said
from alsfhir.eligibility.days import earlier
from alsfhir.eligibility.model import Value
from alsfhir.eligibility.taking import NOT_TAKEN
from alsfhir.eligibility.taking import counts as speaks_of_taking
from alsfhir.eligibility.weighing import Standing
from alsfhir.patient.model import Drug

Taking: TypeAlias = tuple[Drug, Course]

_NEXT_DAY = timedelta(days=1)


def unchanged(
    now: Sequence[Standing], takings: Sequence[Taking], length: Duration, day: date, as_of: date
) -> list[Standing]:
    """What the entries say of the time since ``length`` before the day, of a drug that is taken as of a date.

    ``now`` are the verdicts on whether it is taken on that date.
    """
    start = earlier(day, length)
    told = {one.entry: one for one in now}
    taken = {one.entry for one in now if one.value is Value.MET}
    counting = [
        (entry, replace(course, ended=LASTS) if entry in taken else course)  # of the days to come nothing is known
        for entry, course in takings
        if speaks_of_taking(entry) and entry.status != NOT_TAKEN
    ]
    inside = [each for each in counting if each[1].ended[1] > start]
    standings = [told[entry] for entry, _ in inside if entry in told]
    obstacles = [one for one in standings if _stands_in_the_way(one)]
    if obstacles:
        return obstacles
    current = [each for each in inside if each[0] in taken]
    dosed = [each for each in inside if _says_dosage(each[0])]
    return _not_one_dosage(dosed, current, start, as_of) or _since(dosed, current, counting, start, as_of)


def dosage(entry: Drug) -> str | None:
    """The dosage in words that do not depend on capitals and blanks."""
    return " ".join(entry.dosage.casefold().split()) if entry.dosage is not None else None


def _stands_in_the_way(one: Standing) -> bool:
    """Whether an entry leaves open how, or whether, the drug was taken at all."""
    return one.value is Value.REVIEW or (one.value is Value.UNKNOWN and one.cause is not Cause.THEN_ONLY)


def _says_dosage(entry: Drug) -> bool:
    """A dose that was given says how much it was, not how often."""
    return entry.kind != "administration"


def _not_one_dosage(dosed: Sequence[Taking], current: Sequence[Taking], start: date, as_of: date) -> list[Standing]:
    """What is wrong with the dosages in the period; nothing if they are one and the same."""
    named = [each for each in dosed if each[0].dosage is not None]
    if len(_dosages(named)) > 1:
        value, cause = _differing(named, start, as_of)
        return [Standing(entry, value, cause) for entry, _ in named]
    if len(named) < len(dosed) or not dosed:
        lacking = [each for each in dosed if each[0].dosage is None] or current
        return [Standing(entry, Value.UNKNOWN, Cause.NO_DOSAGE) for entry, _ in lacking]
    return []


def _differing(named: Sequence[Taking], start: date, as_of: date) -> Said:
    surely = [each for each in named if max(each[1].began[0], each[1].ended[0]) > start]
    if len(_dosages(surely)) < 2:
        return Value.UNKNOWN, _why_open(named)
    if all(course.began[1] <= start and course.ended[0] >= as_of for _, course in named):
        # Each was there before and is there still: which of them is taken, or whether all are, is for a person.
        return Value.REVIEW, Cause.SEVERAL_DOSAGES
    return Value.NOT_MET, Cause.DOSAGE_CHANGED


def _since(
    dosed: Sequence[Taking], current: Sequence[Taking], counting: Sequence[Taking], start: date, as_of: date
) -> list[Standing]:
    """Whether the entries of the one dosage reach back to the start of the period without a break."""
    (one,) = _dosages(dosed)
    same = [course for entry, course in counting if _says_dosage(entry) and dosage(entry) == one]
    likely = [each for each in counting if not _says_dosage(each[0]) or dosage(each[0]) in (one, None)]
    first = min((course.began[1] for entry, course in current if _says_dosage(entry)), default=as_of)
    surely = _reach(first, [(course.began[1], course.ended[0]) for course in same])
    perhaps = _reach(
        min(course.began[0] for _, course in current), [(course.began[0], course.ended[1]) for _, course in likely]
    )
    before = [each for each in likely if each[1].began[0] < perhaps and each[1].ended[1] >= start]
    if surely <= start:
        value, cause = Value.MET, Cause.UNCHANGED
    elif perhaps <= start:
        value, cause = Value.UNKNOWN, _why_open(likely)
    elif before:
        value, cause = Value.UNKNOWN, Cause.GAP
    else:
        value, cause = Value.NOT_MET, Cause.RECENT_START
    return [Standing(entry, value, cause) for entry in dict.fromkeys(entry for entry, _ in (*current, *before))]


def _dosages(takings: Sequence[Taking]) -> frozenset[str | None]:
    return frozenset(dosage(entry) for entry, _ in takings)


def _why_open(takings: Sequence[Taking]) -> Cause:
    return Cause.PARTIAL_DATE if all(course.dated for _, course in takings) else Cause.UNDATED


def _reach(first: date, spans: Sequence[tuple[date, date]]) -> date:
    """How far back entries reach, each of which ends no earlier than the day before the next one begins."""
    for began, ended in sorted(spans, reverse=True, key=lambda span: span[1]):
        if began < first and (ended >= first or ended + _NEXT_DAY == first):
            first = began
    return first
