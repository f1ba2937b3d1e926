"""Every numeric bound of the 87 statements, written down by hand, with the values and the days on either side of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Side: TypeAlias = Literal[
    "at-least", "more-than", "at-most", "less-than", "within", "until", "unchanged-for", "began-within"
]
Values: TypeAlias = tuple[str, str, str, str]


@dataclass(frozen=True)
class Measured:
    """A bound of a measured value, and a value below it, at it and above it, in two units.

    Units are written ``kPa``; ``mg/L, normal to 1.2 mg/dL`` with the range the observation states; and
    ``L of 5 L`` for a volume over the predicted one.
    """

    statement: str
    what: str
    side: Side
    bound: str
    one: Values
    other: Values


@dataclass(frozen=True)
class Dated:
    """A bound of time, and the day that lies exactly on it: as of 30 June 2026, and as of 31 December 2026.

    For an age it is the day of birth of whoever becomes that old on the day asked about (one year more, where the
    bound speaks of completed years that are not to be exceeded). ``nth``: where a tree sets several bounds of that
    kind on the same thing, the how-manieth of them.
    """

    statement: str
    what: str
    side: Side
    bound: str
    june: str
    december: str
    nth: int | None = None


@dataclass(frozen=True)
class Counted:
    """How many distinct entries of a concept it takes."""

    statement: str
    what: str
    number: int


FVC, BMI, T90 = "fvc-percent-predicted", "bmi", "t90"
DIAGNOSED, BEGAN, OTHER_TRIAL = "diagnosis of als", "onset of als", "other-trial"
TO_12, TO_40 = "normal to 1.2 mg/dL", "normal to 40.2 U/L"
SECONDS, INR = "normal to 12 s", "normal to 1.2 {INR}"

MEASURED = (
    Measured("NCT07118319-I03", FVC, "at-least", "70",
             ("%", "69.99", "70.0", "70.01"), ("L of 5 L", "3.4999", "3.5", "3.5001")),
    Measured("NCT03828123-E01", FVC, "less-than", "70",
             ("%", "69.96", "70", "70.1"), ("mL of 5 L", "3499", "3500", "3501")),
    Measured("NCT06765564-I05", FVC, "at-least", "50",
             ("%", "49.96", "50", "50.01"), ("L of 4 L", "1.999", "2.00", "2.001")),
    Measured("NCT01494480-I05", FVC, "at-least", "50",
             ("%", "49.9999", "50.00", "50.0001"), ("mL of 4 L", "1999", "2000", "2001")),
    Measured("NCT07118319-E02", BMI, "less-than", "18.5",
             ("kg/m2", "18.49", "18.50", "18.51"), ("g/cm2", "1.8499", "1.85", "1.8501")),
    Measured("NCT06765564-I07", BMI, "at-least", "18.5",
             ("kg/m2", "18.499", "18.5", "18.501"), ("g/cm2", "1.849", "1.850", "1.851")),
    Measured("NCT06765564-I06", T90, "at-most", "2",
             ("%", "1.99", "2.0", "2.01"), ("percent", "1.9", "2", "2.1")),
    Measured("NCT01494480-I06", T90, "less-than", "2",
             ("%", "1.99", "2.0", "2.01"), ("percent", "1.9", "2", "2.1")),
    Measured("NCT03828123-E02", "norris-bulbar", "less-than", "15",
             ("{score}", "14", "15", "16"), ("{score}", "14.99", "15.0", "15.01")),
    Measured("NCT03828123-E03", "norris-spinal", "less-than", "15",
             ("{score}", "14", "15", "16"), ("{score}", "14.99", "15.0", "15.01")),
    Measured("NCT06765564-E12", "total-bilirubin", "more-than", "1.5",
             (f"mg/dL, {TO_12}", "1.79", "1.80", "1.81"), (f"mg/L, {TO_12}", "17.9", "18", "18.1")),
    Measured("NCT06765564-E12", "ast", "more-than", "3",
             (f"U/L, {TO_40}", "120.5", "120.6", "120.7"), (f"ukat/L, {TO_40}", "2.00", "2.01", "2.02")),
    Measured("NCT06765564-E12", "alt", "more-than", "3",
             ("U/L, normal to 40 U/L", "119", "120", "121"), (f"nkat/L, {TO_40}", "2009", "2010", "2011")),
    Measured("NCT06765564-E13", "creatinine", "more-than", "1.5",
             ("mg/dL", "1.49", "1.5", "1.51"), ("mg/L", "14.99", "15.0", "15.01")),
    Measured("NCT06765564-E13", "creatinine-clearance", "less-than", "60",
             ("mL/min", "59.99", "60.0", "60.01"), ("mL/s", "0.999", "1", "1.001")),
    Measured("NCT06765564-E15", "hbv-dna", "at-least", "500",
             ("[IU]/mL", "499", "500", "501"), ("[IU]/L", "499999", "500000", "500001")),
    Measured("NCT06765564-E17", "prothrombin-time", "more-than", "1.5",
             (f"s, {SECONDS}", "17.9", "18.0", "18.1"), (f"ms, {SECONDS}", "17999", "18000", "18001")),
    Measured("NCT06765564-E17", "inr", "more-than", "1.5",
             (f"{{INR}}, {INR}", "1.79", "1.80", "1.81"), (f"INR, {INR}", "1.7", "1.8", "1.9")),
    Measured("NCT06765564-E17", "aptt", "more-than", "1.5",
             ("s, normal to 40 s", "59.9", "60", "60.1"), ("min, normal to 40 s", "0.99", "1.00", "1.01")),
    Measured("NCT06765564-E18", "systolic-blood-pressure", "more-than", "160",
             ("mm[Hg]", "159", "160", "161"), ("kPa", "21.33151", "21.33152", "21.33153")),
    Measured("NCT06765564-E18", "diastolic-blood-pressure", "more-than", "100",
             ("mm[Hg]", "99", "100", "101"), ("kPa", "13.3321", "13.3322", "13.3323")),
)  # fmt: skip

AGES = (
    Dated("NCT07118319-I01", "age", "at-least", "18", "2008-06-30", "2008-12-31"),
    Dated("NCT07118319-I01", "age", "at-most", "75", "1950-06-30", "1950-12-31"),
    Dated("NCT06765564-I02", "age", "at-least", "18", "2008-06-30", "2008-12-31"),
    Dated("NCT06765564-I02", "age", "at-most", "60", "1965-06-30", "1965-12-31"),
    Dated("NCT03828123-H-age", "age", "at-least", "18", "2008-06-30", "2008-12-31"),
    Dated("NCT03828123-H-age", "age", "at-most", "65", "1960-06-30", "1960-12-31"),
    Dated("NCT01494480-I04", "age", "more-than", "20", "2005-06-30", "2005-12-31"),
    Dated("NCT01494480-I04", "age", "less-than", "65", "1961-06-30", "1961-12-31"),
)

TIMES = (
    Dated("NCT06765564-I03", DIAGNOSED, "at-least", "6 months", "2025-12-30", "2026-06-30"),
    Dated("NCT06765564-I03", DIAGNOSED, "at-most", "24 months", "2024-06-30", "2024-12-31"),
    Dated("NCT01494480-I02", BEGAN, "more-than", "6 months", "2025-12-30", "2026-06-30"),
    Dated("NCT01494480-I02", BEGAN, "less-than", "36 months", "2023-06-30", "2023-12-31"),
)

WINDOWS = (
    Dated("NCT07118319-E07", "acute-infection", "within", "2 weeks", "2026-06-16", "2026-12-17"),
    Dated("NCT07118319-E07", "anti-infective", "within", "2 weeks", "2026-06-16", "2026-12-17"),
    Dated("NCT07118319-E18", "malignancy", "within", "5 years", "2021-06-30", "2021-12-31"),
    Dated("NCT07118319-E18", "history-of-malignancy", "within", "5 years", "2021-06-30", "2021-12-31"),
    Dated("NCT07118319-E19", OTHER_TRIAL, "within", "3 months", "2026-03-30", "2026-09-30"),
    Dated("NCT07118319-E19", "trial-participation", "within", "3 months", "2026-03-30", "2026-09-30"),
    Dated("NCT07118319-E19", "trial-procedure", "within", "3 months", "2026-03-30", "2026-09-30"),
    Dated("NCT06765564-E05", "acute-infection", "within", "2 weeks", "2026-06-16", "2026-12-17", 0),
    Dated("NCT06765564-E05", "acute-infection", "within", "2 weeks", "2026-05-17", "2026-11-17", 1),
    Dated("NCT06765564-E05", "acute-infection", "within", "44 days", "2026-05-17", "2026-11-17", 2),
    Dated("NCT06765564-E05", "acute-infection", "until", "30 days", "2026-05-31", "2026-12-01"),
    Dated("NCT06765564-E05", "anti-infective", "within", "2 weeks", "2026-06-16", "2026-12-17", 0),
    Dated("NCT06765564-E05", "anti-infective", "within", "2 weeks", "2026-05-17", "2026-11-17", 1),
    Dated("NCT06765564-E05", "anti-infective", "within", "44 days", "2026-05-17", "2026-11-17", 2),
    Dated("NCT06765564-E05", "anti-infective", "until", "30 days", "2026-05-31", "2026-12-01"),
    Dated("NCT06765564-E08", OTHER_TRIAL, "within", "3 months", "2026-03-30", "2026-09-30"),
    Dated("NCT06765564-E08", "trial-participation", "within", "3 months", "2026-03-30", "2026-09-30"),
    Dated("NCT06765564-E08", "trial-procedure", "within", "3 months", "2026-03-30", "2026-09-30"),
    Dated("NCT06765564-E20", "surgery", "within", "1 month", "2026-05-30", "2026-11-30"),
    Dated("NCT06765564-E20", "injury", "began-within", "1 month", "2026-05-30", "2026-11-30"),
    Dated("NCT03828123-I02", "riluzole", "unchanged-for", "2 months", "2026-04-30", "2026-10-31"),
    Dated("NCT01494480-E04", "corticosteroid", "within", "12 months", "2025-06-30", "2025-12-31"),
    Dated("NCT01494480-E04", "local-corticosteroid", "within", "12 months", "2025-06-30", "2025-12-31"),
    Dated("NCT01494480-E04", "immunoglobulin", "within", "12 months", "2025-06-30", "2025-12-31"),
    Dated("NCT01494480-E04", "immunosuppressant", "within", "12 months", "2025-06-30", "2025-12-31"),
)

COUNTS = (Counted("NCT03828123-E08", "venous-thromboembolism", 2),)
