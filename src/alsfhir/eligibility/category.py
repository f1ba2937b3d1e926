"""The category of the disease, such as the El Escorial one: as observed, or as the stage of the ALS on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alsfhir.criteria.model import Category
from alsfhir.eligibility.cause import Cause
from alsfhir.eligibility.chart import Chart
from alsfhir.eligibility.condition import counting
from alsfhir.eligibility.latest import definite, latest
from alsfhir.eligibility.model import Basis, Finding, Value
from alsfhir.patient.model import Condition, Fact, Observation
from alsfhir.terminology import LOCAL_SYSTEM, Coding, Concept

DISEASE = "als"  # whose stages may be about the category
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Observed:
    """An observation of the category, and its code or why it has none."""

    source: Observation
    code: str | None
    problem: Cause | None = None


def category(atom: Category, chart: Chart) -> Finding:
    """The verdict on the latest coded value; words alone, or values that disagree, leave it undecided."""
    known = frozenset(value.code for value in chart.terminology.concept(atom.concept).values)
    observed = [_observed(one, known) for one in chart.observations.get(atom.concept, ())]
    top = latest(_fresh(atom, observed, chart), chart.as_of)
    staged = list(_staged(known, chart))
    facts: tuple[Fact, ...] = (*(one.source for one in top), *(entry for _, entry in staged))
    if problem := _problem(top, bool(staged), chart):
        return _undecided(atom, problem, facts)
    codes = {one.code for one in top} | {code for code, _ in staged}
    if not codes:
        return _uncoded(atom, bool(observed), chart)
    if len(codes) > 1:
        return _undecided(atom, Cause.DISAGREEING, facts)
    code = codes.pop()
    if differing := tuple(_worded_otherwise(code, chart.terminology.concept(atom.concept), chart)):
        return _undecided(atom, Cause.WORDS_DIFFER, tuple(dict.fromkeys((*facts, *differing))))
    if code in atom.review:
        return _undecided(atom, Cause.FOR_REVIEW, facts)
    value = Value.MET if code in atom.among else Value.NOT_MET
    return Finding(atom, value, Basis.EVIDENCE, Cause.COMPARED, facts, measured=True)


def _observed(observation: Observation, known: frozenset[str]) -> _Observed:
    if observation.unusable:
        return _Observed(observation, None, Cause.UNUSABLE)
    local = {coding.code for coding in observation.coded if coding.system == LOCAL_SYSTEM}
    if len(local) == 1 and local <= known:
        return _Observed(observation, local.pop())
    if local:
        return _Observed(observation, None, Cause.UNKNOWN_CODE)
    written = observation.string or observation.coded
    return _Observed(observation, None, Cause.TEXT_ONLY if written else Cause.UNUSABLE)


def _fresh(atom: Category, observed: list[_Observed], chart: Chart) -> list[_Observed]:
    start = chart.window_start(atom.concept)
    return [one for one in observed if one.source.when is None or one.source.when.last >= start]


def _staged(known: frozenset[str], chart: Chart) -> Iterator[tuple[str, Fact]]:
    for entry in counting(DISEASE, chart):
        for code in sorted(code for stage in entry.stages if (code := _local(stage)) in known and code):
            yield code, entry


def _local(coding: Coding) -> str | None:
    return coding.code if coding.system == LOCAL_SYSTEM else None


def _problem(top: tuple[_Observed, ...], staged: bool, chart: Chart) -> Cause | None:
    problems = [one.problem for one in top if one.problem]
    if problems:
        return Cause.TEXT_ONLY if Cause.TEXT_ONLY in problems else problems[0]
    if top and not staged and not any(definite(one.source.when, chart.as_of) for one in top):
        return Cause.UNDATED if any(one.source.when is None for one in top) else Cause.PARTIAL_DATE
    return None


def _uncoded(atom: Category, stale: bool, chart: Chart) -> Finding:
    words = _words(atom, chart)
    worded: tuple[Fact, ...] = tuple(
        entry
        for entry in counting(DISEASE, chart)
        if any(not words.isdisjoint(_WORD.findall(text.lower())) for text in entry.stage_text)
    )
    if worded:
        return _undecided(atom, Cause.TEXT_ONLY, worded)
    if preliminary := chart.preliminary.get(atom.concept, ())[:1]:
        return _undecided(atom, Cause.PRELIMINARY, preliminary)
    if chart.unreadable("Observation", "Condition"):
        return _undecided(atom, Cause.UNREADABLE, ())
    basis, cause = (Basis.STALE, Cause.STALE) if stale else (Basis.NO_RECORD, Cause.NO_RECORD)
    return Finding(atom, Value.UNKNOWN, basis, cause, measured=True)


def _worded_otherwise(code: str | None, concept: Concept, chart: Chart) -> Iterator[Condition]:
    for entry in counting(DISEASE, chart):
        if any(_named(text, concept) - {code} for text in entry.stage_text):
            yield entry


def _named(text: str, concept: Concept) -> frozenset[str]:
    """The codes of the values that a text names; ``probable, laboratory-supported`` does not name ``probable``."""
    words = frozenset(_WORD.findall(text.lower()))
    found = {value.code: named for value in concept.values if (named := _value_words(value.display)) <= words}
    return frozenset(code for code, named in found.items() if not any(named < other for other in found.values()))


def _value_words(display: str) -> frozenset[str]:
    return frozenset(_WORD.findall(display.lower()))


def _words(atom: Category, chart: Chart) -> frozenset[str]:
    concept = chart.terminology.concept(atom.concept)
    texts = (concept.label, *(value.display for value in concept.values))
    return frozenset(word for text in texts for word in _WORD.findall(text.lower())) - {"als", "of", "the"}


def _undecided(atom: Category, cause: Cause, facts: tuple[Fact, ...]) -> Finding:
    if cause in (Cause.TEXT_ONLY, Cause.WORDS_DIFFER, Cause.FOR_REVIEW):
        return Finding(atom, Value.REVIEW, Basis.JUDGEMENT, cause, facts, measured=True)
    return Finding(atom, Value.UNKNOWN, Basis.UNUSABLE, cause, facts, measured=True)
