"""The latest qualitative result."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from alsfhir.criteria.model import Qualitative
from alsfhir.eligibility.model import Outcome
from alsfhir.patient.model import Observation
from eligibility_samples import decided, facts, finding, said
from laboratory_samples import HBSAG, HIV, NEGATIVE, POSITIVE, coded, result, words


def hbsag(*codings: Any, **more: Any) -> Observation:
    """A result of the surface antigen, of 12 June unless said otherwise."""
    return result("hbsag", *codings, **more)


OLDER = hbsag(POSITIVE, on="2026-06-02", reference="Observation/older")


def test_nothing_on_file_is_unknown_and_a_datum_to_get() -> None:
    """Absence is not a negative result."""
    assert said(HBSAG, facts()) == ("unknown", "no-record", "no-record")
    assert decided(HBSAG, facts()).outcome is Outcome.MISSING
    assert said(HBSAG, facts(), closed_world=True)[0] == "unknown"


def test_a_result_that_could_not_be_read_may_have_been_the_one() -> None:
    """Then nothing on file is not the reason."""
    assert said(HBSAG, facts(unreadable=frozenset({"Observation"}))) == ("unknown", "unusable", "unreadable")


@pytest.mark.parametrize("status", ["preliminary", "registered", "unknown"])
def test_a_result_that_is_not_final_does_not_count(status: str) -> None:
    """It neither decides nor hides an older final one."""
    early = hbsag(NEGATIVE, status=status)
    assert said(HBSAG, facts(early)) == ("unknown", "unusable", "preliminary")
    assert said(HBSAG, facts(early, OLDER))[0] == "met"
    assert said(HBSAG, facts(hbsag(NEGATIVE, status=status, on="2026-05-30")))[2] == "no-record"


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_a_withdrawn_result_does_not_exist(status: str) -> None:
    """A positive test entered in error is none."""
    assert said(HBSAG, facts(hbsag(POSITIVE, status=status)))[2] == "no-record"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"string": "see comment"}, ("review", "judgement", "text-only")),
        ({"coded": (words("1:160"),)}, ("review", "judgement", "text-only")),
        ({"coded": (coded("indeterminate"),)}, ("review", "judgement", "indeterminate")),
        ({"coded": (POSITIVE, NEGATIVE)}, ("unknown", "unusable", "disagreeing")),
        ({"unusable": "no value"}, ("unknown", "unusable", "unusable")),
    ],
)
def test_a_latest_result_that_is_neither_is_in_the_way(more: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """An older result does not step in; words are for a person to read, and to be got all the same."""
    assert said(HBSAG, facts(hbsag(**more), OLDER)) == expected
    assert decided(HBSAG, facts(hbsag(**more))).outcome is Outcome.MISSING


def test_an_undated_result_is_unusable() -> None:
    """Alone it decides nothing, and beside a dated one that differs it might be the latest."""
    undated = hbsag(NEGATIVE, on=None, reference="Observation/undated")
    assert said(HBSAG, facts(undated)) == ("unknown", "unusable", "undated")
    assert said(HBSAG, facts(undated, OLDER)) == ("unknown", "unusable", "undated")
    assert said(HBSAG, facts(hbsag(POSITIVE, on=None), OLDER))[0] == "met"


@pytest.mark.parametrize("on", ["2026", "2026-05", "2026-05/2026-06"])
def test_a_partial_date_leaves_open_how_old_the_result_is(on: str) -> None:
    """The window begins on 31 May."""
    assert said(HBSAG, facts(hbsag(POSITIVE, on=on))) == ("unknown", "unusable", "partial-date")


def test_results_of_one_time_must_agree() -> None:
    """Unless one of them was issued later."""
    other = hbsag(NEGATIVE, reference="Observation/other")
    assert said(HBSAG, facts(hbsag(POSITIVE), other)) == ("unknown", "unusable", "tied")
    same = facts(hbsag(POSITIVE), hbsag(POSITIVE, reference="Observation/same"))
    assert said(HBSAG, same)[0] == "met"
    assert len(finding(HBSAG, same).facts) == 2
    early, late = (
        hbsag(coding, reference=f"Observation/{hour}", issued=datetime(2026, 6, 12, hour, tzinfo=UTC))
        for hour, coding in ((8, POSITIVE), (9, NEGATIVE))
    )
    assert said(HBSAG, facts(early, late))[0] == "not-met"


@pytest.mark.parametrize(
    ("codings", "asked", "expected"),
    [
        ((POSITIVE,), "positive", "met"),
        ((NEGATIVE,), "positive", "not-met"),
        ((POSITIVE,), "negative", "not-met"),
        ((NEGATIVE,), "negative", "met"),
    ],
)
def test_the_latest_result_decides(codings: Any, asked: Any, expected: str) -> None:
    """Whatever the one before it was."""
    found = facts(hbsag(*codings), hbsag(NEGATIVE, on="2026-06-02", reference="Observation/older"), OLDER)
    assert said(Qualitative(concept="hbsag", result=asked), found) == (expected, "evidence", "compared")


@pytest.mark.parametrize(("on", "expected"), [("2026-05-31", "met"), ("2026-05-30", "unknown")])
def test_a_result_is_good_for_30_days(on: str, expected: str) -> None:
    """On the 31st day it is stale, positive or not."""
    found = facts(hbsag(POSITIVE, on=on))
    assert said(HBSAG, found)[:2] == (expected, "evidence" if expected == "met" else "stale")
    assert said(HBSAG, found, max_age={"hbsag": 31})[0] == "met"


def test_tomorrow_does_not_exist() -> None:
    """A result of after the as-of date neither decides nor is in the way."""
    assert said(HBSAG, facts(hbsag(NEGATIVE, on="2026-07-01"), OLDER))[0] == "met"


def hiv(*codings: Any, **more: Any) -> Observation:
    """A result of the HIV antibody."""
    return result("hiv-antibody", *codings, **more)


@pytest.mark.parametrize("on", ["2019-03-01", "2019", "2026-06-12"])
def test_a_positive_antibody_that_stays_never_goes_stale(on: str) -> None:
    """Once positive, it is positive, however old the test is; a negative one of then says nothing of now."""
    assert said(HIV, facts(hiv(POSITIVE, on=on))) == ("met", "evidence", "compared")
    assert said(HIV, facts(hiv(NEGATIVE, on="2019-03-01"))) == ("unknown", "stale", "stale")


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        (hiv(NEGATIVE, on="2020-03-01"), ("unknown", "stale", "stale")),
        (hiv(on="2020-03-01", string="see comment"), ("unknown", "stale", "stale")),
        (hiv(NEGATIVE), ("not-met", "evidence", "compared")),
        (hiv(string="see comment"), ("review", "judgement", "text-only")),
        (hiv(NEGATIVE, on="2019"), ("unknown", "stale", "stale")),
        (hiv(NEGATIVE, on=None), ("unknown", "unusable", "undated")),
    ],
)
def test_an_old_positive_counts_only_if_it_is_the_latest_of_all(
    latest: Observation, expected: tuple[str, str, str]
) -> None:
    """A later test that says otherwise, or nothing, takes its certainty."""
    old = hiv(POSITIVE, on="2019-03-01", reference="Observation/old")
    assert said(HIV, facts(latest, old)) == expected


def test_an_old_negative_does_not_date_one_without_a_date() -> None:
    """Neither of the two is of now."""
    undated = hiv(NEGATIVE, on=None, reference="Observation/undated")
    assert said(HIV, facts(undated, hiv(NEGATIVE, on="2019-03-01"))) == ("unknown", "unusable", "undated")


def test_an_old_positive_of_other_tests_is_stale() -> None:
    """An antigen goes, an antibody stays."""
    assert said(HBSAG, facts(hbsag(POSITIVE, on="2019-03-01")))[1] == "stale"
