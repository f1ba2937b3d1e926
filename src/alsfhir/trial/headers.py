"""Values that pages put near their title without a heading, known by their shape."""

from __future__ import annotations

from collections.abc import Iterator

from alsfhir.trial.found import NOT_RECOGNISED, Found
from alsfhir.trial.lines import Line, carried
from alsfhir.trial.words import SEXES, STATUSES, age_limits, phases


def header_value(line: Line) -> tuple[Found, ...]:
    """What a line says that is a recruitment status, a sex, an age range or a phase and no more; else nothing."""
    if line.key in STATUSES:
        return (carried(line, "recruitment.status"),)
    if line.key in SEXES:
        return (carried(line, "sex", SEXES[line.key]),)
    return (*phase(line, 0), *(ages(line) if age_limits(line.text) else ()))


def phase(line: Line, first: int) -> Iterator[Found]:
    """The phases that the line names, as members of the list from this index on."""
    for n, name in enumerate(phases(line.text)):
        start = line.start if n == 0 else line.end
        yield Found(start, line.end, f"phases[{first + n}]", name)


def ages(line: Line) -> Iterator[Found]:
    """The age limits of a line such as “18 to 60 years old”, in whole years; of both, the line is the place."""
    low, high = age_limits(line.text) or (None, None)
    limits = [(name, age) for name, age in (("minimum_age", low), ("maximum_age", high)) if age is not None]
    if not limits:
        yield Found(line.start, line.end, left_out=NOT_RECOGNISED, warning="age limits in a form that is not read")
    for n, (field, age) in enumerate(limits):
        yield Found(line.end if n else line.start, line.end, field, age)
