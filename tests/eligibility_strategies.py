"""Random trees and random records about the same few concepts, so that the ones matter to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from alsfhir.criteria import model
from alsfhir.criteria.model import Node
from alsfhir.patient.model import Condition, Facts, Observation
from alsfhir.patient.values import ReferenceRange, When
from alsfhir.terminology import LOCAL_SYSTEM, Coding
from eligibility_samples import FVC, condition, facts, measured, months, observation, quantity, when
from laboratory_samples import NEGATIVE, POSITIVE, coded

DATES = [
    "2026-06-30",
    "2026-06-20",
    "2026-06-20T08:00:00Z",
    "2026-06-20T23:30:00-08:00",
    "2026-06-19",
    "2026-06",
    "2026-04-01",
    "2026-03-31",
    "2026",
    "2025-12-30",
    "2025",
    "2023-06-30",
    "2021-06-30",
    "2020-06-30",
]
AFTER = ["2026-07-01", "2026-07", "2027-01-01T00:00:00Z"]
BIRTHS = ["1950", "1951", "1950-07-01", "1961-06-30", "1980-02", "2008-06-30", "2008-07-01"]
VALUES = {
    "fvc-percent-predicted": ["70 %", "69 %", "<70 %", ">65 %", "70", "3.1 L", "<=70 %"],
    "fvc-volume": ["3.1 L", "2 L", "<2 L", "3100 mL", "82 %", "82", "<65 %"],
    "fvc-predicted-volume": ["3.6 L", "3600 mL", "3.0 L", ">3 L", "3.6"],
    "bmi": ["18.5 kg/m2", "18.4 kg/m2", "<20 kg/m2", "20"],
    "body-weight": ["55 kg", "70 kg", "120 lb", "<60 kg", "60"],
    "body-height": ["175 cm", "1.75 m", "160 cm", "175"],
    "t90": ["2 %", "1 %", "3 %", "<3 %", "2"],
    "alt": ["121 U/L", "120 U/L", "<130 U/L", "2 ukat/L", "121"],
    "creatinine": ["1.0 mg/dL", "1.5 mg/dL", "132 umol/L", "<1.5 mg/dL", ">1.2 mg/dL", "1.5"],
    "creatinine-clearance": ["59 mL/min", "60 mL/min", "<60 mL/min", "50 mL/min/{1.73_m2}", "59"],
    "prothrombin-time": ["20 s", "18 s", "55 %", "<19 s", "20"],
    "hcv-rna": ["2800 IU/mL", "0 IU/mL", "<20 IU/mL", "2800 {copies}/mL", "2800"],
}
PARTS = {
    FVC: ["fvc-volume", "fvc-predicted-volume"],
    "bmi": ["body-weight", "body-height"],
    "creatinine-clearance": ["creatinine", "body-weight"],
}
SEXES = [None, "female", "male", "other"]
RESULTS = ["hbsag", "hiv-antibody", "hcv-rna"]
LIMITS = ["40 U/L", "50 U/L", "0 U/L", "40"]
CATEGORIES = ["definite", "probable", "probable-laboratory-supported", "possible", "spinal", "bulbar", "nonsense"]
STATED: list[dict[str, Any]] = [
    {"coded": (POSITIVE,)},
    {"coded": (NEGATIVE,)},
    {"coded": (POSITIVE, NEGATIVE)},
    {"boolean": False},
    {"string": "positive"},
    {"string": "see comment"},
    {"interpretation": ("POS",), "unusable": "no value"},
]
DISEASES = [
    ("als",),
    ("motor-neuron-disease",),
    ("als", "peripheral-neuropathy"),
    ("peripheral-neuropathy",),
    ("motor-neuron-disease", "peripheral-neuropathy"),
    ("malignancy",),
    (),
]
TEXTS = ["ALS", "peripheral neuropathy", "gait disturbance", None]

_whens = st.sampled_from(DATES).map(when)
_maybe = st.none() | _whens
_stamps = st.none() | st.sampled_from([datetime(2026, 6, 20, hour, tzinfo=UTC) for hour in (8, 9)])


def ranges() -> st.SearchStrategy[list[ReferenceRange]]:
    """Reference ranges for everybody, for one sex, or from an age on."""
    populations = st.sampled_from([(), (), (coded("male-population"),), (coded("female-population"),)])
    limits = st.none() | st.sampled_from(LIMITS).map(quantity)
    ages = st.sampled_from([None, None, Decimal(60)])
    one = st.builds(ReferenceRange, high=limits, applies_to=populations, youngest=ages)
    return st.lists(one, max_size=3)


@st.composite
def observations(
    draw: st.DrawFn,
    dates: st.SearchStrategy[When | None] = _maybe,
    concepts: Sequence[str] = (*VALUES, *RESULTS, "el-escorial-category", "onset-site"),
) -> Observation:
    """An observation of one of the concepts: a value, a comparator, a wrong unit, or a problem."""
    concept = draw(st.sampled_from(concepts))
    status = draw(st.sampled_from(["final", "final", "final", "amended", "preliminary", "entered-in-error"]))
    made = replace(
        observation(concept, None, reference=f"Observation/{draw(st.integers(0, 10**9))}"),
        when=draw(dates),
        status=status,
        issued=draw(_stamps),
        last_updated=draw(_stamps),
        unusable=draw(st.sampled_from([None] * 8 + ["unknown modifier extension"])),
    )
    if concept in RESULTS and (concept not in VALUES or draw(st.booleans())):
        return replace(made, **draw(st.sampled_from(STATED)))
    if concept in VALUES:
        value = quantity(draw(st.sampled_from(VALUES[concept])))
        return replace(made, quantity=value, ranges=tuple(draw(ranges())) if concept == "alt" else ())
    system = draw(st.sampled_from([LOCAL_SYSTEM, LOCAL_SYSTEM, "http://example.org"]))
    return replace(made, coded=(Coding(system, draw(st.sampled_from(CATEGORIES))),))


@st.composite
def conditions(draw: st.DrawFn, dates: st.SearchStrategy[When | None] = _maybe) -> Condition:
    """An entry of one of the diseases, or of an unknown one, in whatever state."""
    given = draw(st.sampled_from(DISEASES))
    stages = draw(st.sampled_from([(), (), ("definite",), ("possible",)]))
    return replace(
        condition(*given, reference=f"Condition/{draw(st.integers(0, 10**9))}"),
        text=draw(st.sampled_from(TEXTS)),
        verification=draw(st.sampled_from([None, "confirmed", "confirmed", "provisional", "refuted"])),
        clinical=draw(st.sampled_from([None, "active", "resolved", "remission", "unknown"])),
        onset=draw(dates),
        abatement=draw(st.none() | dates),
        abated=draw(st.sampled_from([False, False, True])),
        diagnosed=draw(dates),
        recorded=draw(dates),
        stages=tuple(Coding(LOCAL_SYSTEM, code) for code in stages),
    )


@st.composite
def measured_records(draw: st.DrawFn) -> tuple[Node, Facts]:
    """An atom that asks for a value, and a record of nothing but the values that it may rest on."""
    atom = draw(st.sampled_from(MEASURED))
    concepts = [getattr(atom, "concept", FVC)]
    concepts += PARTS.get(concepts[0], [])
    if concepts[0] not in (*VALUES, *RESULTS):
        concepts = list(VALUES)
    found = draw(st.lists(observations(concepts=concepts), max_size=5, unique_by=lambda fact: fact.reference))
    return atom, facts(*found, birth=draw(st.sampled_from(BIRTHS).map(when)), sex=draw(st.sampled_from(SEXES)))


@st.composite
def records(draw: st.DrawFn) -> Facts:
    """A patient with some of each, and sometimes a resource that could not be read."""
    found = draw(st.lists(observations() | conditions(), max_size=7, unique_by=lambda fact: fact.reference))
    return facts(
        *found,
        birth=draw(st.none() | st.sampled_from(BIRTHS).map(when)),
        sex=draw(st.sampled_from(SEXES)),
        unreadable=draw(
            st.sampled_from([frozenset(), frozenset(), frozenset({"Observation"}), frozenset({"Condition"})])
        ),
    )


MEASURED: list[Node] = [
    model.Age(at_least=18, at_most=75),
    model.Age(more_than=20, less_than=65),
    measured("fvc-percent-predicted", "%", at_least=70),
    measured("fvc-percent-predicted", "%", less_than=70),
    measured("fvc-volume", "L", more_than=2),
    measured("bmi", "kg/m2", less_than="18.5"),
    measured("t90", "%", at_most=2, which="every"),
    measured("t90", "%", less_than=2),
    measured("alt", more_than=3, times_upper_limit=True),
    measured("creatinine", "mg/dL", more_than="1.4"),
    measured("creatinine-clearance", "mL/min", less_than=60),
    measured("prothrombin-time", "s", more_than=18),
    model.Qualitative(concept="hbsag"),
    model.Qualitative(concept="hiv-antibody"),
    model.Qualitative(concept="hcv-rna", result="negative"),
    model.Category(concept="el-escorial-category", among=("definite",), review=("probable",)),
    model.Category(concept="onset-site", among=("spinal",)),
    model.TimeSince(event="onset", concept="als", more_than=months(6), less_than=months(36)),
    model.TimeSince(event="diagnosis", concept="als", at_least=months(6), at_most=months(24)),
]
HISTORY: list[Node] = [
    model.Sex(among=("female",)),
    model.Condition(concept="als"),
    model.Condition(concept="als", when="ever"),
    model.Condition(concept="peripheral-neuropathy", minus=("als",)),
    model.Condition(concept="malignancy", within=model.Duration(years=5)),
    model.Condition(concept="als", when="ever", at_least=2),
    model.Judgement(question="Is that so?", show=("als", "bmi")),
    model.Judgement(question="Is that so?", when=model.Condition(concept="als")),
    model.Attestation(question="Do you agree?"),
    model.Pregnancy(),
]
ATOMS: st.SearchStrategy[Node] = st.sampled_from([*MEASURED, *HISTORY])
RECORDED = model.Recorded(concept="als")


def _grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    members = st.lists(below, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(model.AllOf, of=members), st.builds(model.AnyOf, of=members), st.builds(model.Not, of=below)
    )


TREES: st.SearchStrategy[Node] = st.recursive(ATOMS, _grown, max_leaves=5)


def later() -> st.SearchStrategy[Observation | Condition]:
    """Facts of after the as-of date by their clinical dates."""
    after = st.sampled_from(AFTER).map(when)
    return observations(after) | conditions(after)


def coarser(written: When) -> list[When]:
    """The same date with its day, or its month too, blanked."""
    if (written.last - written.first).days > 366 or written.first == date.min:
        return []
    month = when(f"{written.first:%Y-%m}")
    year = when(f"{written.first:%Y}")
    return [each for each in (month, year) if each.first <= written.first and written.last <= each.last]
