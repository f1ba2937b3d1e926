"""Random histories about the same few concepts, and atoms that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from hypothesis import strategies as st

from alsfhir.criteria import model
from alsfhir.criteria.model import Duration, Node
from alsfhir.patient.model import (
    Allergy,
    Answer,
    Condition,
    Consent,
    Drug,
    Facts,
    Observation,
    Participation,
    Reaction,
)
from alsfhir.patient.values import When
from alsfhir.terminology import Coding
from eligibility_samples import (
    allergy,
    answer,
    condition,
    consent,
    drug,
    facts,
    months,
    observation,
    participation,
    when,
)
from eligibility_strategies import coarser

Entry: TypeAlias = Allergy | Answer | Condition | Consent | Drug | Observation | Participation

DATES = [
    "2026-06-30",
    "2026-06-20",
    "2026-06-02",
    "2026-06",
    "2026-05-31",
    "2026-05-20",
    "2026-03-30",
    "2026",
    "2025-09-02",
    "2025-08-31",
    "2025",
    "2021-06-30",
    "2020-02-29",
]
PERIODS = ["2026-06-01/", "2026-05-20/2026-06-10", "2026/2026-07-15", "2020-02-29/2026-03-30", "2020/2025", "2025-01/"]
AFTER = ["2026-07-01", "2026-07", "2027-01-01T00:00:00Z"]
OURS, OTHER = "NCT01234567", "NCT00000001"

_dates = st.sampled_from(DATES).map(when)
_maybe = st.none() | _dates
_times = st.none() | st.sampled_from([*DATES, *PERIODS]).map(when)
_after = st.sampled_from(AFTER).map(when)
_unusable = st.sampled_from([None] * 9 + ["unknown modifier extension"])
_numbers = st.integers(0, 10**9)
_CONDITIONS = [
    "dementia",
    "dementia",
    "history-of-malignancy",
    "pregnancy",
    "pregnancy",
    "not-pregnant",
    "breastfeeding",
    "anaphylaxis",
    "no-known-allergy",
]


def _numbered(builder: Any, kind: str) -> Any:
    return lambda concepts, number, **more: builder(*concepts, reference=f"{kind}/{number}", **more)


def conditions(dates: st.SearchStrategy[When | None] = _maybe) -> st.SearchStrategy[Condition]:
    """An entry of one of the concepts, or in words, in whatever state."""
    return st.builds(
        _numbered(condition, "Condition"),
        st.sampled_from([*((name,) for name in _CONDITIONS), ()]),
        _numbers,
        text=st.sampled_from([None, "pregnancy", "anaphylaxis", "dementia", "gait"]),
        verification=st.sampled_from([None, "confirmed", "confirmed", "provisional", "refuted"]),
        clinical=st.sampled_from([None, "active", "active", "resolved", "remission", "unknown"]),
        onset=dates,
        abatement=st.none() | dates,
        abated=st.sampled_from([False, False, False, True]),
        diagnosed=st.none() | dates,
        recorded=dates,
        body_sites=st.sampled_from([(), (Coding(None, None, "lower back"),), (Coding(None, None, "left ear"),)]),
        unusable=_unusable,
    )


def drugs(times: st.SearchStrategy[When | None] = _times) -> st.SearchStrategy[Drug]:
    """A course of riluzole, or of something that nobody recognises."""
    return st.builds(
        _numbered(drug, "MedicationRequest"),
        st.sampled_from([("riluzole",), ("riluzole",), ("corticosteroid",), ()]),
        _numbers,
        kind=st.sampled_from(["request", "statement", "administration", "dispense"]),
        status=st.sampled_from(["active", "completed", "stopped", "on-hold", "unknown", "not-taken"]),
        intent=st.sampled_from(["order", "order", "plan", None]),
        period=times,
        authored=times,
        unusable=_unusable,
    )


def allergies(dates: st.SearchStrategy[When | None] = _maybe) -> st.SearchStrategy[Allergy]:
    """An allergy with reactions of any severity, or that there is none."""
    reactions = st.builds(
        Reaction,
        concepts=st.sampled_from([frozenset(), frozenset(), frozenset({"anaphylaxis"})]),
        severity=st.sampled_from([None, "mild", "moderate", "severe"]),
        when=st.none() | dates,
    )
    return st.builds(
        _numbered(allergy, "AllergyIntolerance"),
        st.sampled_from([("anaesthetic-allergy",), ("no-known-allergy",), ("gout",), ()]),
        _numbers,
        verification=st.sampled_from([None, "confirmed", "presumed", "unconfirmed", "refuted"]),
        clinical=st.sampled_from([None, "active", "inactive"]),
        criticality=st.sampled_from([None, "low", "high"]),
        reactions=st.lists(reactions, max_size=2).map(tuple),
        when=dates,
        recorded=dates,
        unusable=_unusable,
    )


@st.composite
def observations(draw: st.DrawFn, dates: st.SearchStrategy[When | None] = _maybe) -> Observation:
    """A pregnancy test, or a status, in known words or unknown ones."""
    concept = draw(st.sampled_from(["pregnancy-test", "pregnancy-status"]))
    word = draw(st.sampled_from(["positive", "negative", "negative", "perhaps"]))
    return observation(
        concept,
        None,
        reference=f"Observation/{draw(_numbers)}",
        when=draw(dates),
        coded=(Coding(None, None, word),),
        status=draw(st.sampled_from(["final", "final", "final", "preliminary"])),
        unusable=draw(_unusable),
    )


def participations(times: st.SearchStrategy[When | None] = _times) -> st.SearchStrategy[Participation]:
    """An entry of this trial, of another one, or of who knows which."""
    return st.builds(
        _numbered(participation, "ResearchSubject"),
        st.sampled_from([(OURS,), (OTHER,), (OTHER,), ()]),
        _numbers,
        named=st.booleans(),
        status=st.sampled_from(["on-study", "follow-up", "off-study", "withdrawn", "screening", "candidate", "odd"]),
        when=times,
        unusable=_unusable,
    )


def consents(dates: st.SearchStrategy[When | None] = _maybe) -> st.SearchStrategy[Consent]:
    """A consent, or a refusal, to this trial or another one."""
    return st.builds(
        _numbered(consent, "Consent"),
        st.sampled_from([(OURS,), (OTHER,)]),
        _numbers,
        status=st.sampled_from(["active", "active", "rejected"]),
        permits=st.sampled_from([None, True, False]),
        when=dates,
        unusable=_unusable,
    )


def answers(dates: st.SearchStrategy[When | None] = _maybe) -> st.SearchStrategy[Answer]:
    """An answer to the question of the criterion, or to another one."""
    return st.builds(
        lambda link, number, **more: answer(link, "yes", reference=f"QuestionnaireResponse/{number}", **more),
        st.sampled_from(["NCT01234567-I01", "NCT01234567-I02"]),
        _numbers,
        when=dates,
    )


ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    conditions(), drugs(), allergies(), observations(), participations(), consents(), answers()
)


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    """A patient with some of each, and sometimes a resource that could not be read."""
    found = draw(st.lists(ENTRIES, max_size=7, unique_by=lambda fact: fact.reference))
    lost = draw(st.sampled_from([None] * 5 + ["Condition", "Observation", "MedicationRequest", "ResearchSubject"]))
    sex = draw(st.sampled_from([None, "female", "female", "male", "other"]))
    return facts(*found, sex=sex, unreadable=frozenset({lost} if lost else ()))


def later() -> st.SearchStrategy[Entry]:
    """An entry of after the as-of date by all of its dates."""
    return st.one_of(
        conditions(_after),
        drugs(_after),
        allergies(_after),
        observations(_after),
        participations(_after),
        consents(_after),
        answers(_after),
    )


def entries_of(found: Facts) -> list[Entry]:
    """All of them, in no order that matters."""
    return [
        *found.conditions,
        *found.drugs,
        *found.allergies,
        *found.observations,
        *found.participations,
        *found.consents,
        *found.answers,
    ]


_ATOMS: list[Node] = [
    model.Condition(concept="dementia", within=Duration(weeks=2), until=Duration(days=30)),
    model.Condition(concept="dementia", within=months(1), began=True),
    model.Condition(concept="dementia", within=months(3), until=months(1), began=True),
    model.Condition(concept="dementia", site="lumbar-site"),
    model.Condition(concept="dementia", when="ever", at_least=2),
    model.Condition(concept="dementia", within=months(3), overlapping="riluzole"),
    model.Condition(concept="dementia", when="ever", overlapping="riluzole"),
    model.Condition(concept="history-of-malignancy"),
    model.Condition(concept="history-of-malignancy", when="ever"),
    model.Condition(concept="history-of-malignancy", within=Duration(years=5)),
    model.Allergy(conditions=("anaphylaxis",)),
    model.Allergy(concept="anaesthetic-allergy", severity="moderate"),
    model.OtherTrial(),
    model.OtherTrial(within=months(3)),
    model.Pregnancy(),
    model.Breastfeeding(),
    model.Attestation(question="Do you agree?", consent=True),
]
ATOMS = tuple(_ATOMS)


def blanked(one: Entry) -> Iterator[Entry]:
    """The entry with a value, a severity, or a part of a date blanked."""
    yield one
    for name in ("onset", "abatement", "diagnosed", "recorded", "when", "period", "authored"):
        written = getattr(one, name, None)
        if written is not None and "/" not in written.written:
            for less in coarser(written):
                given: dict[str, Any] = {name: less}
                yield replace(one, **given)
    if isinstance(one, Observation):
        yield replace(one, coded=(), unusable="no value")
        yield replace(one, when=None)
    if isinstance(one, Condition):
        yield replace(one, body_sites=())
    if isinstance(one, Allergy) and one.reactions:
        first, *others = one.reactions
        yield replace(one, reactions=(replace(first, severity=None), *others))
