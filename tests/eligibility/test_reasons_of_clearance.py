"""Why a creatinine clearance has its verdict, what it was computed from, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from alsfhir.eligibility.reasons_of_clearance import FORMULA
from eligibility_samples import explained, observation
from laboratory_samples import CLEARANCE, creatinine, weight, woman

LABEL = "reatinine clearance by Cockcroft and Gault"
CREATININE, WEIGHT = "serum creatinine, not older than 30 days", "body weight, not older than 90 days"
NEED = f"C{LABEL}, not older than 30 days, or, to derive it: "


@pytest.mark.parametrize(
    ("found", "reason", "need"),
    [
        (
            woman(birth=None),
            f"No c{LABEL} on file, nor serum creatinine and body weight and birth date to derive it from",
            f"{CREATININE}; {WEIGHT}; date of birth",
        ),
        (woman(weight("45 kg")), f"No c{LABEL} on file, nor serum creatinine to derive it from", CREATININE),
        (
            woman(creatinine("1.5 mg/dL")),
            f"No c{LABEL} on file, and none can be derived: no body weight on file",
            WEIGHT,
        ),
        (
            woman(creatinine("1.5 mg/dL"), weight("45 kg", "2026-03-25")),
            (
                f"No c{LABEL} on file, and none can be derived: the last body weight is 97 days old, "
                "and at most 90 are allowed: 45 kg (2026-03-25, Observation/body-weight)"
            ),
            WEIGHT,
        ),
        (
            woman(creatinine("1.5 mg/dL"), weight("45 kg"), birth=None),
            f"No c{LABEL} on file, and none can be derived: no birth date on file",
            "date of birth",
        ),
        (
            woman(creatinine("1.5 mg/dL"), weight("45 kg"), birth=None, unreadable={"Patient.birthDate"}),
            f"No c{LABEL} on file, and none can be derived: no birth date that could be read",
            "date of birth",
        ),
        (
            woman(creatinine("1.5"), weight("45 kg")),
            (
                f"C{LABEL}: the latest value has no unit: serum creatinine: 1.5 (2026-06-20, Observation/creatinine); "
                "body weight: 45 kg (2026-06-10, Observation/body-weight)"
            ),
            f"{CREATININE}; {WEIGHT}",
        ),
        (
            woman(creatinine("1.0 mg/dL"), weight("60 kg"), sex=None),
            (
                f"C{LABEL}: what comes of the latest values depends on the sex, which is not known to be female or "
                "male: serum creatinine: 1.0 mg/dL (2026-06-20, Observation/creatinine); "
                "body weight: 60 kg (2026-06-10, Observation/body-weight)"
            ),
            "administrative gender (female or male)",
        ),
        (
            woman(creatinine("0.972 mg/dL"), weight("61 kg"), birth="1966"),
            (
                f"C{LABEL}: the incomplete birth date leaves open what comes of the latest values: "
                "serum creatinine: 0.972 mg/dL (2026-06-20, Observation/creatinine); "
                "body weight: 61 kg (2026-06-10, Observation/body-weight)"
            ),
            "date of birth, to the day",
        ),
        (
            woman(observation("creatinine-clearance", "80 mL/min", "2026-03-25")),
            (
                f"The last c{LABEL} is 97 days old, and at most 30 are allowed: "
                f"c{LABEL}: 80 mL/min (2026-03-25, Observation/creatinine-clearance)"
            ),
            f"{CREATININE}; {WEIGHT}; the last is 97 days old (Observation/creatinine-clearance)",
        ),
    ],
)
def test_what_is_missing_is_named_part_by_part(found: Any, reason: str, need: str) -> None:
    """Creatinine, weight, birth date or sex: whichever would settle it."""
    record = explained(CLEARANCE, found)
    assert (record.verdict, record.reason) == ("unknown", reason)
    assert [one.text for one in record.needs] == [NEED + need]


def test_a_computed_clearance_is_said_with_all_that_it_is_made_of() -> None:
    """The two values, the age and the sex, in the reason and among the evidence; never the birth date."""
    record = explained(CLEARANCE, woman(creatinine("132 umol/L"), weight("45 kg")))
    assert record.reason == (
        f"C{LABEL} 28.47 mL/min from serum creatinine of 132 umol/L on 2026-06-20 and body weight of 45 kg "
        "on 2026-06-10, aged 60 years, female, less than 60 mL/min"
    )
    assert [(one.reference, one.value) for one in record.evidence] == [
        ("Patient/p1", "aged 60 years, female"),
        ("Observation/creatinine", "132 umol/L"),
        ("Observation/body-weight", "45 kg"),
    ]
    assert record.assumptions == (FORMULA,)


def test_an_interval_is_said_without_a_number() -> None:
    """With the ages that it may be, and without a sex that is not known."""
    record = explained(CLEARANCE, woman(creatinine("132 umol/L"), weight("45 kg"), birth="1966", sex="other"))
    assert record.reason == (
        f"C{LABEL} from serum creatinine of 132 umol/L on 2026-06-20 and body weight of 45 kg "
        "on 2026-06-10, aged 59 to 60 years, of a sex that is not known, less than 60 mL/min"
    )


def test_a_recorded_clearance_assumes_nothing() -> None:
    """Nor does its evidence name the patient."""
    record = explained(CLEARANCE, woman(observation("creatinine-clearance", "59.99 mL/min")))
    assert record.reason == f"C{LABEL} 59.99 mL/min on 2026-06-20, less than 60 mL/min"
    assert (record.assumptions, len(record.evidence)) == ((), 1)


def test_a_newer_creatinine_that_could_not_be_used_is_mentioned() -> None:
    """Beside the clearance that counts."""
    found = woman(observation("creatinine-clearance", "80 mL/min", "2026-06-10"), creatinine("1.5 mg/dL"))
    assert explained(CLEARANCE, found).assumptions == (
        (
            "a newer serum creatinine without all that a clearance is computed from, 1.5 mg/dL on 2026-06-20 "
            "(Observation/creatinine), could not be compared"
        ),
    )
