"""Random criterion trees: every node, over shipped and over invented concepts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from alsfhir.criteria import model
from alsfhir.criteria.model import Node
from alsfhir.terminology import terminology

CONCEPTS = st.sampled_from([*sorted(terminology().concepts), "invented"])
WHEN = st.sampled_from(["current", "ever"])
SEVERITIES = st.sampled_from(["mild", "moderate", "severe"])
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal(0), max_value=Decimal(9999), places=3)
YEARS = st.integers(0, 120)
LENGTHS = st.builds(
    model.Duration,
    years=st.integers(0, 9),
    months=st.integers(0, 99),
    weeks=st.integers(0, 99),
    days=st.integers(0, 99),
)
SEVERAL = st.lists(CONCEPTS, max_size=3).map(tuple)
WITHIN = st.none() | LENGTHS
TEXTS = st.text(min_size=1, max_size=40)


def _bounds(values: st.SearchStrategy[object]) -> dict[str, st.SearchStrategy[object]]:
    return dict.fromkeys(("at_least", "more_than", "at_most", "less_than"), st.none() | values)


ATOMS: st.SearchStrategy[Node] = st.one_of(
    st.builds(model.Age, **_bounds(YEARS)),
    st.builds(
        model.Sex,
        among=st.lists(st.sampled_from(["female", "male", "other", "unknown"]), min_size=1, max_size=4).map(tuple),
    ),
    st.builds(
        model.Measurement,
        concept=CONCEPTS,
        unit=st.none() | st.sampled_from(["%", "kg/m2", "mg/dL", "not a unit"]),
        times_upper_limit=st.booleans(),
        which=st.sampled_from(["latest", "every"]),
        **_bounds(NUMBERS),
    ),
    st.builds(model.Qualitative, concept=CONCEPTS, result=st.sampled_from(["positive", "negative"])),
    st.builds(
        model.Category,
        concept=CONCEPTS,
        among=st.lists(TEXTS, max_size=3).map(tuple),
        review=st.just(("x",)) | st.just(()),
    ),
    st.builds(
        model.Condition,
        concept=CONCEPTS,
        when=WHEN,
        within=WITHIN,
        until=WITHIN,
        began=st.booleans(),
        minus=SEVERAL,
        severity=st.none() | SEVERITIES,
        site=st.none() | CONCEPTS,
        at_least=st.integers(1, 4),
        overlapping=st.none() | CONCEPTS,
    ),
    st.builds(
        model.Procedure,
        concept=CONCEPTS,
        when=WHEN | st.just("planned"),
        within=WITHIN,
        minus=SEVERAL,
        undone_by=st.none() | CONCEPTS,
    ),
    st.builds(model.Device, concept=CONCEPTS, when=WHEN),
    st.builds(
        model.Drug,
        concept=CONCEPTS,
        when=WHEN,
        within=WITHIN,
        until=WITHIN,
        minus=SEVERAL,
        systemic=st.booleans(),
        unchanged_for=WITHIN,
    ),
    st.builds(model.Nutrition, concept=CONCEPTS),
    st.builds(model.Allergy, concept=st.none() | CONCEPTS, severity=SEVERITIES, conditions=SEVERAL),
    st.builds(model.OtherTrial, within=WITHIN),
    st.builds(model.TimeSince, event=st.sampled_from(["onset", "diagnosis"]), concept=CONCEPTS, **_bounds(LENGTHS)),
    st.builds(model.Pregnancy),
    st.builds(model.Breastfeeding),
    st.builds(model.Recorded, concept=CONCEPTS),
    st.builds(model.Attestation, question=TEXTS, consent=st.booleans()),
    st.builds(model.Judgement, question=TEXTS, show=SEVERAL),
)


def _grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    members = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(model.AllOf, of=members),
        st.builds(model.AnyOf, of=members),
        st.builds(model.Not, of=below),
        st.builds(model.Judgement, question=TEXTS, when=below, show=SEVERAL),
    )


TREES: st.SearchStrategy[Node] = st.recursive(ATOMS, _grown, max_leaves=8)
