"""Why a qualitative result has its verdict, in words."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.criteria.model import Qualitative
from eligibility_samples import explained, facts, observation
from laboratory_samples import HBSAG, HIV, NEGATIVE, POSITIVE, result, words

LABEL = "epatitis B surface antigen"
NEED = f"H{LABEL}, not older than 30 days"
ON = "2026-06-12, Observation/hbsag"


@pytest.mark.parametrize(
    ("codings", "asked", "reason"),
    [
        ((POSITIVE,), "positive", f"H{LABEL} positive on 2026-06-12"),
        ((NEGATIVE,), "positive", f"H{LABEL} negative on 2026-06-12, not positive"),
        ((POSITIVE,), "negative", f"H{LABEL} positive on 2026-06-12, not negative"),
    ],
)
def test_a_result_is_said_with_its_day(codings: Any, asked: Any, reason: str) -> None:
    """And what was asked, where it is the other."""
    record = explained(Qualitative(concept="hbsag", result=asked), facts(result("hbsag", *codings)))
    assert (record.reason, record.needs) == (reason, ())
    assert [(one.reference, one.date) for one in record.evidence] == [("Observation/hbsag", "2026-06-12")]


@pytest.mark.parametrize(
    ("found", "reason", "need"),
    [
        (facts(), f"No h{LABEL} on file", NEED),
        (
            facts(unreadable=frozenset({"Observation"})),
            f"No usable h{LABEL} on file, but an Observation that could not be read",
            NEED,
        ),
        (
            facts(result("hbsag", words("positive"), on="2026-03-25")),
            (f"The last h{LABEL} is 97 days old, and at most 30 are allowed: positive (2026-03-25, Observation/hbsag)"),
            f"{NEED}; the last is 97 days old (Observation/hbsag)",
        ),
        (
            facts(result("hbsag", string="see comment")),
            f"H{LABEL}: a person reads the latest result, which is given in words only: “see comment” ({ON})",
            f"Decision whether the latest h{LABEL} is positive",
        ),
        (
            facts(observation("hbsag", "12.3", "2026-06-12")),
            (
                f"H{LABEL}: the latest result is a number, and only the laboratory knows from where on it is "
                f"positive: 12.3 ({ON})"
            ),
            NEED,
        ),
        (
            facts(result("hbsag", words("positive"), NEGATIVE)),
            f"H{LABEL}: the latest result says both positive and negative: positive / 260385009 ({ON})",
            NEED,
        ),
        (
            facts(result("hbsag", words("positive"), status="preliminary")),
            f"H{LABEL}: the only recent result is not final: positive ({ON})",
            NEED,
        ),
    ],
)
def test_what_is_missing_is_said_with_what_is_there_instead(found: Any, reason: str, need: str) -> None:
    """Which result, of when, in which resource, what is wrong with it, and what would settle it."""
    record = explained(HBSAG, found)
    assert (record.reason, [one.text for one in record.needs]) == (reason, [need])
    assert (record.needs[0].concept, record.needs[0].max_age_days) == ("hbsag", 30)


def test_an_old_positive_that_counts_is_said_with_its_day() -> None:
    """However old it is."""
    record = explained(HIV, facts(result("hiv-antibody", POSITIVE, on="2019-03-01")))
    assert record.reason == "HIV antibody positive on 2019-03-01"
