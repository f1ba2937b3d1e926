"""When a question may be asked again, and how long to wait first. Nothing that writes is repeated."""

from __future__ import annotations

import logging
from datetime import datetime
from email.utils import parsedate_to_datetime

from alsfhir.errors import ServerError
from alsfhir.server.answer import Answer

ATTEMPTS = 3
BUDGET_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 20.0  # a server may ask for hours; then we stop and say that it is busy
PASSING = frozenset({408, 429, 500, 502, 503, 504})

# At each retry stamina logs the exception; ours say what happened, once, when the last attempt has failed.
logging.getLogger("stamina").setLevel(logging.ERROR)


class Passing(Exception):
    """An attempt failed in a way that may pass: ``error`` is what to raise if it does not."""

    def __init__(self, error: ServerError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def pause(failure: Exception) -> bool | float:
    """For stamina: False to give up, True for its own backoff, or the seconds that the server asked for."""
    if not isinstance(failure, Passing):
        return False
    if failure.wait is None:
        return True
    return failure.wait if failure.wait <= LONGEST_WAIT_SECONDS else False


def seconds_asked_for(answer: Answer) -> float | None:
    """The wait that ``Retry-After`` asks for: seconds, or a date, counted from the answer's own ``Date``.

    ``None`` if it asks for none, or in no known form.
    """
    asked = (answer.retry_after or "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    until, sent = _instant(asked), _instant(answer.date)
    if until is None or sent is None:
        return None
    return max(0.0, (until - sent).total_seconds())


def _instant(written: str | None) -> datetime | None:
    try:
        instant = parsedate_to_datetime(written or "")
    except ValueError:
        return None
    return instant if instant.tzinfo else None
