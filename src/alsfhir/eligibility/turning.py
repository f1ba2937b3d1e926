"""When time alone will change an outcome: the day on which it becomes a pass, and the day it stops being one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from alsfhir.eligibility.model import Outcome


def opens_and_closes(
    now: Outcome, turns: Iterable[date], outcome: Callable[[date], Outcome]
) -> tuple[date | None, date | None]:
    """The first day on which the outcome becomes a pass, and the first on which it stops being one; ``None`` if never.

    ``turns`` are the only days, all in the future, on which ``outcome`` may change if no data do.
    """
    opens: date | None = None
    passing = now is Outcome.PASS
    for day in sorted(set(turns)):
        passes = outcome(day) is Outcome.PASS
        if passing and not passes:
            return opens, day
        if passes and not passing:
            opens = day
        passing = passes
    return opens, None
