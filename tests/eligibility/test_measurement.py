"""A measured value against its bounds: the latest, or every one of the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from alsfhir.eligibility.model import Outcome, Value
from alsfhir.patient.model import Observation
from eligibility_samples import AS_OF, FVC, decided, facts, finding, measured, observation, said, up_to

SEVENTY = measured(FVC, "%", at_least=70)
T90 = measured("t90", "%", at_most=2, which="every")
ALT = measured("alt", times_upper_limit=True, more_than=3)


def fvc(value: str | None, on: str | None = "2026-06-20", **more: Any) -> Observation:
    """A vital capacity in percent of predicted."""
    return observation(FVC, value, on, **more)


def test_nothing_on_file_is_unknown_and_can_be_measured() -> None:
    """No value: unknown, for want of a record; and the value is asked for."""
    decision = decided(SEVENTY, facts())
    assert said(SEVENTY, facts()) == ("unknown", "no-record", "no-record")
    assert decision.outcome is Outcome.MISSING


def test_an_observation_that_could_not_be_read_may_have_been_the_value() -> None:
    """Then nothing on file is not the reason: something is in the way."""
    assert said(SEVENTY, facts(unreadable=frozenset({"Observation"}))) == ("unknown", "unusable", "unreadable")
    assert said(SEVENTY, facts(unreadable=frozenset({"Procedure"})))[2] == "no-record"
    stale = facts(fvc("80 %", "2025-01-01"), unreadable=frozenset({"Observation"}))
    assert said(SEVENTY, stale)[2] == "unreadable"


@pytest.mark.parametrize(
    ("value", "more", "cause"),
    [
        (None, {}, "no-number"),
        ("80", {}, "no-unit"),
        ("3.1 L", {}, "other-unit"),
        ("80 %", {"unusable": "both a value and a dataAbsentReason"}, "unusable"),
        (">65 %", {}, "comparator"),
        ("850 %", {}, "implausible"),
        ("-5 %", {}, "implausible"),
    ],
)
def test_a_latest_value_that_cannot_be_compared_stands_in_the_way(
    value: str | None, more: dict[str, str], cause: str
) -> None:
    """An older value does not step in: the newest might have been below the bound."""
    found = facts(fvc(value, **more), fvc("90 %", "2026-05-01", reference="Observation/older"))
    assert said(SEVENTY, found) == ("unknown", "unusable", cause)
    assert [fact.reference for fact in finding(SEVENTY, found).facts] == [f"Observation/{FVC}"]


def test_an_older_value_that_cannot_be_compared_does_not_matter() -> None:
    """With a newer usable value, what is wrong with older ones is past."""
    found = facts(fvc("80 %"), fvc("75", "2026-05-01"), fvc(None, "2026-05", unusable="no value"))
    assert said(SEVENTY, found) == ("met", "evidence", "compared")


def test_an_undated_value_is_unusable() -> None:
    """Alone it decides nothing, and beside a dated one it might be the latest."""
    assert said(SEVENTY, facts(fvc("80 %", None))) == ("unknown", "unusable", "undated")
    assert said(SEVENTY, facts(fvc("80 %"), fvc("60 %", None))) == ("unknown", "unusable", "undated")
    assert said(SEVENTY, facts(fvc("80 %"), fvc("80 %", None)))[0] == "met"


def test_a_partial_date_across_the_as_of_date_is_unusable() -> None:
    """A value of 2026 may be of a day that has not come yet."""
    assert said(SEVENTY, facts(fvc("80 %", "2026"))) == ("unknown", "unusable", "partial-date")


def test_a_partial_date_across_the_windows_start_is_unusable() -> None:
    """A value of April may be 90 days old, or 91."""
    assert said(SEVENTY, facts(fvc("80 %", "2026-04"))) == ("met", "evidence", "compared")
    assert said(SEVENTY, facts(fvc("80 %", "2026-03/2026-04"))) == ("unknown", "unusable", "partial-date")


def test_a_value_after_the_as_of_date_does_not_exist() -> None:
    """The value of tomorrow is neither used nor in the way."""
    assert said(SEVENTY, facts(fvc("80 %", "2026-07-01"))) == ("unknown", "no-record", "no-record")
    found = facts(fvc("80 %", "2026-06-30"), fvc("60 %", "2026-07-01"))
    assert finding(SEVENTY, found).value is Value.MET


@pytest.mark.parametrize(("days", "value"), [(0, "met"), (90, "met"), (91, "unknown")])
def test_a_vital_capacity_is_good_for_90_days(days: int, value: str) -> None:
    """On the 90th day it still counts, on the 91st it is stale."""
    found = facts(fvc("80 %", str(AS_OF - timedelta(days=days))))
    assert said(SEVENTY, found)[:2] == (value, "evidence" if value == "met" else "stale")


def test_the_callers_window_goes_before_the_mappings() -> None:
    """120 days make a value of 91 days fresh, and 10 days make one of 11 stale."""
    older, newer = facts(fvc("80 %", str(AS_OF - timedelta(days=91)))), facts(fvc("80 %", "2026-06-19"))
    assert said(SEVENTY, older, max_age={FVC: 120})[0] == "met"
    assert said(SEVENTY, newer, max_age={FVC: 10})[1] == "stale"
    assert said(SEVENTY, newer, max_age={"bmi": 10})[0] == "met"
    assert said(SEVENTY, facts(fvc("80 %", "1900-01-01")), max_age={FVC: 10**7})[0] == "met"


@pytest.mark.parametrize("status", ["registered", "preliminary", "unknown"])
def test_a_value_that_is_not_final_does_not_count(status: str) -> None:
    """It neither decides nor hides an older final one; alone it is shown."""
    assert said(SEVENTY, facts(fvc("60 %", status=status))) == ("unknown", "unusable", "preliminary")
    both = facts(fvc("60 %", status=status), fvc("80 %", "2026-05-01"))
    assert said(SEVENTY, both)[0] == "met"
    assert said(SEVENTY, facts(fvc("60 %", "2024-05-01", status=status)))[2] == "no-record"


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_a_withdrawn_value_does_not_exist(status: str) -> None:
    """An observation entered in error is ignored."""
    assert said(SEVENTY, facts(fvc("60 %", status=status)))[2] == "no-record"


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_a_final_or_corrected_value_counts(status: str) -> None:
    """These three statuses are those of a valid result."""
    assert said(SEVENTY, facts(fvc("80 %", status=status)))[0] == "met"


def test_several_efforts_of_one_day_are_their_largest() -> None:
    """Spirometry is repeated, and the best effort is the result, whatever the times."""
    found = facts(
        fvc("71 %", "2026-06-20T09:00:00Z", reference="Observation/1"),
        fvc("68 %", "2026-06-20T09:10:00Z", reference="Observation/2"),
        fvc("75 %", "2026-06-19", reference="Observation/3"),
    )
    one = finding(SEVENTY, found)
    assert (one.value, one.number) == (Value.MET, Fraction(71))
    assert [fact.reference for fact in one.facts] == ["Observation/1"]


def test_an_unusable_effort_of_the_day_leaves_only_what_the_others_prove() -> None:
    """At least 70 is proved by an effort of 71; at most 70 is not proved by one of 68."""
    broken = fvc(None, unusable="no value", reference="Observation/2")
    assert said(SEVENTY, facts(fvc("71 %"), broken))[0] == "met"
    assert said(SEVENTY, facts(fvc("68 %"), broken)) == ("unknown", "unusable", "unusable")


def test_other_values_of_one_time_must_agree() -> None:
    """Two laboratory values of one time that differ decide nothing, even on the same side of the bound."""
    atom = measured("creatinine", "mg/dL", more_than="1.5")
    one, other = (
        observation("creatinine", value, reference=f"Observation/{value}") for value in ("1.6 mg/dL", "1.7 mg/dL")
    )
    assert said(atom, facts(one, other)) == ("unknown", "unusable", "tied")
    same = observation("creatinine", "16 mg/L", reference="Observation/same")
    assert said(atom, facts(one, same))[0] == "met"


def test_the_last_issued_of_a_day_counts_for_other_values() -> None:
    """A correction that was issued later replaces the value."""
    atom = measured("creatinine", "mg/dL", more_than="1.5")
    first = observation(
        "creatinine", "1.6 mg/dL", reference="Observation/1", issued=datetime(2026, 6, 20, 8, tzinfo=UTC)
    )
    last = observation(
        "creatinine", "1.4 mg/dL", reference="Observation/2", issued=datetime(2026, 6, 20, 9, tzinfo=UTC)
    )
    assert said(atom, facts(first, last))[0] == "not-met"


def test_a_multiple_of_the_upper_limit_is_of_the_observations_own() -> None:
    """121 over 40 is more than three times; 120 is not; without a limit nobody knows."""
    assert said(ALT, facts(observation("alt", "121 U/L"))) == ("unknown", "unusable", "no-range")
    for value, expected in (("121 U/L", "met"), ("120 U/L", "not-met"), (">130 U/L", "met")):
        found = facts(observation("alt", value, ranges=up_to("40 U/L")))
        assert said(ALT, found)[0] == expected
    assert finding(ALT, facts(observation("alt", "121 U/L", ranges=up_to("40 U/L")))).number == Fraction(121, 40)


PT = measured("prothrombin-time", "s", more_than=18)


def quick(value: str, on: str = "2026-06-20", **more: Any) -> Observation:
    """A prothrombin time in percent of normal activity, of which a low one is abnormal."""
    return observation("prothrombin-time", value, on, reference="Observation/quick", **more)


def test_a_value_of_another_kind_is_no_value() -> None:
    """Percent are neither compared with seconds, nor in the way of them; alone they are nothing on file."""
    assert said(PT, facts(quick("55 %"))) == ("unknown", "no-record", "other-kind")
    assert decided(PT, facts(quick("55 %"))).outcome is Outcome.MISSING
    assert said(PT, facts(quick("55 %", status="preliminary")))[2] == "no-record"
    assert said(PT, facts(quick("55 %", "2025-06-20")))[2] == "no-record"
    for value, expected in (("20 s", "met"), ("18 s", "not-met"), ("20000 ms", "met")):
        assert said(PT, facts(quick("55 %"), observation("prothrombin-time", value, "2026-06-10")))[0] == expected
    stale = observation("prothrombin-time", "20 s", "2026-05-10")
    assert said(PT, facts(quick("55 %"), stale))[2] == "other-kind"


def test_a_value_without_a_unit_may_be_of_the_kind_that_is_asked() -> None:
    """So it stays in the way of older ones."""
    older = observation("prothrombin-time", "20 s", "2026-06-10")
    assert said(PT, facts(quick("55"), older)) == ("unknown", "unusable", "no-unit")


def nights(*values: str | None, **more: Any) -> list[Observation]:
    """One night each, backwards from 29 June."""
    return [
        observation("t90", value, str(AS_OF - timedelta(days=number)), reference=f"Observation/n{number}", **more)
        for number, value in enumerate(values, start=1)
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.5 %", "2.4 %"], ("not-met", "evidence", "compared")),
        (["1.5 %", "2.0 %"], ("met", "evidence", "compared")),
        (["1.5 %", None], ("unknown", "unusable", "no-number")),
        (["2.4 %", None], ("not-met", "evidence", "compared")),
        (["1.5 %", "<3 %"], ("unknown", "unusable", "comparator")),
        (["1.5 %", "-1 %"], ("unknown", "unusable", "implausible")),
        (["2.4 %", "101 %"], ("not-met", "evidence", "compared")),
        ([], ("unknown", "no-record", "no-record")),
    ],
)
def test_every_night_of_the_window_must_be_within(values: list[str | None], expected: tuple[str, str, str]) -> None:
    """One night above 2 % is enough to fail; one that cannot be read is enough not to know."""
    assert said(T90, facts(*nights(*values))) == expected


def test_nights_before_the_window_do_not_count() -> None:
    """A bad night of last year is not of the screening period; alone it is stale."""
    old = observation("t90", "9 %", "2025-06-01", reference="Observation/old")
    assert said(T90, facts(*nights("1 %"), old))[0] == "met"
    assert said(T90, facts(old))[1] == "stale"


def test_a_night_that_may_be_of_the_window_counts_if_it_is_bad() -> None:
    """An undated bad night leaves it open; an undated good one does not."""
    bad, good = (observation("t90", value, None, reference="Observation/x") for value in ("9 %", "1 %"))
    assert said(T90, facts(*nights("1 %"), bad)) == ("unknown", "unusable", "undated")
    assert said(T90, facts(*nights("1 %"), good))[0] == "met"
    assert said(T90, facts(good))[0] == "unknown"
    straddling = observation("t90", "9 %", "2026-03/2026-04", reference="Observation/x")
    assert said(T90, facts(*nights("1 %"), straddling))[2] == "partial-date"


def test_not_every_night_is_known_where_one_could_not_be_read() -> None:
    """An unreadable observation may have been a bad night; a bad night that was read still fails."""
    unreadable = frozenset({"Observation"})
    assert said(T90, facts(*nights("1 %"), unreadable=unreadable)) == ("unknown", "unusable", "unreadable")
    assert said(T90, facts(*nights("3 %"), unreadable=unreadable))[0] == "not-met"


BOUNDS = [
    (measured(FVC, "%", at_least=70), ["69.96 %"], ["70 %", "70.0 %", "70.01 %"]),
    (measured(FVC, "%", less_than=70), ["70 %", "70.01 %"], ["69.99 %"]),
    (measured(FVC, "%", at_least=50), ["49.96 %"], ["50 %"]),
    (measured("bmi", "kg/m2", less_than="18.5"), ["18.5 kg/m2", "1.85 g/cm2"], ["18.49 kg/m2", "1.8499 g/cm2"]),
    (measured("bmi", "kg/m2", at_least="18.5"), ["18.49 kg/m2", "1.8499 g/cm2"], ["18.5 kg/m2", "1.85 g/cm2"]),
    (measured("t90", "%", at_most=2), ["2.01 %"], ["2.0 %", "1.99 percent"]),
    (measured("t90", "%", less_than=2), ["2.0 %", "2.01 percent"], ["1.99 %"]),
    (measured("norris-bulbar", "{score}", less_than=15), ["15 {score}"], ["14 {score}"]),
    (measured("creatinine", "mg/dL", more_than="1.5"), ["1.5 mg/dL", "15 mg/L"], ["1.51 mg/dL", "15.1 mg/L"]),
    (measured("systolic-blood-pressure", "mm[Hg]", more_than=160), ["160 mmHg"], ["161 mm[Hg]", "21.4 kPa"]),
]


@pytest.mark.parametrize(("atom", "outside", "inside"), BOUNDS)
def test_each_bound_is_exact_in_every_unit(atom: Any, outside: list[str], inside: list[str]) -> None:
    """At, just below and just above each bound, in two units where there are two."""
    for values, expected in ((outside, "not-met"), (inside, "met")):
        for value in values:
            assert said(atom, facts(observation(atom.concept, value)))[0] == expected, value
