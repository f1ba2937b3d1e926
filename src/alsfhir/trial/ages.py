"""The age limits that a statement states, and where they contradict the header of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alsfhir.trial.model import Kind, Trial

_IS_ABOUT_AGE = re.compile(r"\bage[ds]?\b|\byears?[\s-](?:old|of\sage)\b", re.IGNORECASE)
_NO_AGE = r"(?![\d.,]\d|\d|\s?(?:%|kg|mg|ml|mm|months?|weeks?|days?|hours?|points?))"
_AGE = rf"(?:the\sage\sof\s|ages?\s|of\s)?(?P<age>\d{{1,3}}){_NO_AGE}"
_RANGE = re.compile(
    r"(?<![\d.])(?P<low>\d{1,3})\s?(?:years?)?\s?(?:-|\u2013|to|and|through)\s?(?P<high>\d{1,3})"
    rf"{_NO_AGE}",
    re.IGNORECASE,
)
_CLOSED_LOW = re.compile(rf"(?:at\sleast|minimum(?:\sage)?|\u2265|>\s?=)\s?{_AGE}", re.IGNORECASE)
_OPEN_LOW = re.compile(
    rf"(?:(?:more|greater|older|higher)\sthan(?!\sor)|over|above|>)\s?(?![=\s]){_AGE}", re.IGNORECASE
)
_AND_OLDER = re.compile(
    r"(?<![\d.])(?P<age>\d{1,3})\s?(?:years?\s?)?(?:of\sage\s|old\s)?(?:or|and)\s(?:older|over|above|more)",
    re.IGNORECASE,
)
_CLOSED_HIGH = re.compile(rf"(?:at\smost|maximum(?:\sage)?|up\sto|\u2264|<\s?=)\s?{_AGE}", re.IGNORECASE)
_OPEN_HIGH = re.compile(rf"(?:(?:less|younger|lower)\sthan(?!\sor)|under|below|<)\s?(?![=\s]){_AGE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """The least and greatest age in years that a text states; an open limit does not include its own year."""

    minimum: int | None = None
    maximum: int | None = None
    open_minimum: bool = False
    open_maximum: bool = False


def age_limits(text: str) -> AgeLimits | None:
    """The age limits of a statement, or ``None`` if it states none in plain words."""
    if len(text) > 400 or not _IS_ABOUT_AGE.search(text):
        return None
    if match := _RANGE.search(text):
        return AgeLimits(int(match["low"]), int(match["high"]))
    low, high = _CLOSED_LOW.search(text) or _AND_OLDER.search(text), _CLOSED_HIGH.search(text)
    open_low, open_high = (None if low else _OPEN_LOW.search(text)), (None if high else _OPEN_HIGH.search(text))
    limits = AgeLimits(_age(low or open_low), _age(high or open_high), open_low is not None, open_high is not None)
    return None if limits == AgeLimits() else limits


def age_conflicts(trial: Trial) -> Iterator[str]:
    """A sentence for the first inclusion statement about age whose limits are not those of the header.

    A header's limits are both included; a statement that excludes one of them says something else.
    """
    for statement in trial.statements:
        limits = age_limits(statement.text) if statement.kind is Kind.INCLUSION else None
        if limits:
            low = _differs(trial.minimum_age, limits.minimum, is_open=limits.open_minimum)
            high = _differs(trial.maximum_age, limits.maximum, is_open=limits.open_maximum)
            if low or high:
                yield f"{statement.id}: the header's ages ({_header(trial)}) are not the statement's, which governs"
            return


def _age(match: re.Match[str] | None) -> int | None:
    return int(match["age"]) if match else None


def _differs(header: int | None, stated: int | None, *, is_open: bool) -> bool:
    return header is not None and stated is not None and (header != stated or is_open)


def _header(trial: Trial) -> str:
    low, high = trial.minimum_age, trial.maximum_age
    if low is None or high is None:
        return f"{low} years and older" if high is None else f"up to {high} years"
    return f"{low} to {high} years"
