"""Strategies of observations, conditions and allergies about what is asked."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from alsfhir.eligibility.due_date import DUE_DATE
from alsfhir.patient.condition import ASSERTED_DATE
from record_elements import IDS, Times, coded, coded_among, made, maybe, one, quantities, status, timed
from records import HL7, LOCAL, SNOMED, SUBJECT, UCUM, Resource, concept
from whole_records import TERMS, asked, unknown_code, without_nothing

DUE_DATES = ("2026", "2026-06", "2024-03-01", "2026-06-19", "2026-06-29", "2026-06-30", "2026-11-20", "2028-01-01")
CATEGORIES = ("el-escorial-category", "onset-site")


@cache
@st.composite
def observations(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """A value, a result or a category; as a component now and then."""
    name = draw(st.sampled_from(asked(about).concepts["observations"]))
    value = draw(_valued(name))
    ranges = draw(_several_ranges(name)) if "valueQuantity" in value else []
    part: Resource = {"code": draw(coded(name)), **value, "referenceRange": ranges}
    inside = draw(one(False, False, False, False, True))
    held: Resource = {"code": unknown_code(), "component": [without_nothing(part)]} if inside else part
    elements = held | {
        "status": draw(one("final", "final", "final", "amended", "corrected", "preliminary", "registered", "unknown")),
        "subject": SUBJECT,
        **draw(timed("effective", dates)),
        "issued": draw(maybe(one("2026-06-20T08:00:00Z", "2026-06-20T09:00:00Z"))),
    }
    return made("Observation", draw(IDS), elements)


@cache
def _valued(name: str) -> st.SearchStrategy[Resource]:
    if name in CATEGORIES:
        codes = [value.code for value in TERMS.concept(name).values]
        return st.one_of(
            st.sampled_from(codes).map(lambda code: {"valueCodeableConcept": concept(LOCAL, code)}),
            st.just({"valueString": "definite ALS"}),
        )
    if name == DUE_DATE:
        return st.sampled_from(DUE_DATES).map(lambda day: {"valueDateTime": day})
    words = st.one_of(*(coded(result) for result in ("positive", "negative", "indeterminate")))
    result = st.one_of(
        words.map(lambda word: {"valueCodeableConcept": word}),
        st.booleans().map(lambda yes: {"valueBoolean": yes}),
        one("positive", "negative", "see comment").map(lambda text: {"valueString": text}),
        one("POS", "NEG", "H").map(
            lambda code: {"interpretation": [concept(f"{HL7}/v3-ObservationInterpretation", code)]}
        ),
    )
    if TERMS.concept(name).unit is None:
        return result
    number = quantities(name).map(lambda value: {"valueQuantity": value})
    return number | result if name in ("hbv-dna", "hcv-rna", "hcg") else number


@cache
def _several_ranges(name: str) -> st.SearchStrategy[list[Resource]]:
    return st.lists(_ranges(name), max_size=2)


@cache
def _ranges(name: str) -> st.SearchStrategy[Resource]:
    unit = TERMS.concept(name).unit or "1"
    high = one("40", "40", "50", "0").map(lambda value: {"value": int(value), "unit": unit, "code": unit})
    sexes = st.one_of(*(coded(name) for name in ("male-population", "female-population")))
    ages = one({"low": {"value": 60, "unit": "a"}}, {"high": {"value": 60, "unit": "a"}})
    return st.builds(
        lambda high, applies, age: without_nothing({"high": high, "appliesTo": applies and [applies], "age": age}),
        maybe(high),
        st.one_of(st.none(), st.none(), sexes),
        st.one_of(st.none(), st.none(), st.none(), ages),
    )


@cache
@st.composite
def pressures(draw: st.DrawFn, _about: str, dates: Times) -> Resource:
    """A blood pressure with its two components."""
    parts = [
        {"code": draw(coded(name)), "valueQuantity": draw(quantities(name))}
        for name in ("systolic-blood-pressure", "diastolic-blood-pressure")
    ]
    status = draw(one("final", "final", "preliminary"))
    elements = {"status": status, "code": draw(coded("blood-pressure")), "subject": SUBJECT, "component": parts}
    return made("Observation", draw(IDS), elements | draw(timed("effective", dates)))


_AGES = one(40, 60).map(lambda years: {"value": years, "unit": "a", "system": UCUM, "code": "a"})
_SEVERITIES = maybe(one("255604002", "6736007", "24484000").map(lambda code: concept(SNOMED, code)))
_SUMMARIES = one(concept(LOCAL, "definite"), concept(LOCAL, "possible"), {"text": "definite"})
_STAGES = st.one_of(st.none(), st.none(), _SUMMARIES.map(lambda each: [{"summary": each}]))
_SITES = maybe(coded("lumbar-site").map(lambda site: [site]))


@cache
def _onsets(dates: Times) -> st.SearchStrategy[Resource]:
    return st.one_of(timed("onset", dates), timed("onset", dates), _AGES.map(lambda years: {"onsetAge": years}))


@cache
def _ends(dates: Times) -> st.SearchStrategy[Resource]:
    return st.one_of(st.just({}), st.just({}), timed("abatement", dates), one({"abatementString": "over"}))


@cache
@st.composite
def conditions(draw: st.DrawFn, about: str, dates: Times) -> Resource:
    """An entry of a disease in whatever state, with dates in all their forms."""
    asserted = draw(maybe(dates))
    elements: Resource = {
        "code": draw(coded_among(about, "conditions")),
        "subject": SUBJECT,
        "verificationStatus": draw(
            status("condition-ver-status", None, "confirmed", "confirmed", "confirmed", "provisional", "refuted")
        ),
        "clinicalStatus": draw(
            status("condition-clinical", None, "active", "active", "active", "resolved", "remission", "inactive")
        ),
        "severity": draw(_SEVERITIES),
        **draw(_onsets(dates)),
        **draw(_ends(dates)),
        "recordedDate": draw(maybe(dates)),
        "extension": asserted and [{"url": ASSERTED_DATE, "valueDateTime": asserted}],
        "bodySite": draw(_SITES),
        "stage": draw(_STAGES),
    }
    return made("Condition", draw(IDS), elements)


_MANIFESTED = st.one_of(coded("anaphylaxis"), st.builds(unknown_code)).map(lambda each: [each])
_SUBSTANCES = st.one_of(st.builds(unknown_code), st.builds(unknown_code), coded("no-known-allergy"))


@cache
def _reactions(dates: Times) -> st.SearchStrategy[list[Resource]]:
    reaction = st.builds(
        lambda what, severity, on: without_nothing({"manifestation": what, "severity": severity, "onset": on}),
        _MANIFESTED,
        one(None, "mild", "severe"),
        maybe(dates),
    )
    return st.lists(reaction, max_size=2)


@cache
@st.composite
def allergies(draw: st.DrawFn, _about: str, dates: Times) -> Resource:
    """An allergy with reactions of any severity, or that none is known."""
    elements = {
        "code": draw(_SUBSTANCES),
        "patient": SUBJECT,
        "verificationStatus": draw(
            status("allergyintolerance-verification", None, "confirmed", "unconfirmed", "refuted")
        ),
        "clinicalStatus": draw(status("allergyintolerance-clinical", None, "active", "inactive")),
        "reaction": draw(_reactions(dates)),
        "onsetDateTime": draw(maybe(dates)),
        "recordedDate": draw(maybe(dates)),
    }
    return made("AllergyIntolerance", draw(IDS), elements)
