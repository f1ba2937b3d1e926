"""Which reference range of an observation is this patient's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.limit import upper_limit
from alsfhir.patient.values import Quantity, ReferenceRange
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, observation, quantity
from laboratory_samples import ranged, woman, words

MALE, FEMALE = "male-population", "female-population"
FOR_ALL = ranged("40 U/L")


def limit(*ranges: ReferenceRange, birth: str | None = "1966-01-15", sex: Any = "female") -> Quantity | None:
    """The upper limit of a value of 20 June with these ranges; of a woman of 60 years, unless said otherwise."""
    one = observation("alt", "121 U/L", ranges=ranges)
    return upper_limit(one, "alt", chart(woman(one, birth=birth, sex=sex), AS_OF, terminology()))


def of_population(text: str) -> ReferenceRange:
    """A range for a population that no concept has."""
    return ReferenceRange(high=quantity("60 U/L"), applies_to=(words(text),))


@pytest.mark.parametrize(
    "ranges",
    [
        (),
        (ranged(None),),
        (ranged("0 U/L"),),
        (ranged("-1 U/L"),),
        (ranged("<40 U/L"),),
        (ranged("40 U/L", MALE),),
        (ranged("40 U/L", MALE, FEMALE),),
        (of_population("athletes"),),
        (ranged("40 U/L", youngest=61),),
        (ranged("40 U/L", oldest=59),),
        (ranged("40 U/L", oldest=Decimal("60.5")),),
        (ranged("40 U/L", youngest=Decimal("60.5")),),
        (ranged("40 U/L"), ranged("50 U/L")),
        (ranged("40 U/L"), ranged(None)),
        (ranged("40 U/L"), ranged("40")),
        (ranged("40 U/L"), ranged("40 mg/dL")),
        (ranged("40 U/L"), ranged("<40 U/L")),
        (ranged("40 U/L", FEMALE), ranged("50 U/L", youngest=50)),
    ],
)
def test_there_is_no_limit_that_is_not_known_to_be_the_patients(ranges: tuple[ReferenceRange, ...]) -> None:
    """None at all, one of others, or two that are as good as each other and differ."""
    assert limit(*ranges) is None


@pytest.mark.parametrize("sex", [None, "other", "unknown"])
def test_a_range_for_one_sex_is_not_used_where_the_sex_is_not_known(sex: str | None) -> None:
    """And where it says otherwise, the range for everybody may not be the right one."""
    assert limit(ranged("35 U/L", FEMALE), sex=sex) is None
    assert limit(ranged("35 U/L", FEMALE), FOR_ALL, sex=sex) is None
    assert limit(ranged("40 U/L", FEMALE), FOR_ALL, sex=sex) == quantity("40 U/L")


@pytest.mark.parametrize("birth", [None, "1966"])
def test_a_range_for_an_age_is_not_used_where_the_age_is_not_known(birth: str | None) -> None:
    """The patient was 59 or 60 on that day, or of any age."""
    assert limit(ranged("35 U/L", youngest=60), birth=birth) is None
    assert limit(ranged("35 U/L", youngest=60), FOR_ALL, birth=birth) is None


@pytest.mark.parametrize(
    ("ranges", "high"),
    [
        ((FOR_ALL,), "40 U/L"),
        ((FOR_ALL, ranged("35 U/L", FEMALE), ranged("50 U/L", MALE)), "35 U/L"),
        ((FOR_ALL, ranged("50 U/L", MALE), of_population("athletes")), "40 U/L"),
        ((FOR_ALL, ranged("45 U/L", youngest=18, oldest=60)), "45 U/L"),
        ((FOR_ALL, ranged("45 U/L", youngest=60)), "45 U/L"),
        ((FOR_ALL, ranged("45 U/L", youngest=61)), "40 U/L"),
        ((ranged("35 U/L", FEMALE), ranged("45 U/L", FEMALE, youngest=50)), "45 U/L"),
        ((FOR_ALL, ranged("40 U/L")), "40 U/L"),
        ((FOR_ALL, ranged("40.0 U/L")), "40 U/L"),
        ((ranged("60 U/L"), ranged("1 ukat/L")), "60 U/L"),
    ],
)
def test_a_range_for_the_patient_goes_before_one_for_everybody(ranges: tuple[ReferenceRange, ...], high: str) -> None:
    """For the sex, or for the age in completed years, both ends included; the same limit twice is one."""
    assert limit(*ranges) == quantity(high)
    assert limit(*reversed(ranges)) in (quantity(high), ranges[-1].high)


def test_a_specific_range_that_is_none_is_not_replaced_by_another() -> None:
    """The range for everybody is not meant for a woman where there is one for women."""
    assert limit(ranged("0 U/L", FEMALE), FOR_ALL) is None
    assert limit(ranged(None, FEMALE), FOR_ALL) is None


RANGES = st.lists(
    st.builds(
        lambda high, of, youngest: ranged(high, *of, youngest=youngest),
        st.sampled_from(["40 U/L", "50 U/L", "40", "0 U/L", None]),
        st.sampled_from([(), (MALE,), (FEMALE,)]),
        st.sampled_from([None, None, 60]),
    ),
    max_size=4,
)


@given(RANGES, st.sampled_from(["female", "male"]), st.sampled_from(["1966-01-15", "1966-12-31"]))
def test_knowing_less_of_the_patient_never_gives_another_limit(ranges: Any, sex: str, birth: str) -> None:
    """Without the sex, or the day of birth, the limit is the same or there is none."""
    known = limit(*ranges, sex=sex, birth=birth)
    for less in (
        limit(*ranges, sex=None, birth=birth),
        limit(*ranges, sex=sex, birth="1966"),
        limit(*ranges, sex=sex, birth=None),
    ):
        assert less is None or less == known
