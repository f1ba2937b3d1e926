from __future__ import annotations

import pytest

from alsfhir.errors import ServerRefused
from alsfhir.server.answer import Answer
from alsfhir.server.retry import LONGEST_WAIT_SECONDS, Passing, pause, seconds_asked_for

BUSY = ServerRefused("http://host", "search Patient", 503)
SENT = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize("asked", [None, "", "soon", "-5", "1.5", "٣", "Wed, 99 Oct 2026 07:28:00 GMT"])
def test_a_wait_in_no_known_form_is_none(asked: str | None) -> None:
    """Our own pause is used where a server asks for none that can be understood."""
    assert seconds_asked_for(Answer(503, b"", retry_after=asked, date=SENT)) is None


def test_a_date_without_the_time_of_the_answer_is_none() -> None:
    """A date alone would need our clock, which may differ from the server's."""
    assert seconds_asked_for(Answer(503, b"", retry_after=SENT)) is None


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("0", 0.0), ("7", 7.0), ("Wed, 21 Oct 2026 07:28:09 GMT", 9.0), ("Wed, 21 Oct 2026 07:00:00 GMT", 0.0)],
)
def test_a_wait_is_seconds_or_a_date(asked: str, seconds: float) -> None:
    """A date is counted from the answer's own date; one that has passed is no wait."""
    assert seconds_asked_for(Answer(503, b"", retry_after=asked, date=SENT)) == seconds


def test_a_longer_wait_than_ours_is_not_waited() -> None:
    """A server that asks for hours is told of at once instead."""
    assert pause(Passing(BUSY, LONGEST_WAIT_SECONDS + 1)) is False
    assert pause(Passing(BUSY, LONGEST_WAIT_SECONDS)) == LONGEST_WAIT_SECONDS


def test_only_what_may_pass_is_tried_again() -> None:
    """Any other error ends the attempts."""
    assert pause(BUSY) is False
    assert pause(Passing(BUSY)) is True
