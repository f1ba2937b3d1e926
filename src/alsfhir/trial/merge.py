"""Several documents of one trial to one Trial: which governs, and what the others say differently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from itertools import groupby
from typing import Any, TypeAlias

from alsfhir.trial.model import Conflict, Identifier, Recruitment, Source, Statement, Trial, file_name
from alsfhir.trial.statements import STATEMENT, normalized

Said: TypeAlias = tuple[Trial, Any]

_NOTHING: tuple[Any, ...] = (None, (), "")
_RANK = {source: rank for rank, source in enumerate(Source)}
_OWN_RULE = ("nct_id", "recruitment", "other_ids", "dates", "statements", "documents", "conflicts", "warnings")
_ABBREVIATION = re.compile(r"\s*\([A-Z][A-Za-z0-9-]{0,9}\)\s*$", re.ASCII)
_FIELDS = tuple(f.name for f in fields(Trial) if f.name not in _OWN_RULE)


def merged(trials: Iterable[Trial]) -> tuple[Trial, ...]:
    """One Trial per NCT id, in the order of the ids, whatever the order of the input.

    Per field, a ClinicalTrials.gov record governs before a registry page before a news page, a later page date before
    an earlier one; what another document says differently is kept in ``conflicts``. Statements are taken whole from
    the governing document that has any. A document that is given twice counts once.
    """
    return tuple(_governed(list(group)) for _, group in groupby(_ordered(trials), key=lambda trial: trial.nct_id))


def _ordered(trials: Iterable[Trial]) -> list[Trial]:
    """The trials by id, those that govern first, without repetitions of the same documents."""
    distinct: dict[tuple[str, ...], Trial] = {}
    for trial in sorted(trials, key=_names):
        distinct.setdefault((trial.nct_id, *(document.sha256 for document in trial.documents)), trial)
    ordered = sorted(distinct.values(), key=lambda trial: [document.sha256 for document in trial.documents])
    ordered.sort(key=_page_date, reverse=True)
    return sorted(ordered, key=lambda trial: (trial.nct_id, _rank(trial)))


def _names(trial: Trial) -> list[tuple[str, str]]:
    return [(file_name(document.name), document.name) for document in trial.documents]


def _page_date(trial: Trial) -> str:
    return (trial.documents[0].page_date or "") if trial.documents else ""


def _rank(trial: Trial) -> int:
    return _RANK[trial.documents[0].source if trial.documents else Source.MAPPING]


def _governed(group: list[Trial]) -> Trial:
    conflicts = [conflict for trial in group for conflict in trial.conflicts]
    values: dict[str, Any] = {}
    for name in _FIELDS:
        said = [(trial, getattr(trial, name)) for trial in group]
        values[name] = _kept(name, [each for each in said if _given(each)], conflicts, getattr(group[-1], name))
    return replace(
        group[0],
        **values,
        recruitment=_recruitment(group, conflicts),
        other_ids=_other_ids(group),
        dates=_dates(group, conflicts),
        statements=_statements(group, conflicts),
        documents=tuple(document for trial in group for document in trial.documents),
        conflicts=tuple(dict.fromkeys(conflicts)),
        warnings=_warnings(group),
    )


def _given(said: Said) -> bool:
    """Whether a document states the value; a trial without a title is called by its id."""
    trial, value = said
    return value not in (*_NOTHING, trial.nct_id)


def _kept(field: str, said: list[Said], conflicts: list[Conflict], otherwise: Any) -> Any:
    """The value of the first that says something, completed by the others that agree; else they become conflicts."""
    if not said:
        return otherwise
    (governing, kept), *others = said
    for trial, value in others:
        if _agree(kept, value):
            kept = _completed(kept, value)
        elif field == "conditions" and _plain_names(kept) == _plain_names(value):
            continue
        else:
            conflicts.append(Conflict(field, _shown(kept), _name(governing), _shown(value), _name(trial)))
    return kept


def _recruitment(group: list[Trial], conflicts: list[Conflict]) -> Recruitment:
    stated = [trial for trial in group if trial.recruitment.status]
    said = [(trial, trial.recruitment.status) for trial in stated]
    _kept("recruitment.status", said, conflicts, "")
    return (stated or group)[0].recruitment


def _warnings(group: list[Trial]) -> tuple[str, ...]:
    """What all documents say of themselves, but for how one came by a recruitment status that is not used."""
    governing = next((trial for trial in group if trial.recruitment.status), group[0])
    warnings = ((trial, warning) for trial in group for warning in trial.warnings)
    used = (text for trial, text in warnings if trial is governing or not text.startswith("recruitment.status:"))
    return tuple(dict.fromkeys(used))


def _other_ids(group: list[Trial]) -> tuple[Identifier, ...]:
    found: dict[str, Identifier] = {}
    for trial in group:
        for identifier in trial.other_ids:
            found.setdefault(identifier.value.casefold(), identifier)
    return tuple(found.values())


def _dates(group: list[Trial], conflicts: list[Conflict]) -> tuple[tuple[str, str], ...]:
    keys = dict.fromkeys(key for trial in group for key, _ in trial.dates)
    said = {key: [(trial, date) for trial in group if (date := dict(trial.dates).get(key))] for key in keys}
    return tuple((key, _kept(f"dates.{key}", said[key], conflicts, "")) for key in keys)


def _statements(group: list[Trial], conflicts: list[Conflict]) -> tuple[Statement, ...]:
    having = [trial for trial in group if trial.statements]
    if not having:
        return ()
    governing = having[0]
    kept = {statement.id: statement.text for statement in governing.statements}
    for trial in having[1:]:
        lost = {statement.id: statement.text for statement in trial.statements}
        for key in dict.fromkeys((*kept, *lost)):
            ours, theirs = kept.get(key, ""), lost.get(key, "")
            if _order(ours) != _order(theirs):
                conflicts.append(Conflict(STATEMENT + key, ours, _name(governing), theirs, _name(trial)))
    return governing.statements


def _agree(one: Any, other: Any) -> bool:
    """Whether two values can both be true: equal but for case and white space, or one of them less complete."""
    if one in _NOTHING or other in _NOTHING:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = zip(sorted(one, key=_order), sorted(other, key=_order), strict=False)
        return len(one) == len(other) and all(_agree(*pair) for pair in pairs)
    if is_dataclass(one) and is_dataclass(other):
        return all(_agree(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return _order(one) == _order(other)


def _completed(one: Any, other: Any) -> Any:
    """The first of two values that agree, with what only the other says."""
    if one in _NOTHING:
        return other
    if isinstance(one, tuple) and isinstance(other, tuple):
        places = sorted(range(len(one)), key=lambda n: _order(one[n]))
        partners = dict(zip(places, sorted(other, key=_order), strict=False))
        return tuple(_completed(each, partners.get(n)) for n, each in enumerate(one))
    if is_dataclass(one) and not isinstance(one, type) and other not in _NOTHING:
        return replace(one, **{f.name: _completed(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)})
    return one


def _order(value: Any) -> str:
    return _comparable(_shown(value))


def _plain_names(names: tuple[str, ...]) -> list[str]:
    """Names without the abbreviation that follows in brackets: ``Amyotrophic Lateral Sclerosis (ALS)``."""
    return sorted(_comparable(_ABBREVIATION.sub("", name)) for name in names)


def _comparable(text: str) -> str:
    return normalized(text.replace("_", " ")).casefold()


def _shown(value: Any) -> str:
    """The value in words: members joined by semicolons, parts by commas."""
    if isinstance(value, tuple):
        return "; ".join(map(_shown, value))
    if is_dataclass(value):
        return ", ".join(shown for f in fields(value) if (shown := _shown(getattr(value, f.name))))
    return "" if value is None else str(value)


def _name(trial: Trial) -> str:
    return trial.documents[0].name if trial.documents else f"the mapping of {trial.nct_id}"
