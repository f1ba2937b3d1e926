"""The registry's words: dates, ages, phases, codes and their display, as they stand on a line of a page."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s([A-Za-z]{3,9})\.?,?\s(\d{4})")
_MONTH_DAY_YEAR = re.compile(r"([A-Za-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?\s(\d{4})")

_AGES = re.compile(
    r"(?:(?P<minimum>\d{1,3})(?:\s?years?)?\s?(?:-|\u2013|to)\s?(?P<maximum>\d{1,3})\s?years?(?:\s(?:old|of\sage))?"
    r"|(?P<from>\d{1,3})\s?(?:\+\s?years?(?:\s(?:old|and\s(?:older|over|above)))?"
    r"|years?(?:\sold)?\s(?:and|or)\s(?:older|over|above))"
    r"|(?:up\sto|under\sor\sequal\sto)\s(?P<until>\d{1,3})\s?years?(?:\sold)?)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{1,3})\syears?", re.IGNORECASE)
_PHASE = re.compile(
    r"(early[\s_])?phase[\s_]?([0-4]|i{1,3}|iv)(?:\s?/\s?(?:phase[\s_]?)?([0-4]|i{1,3}|iv))?", re.IGNORECASE
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NCT = re.compile(r"NCT[0-9]{8}")

STATUSES = frozenset(
    {
        "recruiting",
        "not yet recruiting",
        "enrolling",
        "not yet enrolling",
        "enrolling by invitation",
        "active",
        "active, not recruiting",
        "active, not enrolling",
        "active not recruiting",
        "invitation-only",
        "completed",
        "suspended",
        "terminated",
        "withdrawn",
        "unknown",
        "unknown status",
        "available",
        "no longer available",
        "begins enrollment in the future",
    }
)
SEXES = {"all": "all", "both": "all", "female": "female", "women": "female", "male": "male", "men": "male"}

# What the registry's site shows for the codes of its records, so that a record and a page say the same.
_DISPLAY = {
    "NA": "N/A",
    "SINGLE_GROUP": "Single Group Assignment",
    "PARALLEL": "Parallel Assignment",
    "CROSSOVER": "Crossover Assignment",
    "FACTORIAL": "Factorial Assignment",
    "SEQUENTIAL": "Sequential Assignment",
    "NON_RANDOMIZED": "Non-Randomized",
    "NONE": "None (Open Label)",
    "NIH": "NIH",
    "FED": "U.S. Fed",
}


def display(code: str) -> str:
    """The registry's display of one of its codes: ``SINGLE_GROUP`` is “Single Group Assignment”."""
    return _DISPLAY.get(code, code.replace("_", " ").capitalize() if code.isupper() else code)


def iso_date(text: str) -> str | None:
    """The date in ISO 8601, as precise as it is written (“Jun 26, 2026”, “June 2026”), or ``None``."""
    text = " ".join(text.split())
    if len(text) > 30:
        return None
    if _ISO_DATE.fullmatch(text):
        return text
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        return _iso(match[3], match[2], match[1])
    if match := _MONTH_DAY_YEAR.fullmatch(text):
        return _iso(match[3], match[1], match[2])
    if match := _MONTH_YEAR.fullmatch(text):
        return _iso(match[2], match[1])
    return None


def _iso(year: str, month: str, day: str | None = None) -> str | None:
    name = month[:3].lower()
    if name not in _MONTHS or (day and not 1 <= int(day) <= 31):
        return None
    number = f"{year}-{_MONTHS.index(name) + 1:02}"
    return f"{number}-{int(day):02}" if day else number


def age_limits(text: str) -> tuple[int | None, int | None] | None:
    """The least and greatest age in years that a header states (“18 to 60 years old”), or ``None`` if it is no such."""
    match = _AGES.fullmatch(" ".join(text.split())) if len(text) <= 60 else None
    if not match:
        return None
    low, high = match["minimum"] or match["from"], match["maximum"] or match["until"]
    return (int(low) if low else None, int(high) if high else None)


def years(text: str) -> int | None:
    """An age limit of a record in whole years (“18 Years”), or ``None`` if it is in another unit."""
    match = _YEARS.fullmatch(text.strip())
    return int(match[1]) if match else None


def phases(text: str) -> tuple[str, ...]:
    """The phases that a word of the registry names, as ``phase 1`` or ``early phase 1``; none for “N/A”."""
    match = _PHASE.fullmatch(text.strip()) if len(text) <= 40 else None
    if not match:
        return ()
    early = "early " if match[1] else ""
    numbers = (_ROMAN.get(n.lower(), n) for n in (match[2], match[3]) if n)
    return tuple(f"{early}phase {n}" for n in numbers)


def nct_id(text: str) -> str | None:
    """The text if it is an NCT id, else ``None``."""
    return text if _NCT.fullmatch(text) else None


def nct_ids(text: str) -> tuple[str, ...]:
    """The distinct NCT ids in the text, in its order."""
    return tuple(dict.fromkeys(_NCT.findall(text)))
